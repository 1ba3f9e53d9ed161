"""What the reader chose, in the types of the studies, and names that several charts share."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dashboard.charts.rows import both_words
from geodata.records import REGION_ID, Name

if TYPE_CHECKING:
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Place
    from geodata.studies.gap import Weighting
    from geodata.studies.hierarchy import Family


def family_of(view: View) -> Family:
    """Return the family of GDP."""
    return cast("Family", view.family)


def weighting_of(view: View) -> Weighting:
    """Return how cities are weighted in measures of inequality."""
    return cast("Weighting", view.weighting)


def region_of(scene: Scene) -> Place:
    """Return the whole region."""
    return scene.atlas.place(REGION_ID)


def head_subject(scene: Scene) -> Name:
    """Name GDP per head in the region."""
    where, what = region_of(scene).label, both_words("export.item_head")
    return Name(where.zh + what.zh, f"{where.en}, {what.en}")


def first_chosen(scene: Scene, view: View) -> Place | None:
    """Return the first place selected, else the first circle; None where nothing is chosen."""
    chosen = (*view.regions, *view.circle_keys)
    return scene.atlas.place(chosen[0]) if chosen else None
