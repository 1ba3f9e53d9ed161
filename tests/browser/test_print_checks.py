"""Every figure keeps type, lines and words as its use asks for, in every size and language.

The README's line checks each chart in each language in one size, by turns; `-m soak` all sizes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.papers import LEAST_LINE, SIZES, TYPES
from dashboard.print.checks import GRAVE
from tests.browser.checked import CHARTS, Checked, checked, opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

TURNS = [
    (at, [*SIZES][(at + turn * 3) % len(SIZES)], lang)
    for at in range(len(CHARTS))
    for turn, lang in enumerate(("zh", "en"))
]
ALL = [(at, size, lang) for at in range(len(CHARTS)) for size in SIZES for lang in ("zh", "en")]
LESSER = {
    "compare/multiples": {"met"},
    "linkages/contracts": {"met"},
    "clusters/beijing-divisions": {"met"},
    "clusters/sizes": {"faint"},
}
"""Charts whose own words are close on narrow sheets; they leave, and the journal names it."""


def judged(
    asked: Iterable[tuple[int, str, str]], atlas: Atlas, manifest: Manifest, path: str
) -> list[str]:
    """Return a row for each figure that is not as it should be."""
    gallery, chrome = opened(atlas, manifest, path)
    try:
        made = list(checked(gallery, chrome, asked))
    finally:
        chrome.close()
    assert sum(not one.refused for one in made) > len(made) * 0.8
    return [str(one) for one in made if not is_right(one)]


def is_right(one: Checked) -> bool:
    """Tell whether a figure has no fault, beyond those its chart is known for."""
    if one.refused:
        return True
    kind = TYPES[SIZES[one.size].use]
    sized = (one.latin or 99) > kind.latin - 0.03 and (one.chinese or 99) > kind.chinese - 0.03
    kinds = {fault.kind for fault in one.faults}
    return sized and one.line > LEAST_LINE - 0.03 and kinds <= LESSER.get(one.chart, set()) - GRAVE


@pytest.mark.journey
def test_every_chart_is_set_as_its_use_asks_for(
    atlas: Atlas, manifest: Manifest, browser_path: str
) -> None:
    assert {size for _, size, _ in TURNS} == set(SIZES)
    assert judged(TURNS, atlas, manifest, browser_path) == []


@pytest.mark.soak
def test_every_chart_in_every_size_is_set_as_its_use_asks_for(
    atlas: Atlas, manifest: Manifest, browser_path: str
) -> None:
    assert judged(ALL, atlas, manifest, browser_path) == []
