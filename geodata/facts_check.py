"""Checks every fact, and names each fault in a sentence; known differences are data."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from geodata.errors import FactsError
from geodata.facts_cells import Observation, unfold
from geodata.facts_files import TABLES, read_lines
from geodata.facts_places import place_faults
from geodata.facts_sources import CATALOG, source_faults

COUNTIES = 199
ZONES = 23

DEVIATIONS_FILE = "statistics/known_deviations.csv"
DESCRIPTIONS = frozenset({"tables.csv", "columns.csv", "cell_notes.csv", "known_deviations.csv"})
CENSUSES = {"2010": "census6_county", "2020": "census7_county"}
INDUSTRY_LETTERS = "ABCDEFGHIJKLMNOPQRS"

# Shares, means and what is itself a sum do not add up over places.
NOT_SUMMED = ("age_share_", "schooling_years", "population_incl_zones")

Values = dict[str, float]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Parts that do not add up to the total printed for them: `difference` = total - parts."""

    check: str
    region: str
    year: str
    column: str
    difference: float

    def sentence(self) -> str:
        """Return the mismatch as a sentence with its cure."""
        return (
            f"{self.check}: {self.region} {self.year} {self.column}: the printed total is "
            f"{self.difference:+.4f} off the sum of its parts; correct the cell by the "
            f"publication, or state the difference in tables/{DEVIATIONS_FILE}."
        )


def find_faults(folder: Path = TABLES, catalog: Path = CATALOG) -> list[str]:
    """Check all facts in `folder`, and that `catalog` has the Chinese of the sources.

    Beyond the rules of reading, sums are checked: counties, zones and units since dissolved
    against the printed totals of cities and provinces; industries, sexes, town and country, age
    groups against their total; 31 provinces against the nation; sectors against GDP. A difference
    that the publication itself has is stated in known_deviations.csv and must be exactly that.

    Returns
    -------
    list of str
        One sentence for each fault, naming the file, the line and the cure; empty if all is well.
        Sums are checked only when every table can be read.
    """
    try:
        found = unfold(folder)
        faults = [
            *place_faults(folder),
            *found.faults,
            *_stray_files(folder),
            *source_faults(folder, catalog),
        ]
        return faults or [
            *_coverage_faults(folder, found.observations),
            *_sum_faults(folder, found.observations),
        ]
    except FactsError as error:
        return [str(error)]


def _stray_files(folder: Path) -> Iterator[str]:
    listed = {line["file"] for line in read_lines(folder, "statistics/tables.csv", ["file"])}
    for path in sorted((folder / "statistics").glob("*.csv")):
        if path.name not in DESCRIPTIONS and f"statistics/{path.name}" not in listed:
            yield (
                f"tables/statistics/{path.name} is read by nobody; list it in "
                "statistics/tables.csv or take it away."
            )


def _coverage_faults(folder: Path, observations: Iterable[Observation]) -> Iterator[str]:
    regions = read_lines(folder, "places/regions.csv", ["region_code", "level"])
    counties = {line["region_code"] for line in regions if line["level"] == "county"}
    if len(counties) != COUNTIES:
        yield (
            f"tables/places/regions.csv holds {len(counties)} counties instead of {COUNTIES}; "
            "restore the missing or take out the added ones."
        )
    counted = [
        row
        for row in observations
        if row.source_ids == CENSUSES["2020"] and row.indicator == "population"
    ]
    for code in sorted(counties - {row.region_code for row in counted}):
        yield f"tables/statistics/census_2020.csv has no population of {code}; add the line."
    zones = {row.zone_code for row in counted if row.zone_code}
    if len(zones) != ZONES:
        yield (
            f"tables/statistics/census_2020.csv holds {len(zones)} zones instead of {ZONES}; "
            "restore the missing or take out the added ones."
        )


def _sum_faults(folder: Path, observations: list[Observation]) -> Iterator[str]:
    lines = read_lines(folder, DEVIATIONS_FILE, ["check", "region", "year", "column", "difference"])
    known = {
        (line["check"], region, line["year"], line["column"]): line
        for line in lines
        for region in line["region"].split(";")
    }
    for found in chain(
        _census_mismatches(folder, observations),
        _gdp_mismatches(observations),
        _sector_mismatches(observations),
    ):
        line = known.pop((found.check, found.region, found.year, found.column), None)
        if line is None:
            yield found.sentence()
        elif abs(float(line["difference"]) - found.difference) > _rounding(found.difference):
            yield line.fault(
                f"the difference of {found.region} is stated as {line['difference']} but is "
                f"{found.difference:.4f}; correct the cell or the statement."
            )
    for key, line in known.items():
        yield line.fault(f"{' '.join(key)} adds up after all; take {key[1]} out of the line.")


def _rounding(value: float) -> float:
    """Return half a unit of the fourth decimal, and room for the noise of floating sums."""
    return 5e-5 + 1e-9 * abs(value)


