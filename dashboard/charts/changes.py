"""What changed between the censuses: the largest rises and falls of quotients, side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from dashboard.asked import asks
from dashboard.charts import doublings, standings
from dashboard.charts.listed import SLIM, Column, Listing, listing, segments
from dashboard.charts.record import Canvas, Chart, Panel, undrawn
from dashboard.charts.rows import value_row
from dashboard.charts.standings import Standings, standings_of
from dashboard.lettering import plain
from dashboard.numbers import number
from dashboard.palette import DIVERGING, INK
from dashboard.panels.quotients import quotient_word
from dashboard.panels.scope import counted, named, named_on_demand, where
from geodata.ids import CENSUS_YEARS
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Name
    from geodata.studies.specialisation import Standing

NAME = "changes"
EACH_WAY = 7
"""Rises, and as many falls, that are shown."""
FIRST, LAST = CENSUS_YEARS
FALL, RISE = DIVERGING[0], DIVERGING[-1]


@dataclass(frozen=True, slots=True)
class Changes:
    """Places with a change of their quotient, in order.

    `item` is the key of the industry, `benchmark` that of the quotients.
    """

    rows: Sequence[Standing]
    item: str
    benchmark: str
    selected: Collection[str] = ()


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart."""
    change = scene.atlas.indicators[f"lq_change_{view.industry}"]
    return [chart(standings_of(scene, view), (change.id, change.name), context)]


def chart(found: Standings, item: tuple[str, Name], context: Context) -> Chart:
    """Return the chart of both years; `item` is the id and the name of the change.

    Places that cannot be compared are counted and named.
    """
    t, asked = context.t, found.asked
    title = t("clusters.changes")
    excluded = [s.place for s in found.compared if s.change.value is None]
    summary = t("clusters.not_compared", n=len(excluded))
    own = shown(found.compared, found.beside, asked.selected)
    if not own:
        why = t("clusters.no_change", where=where(asked, context))
        left_out = named_on_demand(summary, excluded, context)
        return replace(undrawn(NAME, title, found.subject, why), below=lambda _: left_out)
    known = comparable(found.compared)
    drawn = Changes(own, asked.industry, asked.benchmark, asked.selected)
    return Chart(
        NAME,
        title,
        found.subject,
        partial(dumbbell_chart, drawn, t),
        lambda: tuple(rows(own, found.item, item, context)),
        lead=t(
            "clusters.changes_lead",
            industry=named(asked, context),
            where=where(asked, context),
            n=counted(asked, len(known), context),
            up=sum((s.change.value or 0) > 0 and s.clear for s in known),
            down=sum((s.change.value or 0) < 0 and s.clear for s in known),
            benchmark=context.word("benchmark", asked.benchmark),
        ),
        notes=(t("clusters.changes_key", each=EACH_WAY),),
        source_ids=tuple(sorted({i for s in own for i in s.change.source_ids})),
        below=lambda _: named_on_demand(summary, excluded, context),
    )


def comparable(found: Sequence[Standing]) -> list[Standing]:
    """Return the places with a change, the largest rise first."""
    known = [s for s in found if s.change.value is not None]
    return sorted(known, key=lambda s: -(s.change.value or 0))


def shown(
    compared: Sequence[Standing], beside: Sequence[Standing], selected: Sequence[str]
) -> list[Standing]:
    """Return the largest stable rises and falls and the selected places, in order of change."""
    known = comparable(compared)
    stable = [s for s in known if all(one.stable for one in s.sampled.values())]
    rises = [s for s in stable if (s.change.value or 0) > 0][:EACH_WAY]
    falls = [s for s in stable if (s.change.value or 0) < 0][-EACH_WAY:]
    wanted = {s.place.id for s in (*rises, *falls)} | set(selected)
    return [s for s in comparable((*compared, *beside)) if s.place.id in wanted]


