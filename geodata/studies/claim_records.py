"""Reads the claims of the argument and the tests they are put to, and refuses what does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

from geodata.catalog.rows import FOLDER, read_rows, refuse_twice
from geodata.errors import FactsError
from geodata.measures.verdict import read_limit
from geodata.records import Name

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.catalog.rows import CatalogRow
    from geodata.measures.verdict import Limit

Way = Literal["", "level", "change", "growth", "each"]
ClaimKind = Literal["statement", "call"]

PARTS: Final = ("industry", "cities", "digital")


@dataclass(frozen=True, slots=True)
class ClaimTest:
    """One test of a claim, written down before it is computed.

    `formula` is empty where the figure is not published; `years` are one, or the first and the
    last; `way` says whether the figure of the last year is judged, its change on the first (in
    the unit of the figure), its growth in per cent, or the figure of each of its years or spans,
    which all have to come out alike. `unit` is that of the figures, also where growth is judged.
    Without `holds` it is told and not judged.
    """

    id: str
    name: Name
    formula: str
    years: tuple[str, ...]
    way: Way
    holds: Limit | None
    fails: Limit | None
    unit: str
    row: CatalogRow


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the argument in plain words; a `call` asks for what is not there yet.

    `views` are the addresses of the views behind it within the atlas, the first shows the measure
    of its first test; `needed` are the figures that would settle it and who would publish them.
    """

    id: str
    part: str
    kind: ClaimKind
    name: Name
    views: tuple[str, ...]
    caveat: Name
    needed: Name
    tests: tuple[ClaimTest, ...]


def load_claims(folder: Path = FOLDER) -> tuple[Claim, ...]:
    """Read claims.csv and claim_tests.csv, in their order.

    Raises
    ------
    FactsError
        If a row lacks a language, names no claim, or has a word or limit that is not known.
    """
    rows, tests = read_rows(folder, "claims"), read_rows(folder, "claim_tests")
    refuse_twice(rows, "id")
    refuse_twice(tests, "claim", "id")
    known = {row["id"] for row in rows}
    for row in tests:
        if row["claim"] not in known:
            what = Name(
                f"claims.csv 中没有论断“{row['claim']}”；请更正，或在那里补上。",
                f"claims.csv has no claim {row['claim']!r}; correct it, or add the claim there.",
            )
            raise FactsError(row.fault(what))
    return tuple(_claim(row, [t for t in tests if t["claim"] == row["id"]]) for row in rows)


def _claim(row: CatalogRow, tests: list[CatalogRow]) -> Claim:
    if not tests:
        what = Name(
            "没有检验；请在 claim_tests.csv 中至少写一行，数字未公布的写明缺什么。",
            "it has no test; write a row in claim_tests.csv, be it of a figure that is missing.",
        )
        raise FactsError(row.fault(what))
    return Claim(
        id=row["id"],
        part=row.one_of(PARTS, "part"),
        kind=cast("ClaimKind", row.one_of(get_args(ClaimKind), "kind")),
        name=row.name(),
        views=row.items("views"),
        caveat=row.name("caveat_"),
        needed=row.name("needed_"),
        tests=tuple(map(_test, tests)),
    )


def _test(row: CatalogRow) -> ClaimTest:
    return ClaimTest(
        id=row["id"],
        name=row.name(),
        formula=row["formula"],
        years=row.items("years"),
        way=cast("Way", row.one_of(get_args(Way), "by")),
        holds=limit_of(row, "holds"),
        fails=limit_of(row, "fails"),
        unit=row["unit"],
        row=row,
    )


def limit_of(row: CatalogRow, column: str) -> Limit | None:
    """Return a cell that holds a limit, None where it is empty; FactsError where it is neither."""
    if not row[column]:
        return None
    try:
        return read_limit(row[column])
    except ValueError:
        what = Name(
            f"{column} 列的“{row[column]}”不是界限；请写成 >= 0.5 这样的形式。",
            f"column {column}: {row[column]!r} is no limit; write it like >= 0.5.",
        )
        raise FactsError(row.fault(what)) from None
