"""How far the firms of a division of a reader's own are from one another, and by chance."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dashboard.charts.axes import axis
from dashboard.charts.choices import region_of
from dashboard.charts.own_registers import (
    division_of,
    nothing,
    own_row,
    own_value,
    register_of,
    subject_of,
)
from dashboard.charts.record import Canvas, Chart, Key, Panel
from dashboard.charts.rows import both_words
from dashboard.lettering import base_layout
from dashboard.numbers import number
from dashboard.palette import INK, SERIES, faded
from dashboard.wording import listing, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.own.firms.study import Distances, OwnFirms
    from geodata.records import Place

NAME: Final = "distances"
HEIGHT: Final = 280
MARGIN: Final = {"l": 56, "r": 14, "t": 14, "b": 40}
PERCENT: Final = 100
DECIMALS: Final = 4
LINES: Final = ("density", "low", "high", "lowest", "highest")


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: of the chosen division, of the largest where all are shown."""
    t, own, place = context.t, register_of(scene, view), region_of(scene)
    division = division_of(view) or own.largest
    subject = subject_of(place, division or None)
    if not own.pointed or not division:
        return [nothing(NAME, subject, "firms.pointless", context)]
    found = own.distances(division)
    if found is None:
        return [nothing(NAME, subject, "firms.distances_few", context)]
    whom = subject[context.lang]
    return [
        Chart(
            NAME,
            t("firms.distances"),
            subject,
            partial(distances_chart, found, t),
            lambda: tuple(rows(own, found, place, context)),
            lead=t("firms.distances_lead", whom=whom, n=number(found.firms)),
            say=tuple(_say(found, t)),
            notes=(
                t("firms.distances_read"),
                *([] if division_of(view) else [t("firms.distances_largest")]),
            ),
            key=(
                Key(t("firms.density"), SERIES[0], "line"),
                Key(t("firms.local"), "muted", "dotted"),
                Key(t("firms.bands"), faded(SERIES[1], 0.3), "area"),
            ),
            source_ids=(own.source_id,),
        )
    ]


def _say(found: Distances, t: Text) -> Iterator[str]:
    """Say at which distances there are more, or fewer, than chance has anywhere."""
    above = np.flatnonzero(found.density > found.bands.highest)
    below = np.flatnonzero(found.density < found.bands.lowest)
    if above.size:
        yield t("firms.nearer", km=_spans(above, t))
    if below.size:
        yield t("firms.apart", km=_spans(below, t))
    if not above.size and not below.size:
        yield t("firms.as_chance")


def _spans(at: Any, t: Text) -> str:  # noqa: ANN401 - an array of kilometres
    return listing(spans([int(one) for one in at], str), t)


def rows(own: OwnFirms, found: Distances, place: Place, context: Context) -> Iterator[Row]:
    """Yield the density and its bands by kilometre."""
    columns = {"density": found.density} | {
        name: getattr(found.bands, name) for name in LINES if name != "density"
    }
    year = str(own.last)
    for at, km in enumerate(found.km):
        for name, values in columns.items():
            item = (
                f"firms_{name}_{int(km)}",
                both_words(f"firms.at_{name}", km=int(km)),
            )
            value = own_value(own, PERCENT * float(values[at]), "%", year)
            yield own_row(place, item, value, context)


def distances_chart(found: Distances, t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw the density over the distance above the band that holds 95 of 100 draws."""
    ink = INK[canvas.theme]
    layout = base_layout(canvas.theme, HEIGHT, MARGIN)
    title = {"text": t("firms.km"), "standoff": 6, "font": {"size": 11}}
    layout["xaxis"] = axis(canvas.theme, title=title, showgrid=False, nticks=8)
    layout["yaxis"] = axis(canvas.theme, rangemode="tozero", ticksuffix="%", nticks=5)
    km = [int(one) for one in found.km]
    low, high = (_percents(one) for one in (found.bands.lowest, found.bands.highest))
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": [*km, *km[::-1]],
        "y": [*high, *low[::-1]],
        "fill": "toself",
        "fillcolor": faded(SERIES[1], 0.3),
        "line": {"width": 0},
        "hoverinfo": "skip",
        "name": "bands",
    }
    local = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": km,
            "y": _percents(one),
            "line": {"width": 1, "dash": "dot", "color": ink.muted},
            "hoverinfo": "skip",
            "name": "local",
        }
        for one in (found.bands.low, found.bands.high)
    ]
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": km,
        "y": _percents(found.density),
        "line": {"width": 2, "color": SERIES[0]},
        "hovertemplate": "%{x} km  %{y:.3f}%<extra></extra>",
        "name": "density",
    }
    return {"data": [band, *local, line], "layout": layout}


def _percents(values: Any) -> list[float]:  # noqa: ANN401 - an array of densities
    return [round(PERCENT * float(one), DECIMALS) for one in values]


PANEL = Panel("firms", NAME, charts, (NAME,), ("firms",), "sheet")
