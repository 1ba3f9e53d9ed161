"""What the figures say to an item of the plan, one piece of evidence for each of its tokens.

The table of roles names the evidence: "emp_x" an industry of the census, "cluster:x" named
clusters of an industry, "clusters" clusters of 100 billion yuan and more, "park:x" and "parks"
sites, "flow:x" published flows, "measure:x" a computed measure, and anything else an indicator;
"@" and places after it say whose figures are meant where it is not the place of the item.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from geodata.errors import FactsError
from geodata.ids import HEBEI, SHIJIAZHUANG
from geodata.measures.primacy import primacy, telling_years
from geodata.measures.specialisation import SECTORS
from geodata.places.sites import COMPUTING, distinct, inside, of_scale, wholly_inside
from geodata.records import REGION_ID, WHOLE_KINDS, FigureId, Name, Place, Value
from geodata.studies.links import between, flow_value
from geodata.studies.plan_records import Evidence
from geodata.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.facts.files import Line

YEAR: Final = "2020"
LARGE: Final = 1_000.0
LARGE_UNIT: Final = "亿元"
GDP: Final = "gdp_alike"
PRIMACY: Final = "primacy"
CHANGE: Final = "change"
REGIONS: Final = {"BTH": REGION_ID}
"""How the table of roles names the whole region."""
LETTERS: Final = {indicator: letter for letter, indicator in SECTORS.items()}


class Witness(Study):
    """Answers what the figures say to an item.

    Parameters
    ----------
    measured
        What a measure other than primacy says of a place, as `studies.measured` answers.
    """

    def __init__(
        self, readings: Readings, data: AtlasData, measured: Callable[[Place, str], Evidence]
    ) -> None:
        super().__init__(readings, data)
        self._measured = measured
        self._groups = data.group_names()

    def evidence(self, place: Place, token: str, row: Line) -> Evidence:
        """Return what a token of the column evidence stands for.

        Raises
        ------
        FactsError
            If the token is neither an indicator nor a known sort.
        """
        token, _, named = token.partition("@")
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
            reference = REGIONS.get(row["reference"], row["reference"])
            return self._industry(named or place.id, LETTERS[kind], reference)
        if kind in speak:
            return speak[kind](place, what)
        if token in self._readings.indicators:
            speakers = tuple(named.split(",")) if named else self._speakers(place, token)
            return self._values(token, speakers, changing=row["test"] == CHANGE)
        unknown = Name(
            f"依据“{token}”既不是指标，也不是可用的写法；请更正 evidence 列。",
            f"evidence {token!r} is neither an indicator nor a known sort; correct the column "
            "evidence.",
        )
        raise FactsError(row.fault(unknown))

    def _industry(self, place: str, sector: str, reference: str) -> Evidence:
        row = self._data.industries.row(place, sector, YEAR, reference)
        against = self._readings.term("benchmark", reference)
        zh, en = (
            f"（{YEAR}年，按居住地，对{against.zh}）",
            f" ({YEAR}, residents, against {against.en})",
        )
        name = row.indicator.replace("emp_", "lq_", 1)
        known = name in self._readings.indicators
        ids = (FigureId(name, place, YEAR, reference),) if known else ()
        limits = self._data.industries.limits(place, sector, YEAR, reference)
        label = _say(row.name, zh, en)
        return Evidence("industry", label, industry=row, ids=ids, of=place, interval=limits)

    def _clusters(self, place: Place, industry: str) -> Evidence:
        regions, counties = self._data.regions, self._counties(place)
        if industry:
            named = inside(self._data.clusters, counties, regions)
            sites = distinct([s for s in named if s.industry == industry])
            name = self._readings.term("cluster_industry", industry)
            label = _say(
                name,
                "：列名的集群与产业链（同一集群的链、群与集群只计一次）",
                ": named clusters and chains (one that is chain, group and cluster counts once)",
            )
            return Evidence("sites", label, sites=sites, total=len(sites))
        # A cluster of several provinces has one scale for all of them: it is not this circle's.
        own = wholly_inside(self._data.clusters, counties, regions)
        label = Name(
            "公布规模达到1000亿元的集群（各取达到该数的最近一年；营收与产值、不同年份不可相比）",
            "Clusters with a published size of 100 billion yuan or more (each in the latest such "
            "year; revenue and output, and years, differ)",
        )
        large = of_scale(own, LARGE_UNIT, LARGE)
        return Evidence("sites", label, sites=large, total=len(large))

    def _parks(self, place: Place, kind: str) -> Evidence:
        """Count sites, each once; computing rows are no parks."""
        named = inside(self._data.parks, self._counties(place), self._data.regions)
        kept = [s for s in named if (s.kind == kind if kind else s.kind != COMPUTING)]
        sites = distinct(kept)
        rows = len(kept) - len(sites)
        if kind:
            label = _say(
                self._readings.term("park_kind", kind),
                f"：各处只计一次（另有{rows}行是同一处的其他数字、所含部分、排名、合计或规划）",
                f": each once ({rows} more rows are further figures or parts of one of them, "
                "rankings, totals or plans)",
            )
            return Evidence("sites", label, sites=sites, total=len(sites))
        counts = Counter(s.kind for s in sites)
        names = {k: self._readings.term("park_kind", k) for k in counts}
        said = [Name(f"{names[k].zh}{n}", f"{names[k].en} {n}") for k, n in counts.items()]
        label = Name(
            f"园区与平台（不含算力设施）：{'、'.join(s.zh for s in said)}",
            f"Parks and platforms (without computing): {', '.join(s.en for s in said)}",
        )
        return Evidence("sites", label, sites=sites, total=len(sites))

    def _flows(self, place: Place, indicator: str) -> Evidence:
        regions, counties = self._data.regions, self._counties(place)
        found = []
        for row in self._data.flows:
            ends = (row["origin_code"], row["destination_code"])
            touches = any(e in regions.places and regions.counties_of(e) <= counties for e in ends)
            if row["indicator"] == indicator and (touches or place.id == REGION_ID):
                found.append((ends, row))
        found.sort(key=lambda entry: (entry[0], entry[1]["year"]))
        groups, read = self._groups, self._readings
        values = tuple((between(ends, groups, read), flow_value(row)) for ends, row in found)
        label = self._readings.term("flow", indicator)
        return Evidence("flow", label, values=values) if values else _nothing(label)

    def _values(self, indicator: str, speakers: Sequence[str], *, changing: bool) -> Evidence:
        """Set the figures of places side by side: all of one year, or of the first and the last."""
        known = {
            p: years for p in speakers if (years := self._years(indicator, p, changing=changing))
        }
        label = self._readings.indicator(indicator).name
        if not known:
            return _nothing(label)
        common = common_years(list(known.values()))
        shown = dict.fromkeys((common[0], common[-1]) if changing else (common[-1],))
        found = [(p, y) for p in known for y in shown if y in known[p]]
        read = self._readings
        values = tuple((read.place(p).name, read.value(indicator, p, y)) for p, y in found)
        ids = tuple(FigureId(indicator, p, y) for p, y in found)
        return Evidence("value", label, values=values, ids=ids)

    def _years(self, indicator: str, place: str, *, changing: bool) -> tuple[str, ...]:
        """Return the years with a figure that lacks no part; of a change, those of one series."""
        read = self._readings
        whole = read.place(place).kind in WHOLE_KINDS
        years = [
            year
            for year in read.years(indicator, place)
            if read.value(indicator, place, year).value is not None
            and not (whole and read.whole(indicator, place, year).lacking)
        ]
        if changing and not whole:
            level = self._data.regions.level_of(place)
            since = max((b.year for b in read.breaks(indicator, level)), default="")
            years = [year for year in years if year >= since]
        return tuple(years)

    def _speakers(self, place: Place, indicator: str) -> tuple[str, ...]:
        """Return the places whose figures speak: a pair's both, a whole's and its parts'."""
        if ";" in place.id:
            return tuple(place.id.split(";"))
        if place.kind == "circle":
            return (place.id, *self._data.layout.full_units(place.id))
        if place.kind != "region":
            return (place.id,)
        provinces = self._data.regions.codes("province")
        if self._readings.indicator(indicator).years.get("province"):
            return (place.id, *provinces)
        return (place.id, *self._data.regions.codes("city"))

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
        read, regions = self._readings, self._data.regions
        cities = [c for c in regions.codes("city") if regions.places[c].parent == HEBEI]
        cities = [c for c in cities if regions.places[c].kind == "city"]
        years = [
            year
            for year in read.indicator(GDP).years.get("city", ())
            if all(read.value(GDP, c, year).value is not None for c in (HEBEI, *cities))
        ]
        found: list[tuple[Name, Value]] = []
        for year in telling_years(years, [b.year for b in read.breaks(GDP, "city")]):
            figures = {c: read.value(GDP, c, year) for c in cities}
            whole = read.value(GDP, HEBEI, year)
            share, second, ratio = primacy(figures, SHIJIAZHUANG, whole)
            name = read.place(second).name
            found.append((Name("石家庄占全省", "Shijiazhuang in Hebei"), share))
            compared = Name(f"石家庄与{name.zh}之比", f"Shijiazhuang to {name.en}")
            found.append((compared, ratio))
        return tuple(found)

    def _counties(self, place: Place) -> frozenset[str]:
        if place.kind == "circle":
            return self._data.layout.counties(place.id)
        return self._data.regions.counties_of(place.id)


def common_years(known: Sequence[Sequence[str]]) -> list[str]:
    """Return the years, in order, in which the most of several places have a figure.

    Parameters
    ----------
    known
        For each place the years in which it has one; none of them empty.
    """
    counts = Counter(year for years in known for year in set(years))
    most = max(counts.values())
    return sorted(year for year, count in counts.items() if count == most)


def _nothing(label: Name) -> Evidence:
    zh, en = "：图谱中没有该地的数据", ": the atlas has no figure for this place"
    return Evidence("none", _say(label, zh, en))


def _say(name: Name, zh: str, en: str) -> Name:
    return Name(name.zh + zh, name.en + en)
