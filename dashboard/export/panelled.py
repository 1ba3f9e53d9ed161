"""Exhibits of charts and maps as a page shows them: the same figure, words, legend and sources.

The panel is asked for once for its words and again for each width it is drawn at; which
publications it quotes is noted as it asks the atlas for them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from dash import dcc

from dashboard.export import common
from dashboard.export.errors import EmptyError
from dashboard.export.exhibit import Exhibit, Key, Row, Shape
from dashboard.still import Still
from dashboard.text import words
from geodata.errors import UnknownNameError
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dash.development.base_component import Component

    from dashboard.figures.map import Picture
    from dashboard.panels.parts import Context
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas
    from geodata.records import Source

    Panel = Callable[[Scene, View, int], Component]

USUAL: Final = 600
"""Pixels at which a panel is asked for its words."""
SHAPES: Final[dict[str, Shape]] = {
    "ring": "ring",
    "ring thin": "thin",
    "dot": "dot",
    "dot group": "hollow",
    "arc": "line",
    "arc dashed": "line",
}
NOTES: Final = ("panel-reading", "panel-notes", "panel-key", "panel-remark")
SIDES: Final = ("x", "y", "z")


class Noting:
    """An atlas that remembers which publications it was asked for."""

    def __init__(self, atlas: Atlas) -> None:
        """Begin with none."""
        self._atlas = atlas
        self.asked: dict[str, Source] = {}

    def source(self, source_id: str) -> Source:
        """Return a publication and remember it."""
        found = self._atlas.source(source_id)
        self.asked[source_id] = found
        return found

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the atlas has
        """Return what the atlas has."""
        return getattr(self._atlas, name)


@dataclass(frozen=True, slots=True)
class Node:
    """An element of a page: tag, class, style, what it holds, and the figure of a graph."""

    tag: str
    name: str
    style: dict[str, Any]
    inside: tuple[Any, ...]
    figure: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        """Return its words; raised marks are left out."""
        parts = (
            one.text if isinstance(one, Node) else str(one)
            for one in self.inside
            if not (isinstance(one, Node) and one.tag == "sup")
        )
        return "".join(parts)

    def all(self) -> Iterator[Node]:
        """Yield it and everything in it, in order."""
        yield self
        for one in self.inside:
            if isinstance(one, Node):
                yield from one.all()

    def named(self, *names: str) -> list[Node]:
        """Return what is in it by class."""
        return [node for node in self.all() if node.name in names]


def node(of: Any) -> Any:  # noqa: ANN401 - a component, an element of a still tree, or words
    """Return a component or an element as a node, and words as they are."""
    if isinstance(of, Still):
        return Node("div", "", {}, tuple(node(one) for one in vars(of)["tree"]))
    if isinstance(of, list) and of and isinstance(of[0], str) and isinstance(of[1], dict):
        tag, properties, tree = of
        return _node(tag, properties, tree)
    if isinstance(of, dcc.Graph):
        figure = vars(of)["figure"]
        plain = figure if isinstance(figure, dict) else figure.to_plotly_json()
        return Node("graph", "", {}, (), plain)
    if hasattr(of, "to_plotly_json"):
        children = getattr(of, "children", None)
        listed = children if isinstance(children, list | tuple) else [children]
        return _node(type(of).__name__.lower(), vars(of), listed)
    return of


def _node(tag: str, properties: dict[str, Any], tree: Iterable[Any]) -> Node:
    inside = tuple(node(one) for one in _flat(tree) if one is not None)
    return Node(tag, properties.get("className", ""), properties.get("style") or {}, inside)


def _flat(tree: Iterable[Any]) -> Iterator[Any]:
    for one in tree:
        if isinstance(one, list | tuple) and not (one and isinstance(one[0], str)):
            yield from _flat(one)
        else:
            yield one


def chart_exhibit(
    of: tuple[str, str, Panel, int], scene: Scene, view: View, context: Context
) -> Exhibit:
    """Return a chart of a panel as a print figure.

    Parameters
    ----------
    of
        Page and chart, as in addresses; what makes the panel for a width in pixels; the place of
        the graph among those of the panel.
    scene, view, context
        What is asked of whom, and the words.

    Raises
    ------
    EmptyError
        When the panel shows a sentence in place of the chart.
    """
    page, chart, panel, which = of
    names = (page, chart)
    noting = Noting(scene.atlas)
    noted = replace(scene, atlas=noting)  # type: ignore[arg-type]
    shown = node(panel(noted, view, USUAL))
    titles = [n.text for n in shown.all() if n.tag in {"h2", "h3"}]
    graphs = [n.figure for n in shown.all() if n.figure is not None]
    if len(graphs) <= which:
        empty = [n.text for n in shown.named("panel-empty")] or titles
        raise EmptyError(" ".join(empty))
    lead = " ".join(n.text for n in shown.named("panel-lead")[:1])
    notes = [n.text for n in shown.named(*NOTES)]
    title = titles[min(which, len(titles) - 1)] if titles else names[1]
    sources = tuple(noting.asked.values())
    rows = tuple(figure_rows(graphs[which], scene, tuple(noting.asked), title))
    said = " ".join(n.text for n in shown.named("panel-say"))

    def draw(width: int, _height: int) -> dict[str, Any]:
        again = node(panel(scene, view, width))
        found = [n.figure for n in again.all() if n.figure is not None]
        return {"data": found[which]["data"], "layout": dict(found[which]["layout"])}

    return Exhibit(
        page=names[0],
        chart=names[1],
        lang=view.lang,
        title=title,
        subtitle=lead or common.subtitle(scene, view, context),
        draw=draw,
        rows=rows,
        sources=sources,
        alt=context.t("export.alt_chart", title=title, say=said or lead),
        stem=common.file_stem((common.scope(scene, view), Name(title, title)), view.lang, ""),
        method=method_of(names, context),
        keys=tuple(panel_keys(shown)),
        notes=tuple(dict.fromkeys(note for note in notes if note)),
        least=420,
    )


def figure_rows(
    figure: dict[str, Any], scene: Scene, sources: tuple[str, ...], item: str
) -> Iterator[Row]:
    """Yield the numbers of a figure, trace by trace, with the place where a trace names it."""
    for number, trace in enumerate(figure["data"]):
        series = str(trace.get("name") or f"{item} {number + 1}")
        codes = trace.get("customdata") or []
        across = trace.get("orientation") == "h"
        value, label = ("x", "y") if across else ("y", "x")
        values, labels = list(trace.get(value) or []), list(trace.get(label) or [])
        for at, one in enumerate(values):
            if not isinstance(one, int | float) or isinstance(one, bool):
                continue
            code = _first(codes[at]) if at < len(codes) else ""
            name = _place_name(code, scene) or str(labels[at] if at < len(labels) else "")
            pair = name if isinstance(name, Name) else Name(name, name)
            year = str(labels[at]) if not across and at < len(labels) else ""
            yield Row(code, pair, series, Name(series, series), one, "", year, "", sources)
        for at, line in enumerate(trace.get("z") or []):
            for place, one in enumerate(line if isinstance(line, list | tuple) else []):
                if isinstance(one, int | float):
                    row, column = (
                        str(_at(trace.get(side), i)) for side, i in (("y", at), ("x", place))
                    )
                    yield Row(
                        "", Name(row, row), column, Name(column, column), one, "", "", "", sources
                    )


def _first(code: Any) -> str:  # noqa: ANN401 - customdata of any chart
    found = code[0] if isinstance(code, list | tuple) and code else code
    return str(found) if isinstance(found, str) else ""


def _at(values: Any, place: int) -> Any:  # noqa: ANN401 - a list or nothing
    return values[place] if values is not None and place < len(values) else place


def _place_name(code: str, scene: Scene) -> Name | None:
    try:
        return scene.atlas.place(code.removeprefix("circle:")).label if code else None
    except UnknownNameError:
        return None


def method_of(names: tuple[str, str], context: Context) -> str:
    """Return formula and definition of the chart's method note, where it has one."""
    keys = [f"method_{names[0]}.{names[1]}.{part}" for part in ("formula", "definition", "read")]
    known = words(context.lang)
    return " ".join(known[key] for key in keys if key in known)


