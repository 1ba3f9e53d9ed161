"""The atlas: the one object the screen asks. All answers are records with their provenance."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from geodata.build.atlas_data import AtlasData, assemble, compute_frames, read_frames
from geodata.build.readings import CHANGE_OF_QUOTIENT, QUOTIENT, Readings
from geodata.errors import UnknownNameError
from geodata.facts import statistics
from geodata.facts.cells import TABLES_FILE
from geodata.facts.files import read_lines
from geodata.ids import DEFAULT_SCHEME
from geodata.own.beside import whole_sets, with_own
from geodata.places.sites import inside
from geodata.records import (
    FULL_ROLES,
    LEVELS,
    REGION_ID,
    Aggregate,
    Circle,
    Industry,
    Lang,
    Level,
    Name,
    Place,
    Profile,
    Role,
    Scheme,
    Site,
    Source,
    Strip,
)
from geodata.studies.beijing import BeijingIndustries
from geodata.studies.chains import Chains
from geodata.studies.claims import Claims
from geodata.studies.coagglomeration import Coagglomeration
from geodata.studies.comparison import Comparisons
from geodata.studies.compute import Compute
from geodata.studies.concentration import Concentration
from geodata.studies.courses import Courses
from geodata.studies.definitions import Definitions
from geodata.studies.division import Divisions
from geodata.studies.drawn_circles import DrawnCircles
from geodata.studies.evidence import Witness
from geodata.studies.firms import Firms
from geodata.studies.functions import Functions
from geodata.studies.gap import Gap
from geodata.studies.gravity import Attraction
from geodata.studies.hierarchy import Hierarchy
from geodata.studies.links import Links
from geodata.studies.measured import Measured
from geodata.studies.neighbours import Neighbours
from geodata.studies.news import Change, read_news
from geodata.studies.pairs import Pairs
from geodata.studies.plan import Planner
from geodata.studies.profile import Profiler
from geodata.studies.provenance import Provenance
from geodata.studies.regional_index import RegionalIndex
from geodata.studies.relatedness import Relatedness
from geodata.studies.roles import Roles
from geodata.studies.shifts import Shifts
from geodata.studies.sites import IndustrySites
from geodata.studies.space import Space
from geodata.studies.specialisation import Specialisation
from geodata.studies.stories import Stories
from geodata.studies.structure import Structure
from geodata.studies.systems_coupled import Coupled
from geodata.studies.timeline import Timeline
from geodata.studies.trends import Trends

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geodata.own.errors import OwnError
    from geodata.own.firms.study import OwnFirms
    from geodata.studies.plan_records import PlanItem


class Atlas(Readings):
    """Places, circles, figures, industries, sites and the plan.

    Parameters
    ----------
    data
        What the atlas is made of, as `geodata.build.atlas_data.assemble` puts them together..
    published
        The atlas that this one has a reader's own figures beside; None where it has none.
    own_firms
        The registers of firms that he has brought along.
    """

    def __init__(
        self,
        data: AtlasData,
        published: Atlas | None = None,
        own_firms: tuple[OwnFirms, ...] = (),
    ) -> None:
        super().__init__(data)
        self._published = published
        self.own_firms = own_firms
        self.schemes: tuple[Scheme, ...] = data.layout.schemes
        self.themes: tuple[tuple[str, Name], ...] = data.catalog.themes
        self._profiler = Profiler(self, data)
        self.specialisation = Specialisation(self, data)
        self.concentration = Concentration(self, data)
        self.shifts = Shifts(self, data)
        self.structure = Structure(self, data)
        self.chains = Chains(self, data)
        self.functions = Functions(self, data)
        self.divisions = Divisions(self, data)
        self.relatedness = Relatedness(self, data)
        self.coagglomeration = Coagglomeration(self, data)
        self.links = Links(self, data)
        self.neighbours = Neighbours(self, data, self.links)
        self.attraction = Attraction(self, data, self.links)
        self.drawn_circles = DrawnCircles(self, data, self.links, self.attraction)
        self.industry_sites = IndustrySites(data, data.facts / "catalog")
        self.compute = Compute(data, data.facts / "catalog")
        self.definitions = Definitions(self, data)
        self.hierarchy = Hierarchy(self, data)
        self.courses = Courses(self, data, self.hierarchy)
        self.gap = Gap(self, data)
        self.claims = Claims(self, data, self.hierarchy)
        self.stories = Stories(
            self.claims.formulas, [one.id for one in self.claims.claims], data.facts / "catalog"
        )
        measured = Measured(
            self,
            data,
            hierarchy=self.hierarchy,
            gap=self.gap,
            structure=self.structure,
            chains=self.chains,
            links=self.links,
        )
        self._planner = Planner(self, data, Witness(self, data, measured.evidence))
        self.role_evidence = Roles(self, data, self._planner.plan)
        self.beijing = BeijingIndustries(self, data)
        self.comparison = Comparisons(self, data)
        self.regional_index = RegionalIndex(data)
        self.timeline = Timeline(self, data)
        self.trends = Trends(self, data)
        self.firms = Firms(self, data)
        self.coupled = Coupled(self, data)
        self.pairs = Pairs(self, data)
        self.space = Space(self, data)
        self.provenance = Provenance(self, data)

    @classmethod
    def load(cls, folder: Path) -> Atlas:
        """Open the atlas from the folder of a finished build, which holds its facts too.

        Raises
        ------
        CacheError
            If the folder holds no finished build.
        """
        return cls(assemble(read_frames(folder), folder))

    @classmethod
    def from_tables(cls) -> Atlas:
        """Compute the atlas from the tables, without a build; takes some seconds.

        It has no spatial statistics, which a build computes from the polygons.
        """
        return cls(assemble(compute_frames(statistics.read_observations())))

    def with_own(self, names: Iterable[str], tell: Callable[[str, OwnError], None]) -> Atlas:
        """Return this atlas with the sets that a reader has brought along beside its own figures.

        Those that cannot be used are left out, and `tell` is told of them.
        """
        sets = whole_sets(names, tell)
        data = with_own(self._data, sets, tell)
        found = [one for one in sets if one.counts_firms]
        if not found:
            return Atlas(data, self)
        from geodata.own.firms.study import own_firms  # noqa: PLC0415 - geometry, for these alone

        sites = [one for one in (*data.clusters, *data.parks) if one.counted_as is None]
        return Atlas(data, self, own_firms(found, data.regions, sites, tell))

    # Places and the layout

    def scheme(self, scheme: str) -> Scheme:
        """Return a scheme of circles; UnknownNameError if there is none."""
        return self._data.layout.scheme(scheme)

    def circle(self, key: str) -> Circle:
        """Return a circle by "scheme/circle"; UnknownNameError if there is none."""
        return self._data.layout.circle(key)

    def circles(self, scheme: str) -> tuple[Circle, ...]:
        """Return the circles of a scheme; UnknownNameError if there is no such scheme."""
        return self._data.layout.scheme(scheme).circles

    def circle_groups(self, scheme: str) -> dict[str, frozenset[str]]:
        """Return the county codes inside each outline of a scheme, as `Layout.circle_groups`."""
        return self._data.layout.circle_groups(scheme)

    def strips(self, area: str) -> tuple[Strip, ...]:
        """Return how far a circle, by its key, or the whole reaches along parallels.

        Empty where the atlas was opened without a build.
        """
        return self._strips.get(area, ())

    @cached_property
    def _strips(self) -> dict[str, tuple[Strip, ...]]:
        found: dict[str, list[Strip]] = {}
        for area, *strip in self._data.strips.itertuples(index=False):
            found.setdefault(area, []).append(tuple(strip))
        return {area: tuple(strips) for area, strips in found.items()}

    def regions(self, level: Level, circle: str | None = None) -> tuple[Place, ...]:
        """Return the regions of a level, in their fixed order.

        With a circle only its full members; a city of which only some counties belong is not
        one of them.
        """
        codes = self._data.regions.codes(level)
        if circle is not None:
            roles = self.roles([circle], level)
            codes = tuple(c for c in codes if roles.get(c) in FULL_ROLES)
        return tuple(self._data.regions.places[c] for c in codes)

    def drawn(self, region: str) -> frozenset[str]:
        """Return the counties within a region as the map draws it: Xiong'an apart from Baoding."""
        regions = self._data.regions
        return regions.drawn.get(region) or regions.counties_of(region)

    def roles(self, circle_keys: Sequence[str], level: Level) -> dict[str, Role]:
        """Return the strongest role of each region of a level in the circles; absent outside."""
        for key in circle_keys:
            self.circle(key)
        return self._data.layout.roles(circle_keys, level)

    def aggregate(
        self, circle_key: str, indicator: str, year: str, benchmark: str = REGION_ID
    ) -> Aggregate:
        """Return a circle's figure with the parts that went in and those it lacks.

        Only full members count, and none twice. What cannot be added up or computed again has
        the value None and says why.
        """
        circle = self.circle(circle_key)
        self._check(indicator, year, benchmark)
        place = self._data.regions.places
        if self._operation(indicator) in {QUOTIENT, CHANGE_OF_QUOTIENT}:
            value = self.value(indicator, circle_key, year, benchmark)
            units = self._data.layout.full_units(circle_key)
            return Aggregate(circle, indicator, value, tuple(place[u] for u in units), ())
        whole = self.whole(indicator, circle_key, year)
        used, lacking = (tuple(place[u] for u in codes) for codes in (whole.used, whole.lacking))
        return Aggregate(circle, indicator, whole.value, used, lacking, whole.subtotal)

    # What a selection shows

    def profile(self, place_id: str, scheme: str = DEFAULT_SCHEME) -> Profile:
        """Return who a place is: its place in the layout, its circles, its key figures."""
        return self.profiles([place_id], scheme)[0]

    def profiles(
        self, place_ids: Sequence[str], scheme: str = DEFAULT_SCHEME
    ) -> tuple[Profile, ...]:
        """Return the profiles of places that stand side by side, with the same figures asked."""
        places = [self.place(place_id) for place_id in place_ids]
        return self._profiler.profiles(places, self._data.layout.scheme(scheme))

    def industry(self, place_id: str, year: str = "2020", benchmark: str = REGION_ID) -> Industry:
        """Return the 19 industries of any place against a benchmark, such as JJJ or CN."""
        return self._data.industries.structure(self.place(place_id), year, benchmark)

    def clusters(self, place_id: str) -> tuple[Site, ...]:
        """Return the named clusters and chains with a named region in a place."""
        return inside(self._data.clusters, self._counties(place_id), self._data.regions)

    def parks(self, place_id: str) -> tuple[Site, ...]:
        """Return the parks and computing sites in a place."""
        return inside(self._data.parks, self._counties(place_id), self._data.regions)

    def all_clusters(self) -> tuple[Site, ...]:
        """Return every named cluster and chain."""
        return self._data.clusters

    def all_parks(self) -> tuple[Site, ...]:
        """Return every park and computing site."""
        return self._data.parks

    def anchors(self) -> tuple[Site, ...]:
        """Return cities, wings, nodes, ports and airports."""
        return self._data.anchors

    def plan(self, place_id: str, scheme: str = DEFAULT_SCHEME) -> tuple[PlanItem, ...]:
        """Return what the plan names for a place, with the evidence; empty without roles."""
        self._data.layout.scheme(scheme)
        return self._planner.plan(self.place(place_id), scheme)

    # Words and provenance

    def source(self, source_id: str, lang: Lang | None = None) -> Source:
        """Return a publication as recorded, or in the words of a language.

        Raises
        ------
        UnknownNameError
            If the id is not in sources.csv.
        """
        sources = self._data.sources_in[lang] if lang else self._data.sources
        try:
            return sources[source_id]
        except KeyError:
            message = f"There is no source {source_id!r}; sources.csv lists all publications."
            raise UnknownNameError(message) from None

    def source_ids(self) -> tuple[str, ...]:
        """Return the ids of all publications, sorted."""
        return tuple(sorted(self._data.sources))

    def note(self, fragment: str, lang: Lang) -> str:
        """Return a note of the tables in a language, as it stands where it has no Chinese."""
        notes = self._data.notes
        return (notes.zh(fragment) or fragment) if lang == "zh" else notes.en(fragment)

    def coverage(self) -> pd.DataFrame:
        """Return how many regions have a figure: indicator, level, year, present, total."""
        return self._coverage.copy()

    @cached_property
    def news(self) -> tuple[Change, ...]:
        """What has changed in the tables, the newest first.

        Raises
        ------
        FactsError
            If a table is in no line of news.csv, or a line of it does not fit.
        """
        facts = self._data.facts
        listed = read_lines(facts / "tables", TABLES_FILE, ["file"])
        tables = {Path(line["file"]).stem for line in listed}
        return read_news(facts / "catalog", tables, self.indicators)

    @cached_property
    def _coverage(self) -> pd.DataFrame:
        rows, known = [], self._published
        for indicator in map(self.indicators.__getitem__, self.own if known else self.indicators):
            for level in LEVELS:
                for year in indicator.years.get(level, ()):
                    column = self._column(indicator.id, year, level, REGION_ID)
                    rows.append((indicator.id, level, year, column.present, len(column.codes)))
        found = pd.DataFrame(rows, columns=["indicator", "level", "year", "present", "total"])
        return pd.concat([known.coverage(), found], ignore_index=True) if known else found

    def _counties(self, place_id: str) -> frozenset[str]:
        if place_id in self._circles:
            return self._data.layout.counties(place_id)
        return self._data.regions.counties_of(place_id)
