"""The legend of the map: class limits and counts, no data by name, circles, point layers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote

from dash import html

from dashboard.map.fill import BENEATH
from dashboard.map.points import LAYER_COLOURS
from dashboard.map.size_key import picture
from dashboard.map.sized import COLOUR, examples, unsized
from dashboard.numbers import decimals_of, number
from dashboard.wording import undated

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dash.development.base_component import Component

    from dashboard.map.classes import Classes
    from dashboard.map.figure import Outline
    from dashboard.map.fill import Fill
    from dashboard.palette import Ink
    from dashboard.wording import Context


def legend(
    fill: Fill | None,
    outlines: Sequence[Outline],
    layers: Collection[str],
    context: Context,
    ink: Ink,
) -> Component:
    """Explain the map: classes of the indicator, circles, point layers.

    Parameters
    ----------
    fill
        The coloured areas; None where no indicator is shown.
    outlines
        The circles on the map.
    layers
        Names of the point layers that are on, keys of `LAYER_COLOURS`.
    context, ink
        Words and colours.
    """
    shown = classes_key(fill, context, ink) if fill else [html.Div(context.t("map.plain"))]
    return html.Div([*shown, *marks_key(outlines, layers, context, ink)])


def marks_key(
    outlines: Sequence[Outline], layers: Collection[str], context: Context, ink: Ink
) -> list[Component]:
    """Explain the lines of the circles and the dots of the point layers."""
    t = context.t
    circles = [_mark(o.name, {"borderColor": o.colour}, "ring") for o in outlines]
    if any(shape.endswith("#partial") for o in outlines for shape in o.shapes):
        circles.append(_mark(t("map.thin"), {"borderColor": ink.muted}, "ring thin"))
    dots = [
        _mark(t(f"shell.layer_{name}"), {"background": colour}, "dot")
        for name, colour in LAYER_COLOURS.items()
        if name in layers
    ]
    return [html.Ul(rows, className="legend-marks") for rows in (circles, dots) if rows]


def classes_key(fill: Fill, context: Context, ink: Ink) -> list[Component]:
    """Name the indicator, then list the classes from the highest, with the places in each.

    Only places inside the chosen circles are counted; those drawn pale are counted too and
    explained in a line of their own. Totals have circles of round values in place of classes.
    """
    t = context.t
    column = fill.column
    rows = [
        class_row(colour, words, count, "disc" if fill.sized and colour == COLOUR else "")
        for colour, words, count in class_rows(fill, context, ink)
    ]
    sizes = [_sizes(fill, context, ink)] if fill.sized else []
    unit = context.word("unit", column.unit) if column.unit else ""
    title = " · ".join(part for part in (column.year, unit) if part)
    name = undated(fill.indicator.name[context.lang], column.year, t)
    return [
        html.Div(name, className="legend-name"),
        html.Div(title, className="legend-unit"),
        *sizes,
        html.Ul(rows, className="legend-rows"),
        html.Div(basis(fill, context), className="legend-foot"),
        *([html.Div(t("map.pale"), className="legend-foot")] if fill.has_pale else []),
    ]


def class_rows(fill: Fill, context: Context, ink: Ink) -> list[tuple[str, str, int]]:
    """Return colour, limits in words and places of each class, the highest first, no data last.

    Where the figures are circles there are no classes: only what has a circle, and what has none.
    """
    inside = [
        v for c, v in zip(fill.column.codes, fill.column.values, strict=True) if fill.inside(c)
    ]
    known = [v.value for v in inside if v.value is not None]
    if fill.sized:
        without = unsized(fill)
        rows = [(COLOUR, context.t("map.sized"), len(known) - without)]
        rows += [(BENEATH, context.t("map.unsized"), without)] * bool(without)
    else:
        counts = fill.classes.counts(known)
        rows = list(zip(fill.colours, ranges(fill.classes, context), counts, strict=True))[::-1]
    if len(known) < len(inside):
        rows.append((ink.no_data, context.t("map.no_data"), len(inside) - len(known)))
    return rows


def basis(fill: Fill, context: Context) -> str:
    """Say how the limits were found, or what the size of a circle says."""
    if fill.sized:
        return context.t("map.proportional")
    t, classes = context.t, fill.classes
    method = t(f"map.method_{classes.method}")
    found = t("map.rounded", method=method) if classes.rounded else method
    return f"{found} · {t('map.fixed')}"


def size_words(fill: Fill) -> list[tuple[str, float]]:
    """Return the values of the legend's circles as they are written, and their diameters."""
    found = examples(fill)
    decimals = decimals_of(value for value, _ in found)
    return [(number(value, decimals), size) for value, size in found]


def _sizes(fill: Fill, context: Context, ink: Ink) -> Component:
    """Draw circles of round values; who does not see them hears the values."""
    circles = size_words(fill)
    drawn = picture(circles, COLOUR, (ink.muted, ink.text))
    values = context.t("panel.comma").join(words for words, _ in circles)
    said = context.t("map.sizes", values=values)
    return html.Img(src=f"data:image/svg+xml,{quote(drawn)}", alt=said, className="legend-sizes")


def _mark(words: str, style: dict[str, str], shape: str) -> Component:
    return html.Li([html.I(className=shape, style=style), html.Span(words)])


def class_row(colour: str, words: str, count: int, shape: str = "") -> Component:
    """Write one class: its colour, its words and how many places it has."""
    return html.Li(
        [
            html.I(style={"background": colour}, className=shape or None),
            html.Span(words),
            html.B(str(count)),
        ],
    )


def ranges(classes: Classes, context: Context) -> list[str]:
    """Write each class as a range, all limits with one number of decimals, enough for each.

    The outer ones are open, since other years may lie beyond.
    """
    t = context.t
    if classes.low is None or classes.high is None:
        return [t("map.no_data")] * classes.k
    if not classes.limits:
        ends = dict.fromkeys(number(x, classes.decimals) for x in (classes.low, classes.high))
        return [" – ".join(ends)]
    decimals = decimals_of(classes.limits)
    written = [number(limit, decimals) for limit in classes.limits]
    return [
        t("map.up_to", high=written[0]),
        *(t("map.between", low=low, high=high) for low, high in pairwise(written)),
        t("map.over", low=written[-1]),
    ]
