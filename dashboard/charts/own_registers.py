"""Which register of a reader's own is shown, of what division, and how its figures are told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.charts.choices import region_of
from dashboard.charts.record import undrawn
from dashboard.charts.rows import both_words, joined, value_row
from dashboard.view import DIVISIONS_ASKED
from geodata.ids import OWN
from geodata.own.firms.divisions import divisions
from geodata.records import Name, Value

if TYPE_CHECKING:
    from dashboard.charts.record import Chart, Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.own.firms.study import OwnFirms
    from geodata.records import Place


def register_of(scene: Scene, view: View) -> OwnFirms:
    """Return the register that is shown, the first where none is chosen.

    Raises
    ------
    StopIteration
        Where the reader has brought none; then there is no page of firms.
    """
    found = scene.atlas.own_firms
    return next((one for one in found if one.name == view.firms), None) or next(iter(found))


def place_of(scene: Scene, view: View) -> Place:
    """Return the first place selected, else the whole region."""
    return scene.atlas.place(view.regions[0]) if view.regions else region_of(scene)


def division_of(view: View) -> int | None:
    """Return the division that is asked for, None for all firms."""
    return None if view.division == DIVISIONS_ASKED[0] else int(view.division)


def division_name(division: int | None) -> Name:
    """Name a division with its code, or all of them."""
    if division is None:
        return both_words("firms.all")
    found = divisions()[f"{division:02}"]
    return Name(f"{found.code} {found.zh}", f"{found.code} {found.en}")


def subject_of(place: Place, division: int | None) -> Name:
    """Name the firms that are shown: of where, and of which division."""
    return joined(place.label, division_name(division))


def own_value(own: OwnFirms, value: float | None, unit: str, year: str) -> Value:
    """Return a figure of a register; what is not a number is none."""
    known = None if value is None or value != value else float(value)  # noqa: PLR0124 - NaN
    return Value(known, unit, year, OWN, (own.source_id,))


def own_row(place: Place, item: tuple[str, Name], value: Value, context: Context) -> Row:
    """Return the row of a figure that was put together for a chart."""
    return replace(value_row(place, item, value, context), catalogued=False)


def nothing(name: str, subject: Name, key: str, context: Context, **fields: object) -> Chart:
    """Return a chart without a drawing, for the reason of a key."""
    return undrawn(name, context.t(f"firms.{name}"), subject, context.t(key, **fields))
