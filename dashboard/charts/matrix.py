"""How alike places are: the matrix of every pair, ordered by circle, in fixed classes."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dashboard.charts.cells import written
from dashboard.charts.circles import Circles, circle_key, circles_of, compared, left_out, target
from dashboard.charts.record import Canvas, Chart, Key, Panel, undrawn
from dashboard.charts.rows import value_row
from dashboard.lettering import base_layout, plain, width_of
from dashboard.numbers import number
from dashboard.palette import INK, SEQUENTIAL
from dashboard.wording import Context, listing, year_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.charts.record import Row
    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Place
    from geodata.studies.structure import Pair, Similarity

NAME: Final = "matrix"
LIMITS: Final = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Inner class limits, the same for all kinds of places, years and likenesses."""
ENDS: Final = 3
"""Pairs named at either end of the likeness."""
WRITTEN: Final = 20
"""Up to so many places the coefficients stand in the cells, and names beside them."""
BAND: Final = 26
"""Pixels of the band with the names of the circles."""
LOWEST: Final = 240
ROOMY, PAPER = 26, 11
"""Pixels of a cell from which its type is larger on screen, and of the type on paper."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart, or say why it cannot be drawn."""
    t, structure = context.t, scene.atlas.structure
    found = structure.similarity(view.among, view.census, view.likeness, view.scheme)
    title, n = t(f"linkages.matrix_{found.likeness}"), len(found.among.places)
    subject, lacking = compared(scene, view), left_out(found.among, context)
    if not found.among.enough:
        return [undrawn(NAME, title, subject, t("linkages.too_few", n=n), lacking)]
    circles = circles_of(scene, view)
    groups = () if found.kind == "circle" else circle_key(found.among, circles, context)
    return [
        Chart(
            NAME,
            title,
            subject,
            partial(matrix_chart, found, circles, t),
            lambda: rows(found, context),
            lead=t(f"linkages.matrix_lead_{found.kind}", n=n, year=year_text(found.year, t)),
            hint=t("linkages.matrix_hint_county") if found.kind == "county" else "",
            notes=(
                t("linkages.matrix_key"),
                *_ends(structure.extremes(found, ENDS), context),
                *lacking,
            ),
            key=(*classes(), *groups),
            source_ids=tuple(found.source_ids),
        )
    ]


def classes() -> Iterator[Key]:
    """Yield the colours with their classes, the same for all places and years."""
    edges = ("0", *(f"{limit:g}" for limit in LIMITS), "1")
    for colour, low, high in zip(SEQUENTIAL, edges, edges[1:], strict=False):
        yield Key(f"{low}–{high}", colour)


def _ends(ends: tuple[Sequence[Pair], Sequence[Pair]], context: Context) -> Iterator[str]:
    """Name the pairs most and least alike."""
    for key, pairs in zip(("most", "least"), ends, strict=True):
        said = listing((_pair(pair, context) for pair in pairs), context.t)
        yield context.t(f"linkages.{key}_alike") + said


def _pair(pair: Pair, context: Context) -> str:
    lang = context.lang
    names = f"{pair.first.label[lang]}—{pair.second.label[lang]}"
    return f"{names} {number(pair.value.value, 3)}"


def rows(found: Similarity, context: Context) -> Iterator[Row]:
    """Yield each pair once: the first place, and the second as the item."""
    places = found.among.places
    for one, other in zip(*np.tril_indices(len(places), -1), strict=True):
        first, second = places[other], places[one]
        value = found.value(int(one), int(other))
        yield value_row(first, (second.id, second.label), value, context)


def scale() -> list[list[Any]]:
    """Return the stepped colour scale from 0 to 1."""
    edges = (0.0, *LIMITS, 1.0)
    steps: list[list[Any]] = []
    for low, high, colour in zip(edges, edges[1:], SEQUENTIAL, strict=False):
        steps += [[low, colour], [high, colour]]
    return steps


