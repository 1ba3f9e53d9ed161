"""From all published figures to one figure per indicator, place and year."""

from __future__ import annotations

from collections import defaultdict
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

import pandas as pd

from geodata.catalog.choose import choose, priority
from geodata.catalog.chosen import COLUMNS
from geodata.catalog.derive import Figures, Ground, derive
from geodata.ids import CENSUS_TABLES, CENSUS_YEARS, NATION_CODE
from geodata.records import REGION_ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.catalog.entries import Catalog, Choice

NOT_COMPARABLE: Final = (
    "NOT comparable with 2020",
    "check before comparing",
    "2010 unit that no longer exists",
)
COUNTED_APART: Final = ", counted apart"


def resolve(observations: pd.DataFrame, catalog: Catalog, regions: pd.DataFrame) -> pd.DataFrame:
    """Choose one figure per indicator, place and year, and compute the derived ones.

    Parameters
    ----------
    observations
        Every published figure, as `statistics.read_observations` returns them.
    catalog
        The choices and recipes.
    regions
        The table of regions: region_code, level, parent_code, area_km2.

    Returns
    -------
    pandas.DataFrame
        `indicator`, `level` (county, city, province; also region for figures published of the
        three places together, and nation for references), `region_code`, `year`, `value`
        (float64 in `unit`), `unit`, `status`, `source_ids` (';'-joined), `note` ('; '-joined).
        Unique by the first four, sorted by them. Location quotients that depend on the reader's
        benchmark are not in it.

    Raises
    ------
    FactsError
        If a source has two figures for one place and year, or prints another unit.
    """
    codes = region_codes(regions)
    chosen = choose(observations, catalog, codes)
    ground = Ground(
        areas=_areas(regions),
        incomparable=frozenset(_incomparable(observations, catalog)),
        remarks={(c.reach, c.region_code): c.note for c in catalog.comparability if c.comparable},
    )
    return _frame(derive(catalog, chosen, ground), catalog)


def region_codes(regions: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Return the codes of each level.

    Cities are the prefectures, the new area and the provinces without prefectures (Beijing and
    Tianjin).
    """
    by_level = {
        str(level): frozenset(map(str, part["region_code"]))
        for level, part in regions.groupby("level")
    }
    prefectures = regions[regions["level"] == "prefecture"]
    municipalities = by_level["province"] - frozenset(map(str, prefectures["parent_code"]))
    return {
        "county": by_level["county"],
        "city": by_level["prefecture"] | by_level.get("new_area", frozenset()) | municipalities,
        "province": by_level["province"],
        "region": frozenset({REGION_ID}),
        "nation": frozenset({NATION_CODE}),
    }


def incomparable(observations: pd.DataFrame, catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Return the regions whose 2010 and 2020 census figures may not be compared, with reasons.

    A county is incomparable as a whole as soon as one of its rows says so, or says that the
    2020 census counts a zone within it apart. The reasons are fragments of the notes.
    """
    return {code: reasons for (_, code), reasons in _incomparable(observations, catalog).items()}


def unclaimed(observations: pd.DataFrame, catalog: Catalog, regions: pd.DataFrame) -> pd.DataFrame:
    """Return the published figures that no choice considers and unused.csv does not excuse.

    A new figure shows up here until an indicator uses it or a reason against it is written down.
    """
    codes = region_codes(regions)
    considered: dict[tuple[str, str, str], list[Choice]] = defaultdict(list)
    for choice in catalog.choices:
        considered[choice.fact, choice.sector, choice.category].append(choice)

    def missed(row: Mapping[str, str]) -> bool:
        code, year, source = row["region_code"], row["year"], row["source_ids"]
        choices = considered[row["indicator"], row["sector"], row["category"]]
        claimed = year.isdecimal() and any(
            code in codes[c.reach]
            and c.first <= int(year) <= c.last
            and priority(c.sources, source, year) is not None
            for c in choices
        )
        return not claimed and not _excused(catalog, row, codes)

    named = ["indicator", "sector", "category", "region_code", "year", "source_ids"]
    columns = [observations[name] for name in named]
    rows = (dict(zip(named, cells, strict=True)) for cells in zip(*columns, strict=True))
    return observations[[missed(row) for row in rows]]


def _excused(catalog: Catalog, row: Mapping[str, str], codes: Mapping[str, frozenset[str]]) -> bool:
    code = row["region_code"]
    reaches = [reach for reach, known in codes.items() if code in known]
    reaches = reaches or ["other" if code else "zone"]
    return any(
        any(fnmatchcase(reach, unused.reach) for reach in reaches)
        and any(fnmatchcase(row["indicator"], fact) for fact in unused.facts)
        and any(fnmatchcase(row["source_ids"], source) for source in unused.sources)
        for unused in catalog.unused
    )


def _areas(regions: pd.DataFrame) -> dict[str, float]:
    areas = pd.to_numeric(regions["area_km2"], errors="coerce")
    pairs = zip(regions["region_code"], areas, strict=True)
    return {str(code): float(area) for code, area in pairs if area > 0}


def _incomparable(
    observations: pd.DataFrame, catalog: Catalog
) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    in_census = observations["source_ids"].isin(CENSUS_TABLES)
    rows = observations[in_census & (observations["region_code"] != "")]
    wanted = ["region_code", "year", "note"]
    for code, year, note in rows[wanted].drop_duplicates().itertuples(index=False):
        for fragment in note.split("; "):
            doubt = year == CENSUS_YEARS[0] and fragment.startswith(NOT_COMPARABLE)
            if doubt or (year == CENSUS_YEARS[1] and fragment.endswith(COUNTED_APART)):
                found["county", str(code)][fragment] = None
    for entry in catalog.comparability:
        if not entry.comparable:
            found[entry.reach, entry.region_code][entry.note] = None
    return {place: tuple(reasons) for place, reasons in found.items()}


def _frame(figures: Mapping[str, Figures], catalog: Catalog) -> pd.DataFrame:
    shown = [(name, key) for name in catalog.indicators for key in sorted(figures[name])]
    rows = [
        (
            name,
            *key,
            figures[name][key].value,
            catalog.recipes[name].unit,
            figures[name][key].status,
            ";".join(figures[name][key].sources),
            "; ".join(figures[name][key].notes),
        )
        for name, key in shown
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
