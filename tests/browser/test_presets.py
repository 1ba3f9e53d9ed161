"""The six views a first-time reader can click, and what the panels say of chosen places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.driving import PLOT

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from tests.browser.driving import Desk

ONE = "?regions=130828"
PRESETS = {
    "cities": (["北京市", "天津市"], {"level": "city", "indicator": "gdp"}),
    "wings": (["通州区", "雄安新区"], {"indicator": "lq_leasing_business"}),
    "capital": (["首都都市圈"], {"circle": "capital", "indicator": "lq_science_technology"}),
    "tianjin": (["天津都市圈"], {"circle": "tianjin", "indicator": "lq_manufacturing"}),
    "shijiazhuang": (["石家庄都市圈"], {"circle": "shijiazhuang"}),
    "digital": (["北京市", "天津市", "河北省"], {"indicator": "lq_information_software"}),
}
SAID = {
    "cities": ("plan-panel", ["京津科技创新合作", "京津产业协同", "京津消费联动"]),
    "wings": ("plan-panel", ["总部经济", "文化创意", "产城融合", "职住平衡"]),
    "capital": ("plan-panel", ["增强对冀中北的辐射能力", "四个中心"]),
    "tianjin": ("plan-panel", ["高端装备", "航空航天", "商贸物流", "生物医药"]),
    "shijiazhuang": ("plan-panel", ["聚焦实体经济", "引领冀中南", "数字赋能"]),
    "digital": ("plan-panel", ["基础研发与创新平台", "创新应用", "数字化转型与融合发展"]),
}
HEADS = """() => {
  const side = [...document.querySelectorAll('#selection-panel table.beside thead a')];
  const one = document.querySelector('#selection-panel .place-name');
  return side.length ? side.map((a) => a.textContent) : one ? [one.textContent] : [];
}"""


@pytest.mark.parametrize("name", list(PRESETS))
def test_a_preset_speaks_of_its_places(desk: Desk, name: str) -> None:
    places, parameters = PRESETS[name]
    desk.move(ONE + "&census=2010&classes=quantile")
    desk.page.locator(f"#preset-{name}").click()
    desk.has(census="", classes="", **parameters)
    desk.until(f"(names) => JSON.stringify(({HEADS})()) === JSON.stringify(names)", places)
    panel, words = SAID[name]
    for word in words:
        expect(desk.page.locator(f"#{panel}")).to_contain_text(word)
    expect(desk.page.locator("#notices")).to_be_empty()
    desk.settle()


def test_the_two_cities_stand_beside_each_other_in_all_panels(desk: Desk) -> None:
    desk.move("?level=city&indicator=gdp&regions=110000,120000")
    page = desk.page
    expect(page.locator("#industry-panel")).to_contain_text("北京市：专业化程度最高：")
    expect(page.locator("#industry-panel")).to_contain_text("天津市：专业化程度最高：")
    for panel in ("cluster-panel", "plan-panel"):
        expect(page.locator(f"#{panel} .columns h3")).to_have_text(["北京市", "天津市"])
    desk.outlined("110000", "120000")


def test_the_digital_view_shows_computing_sites_and_three_roles(desk: Desk) -> None:
    desk.move(ONE)
    desk.page.locator("#preset-digital").click()
    sites = "(traces) => traces.find((t) => t.marker && t.marker.color === '#8822cc')"
    desk.until_traces(f"(traces) => (({sites})(traces) || {{ lon: [] }}).lon.length >= 5")
    assert "张家口数据中心集群" in desk.traces(f"(traces) => ({sites})(traces).hovertext.join()")
    expect(desk.layer("computing")).to_be_checked()
    roles = desk.page.locator("#plan-panel .columns > div")
    for column, (place, role) in enumerate(
        (
            ("北京市", "基础研发与创新平台"),
            ("天津市", "创新应用"),
            ("河北省", "数字化转型与融合发展"),
        )
    ):
        expect(roles.nth(column).locator("h3")).to_have_text(place)
        expect(roles.nth(column)).to_contain_text(role)
    desk.settle()


def test_a_preset_keeps_the_language(desk: Desk) -> None:
    desk.move(ONE + "&lang=en")
    expect(desk.page.locator("#preset-tianjin")).to_have_text("Tianjin circle")
    desk.page.locator("#preset-tianjin").click()
    desk.has(circle="tianjin", lang="en")
    expect(desk.page.locator("#selection-panel .place-name")).to_contain_text("Tianjin")
    desk.settle()


def test_the_sub_centre_shows_its_four_industries_with_quotients(desk: Desk) -> None:
    desk.move("?regions=110112")
    items = desk.page.locator("#plan-panel .items > li")
    for name, industry, quotient in (
        ("总部经济", "租赁商务", "1.06"),
        ("文化创意", "文体娱乐", "1.19"),
        ("金融服务", "金融业", "0.79"),
        ("科技创新", "科研技术", "0.76"),
    ):
        item = items.filter(has=desk.page.locator(".item-name", has_text=name))
        expect(item).to_have_count(1)
        evidence = item.locator(".evidence-industry")
        expect(evidence).to_contain_text(industry)
        expect(evidence.locator("b")).to_contain_text(f"{quotient} [")
        expect(evidence.locator(".mini")).to_be_visible()


def test_the_tianjin_circle_shows_its_four_industries_with_evidence(
    desk: Desk, atlas: Atlas
) -> None:
    plan = {item.name.zh: item.evidence for item in atlas.plan("article/tianjin")}
    desk.move("?circle=tianjin")
    expect(desk.page.locator("#selection-panel .place-name")).to_have_text("天津都市圈")
    items = desk.page.locator("#plan-panel .items > li")
    for name, quotients in (
        ("高端装备", ["1.31"]),
        ("航空航天", []),
        ("商贸物流", ["1.02", "1.08"]),
        ("生物医药", []),
    ):
        counts = [f"{one.total}项" for one in plan[name] if one.kind == "sites" and one.total]
        assert quotients or counts
        evidence = [*(f"区位商 {quotient}" for quotient in quotients), *counts]
        item = items.filter(has=desk.page.locator(".item-name", has_text=name))
        expect(item).to_have_count(1)
        for words in evidence:
            expect(item).to_contain_text(re.compile(words.replace(" ", r"\s*")))


def test_another_benchmark_changes_the_quotients_of_the_chart(desk: Desk) -> None:
    desk.move("?regions=110112")
    drawn = """() => JSON.stringify(document.querySelector('#industry-chart .js-plotly-plot')
      ._fullData.filter((t) => t.type === 'bar').map((t) => Array.from(t.x)))"""
    before = desk.page.evaluate(drawn)
    assert len(before) > 100
    desk.move("?regions=110112&benchmark=YRD")
    expect(desk.page.locator("#industry-panel")).to_contain_text("长三角")
    desk.until(f"(before) => ({drawn})() !== before", before)


def test_a_name_in_the_panels_leads_to_its_place(desk: Desk) -> None:
    desk.move("?regions=110112")
    desk.page.locator("#selection-panel .crumbs a").last.click()
    desk.has(regions="110000", circle="")
    expect(desk.page.locator("#selection-panel .place-name")).to_have_text("北京市")
    desk.page.locator("#selection-panel table.circles a").first.click()
    desk.has(circle="capital", regions="")
    expect(desk.page.locator("#selection-panel .place-name")).to_have_text("首都都市圈")
    desk.until(f"() => {PLOT}._fullLayout.meta.focus === 'article|capital'")
    desk.settle()


def test_the_ranking_holds_the_members_of_the_circle_only(desk: Desk) -> None:
    desk.move("?circle=tianjin&level=city&indicator=gdp&regions=130200")
    codes = """() => Array.from(document.querySelector('#ranking-chart .js-plotly-plot')
      ._fullData[0].customdata)"""
    desk.until(f"() => ({codes})().length === 4")
    assert set(desk.page.evaluate(codes)) == {"120000", "130200", "130900", "131000"}
