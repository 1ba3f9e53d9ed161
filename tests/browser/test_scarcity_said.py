"""A server that has too little says of what, and the page hands it on instead of a general line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geodata.scarce import MEMORY, lacking
from tests.browser.losing import UPDATES, at_rest, of_a_loss, signs, wired

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_want_of_memory_is_named_where_the_answer_was_to_be(
    browser: Browser, app_url: str, lang: str
) -> None:
    zh, en = str(lacking(MEMORY)).split("\n")
    refusal = json.dumps({"status": 503, "id": "1", "zh": zh, "en": en})

    def wanting(route: Route) -> None:
        route.fulfill(status=503, body=refusal, content_type="application/json")

    with wired(browser, app_url) as (desk, _):
        desk.page.route(UPDATES, wanting)
        desk.page.goto(f"/data?lang={lang}")
        expect(signs(desk).first).to_contain_text(zh if lang == "zh" else en)
        expect(signs(desk).first.get_by_role("button").first).to_be_visible()
        desk.page.unroute(UPDATES)
        signs(desk).last.get_by_role("button").first.click()
        at_rest(desk)
        expect(signs(desk)).to_have_count(0)
        desk.watch.complaints[:] = [one for one in desk.watch.complaints if not of_a_loss(one)]
