"""The legend of a LISA or Gi* map names who could not be tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.pages.clusters import DRAWN
from tests.dashboard.panel_fixtures import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View


@pytest.mark.parametrize("paint", ["lisa", "hot"])
def test_counties_without_data_are_named(
    scene: Scene, read: Callable[[str], View], paint: str
) -> None:
    words = said(DRAWN.legend(scene, read(f"?paint={paint}&census=2010"), "light"))
    assert "缺数据的县不参与权重计算：东城区、西城区、" in words
    assert "没有相邻县" not in words


@pytest.mark.parametrize("paint", ["lisa", "hot"])
def test_nobody_is_named_where_all_were_tested(
    scene: Scene, read: Callable[[str], View], paint: str
) -> None:
    words = said(DRAWN.legend(scene, read(f"?paint={paint}&census=2020"), "light"))
    assert "没有数据" not in words
    assert "9,999" in words
