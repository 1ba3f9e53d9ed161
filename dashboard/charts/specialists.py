"""Who specialises in an industry: the first places by quotient, each with its interval."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from dashboard.asked import asks
from dashboard.charts import doublings, standings
from dashboard.charts.clusters_map import mapped
from dashboard.charts.listed import SLIM, Column, Listing, interval_lines, listing
from dashboard.charts.record import Canvas, Chart, Panel, undrawn
from dashboard.charts.standings import Standings, standings_of
from dashboard.lettering import plain
from dashboard.numbers import number, percent
from dashboard.palette import INK
from dashboard.panels.quotients import quotient_word
from dashboard.panels.scope import basis, counted, named_on_demand
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.studies.specialisation import Sampled, Standing

NAME = "specialists"
TOP = 15
"""Places that are listed; those selected follow in their rank."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place with its rank among the places compared; None for one from outside."""

    standing: Standing
    rank: int | None


@dataclass(frozen=True, slots=True)
class Intervals:
    """What is drawn: places with counts in `year`, in order.

    `item` is the key of the industry, `benchmark` that of the quotients; `colours` is the map's
    colour per place id.
    """

    rows: Sequence[Ranked]
    year: str
    item: str
    benchmark: str
    selected: Collection[str] = ()
    colours: Mapping[str, str] = field(default_factory=dict)


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart, its dots in the colours of the map."""
    fill = scene.fill(mapped(view, "lq"))
    colours = {
        code: fill.colours[fill.classes.of(v.value)]
        for code, v in zip(fill.column.codes, fill.column.values, strict=True)
        if v.value is not None
    }
    return [chart(standings_of(scene, view), colours, context)]


def chart(found: Standings, colours: Mapping[str, str], context: Context) -> Chart:
    """Return the chart of the places listed, or say that no place has counts."""
    t, asked = context.t, found.asked
    title, year = t("clusters.specialists"), asked.year
    known = ranked(found.compared, year)
    if not known:
        why = t("clusters.no_counts", year=year, basis=basis(asked, context))
        return undrawn(NAME, title, found.subject, why)
    shown = listed(known, found)
    own = [row.standing for row in shown]
    drawn = Intervals(shown, year, asked.industry, asked.benchmark, asked.selected, colours)
    placed = {row.standing.place.id for row in known}
    without = [place for place in asked.places if place.id not in placed]
    missing = t("clusters.without_counts", n=len(without), year=year)
    return Chart(
        NAME,
        title,
        found.subject,
        partial(intervals_chart, drawn, t),
        lambda: tuple(standings.rows(own, [year], found.item, context)),
        lead=t(
            "clusters.specialists_lead",
            basis=basis(asked, context),
            shown=min(TOP, len(known)),
            of=counted(asked, len(known), context),
        ),
        notes=(t("clusters.specialists_key"),),
        hint=t("clusters.specialists_hint"),
        source_ids=tuple(sorted({i for one in own for i in one.sampled[year].lq.source_ids})),
        below=lambda _: named_on_demand(missing, without, context),
    )


def ranked(found: Sequence[Standing], year: str) -> list[Ranked]:
    """Rank the places with counts in a year by their quotient; ties share a rank."""
    known = [s for s in found if year in s.sampled]
    known.sort(key=lambda s: -(s.sampled[year].lq.value or 0))
    numbers = [s.sampled[year].lq.value for s in known]
    return [Ranked(s, numbers.index(s.sampled[year].lq.value) + 1) for s in known]


def listed(rows: Sequence[Ranked], found: Standings) -> list[Ranked]:
    """Return the first rows, then the selected ones further down, then those from outside."""
    asked = found.asked
    chosen = [row for row in rows[TOP:] if row.standing.place.id in asked.selected]
    outside = [Ranked(s, None) for s in found.beside if asked.year in s.sampled]
    return [*rows[:TOP], *chosen, *outside]


def intervals_chart(asked: Intervals, t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw a dot for each quotient on a line for its interval; `customdata` is the place's id.

    The axis counts doublings. A hollow dot and brackets mark what rests on too few workers.
    """
    sampled = [row.standing.sampled[asked.year] for row in asked.rows]
    within = doublings.limits(
        x for one in sampled for x in (one.lq.value or 0, one.high, one.low or one.high)
    )
    about = _listing(asked, sampled, t, canvas.width)
    layout, written = listing(about, canvas.theme)
    layout["xaxis"] |= doublings.axis(within, canvas.theme, about.room)
    ends = [(doublings.at(s.low, within), doublings.at(s.high, within)) for s in sampled]
    data = [
        interval_lines(ends, canvas.theme),
        _dots(asked, sampled, within, (t, canvas)),
        *written,
    ]
    return {"data": data, "layout": layout}


def _listing(asked: Intervals, sampled: Sequence[Sampled], t: Text, width: int) -> Listing:
    columns = [
        Column(t("clusters.column_lq"), [quotient_word(one) for one in sampled], 48),
        Column(t("clusters.column_count"), [number(one.count) for one in sampled], 58),
    ]
    if width >= SLIM:
        shares = [percent(one.share) for one in sampled]
        columns.append(Column(t("clusters.column_share"), shares, 52))
    return Listing(
        names=[row.standing.place.label[t.lang] for row in asked.rows],
        ranks=[row.rank for row in asked.rows],
        chosen=[row.standing.place.id in asked.selected for row in asked.rows],
        columns=columns,
        width=width,
    )


def _dots(
    asked: Intervals,
    sampled: Sequence[Sampled],
    within: doublings.Limits,
    about: tuple[Text, Canvas],
) -> dict[str, Any]:
    t, ink = about[0], INK[about[1].theme]
    places = [row.standing.place for row in asked.rows]
    item, year, benchmark = f"lq_{asked.item}", asked.year, asked.benchmark
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [doublings.at(s.lq.value or 0, within) for s in sampled],
        "y": list(range(len(sampled))),
        "customdata": [place.id for place in places],
        **asks(FigureId(item, place.id, year, benchmark) for place in places),
        "hovertext": [
            _hover(place.label[t.lang], one, t) for place, one in zip(places, sampled, strict=True)
        ],
        "hoverinfo": "text",
        "marker": {
            "size": 9,
            "color": [
                asked.colours.get(place.id, ink.no_data) if one.stable else ink.paper
                for place, one in zip(places, sampled, strict=True)
            ],
            "line": {"width": 1.2, "color": ink.text},
        },
        "name": "lq",
    }


def _hover(name: str, one: Sampled, t: Text) -> str:
    lines = [
        f"<b>{plain(name)}</b>",
        t("clusters.hover_lq", lq=quotient_word(one)),
        t("clusters.hover_interval", low=number(one.low, 2), high=number(one.high, 2)),
        t("clusters.hover_count", n=number(one.count), of=number(one.workers)),
        t("clusters.hover_share", share=percent(one.share, 2)),
    ]
    return "<br>".join(lines)


PANEL = Panel(
    "clusters",
    NAME,
    charts,
    (NAME,),
    ("scope", "level", "regions", "benchmark", "census", "industry"),
)
