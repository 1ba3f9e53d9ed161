"""The change of location quotients between the two censuses, a line from one to the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.asked import asks, marked
from dashboard.charts import doublings
from dashboard.charts.intervals import quotient_word
from dashboard.charts.listed import SLIM, Column, Listing, listing, segments
from dashboard.lettering import plain
from dashboard.numbers import number
from dashboard.palette import DIVERGING, INK
from geodata.ids import CENSUS_YEARS
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.studies.specialisation import Standing

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
    width: int = 430


def dumbbell_chart(asked: Changes, t: Text, theme: Theme) -> dict[str, Any]:
    """Draw 2010 as a hollow and 2020 as a full dot; `customdata` is the place's id.

    A thick line joins quotients whose intervals do not overlap, a thin one those whose do.
    """
    pairs = [(s.sampled[FIRST].lq.value or 0, s.sampled[LAST].lq.value or 0) for s in asked.rows]
    within = doublings.limits(x for pair in pairs for x in pair)
    ends = [(doublings.at(a, within), doublings.at(b, within)) for a, b in pairs]
    changes = [number(s.change.value, 2, signed=True) for s in asked.rows]
    columns = [Column(t("clusters.column_change"), changes, 66)]
    if asked.width >= SLIM:
        columns += [
            Column(year, [quotient_word(s.sampled[year]) for s in asked.rows], 50)
            for year in (FIRST, LAST)
        ]
    about = Listing(
        names=[s.place.label[t.lang] for s in asked.rows],
        chosen=[s.place.id in asked.selected for s in asked.rows],
        columns=columns,
        width=asked.width,
    )
    layout, written = listing(about, theme)
    layout["xaxis"] |= doublings.axis(within, theme, about.room)
    lines = [
        _line(asked.rows, ends, clear=clear, rises=rises)
        for clear in (True, False)
        for rises in (True, False)
    ]
    dots = [_dots(asked, ends, last=last, about=(t, theme)) for last in (False, True)]
    return {"data": [*lines, *dots, *written], "layout": layout}


def _line(
    rows: Sequence[Standing], ends: Sequence[tuple[float, float]], *, clear: bool, rises: bool
) -> dict[str, Any]:
    those = [
        y
        for y, row in enumerate(rows)
        if row.clear == clear and ((row.change.value or 0) >= 0) == rises
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
    asked: Changes,
    ends: Sequence[tuple[float, float]],
    *,
    last: bool,
    about: tuple[Text, Theme],
) -> dict[str, Any]:
    t, theme = about
    ink, rows = INK[theme], asked.rows
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [pair[last] for pair in ends],
        "y": list(range(len(rows))),
        "customdata": [row.place.id for row in rows],
        **_asks(asked),
        "hovertext": [_hover(row, t) for row in rows],
        "hoverinfo": "text",
        "marker": {
            "size": 9 if last else 8,
            "color": ink.text if last else ink.paper,
            "line": {"width": 1.4, "color": ink.text},
        },
        "name": LAST if last else FIRST,
    }


def _asks(asked: Changes) -> dict[str, Any]:
    """Name the figures of a label: quotient and workers of each year."""
    names = [
        name
        for year in (FIRST, LAST)
        for name in (
            FigureId(f"lq_{asked.item}", "%{customdata}", year, asked.benchmark),
            FigureId(f"emp_{asked.item}", "%{customdata}", year),
        )
    ]
    return asks(*names)


def _hover(row: Standing, t: Text) -> str:
    lines = [f"<b>{plain(row.place.label[t.lang])}</b>"]
    for year in (FIRST, LAST):
        one = row.sampled[year]
        lines.append(
            t(
                "clusters.hover_year",
                year=year,
                lq=marked(quotient_word(one)),
                low=number(one.low, 2),
                high=number(one.high, 2),
                n=marked(number(one.count)),
            )
        )
    lines.append(t("clusters.hover_clear") if row.clear else t("clusters.hover_unclear"))
    return "<br>".join(lines)
