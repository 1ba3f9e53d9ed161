"""Measured: what the studies say to an item of the plan, each as a few figures to quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geodata.ids import PROVINCES
from geodata.measures.aggregation import computed
from geodata.measures.hierarchy import missing_middle
from geodata.records import REGION_ID, Name, Value
from geodata.studies.plan_records import Evidence
from geodata.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.records import Place
    from geodata.studies.chains import Chains
    from geodata.studies.gap import Gap
    from geodata.studies.hierarchy import Hierarchy, Measure
    from geodata.studies.links import Links
    from geodata.studies.structure import Structure

Figures = tuple[tuple[Name, Value], ...]

YEAR: Final = "2020"
SIZES: Final[tuple[Measure, ...]] = ("towns", "gdp")
ENDS: Final = 2
"""Places named at either end of an order."""


class Measured(Study):
    """Answers the measures that the table of roles names as evidence.

    Parameters
    ----------
    hierarchy, gap, structure, chains, links
        The studies that are quoted.
    """

    def __init__(  # noqa: PLR0913 - one for each measure
        self,
        readings: Readings,
        data: AtlasData,
        *,
        hierarchy: Hierarchy,
        gap: Gap,
        structure: Structure,
        chains: Chains,
        links: Links,
    ) -> None:
        super().__init__(readings, data)
        self._hierarchy = hierarchy
        self._gap = gap
        self._structure = structure
        self._chains = chains
        self._links = links
        self._ways: Mapping[str, Callable[[Place], tuple[Name, Figures]]] = {
            "rank_size": self._rank_size,
            "theil": self._theil,
            "structural_similarity": self._similarity,
            "chain_match": self._chain_match,
            "contract_share": self._contract_share,
        }

    def evidence(self, place: Place, measure: str) -> Evidence:
        """Return what a measure says of a place.

        All are those of the whole region, whatever the place.

        Raises
        ------
        KeyError
            If there is no such measure.
        """
        name = self._readings.term("measure", measure)
        said, values = self._ways[measure](place)
        return Evidence("value", Name(name.zh + said.zh, name.en + said.en), values=values)

    def _rank_size(self, _: Place) -> tuple[Name, Figures]:
        found: list[tuple[Name, Value]] = []
        for size in SIZES:
            system = self._hierarchy.system(REGION_ID, size)
            if system.line is None:
                continue
            values = [city.value for city in system.cities]
            of = self._readings.indicator(system.indicator).name
            line, step = system.line, missing_middle([v.value or 0.0 for v in values])
            upper, lower = (system.cities[step.rank - 1 + i].place.name for i in (0, 1))
            name = Name(
                f"{of.zh}的指数（标准误{line.error:.2f}，{line.n}处）",
                f"exponent of {of.en} (standard error {line.error:.2f}, {line.n} places)",
            )
            steepest = Name(
                f"其中最陡一级：{upper.zh}与{lower.zh}之比（按位序规则应为{step.expected:.2f}）",
                f"its steepest step: {upper.en} to {lower.en} (rule: {step.expected:.2f})",
            )
            found += [
                (name, computed(line.exponent, "", system.year, values)),
                (steepest, computed(step.ratio, "", system.year, values)),
            ]
        return Name("", ""), tuple(found)

    def _theil(self, _: Place) -> tuple[Name, Figures]:
        split = self._gap.latest()
        share = (split.parts.share_between or 0.0) * 100
        between = Name("其中三地之间所占", "of it between the three places")
        said = Name("（人均地区生产总值，人口加权）", " (GDP per head, weighted by population)")
        whole = (Name("13市合计", "of the 13 cities"), split.theil)
        return said, (whole, (between, computed(share, "%", split.year, [split.theil])))

    def _similarity(self, _: Place) -> tuple[Name, Figures]:
        said = Name("（就业结构，余弦；1为完全相同）", " (employment, cosine; 1 is the same)")
        pairs = self._structure.pairs(PROVINCES, YEAR)
        return said, tuple((_joined(p.first, p.second), p.value) for p in pairs)

    def _chain_match(self, _: Place) -> tuple[Name, Figures]:
        match = self._chains.match("city", YEAR)
        known = [(c.d, c.place) for c in match.chains if c.d is not None]
        known.sort(key=lambda pair: -pair[0])
        said = Name(
            f"（耦合协调度D，{len(known)}市中最高、最低各{ENDS}个）",
            f" (coupling coordination D, the highest and lowest {ENDS} of {len(known)} cities)",
        )
        return said, tuple(
            (place.name, Value(d, "", YEAR, "computed", match.source_ids))
            for d, place in (*known[:ENDS], *known[-ENDS:])
        )

    def _contract_share(self, _: Place) -> tuple[Name, Figures]:
        links = self._links
        of_all = Name("占北京全部技术合同", "of all contracts sold by Beijing")
        leaving = Name("占北京流向外省的技术合同", "of those that leave Beijing")
        return Name("", ""), (
            *((of_all, share) for share in links.contract_shares()),
            *((leaving, share) for share in links.outflow_shares()),
        )


def _joined(one: Place, other: Place) -> Name:
    return Name(f"{one.name.zh}—{other.name.zh}", f"{one.name.en}–{other.name.en}")