def _census_mismatches(folder: Path, observations: Iterable[Observation]) -> Iterator[Mismatch]:
    values: dict[Key, Values] = defaultdict(dict)
    for row in observations:
        if row.source_ids == CENSUSES.get(row.year):
            key = (row.region_code or row.zone_code or row.region_name, row.year)
            values[key][row.indicator] = row.value
    for year in CENSUSES:
        parts = _parts_of_totals(folder, year)
        for region, members in parts.items():
            yield from _total_mismatches(region, year, members, values)
    for (region, year), row_values in values.items():
        yield from _row_mismatches(region, year, row_values)


def _parts_of_totals(folder: Path, year: str) -> dict[str, list[str]]:
    """Return, for each city, province and the nation, the units of the census that make it up."""
    regions = {
        line["region_code"]: line for line in read_lines(folder, "places/regions.csv", ["level"])
    }
    parts: dict[str, list[str]] = defaultdict(list)
    for line in read_lines(folder, f"statistics/census_{year}.csv", ["region_code", "note"]):
        code = line["region_code"]
        if code and regions[code]["level"] == "county":
            # A row that sums up others would count them twice.
            if not line["note"].startswith("sum of "):
                for column in ("prefecture_code", "province_code"):
                    _append_once(parts[regions[code][column]], code)
        elif not code:
            own = line["zone_code"] or line["code_2010"]
            key = line["zone_code"] or line["region_name"]
            if f"{own[:4]}00" in regions:
                parts[f"{own[:4]}00"].append(key)
            parts[f"{own[:2]}0000"].append(key)
    provinces = read_lines(folder, f"statistics/census_{year}_provinces.csv", ["region_code"])
    parts["000000"] = [line["region_code"] for line in provinces if line["region_code"] != "000000"]
    return parts


def _append_once(items: list[str], item: str) -> None:
    if item not in items:
        items.append(item)


def _total_mismatches(
    region: str, year: str, members: list[str], values: dict[Key, Values]
) -> Iterator[Mismatch]:
    for column, total in values[region, year].items():
        if column.startswith(NOT_SUMMED):
            continue
        summed = sum(values[member, year].get(column, 0.0) for member in members)
        if abs(total - summed) > _rounding(total):
            yield Mismatch("parts of a place", region, year, column, total - summed)


def _row_mismatches(region: str, year: str, values: Values) -> Iterator[Mismatch]:
    yield from _halves(region, year, values, "men and women", ("male", "female"))
    yield from _halves(region, year, values, "town and country", ("urban", "rural"))
    if "emp_sample_total" in values:
        total = values["emp_sample_total"]
        difference = total - sum(
            value
            for column, value in values.items()
            if column.startswith("emp_") and column != "emp_sample_total"
        )
        if abs(difference) > _rounding(total):
            yield Mismatch("industries", region, year, "emp_sample_total", difference)
    ages = [value for column, value in values.items() if column.startswith("age_share_")]
    # Three shares printed to two decimals may miss 100 by a hundredth.
    if ages and abs(100 - sum(ages)) > 0.01 + _rounding(100):
        yield Mismatch("age groups", region, year, "age_share_0_14", 100 - sum(ages))


def _halves(
    region: str, year: str, values: Values, check: str, names: tuple[str, str]
) -> Iterator[Mismatch]:
    parts = [values.get(f"population_{name}") for name in names]
    present = [part for part in parts if part is not None]
    if "population" in values and len(present) == len(parts):
        difference = values["population"] - sum(present)
        if abs(difference) > _rounding(values["population"]):
            yield Mismatch(check, region, year, "population", difference)


def _gdp_mismatches(observations: Iterable[Observation]) -> Iterator[Mismatch]:
    """Three sectors against GDP: yearbooks print shares to two decimals, hence 0.02 %."""
    rows: dict[tuple[str, str, str], Values] = defaultdict(dict)
    for row in observations:
        if row.indicator.startswith("gdp") and not row.sector:
            rows[row.region_code or row.region_name, row.year, row.source_ids][row.indicator] = (
                row.value
            )
    for (region, year, _), values in rows.items():
        parts = [values.get(f"gdp_{sector}") for sector in ("primary", "secondary", "tertiary")]
        present = [part for part in parts if part is not None]
        if "gdp" in values and len(present) == len(parts):
            difference = values["gdp"] - sum(present)
            if abs(difference) > max(0.11, 0.0002 * values["gdp"]):
                yield Mismatch("sectors of GDP", region, year, "gdp", difference)


def _sector_mismatches(observations: Iterable[Observation]) -> Iterator[Mismatch]:
    """Lettered and Roman sectors against the printed total, to one decimal or 0.1 %."""
    rows: dict[tuple[str, str, str, str], Values] = defaultdict(dict)
    for row in observations:
        if row.sector:
            key = (row.indicator, row.region_code, row.year, row.source_ids)
            rows[key][row.sector] = row.value
    for (indicator, region, year, _), values in rows.items():
        for parts in (list(INDUSTRY_LETTERS), ["I1", "I2", "I3"]):
            if "TOTAL" in values and all(part in values for part in parts):
                difference = values["TOTAL"] - sum(values[part] for part in parts)
                if abs(difference) > max(0.051, 0.001 * values["TOTAL"]):
                    yield Mismatch("sectors", region, year, indicator, difference)
