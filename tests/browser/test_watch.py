"""The watch itself: each thing it must notice, on pages that need no server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.driving import FRAMES
from tests.browser.watch import NO_WEBGL2, Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

HOME = "http://127.0.0.1:9"
POLICY = "default-src 'none'; script-src 'unsafe-inline'"


def shown(
    browser: Browser, script: str, *, policy: str = "", init: str = "", last: str = f"{HOME}/"
) -> tuple[Page, Watch]:
    """Open a page that runs a script, and wait until it has the answer to its `last` request.

    No request gets further than this function.
    """

    def answer(route: Route) -> None:
        route.fulfill(
            body=f"<!doctype html><link rel=icon href='data:,'><script>{script}</script>",
            content_type="text/html",
            headers={"Content-Security-Policy": policy} if policy else {},
        )

    watch = Watch(HOME)
    context = browser.new_context()
    watch.attach(context)
    context.route("**/*", answer)
    if init:
        context.add_init_script(init)
    page = context.new_page()
    with page.expect_event("requestfinished", lambda request: request.url == last):
        page.goto(HOME)
    page.evaluate(FRAMES)
    return page, watch


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('broken')", "console error: broken"),
        ("console.warn('odd')", "console warning: odd"),
        ("console.trace('WARN: odd')", "console trace: WARN: odd"),
        ("null.oops", "uncaught:"),
        (
            "fetch('https://example.org/x', {mode: 'no-cors'})",
            "another host: https://example.org/x",
        ),
    ],
)
def test_a_complaint_is_kept_and_fails_the_test(
    browser: Browser, script: str, complaint: str
) -> None:
    last = "https://example.org/x" if "example.org" in script else f"{HOME}/"
    page, watch = shown(browser, script, last=last)
    page.context.close()
    assert any(complaint in kept for kept in watch.complaints), watch.complaints
    with pytest.raises(AssertionError, match="The browser complained"):
        watch.assert_clean()


def test_a_breach_of_the_content_security_policy_is_noticed(browser: Browser) -> None:
    script = "const i = new Image(); i.src = '/picture.png'"
    page, watch = shown(browser, script, policy=POLICY)
    page.context.close()
    assert any("CSP violation: img-src" in kept for kept in watch.complaints), watch.complaints


def test_a_quiet_page_of_our_own_is_clean_and_its_requests_are_kept(browser: Browser) -> None:
    page, watch = shown(
        browser, "console.log('fine'); fetch('/data.json')", last=f"{HOME}/data.json"
    )
    page.context.close()
    watch.assert_clean()
    assert [request.url for request in watch.requests] == [f"{HOME}/", f"{HOME}/data.json"]


DRAW = """
const gl = document.createElement('canvas').getContext('webgl2');
document.title = gl ? 'WebGL2' : 'none';
if (gl) { gl.clear(gl.COLOR_BUFFER_BIT);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4)); }
"""


@pytest.mark.parametrize(("init", "found"), [("", "WebGL2"), (NO_WEBGL2, "none")])
def test_the_browser_draws_with_webgl2_unless_it_is_taken_away(
    webgl_browser: Browser, init: str, found: str
) -> None:
    page, watch = shown(webgl_browser, DRAW, init=init)
    assert page.title() == found
    page.context.close()
    watch.assert_clean()
