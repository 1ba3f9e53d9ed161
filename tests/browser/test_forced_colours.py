"""Where the reader's system sets the colours, states are still seen and legends keep theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.conftest import LAPTOP
from tests.browser.driving import sit_down

if TYPE_CHECKING:
    from playwright.sync_api import Browser

VIEW = "?circle=tianjin&layers=fill,circles,clusters,parks"
STATES = {
    "chip": (".mantine-Chip-label[data-checked]", ".mantine-Chip-label:not([data-checked])"),
    "segment": (
        ".mantine-SegmentedControl-label[data-active]",
        ".mantine-SegmentedControl-label:not([data-active])",
    ),
    "tick": (".mantine-Checkbox-input:checked", ".mantine-Checkbox-input:not(:checked)"),
    "page": (".page-link[aria-current] a", ".page-link:not([aria-current]) a"),
}
"""What is on, and the same that is off."""
LOOKS = """([on, off]) => [on, off].map((which) => {
  const style = getComputedStyle(document.querySelector(which));
  return [style.backgroundColor, style.color];
})"""
SWITCH = """() => getComputedStyle(
  document.querySelector('.mantine-Switch-track')).backgroundColor"""
SWATCHES = """() => [...document.querySelectorAll('.legend i')].map((mark) => {
  const wanted = mark.style.backgroundColor || mark.style.borderColor;
  const style = getComputedStyle(mark);
  return [wanted, mark.style.backgroundColor ? style.backgroundColor : style.borderTopColor];
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_states_are_seen_and_swatches_keep_their_colours(
    browser: Browser, app_url: str, scheme: Literal["light", "dark"]
) -> None:
    with sit_down(
        browser, app_url, LAPTOP, fresh=True, color_scheme=scheme, forced_colors="active"
    ) as desk:
        desk.visit(VIEW)
        page = desk.page
        assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
        for what, pair in STATES.items():
            on, off = page.evaluate(LOOKS, list(pair))
            assert on[0] != off[0], f"{what}: {on} {off}"
            assert on[0] != on[1], f"{what} is written in the colour of its ground"
        off = page.evaluate(SWITCH)
        page.locator(".mantine-Switch-track").first.click()
        desk.until(f"(off) => ({SWITCH})() !== off", off)
        swatches = page.evaluate(SWATCHES)
        assert len({wanted for wanted, _ in swatches}) > 5
        assert [pair for pair in swatches if pair[0] != pair[1]] == []
