"""What all panels share: how a figure, a year, a place and a source are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard.numbers import NO_DATA, number
from dashboard.units import counted, places_in
from dashboard.web.root import rooted
from dashboard.wording import Context, decimals_of, letter, spans, unit_text
from geodata.ids import OWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dash.development.base_component import Component

    from dashboard.text import Text
    from geodata.records import Place, Source, Value

PLACES = "/place"
"""Where the page of a place stands."""
HINT = "hint"
"""Words about what can be pressed: a class that is not printed."""
FOLD_NOTES_FROM = 8
"""More notes than this are folded."""


class Footnotes:
    """Sources (1, 2 …) and notes (a, b …) of one panel, numbered in order of first use."""

    def __init__(self, context: Context) -> None:
        """Begin with no footnotes."""
        self._context = context
        self._sources: dict[str, int] = {}
        self._notes: dict[str, int] = {}

    def mark(self, source_ids: Iterable[str] = (), notes: Iterable[str] = ()) -> list[Any]:
        """Return the raised marks for a figure: none, or one element to stand after it."""
        numbers = [self._sources.setdefault(i, len(self._sources) + 1) for i in source_ids]
        letters = [
            self._notes.setdefault(words, len(self._notes))
            for words in map(self._context.note, notes)
            if words
        ]
        marks = spans(sorted(set(numbers)), str) + spans(sorted(set(letters)), letter)
        return [html.Sup(",".join(marks))] if marks else []

    def close(self) -> list[Any]:
        """Return the notes and the folded list of sources that end the panel."""
        t = self._context.t
        ended: list[Any] = []
        if self._notes:
            rows = [html.Li([html.Sup(letter(at)), words]) for words, at in self._notes.items()]
            listed = html.Ul(rows, className="panel-notes")
            if len(rows) > FOLD_NOTES_FROM:
                summary = html.Summary(t("panel.notes", n=len(rows)))
                ended.append(html.Details([summary, listed], className="panel-sources"))
            else:
                ended.append(listed)
        if self._sources:
            sources = [self._context.source(i) for i in self._sources]
            ended.append(
                html.Details(
                    [
                        html.Summary(t("panel.sources", n=len(sources))),
                        html.Ol([html.Li(source_text(s, t)) for s in sources]),
                    ],
                    className="panel-sources",
                )
            )
        return ended


def source_text(source: Source, t: Text) -> list[Any]:
    """Write a publication: title (linked where the host is trusted), publisher and date."""
    about = [part for part in (source.publisher, source.date) if part]
    if source.link and source.link.startswith(("https://", "http://")):
        title: Any = html.A(source.title, href=source.link, target="_blank", rel="noopener")
        return [title, *(f" · {part}" for part in about)]
    return [" · ".join([source.title, *about, t("panel.no_address")])]


def quantity(value: Value, context: Context, decimals: int | None = None) -> list[Any]:
    """Write a figure with its unit; a dash alone where there is none."""
    if value.value is None:
        return [html.Span(NO_DATA, className="none", title=context.t("panel.no_data"))]
    shown = counted(value, context.lang)
    moved = places_in(value.unit, context.lang)
    places = decimals_of(shown) if decimals is None else max(0, decimals - moved)
    unit = unit_text(shown.unit, context)
    written = number(shown.value, places)
    return [f"{written}%"] if unit == "%" else [written, html.Span(unit, className="unit")]


def status_mark(value: Value, context: Context) -> list[Any]:
    """Mark what is not an official figure; the full name shows on hover and in the key."""
    if value.value is None or value.status in (None, "official"):
        return []
    return [
        html.Abbr(
            context.t(f"panel.mark_{value.status}"),
            title=context.word("status", str(value.status)),
            className=f"status status-{value.status}",
        )
    ]


def status_key(values: Iterable[Value], context: Context) -> list[Any]:
    """Explain the status marks that stand beside `values`."""
    return [html.P(words, className="panel-key") for words in status_words(values, context)]


def status_words(values: Iterable[Value], context: Context) -> list[str]:
    """Say what the status marks beside `values` mean; nothing where none has one.

    That the unmarked ones are official is said only where each has a status.
    """
    used = {value.status for value in values if value.value is not None}
    marked = [s for s in ("revised", "preliminary", "secondary", "computed", OWN) if s in used]
    if not marked:
        return []
    words = [
        f"{context.t(f'panel.mark_{status}')} {context.word('status', status)}" for status in marked
    ]
    key = "panel.status_some" if None in used else "panel.status_key"
    return [context.t(key, marks=" · ".join(words))]


def place_link(place: Place, context: Context) -> Component:
    """Name a place; following the link selects it."""
    return dcc.Link(place.label[context.lang], href=context.href(place.id), className="place")


def page_of(place: str, context: Context) -> str:
    """Return the address of the page of a place, named by its id."""
    return rooted(PLACES) + context.href(place)


def page_link(place: Place, context: Context) -> Component:
    """Lead to the page of a place."""
    return dcc.Link(
        context.t("place.open"), href=page_of(place.id, context), className="place-page"
    )


def own_band(words: str) -> list[Component]:
    """Return the band over figures that a reader has brought along; nothing without words."""
    return [html.P(words, className="own-band")] if words else []


def panel(name: str, title: str, children: list[Any], also: str = "") -> Component:
    """Frame one panel: a section with its heading, of the classes of a panel and `also`."""
    return html.Section(
        [html.H2(title, className="panel-title"), *children],
        className=f"panel panel-{name} {also}".rstrip(),
    )
