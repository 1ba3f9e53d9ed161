"""Figures that a study reads as they are printed, without a series of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geodata.records import Status, Value

if TYPE_CHECKING:
    import pandas as pd

BASES: Final = ("2014", "2010")
"""Base years of the statistics bureau's index of the region, the present one first."""
INDEX_PARTS: Final = ("innovation", "coordination", "green", "openness", "sharing")
FACTS: Final = (
    "census_employees",
    "census_enterprise_employees",
    "value_added_sector",
    "value_added_io_sector",
    *(f"index_{base}_{part}" for base in BASES for part in ("total", *INDEX_PARTS, "rise")),
    "nankai_index",
)
"""Facts that are read so; of an index its total, its parts and its rise on the year before."""
STATUSES: Final[dict[str, Status]] = {
    "official": "official",
    "revised": "revised",
    "secondary": "secondary",
}


class Printed:
    """Published figures by fact, region and sector.

    Parameters
    ----------
    frame
        Observations of the facts `FACTS`, as `statistics.read_observations` returns them; empty
        where a build holds none.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._values: dict[tuple[str, str], dict[tuple[str, str], Value]] = {}
        for row in frame.to_dict("records"):
            held = self._values.setdefault((row["indicator"], row["region_code"]), {})
            held[row["sector"], row["year"]] = Value(
                value=float(row["value"]),
                unit=row["unit"],
                year=row["year"],
                status=STATUSES[row["status"]],
                source_ids=tuple(row["source_ids"].split(";")),
                note=tuple(row["note"].split("; ")) if row["note"] else (),
            )

    def sectors(self, fact: str, region: str, year: str) -> dict[str, Value]:
        """Return the figures of a fact in a year by sector, in the order of the tables."""
        held = self._values.get((fact, region), {})
        return {sector: value for (sector, when), value in held.items() if when == year}

    def years(self, fact: str, region: str) -> dict[str, Value]:
        """Return the figures of a fact without sector by year, in the order of the tables."""
        held = self._values.get((fact, region), {})
        return {year: value for (sector, year), value in held.items() if not sector}