def rows(
    found: Sequence[Standing],
    quotient: tuple[str, Name],
    change: tuple[str, Name],
    context: Context,
) -> Iterator[Row]:
    """Yield the quotients of both years with their intervals, then the changes."""
    yield from standings.rows(found, (FIRST, LAST), quotient, context)
    for one in found:
        yield value_row(one.place, change, one.change, context)


def dumbbell_chart(asked: Changes, t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw 2010 as a hollow and 2020 as a full dot; `customdata` is the place's id.

    A thick line joins quotients whose intervals do not overlap, a thin one those whose do.
    """
    pairs = [(s.sampled[FIRST].lq.value or 0, s.sampled[LAST].lq.value or 0) for s in asked.rows]
    within = doublings.limits(x for pair in pairs for x in pair)
    ends = [(doublings.at(a, within), doublings.at(b, within)) for a, b in pairs]
    changes = [number(s.change.value, 2, signed=True) for s in asked.rows]
    columns = [Column(t("clusters.column_change"), changes, 66)]
    if canvas.width >= SLIM:
        columns += [
            Column(year, [quotient_word(s.sampled[year]) for s in asked.rows], 50)
            for year in (FIRST, LAST)
        ]
    about = Listing(
        names=[s.place.label[t.lang] for s in asked.rows],
        chosen=[s.place.id in asked.selected for s in asked.rows],
        columns=columns,
        width=canvas.width,
    )
    layout, written = listing(about, canvas.theme)
    layout["xaxis"] |= doublings.axis(within, canvas.theme, about.room)
    lines = [
        _line(asked.rows, ends, clear=clear, rises=rises)
        for clear in (True, False)
        for rises in (True, False)
    ]
    dots = [_dots(asked, ends, year, (t, canvas)) for year in (FIRST, LAST)]
    return {"data": [*lines, *dots, *written], "layout": layout}


def _line(
    found: Sequence[Standing], ends: Sequence[tuple[float, float]], *, clear: bool, rises: bool
) -> dict[str, Any]:
    those = [
        y
        for y, one in enumerate(found)
        if one.clear == clear and ((one.change.value or 0) >= 0) == rises
    ]
    return {
        "type": "scatter",
        "mode": "lines",
        **segments([ends[y] for y in those], those),
        "line": {"width": 4 if clear else 1.2, "color": RISE if rises else FALL},
        "hoverinfo": "skip",
        "name": f"{'clear' if clear else 'unclear'} {'rise' if rises else 'fall'}",
    }


def _dots(
    asked: Changes, ends: Sequence[tuple[float, float]], year: str, about: tuple[Text, Canvas]
) -> dict[str, Any]:
    t, ink = about[0], INK[about[1].theme]
    last, places = year == LAST, [one.place.id for one in asked.rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [pair[last] for pair in ends],
        "y": list(range(len(places))),
        "customdata": places,
        **asks(FigureId(f"lq_{asked.item}", one, year, asked.benchmark) for one in places),
        "hovertext": [_hover(one, t) for one in asked.rows],
        "hoverinfo": "text",
        "marker": {
            "size": 9 if last else 8,
            "color": ink.text if last else ink.paper,
            "line": {"width": 1.4, "color": ink.text},
        },
        "name": year,
    }


def _hover(row: Standing, t: Text) -> str:
    lines = [f"<b>{plain(row.place.label[t.lang])}</b>"]
    for year in (FIRST, LAST):
        one = row.sampled[year]
        lines.append(
            t(
                "clusters.hover_year",
                year=year,
                lq=quotient_word(one),
                low=number(one.low, 2),
                high=number(one.high, 2),
                n=number(one.count),
            )
        )
    lines.append(t("clusters.hover_clear") if row.clear else t("clusters.hover_unclear"))
    return "<br>".join(lines)


PANEL = Panel(
    "clusters",
    NAME,
    charts,
    (NAME,),
    ("scope", "level", "regions", "benchmark", "industry"),
)
