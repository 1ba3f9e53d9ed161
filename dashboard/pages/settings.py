"""What the controls show for a view: every property of theirs that depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.charts.compared import chosen_system, city_systems
from dashboard.lettering import short
from dashboard.text import text
from dashboard.view import CHOICES, LAYERS, View
from dashboard.wording import year_text
from geodata.studies.gravity import GRAVITY

if TYPE_CHECKING:
    from collections.abc import Collection

    from dash.development.base_component import Component

    from dashboard.scene import Scene
    from dashboard.text import Text
    from geodata.records import Indicator

ALWAYS: Final = ("language", "scheme-said")
"""What follows the address on every page."""
PLAYED: Final = 3
"""Years from which on they can be played one after the other."""
Settings = dict[str, dict[str, Any]]
"""Component id → property → value."""


def settings(scene: Scene, view: View) -> Settings:
    """Return the settings of every control of the atlas.

    A control that writes one of `view.CHOICES` has the parameter's name as its id.
    """
    t, both = text(view.lang), scene.pairing(view).paired is not None
    return {
        "scheme": {"value": view.scheme},
        "rule": {"children": ruled(scene, view)},
        "over": {"value": list(view.over), "data": others(scene, view)},
        "scheme-said": {"children": scheme_said(scene, view)},
        "circles": {"children": circle_chips(scene, view), "value": list(view.circle)},
        "level": {"value": view.level},
        "indicator": {"value": view.indicator},
        "across": {"value": view.across},
        "firms": {"value": view.firms or next(iter(scene.vocabulary.firms), None)},
        "division": {"value": view.division},
        "since": {"value": view.since},
        "until": {"value": view.until},
        "definition": {"children": defined(scene.atlas.indicators[view.indicator], t)},
        "year": year_settings(scene, view),
        "year-shown": {"children": view.year},
        "play": {"hidden": len(years_shown(scene, view)) < PLAYED},
        "classes": {"value": view.classes},
        "k": {"value": str(view.k)},
        "limits": {"value": ", ".join(f"{x:.12g}" for x in view.limits)},
        **{name: {"value": getattr(view, name)} for name in CHOICES},
        "drawing": {"hidden": both or not scene.atlas.indicators[view.indicator].summable},
        "pulling": {"hidden": view.links != GRAVITY},
        "classification": {"hidden": both or scene.sized(view)},
        "system": system_settings(scene, view),
        "exponent": {"value": float(view.exponent)},
        "alpha": {"value": float(view.alpha)},
        "layers": {"value": [name for name in LAYERS if view.shows(name)]},
        "filter-clusters": {"value": list(view.narrowed("clusters"))},
        "filter-parks": {"value": list(view.narrowed("parks"))},
        "regions": {"value": list(view.regions)},
        "place": {"value": scene.subject(view).id},
        "language": {"value": view.lang},
    }


def told(found: Settings, path: str, ids: Collection[str]) -> dict[str, Any]:
    """Return what the browser is told, for the store `view`: a page's controls as they now are.

    It sets them so, and knows by them that following the address is no act of the reader.
    """
    return {"path": path, "settings": {name: found[name] for name in (*ids, *ALWAYS)}}


def defined(indicator: Indicator, t: Text) -> list[Component]:
    """Return the first sentence of a definition, and the others to unfold."""
    stop = t("shell.stop")
    first, found, rest = indicator.definition[t.lang].partition(stop)
    if not rest:
        return [html.Summary(first + found.rstrip())]
    more = html.Span(t("shell.read_on"), className="read-on")
    return [html.Summary([first + stop.rstrip(), " ", more]), html.P(rest)]


def ruled(scene: Scene, view: View) -> list[Component]:
    """Return who published the scheme and when, and its rule to unfold."""
    t, scheme = text(view.lang), scene.atlas.scheme(view.scheme)
    publisher = scene.publication(scheme.source_ids[0], view.lang).publisher
    told = t("shell.scheme_told", year=year_text(scheme.year, t))
    more = html.Span(t("shell.read_on"), className="read-on")
    first = html.Summary([html.Span(publisher, className="publisher"), told, " ", more])
    return [first, html.P(scheme.definition[t.lang])]


def others(scene: Scene, view: View) -> list[dict[str, str]]:
    """Return the schemes that can be laid over the chosen one."""
    found = (one for one in scene.atlas.schemes if one.id != view.scheme)
    return [{"value": one.id, "label": one.name[view.lang]} for one in found]


def scheme_said(scene: Scene, view: View) -> str:
    """Return what stands beside the title: the lines of the usual scheme, or another's name."""
    if view.scheme == scene.vocabulary.scheme:
        return text(view.lang)("shell.subtitle")
    return scene.atlas.scheme(view.scheme).name[view.lang]


def circle_chips(scene: Scene, view: View) -> list[Component]:
    """Return a chip for each circle of the scheme."""
    return [
        dmc.Chip(short(circle.name[view.lang]), value=circle.id, size="xs", radius="sm")
        for circle in scene.atlas.circles(view.scheme)
    ]


def system_settings(scene: Scene, view: View) -> dict[str, Any]:
    """Return the city systems to choose from: region, provinces, circles of the scheme."""
    systems = city_systems(scene, view)
    return {
        "value": chosen_system(systems, view),
        "data": [
            {"value": value, "label": scope.name[view.lang]} for value, scope in systems.items()
        ],
    }


def year_settings(scene: Scene, view: View) -> dict[str, Any]:
    """Return the slider of years of the view's indicator and level."""
    years = [slot(year) for year in years_shown(scene, view)]
    return {
        "min": years[0],
        "max": years[-1] + (len(years) == 1),
        "marks": year_marks(years),
        "value": slot(view.year),
        "disabled": len(years) == 1,
    }


def years_shown(scene: Scene, view: View) -> tuple[str, ...]:
    """Return the years of the view's indicator at its level."""
    return scene.atlas.indicators[view.indicator].years[view.level]


def slot(year: str) -> int:
    """Return where a year stands on the slider; a period like 2010-2020 at its end."""
    return int(year[-4:])


def year_marks(years: list[int]) -> list[dict[str, Any]]:
    """Return a mark per year, labelled where the labels do not run into each other."""
    if len(years) == 1:
        return [{"value": years[0], "label": str(years[0])}]
    apart = max(2, -(-(years[-1] - years[0]) // 4))
    marks: list[dict[str, Any]] = []
    last = None
    for year in years:
        mark: dict[str, Any] = {"value": year}
        close_to_end = year != years[-1] and years[-1] - year < apart
        if last is None or (year - last >= apart and not close_to_end) or year == years[-1]:
            mark["label"] = str(year)
            last = year
        marks.append(mark)
    return marks
