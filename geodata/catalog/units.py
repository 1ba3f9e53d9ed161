"""The units in which English counts what the tables give in ten thousands or hundred millions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.catalog.rows import FOLDER, read_rows

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Counting:
    """A unit of the tables, the unit `shown` instead, and how far its decimal point moves.

    `key` names it for the program; `places` counts to the right, so that -1 divides by ten.
    """

    key: str
    unit: str
    shown: str
    places: int


def load_units(folder: Path = FOLDER) -> tuple[Counting, ...]:
    """Read units_en.csv.

    Raises
    ------
    FactsError
        If the file cannot be read or a number of places is none.
    """
    return tuple(
        Counting(row["key"], row["unit"], row["shown"], row.as_number(int, "places"))
        for row in read_rows(folder, "units_en")
    )
