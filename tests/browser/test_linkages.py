"""The Linkages page: what the controls change, what a click selects, what is said of gaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dashboard.pages.callbacks import PAGES
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.driving import FIRST_VISIT, HAN, PLOT, sit_down

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from geodata.atlas import Atlas
    from tests.browser.driving import Desk

PAGE = "linkages"
QUOTED = """(traces, [value, year]) => traces.some((t) => (t.text || []).some((words) =>
  parseFloat(words.replaceAll(',', '')) === value && words.endsWith(` · ${year}年`)))"""
"""An arc quotes this figure and year."""
LINES = "(traces) => traces.filter((t) => t.mode === 'lines' && t.lon.length > 20).length"
CENTRE = """([chart, x, y]) => {
  const plot = document.querySelector(`#${chart} .js-plotly-plot`);
  const box = plot.getBoundingClientRect(), { xaxis, yaxis } = plot._fullLayout;
  return [box.x + xaxis._offset + xaxis.d2p(x), box.y + yaxis._offset + yaxis.d2p(y)];
}"""


@pytest.fixture(scope="module")
def table(browser: Browser, app_url: str) -> Iterator[Desk]:
    """Keep one Linkages page for the tests of this module."""
    with sit_down(browser, app_url, LAPTOP) as desk:
        desk.visit(PAGE)
        yield desk


def click_chart(desk: Desk, chart: str, x: float, y: float) -> None:
    """Click a point of a chart by its coordinates there."""
    desk.page.locator(f"#{chart}").scroll_into_view_if_needed()
    at = desk.page.evaluate(CENTRE, [chart, x, y])
    desk.page.mouse.move(at[0] - 4, at[1] - 3)
    desk.page.mouse.move(*at, steps=4)
    desk.page.mouse.click(*at)


def test_gravity_links_are_drawn_and_said_to_be_assumed(table: Desk) -> None:
    table.move()
    assert table.traces(LINES) >= 4
    for place in ("#legend", "#section-ties"):
        expect(table.page.locator(place)).to_contain_text("假定指数 b = 2")
    expect(table.page.locator("#section-ties")).to_contain_text("75对城市没有查到公布的铁路时间")


def test_the_slider_sets_the_exponent_everywhere(table: Desk) -> None:
    table.move()
    table.page.locator("#exponent [role=slider]").focus()
    table.page.keyboard.press("ArrowLeft")
    table.has(exponent="1.9")
    for place in ("#legend", "#section-ties"):
        expect(table.page.locator(place)).to_contain_text("假定指数 b = 1.9")
    table.until_traces(
        "(traces) => traces.some((t) => (t.hovertext || []).some((h) => h.includes('b = 1.9')))"
    )


def test_the_slider_of_weights_turns_the_order(table: Desk) -> None:
    """From its default of ½ two steps up set Beijing before Tianjin, and the address says so."""
    table.move()
    part = table.page.locator("#section-coupled")
    part.scroll_into_view_if_needed()
    expect(part).to_contain_text("α在0.28—0.56之间，2023年的位次不变：天津市 > 北京市")
    table.page.locator("#alpha [role=slider]").focus()
    for shown in ("0.55", "0.6"):
        table.page.keyboard.press("ArrowRight")
        table.has(alpha=shown)
    expect(part).to_contain_text("α在0.56—1之间，2023年的位次不变：北京市 > 天津市")


def test_the_mass_changes_who_is_linked(table: Desk) -> None:
    table.move()
    expect(table.page.locator("#section-ties tbody tr")).to_have_count(14)
    table.press("mass", "population")
    table.has(mass="population")
    expect(table.page.locator("#section-ties tbody tr")).to_have_count(16)


def newest(atlas: Atlas) -> tuple[float, str]:
    """Return the newest of Beijing's contracts to Tianjin, and its year."""
    flow = max(
        (f for f in atlas.links.latest("contracts") if f.destination.id == "120000"),
        key=lambda f: f.value.year,
    )
    assert flow.value.value is not None
    return flow.value.value, flow.value.year


def test_published_flows_are_chosen_from_the_list(table: Desk, atlas: Atlas) -> None:
    table.move()
    table.choose("links", "技术合同")
    table.has(links="contracts")
    expect(table.page.locator("#section-ties .panel-title")).to_have_text("技术合同流向")
    expect(table.page.locator("#legend")).to_contain_text("北京市 → 天津和河北：996 亿元")
    table.until_traces(QUOTED, newest(atlas))


def test_the_label_of_an_arc_quotes_figure_unit_and_year(table: Desk, atlas: Atlas) -> None:
    value, year = newest(atlas)
    table.move("?links=contracts")
    table.until_traces(QUOTED, [value, year])
    lon, lat = table.page.evaluate(
        f"""(year) => {{ for (const t of {PLOT}._fullData) {{
          const at = (t.hovertext || []).findIndex((h) => h.includes(`亿元 · ${{year}}年`)
            && h.includes('北京市 → 天津市'));
          if (at >= 0) return [t.lon[at], t.lat[at]]; }} }}""",
        year,
    )
    label = table.hover(lon, lat, "北京市 → 天津市")
    for words in ("北京市 → 天津市", f"{value:,g}", f"亿元 · {year}年", "全年"):
        assert words in label


