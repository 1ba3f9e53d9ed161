"""Every figure keeps type, lines and words as its use asks for, in every size and language.

Of each chart in each language one size, by turns, is checked in test_other_programs.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.papers import SIZES
from tests.browser.checked import CHARTS, checked, is_right, opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

ALL = [(at, size, lang) for at in range(len(CHARTS)) for size in SIZES for lang in ("zh", "en")]


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


@pytest.mark.soak
def test_every_chart_in_every_size_is_set_as_its_use_asks_for(
    atlas: Atlas, manifest: Manifest, browser_path: str
) -> None:
    assert judged(ALL, atlas, manifest, browser_path) == []
