"""Entry and exit of a reader's own firms by year."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dashboard.charts.axes import axis
from dashboard.charts.own_registers import (
    division_of,
    nothing,
    own_row,
    own_value,
    place_of,
    register_of,
    subject_of,
)
from dashboard.charts.record import Canvas, Chart, Key, Panel
from dashboard.charts.rows import both_words
from dashboard.lettering import base_layout
from dashboard.numbers import number, percent
from dashboard.palette import INK, SERIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.own.firms.study import Moves, OwnFirms
    from geodata.records import Place

NAME: Final = "turnover"
HEIGHT: Final = 260
MARGIN: Final = {"l": 46, "r": 14, "t": 14, "b": 28}
KINDS: Final = {"entry": SERIES[0], "exit": SERIES[1]}
PERCENT: Final = 100


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart, of the first place selected or of all."""
    t, own, place = context.t, register_of(scene, view), place_of(scene, view)
    division = division_of(view)
    subject = subject_of(place, division)
    if not own.dated:
        return [nothing(NAME, subject, "firms.undated", context)]
    found = own.moves(place.id, division)
    kinds = [kind for kind in KINDS if kind == "entry" or own.closes]
    if not any(np.isfinite(_rate(found, kind)).any() for kind in kinds):
        return [nothing(NAME, subject, "firms.turnover_few", context)]
    said = t("firms.turnover_say", **_last(found, t))
    return [
        Chart(
            NAME,
            t("firms.turnover"),
            subject,
            partial(turnover_chart, found, kinds, t),
            lambda: tuple(rows(own, found, kinds, place, context)),
            lead=t("firms.turnover_lead", whom=subject[context.lang]),
            say=(said,),
            notes=(
                t("firms.turnover_open"),
                *([] if own.closes else [t("firms.no_exits")]),
            ),
            key=tuple(Key(t(f"firms.{kind}"), KINDS[kind], "line") for kind in kinds),
            source_ids=(own.source_id,),
        )
    ]


def _rate(found: Moves, kind: str) -> Any:  # noqa: ANN401 - an array of rates
    return found.entry if kind == "entry" else found.exit


def _last(found: Moves, t: Text) -> dict[str, str]:
    """Return what the last year but one says: the last one need not be over."""
    at = max(0, len(found.years) - 2)
    return {
        "year": str(found.years[at]),
        "births": number(int(found.births[at])),
        "deaths": number(int(found.deaths[at])),
        "entry": _percent(found.entry[at], t),
        "exit": _percent(found.exit[at], t),
    }


def _percent(rate: float, t: Text) -> str:
    return percent(float(rate)) if np.isfinite(rate) else t("firms.untold")


def rows(
    own: OwnFirms, found: Moves, kinds: list[str], place: Place, context: Context
) -> Iterator[Row]:
    """Yield rates and counts by year."""
    counts = {"entry": ("births", found.births), "exit": ("deaths", found.deaths)}
    for kind in kinds:
        name, values = counts[kind]
        for at, year in enumerate(found.years):
            rate = own_value(own, PERCENT * _rate(found, kind)[at], "%", str(year))
            item = (f"firms_{kind}", both_words(f"firms.{kind}"))
            yield own_row(place, item, rate, context)
            count = own_value(own, float(values[at]), own.unit, str(year))
            yield own_row(place, (f"firms_{name}", both_words(f"firms.{name}")), count, context)


def turnover_chart(found: Moves, kinds: list[str], t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw the rates as lines that stop where there are too few firms."""
    layout = base_layout(canvas.theme, HEIGHT, MARGIN)
    layout["xaxis"] = axis(canvas.theme, nticks=8, showgrid=False, tickformat="d")
    layout["yaxis"] = axis(canvas.theme, rangemode="tozero", ticksuffix="%", nticks=5)
    lines = (_drawn(found, kind, t(f"firms.{kind}"), canvas) for kind in kinds)
    return {"data": [one for pair in lines for one in pair], "layout": layout}


def _drawn(found: Moves, kind: str, name: str, canvas: Canvas) -> list[dict[str, Any]]:
    """Return a line to the last year but one, and the last year as a hollow point of its own."""
    rates = [
        round(PERCENT * float(one), 2) if np.isfinite(one) else None for one in _rate(found, kind)
    ]
    colour, years = KINDS[kind], list(found.years)
    shared = {
        "type": "scatter",
        "connectgaps": False,
        "hovertemplate": "%{x}  %{y:.1f}%<extra></extra>",
        "name": name,
    }
    line = {
        **shared,
        "mode": "lines+markers",
        "x": years[:-1],
        "y": rates[:-1],
        "line": {"width": 2, "color": colour},
        "marker": {"size": 4, "color": colour},
    }
    last = {
        **shared,
        "mode": "markers",
        "x": years[-1:],
        "y": rates[-1:],
        "marker": {
            "size": 7,
            "color": INK[canvas.theme].paper,
            "line": {"width": 1.6, "color": colour},
        },
    }
    return [line, last]


PANEL = Panel("firms", NAME, charts, (NAME,), ("firms", "regions"), "sheet")
