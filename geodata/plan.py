"""What the plan asks of each place, set beside what the figures say.

The table of roles names for each item the evidence that speaks to it: "emp_x" an industry of the
census, "cluster:x" named clusters of an industry, "clusters" clusters of 100 billion yuan and
more, "park:x" and "parks" sites, "flow:x" published flows, "measure:x" a computed measure, and
anything else an indicator.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geodata.errors import FactsError
from geodata.facts_files import lines_of
from geodata.facts_places import PLACE_TABLES
from geodata.measures.primacy import primacy, telling_years
from geodata.measures.specialisation import SECTORS
from geodata.records import (
    FULL_ROLES,
    REGION_ID,
    Evidence,
    FigureId,
    Name,
    Place,
    PlanItem,
    Role,
    Value,
)
from geodata.sites import NOT_A_CLUSTER, inside, of_scale, wholly_inside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geodata.facts_files import Line
    from geodata.parts import Parts
    from geodata.readings import Readings

SCHEME: Final = "article"
"""The only scheme whose source asks something of its places."""

YEAR: Final = "2020"
LARGE: Final = 1_000.0
LARGE_UNIT: Final = "亿元"
CAPITAL: Final = "130100"
PROVINCE: Final = "130000"
GDP: Final = "gdp_alike"
PRIMACY: Final = "primacy"
DIGITAL: Final = "digital_role"
CONCERNED: Final[frozenset[Role]] = FULL_ROLES | {"radiated"}
PLACES: Final = {"BTH": REGION_ID}
LETTERS: Final = {indicator: letter for letter, indicator in SECTORS.items()}


class Planner:
    """Answers `Atlas.plan`.

    Parameters
    ----------
    readings
        Asked for the figures.
    parts
        The rooms behind it.
    measured
        What a measure other than primacy says of a place, as `studies.measured` answers.
    """

    def __init__(
        self, readings: Readings, parts: Parts, measured: Callable[[Place, str], Evidence]
    ) -> None:
        self._readings = readings
        self._parts = parts
        self._measured = measured
        self._groups = parts.group_names()
        self._rows: dict[str, list[Line]] = {}
        for row in lines_of(parts.roles, PLACE_TABLES["roles"].file):
            self._rows.setdefault(_place_id(row), []).append(row)
        self._items = lru_cache(maxsize=None)(self._items_of)

    def plan(self, place: Place, scheme: str) -> tuple[PlanItem, ...]:
        """Return the items that concern a place: its own first, then those of what it is in.

        A circle also gets those of its core, wings and members; the whole region those of the
        three digital roles.
        """
        if scheme != SCHEME:
            return ()
        if place.kind == "region":
            provinces = self._parts.regions.codes("province")
            roles = [i for p in provinces for i in self._items(p) if i.aspect == DIGITAL]
            return (*self._items(REGION_ID), *roles)
        ids = dict.fromkeys((place.id, *self._around(place)))
        return tuple(item for i in ids if i in self._rows for item in self._items(i))

    def _around(self, place: Place) -> list[str]:
        layout = self._parts.layout
        if place.kind == "circle":
            members = layout.circle(place.id).members
            return [m.place for m in members if m.role in FULL_ROLES]
        parents = [p.id for p in self._parts.regions.parents(place.id) if p.kind != "region"]
        pairs = [i for i in self._rows if ";" in i and place.id in i.split(";")]
        circles = [
            circle.key
            for circle, role, _ in layout.circles_of(place.id)
            if circle.scheme == SCHEME and role in CONCERNED
        ]
        return [*parents, *pairs, *circles]

    def _items_of(self, place_id: str) -> tuple[PlanItem, ...]:
        place = self._place(place_id)
        return tuple(
            PlanItem(
                place=place,
                aspect=row["aspect"],
                id=row["item_id"],
                name=Name(row["name_zh"], row["name_en"]),
                evidence=tuple(
                    self._evidence(place, e, row) for e in row["evidence"].split(";") if e
                ),
                source_ids=tuple(row["source_id"].split(";")),
                note=row["note"],
            )
            for row in self._rows.get(place_id, ())
        )

    def _place(self, place_id: str) -> Place:
        if ";" not in place_id:
            return self._readings.place(place_id)
        both = [self._readings.place(p).name for p in place_id.split(";")]
        name = Name("—".join(n.zh for n in both), "–".join(n.en for n in both))
        return Place(place_id, "region", name, name)

    def _evidence(self, place: Place, token: str, row: Line) -> Evidence:
        kind, _, what = token.partition(":")
        speak = {
            "cluster": self._clusters,
            "clusters": self._clusters,
            "park": self._parks,
            "parks": self._parks,
            "flow": self._flows,
            "measure": self._measure,
        }
        if kind in LETTERS:
            return self._industry(place, LETTERS[kind])
        if kind in speak:
            return speak[kind](place, what)
        if token in self._readings.indicators:
            return self._values(place, token)
        unknown = Name(
            f"依据“{token}”既不是指标，也不是可用的写法；请更正 evidence 列。",
            f"evidence {token!r} is neither an indicator nor a known sort; correct the column "
            "evidence.",
        )
        raise FactsError(row.fault(unknown))

    def _industry(self, place: Place, sector: str) -> Evidence:
        # Against itself every quotient of the whole region is 1, so it is set beside the nation.
        benchmark = "CN" if place.id == REGION_ID else REGION_ID
        row = self._parts.industries.row(place.id, sector, YEAR, benchmark)
        against = self._readings.term("benchmark", benchmark)
        label = _say(row.name, f"（{YEAR}年，对{against.zh}）", f" ({YEAR}, against {against.en})")
        name = row.indicator.replace("emp_", "lq_", 1)
        known = name in self._readings.indicators
        ids = (FigureId(name, place.id, YEAR, benchmark),) if known else ()
        return Evidence("industry", label, industry=row, ids=ids)

    def _clusters(self, place: Place, industry: str) -> Evidence:
        regions, counties = self._parts.regions, self._counties(place)
        if industry:
            named = inside(self._parts.clusters, counties, regions)
            sites = tuple(
                s for s in named if s.industry == industry and s.kind not in NOT_A_CLUSTER
            )
            name = self._readings.term("cluster_industry", industry)
            label = _say(name, "：点名的集群与产业链", ": named clusters and chains")
            return Evidence("sites", label, sites=sites, total=len(sites))
        # A cluster of several provinces has one scale for all of them: it is not this circle's.
        own = wholly_inside(self._parts.clusters, counties, regions)
        single = [s for s in own if s.kind not in NOT_A_CLUSTER]
        label = Name(
            "规模在1000亿元以上的集群（营收与产值、不同年份不可相比）",
            "Clusters of 100 billion yuan and more (revenue and output, and years, differ)",
        )
        return Evidence("sites", label, sites=of_scale(own, LARGE_UNIT, LARGE), total=len(single))

    def _parks(self, place: Place, kind: str) -> Evidence:
        sites = inside(self._parts.parks, self._counties(place), self._parts.regions)
        label = Name("园区与开放平台", "Parks and zones")
        if kind:
            sites = tuple(s for s in sites if s.kind == kind)
            label = self._readings.term("park_kind", kind)
        return Evidence("sites", label, sites=sites, total=len(sites))

    def _flows(self, place: Place, indicator: str) -> Evidence:
        regions, counties = self._parts.regions, self._counties(place)
        found = []
        for row in self._parts.flows:
            ends = (row["origin_code"], row["destination_code"])
            touches = any(e in regions.places and regions.counties_of(e) <= counties for e in ends)
            if row["indicator"] == indicator and (touches or place.id == REGION_ID):
                found.append((ends, row))
        found.sort(key=lambda entry: (entry[0], entry[1]["year"]))
        values = tuple((self._pair(ends), _flow_value(row)) for ends, row in found)
        label = self._readings.term("flow", indicator)
        return Evidence("flow", label, values=values) if values else _nothing(label)

    def _pair(self, ends: tuple[str, str]) -> Name:
        names = [
            self._groups[e] if e in self._groups else self._readings.place(e).name for e in ends
        ]
        return Name(" → ".join(n.zh for n in names), " → ".join(n.en for n in names))

    def _values(self, place: Place, indicator: str) -> Evidence:
        found = self._latest(indicator, self._speakers(place, indicator))
        label = self._readings.indicator(indicator).name
        if not found:
            return _nothing(label)
        values = tuple((speaker.name, value) for speaker, value in found)
        ids = tuple(FigureId(indicator, speaker.id, value.year) for speaker, value in found)
        return Evidence("value", label, values=values, ids=ids)

    def _speakers(self, place: Place, indicator: str) -> tuple[str, ...]:
        """Return the places whose figures speak: a pair's both, a whole's and its parts'."""
        if ";" in place.id:
            return tuple(place.id.split(";"))
        if place.kind == "circle":
            return (place.id, *self._parts.layout.full_units(place.id))
        if place.kind != "region":
            return (place.id,)
        provinces = self._parts.regions.codes("province")
        if self._readings.indicator(indicator).years.get("province"):
            return (place.id, *provinces)
        return (place.id, *self._parts.regions.codes("city"))

    def _latest(self, indicator: str, places: tuple[str, ...]) -> tuple[tuple[Place, Value], ...]:
        found = []
        for place in places:
            value = self._latest_value(indicator, place)
            if value is not None:
                found.append((self._readings.place(place), value))
        return tuple(found)

    def _latest_value(self, indicator: str, place: str) -> Value | None:
        """Return the latest figure, of a circle or the whole the latest that lacks no part."""
        wholes = self._readings.place(place).kind in {"circle", "region"}
        for year in reversed(self._readings.years(indicator, place)):
            value = self._readings.value(indicator, place, year)
            lacking = self._readings.whole(indicator, place, year).lacking if wholes else ()
            if value.value is not None and not lacking:
                return value
        return None

    def _measure(self, place: Place, measure: str) -> Evidence:
        if measure != PRIMACY:
            return self._measured(place, measure)
        label = Name(
            "石家庄占河北地区生产总值的比重，与省内其他最大城市之比",
            "Shijiazhuang's share of the GDP of Hebei, and its ratio to the largest other city",
        )
        return Evidence("value", label, values=self._primacy())

    def _primacy(self) -> tuple[tuple[Name, Value], ...]:
        """Return share and ratio for the telling years in which all 11 cities have a GDP."""
        read, regions = self._readings, self._parts.regions
        cities = [c for c in regions.codes("city") if regions.places[c].parent == PROVINCE]
        cities = [c for c in cities if regions.places[c].kind == "city"]
        years = [
            year
            for year in read.indicator(GDP).years.get("city", ())
            if all(read.value(GDP, c, year).value is not None for c in (PROVINCE, *cities))
        ]
        found: list[tuple[Name, Value]] = []
        for year in telling_years(years, [b.year for b in read.breaks(GDP, "city")]):
            figures = {c: read.value(GDP, c, year) for c in cities}
            whole = read.value(GDP, PROVINCE, year)
            share, second, ratio = primacy(figures, CAPITAL, whole)
            name = read.place(second).name
            found.append((Name("石家庄占全省", "Shijiazhuang in Hebei"), share))
            compared = Name(f"石家庄与{name.zh}之比", f"Shijiazhuang to {name.en}")
            found.append((compared, ratio))
        return tuple(found)

    def _counties(self, place: Place) -> frozenset[str]:
        if place.kind == "circle":
            return self._parts.layout.counties(place.id)
        return self._parts.regions.counties_of(place.id)


def _place_id(row: Line) -> str:
    if row["place_kind"] == "circle":
        return f"{row['scheme']}/{row['place_id']}"
    return PLACES.get(row["place_id"], row["place_id"])


def _flow_value(row: Mapping[str, str]) -> Value:
    notes = tuple(row["note"].split("; ")) if row["note"] else ()
    sources = tuple(row["source_id"].split(";"))
    return Value(float(row["value"]), row["unit"], row["year"], None, sources, notes)


def _nothing(label: Name) -> Evidence:
    zh, en = "：图谱中没有该地的数据", ": the atlas has no figure for this place"
    return Evidence("none", _say(label, zh, en))


def _say(name: Name, zh: str, en: str) -> Name:
    return Name(name.zh + zh, name.en + en)
