"""From a View to what the figures draw: the atlas is asked here, and nowhere in a figure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboard.companion import alike, companion
from dashboard.lettering import plain, short
from dashboard.map.figure import (
    FILL,
    REGION_BOUNDS,
    SIZED,
    Bounds,
    Outline,
    Picture,
    Point,
    Renderer,
)
from dashboard.map.fill import Fill, make_fill, trace_update
from dashboard.map.paired import paired_update
from dashboard.map.points import Dot, site_dots
from dashboard.map.schemes import scheme_lines
from dashboard.map.sized import NO_CIRCLES, circles_update
from dashboard.pairing import pairing
from dashboard.palette import INK, Theme, circle_colours
from dashboard.text import text
from dashboard.units import counted, places_in, shifted
from dashboard.view import View, Vocabulary
from dashboard.wording import Context
from geodata.ids import DEFAULT_SCHEME, HEBEI
from geodata.places.sites import GATES, distinct
from geodata.records import FULL_ROLES, LEVELS, MAP_LEVELS, PARTIAL_ROLES, REGION_ID, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dashboard.companion import Companion
    from dashboard.pairing import Pairing
    from dashboard.web.stale import Stale
    from geodata.atlas import Atlas
    from geodata.records import Column, Lang, Level, Place, Site, Source

DEFAULT_INDICATOR = "lq_manufacturing"
PAD_DEGREES = 0.35
"""Room around the label points of a circle, about half a county."""
NEARLY = 0.9
"""Share of the fullest year's places that a year must cover to be shown first."""
TOWNS = frozenset({"regional_centre", "node"})
SHOWN_ROLES: frozenset[Role] = FULL_ROLES | PARTIAL_ROLES
WINGS, CITIES = ("tongzhou", "xiongan"), ("beijing", "tianjin")


