"""What has changed in the tables: a line for each addition, correction and change of method.

The list (news.csv) is written by whoever changes a figure. A table of the facts that no line
speaks of is a fault, so that nothing is added without a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

from geodata.catalog.rows import FOLDER, read_rows
from geodata.errors import FactsError, Fault
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from geodata.catalog.rows import CatalogRow

FILE: Final = "catalog/news.csv"
Kind = Literal["added", "corrected", "revised", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the figures: its day, what it was, in which tables and of which indicators."""

    day: date
    kind: Kind
    words: Name
    tables: tuple[str, ...]
    indicators: tuple[str, ...]


def read_news(
    folder: Path = FOLDER, tables: Collection[str] = (), indicators: Collection[str] = ()
) -> tuple[Change, ...]:
    """Read the list of changes, the newest first.

    Parameters
    ----------
    folder
        Folder of news.csv.
    tables
        Names of the tables of statistics, without ending.
    indicators
        Ids of the catalogue.

    Raises
    ------
    FactsError
        If a line lacks a language, its day is none or stands in the wrong order, it names what
        there is not, or a table is in no line.
    """
    rows = read_rows(folder, "news")
    found = tuple(_change(row, tables, indicators) for row in rows)
    for row, (newer, older) in zip(rows[1:], pairwise(found), strict=True):
        if older.day > newer.day:
            what = Name(
                "比上一行新；请按日期从新到旧排列。",
                "is newer than the line above; put the newest first.",
            )
            raise FactsError(row.fault(what))
    untold = sorted(set(tables) - {name for change in found for name in change.tables})
    if untold:
        names = "、".join(untold), ", ".join(untold)
        what = Name(
            f"没有一行提到数据表 {names[0]}；请加一行说明新增了什么，并把表名写入 tables 列。",
            f"no line speaks of the tables {names[1]}; add one that says what is new and name "
            "them in the column tables.",
        )
        raise FactsError(Fault(FILE, 1, what))
    return found


def _change(row: CatalogRow, tables: Collection[str], indicators: Collection[str]) -> Change:
    try:
        day = date.fromisoformat(row["date"])
    except ValueError:
        what = Name(
            f"date 列的“{row['date']}”不是日期；请写成 2026-11-28 的样子。",
            f"column date: {row['date']!r} is no day; write it like 2026-11-28.",
        )
        raise FactsError(row.fault(what)) from None
    for column, known in (("tables", tables), ("indicators", indicators)):
        unknown = [name for name in row.items(column) if known and name not in known]
        if unknown:
            what = Name(
                f"{column} 列的“{unknown[0]}”不存在；请更正。",
                f"column {column}: there is no {unknown[0]!r}; correct it.",
            )
            raise FactsError(row.fault(what))
    kind = cast("Kind", row.one_of(get_args(Kind), "kind"))
    return Change(day, kind, row.name(), row.items("tables"), row.items("indicators"))
