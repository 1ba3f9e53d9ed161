"""Listed companies by the place of their registered address, as far as it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.records import REGION_ID, Value
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Firm:
    """A listed company: its short name in Chinese, its `revenue`, without a value if untold."""

    id: str
    name: str
    revenue: Value


@dataclass(frozen=True, slots=True)
class Listed:
    """The listed companies of a place, those of the largest revenue first.

    `wider` is the number of those whose address is only known to the city or province around it.
    """

    firms: tuple[Firm, ...]
    wider: int
    source_ids: tuple[str, ...]


class Firms(Study):
    """Answers which listed companies are registered where, exposed as `Atlas.firms`."""

    @kept()
    def of(self, place_id: str) -> Listed:
        """Return the listed companies of a place.

        Each counts where its address is told: one told to its city alone is of the city and the
        province, of none of its counties.

        Raises
        ------
        UnknownNameError
            If there is no such place.
        """
        own = self._counties(place_id)
        there: list[Mapping[str, str]] = []
        wider = 0
        for row in self._data.firms:
            its = self._data.regions.counties_of(row["region_code"])
            if its <= own:
                there.append(row)
            elif own < its:
                wider += 1
        found = sorted(map(_firm, there), key=lambda one: (-(one.revenue.value or 0.0), one.id))
        ids = dict.fromkeys(i for row in there for i in row["source_id"].split(";"))
        return Listed(tuple(found), wider, tuple(ids))

    def _counties(self, place_id: str) -> frozenset[str]:
        if self._readings.place(place_id).kind == "circle":
            return self._data.layout.counties(place_id)
        if place_id == REGION_ID:
            return frozenset(self._data.regions.codes("county"))
        return self._data.regions.counties_of(place_id)


def _firm(row: Mapping[str, str]) -> Firm:
    told = row["metric_name"] == "revenue" and row["metric_value"]
    sources = tuple(row["source_id"].split(";"))
    revenue = (
        Value(float(row["metric_value"]), row["metric_unit"], row["metric_year"], None, sources)
        if told
        else Value(None, "", "", None, sources)
    )
    return Firm(row["firm_id"], row["short_name"], revenue)
