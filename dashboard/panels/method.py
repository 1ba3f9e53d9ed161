"""The method note of a chart: how to read it, how it was computed, and where it falls short.

Its words are a table of their own, `text/method_<page>.csv`, with a key `<chart>.<part>` for the
title and each of `PARTS`; the page of methods collects them all.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.panels.taking import button, figures_button
from dashboard.static import Static, elements, kept
from dashboard.text import FOLDER, text, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.text import Text
    from geodata.records import Lang

PARTS: Final = (
    "read",
    "formula",
    "definition",
    "benchmark",
    "vintage",
    "weakness",
    "reference",
)


def note(
    page: str,
    chart: str,
    t: Text,
    charts: Sequence[str] | None = None,
    table: str = "",
) -> Component:
    """Return the folded note of a chart or a table.

    Of `charts`, or of a `table`, named as in addresses, it has the export button beside it. The
    words of charts are those that the page keeps, see `kept_notes`.

    Raises
    ------
    KeyError
        When the page's table has no such chart or lacks a part.
    """
    is_kept = charts is not None
    said = Static([kept(_name(page, chart, t))]) if is_kept else rows(page, chart, t.lang)
    folded = html.Details(
        [html.Summary(t("shell.method")), said],
        className="method",
        id=f"method-{page}-{chart}",
    )
    if table:
        return html.Div([folded, figures_button(page, t, table)])
    return html.Div([folded, button(page, t, *charts)]) if charts else folded


def kept_notes(charts: Mapping[str, str], t: Text) -> dict[str, list[Any]]:
    """Return the notes of charts, each with its page, for a page to keep.

    Parts of a page are asked for again and again; their notes are not sent with them.
    """
    return {_name(p, one, t): elements(rows(p, one, t.lang)) for one, p in charts.items()}


def _name(page: str, chart: str, t: Text) -> str:
    return f"method-{page}-{chart}-{t.lang}"


@lru_cache(maxsize=256)
def rows(page: str, chart: str, lang: Lang) -> Component:
    """Return the parts of a note as a list of terms; errors as `note`."""
    t, room = text(lang), f"method_{page}"
    return html.Dl(
        [
            item
            for part in PARTS
            for item in (
                html.Dt(t(f"shell.method_{part}")),
                html.Dd(t(f"{room}.{chart}.{part}"), className=f"method-{part}"),
            )
        ]
    )


def charts() -> dict[str, list[str]]:
    """Return the charts that have a note, by page, in the order of their tables."""
    pages = sorted(path.stem.removeprefix("method_") for path in FOLDER.glob("method_*.csv"))
    return {
        page: [
            key.removeprefix(f"method_{page}.").removesuffix(".title")
            for key in words("zh")
            if key.startswith(f"method_{page}.") and key.endswith(".title")
        ]
        for page in pages
    }
