"""A measure of rows in two years: a hollow point, a full one, and a line from the one to the other.

Rows are sections of a place, or places.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from dashboard.charts.axes import axis
from dashboard.charts.doublings import at, limits
from dashboard.charts.doublings import axis as doubling
from dashboard.charts.listed import SLIM, Column, Listing, listing, segments
from dashboard.charts.own_registers import own_row, own_value
from dashboard.charts.record import Key
from dashboard.charts.rows import both_words, joined
from dashboard.lettering import plain
from dashboard.numbers import number
from dashboard.palette import INK, SERIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dashboard.charts.record import Canvas, Row
    from dashboard.text import Text
    from dashboard.wording import Context
    from geodata.own.firms.structure import Pair, Years
    from geodata.own.firms.study import OwnFirms
    from geodata.records import Name, Place

SPARE = 1.05


@dataclass(frozen=True, slots=True)
class Paired:
    """What is drawn: the rows and their names, `measure` as in `firms.column_<measure>`.

    `places` are the ids of rows that are places, else empty; `doubles` tells that 2 and a half are
    equally far from 1.
    """

    pairs: Sequence[Pair]
    names: Sequence[Name]
    years: Years
    measure: str
    places: Sequence[str] = ()
    chosen: Sequence[str] = ()
    doubles: bool = False


def keys(years: Years) -> tuple[Key, ...]:
    """Return the marks of both years."""
    return Key(str(years[0]), "text", "hollow"), Key(str(years[1]), SERIES[0], "dot")


def word(value: float, decimals: int = 2) -> str:
    """Write a value; a dash where there is none."""
    return number(value if isfinite(value) else None, decimals)


def rows(
    own: OwnFirms, of: Paired, place_of: Callable[[Pair], Place], context: Context
) -> Iterator[Row]:
    """Yield the measure and the firms of each row in both years."""
    for pair, name in zip(of.pairs, of.names, strict=True):
        place = place_of(pair)
        for year, value, firms in zip(of.years, pair.values, pair.firms, strict=True):
            kinds = {of.measure: (value, ""), "count": (float(firms), own.unit)}
            for kind, (one, unit) in kinds.items():
                words = both_words(f"firms.column_{kind}")
                item = (f"firms_{kind}", words)
                if not of.places:
                    item = (f"firms_{kind}_{pair.key}", joined(name, words))
                yield own_row(place, item, own_value(own, one, unit, str(year)), context)


def pairs_chart(of: Paired, t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw a row for each pair, its numbers and firms of the last year beside it."""
    last = [pair.values[1] for pair in of.pairs]
    columns = [Column(t(f"firms.column_{of.measure}"), [word(one) for one in last], 48)]
    if canvas.width >= SLIM:
        firms = [number(pair.firms[1]) for pair in of.pairs]
        columns.append(Column(t("firms.column_count"), firms, 72))
    about = Listing(
        names=[name[t.lang] for name in of.names],
        chosen=[one in of.chosen for one in of.places or of.names],
        columns=columns,
        width=canvas.width,
    )
    layout, written = listing(about, canvas.theme)
    known = [one for pair in of.pairs for one in pair.values if isfinite(one)]
    within = limits(known)
    if of.doubles:
        layout["xaxis"] |= doubling(within, canvas.theme, about.room)
    else:
        high = SPARE * max(known, default=1.0)
        layout["xaxis"] |= axis(canvas.theme, range=[0, high], nticks=5, tickangle=0)

    def place(value: float) -> float | None:
        if not isfinite(value):
            return None
        return at(value, within) if of.doubles else round(value, 4)

    x = [(place(pair.values[0]), place(pair.values[1])) for pair in of.pairs]
    both = [(row, ends) for row, ends in enumerate(x) if None not in ends]
    lines = {
        "type": "scatter",
        "mode": "lines",
        **segments([(a or 0, b or 0) for _, (a, b) in both], [row for row, _ in both]),
        "line": {"width": 1.6, "color": INK[canvas.theme].muted},
        "hoverinfo": "skip",
        "name": "change",
    }
    dots = [_dots(of, [ends[which] for ends in x], which, (t, canvas)) for which in (0, 1)]
    return {"data": [lines, *dots, *written], "layout": layout}


def _dots(
    of: Paired, x: Sequence[float | None], which: int, about: tuple[Text, Canvas]
) -> dict[str, Any]:
    """Return the points of one of both years."""
    t, ink = about[0], INK[about[1].theme]
    inside, edge = ((ink.paper, ink.text), (SERIES[0], SERIES[0]))[which]
    hover = [
        t(
            "firms.hover_pair",
            name=plain(name[t.lang]),
            year=of.years[which],
            measure=t(f"firms.column_{of.measure}"),
            value=word(pair.values[which]),
            n=number(pair.firms[which]),
        )
        for pair, name in zip(of.pairs, of.names, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(x),
        "y": list(range(len(x))),
        **({"customdata": list(of.places)} if of.places else {}),
        "hovertext": hover,
        "hoverinfo": "text",
        "marker": {"size": 9, "color": inside, "line": {"width": 1.2, "color": edge}},
        "name": str(of.years[which]),
    }
