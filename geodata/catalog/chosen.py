"""The chosen figures, one per indicator, level, region and year, kept ready for quick answers."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final, cast, get_args

import pandas as pd

from geodata.records import Status, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS: Final = (
    "indicator",
    "level",
    "region_code",
    "year",
    "value",
    "unit",
    "status",
    "source_ids",
    "note",
)
_STATUSES: Final[dict[str, Status]] = {str(s): s for s in get_args(Status)}


class Chosen:
    """The chosen long frame, sliced by indicator, level and year on first use.

    Parameters
    ----------
    chosen
        Columns as in `COLUMNS`; value float64, the rest text; one row per indicator, level,
        region and year.
    """

    def __init__(self, chosen: pd.DataFrame) -> None:
        self._frame = chosen
        self._columns = {name: chosen[name].to_list() for name in COLUMNS}
        self._at: dict[tuple[str, str, str], list[int]] = {}
        keys = zip(*(self._columns[c] for c in ("indicator", "level", "year")), strict=True)
        for position, key in enumerate(keys):
            self._at.setdefault(key, []).append(position)
        self._slices: dict[tuple[str, str, str], dict[str, Value]] = {}
        self._years: dict[tuple[str, str], set[str]] = {}
        for indicator, level, year in self._at:
            self._years.setdefault((indicator, level), set()).add(year)

    def beside(self, more: pd.DataFrame) -> Chosen:
        """Return these figures with more of other indicators; this one stays as it is."""
        return Chosen(pd.concat([self._frame, more], ignore_index=True))

    def years(self, indicator: str, level: str) -> tuple[str, ...]:
        """Return the years with a figure, ascending."""
        return tuple(sorted(self._years.get((indicator, level), ())))

    def slice(self, indicator: str, level: str, year: str) -> dict[str, Value]:
        """Return region code → figure; absent where none was published."""
        key = (indicator, level, year)
        if key not in self._slices:
            self._slices[key] = {
                self._columns["region_code"][at]: self._value(at) for at in self._at.get(key, ())
            }
        return self._slices[key]

    def value(self, indicator: str, level: str, year: str, region: str) -> Value | None:
        """Return one figure, or None where none was published."""
        return self.slice(indicator, level, year).get(region)

    def resting(self) -> dict[str, int]:
        """Return source id → the number of figures that rest on it."""
        named = (s for sources in self._columns["source_ids"] for s in sources.split(";") if s)
        return dict(Counter(named))

    def _value(self, at: int) -> Value:
        columns = self._columns
        number = cast("float", columns["value"][at])
        note, sources = columns["note"][at], columns["source_ids"][at]
        return Value(
            value=None if math.isnan(number) else number,
            unit=columns["unit"][at],
            year=columns["year"][at],
            status=_STATUSES.get(columns["status"][at]),
            source_ids=tuple(sources.split(";")) if sources else (),
            note=tuple(note.split("; ")) if note else (),
        )


def ranks(values: Sequence[Value]) -> tuple[int | None, ...]:
    """Return the rank of each value, 1 for the largest; equal values share one, gaps have none."""
    ordered = sorted((v.value for v in values if v.value is not None), reverse=True)
    place = {number: at for at, number in reversed(list(enumerate(ordered, start=1)))}
    return tuple(None if v.value is None else place[v.value] for v in values)
