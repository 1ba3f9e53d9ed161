"""Where innovation and manufacturing meet: the scatter, the degrees, the partners of a place."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.charts.chain_scatter import NAMED, SHARE, chain_chart
from dashboard.charts.choices import first_chosen
from dashboard.charts.circles import Circles, circle_key, circles_of, compared, left_out
from dashboard.charts.record import Chart, Panel, undrawn
from dashboard.charts.rows import both_words, joined, value_row, with_sources
from dashboard.numbers import number
from dashboard.panels.components import place_link
from dashboard.panels.origin import asking
from dashboard.wording import Context, listing, year_text
from geodata.records import FigureId, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.panels.components import Footnotes
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Name, Place, Status
    from geodata.studies.chains import Chain, ChainMatch, Match, Partner

NAME: Final = "chain"
TOP: Final = 10
PARTNERS: Final = 5
PAIRS: Final = 5
"""Pairs of places that are named."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart, with the partners of the first of what is selected."""
    chains, circles = scene.atlas.chains, circles_of(scene, view)
    found = chains.match(view.among, view.census, view.scheme)
    made = chart(found, circles, compared(scene, view), context)
    if made.empty:
        return [made]
    place = first_chosen(scene, view)
    partners = chains.partners(place.id, found) if place else ()
    pairs = chains.pairs(found, PAIRS)

    def below(_: Footnotes) -> list[Component]:
        listed = [_partner_list(place, partners, context)] if place and partners else []
        return [_degrees(found, context, circles.selected), *listed, _pair_list(pairs, context)]

    def beside() -> Iterator[Row]:
        yield from degree_rows(_listed(found, circles.selected), context)
        if place:
            yield from partner_rows(place, partners, found, context)
        yield from pair_rows(pairs, context)

    words = (
        *(_partner_words(place, partners, context) if place else ()),
        " ".join((context.t("linkages.pairs"), listing(_pair_words(pairs, context), context.t))),
    )
    return [replace(made, below=below, below_said=words, beside=beside)]


def chart(found: ChainMatch, circles: Circles, subject: Name, context: Context) -> Chart:
    """Return the scatter, or say why it cannot be drawn."""
    t, title = context.t, context.t("linkages.chain")
    lacking = left_out(found.among, context)
    if found.empty or not found.among.enough:
        key = "chain_empty" if found.empty else "too_few"
        why = t(f"linkages.{key}", n=len(found.among.places))
        return undrawn(NAME, title, subject, why, lacking)
    innovation, industry = (number(value.value, 1) for value in found.whole)
    return Chart(
        NAME,
        title,
        subject,
        partial(chain_chart, found, circles, t),
        lambda: tuple(rows(found, context)),
        lead=t(
            "linkages.chain_lead",
            year=year_text(found.year, t),
            innovation=innovation,
            industry=industry,
        ),
        notes=(t("linkages.chain_read"), *lacking),
        key=circle_key(found.among, circles, context),
        source_ids=tuple(found.source_ids),
    )


def rows(found: ChainMatch, context: Context) -> Iterator[Row]:
    """Yield both sides' shares and the degree of coupling coordination of each place."""
    for one in found.chains:
        status: Status | None = None if one.d is None else "computed"
        degree = with_sources(Value(one.d, "", found.year, status), one.innovation)
        sides = {"innovation_side": one.innovation, "industry_side": one.industry, "d": degree}
        for part, value in sides.items():
            item = SHARE if part == "industry_side" else part
            words = both_words(f"linkages.head_{part}")
            yield value_row(one.place, (item, words), value, context)


def degree_rows(ranked: Sequence[tuple[int, Chain]], context: Context) -> Iterator[Row]:
    """Yield rank, degree of coupling and level of development; the grade is a note of the rank."""
    for rank, one in ranked:
        grade = context.t(f"linkages.grade_{one.grade}") if one.grade else ""
        for part, number_of in (("rank", rank), ("c", one.c), ("t", one.t)):
            value = with_sources(
                Value(number_of, "", one.industry.year, "computed"), one.innovation, one.industry
            )
            words = both_words(f"linkages.head_{part}")
            row = value_row(one.place, (f"chain_{part}", words), value, context)
            yield replace(row, note=grade if part == "rank" else row.note)


def partner_rows(
    place: Place, partners: Sequence[Partner], found: ChainMatch, context: Context
) -> Iterator[Row]:
    """Yield the complementarity of those listed with a place, the innovation side's first."""
    for key, listed in _partners(partners).items():
        for one in listed:
            number_of = getattr(one, key)
            value = Value(number_of, "", found.year, "computed", tuple(found.source_ids))
            words = both_words(f"export.item_{key}", place=place.label)
            yield value_row(one.place, (f"partner_{key}", words), value, context)


