"""Claims in words: their verdicts, the table of their tests, and what would turn them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from dash import dcc, html

from dashboard.attributes import aria
from dashboard.numbers import NO_DATA, number
from dashboard.units import places_in, shifted
from dashboard.web.root import rooted
from dashboard.wording import decimals_of, listing, quantity_text, year_text
from geodata.measures.verdict import OUTCOMES, VERDICTS
from geodata.studies.claim_records import PARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dash.development.base_component import Component

    from dashboard.panels.components import Footnotes
    from dashboard.text import Text
    from dashboard.wording import Context
    from geodata.measures.verdict import Limit, Outcome
    from geodata.records import Lang, Value
    from geodata.studies.claims import Finding, Tested

SIGNS: Final = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}
HEADS: Final = ("test", "figures", "judged", "limit", "outcome")


def limit_text(limit: Limit, judged: Value | None = None, lang: Lang = "zh") -> str:
    """Write a limit without its unit, "≥ 0.5", in the unit that the judged figure is shown in."""
    at = shifted(limit.number, places_in(judged.unit, lang) if judged else 0)
    return f"{SIGNS[limit.relation]} {number(at, _decimals(at))}"


def _decimals(figure: float) -> int:
    return len(f"{figure:g}".partition(".")[2])


def outcome_word(outcome: Outcome | None, t: Text) -> str:
    """Name the outcome of a test; one that only tells has a word, too."""
    return t(f"findings.outcome_{outcome or 'told'}")


def figures_text(one: Tested, context: Context) -> str:
    """Write the figures of a test, each with its year, and what is judged where that differs."""
    t = context.t
    figures = [
        t("findings.in_year", year=year_text(v.year, t), value=quantity_text(v, context))
        for v in one.figures
    ]
    joined = t("findings.to").join(figures)
    if one.judged is None or one.judged in one.figures or one.test.way == "level":
        return joined
    return t("findings.change", figures=joined, change=judged_text(one, context))


def judged_decimals(one: Tested) -> int | None:
    """Return with how many decimals a difference is told: no more than its two figures have."""
    if one.judged is None or one.test.way != "change":
        return None
    return min(map(decimals_of, (one.judged, *one.figures)))


def judged_text(one: Tested, context: Context) -> str:
    """Write the figure that is held against the limits, with its unit."""
    return quantity_text(one.judged, context, judged_decimals(one)) if one.judged else NO_DATA


def verdict_line(found: Finding, t: Text) -> str:
    """State the verdict with what came out of the tests, and where no test bears it out."""
    outcomes = Counter(one.outcome for one in found.deciding)
    counts = [
        t("findings.came_out", n=outcomes[outcome], outcome=outcome_word(outcome, t))
        for outcome in OUTCOMES
        if outcomes[outcome]
    ]
    line = t(
        "findings.verdict_line",
        verdict=t(f"findings.verdict_{found.verdict}"),
        n=len(found.deciding),
        counts=listing(counts, t),
    )
    if found.verdict == "partly" and not outcomes["holds"]:
        return line + t("findings.none_holds", n=outcomes["open"])
    return line


def turn_lines(found: Finding, context: Context) -> list[str]:
    """Say which test would turn the verdict, how it would have to come out, and into which."""
    t, lines = context.t, []
    for turn in found.turns:
        name = turn.tested.test.name[t.lang]
        then = [
            (way, t("findings.quoted", verdict=t(f"findings.verdict_{v}"))) for way, v in turn.ways
        ]
        if turn.tested.judged is None:
            verdicts = t("findings.or").join(verdict for _, verdict in then)
            lines.append(t("findings.turn_missing", test=name, verdict=verdicts))
        else:
            lines += [t(f"findings.turn_{way}", test=name, verdict=v) for way, v in then]
    return lines


def tests_table(found: Finding, context: Context, feet: Footnotes) -> list[Component]:
    """Return the table of tests: figures with years and sources, limit, outcome."""
    t = context.t
    head = html.Tr([html.Th(t(f"findings.head_{name}"), scope="col") for name in HEADS])
    body = [_row(one, context, feet) for one in found.tests]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="tests")
    return [
        html.Div(
            table, className="scroll-x", tabIndex=0, role="group", **aria(label=t("findings.tests"))
        ),
        html.P(
            [
                t("findings.views"),
                *(
                    dcc.Link(view_name(one, t), href=view_address(one, t))
                    for one in found.claim.views
                ),
            ],
            className="claim-views",
        ),
    ]


def view_address(view: str, t: Text) -> str:
    """Return the address of a view behind a claim, in the language of the words."""
    address = urlsplit(rooted(view))
    if t.lang == "zh":
        return address.geturl()
    query = "&".join(one for one in (address.query, f"lang={t.lang}") if one)
    return address._replace(query=query).geturl()


def view_name(view: str, t: Text) -> str:
    """Name the page of a view behind a claim, and the part of it that is meant."""
    address = urlsplit(view)
    page = address.path.removeprefix("/") or "explore"
    part = address.fragment.removeprefix("section-")
    if not part:
        return t(f"shell.page_{page}")
    named = {
        "explore": f"shell.nav_{part}",
        "clusters": f"clusters.nav_{part}",
        "linkages": f"linkages.nav_{part}",
        "compare": f"compare.section_{part}",
    }
    return t("findings.view_part", page=t(f"shell.page_{page}"), part=t(named[page]))


def _row(one: Tested, context: Context, feet: Footnotes) -> Component:
    marks = feet.mark(one.judged.source_ids) if one.judged else []
    name, figures, judged, limits, outcome = test_words(one, context)
    cells: tuple[Any, ...] = (
        [figures, *marks],
        judged,
        limits,
        html.Span(outcome, className=f"outcome outcome-{one.outcome}"),
    )
    return html.Tr([html.Th(name, scope="row"), *(html.Td(cell) for cell in cells)])


def test_words(one: Tested, context: Context) -> tuple[str, ...]:
    """Write a test under `HEADS`: its figures, what is judged, its limits and how it came out."""
    t = context.t
    limits = [
        t(f"findings.{name}_at", limit=limit_text(limit, one.judged, t.lang))
        for name, limit in (("holds", one.test.holds), ("fails", one.test.fails))
        if limit
    ]
    return (
        one.test.name[t.lang],
        figures_text(one, context) if one.figures else t("findings.unpublished"),
        judged_text(one, context),
        listing(limits, t) or NO_DATA,
        outcome_word(one.outcome, t),
    )


def claims_list(
    findings: Sequence[Finding], chosen: str, href: Callable[[str], str], t: Text
) -> list[Component]:
    """Return the claims by part, each a link with its verdict; the chosen one is marked."""
    listed: list[Component] = []
    for part in PARTS:
        own = [found for found in findings if found.claim.part == part]
        listed += [
            html.H3(t(f"findings.part_{part}")),
            html.Ul([html.Li(_link(one, chosen, href, t)) for one in own], className="claims"),
        ]
    return listed


def _link(found: Finding, chosen: str, href: Callable[[str], str], t: Text) -> Component:
    call = [html.Small(t("findings.call"))] if found.claim.kind == "call" else []
    words = html.Span([*call, found.claim.name[t.lang]])
    return html.Div(
        dcc.Link([badge(found.verdict, t), words], href=href(found.claim.id)),
        className="claim-link",
        **(aria(current="true") if found.claim.id == chosen else {}),
    )


def badge(verdict: str, t: Text) -> Component:
    """Return the verdict as a mark: a word on a colour of its own."""
    return html.B(t(f"findings.verdict_{verdict}"), className=f"verdict verdict-{verdict}")


def counts_line(findings: Sequence[Finding], t: Text) -> str:
    """Say how many claims have which verdict."""
    counted = Counter(found.verdict for found in findings)
    told = [
        t("findings.counted", n=counted[v], outcome=t(f"findings.verdict_{v}")) for v in VERDICTS
    ]
    return t("findings.counts", n=len(findings), counts=listing(told, t))
