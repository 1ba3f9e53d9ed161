"""The parts of the Methods page: what holds for all charts, then the note of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from dash import html

from dashboard.attributes import aria
from dashboard.numbers import number
from dashboard.panels import method
from dashboard.text import words
from dashboard.wording import listing
from geodata.ids import OWN
from geodata.measures import space
from geodata.records import Level, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.text import Text
    from dashboard.wording import Context
    from geodata.records import Break, Indicator

SECTIONS: Final = (
    "data",
    "census",
    "breaks",
    "statuses",
    "circles",
    "benchmarks",
    "space",
    "boundaries",
)
"""The general part, in order; the glossary follows."""
NAMED: Final = 4
"""Indicators of a break that are named; the rest are counted."""


def anchor(*parts: str) -> str:
    """Return the id of a section, to which the contents lead."""
    return "-".join(("methods", *parts))


def noted() -> dict[str, list[str]]:
    """Return the charts that have a note by page, in the order in which the pages are named."""
    charts = method.charts()
    return {page: charts[page] for page in _after("shell", "page_") if page in charts}


def glossary_words() -> list[str]:
    """Return the ids of the words that are explained."""
    return _after("methods", "word_")


def _after(room: str, lead: str) -> list[str]:
    """Return what follows `lead` in the keys of a table of words, in its order."""
    rests = (key.removeprefix(f"{room}.") for key in words("zh") if key.startswith(f"{room}."))
    return [rest.removeprefix(lead) for rest in rests if rest.startswith(lead)]


def contents(t: Text) -> Component:
    """Return the table of contents."""
    general = [(anchor(name), t(f"methods.{name}")) for name in (*SECTIONS, "verdicts", "glossary")]
    blocks = [(t("methods.general"), general)]
    for page, charts in noted().items():
        links = [(anchor(page, chart), t(f"method_{page}.{chart}.title")) for chart in charts]
        blocks.append((t(f"shell.page_{page}"), links))
    return html.Nav(
        [
            html.H2(t("methods.contents")),
            *(
                html.Div(
                    [
                        html.H3(name),
                        html.Ul([html.Li(html.A(said, href=f"#{to}")) for to, said in links]),
                    ]
                )
                for name, links in blocks
            ),
        ],
        className="methods-contents",
        **aria(label=t("methods.contents")),
    )


def general(
    indicators: Mapping[str, Indicator],
    breaks: Callable[[str, Level], Sequence[Break]],
    context: Context,
) -> list[Component]:
    """Return the sections on data, censuses, breaks, statuses, circles, space and boundaries.

    Parameters
    ----------
    indicators
        The catalogue, by id.
    breaks
        Indicator and level → its breaks.
    context
        Words.
    """
    t = context.t
    filled = fields(t)
    more = {
        "breaks": [break_table(indicators, breaks, t)],
        "statuses": [statuses(context)],
    }
    return [
        _section(
            anchor(name),
            t(f"methods.{name}"),
            [
                *paragraphs(t(f"methods.text_{name}", **filled.get(name, {}))),
                *more.get(name, []),
            ],
        )
        for name in SECTIONS
    ]


def fields(t: Text) -> dict[str, dict[str, object]]:
    """Return what the words of the general part leave open, by section."""
    return {
        "space": {
            "nearest": space.NEAREST,
            "permutations": number(space.PERMUTATIONS),
            "local": number(space.LOCAL_PERMUTATIONS),
            "seed": space.SEED,
            "rate": space.RATE,
        },
        "boundaries": {"credit": t("shell.credit"), "xiongan": t("shell.xiongan")},
    }


def paragraphs(words_of: str) -> list[Component]:
    """Return a paragraph for each line."""
    return [html.P(line) for line in words_of.split("\n")]


def break_table(
    indicators: Mapping[str, Indicator],
    breaks: Callable[[str, Level], Sequence[Break]],
    t: Text,
) -> Component:
    """List the breaks by year and reason, with the indicators that each is about."""
    head = [html.Th(said) for said in break_head(t)]
    rows = [html.Tr([html.Td(said) for said in row]) for row in break_rows(indicators, breaks, t)]
    return html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="methods-breaks")


def break_head(t: Text) -> list[str]:
    """Return the heads of the columns of `break_rows`."""
    return [t(f"methods.break_{name}") for name in ("year", "reason", "of")]


def break_rows(
    indicators: Mapping[str, Indicator],
    breaks: Callable[[str, Level], Sequence[Break]],
    t: Text,
) -> list[tuple[str, str, str]]:
    """Return year, reason and indicators of each break, by year."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for entry in indicators.values():
        for level in get_args(Level):
            for one in breaks(entry.id, level):
                names = found.setdefault((one.year, one.reason[t.lang]), {})
                names[entry.name[t.lang]] = None
    return [
        (year, reason, _named(list(names), t)) for (year, reason), names in sorted(found.items())
    ]


def _named(names: list[str], t: Text) -> str:
    said = listing(names[:NAMED], t)
    return t("methods.break_more", names=said, n=len(names)) if len(names) > NAMED else said


def statuses(context: Context) -> Component:
    """List the statuses of publications with the marks that stand for them."""
    items: list[Any] = []
    for status in (one for one in get_args(Status) if one != OWN):
        marked = status != "official"
        mark: list[Any] = [html.B(context.t(f"panel.mark_{status}")), " "] if marked else []
        items.append(html.Li([*mark, context.word("status", status)]))
    return html.Ul(items)


def glossary(t: Text) -> Component:
    """Return the words of the field with what they mean here."""
    items: list[Component] = []
    for word in glossary_words():
        items += [html.Dt(t(f"methods.word_{word}")), html.Dd(t(f"methods.means_{word}"))]
    return _section(
        anchor("glossary"), t("methods.glossary"), [html.Dl(items, className="methods-words")]
    )


def notes(t: Text) -> list[Component]:
    """Return the notes of all charts, page by page."""
    return [
        html.Section(
            [
                html.H2(t(f"shell.page_{page}")),
                *(
                    html.Section(
                        [
                            html.H3(t(f"method_{page}.{chart}.title")),
                            method.rows(page, chart, t.lang),
                        ],
                        id=anchor(page, chart),
                        className="method",
                    )
                    for chart in charts
                ),
            ],
            className="methods-page",
        )
        for page, charts in noted().items()
    ]


def _section(name: str, title: str, children: list[Component]) -> Component:
    return html.Section([html.H3(title), *children], id=name, className="methods-section")
