"""A panel of charts as a page shows it: everything in it comes from the records."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.rows import own_words
from dashboard.colours import legible
from dashboard.panels.components import HINT, Footnotes, own_band, panel
from dashboard.panels.graph import as_table, plotted, told
from dashboard.panels.method import note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Canvas, Chart, Key, Panel, Row
    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from dashboard.wording import Context


def shown(asked: Panel, scene: Scene, view: View, canvas: Canvas) -> Component:
    """Return a panel: heading, lead, its charts side by side, sources, method note, export."""
    context = scene.context(view)
    t, feet = context.t, Footnotes(context)
    charts = asked.charts(scene, view, context)
    drawn = [one.name for one in charts if not one.empty]
    return panel(
        asked.name.replace("_", "-"),
        asked.title(t) if len(asked.names) > 1 else charts[0].title,
        [
            *own_said(
                scene, lambda: (r for one in charts for r in (*one.rows(), *one.beside())), context
            ),
            *_leads(charts, feet),
            *_blocks(asked, charts, context, canvas, feet),
            *feet.close(),
            note(asked.page, asked.name, t, charts=drawn),
        ],
    )


def own_said(scene: Scene, rows: Callable[[], Iterable[Row]], context: Context) -> list[Component]:
    """Return the band over what a reader has brought along; nothing over published figures."""
    return own_band(own_words(rows(), context)) if scene.atlas.own else []


def _leads(charts: Sequence[Chart], feet: Footnotes) -> list[Component]:
    """Return the sentence above the charts, with the sources of all of them."""
    leads = dict.fromkeys(one.lead for one in charts if one.lead)
    marks = feet.mark(dict.fromkeys(i for one in charts for i in one.source_ids))
    return [
        html.P([lead, *(marks if at == 0 else [])], className="panel-lead")
        for at, lead in enumerate(leads)
    ]


def _blocks(
    asked: Panel, charts: Sequence[Chart], context: Context, canvas: Canvas, feet: Footnotes
) -> list[Component]:
    if len(asked.names) == 1:
        return [one for chart in charts for one in _block(asked.page, chart, context, canvas, feet)]
    shared = [note for note in charts[0].notes if all(note in one.notes for one in charts)]
    own = [replace(c, notes=tuple(n for n in c.notes if n not in shared)) for c in charts]
    pair = [
        html.Div([html.H3(one.title), *_block(asked.page, one, context, canvas, feet)])
        for one in own
    ]
    return [html.Div(pair, className="pair"), *note_list(shared)]


def _block(page: str, chart: Chart, context: Context, canvas: Canvas, feet: Footnotes) -> list[Any]:
    """Return what a chart says, its key, the drawing with its table, and its notes."""
    if chart.empty:
        drawn: list[Any] = [html.P(chart.empty, className="panel-empty")]
    else:
        drawn = [
            *key_list(chart.key, canvas.theme, feet),
            *_drawing(page, chart, context.t, canvas),
        ]
    return [
        *(html.P(line, className="panel-say") for line in chart.say),
        *drawn,
        *note_list(chart.notes),
        *([html.P(chart.hint, className=f"panel-key {HINT}")] if chart.hint else []),
        *(chart.below(feet) if chart.below else ()),
    ]


def _drawing(page: str, chart: Chart, t: Text, canvas: Canvas) -> list[Component]:
    """Return the drawing, told to those who do not see it, and the fold with its figures."""
    words = told((chart.title, chart.told), t)
    drawn = plotted(chart.graph_id, chart.draw(canvas), chart.least)
    name = "scroll-y" if chart.tall else "scroll-x chart" if chart.least else "chart"
    scrolls: dict[str, Any] = {"tabIndex": 0} if chart.tall or chart.least else {}
    framed = html.Div(drawn, className=name, role="img", **scrolls, **words)
    return [framed, as_table(chart.graph_id, page, chart.name, t)]


def key_list(keys: Sequence[Key], theme: Theme, feet: Footnotes) -> list[Component]:
    """Return the key of a chart as a list; nothing without entries."""
    if not keys:
        return []
    entries = [
        html.Li(
            [
                html.I(key.number, style=_swatch(key, theme), className=key.shape),
                key.words,
                *feet.mark(key.source_ids),
                *([html.Small(str(key.count))] if key.count is not None else []),
            ]
        )
        for key in keys
    ]
    return [html.Ul(entries, className="key")]


def _swatch(key: Key, theme: Theme) -> dict[str, str]:
    """Return the style of a mark: its colour, and that of the number on it."""
    colour = key.colour_in(theme)
    return {"background": colour, **({"color": legible(colour)} if key.number else {})}


def note_list(notes: Sequence[str]) -> list[Component]:
    """Return the notes of a chart as a list; nothing without one."""
    return [html.Ul([html.Li(one) for one in notes], className="panel-reading")] if notes else []