@dataclass(frozen=True, slots=True)
class Scene:
    """The atlas and where its geometry is to be fetched; makes what the page draws.

    `local` tells that the reader sits at this machine and may bring figures along.
    """

    atlas: Atlas
    url: Callable[[str], str]
    vocabulary: Vocabulary
    stale: Stale | None = None
    local: bool = False

    def context(self, view: View) -> Context:
        """Return what charts and panels need to speak to the reader of this view."""
        atlas, lang = self.atlas, view.lang

        def href(place: str) -> str:
            if "/" in place:
                scheme, _, circle = place.partition("/")
                return view.query(scheme=scheme, circle=(circle,), regions=())
            return view.query(regions=() if place == REGION_ID else (place,))

        return Context(
            t=text(lang),
            href=href,
            source=lambda source_id: self.publication(source_id, lang),
            term=atlas.term,
            place=atlas.place,
            scheme=atlas.scheme,
            note=lambda fragment: atlas.note(fragment, lang),
        )

    def publication(self, source_id: str, lang: Lang) -> Source:
        """Return a publication as screen or print names it; a translated title is marked so."""
        source = self.atlas.source(source_id, lang)
        if not source.rendered:
            return source
        return replace(source, title=text(lang)("panel.rendered", title=source.title))

    def fill(self, view: View) -> Fill:
        """Colour the indicator of the view; the limits come from all its years together.

        Beside a second map of a like indicator they come from both. Limits of the reader's own
        stand in the address in the unit of the publication.
        """
        indicator = self.atlas.indicators[view.indicator]
        second = self.second(view).view
        shared = second and view.indicator != second.indicator and self.shares(view, second)
        beside = self.columns(second) if second and shared else []
        moved = places_in(indicator.unit, view.lang)
        return make_fill(
            counted(indicator, view.lang),
            counted(self.columns(view), view.lang),
            view.year,
            method=view.classes,
            k=view.k,
            limits=tuple(shifted(limit, moved) for limit in view.limits),
            roles=self.roles(view),
            sized=self.sized(view),
            beside=counted(beside, view.lang),
        )

    def columns(self, view: View) -> list[Column]:
        """Return the figures of the view's indicator, a column for each year."""
        return [
            self.atlas.values(view.indicator, year, view.level, view.benchmark)
            for year in self.atlas.indicators[view.indicator].years[view.level]
        ]

    def second(self, view: View) -> Companion:
        """Return the second of two maps, or why there is none."""
        return companion(view, self.atlas.indicators, self.vocabulary.usual)

    def shares(self, view: View, other: View) -> bool:
        """Tell whether two maps have one set of limits, or one scale of circles."""
        indicators = self.atlas.indicators
        return alike(indicators[view.indicator], indicators[other.indicator])

    def pairing(self, view: View) -> Pairing:
        """Return both indicators on one map, or why they do not go together."""
        return pairing(view, self.atlas.indicators, self.columns, self.roles)

    def sized(self, view: View) -> bool:
        """Tell whether the figures are totals drawn as circles, to which no class applies."""
        return self.atlas.indicators[view.indicator].summable and view.draw == "circles"

    def colours(self, view: View, theme: Theme) -> dict[int, dict[str, Any]] | None:
        """Return what a change of colour sets in the traces of areas and circles, by their place.

        None without colours.
        """
        if not view.shows("fill"):
            return None
        t, term = text(view.lang), self.atlas.term
        if both := self.pairing(view).paired:
            return {FILL: paired_update(both, t, INK[theme], term), SIZED: dict(NO_CIRCLES)}
        fill = self.fill(view)
        return {
            FILL: trace_update(fill, t, INK[theme], term),
            SIZED: circles_update(fill, t, term),
        }

    def roles(self, view: View) -> Mapping[str, Role] | None:
        """Return the role of each region in the chosen circles; None without a choice."""
        return self.atlas.roles(view.circle_keys, view.level) if view.circle else None

    def picture(self, view: View, renderer: Renderer, theme: Theme) -> Picture:
        """Put together all that the map shows."""
        t = text(view.lang)
        places = self.atlas.regions(view.level)
        level_file = "county" if view.level == "county" else "prefecture"
        anchors = {site.id: site for site in self.atlas.anchors()}
        coloured = self.colours(view, theme) or {}
        return Picture(
            renderer=renderer,
            theme=theme,
            urls={
                "area": self.url(f"{level_file}-overview.geojson"),
                "county": self.url("county-overview.geojson"),
                "city": self.url("prefecture-overview.geojson"),
                "circles": self.url(f"circle-{view.scheme}-overview.geojson"),
                "province": self.url("province-overview.geojson"),
                "names": self.url(f"label-county-{view.lang}.geojson"),
            },
            cities_codes=[p.id for p in self.atlas.regions("city")],
            provinces_codes=[p.id for p in self.atlas.regions("province")],
            codes=[p.id for p in places],
            names=[p.label[view.lang] for p in places],
            fill=coloured.get(FILL),
            sized=coloured.get(SIZED),
            points=[(p.lon or 0, p.lat or 0) for p in places] if coloured else (),
            chosen=self.chosen(view.regions),
            lit=self.lit(view),
            circles=self.outlines(view) if view.shows("circles") else (),
            lines=view.shows("lines"),
            labels=view.shows("labels"),
            cities=_dots(anchors, CITIES, view) if view.shows("cities") else (),
            wings=_dots(anchors, WINGS, view, CITIES[0]) if view.shows("cities") else (),
            towns=self.towns(view, anchors.values()) if view.shows("labels") else (),
            dots={name: site_dots(sites, t) for name, sites in self.sites(view).items()},
            bounds=self.bounds(view),
            within=self._cities_of(view.level),
            land=self.atlas.strips(REGION_ID),
            focus="|".join((view.scheme, *view.circle)) if view.circle else "region",
        )

    def _cities_of(self, level: Level) -> list[str]:
        """Return the city that each county lies in as the map draws them; none for cities."""
        if level != "county":
            return []
        cities = self.atlas.regions("city")
        city_of = {code: city.id for city in cities for code in self.atlas.drawn(city.id)}
        return [city_of[county.id] for county in self.atlas.regions(level)]

    def chosen(self, regions: Sequence[str]) -> tuple[list[str], ...]:
        """Split the selection into the places of each level."""
        levels = [self._outlined(code) for code in regions]
        return tuple(
            [code for code, own in zip(regions, levels, strict=True) if own == level]
            for level in LEVELS
        )

    def _outlined(self, code: str) -> str:
        """Return whose file has the outline of a place: a municipality is drawn as a city."""
        level = "county" if self.atlas.place(code).kind == "county" else "city"
        return "province" if code == HEBEI else level

    def lit(self, view: View) -> list[str]:
        """Return the counties and cities that the selection holds or lies in."""
        counties = self._counties(view)
        areas = (area.id for level in MAP_LEVELS for area in self.atlas.regions(level))
        return [area for area in areas if counties & self.atlas.drawn(area)]

    def around_chosen(self, view: View) -> Bounds | None:
        """Return the box of the selection; None without one that has a place on the map."""
        counties = self._counties(view)
        found = [p for p in self.atlas.regions("county") if p.id in counties and p.lon is not None]
        return self.around(found) if found else None

    def _counties(self, view: View) -> frozenset[str]:
        return frozenset[str]().union(*map(self.atlas.drawn, view.regions))

    def outlines(self, view: View) -> tuple[Outline, ...]:
        """Return the circles of the scheme, the chosen ones marked."""
        groups = self.atlas.circle_groups(view.scheme)
        colours = self.circle_colours(view.scheme)
        return tuple(
            Outline(
                key=circle.key,
                name=short(circle.name[view.lang]),
                colour=colours[circle.key],
                strips=self.atlas.strips(circle.key),
                shapes=tuple(g for g in groups if g.partition("#")[0] == circle.key),
                chosen=circle.key in view.circle_keys,
            )
            for circle in self.atlas.circles(view.scheme)
        )

    def lines_over(self, view: View, renderer: Renderer) -> Iterator[dict[str, Any]]:
        """Yield the lines of the schemes that the reader laid over the chosen one."""
        for at, scheme in enumerate(view.over):
            url = self.url(f"circle-{scheme}-overview.geojson")
            yield from scheme_lines(self.outlines(replace(view, scheme=scheme)), url, at, renderer)

    def circle_colours(self, scheme: str) -> dict[str, str]:
        """Return the colour of each circle of a scheme by its key, alike on map and charts."""
        ids = self.vocabulary.circles
        found = circle_colours(ids[scheme], ids[self.vocabulary.scheme])
        return {f"{scheme}/{one}": colour for one, colour in found.items()}

    def bounds(self, view: View) -> Bounds:
        """Return the box of the chosen circles with what they radiate to, or of the region."""
        points = _points(self.atlas, view.circle_keys, SHOWN_ROLES) if view.circle else []
        return _around(points) if points else REGION_BOUNDS

    def around(self, places: Iterable[Place]) -> Bounds:
        """Return the box of some counties, at least one of which has a place on the map."""
        return _around([(p.lon, p.lat) for p in places if p.lon is not None and p.lat is not None])

    def towns(self, view: View, anchors: Iterable[Site]) -> list[Dot]:
        """Return the other cities of the layout, small and named."""
        return [_dot(a, view) for a in anchors if a.kind in TOWNS and a.lon is not None]

    def sites(self, view: View) -> dict[str, list[Site]]:
        """Return the sites of each point layer that is on, each once, as the reader asked."""
        parks = self.atlas.all_parks()
        layers = {
            "clusters": [s for s in self.atlas.all_clusters() if _is(s.industry, "clusters", view)],
            "parks": [s for s in parks if s.kind != "computing" and _is(s.kind, "parks", view)],
            "computing": [s for s in parks if s.kind == "computing"],
            "gates": [s for s in self.atlas.anchors() if s.kind in GATES],
        }
        return {name: list(distinct(rows)) for name, rows in layers.items() if view.shows(name)}

    def subjects(self, view: View) -> tuple[Place, ...]:
        """Return what the panels speak of: the selection, else the circles, else the whole."""
        ids = view.regions or view.circle_keys or (REGION_ID,)
        return tuple(self.atlas.place(i) for i in ids)

    def subject(self, view: View) -> Place:
        """Return what a page about one place speaks of: the first of `subjects`."""
        return self.subjects(view)[0]


