"""The panel of computing power: kinds named, exascale marked, both counts with their sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dashboard.charts.tables_sites import EXPLORE
from dashboard.panels.compute import compute
from geodata.studies.compute import EXASCALE
from tests.dashboard import panel_fixtures as made

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            (
                "智能算力",
                "通用算力",
                "超级计算",
                "精度未说明",
                "255,000 PFLOPSE级",
                "不相加",
                "张家口市在运数据中心（2025年6月）有2个不同的数：39 个",
                "国家电网（383tm.com 转载）",
            ),
        ),
        (
            "en",
            ("AI compute", "Supercomputing", "never added", "200,000 PFLOPSexascale", "Planned"),
        ),
    ],
)
def test_kinds_are_named_and_both_counts_given(
    scene: Scene, read: Callable[[str], View], lang: str, said: tuple[str, ...]
) -> None:
    atlas = scene.atlas
    parks = atlas.all_parks()
    here = scene.context(read(f"?lang={lang}"))
    panel = compute(atlas.compute.of(parks), atlas.compute.conflicts(parks), here)
    assert panel is not None
    words = made.said(panel)
    assert [part for part in said if part not in words] == []


def test_no_sum_of_figures_is_written(
    scene: Scene, read: Callable[[str], View], atlas: Atlas
) -> None:
    found = atlas.compute.of(atlas.all_parks())
    panel = compute(found, (), scene.context(read("")))
    assert panel is not None
    written = re.findall(r"([\d,.]+) PFLOPS", made.said(panel))
    # The key says what 1 EFLOPS is.
    numbers = {float(n.replace(",", "")) for n in written} - {EXASCALE}
    assert numbers == {one.pflops for one in found}


def test_the_panel_stands_with_the_sites_where_there_is_compute(
    scene: Scene, read: Callable[[str], View]
) -> None:
    digital = made.said(EXPLORE.shown(scene, read("?layers=computing")))
    assert "智能算力" in digital
    assert "智能算力" not in made.said(EXPLORE.shown(scene, read("?regions=131125")))
