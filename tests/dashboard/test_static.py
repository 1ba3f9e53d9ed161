"""One component for a whole tree: what is stilled, what stays alive, what goes over the wire."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
import pytest
from dash import dcc, html
from dash.development.base_component import Component
from plotly.utils import PlotlyJSONEncoder

from dashboard.attributes import aria, data
from dashboard.pages.callbacks import PAGES
from dashboard.pages.frame import framed
from dashboard.pages.screen import Screen
from dashboard.static import Static, static

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View
    from tests.dashboard.conftest import Reader

MOST = 350
"""Components of a page at its first look, before Dash begins to be slow."""


def sent(component: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a component as the browser gets it."""
    return json.loads(json.dumps(component, cls=PlotlyJSONEncoder))


def tree_of(component: Component) -> Any:  # noqa: ANN401 - words and lists
    """Return the tree of a static component."""
    assert isinstance(component, Static)
    return vars(component)["tree"]


def components(found: Any) -> int:  # noqa: ANN401 - any JSON
    """Count the components the browser makes of what it gets."""
    if isinstance(found, list):
        return sum(map(components, found))
    if not isinstance(found, dict):
        return 0
    here = {"type", "namespace", "props"} <= found.keys()
    return here + sum(components(value) for value in found.values())


def text_of(component: Any) -> str:  # noqa: ANN401 - a component or any of its children
    """Return the words of a tree of components, or of a tree of elements."""
    if isinstance(component, list | tuple):
        return "".join(map(text_of, component))
    if isinstance(component, Static):
        return "".join(map(_text_of_element, tree_of(component)))
    if isinstance(component, Component):
        return text_of(getattr(component, "children", ""))
    return "" if component is None else str(component)


def _text_of_element(element: Any) -> str:  # noqa: ANN401 - words or an element
    return "".join(map(_text_of_element, element[2])) if isinstance(element, list) else str(element)


def test_a_tree_of_html_becomes_one_component() -> None:
    tree = html.Ul([html.Li(["a", html.B("b", className="x")]), None, html.Li(3)], title="t")
    assert sent(static(tree)) == {
        "type": "Static",
        "namespace": "dashboard",
        "props": {
            "tree": [
                [
                    "ul",
                    {"title": "t"},
                    [["li", {}, ["a", ["b", {"className": "x"}, ["b"]]]], ["li", {}, [3]]],
                ]
            ]
        },
    }


def test_attributes_with_a_hyphen_and_styles_go_along() -> None:
    bar = html.Span(style={"maxWidth": "3%"}, **aria(hidden="true"), **data(x="y"))
    assert tree_of(static(bar)) == [
        ["span", {"style": {"maxWidth": "3%"}, "aria-hidden": "true", "data-x": "y"}, []]
    ]


def test_a_link_within_the_atlas_is_told_from_one_to_elsewhere() -> None:
    inside = dcc.Link("通州", href="/?regions=110112", className="place")
    elsewhere = html.A("原文", href="https://example.org", target="_blank")
    assert tree_of(static(html.P([inside, elsewhere]))) == [
        [
            "p",
            {},
            [
                ["link", {"href": "/?regions=110112", "className": "place"}, ["通州"]],
                ["a", {"href": "https://example.org", "target": "_blank"}, ["原文"]],
            ],
        ]
    ]
    assert tree_of(static(dcc.Link(href="/"))) == [["link", {"href": "/"}, ["/"]]]


def test_graphs_controls_and_whatever_has_an_id_stay_alive() -> None:
    graph, control = dcc.Graph(id="g"), dmc.Select(id="s", data=["a"])
    button = html.Button("x", n_clicks=0)
    for alive in (graph, control, button, html.Div(id="d"), dcc.Link("x", href="/", refresh=True)):
        assert static(alive) is alive
    around = static(html.Section([html.H2("h"), "words", html.Div(graph, className="c"), "more"]))
    assert isinstance(around, html.Section)
    heading, box, more = around.children
    assert tree_of(heading) == [["h2", {}, ["h"]], "words"]
    assert (type(box), box.className, box.children) == (html.Div, "c", graph)
    assert more == "more"


def test_an_element_with_an_id_holds_one_component() -> None:
    panel = html.Div([html.P("a"), html.P("b")], id="panel")
    alive = static(panel)
    assert isinstance(alive, html.Div)
    assert (vars(alive)["id"], len(alive.children)) == ("panel", 1)
    assert tree_of(alive.children[0]) == [["p", {}, ["a"]], ["p", {}, ["b"]]]
    assert len(panel.children) == 2, "the given component was altered"


def test_a_tree_stilled_twice_leaves_no_element_of_its_own_behind() -> None:
    fold = html.Details([html.Summary("s"), html.Div([html.P("a"), "b"])], id="fold")
    graph = dcc.Graph(id="g")
    panel = html.Section([html.H2("h"), fold, graph, html.Table(html.Tr(html.Td("c")))])
    once = static(panel)
    twice = static(html.Div(once, id="page")).children
    assert sent(twice) == sent(once)
    summary = twice.children[1].children[0]
    assert tree_of(summary)[0] == ["summary", {}, ["s"]]
    assert tree_of(static(static(html.P("x")))) == [["p", {}, ["x"]]]


def test_words_alone_need_no_component() -> None:
    for words in (["a", "b"], "a"):
        shown = static(html.Div(words, id="x"))
        assert isinstance(shown, html.Div)
        assert shown.children == words


def answer(reader: Reader, question: str, search: str, path: str = "/") -> dict[str, Any]:
    """Return what the browser gets, by component id."""
    found: dict[str, Any] = reader.post(question, search, path=path).get_json()["response"]
    return found


def whole(scene: Scene, view: View, path: str) -> Component:
    """Return a page as it is before it is stilled."""
    page = PAGES[path]
    return framed(page.body(scene, view, Screen()), view, page, PAGES)


@pytest.mark.parametrize("path", list(PAGES))
@pytest.mark.parametrize("search", ["", "?regions=110112", "?regions=110000,120000&lang=en"])
def test_a_page_stilled_says_the_same(
    scene: Scene, read: Callable[[str], View], path: str, search: str
) -> None:
    page = whole(scene, read(search), path)
    assert text_of(static(page)) == text_of(page)
    assert len(text_of(page)) > 200


@pytest.mark.parametrize("path", list(PAGES))
@pytest.mark.parametrize("search", ["", "?circle=capital", "?regions=110000,120000,130000"])
def test_a_page_has_few_components_at_its_first_look(
    reader: Reader, path: str, search: str
) -> None:
    page = answer(reader, "page", search, path)["page"]
    assert 30 < components(page) <= MOST


def test_what_the_panels_answer_is_static(reader: Reader) -> None:
    for question, panel in (
        ("identity", "selection-panel"),
        ("sites", "cluster-panel"),
        ("plan", "plan-panel"),
    ):
        assert components(answer(reader, question, "?regions=110112")[panel]) == 1
    industry = answer(reader, "industry", "?regions=110112")
    # The section and its heading, what stands before and after the drawing, the drawing and its
    # frame; the export menu and the method note, which stood beside it, are two more.
    assert components(industry["industry-panel"]) <= 9
    assert components(answer(reader, "rank", "")["ranking"]) <= 9
    assert components(answer(reader, "describe", "")["described"]) == 1
