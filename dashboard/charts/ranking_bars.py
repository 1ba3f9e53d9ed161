"""Draws places by one indicator as bars, the largest at the top."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dashboard.lettering import base_layout, plain, width_of
from dashboard.palette import INK
from geodata.records import FULL_ROLES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dashboard.charts.record import Canvas
    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.records import Column, Place, Role

ROW, EDGES = 20, 8
"""Pixels of a row, and above and below all."""
FEWEST = 3
"""Rows that are drawn however low the canvas is."""
ROOM = 1.34
"""Length of the axis over the longest bar, so that numbers fit behind the bars."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What is ranked: a column of values, the places to show, and how they look on the map.

    `colours` is the map's colour per region code (others take the colour of the land), `roles`
    the role per region code when a circle is chosen: places that are not full members carry no
    number and are named in their role.
    """

    column: Column
    places: Sequence[Place]
    selected: Collection[str] = ()
    colours: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a place with a value; `rank` is None for a place that is not a full member."""

    place: Place
    value: float
    rank: int | None


def entries(ranking: Ranking) -> list[Entry]:
    """Return the places with a value, largest first; ties share a rank."""
    values = {
        code: value.value
        for code, value in zip(ranking.column.codes, ranking.column.values, strict=True)
        if value.value is not None
    }
    found = sorted(
        (place for place in ranking.places if place.id in values),
        key=lambda place: -values[place.id],
    )
    full = [values[p.id] for p in found if ranking.roles.get(p.id, "member") in FULL_ROLES]
    first = {value: rank for rank, value in reversed(list(enumerate(full, 1)))}
    return [
        Entry(
            place,
            values[place.id],
            first[values[place.id]]
            if ranking.roles.get(place.id, "member") in FULL_ROLES
            else None,
        )
        for place in found
    ]


def missing(ranking: Ranking) -> list[Place]:
    """Return the places without a value, in the given order."""
    present = {
        code
        for code, value in zip(ranking.column.codes, ranking.column.values, strict=True)
        if value.value is not None
    }
    return [place for place in ranking.places if place.id not in present]


def ranking_chart(ranking: Ranking, t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw the ranking as horizontal bars; `customdata` of each bar is its region code.

    The height grows by `ROW` pixels a place: on a page the figure stands in a container that
    scrolls, on a canvas with a height it has the first places, as many as there is room for.
    """
    theme, rows = canvas.theme, fitting(entries(ranking), canvas.height)
    labels = [_label(row, ranking, t) for row in rows]
    left = round(max((width_of(label) for label in labels), default=0)) + 10
    layout = base_layout(
        theme, ROW * max(len(rows), 1) + EDGES, {"l": left, "r": 4, "t": 4, "b": 4}
    )
    layout["bargap"] = 0.3
    layout["barmode"] = "overlay"
    ticks = [plain(label) for label in labels]
    for y, row in enumerate(rows):
        if row.place.id in ranking.selected:
            ticks[y] = f"<b>{ticks[y]}</b>"
    layout["yaxis"] = {
        "type": "category",
        "dtick": 1,
        "range": [len(rows) - 0.5, -0.5],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "ticklabelstandoff": 5,
    }
    layout["xaxis"] = _axis(rows, theme)
    data = _traces(rows, ticks, ranking, theme)
    return {"data": data, "layout": layout}


def fitting(rows: Sequence[Entry], height: int | None) -> Sequence[Entry]:
    """Return the first rows, as many as a height has room for; all without one, else `FEWEST`."""
    return rows if height is None else rows[: max(FEWEST, (height - EDGES) // ROW)]


def _label(row: Entry, ranking: Ranking, t: Text) -> str:
    name = row.place.label[t.lang]
    if row.rank is None:
        return t(f"panel.ranked_{ranking.roles[row.place.id]}", place=name)
    return f"{name}  {row.rank}"


def _axis(rows: Sequence[Entry], theme: Theme) -> dict[str, Any]:
    lowest = min((row.value for row in rows), default=0)
    highest = max((row.value for row in rows), default=0)
    span = max(highest, 0) - min(lowest, 0) or 1
    room = span * (ROOM - 1)
    return {
        "range": [
            lowest - room if lowest < 0 else 0,
            max(highest, 0) + room,
        ],
        "visible": lowest < 0,
        "showgrid": False,
        "showticklabels": False,
        "zeroline": True,
        "zerolinecolor": INK[theme].muted,
        "fixedrange": True,
    }


def _traces(
    rows: Sequence[Entry], names: Sequence[str], ranking: Ranking, theme: Theme
) -> list[dict[str, Any]]:
    """Draw the bars, and an outline over the selected ones.

    The values are rounded as they are written, so that the browser can write them itself:
    199 written numbers would double what is sent.
    """
    ink = INK[theme]
    # What is added makes a plain zero of a rounded −0.
    lengths = [round(row.value, ranking.decimals or None) + 0 for row in rows]
    chosen = [y for y, row in enumerate(rows) if row.place.id in ranking.selected]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": list(names),
        "x": lengths,
        "texttemplate": f"%{{x:,.{ranking.decimals}f}}",
        "textposition": "outside",
        "textfont": {"color": ink.text, "size": 11},
        "constraintext": "none",
        "cliponaxis": False,
        "customdata": [row.place.id for row in rows],
        "hoverinfo": "none",
        "marker": _marker(rows, ranking, theme),
        "name": "ranking",
    }
    outline = {
        "type": "bar",
        "orientation": "h",
        "y": [names[y] for y in chosen],
        "x": [lengths[y] for y in chosen],
        "hoverinfo": "skip",
        "marker": {"color": "rgba(0,0,0,0)", "line": {"width": 1.6, "color": ink.text}},
        "name": "selected",
    }
    return [bars, outline] if chosen else [bars]


def _marker(rows: Sequence[Entry], ranking: Ranking, theme: Theme) -> dict[str, Any]:
    """Colour the bars as on the map; places that are not full members are pale."""
    no_data = INK[theme].no_data
    marker: dict[str, Any] = {
        "line": {"width": 0},
        "color": [ranking.colours.get(row.place.id, no_data) for row in rows],
    }
    if any(row.rank is None for row in rows):
        marker["opacity"] = [0.45 if row.rank is None else 1 for row in rows]
    return marker
