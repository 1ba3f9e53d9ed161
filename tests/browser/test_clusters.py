"""The Clusters page in a real browser: each control, the charts, the way to Explore and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.driving import HAN, sit_down

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from geodata.atlas import Atlas
    from tests.browser.driving import Desk

ONE = "?regions=130828"
CHARTS = ("specialists-chart", "sizes-chart", "changes-chart", "shift-chart")


@pytest.fixture(scope="module")
def chair(browser: Browser, app_url: str) -> Iterator[Desk]:
    """Keep one page open for the tests of this module."""
    with sit_down(browser, app_url, LAPTOP) as desk:
        yield desk


@pytest.fixture
def seat(chair: Desk) -> Desk:
    """Give the page at the clusters, wherever the last test has left it."""
    if "/clusters" not in chair.page.url:
        chair.visit(f"clusters{ONE}")
    return chair


def panel(desk: Desk, name: str) -> str:
    """Return the words of a panel."""
    return desk.page.locator(f"#section-{name}").inner_text()


def drawn(desk: Desk, chart: str) -> None:
    """Wait until a chart is drawn."""
    plot = desk.page.locator(f"#{chart} .main-svg").first
    plot.wait_for(state="attached")


def coloured(desk: Desk) -> list[int]:
    """Return the classes of the areas on the map."""
    found: list[int] = desk.traces("([t]) => [...t.z]")
    return found


def test_the_page_stands_in_the_header_and_keeps_the_selection(seat: Desk) -> None:
    seat.visit(ONE)
    seat.page.locator("#page-clusters").click()
    seat.page.wait_for_url("**/clusters?*")
    seat.has(regions="130828")
    seat.settle()
    seat.outlined("130828")
    assert "围场" in panel(seat, "standing")
    for chart in CHARTS:
        drawn(seat, chart)


def test_the_industry_changes_map_charts_and_sites(seat: Desk, atlas: Atlas) -> None:
    seat.move(ONE)
    before = coloured(seat)
    seat.choose("industry", atlas.term("industry", "I")["zh"])
    seat.address(f"{ONE}&industry=information_software")
    seat.settle()
    assert coloured(seat) != before
    assert "信息传输、软件和信息技术服务业 · 2020年" in panel(seat, "specialists")
    expect(seat.page.locator("#legend .legend-name")).to_have_text("信息软件区位商")
    expect(seat.page.locator("#legend .legend-marks").last).to_contain_text("算力设施")
    seat.page.go_back()
    seat.address(ONE)
    seat.until_traces(
        "([t], z) => JSON.stringify([...t.z]) === z", json.dumps(before, separators=(",", ":"))
    )


@pytest.mark.parametrize(
    ("paint", "legend"),
    [("change", "2010-2020"), ("lisa", "高—高"), ("hot", "热点")],
)
def test_each_paint_has_its_own_colours_and_legend(seat: Desk, paint: str, legend: str) -> None:
    seat.move(ONE)
    before = coloured(seat)
    seat.press("paint", paint)
    seat.address(f"{ONE}&paint={paint}")
    expect(seat.page.locator("#legend")).to_contain_text(legend)
    seat.settle()
    assert coloured(seat) != before
    seat.press("paint", "lq")
    seat.address(ONE)


def test_the_weights_are_named_in_the_legend(seat: Desk) -> None:
    seat.move(f"{ONE}&paint=lisa")
    expect(seat.page.locator("#legend")).to_contain_text("权重：邻接")
    seat.press("weights", "nearest")
    seat.has(weights="nearest")
    expect(seat.page.locator("#legend")).to_contain_text("权重：最近6个县")
    expect(seat.page.locator("#legend")).to_contain_text("种子")


def test_the_label_of_a_county_names_class_and_chance(seat: Desk, atlas: Atlas) -> None:
    seat.move(f"{ONE}&paint=lisa")
    place = atlas.place("130828")
    assert place.lon is not None
    assert place.lat is not None
    label = seat.hover(place.lon, place.lat, place.label["zh"])
    assert "局部莫兰聚类" in label
    assert "q " in label


def test_census_and_benchmark_reach_every_panel(seat: Desk) -> None:
    seat.move(ONE)
    seat.press("census", "2010")
    seat.has(census="2010")
    seat.choose("benchmark", "全国")
    seat.has(benchmark="CN")
    seat.settle()
    for name in ("standing", "specialists", "sizes", "strength"):
        assert "2010年普查长表样本 · 参照全国" in panel(seat, name)
    seat.move(ONE)


def test_a_circle_narrows_map_and_charts(seat: Desk, atlas: Atlas) -> None:
    seat.move(ONE)
    seat.page.locator(".chips label").filter(has_text="石家庄都市圈").click()
    seat.has(circle="shijiazhuang")
    seat.settle()
    n = len(atlas.regions("county", "article/shijiazhuang"))
    assert f"{n}个县（市、区）中" in panel(seat, "specialists")
    assert coloured(seat).count(-2) > 100
    assert "石家庄都市圈" in panel(seat, "spread")


def test_cities_have_charts_but_no_pattern(seat: Desk) -> None:
    seat.move(f"{ONE}&paint=lisa")
    seat.press("level", "city")
    seat.has(level="city")
    expect(seat.page.locator("#legend")).to_contain_text("只按县级单元计算")
    seat.until_traces("([t]) => t.z.length === 14 && [...t.z].every((z) => z === 0)")
    seat.settle()
    assert "14个市" in panel(seat, "specialists")
    seat.move(ONE)


@pytest.mark.parametrize("chart", ["specialists-chart", "sizes-chart", "changes-chart"])
def test_a_click_in_a_chart_selects_the_place(seat: Desk, chart: str) -> None:
    seat.move(ONE)
    plot = seat.page.locator(f"#{chart} .js-plotly-plot")
    plot.evaluate("plot => plot.scrollIntoView({ block: 'center', behavior: 'instant' })")
    seat.frames()
    code, x, y = plot.evaluate(
        """plot => {
          const dots = plot._fullData.filter((t) => t.customdata && t.customdata.length);
          const trace = dots[dots.length - 1];
          const given = trace.customdata[0];
          const { left, top } = plot.getBoundingClientRect();
          const { xaxis, yaxis } = plot._fullLayout;
          return [Array.isArray(given) ? given[0] : given,
            left + xaxis._offset + xaxis.d2p(trace.x[0]),
            top + yaxis._offset + yaxis.d2p(trace.y[0])];
        }"""
    )
    seat.page.mouse.move(x, y)
    plot.locator(".hoverlayer .hovertext").first.wait_for()
    seat.page.mouse.click(x, y)
    seat.until(
        "(old) => (new URLSearchParams(location.search).get('regions') || '') !== old", "130828"
    )
    chosen = seat.parameters()["regions"]
    # Where dots lie on one another, the nearest to the pointer is taken.
    assert chosen == code or chart == "sizes-chart"
    seat.outlined(chosen)


def test_a_place_leads_on_to_explore_and_back(seat: Desk) -> None:
    seat.move("?regions=130100&industry=finance")
    seat.page.locator("#section-standing .onward").click()
    seat.page.wait_for_url("**/?*indicator=lq_finance*")
    seat.has(regions="130100", industry="finance")
    seat.settle()
    expect(seat.page.locator("#legend .legend-name")).to_have_text("金融业区位商")
    seat.page.go_back()
    seat.page.wait_for_url("**/clusters?*")
    seat.settle()
    assert "金融业" in panel(seat, "specialists")


def test_the_name_of_a_place_selects_it(seat: Desk) -> None:
    seat.move(ONE)
    first = seat.page.locator("#section-strength tbody .place").first
    name = first.inner_text()
    first.click()
    seat.has(regions="131125" if name == "安平县" else seat.parameters()["regions"])
    expect(seat.page.locator("#section-standing")).to_contain_text(name)


def test_method_notes_and_lists_unfold(seat: Desk) -> None:
    seat.move(ONE)
    note = seat.page.locator("#method-clusters-specialists")
    note.locator("summary").click()
    expect(note).to_contain_text("Wilson (1927)")
    left_out = seat.page.locator("#section-changes .without")
    left_out.locator("summary").click()
    expect(left_out).to_contain_text("东城区")


def test_what_cannot_be_drawn_is_said_in_words(seat: Desk) -> None:
    seat.move("?regions=133100&industry=mining")
    expect(seat.page.locator("#section-shift")).to_contain_text("雄安新区不作偏离—份额分析")
    expect(seat.page.locator("#shift-chart")).to_have_count(0)
    expect(seat.page.locator("#section-sizes")).to_contain_text("个地区样本中无此行业从业人员")
    seat.move("?regions=130924&census=2010")
    expect(seat.page.locator("#section-standing")).to_contain_text("海兴县没有2010年分行业样本数")
    seat.move("?industry=education")
    expect(seat.page.locator("#section-sites")).to_contain_text("没有可归入教育的")


def test_the_english_page_is_english(seat: Desk) -> None:
    seat.move(ONE)
    seat.press("language", "en")
    seat.has(lang="en")
    expect(seat.page.locator("#section-specialists h2")).to_have_text(
        "Where the industry is most specialised"
    )
    seat.settle()
    for name in (
        "standing",
        "specialists",
        "sizes",
        "changes",
        "strength",
        "spread",
        "shift",
        "entry",
    ):
        assert not HAN.search(panel(seat, name)), name
    assert not HAN.search(seat.page.locator("#legend").inner_text())
    seat.press("language", "zh")
    seat.has(lang="")


def test_an_unknown_industry_falls_back_and_is_named(seat: Desk) -> None:
    seat.move(f"{ONE}&industry=alchemy&paint=gold")
    expect(seat.page.locator("#notices")).to_contain_text("行业")
    assert "制造业" in panel(seat, "specialists")
    seat.move(ONE)


def test_on_a_phone_the_page_is_one_column_that_fits(browser: Browser, app_url: str) -> None:
    with sit_down(browser, app_url, PHONE, has_touch=True) as desk:
        desk.visit("clusters?regions=131125&industry=mining&lang=en")
        desk.unfold()
        assert desk.fits()
        drawn(desk, "specialists-chart")
