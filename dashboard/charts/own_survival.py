"""Survival of a reader's own firms by age."""

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
    place_of,
    register_of,
    subject_of,
)
from dashboard.charts.record import Canvas, Chart, Panel
from dashboard.charts.rows import both_words, joined
from dashboard.lettering import base_layout
from dashboard.numbers import number, percent
from dashboard.palette import SERIES, faded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.measures.demography import Survival
    from geodata.own.firms.study import OwnFirms
    from geodata.records import Place

NAME: Final = "survival"
HEIGHT: Final = 260
MARGIN: Final = {"l": 46, "r": 14, "t": 14, "b": 40}
PERCENT: Final = 100
Z: Final = 1.96
LEAST: Final = 10
"""Firms at risk below which the share is not told."""
FIRST: Final = 1980
AGES: Final = (1, 3, 5, 10)
PARTS: Final = ("share", "low", "high")
Told = tuple[int, float, float, float]
"""An age, the share in per cent, and the ends of its interval."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: of a place, or of a division in all three."""
    t, own, division = context.t, register_of(scene, view), division_of(view)
    placed = division is None and own.follows_places
    place = place_of(scene, view) if placed else region_of(scene)
    subject = subject_of(place, division)
    if not own.dated or not own.closes:
        return [nothing(NAME, subject, "firms.undying", context)]
    found = own.survival(place.id, division)
    curve = told(found)
    if not curve:
        return [nothing(NAME, subject, "firms.survival_few", context)]
    said = (
        t("firms.survival_at", age=age, share=percent(share / PERCENT))
        for age, share, _, _ in curve
        if age in AGES
    )
    seen = number(int(found.at_risk[0]))
    return [
        Chart(
            NAME,
            t("firms.survival"),
            subject,
            partial(survival_chart, curve, t("firms.age")),
            lambda: tuple(rows(own, curve, place, context)),
            lead=t("firms.survival_lead", whom=subject[context.lang], n=seen),
            say=(t("compare.semicolon").join(said),),
            notes=(t("firms.survival_place" if placed else "firms.survival_whole"),),
            source_ids=(own.source_id,),
        )
    ]


def told(found: Survival) -> list[Told]:
    """Return the ages at which enough firms are at risk: calendar years after that of founding."""
    return [
        (
            age,
            PERCENT * float(share),
            PERCENT * max(0.0, float(share - Z * error)),
            PERCENT * min(1.0, float(share + Z * error)),
        )
        for age, (share, error, at_risk) in enumerate(
            zip(found.share, found.error, found.at_risk, strict=True)
        )
        if at_risk >= LEAST and np.isfinite(share) and np.isfinite(error)
    ]


def rows(own: OwnFirms, curve: list[Told], place: Place, context: Context) -> Iterator[Row]:
    """Yield the share and its interval by age."""
    year = f"{FIRST}-{own.last}"
    for age, *values in curve:
        name = both_words("firms.survived", age=age)
        for part, value in zip(PARTS, values, strict=True):
            words = name if part == PARTS[0] else joined(name, both_words(f"export.item_{part}"))
            item = (f"firms_survival_{age}_{part}", words)
            yield own_row(place, item, own_value(own, value, "%", year), context)


def survival_chart(curve: list[Told], heading: str, canvas: Canvas) -> dict[str, Any]:
    """Draw the shares as a line within the band of their intervals."""
    layout = base_layout(canvas.theme, HEIGHT, MARGIN)
    ages, share, low, high = (list(column) for column in zip(*curve, strict=True))
    title = {"text": heading, "standoff": 6, "font": {"size": 11}}
    layout["xaxis"] = axis(canvas.theme, title=title, showgrid=False, nticks=10)
    layout["yaxis"] = axis(canvas.theme, range=[0, 102], ticksuffix="%", nticks=5)
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": [*ages, *ages[::-1]],
        "y": [round(one, 2) for one in (*high, *low[::-1])],
        "fill": "toself",
        "fillcolor": faded(SERIES[0], 0.2),
        "line": {"width": 0},
        "hoverinfo": "skip",
        "name": "interval",
    }
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": ages,
        "y": [round(one, 2) for one in share],
        "line": {"width": 2, "color": SERIES[0]},
        "marker": {"size": 4, "color": SERIES[0]},
        "hovertemplate": "%{x}  %{y:.1f}%<extra></extra>",
        "name": heading,
    }
    return {"data": [band, line], "layout": layout}


PANEL = Panel("firms", NAME, charts, (NAME,), ("firms", "regions"), "sheet")
