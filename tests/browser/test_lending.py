"""Pages that are lent: in order again for the next test, and what a failing one leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import driving, lending
from tests.browser.driving import sit_down
from tests.browser.lending import Shelf
from tests.browser.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

SIZE = (400, 300)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    shelf = Shelf()
    yield shelf
    for pages in shelf.waiting.values():
        for page in pages:
            page.context.close()


def test_a_page_comes_back_in_order(shelf: Shelf, browser: Browser, app_url: str) -> None:
    first = Watch(app_url)
    page = shelf.lend(browser, first, SIZE)
    page.goto("/healthz")
    page.evaluate("() => localStorage.setItem('theme', 'dark')")
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 900, "height": 700})
    page.context.new_page()
    page.route("**/*", lambda route: route.abort())
    shelf.take_back(page)
    assert page.url == f"{app_url}/blank"
    second = Watch(app_url)
    again = shelf.lend(browser, second, SIZE)
    assert again is page
    assert again.viewport_size == {"width": 400, "height": 300}
    assert len(again.context.pages) == 1
    assert again.goto("/healthz").ok  # type: ignore[union-attr]
    state = "() => [localStorage.length, matchMedia('print').matches,"
    state += " matchMedia('(prefers-color-scheme: dark)').matches]"
    assert again.evaluate(state) == [0, False, False]
    again.evaluate("() => console.error('broken')")
    assert [one for one in first.complaints if "broken" in one] == []
    assert len([one for one in second.complaints if "broken" in one]) == 1
    shelf.take_back(again)


def test_another_look_or_a_fresh_one_is_another_page(
    shelf: Shelf, browser: Browser, app_url: str
) -> None:
    page = shelf.lend(browser, Watch(app_url), SIZE)
    page.goto("/healthz")
    shelf.take_back(page)
    for more in ({"fresh": True}, {"init": "1"}, {"has_touch": True}, {"color_scheme": "dark"}):
        other = shelf.lend(browser, Watch(app_url), SIZE, **more)
        assert other is not page
        assert other.context is not page.context
        shelf.take_back(other)


def test_a_failing_test_leaves_screenshot_and_trace_and_its_page_is_not_lent_again(
    shelf: Shelf, browser: Browser, app_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lending, "EVIDENCE", tmp_path)
    assert shelf.keep_evidence("nothing is lent") is None
    page = shelf.lend(browser, Watch(app_url), SIZE)
    page.goto("/healthz")
    folder = shelf.keep_evidence("tests/browser/test_x.py::test_y[../z]")
    assert folder == tmp_path / "tests-browser-test_x-py-test_y-z"
    found = {path.name: path.read_bytes()[:4] for path in folder.iterdir()}
    assert found == {"page-1.png": b"\x89PNG", "trace-1.zip": b"PK\x03\x04"}
    shelf.take_back(page)
    assert page.is_closed()
    again = shelf.lend(browser, Watch(app_url), SIZE)
    assert again is not page
    again.goto("/healthz")
    shelf.take_back(again)


def test_a_page_that_went_nowhere_is_lent_again(
    shelf: Shelf, browser: Browser, app_url: str
) -> None:
    page = shelf.lend(browser, Watch(app_url), SIZE)
    shelf.take_back(page)
    assert shelf.lend(browser, Watch(app_url), SIZE) is page
    shelf.take_back(page)


def test_a_page_borrowed_for_a_while_leaves_its_evidence_before_it_is_returned(
    shelf: Shelf, browser: Browser, app_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_at_desk(*, loudly: bool) -> None:
        with sit_down(browser, app_url, SIZE) as desk:
            desk.page.goto("/healthz")
            if not loudly:
                pytest.fail("silent")
            desk.page.evaluate("() => console.error('broken')")

    monkeypatch.setattr(lending, "EVIDENCE", tmp_path)
    monkeypatch.setattr(driving, "SHELF", shelf)
    for test, fault in (("test_x.py::test_y[a b]", "silent"), ("test_x.py::test_z", "broken")):
        monkeypatch.setenv("PYTEST_CURRENT_TEST", f"{test} (setup)")
        with pytest.raises((AssertionError, pytest.fail.Exception), match=fault):
            fail_at_desk(loudly=fault == "broken")
        assert shelf.lent == {}
        folder = shelf.keep_evidence(test)
        assert folder is not None
        assert folder.parent == tmp_path
        assert {path.name for path in folder.iterdir()} == {"page-1.png", "trace-1.zip"}
    assert shelf.keep_evidence("test_x.py::test_w") is None
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    with pytest.raises(pytest.fail.Exception, match="silent"):
        fail_at_desk(loudly=False)
    assert (tmp_path / "outside-pytest" / "page-1.png").is_file()
