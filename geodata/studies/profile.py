"""Who a place is: its place in the layout, the circles it belongs to, its key figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geodata.ids import PROVINCES
from geodata.measures.wholes import ALIKE
from geodata.places.sites import GATES, POINTS
from geodata.records import (
    CITY_KINDS,
    FULL_ROLES,
    REGION_ID,
    WHOLE_KINDS,
    Circle,
    Comparison,
    KeyFigure,
    Level,
    Membership,
    Name,
    Place,
    PlaceKind,
    Profile,
    Scheme,
    Value,
)
from geodata.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings

CENSUS: Final = ("population", "population_change", "population_density", "urban_share_census")
YEARLY: Final = ("gdp", "gdp_per_capita", "gdp_tertiary_share")
KEY_FIGURES: Final[dict[PlaceKind, tuple[str, ...]]] = {
    "county": (*CENSUS, "tertiary_education_share", "gdp", "gdp_per_head_census"),
    "city": (*CENSUS[:3], *YEARLY, "urbanization", "emp_sample_total"),
    "new_area": (*CENSUS, "tertiary_education_share", "emp_sample_total"),
    "province": (*CENSUS[:3], *YEARLY, "urbanization", "emp_sample_total"),
    "circle": (*CENSUS, *YEARLY, "emp_sample_total"),
    "region": (*CENSUS, *YEARLY, "emp_sample_total"),
}
"""The figures of a profile by kind of place, in order; those without any value are left out."""

MOST_OWN: Final = 12
"""Own figures that follow them, those brought along last."""

WIDE: Final = 0.8
"""A rank needs company: a year counts where it has this part of the best-covered year's places."""

PART_NOTE: Final = "{full} of {all} county units are full members"
XIONGAN_NOTE: Final = Name(
    "雄安新区按雄县、容城、安新三县计；托管的乡镇未绘入，是否计入各县数字以资料为准。",
    "Xiong'an is the sum of Xiongxian, Rongcheng and Anxin; the townships in its custody are not "
    "drawn, and are in the figures only where the tables put them there.",
)
ZONE_NOTE: Final = Name(
    "普查把{zones}单列，其数字不在本县（市、区）内，但在全市合计之内。",
    "The census counts {zones} apart: not in the figures of this unit, but in those of its city.",
)


def rank_level(place: Place) -> Level | None:
    """Return the level among whose places one is ranked; None for a circle and the whole."""
    if place.kind in WHOLE_KINDS:
        return None
    if place.kind == "county":
        return "county"
    return "city" if place.kind in CITY_KINDS else "province"


