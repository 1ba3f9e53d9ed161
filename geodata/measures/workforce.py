"""Sampled workers by industry in a census year: regions, circles, benchmarks, side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geodata.ids import NATION, NATION_CODE, PROVINCES, XIONGAN, XIONGAN_COUNTIES
from geodata.measures.coverage import without_parts
from geodata.measures.specialisation import SECTORS, TOTAL, complete_row, location_quotients
from geodata.records import REGION_ID

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geodata.measures.coverage import Covering
    from geodata.places.layout import Layout

UNIT: Final = "人"
BENCHMARKS: Final[dict[str, tuple[str, ...]]] = {
    REGION_ID: PROVINCES,
    NATION: (NATION_CODE,),
    "YRD": ("310000", "320000", "330000", "340000"),
    "GD": ("440000",),
    **{province: (province,) for province in PROVINCES},
}
"""Benchmark → the provinces whose printed totals make it up.

The last three are for what lies inside them: a district beside its municipality.
"""

ZERO_NOTE: Final = "blank in the printed row; zero, since the other cells add up to its total"
SAMPLE_NOTE: Final = "long form (10% sample): sample count, not a total"
SUM_NOTE: Final = "sum of the printed rows of its parts"
ZONES_NOTE: Final = "development zones counted apart in the census are not in this sum: "
PARTS_NOTE: Final = "NOT comparable between 2010 and 2020 because of: "
NO_ROW: Final = "no employment row in the census for this unit"
NO_SECTORS: Final = "industries not printed for this unit"
_POLYGON: Final = re.compile(r"(\d{6}) \(\d+%\)")


@dataclass(frozen=True, slots=True)
class WorkforceRow:
    """One place in one census year.

    `counts` are the 20 sections A to T, shape (20,), NaN where unknown; `total` is the printed
    one (or the sum of printed ones), NaN where unknown. `lacking` are parts without counts.
    """

    counts: NDArray[np.float64]
    total: float
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Workforce:
    """One census year: a row for every place, circle and benchmark.

    `zones` maps a development zone that the census counts apart to the counties it lies in.
    """

    year: str
    rows: Mapping[str, WorkforceRow]
    zones: Mapping[str, frozenset[str]]

    def quotients(self, codes: Sequence[str], benchmark: str) -> NDArray[np.float64]:
        """Return the location quotients of places, shape (n, 20); NaN where unknown."""
        reference = self.rows[benchmark]
        counts = np.array([self.rows[c].counts for c in codes])
        totals = np.array([self.rows[c].total for c in codes])
        return location_quotients(counts, totals, reference.counts, reference.total)


def read_workforce(
    observations: pd.DataFrame,
    layout: Layout,
    year: str,
    incomparable: Mapping[str, tuple[str, ...]],
    covering: Covering,
) -> Workforce:
    """Collect a census year from the observations.

    Parameters
    ----------
    observations
        The long frame: region_code, zone_code, region_name, indicator, year, value, source_ids,
        note; other rows than the census industries may be in it.
    layout
        The circles to sum, from their full members.
    year
        "2010" or "2020".
    incomparable
        Region code → why its two censuses cannot be compared.
    covering
        Whether the parts of a circle make up the whole of it; else its row is blank.
    """
    printed = _printed(observations, year)
    blank = WorkforceRow(np.full(len(SECTORS), np.nan), np.nan, (), (), breaks=(NO_ROW,))
    rows = {code: printed.get(code, blank) for code in layout.regions.counties}
    rows |= {
        code: replace(row, breaks=(*incomparable.get(code, ()), *row.breaks))
        for code, row in rows.items()
    }
    names = {code: place.label.zh for code, place in layout.regions.places.items()}
    whole = total_row({c: rows[c] for c in sorted(XIONGAN_COUNTIES)}, names)
    rows[XIONGAN] = replace(whole, breaks=(*incomparable.get(XIONGAN, ()), *whole.breaks))
    for benchmark, provinces in BENCHMARKS.items():
        rows[benchmark] = total_row({p: printed[p] for p in provinces}, names)
    zones = _zones(observations, year)
    for scheme in layout.schemes:
        for circle in scheme.circles:
            units = layout.full_units(circle.key)
            row = total_row({u: rows[u] for u in units}, names)
            used = [u for u in units if not np.isnan(rows[u].counts).any()]
            coverage = covering.of(circle.key, used, year)
            if not coverage.is_total:
                rows[circle.key] = replace(blank, breaks=(covering.why_not(circle, coverage),))
                continue
            small = {u for u in units if layout.regions.places[u].kind == "county"}
            apart = tuple(sorted(zone for zone, where in zones.items() if where & small))
            row = replace(row, notes=(*row.notes, *without_parts(layout, circle.key)))
            rows[circle.key] = _with_zones(row, apart)
    return Workforce(year, rows, zones)


def total_row(parts: Mapping[str, WorkforceRow], names: Mapping[str, str]) -> WorkforceRow:
    """Add rows up; a part without all its counts is left out and named in `lacking`.

    A single part stays as it is printed.
    """
    if len(parts) == 1:
        return next(iter(parts.values()))
    used = {c: r for c, r in parts.items() if not np.isnan(r.counts).any()}
    lacking = tuple(c for c in parts if c not in used)
    counts = (
        np.sum([r.counts for r in used.values()], axis=0) if used else np.full(len(SECTORS), np.nan)
    )
    broken = [names.get(c, c) for c, row in parts.items() if row.breaks]
    return WorkforceRow(
        counts=counts,
        total=sum(r.total for r in used.values()) if used else np.nan,
        sources=tuple(sorted({s for r in used.values() for s in r.sources})),
        notes=(SAMPLE_NOTE, SUM_NOTE),
        lacking=lacking + tuple(c for r in used.values() for c in r.lacking),
        breaks=(PARTS_NOTE + "、".join(broken),) if broken else (),
    )


def _with_zones(row: WorkforceRow, zones: tuple[str, ...]) -> WorkforceRow:
    if not zones:
        return row
    notes = (*row.notes, ZONES_NOTE + "、".join(zones))
    return replace(row, notes=notes)


def _printed(observations: pd.DataFrame, year: str) -> dict[str, WorkforceRow]:
    wanted = observations[
        (observations["year"] == year)
        & (observations["region_code"] != "")
        & observations["indicator"].isin([*SECTORS.values(), TOTAL])
    ]
    letters = {indicator: letter for letter, indicator in SECTORS.items()}
    cells: dict[str, dict[str, float]] = {}
    totals: dict[str, float] = {}
    sources: dict[str, set[str]] = {}
    notes: dict[str, dict[str, None]] = {}
    columns = ["region_code", "indicator", "value", "source_ids", "note"]
    for code, indicator, value, source, note in wanted[columns].itertuples(index=False):
        fragments = dict.fromkeys(note.split("; ") if note else ())
        if indicator == TOTAL:
            totals.setdefault(code, value)
            notes[code] = fragments | notes.get(code, {})
        else:
            cells.setdefault(code, {}).setdefault(letters[indicator], value)
        sources.setdefault(code, set()).update(source.split(";"))
    rows = {}
    for code, names in sources.items():
        found = tuple(notes.get(code, {}))
        breaks = () if cells.get(code) else (NO_SECTORS,)
        counts = complete_row(cells.get(code, {}), totals.get(code))
        total = totals.get(code, np.nan)
        rows[code] = WorkforceRow(counts, total, tuple(sorted(names)), found, breaks=breaks)
    return rows


def _zones(observations: pd.DataFrame, year: str) -> dict[str, frozenset[str]]:
    of_year = (observations["year"] == year) & (observations["indicator"] == TOTAL)
    zones = observations[of_year & (observations["zone_code"] != "")]
    return {
        name: frozenset(_POLYGON.findall(note))
        for name, note in zip(zones["region_name"], zones["note"], strict=True)
    }


def proven_zeros(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the census leaves blank and its printed total proves to be zero.

    Parameters
    ----------
    observations
        The long frame.

    Returns
    -------
    pandas.DataFrame
        Rows to add to it, value 0, with the provenance of the printed total and `ZERO_NOTE`.
    """
    counts = observations["indicator"].isin([*SECTORS.values(), TOTAL])
    wanted = observations[counts & (observations["region_code"] != "")]
    found = []
    for _, rows in wanted.groupby(["region_code", "year"], sort=False):
        cells = dict(zip(rows["indicator"], rows["value"], strict=True))
        total = cells.pop(TOTAL, None)
        blank = [i for i in SECTORS.values() if i not in cells]
        if blank and total is not None and sum(cells.values()) == total:
            printed = rows[rows["indicator"] == TOTAL].iloc[0].to_dict()
            note = f"{printed['note']}; {ZERO_NOTE}".removeprefix("; ")
            zero = {**printed, "value": 0.0, "note": note}
            found += [{**zero, "indicator": indicator} for indicator in blank]
    return pd.DataFrame(found, columns=observations.columns)