def matrix_chart(found: Similarity, circles: Circles, t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw the matrix; few places as a full square with numbers, many as its lower triangle.

    `layout.meta.codes` holds what a click on a row selects, in the order of the rows.

    Parameters
    ----------
    found
        At least three places.
    circles
        Their colours, and whose rows are outlined.
    t, canvas
        Words, and what it is drawn on.
    """
    theme = canvas.theme
    places = found.among.places
    few = len(places) <= WRITTEN
    names = [_name(place, t) for place in places]
    left = round(max(width_of(name) for name in names)) + 12 if few else BAND
    side = canvas.width - left - 4
    layout = base_layout(
        theme,
        max(round(side), LOWEST) + BAND + (left if few else 4),
        {
            "l": left,
            "r": 4,
            "t": BAND,
            "b": left if few else 4,
        },
    )
    layout["xaxis"] = _axis(names, few=few) | {"tickangle": -90, "side": "bottom"}
    layout["yaxis"] = _axis(names, few=few) | {"range": [len(places) - 0.5, -0.5]}
    layout["shapes"] = [
        *_separators(found, theme, few=few),
        *_outlines(found, circles, theme, few=few),
        *_strips(found, circles, theme),
    ]
    layout["annotations"] = _bands(found, t, theme, side)
    layout["meta"] = {"codes": [target(place) for place in places]}
    heat: dict[str, Any] = {
        "type": "heatmap",
        "z": _rows(found, few=few),
        "zmin": 0,
        "zmax": 1,
        "colorscale": scale(),
        "showscale": False,
        "hoverongaps": False,
        "hovertemplate": t("linkages.hover_pair", one="%{y}", other="%{x}", value="%{z:.2f}")
        + "<extra></extra>",
    }
    if few:
        heat |= {"xgap": 1, "ygap": 1}
    size = _type(side / len(places), paper=canvas.height is not None) if few else 0
    return {"data": [heat, *([_written(heat["z"], size)] if size else [])], "layout": layout}


def _type(cell: float, *, paper: bool) -> float:
    """Return the pixels of type in a cell; 0 on paper where type of its least size has no room."""
    if not paper:
        return 10 if cell > ROOMY else 8
    return PAPER if cell > width_of("0.00", PAPER) + 2 else 0


def _written(cells: list[list[float]], size: float) -> dict[str, Any]:
    """Write each coefficient into its cell."""
    return written(
        [
            (column, row, f"{value:.2f}", SEQUENTIAL[bisect_right(LIMITS, value)])
            for row, values in enumerate(cells)
            for column, value in enumerate(values)
        ],
        size,
    )


def _name(place: Place, t: Text) -> str:
    return plain(place.label[t.lang])


def _rows(found: Similarity, *, few: bool) -> list[list[float]]:
    rounded = found.matrix.round(2).tolist()
    # A row that ends at the diagonal leaves the rest of the square empty and halves the message.
    return rounded if few else [row[: at + 1] for at, row in enumerate(rounded)]


def _axis(names: Sequence[str], *, few: bool) -> dict[str, Any]:
    return {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": list(names),
        "range": [-0.5, len(names) - 0.5],
        "showticklabels": few,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
    }


def _separators(found: Similarity, theme: Theme, *, few: bool) -> list[dict[str, Any]]:
    """Part the circles, across the whole square or as far as the triangle reaches."""
    first, last = -0.5, len(found.among.places) - 0.5
    line = {"color": INK[theme].text, "width": 1.4}
    edges = [group.first - 0.5 for group in found.among.groups[1:]]
    spans = [
        (
            {"x0": edge, "x1": edge, "y0": first if few else edge, "y1": last},
            {"y0": edge, "y1": edge, "x0": first, "x1": last if few else edge},
        )
        for edge in edges
    ]
    return [{"type": "line", "line": line, **span} for pair in spans for span in pair]


def _outlines(
    found: Similarity, circles: Circles, theme: Theme, *, few: bool
) -> list[dict[str, Any]]:
    """Frame the rows of the selected places; in a triangle also the rest of them, the column."""
    last = len(found.among.places) - 0.5
    line = {"color": INK[theme].accent, "width": 2 if few else 1.2}
    shapes = []
    for at, place in enumerate(found.among.places):
        if place.id in circles.selected:
            low, high = at - 0.5, at + 0.5
            shapes.append({"x0": -0.5, "x1": last if few else high, "y0": low, "y1": high})
            shapes += [] if few else [{"x0": low, "x1": high, "y0": low, "y1": last}]
    return [{"type": "rect", "line": line, **shape} for shape in shapes]


def _strips(found: Similarity, circles: Circles, theme: Theme) -> list[dict[str, Any]]:
    """Mark the columns of each circle by a strip in its colour, a name's room or not."""
    if found.kind == "circle":
        return []
    return [
        {
            "type": "rect",
            "yref": "paper",
            "x0": group.first - 0.5,
            "x1": group.first + group.size - 0.5,
            "y0": 1,
            "y1": 1.01,
            "line": {"width": 0},
            "fillcolor": circles.colour(group.circle, theme),
        }
        for group in found.among.groups
    ]


def _bands(found: Similarity, t: Text, theme: Theme, side: float) -> list[dict[str, Any]]:
    """Name the circles above their columns; the strip below has the colours of the map."""
    ink, cell = INK[theme], side / len(found.among.places)
    if found.kind == "circle":
        return []
    return [
        {
            "x": group.first + (group.size - 1) / 2,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": 6,
            "showarrow": False,
            "text": f"<b>{plain(_fitting(group.circle, t, cell * group.size))}</b>",
            "font": {"size": 12, "color": ink.text if group.circle else ink.muted},
        }
        for group in found.among.groups
    ]


def _fitting(circle: Place | None, t: Text, room: float) -> str:
    """Return the name of a circle, or what is its own of it; none of it where that has no room."""
    name = circle.name[t.lang] if circle else t("linkages.outside")
    own = name.removesuffix(t("linkages.circle_suffix"))
    return next((one for one in (name, own) if width_of(one) <= room), "")


PANEL = Panel(
    "linkages",
    NAME,
    charts,
    (NAME,),
    ("scope", "among", "likeness", "census", "regions"),
)