class Profiler(Study):
    """Answers `Atlas.profile`."""

    def __init__(self, readings: Readings, data: AtlasData) -> None:
        super().__init__(readings, data)
        self._anchors = {
            region: [a for a in data.anchors if region in a.regions and a.kind not in GATES]
            for region in {r for a in data.anchors for r in a.regions}
        }

    def profiles(self, places: Sequence[Place], scheme: Scheme) -> tuple[Profile, ...]:
        """Return the profiles of places beside one another: each is asked all figures of any."""
        own = self._readings.own[-MOST_OWN:]
        asked = dict.fromkeys(key for place in places for key in (*KEY_FIGURES[place.kind], *own))
        return tuple(self._profile(place, scheme, asked) for place in places)

    def _profile(self, place: Place, scheme: Scheme, asked: Iterable[str]) -> Profile:
        """Return the profile of a place, compared with its circle in a scheme."""
        circle = self._data.layout.circle(place.id) if place.kind == "circle" else None
        whole = self._readings.place(REGION_ID)
        memberships = () if place.kind in WHOLE_KINDS else self._memberships(place)
        return Profile(
            place=place,
            parents=(whole,) if circle else self._data.regions.parents(place.id),
            layout=self._layout(place),
            memberships=memberships,
            members=tuple((self._readings.place(m.place), m.role, m.note) for m in circle.members)
            if circle
            else (),
            missing_members=circle.missing if circle else None,
            figures=self._figures(asked, place, self._larger(place, scheme, memberships)),
            notes=self._notes(place),
            layout_sources=self._planners(place),
        )

    def _layout(self, place: Place) -> tuple[Name, ...]:
        if place.kind == "region":
            rows = (r for r in self._data.roles if r["aspect"] == "layout")
            return tuple(Name(r["name_zh"], r["name_en"]) for r in rows)
        if place.kind == "circle":
            return (self._data.layout.scheme(place.id.partition("/")[0]).name,)
        anchors = self._anchors.get(place.id, ())
        return tuple(self._readings.term("anchor_role", a.level) for a in anchors)

    def _planners(self, place: Place) -> tuple[str, ...]:
        """Return the sources of a place's part in the layout, without those of its point."""
        named = (i for a in self._anchors.get(place.id, ()) for i in a.source_ids)
        return tuple(dict.fromkeys(i for i in named if i not in POINTS))

    def _memberships(self, place: Place) -> tuple[Membership, ...]:
        """Return the circles of a place; a city that merely holds some members is "partial"."""
        found = []
        regions = self._data.regions
        for circle, role, member in self._data.layout.circles_of(place.id):
            within = regions.counties_of(place.id) <= regions.counties_of(member.place)
            if within:
                via = regions.places[member.place]
                found.append(Membership(circle, role, via, member.note))
            elif place.kind in CITY_KINDS:
                found.append(Membership(circle, "partial", place, self._part(circle, place)))
        return tuple(found)

    def _part(self, circle: Circle, place: Place) -> str:
        full = self._data.layout.counties(circle.key)
        own = self._data.regions.drawn[place.id]
        return PART_NOTE.format(full=len(own & full), all=len(own))

    def _larger(
        self, place: Place, scheme: Scheme, memberships: tuple[Membership, ...]
    ) -> tuple[Place, ...]:
        """Return what a place is compared with: its circle in the scheme, and the whole."""
        if place.kind == "region":
            return ()
        own = [m for m in memberships if m.circle.scheme == scheme.id]
        full = [m for m in own if m.role in FULL_ROLES]
        circles = [self._readings.place(m.circle.key) for m in full[:1]]
        return (*circles, self._readings.place(REGION_ID))

    def _figures(
        self, asked: Iterable[str], place: Place, larger: tuple[Place, ...]
    ) -> tuple[KeyFigure, ...]:
        found = (self._figure(i, place, larger) for i in asked)
        return tuple(f for f in found if f is not None)

    def _figure(self, indicator: str, place: Place, larger: tuple[Place, ...]) -> KeyFigure | None:
        entry = self._readings.indicator(indicator)
        if place.kind in WHOLE_KINDS:
            return self._whole_figure(indicator, place, larger)
        level = self._data.regions.level_of(place.id)
        year = self._latest(indicator, place, level)
        if year is None:
            return None
        column = self._readings.values(indicator, year, level)
        at = column.codes.index(place.id)
        value = column.values[at]
        ranked = year in self._wide_years(indicator, level)
        return KeyFigure(
            indicator=entry,
            value=value,
            rank=column.rank[at] if ranked else None,
            of=column.present if ranked else 0,
            comparisons=self._comparisons(indicator, place, value, larger),
        )

    def _latest(self, indicator: str, place: Place, level: Level) -> str | None:
        """Return the latest year in which a place and most of its level have a figure.

        Failing that, the latest in which the place has one: it is shown without a rank.
        A province takes the year of the cities where it can: Beijing and Tianjin stand beside
        Hebei as cities, and one year must do for the three.
        """
        wide = self._wide_years(indicator, level)
        shared = wide & self._wide_years(indicator, "city") if level == "province" else wide
        every = sorted(self._readings.indicator(indicator).years.get(level, ()), reverse=True)
        for year in (*sorted(shared or wide, reverse=True), *every):
            column = self._readings.values(indicator, year, level)
            if column.values[column.codes.index(place.id)].value is not None:
                return year
        return None

    def _wide_years(self, indicator: str, level: Level) -> set[str]:
        """Return the years that cover nearly as many places of a level as any year does."""
        years = self._readings.indicator(indicator).years.get(level, ())
        columns = [self._readings.values(indicator, year, level) for year in years]
        least = WIDE * max((c.present for c in columns), default=0)
        return {c.year for c in columns if c.present >= least}

    def _whole_figure(
        self, indicator: str, place: Place, larger: tuple[Place, ...]
    ) -> KeyFigure | None:
        """Return a whole's figure of the latest year that has a total.

        A circle without a total in any year has none, and its widest subtotal; without that too,
        the gap of its widest year, which says why there is no total.
        """
        years = reversed(self._readings.years(indicator, place.id))
        wholes = [self._readings.whole(indicator, place.id, year) for year in years]
        totals = [w for w in wholes if w.value.value is not None]
        partial = [w for w in wholes if w.subtotal]
        gaps = [w for w in wholes if w.value.note and place.kind == "circle"]
        if not totals and not partial and not gaps:
            return None
        best = (totals or sorted(partial or gaps, key=lambda w: len(w.lacking)))[0]
        return KeyFigure(
            indicator=self._readings.indicator(indicator),
            value=best.value,
            rank=None,
            of=0,
            comparisons=self._comparisons(indicator, place, best.value, larger) if totals else (),
            lacking=tuple(self._data.regions.places[c] for c in best.lacking),
            subtotal=best.subtotal,
        )

    def _comparisons(
        self, indicator: str, place: Place, value: Value, larger: tuple[Place, ...]
    ) -> tuple[Comparison, ...]:
        """Compare with larger places that lack no part; only amounts have a share in them.

        Part and whole stand in one kind of figure: the revised GDP of a province in that of the
        three, all others on the basis of the cities. A rate shown in one kind is set beside no
        rate of the other.
        """
        found = []
        summable = self._readings.indicator(indicator).summable
        for above in larger:
            revised = place.id in PROVINCES and above.kind == "region"
            name = indicator if revised else ALIKE.get(indicator, indicator)
            whole = self._readings.whole(name, above.id, value.year)
            there = whole.value
            if there.value is None or whole.lacking:
                continue
            of_city = name != indicator and place.kind in {"city", "province"}
            own = self._readings.value(name, place.id, value.year) if of_city else value
            if not summable and own.value != value.value:
                continue
            share = own.value / there.value if summable and own.value and there.value else None
            compared = self._readings.indicator(name)
            found.append(Comparison(above, compared, there, share))
        return tuple(found)

    def _notes(self, place: Place) -> tuple[Name, ...]:
        if place.kind == "circle":
            note = self._data.layout.circle(place.id).note
            return (note,) if note.zh else ()
        if place.kind == "new_area":
            return (XIONGAN_NOTE,)
        if place.kind != "county":
            return ()
        zones = self._data.workforce["2020"].zones
        apart = sorted(zone for zone, where in zones.items() if place.id in where)
        if not apart:
            return ()
        joined = {"zones": "、".join(apart)}
        return (Name(ZONE_NOTE.zh.format(**joined), ZONE_NOTE.en.format(**joined)),)
