"""Checks every fact, and names each fault in a sentence; known differences are data."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from geodata.errors import FactsError, Fault
from geodata.facts.cells import Observation, Unfolding, unfold
from geodata.facts.files import TABLES, Line, is_number, read_lines
from geodata.facts.places import place_faults
from geodata.facts.sources import CATALOG, source_faults
from geodata.facts.totals import total_faults
from geodata.ids import NATION_CODE
from geodata.records import Name

COUNTIES = 199
ZONES = 23

DEVIATIONS_FILE = "statistics/known_deviations.csv"
DESCRIPTIONS = frozenset({"tables.csv", "columns.csv", "cell_notes.csv", "known_deviations.csv"})
CENSUSES = {"2010": "census6_county", "2020": "census7_county"}
INDUSTRY_LETTERS = "ABCDEFGHIJKLMNOPQRS"

# Shares, means and what is itself a sum do not add up over places.
NOT_SUMMED = ("age_share_", "schooling_years", "population_incl_zones")

CHECKS_ZH = {
    "parts of a place": "下辖各地",
    "men and women": "男女",
    "town and country": "城乡",
    "industries": "各行业",
    "age groups": "各年龄段",
    "sectors of GDP": "三次产业",
    "sectors": "各行业",
}


class Printed(NamedTuple):
    """A printed figure and the line it stands in."""

    value: float
    line: Line


Values = dict[str, Printed]
Key = tuple[str, str]
Observed = tuple[Observation, Line]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Parts that do not add up to the total printed for them: `difference` = total - parts."""

    check: str
    region: str
    year: str
    column: str
    difference: float
    line: Line

    def fault(self) -> Fault:
        """Return the mismatch with its cure, at the line of the total."""
        key = f"{self.region} {self.year} {self.column}"
        what = Name(
            f"{key} 印出的合计与{CHECKS_ZH[self.check]}之和相差 {self.difference:+.4f}；"
            f"请按出版物更正，或在 tables/{DEVIATIONS_FILE} 中注明差额。",
            f"{self.check}: {key}: the printed total is {self.difference:+.4f} off the sum of "
            "its parts; correct the cell by the publication, or state the difference in "
            f"tables/{DEVIATIONS_FILE}.",
        )
        return self.line.fault(what)


