"""Where a number comes from: the button that asks, and the card that answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.asked import name_of
from dashboard.attributes import aria, data
from dashboard.panels.components import Footnotes, quantity, source_text
from dashboard.panels.subtotal import subtotal_line
from dashboard.units import counted
from dashboard.web.root import rooted
from dashboard.wording import Context, year_text
from geodata.figures import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.text import Text
    from geodata.records import FigureId, Indicator, Name, Place, Subtotal, Value

FILES: Final = ("csv", "json")


@dataclass(frozen=True, slots=True)
class Part:
    """One figure that went into another: what, of which place, and the figure."""

    what: Name
    where: Name
    value: Value


@dataclass(frozen=True, slots=True)
class Origin:
    """A figure with all that it rests on.

    `query` is that of its address under /data; `note` of the value says why there is a gap, and
    `subtotal` is what stands for a total that a circle does not have.
    """

    place: Place
    indicator: Indicator
    value: Value
    parts: Sequence[Part]
    query: str
    subtotal: Subtotal | None = None


def asking(written: str | Sequence[Any], figure: FigureId, t: Text) -> Component:
    """Return a number as a button that asks where it comes from; assets/origin.js listens."""
    made: Component = html.Button(
        written if isinstance(written, str) else list(written),
        type="button",
        className="origin",
        title=t("origin.ask"),
        **data(figure=name_of(figure)),
    )
    return made


def card(found: Origin, context: Context) -> list[Component]:
    """Return what a figure is, who says so, and what it was computed from."""
    t, lang, value, indicator = context.t, context.lang, found.value, found.indicator
    status = context.word("status", value.status) if value.status else ""
    parts = {
        "value": _amount(value, indicator, context),
        "year": year_text(value.year, t),
        "status": status or t("origin.gap" if value.value is None else "origin.unstated"),
        "definition": indicator.definition[lang],
        "subtotal": [subtotal_line(found.subtotal, indicator.decimals, context)]
        if found.subtotal
        else [],
        "note": [html.Div(context.note(one)) for one in value.note],
        "sources": [html.Div(_publication(i, context)) for i in _resting_on(found)],
    }
    rows = [
        item
        for name, said in parts.items()
        if said
        for item in (html.Dt(t(f"origin.{name}")), html.Dd(said, className=f"origin-{name}"))
    ]
    return [
        *_head(found.place.label[lang], indicator.name[lang], t),
        html.Dl(rows, className="origin-parts"),
        *(_made_of(found, context) if found.parts else ()),
        html.P([t("origin.files"), *_files(found)], className="origin-files"),
    ]


def _resting_on(found: Origin) -> tuple[str, ...]:
    return found.subtotal.value.source_ids if found.subtotal else found.value.source_ids


def refusal(t: Text) -> list[Component]:
    """Say that there is no such figure, without repeating what was asked."""
    return [*_head(t("origin.ask"), "", t), html.P(t("origin.unknown"))]


def _head(title: str, what: str, t: Text) -> list[Component]:
    close = html.Button("×", type="button", className="icon origin-close", title=t("origin.close"))
    return [
        html.Header([html.H2([title, html.Small(what)], id="origin-title"), close]),
    ]


def _amount(value: Value, indicator: Indicator, context: Context) -> list[Any]:
    """Write a figure as the page does, and in full where that is not all of it."""
    written = quantity(value, context, indicator.decimals)
    shown, places = counted(value, context.lang), counted(indicator, context.lang).decimals
    exact = plain(shown.value)
    if exact is None or round(exact, places) == exact:
        return written
    return [*written, html.Small(context.t("origin.exact", value=f"{exact:,}"))]


def _publication(source_id: str, context: Context) -> list[Any]:
    """Write a publication, and what the table of sources notes of it."""
    source = context.source(source_id)
    noted = [html.Small(source.note)] if source.note else []
    return [*source_text(source, context.t), *noted]


def _made_of(found: Origin, context: Context) -> list[Component]:
    """List the ingredients, each with its own sources."""
    t, lang = context.t, context.lang
    feet = Footnotes(context)
    heads = [html.Th(t(f"origin.{name}"), scope="col") for name in ("figure", "year", "value")]
    rows = [
        html.Tr(
            [
                html.Th([part.what[lang], html.Small(part.where[lang])], scope="row"),
                html.Td(
                    [
                        year_text(part.value.year, t),
                        html.Small(
                            context.word("status", part.value.status) if part.value.status else ""
                        ),
                    ]
                ),
                html.Td(
                    [
                        *quantity(part.value, context),
                        *feet.mark(part.value.source_ids, part.value.note),
                    ],
                    className="num",
                ),
            ]
        )
        for part in found.parts
    ]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="figures")
    title = t("origin.made_of", n=len(rows))
    return [
        html.H3(title),
        html.Div(table, className="scroll-x", tabIndex=0, role="group", **aria(label=title)),
        *feet.close(),
    ]


def _files(found: Origin) -> list[Any]:
    links: list[Any] = []
    for ending in FILES:
        address = rooted(f"/data/{found.indicator.id}.{ending}?{found.query}")
        links += [" ", html.A(ending.upper(), href=address)]
    return links
