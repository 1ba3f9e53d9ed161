"""The address is the whole state: each part of it, there and back, and what is not an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.driving import HAN, PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page, Request

    from tests.browser.driving import Desk

ONE = "regions=130828"


def test_every_parameter_is_reproduced_from_a_link(desk: Desk) -> None:
    query = (
        "?scheme=plan2026&circle=functional&level=city&indicator=gdp&year=2020&classes=quantile"
        "&k=4&draw=areas&regions=130100,130500&benchmark=GD&census=2010"
        "&layers=fill,clusters.digital,gates&lang=en"
    )
    desk.visit(query)
    page = desk.page
    expect(page.locator("#notices")).to_be_empty()
    expect(page.locator("#scheme")).to_have_value(re.compile("2026"))
    expect(page.locator(".chips input:checked")).to_have_value("functional")
    expect(page.locator("#level input:checked")).to_have_value("city")
    expect(page.locator("#year-shown")).to_have_text("2020")
    expect(page.locator("#classes")).to_have_value("Quantiles")
    expect(page.locator("#k input:checked")).to_have_value("4")
    expect(page.locator("#census input:checked")).to_have_value("2010")
    expect(page.locator("#language input:checked")).to_have_value("en")
    expect(page.locator("#benchmark")).to_have_value("Guangdong")
    for layer, on in (("fill", True), ("clusters", True), ("gates", True), ("lines", False)):
        expect(desk.layer(layer)).to_be_checked(checked=on)
    desk.outlined("130100", "130500")
    ranges = page.locator("#legend .legend-rows span").filter(has_not_text="No data")
    expect(ranges).to_have_count(4)
    expect(page.locator("#legend .legend-unit")).to_contain_text("2020")
    expect(page.locator("#industry-panel")).to_contain_text("Census employment, 2010")
    expect(page.locator("#industry-panel")).to_contain_text("Guangdong")
    heads = page.locator("#selection-panel table.beside thead th")
    expect(heads).to_have_text(["Indicator", "Shijiazhuang", "Xingtai"])
    # Reading the address has written nothing into it.
    desk.settle()
    desk.address(query)


def test_back_and_forward_lead_through_what_was_done(desk: Desk) -> None:
    desk.move(f"?{ONE}")
    name = desk.page.locator("#selection-panel .place-name")
    desk.press("level", "city")
    desk.address(f"?{ONE}&level=city")
    desk.settle()
    desk.move("?level=city&regions=130700")
    expect(name).to_have_text("张家口市")
    desk.page.go_back()
    desk.address(f"?{ONE}&level=city")
    desk.outlined("130828")
    expect(name).to_have_text("围场满族蒙古族自治县")
    desk.page.go_back()
    desk.address(f"?{ONE}")
    expect(desk.page.locator("#level input:checked")).to_have_value("county")
    desk.until_traces("([t]) => t.locations.length === 199")
    desk.page.go_forward()
    desk.address(f"?{ONE}&level=city")
    expect(desk.page.locator("#level input:checked")).to_have_value("city")
    desk.page.go_forward()
    desk.outlined("130700")
    expect(name).to_have_text("张家口市")


def test_a_reload_shows_the_same(desk: Desk) -> None:
    query = "?regions=130828,110112&indicator=population_density&classes=100,500,2000"
    desk.move(query)
    desk.settle()
    limits = desk.legend_limits()
    desk.page.reload()
    desk.settle(60_000)
    desk.address(query)
    desk.outlined("130828", "110112")
    assert desk.legend_limits() == limits
    assert limits[0] == "> 2,000"


HOSTILE = {
    "indicator": "<script id=injected>alert(1)</script>",
    "scheme": '"><img id=injected src=x onerror=alert(1)>',
    "year": "2020'><b id=injected>",
    "level": "//example.org",
    "classes": "javascript:alert(1)",
    "k": "98765432109876",
    "circle": "\x00",
    "benchmark": "../../etc/passwd",
    "census": "1900",
    "layers": "fill,<i id=injected>",
    "lang": "<u id=injected>",
    "regions": "999999,<a id=injected>",
}


def nothing_came_in(page: Page) -> None:
    """Check that no markup or text of a stranger stands on the page."""
    assert page.locator("#injected").count() == 0
    html = page.locator("body").inner_html()
    words = ("alert(1)", "example.org", "etc/passwd", "98765432109876", "onerror")
    assert [one for one in words if one in html] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_values_fall_back_with_a_notice(desk: Desk, lang: str) -> None:
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    desk.page.on("dialog", dismiss)
    sent = {k: v for k, v in HOSTILE.items() if k != "lang"} | {"lang": lang}
    # One known region keeps the panels short.
    sent["regions"] += ",130828"
    desk.visit("?" + "&".join(f"{k}={quote(v, safe='')}" for k, v in sent.items()))
    notice = desk.page.locator("#notice")
    expect(notice).to_be_visible()
    lead = "replaced by defaults" if lang == "en" else "已改用默认值"
    expect(notice).to_contain_text(lead)
    named = (
        ["definition of circles", "indicator", "number of classes", "benchmark", "layers"]
        if lang == "en"
        else ["都市圈方案", "指标", "分级数", "参照区", "图层"]
    )
    for word in named:
        expect(notice).to_contain_text(word)
    if lang == "en":
        assert not HAN.search(notice.inner_text())
    nothing_came_in(desk.page)
    desk.page.remove_listener("dialog", dismiss)
    assert dialogs == []
    desk.outlined("130828")
    expect(desk.page.locator("#legend .legend-rows li")).to_have_count(5)
    notice.get_by_role("button").click()
    expect(notice).to_have_count(0)


@pytest.mark.parametrize("name", ["indicator", "circle", "classes", "lang", "regions"])
def test_one_hostile_value_alone_is_named(desk: Desk, name: str) -> None:
    desk.move("?" + ONE)
    rest = "" if name == "regions" else "&" + ONE
    value = HOSTILE[name] + (",130828" if name == "regions" else "")
    desk.page.evaluate(
        "search => dash_clientside.set_props('url', { search })",
        f"?{name}={quote(value, safe='')}{rest}",
    )
    expect(desk.page.locator("#notice")).to_be_visible()
    nothing_came_in(desk.page)
    desk.outlined("130828")


def test_a_link_of_five_kilobytes_is_ignored_and_said_so(desk: Desk) -> None:
    desk.page.goto("/?regions=" + "130828," * 800)
    notice = desk.page.locator("#notice")
    expect(notice).to_contain_text("链接过长，已忽略。", timeout=3 * PATIENCE)
    desk.settle(60_000)
    desk.outlined()
    expect(desk.page.locator("#selection-panel .place-name")).to_have_text("京津冀")


def test_an_address_that_begins_like_a_host_stays_here(desk: Desk) -> None:
    answer = desk.page.request.get(
        desk.watch.home + "//example.org/%2e%2e?regions=130828", max_redirects=0
    )
    assert answer.status in {200, 404}
    assert "location" not in answer.headers


def test_two_pages_in_one_browser_do_not_disturb_each_other(desk: Desk) -> None:
    desk.move("?" + ONE)
    asked: list[Request] = []
    other = desk.page.context.new_page()
    try:
        second = type(desk)(other, desk.watch)
        second.visit("?regions=110112&level=city&lang=en")
        desk.page.on("request", lambda request: asked.append(request))  # noqa: PLW0108
        second.press("level", "county")
        second.address("?regions=110112&lang=en")
        second.settle()
        expect(other.locator("#selection-panel .place-name")).to_contain_text("Tongzhou")
        desk.page.bring_to_front()
        desk.settle()
        desk.address("?" + ONE)
        desk.outlined("130828")
        second.outlined("110112")
        expect(desk.page.locator("#selection-panel .place-name")).to_have_text(
            "围场满族蒙古族自治县"
        )
        assert [request.url for request in asked] == []
    finally:
        other.close()