def pair_rows(pairs: Sequence[Match], context: Context) -> Iterator[Row]:
    """Yield the complementarity of the pairs named, with its limits, by the supplying place."""
    for one in pairs:
        name = both_words("linkages.pair_item", user=one.user.label)
        yield value_row(one.supplier, (f"pair_{one.user.id}", name), one.index, context)
        for part, limit in (("low", one.low), ("high", one.high)):
            words = joined(name, both_words(f"export.item_{part}"))
            value = replace(one.index, value=limit)
            yield value_row(one.supplier, (f"pair_{one.user.id}_{part}", words), value, context)


def _pair_words(pairs: Sequence[Match], context: Context) -> Iterator[str]:
    """Name each pair with its index and the limits."""
    for one in pairs:
        yield context.t(
            "linkages.pair",
            supplier=one.supplier.label[context.lang],
            user=one.user.label[context.lang],
            index=number(one.index.value, 2),
            low=number(one.low, 2),
            high=number(one.high, 2),
        )


def _pair_list(pairs: Sequence[Match], context: Context) -> Component:
    """List the pairs of places that complement one another best."""
    lines = [html.Li(words) for words in _pair_words(pairs, context)]
    return html.Details(
        [html.Summary(context.t("linkages.pairs")), html.Ul(lines)], className="without"
    )


def _listed(found: ChainMatch, selected: Collection[str]) -> list[tuple[int, Chain]]:
    """Return of few places all, of many the highest and the selected ones, with their ranks."""
    ordered = [*enumerate(sorted(found.chains, key=lambda c: -(c.d or 0)), 1)]
    if len(ordered) <= NAMED:
        return ordered
    return [one for one in ordered if one[0] <= TOP or one[1].place.id in selected]


def _degrees(found: ChainMatch, context: Context, selected: Collection[str]) -> Component:
    """List the degrees: of few places all, of many the highest and the selected ones."""
    t, of = context.t, len(found.chains)
    n = of if of <= NAMED else TOP
    heads = ("rank", "place", "innovation_side", "industry_side", "c", "t", "d", "grade")
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(t(f"linkages.head_{h}"), scope="col") for h in heads])),
            html.Tbody(
                [_degree(c, rank, context, selected) for rank, c in _listed(found, selected)]
            ),
        ],
        className="ties degrees",
    )
    summary = html.Summary(
        t("linkages.degrees_all", n=of) if n == of else t("linkages.degrees_top", n=n, of=of)
    )
    return html.Details([summary, html.Div(table, className="scroll-x")], className="without")


def _degree(chain: Chain, rank: int, context: Context, selected: Collection[str]) -> Component:
    share = FigureId(SHARE, chain.place.id, chain.industry.year)
    cells: list[Any] = [
        str(rank),
        place_link(chain.place, context),
        f"{number(chain.innovation.value, 1)}%",
        asking(f"{number(chain.industry.value, 1)}%", share, context.t),
        *(number(x, 2) for x in (chain.c, chain.t, chain.d)),
        context.t(f"linkages.grade_{chain.grade}") if chain.grade else "",
    ]
    words = {1, 7}
    return html.Tr(
        [html.Td(cell, className="" if at in words else "num") for at, cell in enumerate(cells)],
        className="chosen" if chain.place.id in selected else "",
    )


def _partners(found: Sequence[Partner]) -> dict[str, list[Partner]]:
    """Return whose innovation meets a place's manufacturing best, and the other way round."""
    by_use = sorted(found, key=lambda p: -p.taken)
    return {"supplied": list(found[:PARTNERS]), "taken": by_use[:PARTNERS]} if found else {}


def _partner_list(place: Place, found: Sequence[Partner], context: Context) -> Component:
    """Name the partners of a place; each name selects its own."""
    lines = []
    for key, partners in _partners(found).items():
        said: list[Any] = []
        for at, one in enumerate(partners):
            said += [context.t("panel.comma")] if at else []
            said += [place_link(one.place, context), " ", number(getattr(one, key), 2)]
        lines.append(html.Li([html.B(_partner_head(key, place, context)), *said]))
    return html.Ul(lines, className="panel-reading")


def _partner_words(place: Place, found: Sequence[Partner], context: Context) -> Iterator[str]:
    """Name the partners of a place in words alone."""
    for key, partners in _partners(found).items():
        names = (
            f"{one.place.label[context.lang]} {number(getattr(one, key), 2)}" for one in partners
        )
        yield _partner_head(key, place, context) + context.t("panel.comma").join(names)


def _partner_head(key: str, place: Place, context: Context) -> str:
    return context.t(f"linkages.partners_{key}", place=place.label[context.lang])


PANEL = Panel(
    "linkages",
    NAME,
    charts,
    (NAME,),
    ("scope", "among", "census", "regions"),
)
