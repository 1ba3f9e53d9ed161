"""Type stands out from what is behind it: 4.5 to 1 at least, in both themes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

import pytest
from dash import dcc
from dash.development.base_component import Component

from dashboard.colours import contrast
from dashboard.map.layout import CLEAR
from dashboard.pages.callbacks import PAGES
from dashboard.pages.screen import Screen
from dashboard.palette import INK, Theme
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.scene import Scene
    from dashboard.view import View

LEAST = 4.5
THEMES: tuple[Theme, ...] = get_args(Theme)
SELECTOR: dict[Theme, str] = {"light": ":root", "dark": r'\[data-mantine-color-scheme="dark"\]'}
SHARED = ("paper", "sea", "text", "muted", "grid", "accent")
PLACES = ("?regions=110112", "?regions=110000,120000,130131&lang=en")


def test_contrast_is_measured_as_wcag_has_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#767676", "#ffffff") >= LEAST


@pytest.mark.parametrize("theme", THEMES)
def test_the_style_sheet_has_the_colours_of_the_palette(theme: Theme) -> None:
    sheet = (ROOT / "assets" / "app.css").read_text(encoding="utf-8")
    rule = re.search(SELECTOR[theme] + r" \{([^}]*)\}", sheet)
    assert rule
    found = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", rule[1]))
    assert found == {name: getattr(INK[theme], name) for name in SHARED}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("type_", ["text", "muted", "accent"])
def test_type_stands_out_from_paper_and_sea(theme: Theme, type_: str) -> None:
    ink = INK[theme]
    for surface in (ink.paper, ink.sea):
        assert contrast(getattr(ink, type_), surface) >= LEAST, (type_, surface)


@pytest.mark.parametrize("theme", THEMES)
def test_names_on_the_map_stand_out_from_the_land(theme: Theme) -> None:
    ink = INK[theme]
    for surface in (ink.land, ink.no_data):
        assert contrast(ink.label, surface) >= LEAST


def graphs(component: Component) -> Iterator[dcc.Graph]:
    """Yield the graphs of a page."""
    if isinstance(component, dcc.Graph):
        yield component
    children = getattr(component, "children", None)
    for child in children if isinstance(children, list | tuple) else [children]:
        if isinstance(child, Component):
            yield from graphs(child)


def figure_of(graph: dcc.Graph) -> dict[str, Any]:
    """Return what a graph draws."""
    figure: Any = vars(graph)["figure"]
    plain: dict[str, Any] = figure if isinstance(figure, dict) else figure.to_plotly_json()
    return plain


def inks(part: Any, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any JSON
    """Yield each colour of type in a figure with where it stands; label boxes have their own."""
    if isinstance(part, list | tuple):
        for one in part:
            yield from inks(one, path)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name == "hoverlabel":
                continue
            if name in {"font", "tickfont", "textfont"} and isinstance(value, dict):
                colours = value.get("color", ())
                each = (colours,) if isinstance(colours, str) else colours
                yield from ((f"{path}.{name}", colour) for colour in each)
            else:
                yield from inks(value, f"{path}.{name}")


def behind(trace: dict[str, Any], paper: str) -> tuple[list[str], bool]:
    """Return the surfaces that the words of a trace stand on, and whether it has words."""
    written = "text" in trace.get("mode", "text")
    words = written and any(trace.get(name) for name in ("text", "texttemplate"))
    marks: Any = trace.get("marker", {}).get("color", paper)
    colours = [marks] if isinstance(marks, str) else list(dict.fromkeys(marks))
    usual = {"bar": "auto", "scatter": "middle center"}.get(trace["type"], "")
    inside = trace.get("textposition", usual) in ("inside", "middle center", "auto")
    on_marks = inside and (trace["type"] == "bar" or "markers" in trace.get("mode", ""))
    seen = [paper if colour == CLEAR else colour for colour in colours]
    return (seen if on_marks else [paper]), words


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("search", PLACES)
@pytest.mark.parametrize("path", list(PAGES))
def test_type_in_charts_stands_out(
    scene: Scene, read: Callable[[str], View], path: str, search: str, theme: Theme
) -> None:
    ink = INK[theme]
    faint: dict[tuple[str, str, str], float] = {}
    for graph in graphs(PAGES[path].body(scene, read(search), Screen(theme=theme))):
        if vars(graph)["id"] == "map":
            continue  # names on a map have a halo of their own
        figure = figure_of(graph)
        default = figure["layout"]["font"]["color"]
        assert contrast(default, ink.paper) >= LEAST
        pairs = [(where, colour, ink.paper) for where, colour in inks(figure["layout"])]
        for trace in figure["data"]:
            surfaces, words = behind(trace, ink.paper)
            own = list(inks({"textfont": trace.get("textfont", {})})) or [("font", default)]
            if isinstance(told := trace.get("meta"), dict) and "on" in told:
                pairs += [(*one, cell) for one, cell in zip(own, told["on"], strict=True)]
                continue
            marks = trace.get("marker", {}).get("color")
            if isinstance(trace.get("textfont", {}).get("color"), list) and isinstance(marks, list):
                pairs += [(*one, mark) for one, mark in zip(own, marks, strict=True)]
                continue
            pairs += [(*one, surface) for one in own for surface in surfaces if words]
        for where, colour, surface in pairs:
            if (ratio := contrast(colour, surface)) < LEAST:
                faint[vars(graph)["id"], f"{where} {colour}", surface] = round(ratio, 2)
    assert faint == {}
