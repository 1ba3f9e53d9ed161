"""The lists of named clusters, parks and computing sites, and their rows to take away."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from dash import html

from dashboard.charts import clusters_map
from dashboard.charts.record import Tabled, tabled
from dashboard.charts.rows import joined, value_row
from dashboard.panels import method
from dashboard.panels.compute import compute
from dashboard.panels.industry_sites import industry_sites
from dashboard.panels.scope import scope_of
from dashboard.panels.sites import sites
from dashboard.panels.taking import figures_button
from dashboard.view import CHOICES
from geodata.records import REGION_ID, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Name, Place, Site

NO_STORY: Final = CHOICES["story"][0]
DIGITAL: Final = "digital"


def site_rows(found: Iterable[tuple[Place, Site]], scene: Scene, context: Context) -> Iterator[Row]:
    """Yield a row for each site as it is listed, its size as the value where one is published.

    Parameters
    ----------
    found
        Sites, each with the place that it is listed under.
    scene, context
        Names of places and of kinds; words.
    """
    for place, site in found:
        value = site.scale or Value(None, "", site.year, None, site.source_ids, site.note)
        one = scene.atlas.place(site.regions[0]) if len(site.regions) == 1 else place
        yield value_row(one, (f"site_{site.id}", joined(*_names(site, scene))), value, context)


def _names(site: Site, scene: Scene) -> Iterator[Name]:
    """Yield the name of a site, its kind, level and industry, and what its size is of.

    Of computing power that is its precision, and whether it is built, expected or planned.
    """
    yield site.name
    (power,) = scene.atlas.compute.of((site,)) or (None,)
    about = (
        (f"{site.what}_kind", site.kind),
        ("cluster_level", site.level),
        ("cluster_industry", site.industry),
        ("site_metric", site.metric if site.scale else ""),
        ("precision", power.precision if power else ""),
        ("compute_stage", power.stage if power else ""),
    )
    for vocabulary, key in about:
        if key:
            yield scene.atlas.term(vocabulary, key)


def of_places(scene: Scene, places: Sequence[Place]) -> list[tuple[Place, tuple[Site, ...]]]:
    """Return the clusters and parks of each place."""
    return [(p, (*scene.atlas.clusters(p.id), *scene.atlas.parks(p.id))) for p in places]


def power_of(scene: Scene, places: Sequence[Place], context: Context) -> list[Component]:
    """Return the computing power of the places, nothing where they have none."""
    atlas = scene.atlas
    parks = tuple(dict.fromkeys(chain.from_iterable(atlas.parks(place.id) for place in places)))
    power = compute(atlas.compute.of(parks), atlas.compute.conflicts(parks), context)
    return [power] if power else []


def _listed(scene: Scene, places: Sequence[Place], context: Context) -> Iterator[Row]:
    found = of_places(scene, places)
    yield from site_rows(((place, site) for place, part in found for site in part), scene, context)


def _of_explore(scene: Scene, view: View) -> Component:
    """List the sites; the story of the digital clusters has begun with the computing power."""
    context, places = scene.context(view), scene.subjects(view)
    power = [] if view.story == DIGITAL else power_of(scene, places, context)
    return html.Div([sites(of_places(scene, places), context), *power])


def _of_place(scene: Scene, view: View) -> Component:
    context, place = scene.context(view), scene.subject(view)
    note = method.note("explore", "sites", context.t)
    taken = figures_button("place", context.t, "sites")
    return html.Div([sites(of_places(scene, [place]), context), note, taken])


def _of_industry(scene: Scene, view: View) -> Component:
    found, unmatched = clusters_map.records(scene, view), scene.atlas.industry_sites.unmatched
    return industry_sites(scope_of(scene, view), found, unmatched, scene.context(view))


def _industry_rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    whole = scene.atlas.place(REGION_ID)
    found = clusters_map.records(scene, view)
    yield from site_rows(((whole, site) for site in found), scene, context)


EXPLORE: Final = Tabled(
    "explore",
    "sites",
    _of_explore,
    lambda scene, view, context: _listed(scene, scene.subjects(view), context),
    lambda _: "panel.sites",
    lambda _: "sites",
)
PLACE: Final = Tabled(
    "place",
    "sites",
    _of_place,
    lambda scene, view, context: _listed(scene, [scene.subject(view)], context),
    lambda _: "panel.sites",
    lambda _: "sites",
)
CLUSTERS: Final = tabled("clusters", "sites", _of_industry, _industry_rows)
