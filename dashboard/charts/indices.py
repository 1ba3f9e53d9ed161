"""Shares and rates as indices: one row each, one numbered point for each place, region = 100."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from dashboard.asked import asks
from dashboard.charts.axes import axis
from dashboard.charts.choices import family_of, region_of
from dashboard.charts.circles import circles_of
from dashboard.charts.compared import listed, places_of
from dashboard.charts.lanes import DOT, lanes_of, lifted
from dashboard.charts.record import Canvas, Chart, Key, Panel, Row
from dashboard.charts.rows import both_words, joined, value_row, with_sources
from dashboard.colours import legible
from dashboard.lettering import SIZE, base_layout, plain, width_of
from dashboard.numbers import number
from dashboard.palette import INK
from dashboard.wording import Context, listing
from dashboard.wrap import LINE, lines_of_name, marked_up
from geodata.records import FigureId, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dashboard.charts.lanes import Lane
    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Place
    from geodata.studies.comparison import Index

ROW = 42
"""Pixels of a row at least, enough for a name of two lines."""
TOP, BOTTOM, RIGHT = 26, 8, 14
TICKS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
LEFT_MOST, LEFT_ON_PAPER = 0.42, 0.6
"""Part of the width that names may take, on a page and on paper, where a column may be narrow."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: shares and rates of all places against the region."""
    t, lang, places = context.t, context.lang, places_of(scene, view)
    found = scene.atlas.comparison.indices([p.id for p in places], family_of(view))
    shown = [one for one in found if any(cell is not None for cell in one.cells)]
    years = (t("compare.year_of", name=one.indicator.name[lang], year=one.year) for one in shown)
    values = [v for one in shown for v in (one.whole, *one.values) if v.value is not None]
    colours = circles_of(scene, view).of(one.id for one in places)
    keys = (
        Key(one.label[lang], colours[one.id], "dot", number=str(at))
        for at, one in enumerate(places, 1)
    )
    return [
        Chart(
            "indices",
            t("compare.indices"),
            listed(places),
            partial(indices_chart, shown, places, colours, t),
            lambda: rows(found, places, region_of(scene), context),
            lead=t("compare.indices_lead") if shown else "",
            say=(t("compare.indices_years", years=listing(years, t)),) if shown else (),
            key=tuple(keys),
            source_ids=tuple(dict.fromkeys(i for v in values for i in v.source_ids)),
            empty="" if shown else t("compare.indices_none"),
        )
    ]


def rows(
    found: Iterable[Index], places: Sequence[Place], whole: Place, context: Context
) -> Iterator[Row]:
    """Yield each rate as it is, that of the whole too, and as an index of the whole."""
    for one in found:
        item = (one.indicator.id, one.indicator.name)
        words = joined(one.indicator.name, both_words("export.item_index"))
        yield replace(value_row(whole, item, one.whole, context), catalogued=False)
        told = zip(places, one.values, one.cells, one.catalogued, strict=True)
        for place, value, cell, known in told:
            yield replace(value_row(place, item, value, context), catalogued=known)
            index = Value(None, "", one.year)
            if cell is not None:
                index = with_sources(Value(cell, "", one.year, "computed"), value, one.whole)
            yield value_row(place, (f"{item[0]}_index", words), index, context)


def indices_chart(
    indices: Sequence[Index],
    places: Sequence[Place],
    colours: Mapping[str, str],
    t: Text,
    canvas: Canvas,
) -> dict[str, Any]:
    """Draw the indices on one scale of doublings; the region stands at 100.

    Points carry the number of their place (1, 2 …) in its colour of `colours`, by id; those
    too close to one another are lifted apart within their row.
    """
    theme, width = canvas.theme, canvas.width
    ink = INK[theme]
    names = [f"{i.indicator.name[t.lang]}" for i in indices]
    most = LEFT_MOST if canvas.height is None else LEFT_ON_PAPER
    left = min(round(max(map(width_of, names), default=0)) + 12, round(most * width))
    found = [math.log2(c / 100) for i in indices for c in i.cells if c]
    low, high = min([*found, -1.0]) - 0.25, max([*found, 1.0]) + 0.25
    near = (DOT + 1) / max(1, width - left - RIGHT) * (high - low)
    cells = [[(p, math.log2(c / 100)) for p, c in enumerate(i.cells) if c] for i in indices]
    labels = [lines_of_name(name, left - 10) for name in names]
    tall = LINE * SIZE * max(map(len, labels), default=0)
    lanes = lanes_of(
        [lifted([x for _, x in row], near) for row in cells], max(ROW, round(tall) + 4)
    )
    below = lanes[-1].end
    layout = base_layout(
        theme, round(TOP + below + BOTTOM), {"l": left, "r": RIGHT, "t": TOP, "b": BOTTOM}
    )
    ticks = [x for x in TICKS if low <= math.log2(x / 100) <= high]
    layout["xaxis"] = axis(
        theme,
        range=[low, high],
        side="top",
        tickvals=[round(math.log2(x / 100), 4) for x in ticks],
        ticktext=[str(x) for x in ticks],
    )
    layout["yaxis"] = axis(
        theme,
        range=[below, 0],
        tickvals=[lane.middle for lane in lanes],
        ticktext=[marked_up(label) for label in labels],
        tickfont={"size": 12, "color": ink.text},
        showgrid=False,
    )
    layout["shapes"] = [
        {
            "type": "line",
            "x0": 0,
            "x1": 0,
            "y0": 0,
            "y1": below,
            "line": {"width": 1.4, "color": ink.muted},
            "layer": "below",
        }
    ]
    layout["shapes"] += [_rule(lane, (low, high), theme) for lane in lanes[:-1]]
    data = [
        _points(index, row, lane, places, t) | _inks([colours[places[at].id] for at, _ in row])
        for index, row, lane in zip(indices, cells, lanes, strict=True)
    ]
    return {"data": data, "layout": layout}


def _rule(lane: Lane, span: tuple[float, float], theme: Theme) -> dict[str, Any]:
    """Part one row from the next with a thin line."""
    return {
        "type": "line",
        "x0": span[0],
        "x1": span[1],
        "y0": lane.end,
        "y1": lane.end,
        "line": {"width": 1, "color": INK[theme].grid},
        "layer": "below",
    }


def _inks(on: list[str]) -> dict[str, Any]:
    """Return what colours points, and the numbers on them."""
    return {
        "textfont": {"size": 10, "color": [legible(one) for one in on]},
        "marker": {"size": DOT, "color": on},
    }


def _points(
    index: Index,
    row: Sequence[tuple[int, float]],
    lane: Lane,
    places: Sequence[Place],
    t: Text,
) -> dict[str, Any]:
    unit = f"{number(index.whole.value, index.indicator.decimals)}"
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": index.indicator.id,
        "x": [round(x, 4) for _, x in row],
        "y": list(lane.heights),
        "text": [str(place + 1) for place, _ in row],
        "cliponaxis": False,
        **asks(
            (
                FigureId(
                    index.indicator.id,
                    places[place].id if index.catalogued[place] else "",
                    index.year,
                )
                for place, _ in row
            )
        ),
        "hovertext": [
            t(
                "compare.hover_index",
                place=plain(places[place].label[t.lang]),
                name=plain(index.indicator.name[t.lang]),
                value=number(index.values[place].value, index.indicator.decimals),
                year=index.year,
                index=number(index.cells[place], 0),
                whole=unit,
            )
            for place, _ in row
        ],
        "hoverinfo": "text",
    }


PANEL = Panel("compare", "indices", charts, ("indices",), ("scope", "regions", "family"), "column")