def find_faults(folder: Path = TABLES, catalog: Path = CATALOG) -> list[Fault]:
    """Check all facts in `folder`, and that `catalog` has the Chinese of the sources.

    Beyond the rules of reading, sums are checked: counties, zones and units since dissolved
    against the printed totals of cities and provinces; industries, sexes, town and country, age
    groups against their total; 31 provinces against the nation; sectors against GDP. A difference
    that the publication itself has is stated in known_deviations.csv and must be exactly that.
    No line may make a partial sum pass for a total, see `facts_totals`.

    Returns
    -------
    list of Fault
        Each names the file, the line and the cure; empty if all is well. Sums are checked only
        when every table can be read.
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
            *_sum_faults(folder, found),
            *total_faults(folder, catalog, zip(found.observations, found.lines, strict=True)),
        ]
    except FactsError as error:
        return list(error.faults)


def _stray_files(folder: Path) -> Iterator[Fault]:
    listed = {line["file"] for line in read_lines(folder, "statistics/tables.csv", ["file"])}
    for path in sorted((folder / "statistics").glob("*.csv")):
        if path.name not in DESCRIPTIONS and f"statistics/{path.name}" not in listed:
            what = Name(
                "没有列入 statistics/tables.csv，不会读取；请列入，或删去这个文件。",
                "it is read by nobody; list it in statistics/tables.csv or take it away.",
            )
            yield Fault(f"tables/statistics/{path.name}", None, what)


def _coverage_faults(folder: Path, observations: Iterable[Observation]) -> Iterator[Fault]:
    regions = read_lines(folder, "places/regions.csv", ["region_code", "level"])
    counties = {line["region_code"] for line in regions if line["level"] == "county"}
    if len(counties) != COUNTIES:
        what = _number_fault(Name("县级单位", "counties"), len(counties), COUNTIES)
        yield Fault("tables/places/regions.csv", None, what)
    counted = [
        row
        for row in observations
        if row.source_ids == CENSUSES["2020"] and row.indicator == "population"
    ]
    census = "tables/statistics/census_2020.csv"
    for code in sorted(counties - {row.region_code for row in counted}):
        what = Name(
            f"没有 {code} 的人口；请补上这一行。",
            f"there is no population of {code}; add the line.",
        )
        yield Fault(census, None, what)
    zones = {row.zone_code for row in counted if row.zone_code}
    if len(zones) != ZONES:
        yield Fault(census, None, _number_fault(Name("普查区", "zones"), len(zones), ZONES))


def _number_fault(of: Name, here: int, right: int) -> Name:
    return Name(
        f"有 {here} 个{of.zh}，应为 {right} 个；请补上缺少的，或删去多出的。",
        f"it holds {here} {of.en} instead of {right}; restore the missing or take out the "
        "added ones.",
    )


def _sum_faults(folder: Path, found: Unfolding) -> Iterator[Fault]:
    lines = read_lines(folder, DEVIATIONS_FILE, ["check", "region", "year", "column", "difference"])
    known = {
        (line["check"], region, line["year"], line["column"]): line
        for line in lines
        for region in line["region"].split(";")
    }
    rows = list(zip(found.observations, found.lines, strict=True))
    for off in chain(
        _census_mismatches(folder, rows), _gdp_mismatches(rows), _sector_mismatches(rows)
    ):
        line = known.pop((off.check, off.region, off.year, off.column), None)
        if line is None:
            yield off.fault()
        elif not is_number(line["difference"]) or (
            abs(float(line["difference"]) - off.difference) > _rounding(off.difference)
        ):
            what = Name(
                f"{off.region} 的差额写作 {line['difference']}，实为 {off.difference:.4f}；"
                "请更正数字或差额。",
                f"the difference of {off.region} is stated as {line['difference']} but is "
                f"{off.difference:.4f}; correct the cell or the statement.",
            )
            yield line.fault(what)
    for key, line in known.items():
        words = " ".join(key)
        what = Name(
            f"“{words}”已无差额；请从这一行删去 {key[1]}。",
            f"{words} adds up after all; take {key[1]} out of the line.",
        )
        yield line.fault(what)


def _rounding(value: float) -> float:
    """Return half a unit of the fourth decimal, and room for the noise of floating sums."""
    return 5e-5 + 1e-9 * abs(value)


def _census_mismatches(folder: Path, rows: Iterable[Observed]) -> Iterator[Mismatch]:
    values: dict[Key, Values] = defaultdict(dict)
    for row, line in rows:
        if row.source_ids == CENSUSES.get(row.year):
            key = (row.region_code or row.zone_code or row.region_name, row.year)
            values[key][row.indicator] = Printed(row.value, line)
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
    codes = [line["region_code"] for line in provinces]
    parts[NATION_CODE] = [code for code in codes if code != NATION_CODE]
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
        of_members = (values[member, year].get(column) for member in members)
        difference = total.value - sum(part.value for part in of_members if part)
        if abs(difference) > _rounding(total.value):
            yield Mismatch("parts of a place", region, year, column, difference, total.line)


def _row_mismatches(region: str, year: str, values: Values) -> Iterator[Mismatch]:
    yield from _halves(region, year, values, "men and women", ("male", "female"))
    yield from _halves(region, year, values, "town and country", ("urban", "rural"))
    if "emp_sample_total" in values:
        total = values["emp_sample_total"]
        difference = total.value - sum(
            printed.value
            for column, printed in values.items()
            if column.startswith("emp_") and column != "emp_sample_total"
        )
        if abs(difference) > _rounding(total.value):
            yield Mismatch("industries", region, year, "emp_sample_total", difference, total.line)
    ages = [printed for column, printed in values.items() if column.startswith("age_share_")]
    over = 100 - sum(printed.value for printed in ages)
    # Three shares printed to two decimals may miss 100 by a hundredth.
    if ages and abs(over) > 0.01 + _rounding(100):
        yield Mismatch("age groups", region, year, "age_share_0_14", over, ages[0].line)


def _halves(
    region: str, year: str, values: Values, check: str, names: tuple[str, str]
) -> Iterator[Mismatch]:
    parts = [values.get(f"population_{name}") for name in names]
    present = [part.value for part in parts if part is not None]
    if "population" in values and len(present) == len(parts):
        total = values["population"]
        difference = total.value - sum(present)
        if abs(difference) > _rounding(total.value):
            yield Mismatch(check, region, year, "population", difference, total.line)


def _gdp_mismatches(observed: Iterable[Observed]) -> Iterator[Mismatch]:
    """Three sectors against GDP: yearbooks print shares to two decimals, hence 0.02 %."""
    rows: dict[tuple[str, str, str], Values] = defaultdict(dict)
    for row, line in observed:
        if row.indicator.startswith("gdp") and not row.sector:
            key = (row.region_code or row.region_name, row.year, row.source_ids)
            rows[key][row.indicator] = Printed(row.value, line)
    for (region, year, _), values in rows.items():
        parts = [values.get(f"gdp_{sector}") for sector in ("primary", "secondary", "tertiary")]
        present = [part.value for part in parts if part is not None]
        if "gdp" in values and len(present) == len(parts):
            total = values["gdp"]
            difference = total.value - sum(present)
            if abs(difference) > max(0.11, 0.0002 * total.value):
                yield Mismatch("sectors of GDP", region, year, "gdp", difference, total.line)


def _sector_mismatches(observed: Iterable[Observed]) -> Iterator[Mismatch]:
    """Lettered and Roman sectors against the printed total, to one decimal or 0.1 %."""
    rows: dict[tuple[str, str, str, str], Values] = defaultdict(dict)
    for row, line in observed:
        if row.sector:
            key = (row.indicator, row.region_code, row.year, row.source_ids)
            rows[key][row.sector] = Printed(row.value, line)
    for (indicator, region, year, _), values in rows.items():
        for parts in (list(INDUSTRY_LETTERS), ["I1", "I2", "I3"]):
            if "TOTAL" in values and all(part in values for part in parts):
                total = values["TOTAL"]
                difference = total.value - sum(values[part].value for part in parts)
                if abs(difference) > max(0.051, 0.001 * total.value):
                    yield Mismatch("sectors", region, year, indicator, difference, total.line)
