"""What the plan says of a place is quoted with its source; why a change is missing is said once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dashboard.charts import place_industries, tables_plan
from geodata.lookup import Lookup
from tests.dashboard.test_page_place import LANGFANG, LANGS, said, view_of, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas
    from geodata.records import Lang

__all__ = ["view_of"]


def test_a_part_in_the_layout_is_quoted_with_the_plan_that_gives_it(
    scene: Scene, view_of: Callable[..., View]
) -> None:
    """Langfang is a node of the outline; Dingzhou's standing is the province's, not the plan's."""
    view = view_of(LANGFANG)
    shown = words([tables_plan.PLANNED.shown(scene, view)])
    assert "空间布局“节点城市”" in shown
    assert scene.atlas.source("outline2015_cbn").title in shown
    first = next(iter(tables_plan.PLANNED.rows(scene, view, scene.context(view))))
    assert first.source_ids == ("outline2015_cbn",)
    assert "在规划布局中" not in said(scene, view_of("130682"))


@pytest.mark.parametrize("lang", LANGS)
def test_why_there_is_no_change_is_said_once(
    scene: Scene, view_of: Callable[..., View], lang: Lang
) -> None:
    for one in scene.atlas.regions("county"):
        view = view_of(one.id, lang)
        context = scene.context(view)
        [chart] = place_industries.charts(scene, view, context)
        told = chart.notes[-1]
        if len(chart.notes) == 1:
            continue
        assert "没有变化" not in told
        assert not re.search("comparable|check before|核对|不可比.*不可比|（.*（", told), told
        assert told.count(": ") + told.count("：") == 1, told


def test_a_name_misspelt_by_its_sound_leads_to_the_place(atlas: Atlas) -> None:
    assert next(one.id for one in Lookup(atlas).near("廊房")) == LANGFANG
