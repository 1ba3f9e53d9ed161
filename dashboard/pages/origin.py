"""The drawer that tells where a number comes from: one on all pages, filled when it is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from dashboard.asked import BETWEEN
from dashboard.attributes import aria
from dashboard.pages.address import ADDRESS, view_of
from dashboard.panels.origin import Origin, Part, card, refusal
from dashboard.static import static
from dashboard.text import text
from geodata.errors import AtlasError
from geodata.figures import depends_on_benchmark
from geodata.ids import NATION, NATION_CODE
from geodata.measures.workforce import BENCHMARKS
from geodata.records import LEVELS, REGION_ID, WHOLE_KINDS

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Name, Place
    from geodata.studies.provenance import Ingredient

LONGEST: Final = 200
"""Characters of what may be asked."""
PARTS: Final = (3, 4)
"""Parts of the name of a figure; the fourth is the benchmark."""
OF_A_CLICK: Final = "circle:"
"""Stands before a circle where a mark names what a click on it selects."""


def drawer() -> list[Component]:
    """Return the drawer, empty and closed, and what the browser asks it for."""
    return [
        dcc.Store(id="origin-asked"),
        html.Dialog(html.Div(id="origin-card"), id="origin", **aria(labelledby="origin-title")),
    ]


def origin_of(scene: Scene, view: View, asked: object) -> Origin | None:
    """Return the figure asked for; None where there is no such figure.

    Parameters
    ----------
    asked
        Indicator, place, year and, if it is another than that of the view, the benchmark; without
        an indicator or a year those of the view.
    """
    parts = asked.split(BETWEEN) if isinstance(asked, str) and len(asked) <= LONGEST else []
    if len(parts) not in PARTS:
        return None
    name, place, year = parts[0] or view.indicator, parts[1], parts[2] or view.year
    place = place.removeprefix(OF_A_CLICK)
    view = replace(view, benchmark=parts[3]) if parts[3:] else view
    atlas = scene.atlas
    try:
        indicator, found = atlas.indicators[name], atlas.place(place)
        value = atlas.value(name, place, year, view.benchmark)
        circle = place if found.kind == "circle" else ""
        whole = atlas.aggregate(circle, name, year, view.benchmark) if circle else None
        made_of = atlas.provenance.ingredients(name, place, year, view.benchmark)
    except (AtlasError, KeyError):
        return None
    of = [Part(_what(scene, p), _where(scene, p), p.value) for p in made_of]
    subtotal = whole.subtotal if whole else None
    return Origin(found, indicator, value, of, _query(scene, view, found, name, year), subtotal)


def _what(scene: Scene, part: Ingredient) -> Name:
    return scene.atlas.indicators[part.indicator].name


def _where(scene: Scene, part: Ingredient) -> Name:
    if part.place == NATION_CODE:
        return scene.atlas.term("benchmark", NATION)
    if part.place in BENCHMARKS:
        return scene.atlas.term("benchmark", part.place)
    return scene.atlas.place(part.place).label


def _query(scene: Scene, view: View, place: Place, indicator: str, year: str) -> str:
    """Return the query of the table under /data that holds the figure."""
    parts = {"level": _reach(scene, place), "year": year}
    if place.kind == "circle":
        parts["scheme"], _, parts["circle"] = place.id.partition("/")
    if depends_on_benchmark(indicator) and view.benchmark != REGION_ID:
        parts["benchmark"] = view.benchmark
    return urlencode(parts)


def _reach(scene: Scene, place: Place) -> str:
    """Return the level under which the tables list a place, as it is ranked."""
    if place.kind in WHOLE_KINDS:
        return place.kind
    return next(one for one in LEVELS if place in scene.atlas.regions(one))


def register(app: Dash, scene: Scene) -> None:
    """Connect the drawer."""

    @app.callback(
        Output("origin-card", "children"),
        Input("origin-asked", "data"),
        ADDRESS,
        prevent_initial_call=True,
    )
    def tell(asked: Any, search: str) -> Component:  # noqa: ANN401 - whatever is sent
        view = view_of(scene, search)
        wanted = asked.get("figure") if isinstance(asked, dict) else None
        found = origin_of(scene, view, wanted)
        shown = card(found, scene.context(view)) if found else refusal(text(view.lang))
        return static(html.Div(shown))

    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("origin", "show"),
        Input("origin-card", "children"),
        prevent_initial_call=True,
    )
