"""Every figure keeps type, lines and words as its use asks for, in every size and language.

Of each chart in each language one size, by turns, is checked in test_other_programs.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet

from dashboard.pages import firms
from dashboard.papers import SIZES
from geodata.own import store
from geodata.own.firms.importing import keep_firms, read_firms
from tests.benchmarks.firm_points import firms as invented
from tests.browser.checked import CHARTS, checked, is_right, opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from dashboard.pages.page import Page
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

OWN = [(firms.PAGE, name) for panel in firms.PAGE.panels for name in panel.names]
ALL = [(at, size, lang) for at in range(len(CHARTS)) for size in SIZES for lang in ("zh", "en")]


def judged(
    asked: Iterable[tuple[int, str, str]],
    atlas: Atlas,
    manifest: Manifest,
    path: str,
    charts: Sequence[tuple[Page, str]] = CHARTS,
) -> list[str]:
    """Return a row for each figure that is not as it should be."""
    gallery, chrome = opened(atlas, manifest, path)
    try:
        made = list(checked(gallery, chrome, asked, charts))
    finally:
        chrome.close()
    assert sum(not one.refused for one in made) > len(made) * 0.8
    return [str(one) for one in made if not is_right(one)]


@pytest.mark.soak
def test_every_chart_in_every_size_is_set_as_its_use_asks_for(
    atlas: Atlas, manifest: Manifest, browser_path: str
) -> None:
    assert judged(ALL, atlas, manifest, browser_path) == []


@pytest.mark.soak
def test_every_chart_of_own_firms_in_every_size_is_set_as_its_use_asks_for(
    atlas: Atlas,
    manifest: Manifest,
    browser_path: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(store.ENVIRONMENT, str(tmp_path / "data"))
    path = tmp_path / "mine.parquet"
    parquet.write_table(invented(20_000, 7), path)
    keep_firms(read_firms(path, "mine", year=2025, system="wgs84"), path, "mine")
    own = atlas.with_own(store.names(), lambda _, error: pytest.fail(str(error)))
    asked = [(at, size, lang) for at in range(len(OWN)) for size in SIZES for lang in ("zh", "en")]
    assert judged(asked, own, manifest, browser_path, OWN) == []