def test_a_row_of_the_matrix_selects_its_place(table: Desk) -> None:
    table.move()
    click_chart(table, "matrix-chart", 0, 3)
    table.has(regions="130200")
    table.outlined("130200")
    expect(table.page.locator("#section-nearest .panel-title")).to_have_text("与唐山市最相似的地区")
    expect(table.page.locator("#section-nearest .bars li")).to_have_count(10)


def test_a_point_of_the_chain_match_selects_its_place(table: Desk) -> None:
    table.move()
    table.page.locator("#chain-chart").scroll_into_view_if_needed()
    x, y = table.page.evaluate(
        """() => { for (const t of document.querySelector('#chain-chart .js-plotly-plot')
          ._fullData) {
            const at = t.customdata.findIndex((c) => c[0] === '110000');
            if (at >= 0) return [t.x[at], t.y[at]]; } }"""
    )
    click_chart(table, "chain-chart", x, y)
    table.has(regions="110000")
    expect(table.page.locator("#section-chain")).to_contain_text("创新侧与北京市制造业最互补的地区")


def test_counties_come_a_moment_after_the_page(table: Desk) -> None:
    table.visit(f"{PAGE}?among=county")
    chart = table.page.locator("#matrix-chart .js-plotly-plot")
    expect(chart).to_be_visible(timeout=FIRST_VISIT)
    rows = "() => document.querySelector('#matrix-chart .js-plotly-plot').data[0].z.length"
    assert table.page.evaluate(rows) == 199
    table.press("among", "city")
    table.until(f"() => ({rows})() === 14")
    table.until_traces("(traces) => traces[0].locations.length === 14")


def test_a_chart_without_enough_places_says_so(table: Desk) -> None:
    table.move("?among=circle&scheme=plan2026")
    for panel in ("#section-matrix", "#section-chain"):
        expect(table.page.locator(panel)).to_contain_text("少于三个，不成比较")
    expect(table.page.locator("#matrix-chart")).to_have_count(0)
    table.move()
    expect(table.page.locator("#matrix-chart")).to_be_visible()


def test_the_missing_years_are_on_the_axis(table: Desk, atlas: Atlas) -> None:
    contracts = atlas.links.contracts()
    years = sorted([*(value.year for value in contracts.series), *contracts.missing])
    table.move()
    ticks = table.page.locator("#contracts-chart .xtick text")
    expect(ticks).to_have_text(years)
    gaps = table.page.locator("#contracts-chart .bartext").filter(has_text="未查到")
    apart = {value.year for value in contracts.unreconciled}
    expect(gaps).to_have_count(len(set(contracts.missing) - apart))


def test_method_notes_unfold_under_every_panel(table: Desk) -> None:
    table.move("?regions=130200")
    notes = table.page.locator(".panels details.method")
    expect(notes).to_have_count(len(PAGES["/linkages"].sections))
    notes.first.locator("summary").click()
    expect(notes.first.locator(".method-formula")).to_be_visible()


def test_the_selection_goes_along_to_explore_and_back(table: Desk) -> None:
    table.move("?regions=130200&links=rail")
    table.page.locator("#page-explore").click()
    table.until("() => location.pathname === '/'")
    table.has(regions="130200", links="rail")
    table.page.locator("#page-linkages").click()
    table.until("() => location.pathname === '/linkages'")
    expect(table.page.locator("#section-nearest")).to_contain_text("唐山市")
    table.settle(FIRST_VISIT)


def test_in_english_only_titles_of_sources_are_chinese(table: Desk) -> None:
    table.move("?lang=en&links=moves&regions=110112")
    expect(table.page.locator("#section-ties .panel-title")).to_have_text("Moves and branches")
    table.settle()
    for name in (
        "ties",
        "contracts",
        "matrix",
        "nearest",
        "chain",
        "functions",
        "division",
        "coagglomeration",
        "roles",
    ):
        said = table.page.locator(f"#section-{name}").evaluate(
            """(panel) => { const copy = panel.cloneNode(true);
              copy.querySelectorAll('.panel-sources').forEach((list) => list.remove());
              return copy.textContent; }"""
        )
        assert not HAN.search(said), (name, HAN.findall(said)[:20])
    table.move()


def test_the_page_fits_a_phone(browser: Browser, app_url: str) -> None:
    with sit_down(browser, app_url, PHONE) as desk:
        desk.page.goto(f"/{PAGE}?links=moves#section-roles")
        expect(desk.page.locator("#section-roles table")).to_be_visible(timeout=FIRST_VISIT)
        for search in ("?links=moves", "?lang=en", "?links=contracts&lang=en"):
            desk.move(search)
            desk.unfold()
            assert desk.fits(), search


def test_a_claim_leads_to_the_panel_behind_it(table: Desk) -> None:
    table.page.goto("/findings?claim=division")
    table.page.locator(".claim-views a", has_text="分工").click()
    expect(table.page).to_have_url(re.compile("/linkages#section-division$"), timeout=FIRST_VISIT)
    panel = table.page.locator("#section-division")
    expect(panel.locator(".panel-title")).to_be_in_viewport(ratio=1)
    assert table.page.evaluate("() => document.querySelector('.panels').scrollTop") > 0
