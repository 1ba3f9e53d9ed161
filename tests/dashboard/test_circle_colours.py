"""Each circle has one colour, on every chart, in both themes; nothing else is coloured like it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest

from dashboard.charts.record import Canvas
from dashboard.colours import contrast, difference
from dashboard.lettering import short
from dashboard.map.points import LAYER_COLOURS
from dashboard.pages.callbacks import PAGES
from dashboard.palette import CIRCLES, DIVERGING, INK, SEQUENTIAL, SERIES, Theme, circle_colours
from dashboard.papers import PALETTES, Palette
from dashboard.print.inks import inked, solid
from tests.dashboard.test_palette import SHOWN, TOLD_APART

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.charts.record import Chart
    from dashboard.scene import Scene
    from dashboard.view import View

COLOURS = {
    "article/capital": "#b5432f",
    "article/tianjin": "#2a6f97",
    "article/shijiazhuang": "#6a7b35",
    "sjz2025/shijiazhuang": "#6a7b35",
}
"""The three circles, in the schemes that have them."""
MAPS_AND_CHARTS = [(page, panel) for page in PAGES.values() for panel in page.panels]
SEARCHES = (
    "lang=zh",
    "circle=capital,tianjin,shijiazhuang&lang=en",
    "circle=shijiazhuang&among=city&level=city&lang=zh",
    "regions=110000,120000,130000,130100,130200&lang=en",
    "scheme=sjz2025&circle=shijiazhuang&lang=zh",
    "scheme=sjz2025&circle=shijiazhuang&lang=en",
)
"""Views of circles and of other places, in both languages."""


def coloured(part: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a figure
    """Yield every colour of a figure, without its opacity."""
    if isinstance(part, dict):
        for one in part.values():
            yield from coloured(one)
    elif isinstance(part, list | tuple):
        for one in part:
            yield from coloured(one)
    elif isinstance(part, str) and len(found := solid(part)) == 7 and found.startswith("#"):
        yield found


def near(colour: str, others: Iterator[str] | tuple[str, ...]) -> str | None:
    """Return the first of the others that is taken for a colour."""
    return next((one for one in others if difference(colour, one) < TOLD_APART), None)


def faults(
    chart: Chart, own: dict[str, str], names: dict[str, str], theme: Theme
) -> Iterator[tuple[str, ...]]:
    """Yield what of a chart is not in the colour of the circle it names, or is and names none."""
    named = set()
    for key in (key for key in chart.key if key.colour):
        colour = key.colour_in(theme)
        circle = next((one for one, name in names.items() if name in short(key.words)), "")
        if circle:
            named.add(own[circle])
            if colour != own[circle]:
                yield theme, key.words, colour
        elif taken := near(colour, CIRCLES):
            yield theme, key.words, colour, taken
    drawn = set() if chart.empty else set(coloured(chart.draw(Canvas(900, theme))))
    for colour in drawn - named:
        if taken := near(colour, CIRCLES):
            yield theme, "drawn", colour, taken


@pytest.mark.parametrize("search", SEARCHES)
def test_a_circle_has_its_colour_and_nothing_else_has_it(
    scene: Scene, read: Callable[[str], View], search: str
) -> None:
    view = read(f"?{search}")
    context = scene.context(view)
    own = scene.circle_colours(view.scheme)
    names = {c.key: short(c.name[view.lang]) for c in scene.atlas.circles(view.scheme)}
    assert {key: own[key] for key in own if key in COLOURS} == {
        key: COLOURS[key] for key in own if key in COLOURS
    }
    wrong = [
        (page.name, chart.name, *fault)
        for page, panel in MAPS_AND_CHARTS
        for chart in panel.charts(scene, view, context)
        for theme in get_args(Theme)
        for fault in faults(chart, own, names, theme)
    ]
    assert wrong == []


def test_circles_keep_their_colours_in_other_schemes_and_none_is_used_twice() -> None:
    first = ("capital", "tianjin", "shijiazhuang")
    assert circle_colours(first, first) == dict(zip(first, CIRCLES, strict=False))
    other = circle_colours(("wide", "shijiazhuang", "ring"), first)
    assert other == {"wide": CIRCLES[3], "shijiazhuang": CIRCLES[2], "ring": CIRCLES[4]}
    many = circle_colours([f"c{at}" for at in range(len(CIRCLES))], first)
    assert sorted(many.values()) == sorted(CIRCLES)
    assert [many["c0"], many["c11"]] == [CIRCLES[3], CIRCLES[2]]


def test_series_are_told_apart_from_circles_and_stand_out_from_both_papers() -> None:
    assert [one for one in SERIES if near(one, CIRCLES)] == []
    for at, one in enumerate(SERIES):
        assert near(one, SERIES[:at]) is None
        assert min(contrast(one, ink.paper) for ink in INK.values()) >= 3


@pytest.mark.parametrize("palette", PALETTES)
def test_series_are_told_apart_from_circles_on_paper(palette: Palette) -> None:
    """In grey the lines of both differ by dash: see `dashboard.print.inks.DASHES`."""
    if palette != "grey":
        circles = tuple(inked(one, palette) for one in CIRCLES)
        assert [one for one in SERIES if near(inked(one, palette), circles)] == []


@pytest.mark.parametrize(("palette", "theme"), SHOWN)
def test_dots_are_told_apart_from_classes_circles_and_land(palette: Palette, theme: Theme) -> None:
    """In grey they differ by shape, white in a black edge."""
    if palette == "grey":
        return
    ink = INK[theme]
    others = {
        *(inked(one, palette) for one in (*SEQUENTIAL, *DIVERGING, *CIRCLES)),
        *(ink.land, ink.no_data, ink.accent, ink.arc, ink.label),
    }
    for layer, colour in LAYER_COLOURS.items():
        more = {one for name, one in LAYER_COLOURS.items() if name != layer}
        assert near(inked(colour, palette), tuple(others | more)) is None, layer
