"""Links: published flows between places as they are, gaps as gaps.

A published flow has one of four spans: "year" a full year, "part" part of one, "sum" a sum over a
period, "stock" a state at the end of a year. Only full years of one indicator form a series; sums
are never points of it. An end is a place or a group of places such as Tianjin and Hebei together,
whose parts the source does not tell apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geodata.errors import UnknownNameError
from geodata.ids import BEIJING
from geodata.measures.aggregation import computed
from geodata.records import Name, Value
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.records import Place

Span = Literal["year", "part", "sum", "stock"]

CONTRACTS: Final = "tech_contract_value"
OUTFLOW_SHARE: Final = "tech_contract_share_of_outflow"
RAIL: Final = "rail_minutes"
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "contracts": (
        CONTRACTS,
        "tech_contract_value_cumulative",
        "tech_contract_value_period",
        "tech_contract_value_unreconciled",
        "tech_contract_value_mutual",
        OUTFLOW_SHARE,
        "tech_contract_count",
        "tech_contract_count_period",
    ),
    "investment": (
        "investment_in_place",
        "investments_value",
        "subscribed_capital",
        "project_investment",
        "signed_investment",
        "intended_investment",
        "agreed_investment_cumulative",
        "investments_count",
    ),
    "moves": (
        "zgc_branches",
        "units_moved_in",
        "units_moved_in_cumulative",
        "subsidiaries_and_branches",
        "zgc_branch_companies",
        "zgc_subsidiaries",
        "central_soe_subsidiaries",
        "central_soe_institutions",
        "firms_landed_cumulative",
        "projects_landed",
        "projects_landed_cumulative",
        "projects_signed",
        "commuters",
        "share_of_workers_outside_city",
    ),
    "rail": (RAIL,),
}
"""Kind of link → its indicators; the first is drawn to scale where it is of a full year."""

STOCKS: Final = frozenset(
    {
        "zgc_branches",
        "zgc_branch_companies",
        "zgc_subsidiaries",
        "subsidiaries_and_branches",
        "central_soe_subsidiaries",
        "central_soe_institutions",
        "commuters",
        "share_of_workers_outside_city",
    }
)


@dataclass(frozen=True, slots=True)
class End:
    """Where a flow comes from or goes to.

    `members` are the places it stands for: itself, the parts of a group, none where the source
    draws no boundary or the end lies outside the three places.
    """

    id: str
    name: Name
    members: tuple[Place, ...]
    group: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """A published flow, as its source gives it."""

    indicator: str
    label: Name
    origin: End
    destination: End
    value: Value
    span: Span


@dataclass(frozen=True, slots=True)
class Contracts:
    """Beijing's technology contracts to Tianjin and Hebei.

    `series` are full years of the main series, `missing` the years within it that no source
    gives, `unreconciled` figures that do not fit it, `others` all that is no point of a year:
    sums over periods, parts of years, counts by other offices.
    """

    series: tuple[Value, ...]
    missing: tuple[str, ...]
    unreconciled: tuple[Value, ...]
    others: tuple[Flow, ...]


class Links(Study):
    """Answers what flows between places, as far as it is published."""

    def __init__(self, readings: Readings, data: AtlasData) -> None:
        super().__init__(readings, data)
        self._names = data.group_names()
        self._members = data.group_members()

    def flows(self, kind: str) -> tuple[Flow, ...]:
        """Return the published flows of a kind, in the order of `KINDS`, then by year.

        Raises
        ------
        UnknownNameError
            If there is no such kind.
        """
        if kind not in KINDS:
            message = f"There are no flows of the kind {kind!r}; choose {', '.join(KINDS)}."
            raise UnknownNameError(message)
        return self._published(kind)

    def latest(self, kind: str) -> tuple[Flow, ...]:
        """Return the latest flow of each indicator, pair and span: what a map can show at once."""
        found: dict[tuple[str, ...], Flow] = {}
        for flow in self.flows(kind):
            found[flow.indicator, flow.origin.id, flow.destination.id, flow.span] = flow
        return tuple(found.values())

    def contracts(self) -> Contracts:
        """Return Beijing's technology contracts to Tianjin and Hebei, with the missing years."""
        flows = self.flows("contracts")
        own = [f for f in flows if (f.origin.id, f.destination.id) == (BEIJING, "JH")]
        series = [f.value for f in own if f.indicator == CONTRACTS and f.span == "year"]
        apart = [f.value for f in own if f.indicator == f"{CONTRACTS}_unreconciled"]
        had = {value.year for value in series}
        years = range(int(min(had)), int(max(had)) + 1)
        return Contracts(
            series=tuple(series),
            missing=tuple(str(y) for y in years if str(y) not in had),
            unreconciled=tuple(apart),
            others=tuple(
                f
                for f in flows
                if f.value.unit == series[0].unit
                and not (f in own and f.value in (*series, *apart))
            ),
        )

    def contract_shares(self) -> tuple[Value, ...]:
        """Return, in per cent, what of all Beijing's technology contracts goes to the two places.

        F(Beijing → Tianjin and Hebei) ÷ all contracts sold by Beijing, for every full year in
        which both are published.
        """
        found = []
        for flow in self.contracts().series:
            whole = self._sold(flow.year)
            if flow.value is not None and whole.value:
                share = 100 * flow.value / whole.value
                found.append(computed(share, "%", flow.year, [flow, whole]))
        return tuple(found)

    def _sold(self, year: str) -> Value:
        """Return all that Beijing sold; as a province its series is the longer one."""
        if year not in self._readings.indicator(CONTRACTS).years["province"]:
            return Value(None, "", year)
        column = self._readings.values(CONTRACTS, year, "province")
        return column.values[column.codes.index(BEIJING)]

    def outflow_shares(self) -> tuple[Value, ...]:
        """Return, as published, what of Beijing's contracts with other provinces goes there."""
        return tuple(f.value for f in self.flows("contracts") if f.indicator == OUTFLOW_SHARE)

    @kept()
    def _published(self, kind: str) -> tuple[Flow, ...]:
        order = {indicator: at for at, indicator in enumerate(KINDS[kind])}
        rows = [row for row in self._data.flows if row["indicator"] in order]
        flows = [self._flow(row) for row in rows]
        return tuple(sorted(flows, key=lambda f: (order[f.indicator], f.value.year)))

    def _flow(self, row: Mapping[str, str]) -> Flow:
        return Flow(
            indicator=row["indicator"],
            label=self._readings.term("flow", row["indicator"]),
            origin=self._end(row["origin_code"]),
            destination=self._end(row["destination_code"]),
            value=flow_value(row),
            span=span_of(row["indicator"], row["year"]),
        )

    def _end(self, code: str) -> End:
        regions = self._data.regions.places
        if code not in self._names:
            place = self._readings.place(code)
            return End(code, place.label, (place,), group=False)
        members = tuple(regions[m] for m in self._members[code] if m in regions)
        return End(code, self._names[code], members, group=True)

    def times(self) -> dict[frozenset[str], Flow]:
        """Return the rail time of each pair: the latest, of several in one year the shortest."""
        found: dict[frozenset[str], Flow] = {}
        for flow in self.flows("rail"):
            pair = frozenset({flow.origin.id, flow.destination.id})
            known = found.get(pair)
            if known is None or _fresher(flow.value, known.value):
                found[pair] = flow
        return found


def flow_value(row: Mapping[str, str]) -> Value:
    """Return the figure of a row of the table of flows, with its sources and notes."""
    notes = tuple(row["note"].split("; ")) if row["note"] else ()
    sources = tuple(row["source_id"].split(";"))
    return Value(float(row["value"]), row["unit"], row["year"], None, sources, notes)


def between(ends: tuple[str, str], groups: Mapping[str, Name], readings: Readings) -> Name:
    """Name both ends of a flow, each a place or one of the groups: "Beijing → Hebei"."""
    names = [groups[end] if end in groups else readings.place(end).name for end in ends]
    return Name(" → ".join(n.zh for n in names), " → ".join(n.en for n in names))


def span_of(indicator: str, year: str) -> Span:
    """Say what a published figure covers, from its indicator and the text of its year."""
    if indicator in STOCKS:
        return "stock"
    if indicator.endswith("_cumulative") or not re.fullmatch(r"\d{4}([HQ].*)?", year):
        return "sum"
    return "year" if year.isdecimal() else "part"


def _fresher(one: Value, other: Value) -> bool:
    if one.year != other.year:
        return one.year > other.year
    return (one.value or 0) < (other.value or 0)
