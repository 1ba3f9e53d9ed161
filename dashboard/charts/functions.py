"""Functional specialisation: professionals for each production worker, place by place."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts import doublings
from dashboard.charts.circles import (
    Circles,
    circle_key,
    circles_of,
    compared,
    left_out,
    target,
)
from dashboard.charts.listed import SLIM, Column, Listing, interval_lines, listing
from dashboard.charts.record import Canvas, Chart, Panel, Reported, undrawn
from dashboard.charts.rows import both_words, joined, value_row
from dashboard.lettering import plain
from dashboard.numbers import number
from dashboard.palette import INK
from dashboard.wording import listing as written_list
from geodata.ids import PROVINCES
from geodata.studies.functions import YEAR

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Place
    from geodata.studies.functions import Functional, Specialised

NAME: Final = "functions"
ENDS: Final = 12
"""Places drawn from either end where there are more than twice as many."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart, or say which figures are missing."""
    t, study = context.t, scene.atlas.functions
    found = study.specialised(view.among, view.scheme)
    title, subject, lacking = (
        t("linkages.functions"),
        compared(scene, view),
        left_out(found.among, context),
    )
    if found.without:
        lacking = [*lacking, _without(found.without, context)]
    if found.whole is None or not found.places:
        return [undrawn(NAME, title, subject, t("linkages.functions_none", year=YEAR), lacking)]
    whole, three = found.whole, study.of(PROVINCES)
    circles = circles_of(scene, view)
    shown = listed(found, circles.selected)
    return [
        Chart(
            NAME,
            title,
            subject,
            partial(functions_chart, shown, (found, circles), t),
            lambda: tuple(rows((*found.places, *three, whole), context)),
            lead=t("linkages.functions_lead", year=YEAR, whole=number(whole.per_hundred, 0)),
            say=(_said(three, t),),
            notes=(
                *([_part(found, t)] if len(shown) < len(found.places) else []),
                t("linkages.functions_read"),
                *lacking,
            ),
            key=circle_key(found.among, circles, context),
            source_ids=found.source_ids,
        )
    ]


def _said(three: Sequence[Functional], t: Text) -> str:
    """Tell the three places, and what the figures do not say."""
    told = written_list(
        (
            t(
                "linkages.functions_of",
                place=one.place.name[t.lang],
                n=number(one.per_hundred, 0),
                index=number(one.index.value, 2, signed=True),
            )
            for one in three
        ),
        t,
    )
    return t("linkages.functions_say", places=told)


def _part(found: Specialised, t: Text) -> str:
    return t("linkages.functions_ends", ends=ENDS, of=len(found.places))


def _without(places: Iterable[Place], context: Context) -> str:
    names = written_list((place.label[context.lang] for place in places), context.t)
    return context.t("linkages.functions_without", places=names)


def listed(found: Specialised, selected: Collection[str]) -> list[tuple[int, Functional]]:
    """Return places with their ranks: few all, of many both ends and those selected."""
    ranked = list(enumerate(found.places, 1))
    if len(ranked) <= 2 * ENDS:
        return ranked
    middle = [one for one in ranked[ENDS:-ENDS] if one[1].place.id in selected]
    return [*ranked[:ENDS], *middle, *ranked[-ENDS:]]


def rows(places: Iterable[Functional], context: Context) -> Iterator[Row]:
    """Yield the index, its limits (95 %) and both counts, by place."""
    name = both_words("linkages.functions_index")
    for one in places:
        yield value_row(one.place, ("functional", name), one.index, context)
        for part in ("low", "high"):
            words = joined(name, both_words(f"export.item_{part}"))
            value = replace(one.index, value=getattr(one, part))
            yield value_row(one.place, (f"functional_{part}", words), value, context)
        for part in ("professionals", "production"):
            words = both_words(f"linkages.functions_{part}")
            yield value_row(one.place, (part, words), getattr(one, part), context)


def functions_chart(
    shown: Sequence[tuple[int, Functional]],
    of: tuple[Specialised, Circles],
    t: Text,
    canvas: Canvas,
) -> dict[str, Any]:
    """Draw a dot for each place on a line for its interval; `customdata` is what a click selects.

    The axis counts doublings of the ratio of the region. A dot is hollow where the interval holds
    the region.
    """
    places, (found, circles) = [one for _, one in shown], of
    within = doublings.limits(
        1 + x for one in places for x in (one.index.value or 0, one.low, one.high)
    )
    columns = [
        Column(t("linkages.column_index"), [_index_word(one) for one in places], 58),
        Column(t("linkages.column_hundred"), [number(one.per_hundred, 0) for one in places], 62),
    ]
    about = Listing(
        names=[one.place.label[t.lang] for one in places],
        ranks=[rank for rank, _ in shown],
        chosen=[one.place.id in circles.selected for one in places],
        columns=columns if canvas.width >= SLIM else columns[:1],
        width=canvas.width,
    )
    layout, written = listing(about, canvas.theme)
    layout["xaxis"] |= doublings.axis(within, canvas.theme, about.room)
    ends = [(doublings.at(1 + s.low, within), doublings.at(1 + s.high, within)) for s in places]
    circle = {place.id: found.among.circle_of(at) for at, place in enumerate(found.among.places)}
    ink = INK[canvas.theme]
    colours = [circles.colour(circle[one.place.id], canvas.theme) for one in places]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [doublings.at(1 + (one.index.value or 0), within) for one in places],
        "y": list(range(len(places))),
        "customdata": [target(one.place) for one in places],
        "hovertext": [_hover(one, t) for one in places],
        "hoverinfo": "text",
        "marker": {
            "size": 9,
            "color": [
                colour if one.apart else ink.paper
                for colour, one in zip(colours, places, strict=True)
            ],
            "line": {"width": 1.6, "color": colours},
        },
        "name": "functional",
    }
    return {"data": [interval_lines(ends, canvas.theme), dots, *written], "layout": layout}


def _index_word(one: Functional) -> str:
    return number(one.index.value, 2, signed=True)


def _hover(one: Functional, t: Text) -> str:
    lines = [
        f"<b>{plain(one.place.label[t.lang])}</b>",
        t(
            "linkages.functions_hover",
            index=_index_word(one),
            low=number(one.low, 2, signed=True),
            high=number(one.high, 2, signed=True),
        ),
        t(
            "linkages.functions_counts",
            professionals=number(one.professionals.value),
            production=number(one.production.value),
        ),
    ]
    return "<br>".join(lines)


PANEL = Panel(
    "linkages",
    NAME,
    charts,
    (NAME,),
    ("scope", "among", "regions"),
    reported=(Reported("linkages.functions", 35, ("city", "new_area", "province", "region")),),
)