def _around(points: Sequence[Point]) -> Bounds:
    lons, lats = zip(*points, strict=True)
    west, south, east, north = min(lons), min(lats), max(lons), max(lats)
    return west - PAD_DEGREES, south - PAD_DEGREES, east + PAD_DEGREES, north + PAD_DEGREES


def _points(atlas: Atlas, keys: Iterable[str], roles: frozenset[Role]) -> list[Point]:
    """Return the label points of the counties that hold one of `roles` in the circles."""
    inside = atlas.roles(list(keys), "county")
    return [
        (p.lon, p.lat)
        for p in atlas.regions("county")
        if inside.get(p.id) in roles and p.lon is not None and p.lat is not None
    ]


def vocabulary(atlas: Atlas) -> Vocabulary:
    """Return the ids that a query may name."""
    regions = [p.id for level in LEVELS for p in atlas.regions(level)]
    clusters, parks = distinct(atlas.all_clusters()), distinct(atlas.all_parks())
    return Vocabulary(
        circles={s.id: [c.id for c in s.circles] for s in atlas.schemes},
        years={i.id: i.years for i in atlas.indicators.values() if set(i.years) & set(MAP_LEVELS)},
        usual=usual_years(atlas),
        regions=frozenset(regions),
        filters={
            "clusters": sorted({s.industry for s in clusters if s.industry}),
            "parks": sorted({s.kind for s in parks if s.kind != "computing"}),
        },
        scheme=DEFAULT_SCHEME,
        indicator=DEFAULT_INDICATOR,
        firms=tuple(one.name for one in atlas.own_firms),
    )


def usual_years(atlas: Atlas) -> dict[str, dict[Level, str]]:
    """Return the year to show first: the latest that covers nearly as many places as any."""
    usual: dict[str, dict[Level, str]] = {
        i.id: {level: years[-1] for level, years in i.years.items() if years}
        for i in atlas.indicators.values()
    }
    for (indicator, level), rows in atlas.coverage().groupby(["indicator", "level"]):
        full = rows[rows["present"] >= NEARLY * rows["present"].max()]
        if indicator in usual and level in usual[indicator]:
            usual[indicator][level] = str(full["year"].max())
    return usual


def _is(kind: str, layer: str, view: View) -> bool:
    wanted = view.narrowed(layer)
    return not wanted or kind in wanted


def _dots(
    anchors: Mapping[str, Site], ids: Sequence[str], view: View, beside: str = ""
) -> list[Dot]:
    """Mark some anchors, named without the place they stand `beside`, whose name is there."""
    core = anchors[beside].name[view.lang] if beside in anchors else ""
    dots = [_dot(anchors[i], view) for i in ids if i in anchors]
    return [replace(dot, label=_capital(dot.label.removeprefix(core).strip())) for dot in dots]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _dot(site: Site, view: View) -> Dot:
    name = site.name[view.lang].partition("（")[0].partition(" (")[0]
    target = site.regions[0] if site.regions else ""
    return Dot(site.lon or 0, site.lat or 0, plain(site.name[view.lang]), target, label=name)
