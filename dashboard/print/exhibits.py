"""From the record of a chart to its figure on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.charts.captions import method_of, subtitle, titled, unsaid
from dashboard.charts.record import Caption
from dashboard.print import common
from dashboard.print.budget import watched
from dashboard.print.errors import EmptyError
from dashboard.print.exhibit import Exhibit
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.charts.record import Chart, Key, Panel, Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context

LEAST = 370
"""Pixels of width below which no chart can be read on paper."""


def exhibit(panel: Panel, name: str, scene: Scene, view: View, context: Context) -> Exhibit:
    """Return a chart of a panel as a print figure, with the figures behind it.

    Raises
    ------
    EmptyError
        When the chart has a sentence in place of the drawing.
    KeyError
        When the panel has no such chart.
    """
    chart = panel.chart(name, scene, view, context)
    if chart.empty:
        raise EmptyError(chart.empty)
    rows = tuple(watched(chart.rows()))
    caption = chart.caption or _caption(panel, chart, rows, context)
    title, kind = caption.title, "map" if chart.is_map else "chart"
    return Exhibit(
        page=panel.page,
        chart=name,
        lang=view.lang,
        title=title,
        subtitle=caption.subtitle or chart.lead or subtitle(scene, view, context),
        draw=chart.draw,
        rows=rows,
        sources=common.sources_of(rows, context),
        alt=context.t(f"export.alt_{kind}", title=title, say=chart.told),
        stem=common.file_stem(caption.names, view.lang, caption.year),
        plain=common.plain_stem((panel.page, name), caption.names, caption.year),
        method=caption.method or method_of(panel.page, panel.name, context),
        heading=caption.heading,
        keys=tuple(map(_written, chart.key)),
        notes=tuple(dict.fromkeys((*chart.notes, *chart.below_said, *caption.notes(rows)))),
        credits=common.credits_of(context, is_map=chart.is_map),
        is_map=chart.is_map,
        least=0 if chart.is_map else max(chart.least, LEAST),
        told=" ".join(chart.say),
    )


def _caption(panel: Panel, chart: Chart, rows: Sequence[Row], context: Context) -> Caption:
    """Put together what a chart has not said of itself: its heading, of whom, of when."""
    years = span_of(rows)
    headings = [*([panel.title(context.t)] if len(panel.names) > 1 else []), chart.title]
    return Caption(
        (chart.subject, *(Name(one, one) for one in headings)),
        titled(" · ".join(headings), chart.subject[context.lang], years, context),
        year=unsaid(years, "".join(headings)),
    )


def _written(key: Key) -> Key:
    """Return an entry of a key as on paper: in the light, the number of its mark in its words."""
    words = f"{key.number} {key.words}".strip()
    return replace(key, words=words, colour=key.colour_in("light"))


def span_of(rows: Iterable[Row]) -> str:
    """Return the first and the last year of what the rows hold; one where they are the same."""
    years = sorted(
        {
            year
            for row in rows
            if row.value is not None or row.source_ids
            for year in re.findall(r"\d{4}", row.year)
        }
    )
    return "-".join(dict.fromkeys((years[0], years[-1]))) if years else ""
