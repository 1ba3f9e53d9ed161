"""From the record of a chart to its figure on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.print import common
from dashboard.print.errors import EmptyError
from dashboard.print.exhibit import Exhibit
from dashboard.text import words
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.charts.record import Key, Panel, Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context

LEAST = 420
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
    rows = tuple(chart.rows())
    years = span_of(rows)
    headings = [panel.title(context.t), *([chart.title] if len(panel.names) > 1 else [])]
    title = _title(" · ".join(headings), chart.subject[view.lang], years, context)
    return Exhibit(
        page=panel.page,
        chart=name,
        lang=view.lang,
        title=title,
        subtitle=chart.lead or common.subtitle(scene, view, context),
        draw=chart.draw,
        rows=rows,
        sources=common.sources_of(rows, context),
        alt=context.t("export.alt_chart", title=title, say=chart.told),
        stem=common.file_stem(
            (chart.subject, *(Name(one, one) for one in headings)),
            view.lang,
            _unsaid(years, "".join(headings)),
        ),
        method=method_of(panel.page, panel.name, context),
        keys=tuple(map(_written, chart.key)),
        notes=tuple(dict.fromkeys((*chart.notes, *chart.below_said))),
        least=max(chart.least, LEAST),
    )


def _written(key: Key) -> Key:
    """Return an entry of a key with the number of its mark among its words."""
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


def _title(heading: str, subject: str, years: str, context: Context) -> str:
    """Name what is shown, of whom, and of when unless the heading says it."""
    unsaid = _unsaid(years, heading + subject)
    key = "export.chart_title" if unsaid else "export.of_scope"
    return context.t(key, scope=subject, what=heading, year=unsaid.replace("-", "–"))


def _unsaid(years: str, heading: str) -> str:
    """Return the years unless the words name them."""
    return "" if all(year in heading for year in years.split("-")) else years


def method_of(page: str, note: str, context: Context) -> str:
    """Return formula, definition and reading of a chart's method note, where it has one."""
    keys = [f"method_{page}.{note}.{part}" for part in ("formula", "definition", "read")]
    known = words(context.lang)
    return " ".join(known[key] for key in keys if key in known)
