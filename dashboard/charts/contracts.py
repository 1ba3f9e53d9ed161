"""Beijing's technology contracts to Tianjin and Hebei: the years there are, and the gaps."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.charts.record import Canvas, Chart, Panel
from dashboard.charts.rows import flow_row, value_row
from dashboard.lettering import SIZE, base_layout, width_of
from dashboard.numbers import number
from dashboard.palette import INK, SEQUENTIAL
from dashboard.panels.ties import bare, unit_head
from dashboard.units import FINER, counted
from dashboard.wording import Context, decimals_of_column, listing, year_text
from geodata.ids import BEIJING
from geodata.records import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.palette import Theme
    from dashboard.panels.components import Footnotes
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.atlas import Atlas
    from geodata.studies.links import Contracts, Flow

NAME: Final = "contracts"
SERIES: Final = "tech_contract_value"
APART: Final = "tech_contract_value_unreconciled"
"""The figures that do not fit the series."""
HEIGHT: Final = 300
LEFT, RIGHT, BELOW = 48, 8, 44
TICK: Final = 11
FREE: Final = 4
"""Pixels between the numbers of two years that stand side by side."""
ROOM: Final = 1.16


def charts(scene: Scene, _: View, context: Context) -> list[Chart]:
    """Return the one chart, all other figures in a table below it."""
    t, atlas = context.t, scene.atlas
    found = counted(atlas.links.contracts(), context.lang)
    values = (*found.series, *found.unreconciled)
    noted = (
        t("linkages.contracts_noted", year=value.year, note=words)
        for value in sorted(values, key=lambda value: value.year)
        for words in map(context.note, value.note)
        if words
    )
    return [
        Chart(
            NAME,
            t("linkages.contracts"),
            atlas.place(BEIJING).name,
            partial(contracts_chart, found, t, context.word("unit", found.series[0].unit)),
            lambda: tuple(rows(atlas, context)),
            lead=t(
                "linkages.contracts_lead",
                first=found.series[0].year,
                last=found.series[-1].year,
                n=len(found.series),
                missing=listing(found.missing, t),
            ),
            notes=(t("linkages.contracts_read"), *noted),
            source_ids=tuple(dict.fromkeys(i for value in values for i in value.source_ids)),
            below=lambda feet: [_others(found, context, feet)],
            beside=lambda: (flow_row(flow, context) for flow in found.others),
        )
    ]


def _others(found: Contracts, context: Context, feet: Footnotes) -> Component:
    """Return the figures that are no full years as a table."""
    t = context.t
    decimals = decimals_of_column(flow.value for flow in found.others)
    heads = (
        t("linkages.head_figure"),
        unit_head(found.others[0].value.unit, context),
        t("linkages.head_period"),
    )
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody([_other(flow, decimals, context, feet) for flow in found.others]),
        ],
        className="ties",
    )
    summary = html.Summary(t("linkages.contracts_others", n=len(found.others)))
    return html.Details([summary, table], className="without", open=True)


def _other(flow: Flow, decimals: Mapping[str, int], context: Context, feet: Footnotes) -> Component:
    lang, t = context.lang, context.t
    ends = f"{flow.origin.name[lang]} → {flow.destination.name[lang]}"
    name: list[Any] = [flow.label[lang], html.Br(), html.Small(ends)]
    marks = feet.mark(flow.value.source_ids, flow.value.note)
    span: list[Any] = (
        [" ", html.Small(t(f"linkages.span_{flow.span}"))] if flow.span != "year" else []
    )
    return html.Tr(
        [
            html.Td(name),
            html.Td([bare(flow.value, decimals.get(flow.value.unit, 0)), *marks], className="num"),
            html.Td([year_text(flow.value.year, t), *span], className="num"),
        ]
    )


def rows(atlas: Atlas, context: Context) -> Iterator[Row]:
    """Yield the full years, the missing ones, and apart what does not fit the series."""
    found, place = atlas.links.contracts(), atlas.place(BEIJING)
    main, apart = ((one, atlas.term("flow", one)) for one in (SERIES, APART))
    gaps = [Value(None, found.series[0].unit, year) for year in found.missing]
    for value in sorted((*found.series, *gaps), key=lambda v: v.year):
        yield replace(value_row(place, main, value, context), catalogued=False)
    for value in found.unreconciled:
        yield value_row(place, apart, value, context)


def contracts_chart(found: Contracts, t: Text, unit: str, canvas: Canvas) -> dict[str, Any]:
    """Draw the years as bars, the missing ones hatched and named, the unreconciled ones hollow.

    No line joins the years: with years missing between them it would tell a course that nobody
    has published.

    Parameters
    ----------
    found
        The series with its gaps.
    t, unit
        Words, and the name of the unit.
    canvas
        What it is drawn on.
    """
    theme, ink = canvas.theme, INK[canvas.theme]
    highest = max(v.value or 0 for v in found.series) * ROOM
    apart = {v.year for v in found.unreconciled}
    years = sorted({v.year for v in found.series} | set(found.missing) | apart)
    step = (canvas.width - LEFT - RIGHT) / len(years)
    turned = _angle(map(_bracketed, found.unreconciled), step, SIZE)
    below = _angle(years, step, TICK)
    margin = {"l": LEFT, "r": RIGHT, "t": 18, "b": BELOW if below else 30}
    layout = base_layout(theme, HEIGHT, margin)
    layout["xaxis"] = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": years,
        "tickfont": {"size": TICK},
        "showgrid": False,
        "fixedrange": True,
        "ticks": "",
        "tickangle": below,
    }
    layout["yaxis"] = {
        "title": {"text": unit, "font": {"size": 12, "color": ink.muted}, "standoff": 6},
        "range": [0, highest],
        "gridcolor": ink.grid,
        "tickfont": {"color": ink.muted},
        "zerolinecolor": ink.muted,
        "fixedrange": True,
    }
    layout["annotations"] = [
        _written_apart(v, years.index(v.year), turned) for v in found.unreconciled
    ]
    layout["bargap"] = 0.28
    layout["barmode"] = "overlay"
    return {
        "data": [
            _gaps(found, t, theme, highest),
            _known(found, apart, t, unit) | {"textangle": turned},
            *_apart(found, t, theme, unit),
        ],
        "layout": layout,
    }


def _written(value: Value) -> str:
    return number(value.value, 1 + FINER.get(value.unit, 0))


def _bracketed(value: Value) -> str:
    return f"({_written(value)})"


def _angle(words: Iterable[str], step: float, size: float) -> int:
    """Return how words in a row are turned: upright where one has fewer pixels than it needs."""
    return -90 if max((width_of(one, size) for one in words), default=0) + FREE > step else 0


def _written_apart(value: Value, place: int, angle: int) -> dict[str, Any]:
    """Write a figure that does not fit the series over its diamond, at a place of the years."""
    return {
        "text": _bracketed(value),
        "textangle": angle,
        "x": place,
        "y": value.value,
        "yanchor": "bottom",
        "yshift": 6,
        "showarrow": False,
        "font": {"size": SIZE},
    }


def _known(found: Contracts, apart: set[str], t: Text, unit: str) -> dict[str, Any]:
    """Draw the full years; a number over which an unreconciled one stands is within its bar."""
    return {
        "type": "bar",
        "name": "known",
        "x": [v.year for v in found.series],
        "y": [v.value for v in found.series],
        "marker": {"color": SEQUENTIAL[5]},
        "text": [_written(v) for v in found.series],
        "textposition": ["inside" if v.year in apart else "outside" for v in found.series],
        "insidetextanchor": "middle",
        "constraintext": "none",
        "textfont": {"size": SIZE},
        "cliponaxis": False,
        "hovertext": [
            t(
                "linkages.hover_year",
                year=v.year,
                value=_written(v),
                unit=unit,
            )
            for v in found.series
        ],
        "hoverinfo": "text",
    }


def _gaps(found: Contracts, t: Text, theme: Theme, highest: float) -> dict[str, Any]:
    """Fill the missing years from floor to ceiling with a pale hatch."""
    ink = INK[theme]
    apart = {v.year for v in found.unreconciled}
    return {
        "type": "bar",
        "name": "missing",
        "x": list(found.missing),
        "y": [highest] * len(found.missing),
        "marker": {
            "color": "rgba(0,0,0,0)",
            "line": {"width": 0},
            "pattern": {"shape": "/", "size": 7, "solidity": 0.16, "fgcolor": ink.no_data},
        },
        "text": ["" if year in apart else t("linkages.gap") for year in found.missing],
        "textposition": "inside",
        "constraintext": "none",
        "insidetextanchor": "middle",
        "textangle": -90,
        "textfont": {"color": ink.muted, "size": 11},
        "hovertext": [t("linkages.hover_gap", year=year) for year in found.missing],
        "hoverinfo": "text",
    }


def _apart(found: Contracts, t: Text, theme: Theme, unit: str) -> list[dict[str, Any]]:
    """Draw the figures that do not fit the series as hollow diamonds."""
    if not found.unreconciled:
        return []
    return [
        {
            "type": "scatter",
            "name": "unreconciled",
            "mode": "markers",
            "x": [v.year for v in found.unreconciled],
            "y": [v.value for v in found.unreconciled],
            "marker": {
                "symbol": "diamond-open",
                "size": 11,
                "color": INK[theme].accent,
                "line": {"width": 1.8},
            },
            "hovertext": [
                t(
                    "linkages.hover_apart",
                    year=v.year,
                    value=_written(v),
                    unit=unit,
                )
                for v in found.unreconciled
            ],
            "hoverinfo": "text",
        }
    ]


PANEL = Panel("linkages", NAME, charts, (NAME,))
