"""Coupling coordination of innovation and industry by province and year, and what weights do."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from dashboard.charts.axes import axis, joined, rules
from dashboard.charts.choices import region_of
from dashboard.charts.compared import break_lines
from dashboard.charts.record import Canvas, Chart, Key, Panel, Reported, Row
from dashboard.charts.rows import both_words, value_row
from dashboard.lettering import base_layout, plain
from dashboard.numbers import number
from dashboard.palette import SERIES
from dashboard.wording import Context, listing, spans
from geodata.ids import HOLDING
from geodata.records import Value
from geodata.studies.systems_coupled import SIDES, WEIGHINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.measures.order import Span
    from geodata.studies.systems_coupled import Degrees, Weighing

NAME: Final = "coupled"
HEIGHT: Final = 320


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: the degrees under the chosen weights, and the ranks under all."""
    t, lang, study = context.t, context.lang, scene.atlas.coupled
    found = study.degrees(cast("Weighing", view.weighing), float(view.alpha))
    return [
        Chart(
            NAME,
            t("linkages.coupled"),
            region_of(scene).label,
            partial(coupled_chart, found, t),
            lambda: tuple(rows(scene, view, context)),
            lead=t(
                "linkages.coupled_lead",
                weights=t(f"linkages.weighing_{view.weighing}"),
                alpha=view.alpha,
                years=listing(spans([int(year) for year in found.years], str), t),
            ),
            say=(weights_said(scene, found, context), *ranks_said(scene, view, context)),
            notes=(
                t("linkages.coupled_read"),
                *_lacking(scene, context),
                *break_lines(found.breaks, context),
            ),
            key=tuple(
                Key(place.label[lang], SERIES[at], "line") for at, place in enumerate(found.places)
            ),
            source_ids=found.source_ids,
        )
    ]


def _lacking(scene: Scene, context: Context) -> list[str]:
    """Name the figures that are lacking, with the years that are left out for them."""
    t, lang = context.t, context.lang
    found: dict[str, list[int]] = {}
    for year, lacking in scene.atlas.coupled.lacking():
        figures = listing((f"{place.label[lang]} {name[lang]}" for place, name in lacking), t)
        found.setdefault(figures, []).append(int(year))
    return [
        t("linkages.coupled_lacking", year=listing(spans(years, str), t), figures=figures)
        for figures, years in found.items()
    ]


def weights_said(scene: Scene, found: Degrees, context: Context) -> str:
    """Tell the weight of each figure within its side."""
    t, lang = context.t, context.lang
    told = []
    for side, weights in zip(SIDES, found.weights, strict=True):
        for (name, over), weight in zip(side, weights, strict=True):
            entry = scene.atlas.indicators[name].name[lang]
            below = scene.atlas.indicators[over].name[lang] if over else ""
            told.append(f"{entry}{' ÷ ' if below else ''}{below} {number(weight, 2)}")
    return t("linkages.coupled_weights", weights=listing(told, t))


def ranks_said(scene: Scene, view: View, context: Context) -> Iterator[str]:
    """Tell over which α the order of the latest year stays, under each weighing of the figures."""
    t, alpha = context.t, float(view.alpha)
    for one in sorted(WEIGHINGS, key=lambda weighing: weighing != view.weighing):
        found = scene.atlas.coupled.degrees(one, alpha)
        year, weights = found.years[-1], t(f"linkages.weighing_{one}")
        here = found.within(year, alpha)
        others = [span for span in found.orders[year] if span != here]
        key = "coupled_depends" if others else "coupled_steady"
        yield t(
            f"linkages.{key}",
            year=year,
            weights=weights,
            order=_order(found, here, context),
            low=_weight(here.low),
            high=_weight(here.high),
            others=t("place.semicolon").join(
                t(
                    "linkages.coupled_order",
                    low=_weight(span.low),
                    high=_weight(span.high),
                    order=_order(found, span, context),
                )
                for span in others
            ),
        )


def _order(found: Degrees, span: Span, context: Context) -> str:
    return " > ".join(found.places[at].label[context.lang] for at in span.order)


def _weight(alpha: float) -> str:
    return number(alpha, 2 if 0 < alpha < 1 else 0)


def rows(scene: Scene, view: View, context: Context) -> Iterator[Row]:
    """Yield the degree of each province in each year under every weighing, with the chosen α."""
    for one in WEIGHINGS:
        found = scene.atlas.coupled.degrees(one, float(view.alpha))
        words = both_words(
            "linkages.coupled_item",
            weights=both_words(f"linkages.weighing_{one}"),
            alpha=float(view.alpha),
        )
        for year in found.years:
            for place in found.places:
                value = Value(found.d[year][place.id], "", year, "computed", found.source_ids)
                row = value_row(place, (f"coupled_{one}", words), value, context)
                yield replace(row, catalogued=False)


def coupled_chart(found: Degrees, t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw D of each province by year on a scale from 0 to 1."""
    first, last = int(found.years[0]), int(found.years[-1])
    layout = base_layout(canvas.theme, HEIGHT, {"l": 40, "r": 40, "t": 14, "b": 28})
    layout["xaxis"] = axis(
        canvas.theme,
        range=[first - 0.3, last + 0.3],
        tickvals=[int(year) for year in found.years],
        showgrid=False,
    )
    layout["yaxis"] = axis(canvas.theme, range=[0, 1.05], dtick=0.2, tickformat=".1f")
    layout["shapes"] = rules({b.year for b in found.breaks}, canvas.theme, first, last)
    latest = found.d[found.years[-1]]
    highest = max(latest, key=latest.__getitem__)
    traces = []
    for at, place in enumerate(found.places):
        x, y = joined(found.runs, {year: of[place.id] for year, of in found.d.items()})
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers+text",
                "name": plain(place.label[t.lang]),
                "x": x,
                "y": [None if one is None else round(one, 4) for one in y],
                "text": [
                    number(one, 2) if year == last else "" for year, one in zip(x, y, strict=True)
                ],
                "textposition": "top center" if place.id == highest else "bottom center",
                "textfont": {"size": 11},
                "cliponaxis": False,
                "connectgaps": False,
                "line": {"width": 1.8, "color": SERIES[at]},
                "marker": {"size": 6, "color": SERIES[at]},
                "hovertemplate": "%{fullData.name}<br>%{x}  D = %{y:.3f}<extra></extra>",
            }
        )
    return {"data": traces, "layout": layout}


PANEL = Panel(
    "linkages",
    NAME,
    charts,
    (NAME,),
    ("weighing", "alpha"),
    reported=(Reported("linkages.coupled", 38, HOLDING),),
)
