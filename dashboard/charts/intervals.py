"""Places by their location quotient, each with the interval that its sample leaves open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dashboard.asked import asks, marked
from dashboard.charts import doublings
from dashboard.charts.listed import SLIM, Column, Listing, listing, segments
from dashboard.lettering import plain
from dashboard.numbers import number, percent
from dashboard.palette import INK
from geodata.measures.specialisation import TOTAL
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.studies.specialisation import Sampled, Standing


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
    width: int = 430


def intervals_chart(asked: Intervals, t: Text, theme: Theme) -> dict[str, Any]:
    """Draw a dot for each quotient on a line for its interval; `customdata` is the place's id.

    The axis counts doublings. A hollow dot and brackets mark what rests on too few workers.
    """
    sampled = [row.standing.sampled[asked.year] for row in asked.rows]
    within = doublings.limits(
        x for one in sampled for x in (one.lq.value or 0, one.high, one.low or one.high)
    )
    about = _listing(asked, sampled, t)
    layout, written = listing(about, theme)
    layout["xaxis"] |= doublings.axis(within, theme, about.room)
    return {"data": [*_marks(asked, sampled, within, (t, theme)), *written], "layout": layout}


def quotient_word(one: Sampled) -> str:
    """Write a quotient, in brackets where it rests on too few workers."""
    written = number(one.lq.value, 2)
    return written if one.stable else f"({written})"


def _listing(asked: Intervals, sampled: Sequence[Sampled], t: Text) -> Listing:
    columns = [
        Column(t("clusters.column_lq"), [quotient_word(one) for one in sampled], 48),
        Column(t("clusters.column_count"), [number(one.count) for one in sampled], 58),
    ]
    if asked.width >= SLIM:
        shares = [percent(one.share) for one in sampled]
        columns.append(Column(t("clusters.column_share"), shares, 52))
    return Listing(
        names=[row.standing.place.label[t.lang] for row in asked.rows],
        ranks=[row.rank for row in asked.rows],
        chosen=[row.standing.place.id in asked.selected for row in asked.rows],
        columns=columns,
        width=asked.width,
    )


def _marks(
    asked: Intervals,
    sampled: Sequence[Sampled],
    within: doublings.Limits,
    about: tuple[Text, Theme],
) -> list[dict[str, Any]]:
    t, theme = about
    ink = INK[theme]
    rows = range(len(sampled))
    ends = [(doublings.at(s.low, within), doublings.at(s.high, within)) for s in sampled]
    places = [row.standing.place for row in asked.rows]
    line = {
        "type": "scatter",
        "mode": "lines",
        **segments(ends, rows),
        "line": {"width": 2.2, "color": ink.muted},
        "hoverinfo": "skip",
        "name": "interval",
    }
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [doublings.at(s.lq.value or 0, within) for s in sampled],
        "y": list(rows),
        "customdata": [place.id for place in places],
        **_asks(asked),
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
    return [line, dots]


def _asks(asked: Intervals) -> dict[str, Any]:
    """Name the figures of a label."""
    place, year = "%{customdata}", asked.year
    return asks(
        FigureId(f"lq_{asked.item}", place, year, asked.benchmark),
        FigureId(f"emp_{asked.item}", place, year),
        FigureId(TOTAL, place, year),
        FigureId(f"emp_share_{asked.item}", place, year),
    )


def _hover(name: str, one: Sampled, t: Text) -> str:
    count, workers = marked(number(one.count)), marked(number(one.workers))
    lines = [
        f"<b>{plain(name)}</b>",
        t("clusters.hover_lq", lq=marked(quotient_word(one))),
        t("clusters.hover_interval", low=number(one.low, 2), high=number(one.high, 2)),
        t("clusters.hover_count", n=count, of=workers),
        t("clusters.hover_share", share=marked(percent(one.share, 2))),
    ]
    return "<br>".join(lines)
