"""From the record of a chart to its figure on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, NoReturn

from dashboard.charts.captions import method_of, subtitle, titled, unsaid
from dashboard.charts.compared import named
from dashboard.charts.record import Caption
from dashboard.charts.rows import JOIN, both_words, own_words
from dashboard.print import common
from dashboard.print.budget import watched
from dashboard.print.errors import EmptyError, ExportError
from dashboard.print.exhibit import Exhibit
from dashboard.print.naming import Naming
from dashboard.wording import sentences
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.charts.record import Canvas, Chart, Key, Panel, Row, Tabled
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context

    Rows = tuple[tuple[Row, ...], tuple[Row, ...]]

SAID = ("title", "subject", "empty", "lead", "say", "notes", "key")
"""What a chart says."""
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
    rows, beside = tuple(watched(chart.rows())), tuple(watched(chart.beside()))
    caption = _caption(panel, chart, rows, context)
    (whom, *what), year = caption.names, caption.year
    another = partial(_another, panel, chart, (rows, beside), scene)
    address, years = (panel.page, name), (year, year or span_of(rows))
    naming = Naming(address, (*what, whom), *years, scene, view, another, marked=True)
    title, kind = caption.title, "map" if chart.is_map else "chart"
    band = own_words((*rows, *beside), context)
    under = caption.subtitle or chart.lead or subtitle(scene, view, context)
    alt = context.t(f"export.alt_{kind}", title=title, say=chart.told)
    return Exhibit(
        page=panel.page,
        chart=name,
        lang=view.lang,
        title=title,
        subtitle=banded(band, under),
        draw=chart.draw,
        rows=rows,
        beside=beside,
        sources=common.sources_of(rows, context),
        cited=common.sources_of((*rows, *beside), context),
        alt=banded(band, alt),
        names=cache(naming.both),
        method=caption.method or method_of(panel.page, panel.name, context),
        heading=caption.heading,
        keys=tuple(map(_written, chart.key if caption.key is None else caption.key)),
        notes=tuple(dict.fromkeys((*chart.notes, *chart.below_said, *caption.notes(rows)))),
        credits=common.credits_of(context, is_map=chart.is_map),
        is_map=chart.is_map,
        least=0 if chart.is_map else max(chart.least, LEAST),
        told=sentences(chart.say),
        band=band,
    )


def tabulated(asked: Tabled, scene: Scene, view: View, context: Context) -> Exhibit:
    """Return a table of a page as what leaves as figures and cannot be drawn.

    Raises
    ------
    EmptyError
        When it has no figures.
    """
    t, rows = context.t, tuple(watched(asked.rows(scene, view, context)))
    if not rows:
        raise EmptyError(t("export.table_empty"))
    heading, years, whom = asked.heading(view), span_of(rows), named(row.name for row in rows)
    sources = common.sources_of(rows, context)
    title = titled(t(heading), whom[view.lang], years, context)

    def another(other: View) -> bool:
        told = tuple(asked.rows(scene, other, scene.context(other)))
        return (heading, rows) != (asked.heading(other), told)

    address, names = (asked.page, asked.name), (both_words(heading), whom)
    naming = Naming(address, names, years, years, scene, view, another, marked=False)
    band = own_words(rows, context)
    return Exhibit(
        page=asked.page,
        chart=asked.name,
        lang=view.lang,
        title=title,
        subtitle=banded(band, subtitle(scene, view, context)),
        draw=partial(_refuse, t("export.table_alone")),
        rows=rows,
        beside=(),
        sources=sources,
        cited=sources,
        alt=banded(band, t("export.alt_table", title=title, n=len(rows))),
        names=cache(naming.both),
        method=method_of(asked.page, asked.noted(view), context),
        band=band,
    )


def banded(band: str, words: str) -> str:
    """Put before words that the figures are a reader's own."""
    return f"{band}{JOIN}{words}" if band else words


def _refuse(why: str, _: Canvas) -> NoReturn:
    """Say that there is nothing to draw."""
    raise ExportError(why)


def _another(panel: Panel, held: Chart, figures: Rows, scene: Scene, view: View) -> bool:
    """Tell whether a chart is another at a view than the one held; its rows are asked for last."""
    other = panel.chart(held.name, scene, view, scene.context(view))
    said = any(getattr(held, part) != getattr(other, part) for part in SAID)
    return said or figures != (tuple(other.rows()), tuple(other.beside()))


def _caption(panel: Panel, chart: Chart, rows: Sequence[Row], context: Context) -> Caption:
    """Put together what a chart has not said of itself: its heading, of whom, of when."""
    if chart.caption and chart.caption.title:
        return chart.caption
    years = span_of(rows)
    headings = [*([panel.title(context.t)] if len(panel.names) > 1 else []), chart.title]
    named = Caption((chart.subject, *(Name(one, one) for one in headings)))
    return replace(
        chart.caption or named,
        title=titled(" · ".join(headings), chart.subject[context.lang], years, context),
        year=unsaid(years, "".join(headings)),
    )


def _written(key: Key) -> Key:
    """Return an entry of a key as on paper: the number of its mark in its words."""
    return replace(key, words=f"{key.number} {key.words}".strip())


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
