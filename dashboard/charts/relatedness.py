"""Relatedness: counties not specialised in an industry, by how near they are to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from dash import html

from dashboard.charts.axes import axis
from dashboard.charts.choices import region_of
from dashboard.charts.listed import SLIM, Column, Listing, listing
from dashboard.charts.record import Canvas, Chart, Panel, Reported, undrawn
from dashboard.charts.rows import both_words, value_row
from dashboard.lettering import plain
from dashboard.numbers import number
from dashboard.palette import INK, SERIES
from dashboard.panels.industries_near import HEADS, industries, known, near_said
from dashboard.panels.scope import named_on_demand
from dashboard.wording import listing as written_list
from geodata.measures.specialisation import INDUSTRIES
from geodata.records import REGION_ID, Name, Value
from geodata.studies.industries import SECTOR_OF, sector_of
from geodata.studies.relatedness import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Place
    from geodata.studies.relatedness import Space

NAME: Final = "relatedness"
TOP: Final = 15
NEAR: Final = 3
"""Nearest industries named in the sentence."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A county not specialised in the industry, with its rank by density."""

    place: Place
    rank: int
    density: float
    quotient: float
    complexity: float


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart, with the table of all industries below it."""
    t, space = context.t, scene.atlas.relatedness.space(view.census)
    sector, whole = sector_of(view.industry), region_of(scene)
    name = context.term("industry", sector)
    title, subject = (
        t("clusters.relatedness"),
        Name(whole.label.zh + name.zh, f"{whole.label.en}, {name.en}"),
    )
    without = named_on_demand(
        t("clusters.relatedness_lacking", n=len(space.lacking), year=space.year),
        space.lacking,
        context,
    )
    found = candidates(space, sector)
    if not found:
        key = "all" if space.places else "none"
        why = t(f"clusters.relatedness_{key}", year=space.year)
        return [replace(undrawn(NAME, title, subject, why), below=lambda _: without)]
    shown = [one for one in found if one.rank <= TOP or one.place.id in view.regions]
    return [
        Chart(
            NAME,
            title,
            subject,
            partial(relatedness_chart, shown, view.regions, t),
            lambda: tuple(rows(found, space, view.industry, context)),
            lead=t("clusters.relatedness_lead", year=space.year, industry=name[t.lang]),
            say=(_said(space, sector, (len(found), len(shown)), context),),
            notes=(t("clusters.relatedness_coarse"),),
            source_ids=space.source_ids,
            below=lambda _: [*without, industries_table(space, context)],
            beside=lambda: industry_rows(space, whole, context),
        )
    ]


def candidates(space: Space, sector: str) -> list[Candidate]:
    """Return the counties that are not specialised in an industry, the nearest first."""
    at = INDUSTRIES.index(sector)
    out = np.flatnonzero(~space.specialised[:, at] & ~np.isnan(space.densities[:, at]))
    order = out[np.argsort(-space.densities[out, at], kind="stable")]
    return [
        Candidate(
            space.places[row],
            rank,
            float(space.densities[row, at]),
            float(space.quotients[row, at]),
            float(space.places_complexity[row]),
        )
        for rank, row in enumerate(order, 1)
    ]


def _said(space: Space, sector: str, counts: tuple[int, int], context: Context) -> str:
    t, (n, shown) = context.t, counts
    near = written_list((near_said(*one, context) for one in nearest(space, sector, NEAR)), t)
    more = t("clusters.relatedness_more") if shown > TOP else ""
    return (
        t("clusters.relatedness_near", near=near)
        + (" " if t.lang == "en" else "")
        + t(
            "clusters.relatedness_say",
            of=len(space.places),
            n=n,
            top=min(TOP, n),
            more=f" {more}" if more and t.lang == "en" else more,
        )
    )


def rows(
    found: Sequence[Candidate], space: Space, industry: str, context: Context
) -> Iterator[Row]:
    """Yield density, quotient and complexity of each county that is not specialised."""
    name = context.term("industry", sector_of(industry))
    quotient = (f"lq_{industry}", both_words("clusters.column_lq"))
    for one in found:
        base = Value(one.density, "", space.year, "computed", space.source_ids)
        density = both_words("clusters.density_item", industry=name)
        yield value_row(one.place, (f"density_{industry}", density), base, context)
        row = value_row(one.place, quotient, replace(base, value=one.quotient), context)
        yield replace(row, benchmark=REGION_ID)
        complexity = replace(base, value=one.complexity)
        words = both_words("clusters.complexity_place")
        yield value_row(one.place, ("complexity", words), complexity, context)


def industry_rows(space: Space, whole: Place, context: Context) -> Iterator[Row]:
    """Yield of each industry its counties, its nearest and its complexity."""
    for key, sector in SECTOR_OF.items():
        at, name = INDUSTRIES.index(sector), context.term("industry", sector)
        base = Value(
            float(space.specialised[:, at].sum()), "", space.year, "computed", space.source_ids
        )
        held = both_words("clusters.held_item", industry=name)
        yield value_row(whole, (f"held_{key}", held), base, context)
        for other, near in nearest(space, sector, 1):
            pair = both_words(
                "clusters.proximity_item", industry=name, other=context.term("industry", other)
            )
            yield value_row(whole, (f"near_{key}", pair), replace(base, value=near), context)
        words = both_words("clusters.complexity_industry", industry=name)
        complexity = replace(base, value=known(space.industries_complexity[at]))
        yield value_row(whole, (f"complexity_{key}", words), complexity, context)


def industries_table(space: Space, context: Context) -> Component:
    """Return the industries from the least to the most complex."""
    t = context.t
    head = [
        html.Th(
            t(f"clusters.relatedness_head_{key}"),
            scope="col",
            className="num" if key in {"held", "complexity"} else "",
        )
        for key in HEADS
    ]
    body = [_industry(*told) for told in industries(space, context)]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="plain")
    return html.Details(
        [
            html.Summary(t("clusters.relatedness_table")),
            html.Div(table, className="scroll-x", tabIndex=0),
        ],
        className="without",
    )


def _industry(name: str, held: str, near: str, complexity: str) -> Component:
    return html.Tr(
        [
            html.Th(name, scope="row"),
            html.Td(held, className="num"),
            html.Td(near),
            html.Td(complexity, className="num"),
        ]
    )


def relatedness_chart(
    shown: Sequence[Candidate], selected: Collection[str], t: Text, canvas: Canvas
) -> dict[str, Any]:
    """Draw a dot for each county at its density; `customdata` is its id."""
    theme = canvas.theme
    columns = [
        Column(t("clusters.column_density"), [number(one.density, 2) for one in shown], 54),
        Column(t("clusters.column_lq"), [number(one.quotient, 2) for one in shown], 48),
    ]
    if canvas.width >= SLIM:
        words = [number(one.complexity, 2) for one in shown]
        columns.append(Column(t("clusters.column_complexity"), words, 74))
    about = Listing(
        names=[one.place.label[t.lang] for one in shown],
        ranks=[one.rank for one in shown],
        chosen=[one.place.id in selected for one in shown],
        columns=columns,
        width=canvas.width,
    )
    layout, written = listing(about, theme)
    layout["xaxis"] |= axis(theme, range=[-0.03, 1.03], tickvals=[0, 0.5, 1], tickangle=0)
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [round(one.density, 3) for one in shown],
        "y": list(range(len(shown))),
        "customdata": [one.place.id for one in shown],
        "hovertext": [_hover(one, t) for one in shown],
        "hoverinfo": "text",
        "marker": {
            "size": 9,
            "color": SERIES[0],
            "line": {"width": 1.2, "color": INK[theme].text},
        },
        "name": "density",
    }
    return {"data": [dots, *written], "layout": layout}


def _hover(one: Candidate, t: Text) -> str:
    return f"<b>{plain(one.place.label[t.lang])}</b><br>" + t(
        "clusters.hover_density",
        density=number(one.density, 3),
        lq=number(one.quotient, 2),
        complexity=number(one.complexity, 2),
    )


PANEL = Panel(
    "clusters",
    NAME,
    charts,
    (NAME,),
    ("regions", "census", "industry"),
    reported=(Reported("clusters.relatedness", 33, ("region",)),),
)
