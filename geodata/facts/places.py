"""What the tables of places and firms must hold, and the check that they do."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from geodata.errors import FactsError, Fault
from geodata.facts.files import (
    Line,
    Vocabulary,
    already,
    in_column,
    is_number,
    read_lines,
    read_vocabulary,
)
from geodata.ids import NATION, PROVINCES
from geodata.records import Name, Test


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """A table with one line per item: its columns, its key, and how some columns are checked.

    `regions` hold region codes (';'-joined lists too), `numbers` plain numbers or nothing.
    """

    file: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    regions: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


def _table(file: str, columns: str, key: str, regions: str = "", numbers: str = "") -> PlaceTable:
    return PlaceTable(
        file,
        tuple(columns.split()),
        tuple(key.split()),
        tuple(regions.split()),
        tuple(numbers.split()),
    )


PLACE_TABLES: dict[str, PlaceTable] = {
    "regions": _table(
        "places/regions.csv",
        "region_code name_zh name_en level parent_code prefecture_code province_code lon lat "
        "area_km2",
        key="region_code",
        regions="parent_code prefecture_code province_code",
        numbers="lon lat area_km2",
    ),
    "other_regions": _table(
        "places/other_regions.csv",
        "region_code name_zh name_en level members",
        key="region_code",
        regions="members",
    ),
    "circles": _table(
        "places/circles.csv",
        "scheme circle_id circle_zh circle_en region_code region_name role source_id note",
        key="scheme circle_id region_code",
        regions="region_code",
    ),
    "anchors": _table(
        "places/anchors.csv",
        "id name_zh name_en kind role lon lat region_code source_id note",
        key="id",
        regions="region_code",
        numbers="lon lat",
    ),
    "parks": _table(
        "places/parks.csv",
        "park_id name_zh name_en kind region_code lon lat point established metric_name "
        "metric_value metric_unit source_id note",
        key="park_id",
        regions="region_code",
        numbers="lon lat metric_value",
    ),
    "clusters": _table(
        "places/clusters.csv",
        "cluster_id name_zh name_en industry kind level region_codes lon lat point year "
        "scale_value scale_unit source_id note",
        key="cluster_id",
        regions="region_codes",
        numbers="lon lat scale_value",
    ),
    "flows": _table(
        "places/flows.csv",
        "origin_code destination_code indicator year value unit source_id note",
        key="origin_code destination_code indicator year source_id",
        regions="origin_code destination_code",
        numbers="value",
    ),
    "roles": _table(
        "places/roles.csv",
        "scheme place_kind place_id aspect item_id name_zh name_en evidence test reference "
        "limit_zh limit_en source_id note",
        key="scheme place_kind place_id aspect item_id",
    ),
    "timeline": _table(
        "places/timeline.csv",
        "date title_zh title_en kind region_codes source_id",
        key="date title_zh",
        regions="region_codes",
    ),
    "universities": _table(
        "places/universities.csv",
        "inst_code name_zh level authority private region_code source_id note",
        key="inst_code",
        regions="region_code",
    ),
    "firms": _table(
        "firms/firms.csv",
        "firm_id name_zh short_name kind industry industry_scheme region_code address_level "
        "address_basis office_region_code listed_date exchange metric_name metric_value "
        "metric_unit metric_year source_id note",
        key="firm_id",
        regions="region_code office_region_code",
        numbers="metric_value",
    ),
    "firm_metrics": _table(
        "firms/firm_metrics.csv",
        "firm_id metric_name metric_value metric_unit metric_year source_id note",
        key="firm_id metric_name metric_year",
        numbers="metric_value",
    ),
    "firm_counts": _table(
        "firms/firm_counts.csv",
        "region_code region_name indicator category year value unit source_id status note",
        key="region_code region_name indicator category year source_id",
        regions="region_code",
        numbers="value",
    ),
    "firm_industry_map": _table(
        "firms/firm_industry_map.csv",
        "industry industry_scheme group_id group_zh group_en sector_code",
        key="industry industry_scheme",
    ),
    "sectors": _table("sectors.csv", "sector name_zh", key="sector"),
    "units": _table("units.csv", "unit name_en", key="unit"),
    "sources": _table("sources.csv", "source_id title publisher date url note", key="source_id"),
    "trusted_hosts": _table("trusted_hosts.csv", "host why", key="host"),
}


TESTS = get_args(Test)
REGION = "BTH"


def right_references(row: Line, token: str) -> tuple[str, ...]:
    """Return what the industry of an item may be compared with.

    A district or county stands beside its municipality or province, a city beside its province or
    the region, a circle beside a province or the region, and the region and the three places,
    which make it up, beside the nation.

    Parameters
    ----------
    row
        A line of the table of roles.
    token
        One piece of its evidence; what follows "@" is the place that it is about.
    """
    place = token.partition("@")[2] or row["place_id"]
    if place in (REGION, *PROVINCES):
        return (NATION,)
    if not place.isdecimal():
        return (REGION, *PROVINCES)
    province = f"{place[:2]}0000"
    return (province, REGION) if place.endswith("00") else (province,)


def verdict_faults(row: Line) -> Iterator[Name]:
    """Yield what keeps the evidence of an item from standing: no test, no reference, no reason."""
    tokens = [t for t in row["evidence"].split(";") if t]
    if row["test"] not in TESTS or (tokens and not row["test"]):
        yield Name(
            f"test 列为“{row['test']}”，没有说明依据如何判定；请写 level（一年的水平）、"
            "change（变化）、told（只列不判）或 untested（现有数据不能检验）。",
            f"column test is {row['test']!r} and does not say how the evidence decides; write "
            "level, change, told or untested.",
        )
    for token in (t for t in tokens if t.startswith("emp_")):
        right = right_references(row, token)
        if row["reference"] not in right:
            yield Name(
                f"依据 {token} 的参照为“{row['reference']}”，判定没有可用的参照；"
                f"请在 reference 列写 {'、'.join(right)}。",
                f"the reference of {token} is {row['reference']!r}, so its verdict has none that "
                f"serves; write {' or '.join(right)} in the column reference.",
            )
    if row["test"] == "untested" and not (row["limit_zh"] and row["limit_en"]):
        yield Name(
            "不能检验而没有说明原因；请在 limit_zh 与 limit_en 写明缺什么数据。",
            "it cannot be tested and no reason is given; say in limit_zh and limit_en what "
            "figures are missing.",
        )


def place_faults(folder: Path) -> Iterator[Fault]:
    """Yield what is wrong with the tables of places and firms in `folder`.

    Raises
    ------
    FactsError
        If the regions, sources or units cannot be read at all.
    """
    vocabulary = read_vocabulary(folder)
    for table in PLACE_TABLES.values():
        try:
            lines = read_lines(folder, table.file, table.columns)
        except FactsError as error:
            yield from error.faults
            continue
        seen: dict[tuple[str, ...], int] = {}
        for line in lines:
            key = tuple(line[column] for column in table.key)
            if seen.setdefault(key, line.number) != line.number:
                yield line.fault(already(" ".join(key), seen[key]))
            yield from map(line.fault, _line_faults(table, line, vocabulary))


def _line_faults(table: PlaceTable, line: Line, vocabulary: Vocabulary) -> Iterator[Name]:
    for column in table.regions:
        for code in filter(None, line[column].split(";")):
            fault = vocabulary.region_fault(code)
            if fault:
                yield in_column(column, fault)
    for column in table.numbers:
        if line[column] and not is_number(line[column]):
            what = Name(
                f"“{line[column]}”不是数字；只写数字和小数点。",
                f"{line[column]!r} is not a number; write digits and a point.",
            )
            yield in_column(column, what)
    if table is PLACE_TABLES["roles"]:
        yield from verdict_faults(line)
    if "source_id" in table.columns and table.key != ("source_id",):
        fault = vocabulary.source_fault(line["source_id"])
        if fault:
            yield fault
