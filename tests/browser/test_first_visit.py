"""A reader's first visit: what is loaded, drawn and said before anything is clicked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.driving import FIRST_VISIT, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Response

    from tests.browser.conftest import OpenPage
    from tests.browser.watch import Watch

PANELS = {
    "selection-panel": "京津冀",
    "industry-panel": "产业结构",
    "cluster-panel": "国家创新型产业集群",
    "plan-panel": "规划要求与数据对照",
    "ranking": "制造区位商",
}


@pytest.fixture(scope="module")
def first(browser: Browser, app_url: str) -> Iterator[tuple[Desk, Response]]:
    """Visit the atlas for the first time; nothing in this module changes the page."""
    from tests.browser.conftest import LAPTOP  # noqa: PLC0415
    from tests.browser.watch import Watch  # noqa: PLC0415

    watch = Watch(app_url)
    context = browser.new_context(
        base_url=app_url, viewport={"width": LAPTOP[0], "height": LAPTOP[1]}
    )
    watch.attach(context)
    desk = Desk(context.new_page(), watch)
    answer = desk.page.goto("/")
    assert answer
    desk.settle(FIRST_VISIT)
    yield desk, answer
    context.close()
    watch.assert_clean()
