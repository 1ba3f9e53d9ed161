"""The legend of a map on a page: everything in it comes from the record of the map."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dash import html

from dashboard.map.schemes import PATTERNS
from dashboard.map.size_key import picture
from dashboard.palette import INK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Chart, Grid, Key, Shape
    from dashboard.palette import Theme
    from dashboard.text import Text

ROWS: Final[frozenset[Shape]] = frozenset({"area", "disc", "line"})
"""Marks of figures, which stand in rows with their counts; others stand in lists below."""
CIRCLES: Final[frozenset[Shape]] = frozenset({"ring", "thin"})
CLASSES: Final[Mapping[Shape, str]] = {
    "ring": "ring",
    "thin": "ring thin",
    "disc": "disc",
    "dot": "dot",
    "line": "arc",
    "dashed": "arc dashed",
    "dotted": "arc dotted",
    "bar": "arc bar",
    "broken": "arc dashed",
}
"""What a mark is called in the style sheets; an area has no name."""
SUMS: Final[frozenset[Shape]] = frozenset({"heading", "bar", "broken"})
"""What is told beside the map, having no place on it."""
EDGED: Final[frozenset[Shape]] = frozenset({*CIRCLES, "broken", *(mark for mark, _ in PATTERNS)})
"""Marks that are a line around nothing."""

A_STRIP: Final = 3
"""So many rows and more stand side by side where the legend is a strip below the map."""
A_COLUMN: Final = 6
"""More marks than this stand in two columns, unless they are as wide as arcs."""


def legend(chart: Chart, t: Text, theme: Theme) -> Component:
    """Explain a map: its name and unit, the rows of figures, how they were found, other marks."""
    said = (("legend-name", chart.title), ("legend-unit", chart.lead))
    rows = [_item(key, theme) for key in chart.key if key.shape in ROWS]
    listed = "legend-rows few" if len(rows) < A_STRIP else "legend-rows"
    nested = [_sizes(key, t, theme) for key in chart.key if key.shape == "nested"]
    grids = [_grid(key.grid) for key in chart.key if key.grid]
    words = [html.Div(k.words, className="assumed") for k in chart.key if k.shape == "none"]
    marks = [key for key in chart.key if key.shape not in {*ROWS, "nested", "grid", "none"}]
    return html.Div(
        [
            *(html.Div(line, className=name) for name, line in said if line),
            *words,
            *nested,
            *grids,
            *([html.Ul(rows, className=listed)] if rows else []),
            *(html.Div(line, className="legend-foot") for line in chart.notes),
            *_lists(marks, theme),
        ]
    )


def _lists(marks: Sequence[Key], theme: Theme) -> list[Component]:
    """Return circles, points and sums each in a list of their own, in their order."""
    parted = groupby(marks, lambda key: (key.shape in CIRCLES, key.shape in SUMS))
    return [_list(list(keys), theme) for _, keys in parted]


def _list(keys: Sequence[Key], theme: Theme) -> Component:
    items = [_item(key, theme) for key in keys]
    if keys[0].shape not in SUMS:
        arcs = any("arc" in CLASSES.get(key.shape, "") for key in keys)
        many = len(keys) > A_COLUMN and not arcs
        return html.Ul(items, className="legend-marks many" if many else "legend-marks")
    # there may be many: the legend scrolls to them, and so they are reached by the keyboard
    return html.Ul(items, className="legend-marks legend-sums", tabIndex=0)


def _item(key: Key, theme: Theme) -> Component:
    """Write one entry: its mark and its words, in a row also how many places it has."""
    if key.shape == "heading":
        return html.Li(html.Span(key.words), className="legend-heading")
    style = {"borderColor" if key.shape in EDGED else "background": key.colour_in(theme)}
    if key.width:
        style["height"] = f"{key.width}px"
    mark: Any = html.I(className=CLASSES.get(key.shape), style=style)
    count = [html.B(str(key.count))] if key.shape in ROWS and key.count is not None else []
    # A class lights its places where it has the focus, see assets/brush.js.
    reached: dict[str, Any] = {"tabIndex": 0} if key.shape == "area" and key.count else {}
    return html.Li([mark, html.Span(key.words), *count], **reached)


def _sizes(key: Key, t: Text, theme: Theme) -> Component:
    """Draw circles of round values; who does not see them hears the values."""
    ink = INK[theme]
    drawn = picture(key.sizes, key.colour_in(theme), (ink.muted, ink.text))
    said = t("map.sizes", values=t("panel.comma").join(words for words, _ in key.sizes))
    return html.Img(src=f"data:image/svg+xml,{quote(drawn)}", alt=said, className="legend-sizes")


def _grid(grid: Grid) -> Component:
    """Draw the classes of two measures, the first upwards, each with how many places it has."""
    up, across = grid.axes
    body = [
        html.Tr(
            [
                html.Th(words, scope="row"),
                *(
                    html.Td([html.I(style={"background": colour}), html.B(str(count))])
                    for colour, count in cells
                ),
            ]
        )
        for words, cells in grid.rows()
    ]
    foot = html.Tr([html.Td(), *(html.Th(words, scope="col") for words in grid.ranges[1])])
    table = html.Table([html.Tbody([*body, foot])], className="legend-grid")
    return html.Div(
        [
            html.Div(f"↑ {up}", className="legend-axis"),
            table,
            html.Div(f"{across} →", className="legend-axis across"),
        ]
    )