def map_exhibit(  # noqa: PLR0913, PLR0917 - what a page's map is made of
    names: tuple[str, str],
    picture: Picture,
    legend: Component,
    rows: tuple[Row, ...],
    about: tuple[Scene, View, Context],
    sources: tuple[Source, ...],
) -> Exhibit:
    """Return a page's map as a print figure, with the legend as the page shows it.

    `names` are the page and the method note of its map.
    """
    scene, view, context = about
    shown = node(legend)
    heading = " ".join(n.text for n in shown.named("legend-name")[:1])
    unit = " ".join(n.text for n in shown.named("legend-unit")[:1])
    scope = common.scope(scene, view)
    title = context.t("export.of_scope", scope=scope[view.lang], what=heading)
    return Exhibit(
        page=names[0],
        chart="map",
        lang=view.lang,
        title=title,
        subtitle=common.subtitle(scene, view, context, [unit] if unit else []),
        draw=lambda _width, _height: common.drawn_map(picture),
        rows=rows,
        sources=sources,
        alt=context.t("export.alt_map", title=title, say=common.extremes(rows, 2, context)),
        stem=common.file_stem((scope, Name(heading, heading)), view.lang, unit),
        method=method_of(names, context),
        heading=heading,
        keys=tuple(keys_of(shown)),
        notes=tuple(n.text for n in shown.named("legend-foot")),
        credits=common.credits_of(context, is_map=True),
        is_map=True,
    )


def panel_keys(panel: Node) -> Iterator[Key]:
    """Yield the entries of a chart's key: a mark in colour, what it means, how many."""
    for entry in (n for n in panel.all() if n.tag in {"li", "span"}):
        first = entry.inside[0] if entry.inside else None
        if isinstance(first, Node) and first.tag == "i" and "background" in first.style:
            counts = [n.text for n in entry.inside if isinstance(n, Node) and n.tag == "small"]
            said = "".join(
                one.text if isinstance(one, Node) else str(one)
                for one in entry.inside[1:]
                if not (isinstance(one, Node) and one.tag == "small")
            )
            words = f"{first.text} {said}".strip()
            count = int(counts[0]) if counts and counts[0].isdecimal() else None
            yield Key(words, str(first.style["background"]), "dot", count)


def keys_of(legend: Node) -> Iterator[Key]:
    """Yield the entries of a legend of the page."""
    for entry in (n for n in legend.all() if n.tag == "li"):
        marks = [n for n in entry.inside if isinstance(n, Node) and n.tag == "i"]
        said = [n.text for n in entry.inside if isinstance(n, Node) and n.tag == "span"]
        counts = [n.text for n in entry.inside if isinstance(n, Node) and n.tag == "b"]
        style = marks[0].style if marks else {}
        colour = str(style.get("background") or style.get("borderColor") or "")
        shape: Shape = SHAPES.get(marks[0].name, "area") if colour else "none"
        count = int(counts[0]) if counts and counts[0].isdecimal() else None
        yield Key(" ".join(said) or entry.text, colour, shape, count)
