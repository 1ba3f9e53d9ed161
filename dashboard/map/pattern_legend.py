"""The legend of a map by class: local Moran or Gi*, with what was tested and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.map.categories import QUIET
from dashboard.map.legend import class_row, marks_key
from dashboard.numbers import number
from dashboard.wording import listing

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dash.development.base_component import Component

    from dashboard.map.categories import Classed
    from dashboard.map.figure import Outline
    from dashboard.palette import Ink
    from dashboard.wording import Context
    from geodata.studies.space import GlobalMoran, Setting


def pattern_legend(
    classed: Classed,
    title: str,
    tested: tuple[Setting, float, GlobalMoran],
    marks: tuple[Sequence[Outline], Collection[str]],
    about: tuple[Context, Ink],
) -> Component:
    """Explain the classes and the test.

    Parameters
    ----------
    classed
        The counties by class.
    title
        What is mapped.
    tested
        How it was tested, the rate of false discoveries, and the global statistic.
    marks
        The circles and point layers on the map.
    about
        Words and colours.
    """
    context, ink = about
    t = context.t
    setting, rate, moran = tested
    counts = classed.counts()
    colours = {**classed.kinds, "none": QUIET, "na": ink.no_data}
    rows = [
        class_row(colour, t(f"clusters.kind_{kind}"), counts[kind])
        for kind, colour in colours.items()
        if kind != "na" or counts[kind]
    ]
    foot: list[Any] = [
        t(f"clusters.weights_{setting.weights}"),
        t("clusters.tested", n=f"{setting.permutations:,}", rate=f"{rate:.0%}", seed=setting.seed),
    ]
    if setting.reason:
        foot = [context.note(setting.reason)]
    elif moran.statistic is not None and moran.p is not None:
        chance = "< 0.001" if moran.p < 0.001 else f"= {number(moran.p, 3)}"  # noqa: PLR2004
        permuted = f"{moran.setting.permutations:,}"
        foot.append(t("clusters.moran", i=number(moran.statistic, 3), p=chance, n=permuted))
    for key, places in (("islands", setting.islands), ("left_out", setting.left_out)):
        if places:
            names = listing((place.label[context.lang] for place in places), t)
            foot.append(t(f"clusters.{key}", places=names))
    return html.Div(
        [
            html.Div(title, className="legend-name"),
            html.Div(setting.year, className="legend-unit"),
            html.Ul(rows, className="legend-rows"),
            *(html.Div(line, className="legend-foot") for line in foot),
            *marks_key(*marks, context, ink),
        ]
    )
