"""The rows of a table: a figure each, with status, sources, note and ingredients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.data.wanted import Reach, Wanted, years_of
from geodata.records import FULL_ROLES, REGION_ID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.atlas import Atlas
    from geodata.records import Coverage, Level, Place, Subtotal, Value
    from geodata.studies.provenance import Ingredient

GAP: Final = "missing"
"""Status of a figure that nobody has published, or that cannot be computed."""
QUOTIENTS: Final = ("lq_",)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of one place in one year; `role` is empty without a choice of circles.

    `coverage` and `subtotal` are those of a circle, None elsewhere.
    """

    place: Place
    level: Reach
    role: str
    value: Value
    note_zh: tuple[str, ...]
    note_en: tuple[str, ...]
    ingredients: tuple[Ingredient, ...]
    coverage: Coverage | None = None
    subtotal: Subtotal | None = None

    @property
    def status(self) -> str:
        """The status of the figure; a gap is named as one, a figure without one is ''."""
        return GAP if self.value.value is None else self.value.status or ""


def rows_of(wanted: Wanted, atlas: Atlas) -> tuple[Row, ...]:
    """Return the rows of a table by level, year and code, gaps included.

    With circles chosen, only their full members: what is only radiated to is no part of a circle
    and must not be added to it.
    """
    indicator = atlas.indicators[wanted.indicator]
    return tuple(
        _row(wanted, atlas, (reach, place, role), year)
        for reach in wanted.levels
        for year in wanted.years
        if year in years_of(indicator, reach)
        for place, role in places_of(wanted, atlas, reach)
    )


def _row(wanted: Wanted, atlas: Atlas, about: tuple[Reach, Place, str], year: str) -> Row:
    reach, place, role = about
    value = _value(wanted, atlas, reach, place.id, year)
    is_sum = reach == "circle" and not depends_on_benchmark(wanted.indicator)
    whole = atlas.whole(wanted.indicator, place.id, year) if is_sum else None
    return Row(
        place=place,
        level=reach,
        role=role,
        value=value,
        note_zh=tuple(atlas.note(fragment, "zh") for fragment in value.note),
        note_en=tuple(atlas.note(fragment, "en") for fragment in value.note),
        ingredients=atlas.provenance.ingredients(
            wanted.indicator, place.id, year, wanted.benchmark, _level(reach)
        ),
        coverage=whole.coverage if whole else None,
        subtotal=whole.subtotal if whole else None,
    )


def places_of(wanted: Wanted, atlas: Atlas, reach: Reach) -> Iterator[tuple[Place, str]]:
    """Yield the places of a level, with their role in the chosen circles."""
    keys = [f"{wanted.scheme}/{circle}" for circle in wanted.circles]
    if reach == "region":
        yield atlas.place(REGION_ID), ""
    elif reach == "circle":
        for circle in atlas.circles(wanted.scheme):
            if not keys or circle.key in keys:
                yield atlas.place(circle.key), ""
    else:
        roles = atlas.roles(keys, reach) if keys else {}
        for place in atlas.regions(reach):
            if not keys or roles.get(place.id) in FULL_ROLES:
                yield place, roles.get(place.id, "")


def _value(wanted: Wanted, atlas: Atlas, reach: Reach, place: str, year: str) -> Value:
    level = _level(reach)
    if level is None:
        return atlas.value(wanted.indicator, place, year, wanted.benchmark)
    column = atlas.values(wanted.indicator, year, level, wanted.benchmark)
    return column.values[column.codes.index(place)]


def _level(reach: Reach) -> Level | None:
    return None if reach == "circle" or reach == "region" else reach  # noqa: PLR1714 - narrows


def depends_on_benchmark(indicator: str) -> bool:
    """Tell whether the figures change with the reference of location quotients."""
    return indicator.startswith(QUOTIENTS)
