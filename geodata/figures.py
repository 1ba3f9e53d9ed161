"""The figures of an indicator as a table: a row each, with status, sources, note, ingredients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import pandas as pd

from geodata.records import FULL_ROLES, REGION_ID

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geodata.atlas import Atlas
    from geodata.records import Coverage, Indicator, Level, Name, Place, Subtotal, Value
    from geodata.studies.provenance import Ingredient

Reach = Literal["county", "city", "province", "circle", "region"]

REACHES: Final[tuple[Reach, ...]] = get_args(Reach)
COLUMNS: Final = (
    "indicator",
    "level",
    "region_code",
    "name_zh",
    "name_en",
    "role",
    "year",
    "value",
    "unit",
    "status",
    "source_ids",
    "note_zh",
    "note_en",
    "benchmark",
    "ingredients",
    "subtotal",
    "members",
    "people_percent",
)
NUMBERS: Final = frozenset({"value", "subtotal", "people_percent"})
GAP: Final = "missing"
"""Status of a figure that nobody has published, or that cannot be computed."""
QUOTIENTS: Final = ("lq_",)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One table: an indicator at levels, in years, within circles; all names are known ones."""

    indicator: str
    levels: tuple[Reach, ...]
    years: tuple[str, ...]
    scheme: str
    circles: tuple[str, ...]
    benchmark: str
    bom: bool = True


@dataclass(frozen=True, slots=True)
class DataRow:
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


def rows_of(wanted: Wanted, atlas: Atlas) -> tuple[DataRow, ...]:
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


def _row(wanted: Wanted, atlas: Atlas, about: tuple[Reach, Place, str], year: str) -> DataRow:
    reach, place, role = about
    value = _value(wanted, atlas, reach, place.id, year)
    is_sum = reach == "circle" and not depends_on_benchmark(wanted.indicator)
    whole = atlas.whole(wanted.indicator, place.id, year) if is_sum else None
    return DataRow(
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
    return column.values[column.codes.index(place)]  # noqa: PD011 - a Column is no frame


def _level(reach: Reach) -> Level | None:
    return None if reach == "circle" or reach == "region" else reach  # noqa: PLR1714 - narrows


def depends_on_benchmark(indicator: str) -> bool:
    """Tell whether the figures change with the reference of location quotients."""
    return indicator.startswith(QUOTIENTS)


def years_of(indicator: Indicator, reach: Reach) -> tuple[str, ...]:
    """Return the years an indicator has at a level; a circle has those of its parts."""
    if reach == "circle" or reach == "region":  # noqa: PLR1714 - narrows the type
        return tuple(sorted({y for of_level in indicator.years.values() for y in of_level}))
    return indicator.years.get(reach, ())


def all_years(atlas: Atlas) -> list[str]:
    """Return every year that any indicator has at any level."""
    return sorted({y for i in atlas.indicators.values() for of in i.years.values() for y in of})


def spoken(name: Name) -> dict[str, str]:
    """Return a name by language."""
    return {"zh": name.zh, "en": name.en}


def flat(row: DataRow, wanted: Wanted) -> dict[str, Any]:
    """Return a row as cells: text, and numbers or None."""
    value, coverage = row.value, row.coverage
    return {
        "indicator": wanted.indicator,
        "level": row.level,
        "region_code": row.place.id,
        "name_zh": row.place.label.zh,
        "name_en": row.place.label.en,
        "role": row.role,
        "year": value.year,
        "value": value.value,
        "unit": value.unit,
        "status": row.status,
        "source_ids": ";".join(value.source_ids),
        "note_zh": "；".join(row.note_zh),
        "note_en": "; ".join(row.note_en),
        "benchmark": wanted.benchmark if depends_on_benchmark(wanted.indicator) else "",
        "ingredients": "; ".join(_in_words(part) for part in row.ingredients),
        "subtotal": row.subtotal.value.value if row.subtotal else None,
        "members": coverage.members if coverage else "",
        "people_percent": coverage.people if coverage else None,
    }


def frame_of(rows: Sequence[DataRow], wanted: Wanted) -> pd.DataFrame:
    """Return rows as a frame with the columns `COLUMNS`: `NUMBERS` float64, all else text."""
    frame = pd.DataFrame([flat(row, wanted) for row in rows], columns=list(COLUMNS))
    return frame.astype({name: "float64" if name in NUMBERS else "str" for name in COLUMNS})


def _in_words(part: Ingredient) -> str:
    value = part.value
    origin = ", ".join(filter(None, (value.status, *value.source_ids)))
    amount = f"{plain(value.value)} {value.unit}".rstrip()
    return f"{part.indicator}[{part.place} {value.year}] = {amount} ({origin})"


def plain(number: float | None) -> float | int | None:
    """Return a whole number without its ".0"; exactly the same number in any case."""
    return int(number) if number is not None and number.is_integer() else number


def source_record(atlas: Atlas, source_id: str) -> dict[str, Any]:
    """Return a publication as a record; `link` is None where no trusted address is known."""
    source = atlas.source(source_id)
    return {
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date,
        "link": source.link,
        "note": source.note,
    }
