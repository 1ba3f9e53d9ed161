"""Exhibits of charts and maps as a page shows them: the same figure, words, legend and sources.

The panel is asked for once for its words and again for each width it is drawn at. Of a panel with
several graphs only what belongs to the one is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from dash import dcc

from dashboard.charts.captions import method_of, subtitle, titled, unsaid
from dashboard.charts.record import Canvas, Key, Row
from dashboard.print import common
from dashboard.print.errors import EmptyError
from dashboard.print.exhibit import Exhibit
from dashboard.print.exhibits import span_of
from dashboard.still import Still
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dash.development.base_component import Component

    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context

    Panel = Callable[[Scene, View, int], Component]

USUAL: Final = 600
"""Pixels at which a panel is asked for its words."""
NOTES: Final = ("panel-reading", "panel-notes", "panel-key", "panel-remark", "milestones")


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


@dataclass(frozen=True, slots=True)
class Of:
    """Which chart: its page and name in addresses, the panel for a width in pixels, the graph.

    `graph` is the place of the graph among those of the panel; `subject` says of whom or what it
    is, `rows` what figures are behind it.
    """

    page: str
    name: str
    panel: Panel
    graph: int
    subject: Callable[[Scene, View], Name]
    rows: Callable[[Scene, View, Context], Iterable[Row]]


def chart_exhibit(of: Of, scene: Scene, view: View, context: Context) -> Exhibit:
    """Return a chart of a panel as a print figure, with the figures behind it.

    Raises
    ------
    EmptyError
        When the panel shows a sentence in place of the chart.
    """
    whole = node(of.panel(scene, view, USUAL))
    graphs = _graphs(whole)
    if len(graphs) <= of.graph:
        why = whole.named("panel-empty") or whole.named("panel-remark")
        raise EmptyError(" ".join(n.text for n in why))
    shown = _alone(whole, graphs[of.graph])
    rows = tuple(of.rows(scene, view, context))
    subject, years = of.subject(scene, view), span_of(rows)
    headings = [n.text for n in shown.all() if n.tag == "h2"]
    if len(graphs) > 1:
        headings += [n.text for n in shown.all() if n.tag == "h3"][:1]
    title = titled(" · ".join(headings), subject[view.lang], years, context)
    lead = " ".join(n.text for n in shown.named("panel-lead")[:1])
    said = " ".join(n.text for n in shown.named("panel-say"))

    def draw(canvas: Canvas) -> dict[str, Any]:
        figure = _graphs(node(of.panel(scene, view, canvas.width)))[of.graph].figure or {}
        return {"data": figure["data"], "layout": dict(figure["layout"])}

    return Exhibit(
        page=of.page,
        chart=of.name,
        lang=view.lang,
        title=title,
        subtitle=lead or subtitle(scene, view, context),
        draw=draw,
        rows=rows,
        sources=common.sources_of(rows, context),
        alt=context.t("export.alt_chart", title=title, say=said or lead),
        stem=common.file_stem(
            (subject, *(Name(h, h) for h in headings)), view.lang, unsaid(years, "".join(headings))
        ),
        method=method_of(of.page, of.name.partition("-")[0], context),
        keys=tuple(panel_keys(shown)),
        notes=tuple(dict.fromkeys(note for note in _notes(shown) if note)),
        least=420,
    )


def _graphs(panel: Node) -> list[Node]:
    return [one for one in panel.all() if one.figure is not None]


def _alone(panel: Node, graph: Node) -> Node:
    """Return the panel without the blocks of its other graphs."""
    kept: list[Any] = []
    for one in panel.inside:
        graphs = _graphs(one) if isinstance(one, Node) else []
        if not graphs:
            kept.append(one)
        elif any(other is graph for other in graphs):
            kept.append(one if one is graph else _alone(one, graph))
    return replace(panel, inside=tuple(kept))


def _notes(panel: Node) -> list[str]:
    """Return what stands beside a chart, each item of a list by itself."""
    return [
        " ".join(part.text for part in one.inside) if _is_row(one) else one.text
        for found in panel.named(*NOTES)
        for one in ([n for n in found.all() if n.tag == "li"] or [found])
    ]


def _is_row(item: Node) -> bool:
    """Tell whether an item is a row of elements rather than a sentence."""
    return len(item.inside) > 1 and all(isinstance(part, Node) for part in item.inside)


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
