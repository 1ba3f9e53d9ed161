"""Specialisation against size: every place by its sampled workers and its location quotient."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any

from dashboard.asked import asks, marked
from dashboard.charts import doublings
from dashboard.lettering import plain, sheet
from dashboard.map.labels import Named, placed
from dashboard.palette import INK
from geodata.measures.specialisation import STABLE_COUNT
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.studies.specialisation import Sampled, Standing

HEIGHT = 380
MARGIN = {"l": 44, "r": 14, "t": 12, "b": 40}
CLEAR = 7
"""Pixels around a dot's middle that its name keeps clear."""
NAMED = 4
"""Places named because they are most specialised, and as many because they are largest."""


@dataclass(frozen=True, slots=True)
class Group:
    """Places of one circle, or of none, and their colour."""

    name: str
    colour: str
    codes: Collection[str]


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is drawn: places with counts in `year`, by group; `selected` ones are named.

    `item` is the key of the industry, `benchmark` that of the quotients.
    """

    rows: Sequence[Standing]
    groups: Sequence[Group]
    year: str
    item: str
    benchmark: str
    selected: Collection[str] = ()
    width: int = 430


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the sheet: `x` is the decimal logarithm of the workers, `y` doublings from 1."""

    standing: Standing
    now: Sampled
    x: float
    y: float

    @property
    def id(self) -> str:
        """Return the id of the place."""
        return self.standing.place.id


def without_workers(rows: Sequence[Standing], year: str) -> list[Standing]:
    """Return the places with counts but no worker of the industry, which have no logarithm."""
    return [s for s in rows if year in s.sampled and not s.sampled[year].count]


def sizes_chart(asked: Sizes, t: Text, theme: Theme) -> dict[str, Any]:
    """Draw the places; `customdata` of each is its id.

    Both axes are logarithmic. Hollow dots rest on too few workers, left of the dotted line.
    """
    now = [(s, s.sampled[asked.year]) for s in asked.rows if asked.year in s.sampled]
    within = doublings.limits(one.lq.value or 0 for _, one in now)
    spots = [
        Spot(s, one, round(log10(one.count), 3), doublings.at(one.lq.value or 0, within))
        for s, one in now
        if one.count
    ]
    counts = [one.x for one in spots] or [0.0]
    decades = (floor(min(counts)), max(ceil(max(counts)), floor(min(counts)) + 1))
    layout = sheet(theme, HEIGHT, dict(MARGIN))
    layout["xaxis"] = _size_axis(decades, t, theme)
    layout["yaxis"] = doublings.axis(within, theme, HEIGHT - MARGIN["t"] - MARGIN["b"])
    layout["yaxis"]["title"] = {"text": t("clusters.axis_lq"), "standoff": 2, "font": {"size": 11}}
    layout["shapes"] = [_stable_line(theme)] if 10 ** decades[0] < STABLE_COUNT else []
    dots = [_dots(spots, group, (t, theme)) | _asks(asked) for group in asked.groups]
    chosen = [spot for spot in spots if spot.id in asked.selected]
    names = _names(spots, chosen, asked.width, (layout, t, theme))
    return {"data": [*dots, *_rings(chosen, theme), *names], "layout": layout}


def _size_axis(decades: tuple[int, int], t: Text, theme: Theme) -> dict[str, Any]:
    ink = INK[theme]
    ticks = range(decades[0], decades[1] + 1)
    pad = doublings.PAD * (decades[1] - decades[0])
    return {
        "range": [decades[0] - pad, decades[1] + pad],
        "tickvals": list(ticks),
        "ticktext": [f"{10**one:,}" for one in ticks],
        "tickfont": {"size": 11, "color": ink.muted},
        "gridcolor": ink.grid,
        "zeroline": False,
        "fixedrange": True,
        "title": {"text": t("clusters.axis_count"), "standoff": 4, "font": {"size": 11}},
    }


def _stable_line(theme: Theme) -> dict[str, Any]:
    x = log10(STABLE_COUNT)
    line = {"color": INK[theme].muted, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _asks(asked: Sizes) -> dict[str, Any]:
    """Name the figures of a label."""
    place = "%{customdata[0]}"
    return asks(
        FigureId(f"lq_{asked.item}", place, asked.year, asked.benchmark),
        FigureId(f"emp_{asked.item}", place, asked.year),
    )


def _dots(spots: Sequence[Spot], group: Group, about: tuple[Text, Theme]) -> dict[str, Any]:
    t, theme = about
    own = [spot for spot in spots if spot.id in group.codes]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [spot.x for spot in own],
        "y": [spot.y for spot in own],
        "customdata": [
            [spot.id, f"{spot.now.lq.value or 0:.2f}", f"{spot.now.count:,}"] for spot in own
        ],
        "text": [plain(spot.standing.place.label[t.lang]) for spot in own],
        "hovertemplate": _template(group, t),
        "marker": {
            "size": 8,
            "opacity": 0.85,
            "color": [group.colour if spot.now.stable else INK[theme].paper for spot in own],
            "line": {"width": 1.2, "color": group.colour},
        },
        "name": group.name,
    }


def _template(group: Group, t: Text) -> str:
    lq, n = (marked(f"%{{customdata[{at}]}}") for at in (1, 2))
    return t("clusters.hover_size", circle=plain(group.name), lq=lq, n=n) + "<extra></extra>"


def _rings(chosen: Sequence[Spot], theme: Theme) -> list[dict[str, Any]]:
    if not chosen:
        return []
    ring = {"size": 15, "color": "rgba(0,0,0,0)", "line": {"width": 2, "color": INK[theme].text}}
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [spot.x for spot in chosen],
            "y": [spot.y for spot in chosen],
            "marker": ring,
            "hoverinfo": "skip",
            "name": "selected",
        }
    ]


def _names(
    spots: Sequence[Spot],
    chosen: Sequence[Spot],
    width: int,
    about: tuple[dict[str, Any], Text, Theme],
) -> list[dict[str, Any]]:
    """Name the selection, then what is most specialised and what is largest, where room is."""
    layout, t, theme = about
    stable = [spot for spot in spots if spot.now.stable]
    special = sorted(stable, key=lambda spot: -spot.y)[:NAMED]
    largest = sorted(stable, key=lambda spot: -spot.x)[:NAMED]
    size = (width - MARGIN["l"] - MARGIN["r"], HEIGHT - MARGIN["t"] - MARGIN["b"])
    at = {spot.id: spot for spot in (*chosen, *special, *largest)}
    must = {spot.id for spot in chosen}
    wanted = [
        Named(
            key=code,
            name=spot.standing.place.label[t.lang],
            x=_part(spot.x, layout["xaxis"]["range"]) * size[0],
            y=(1 - _part(spot.y, layout["yaxis"]["range"])) * size[1],
            must=code in must,
        )
        for code, spot in at.items()
    ]
    labels = placed(wanted, size)
    if not labels:
        return []
    return [
        {
            "type": "scatter",
            # The unseen marker keeps each name off its dot.
            "mode": "markers+text",
            "marker": {"size": 2 * CLEAR, "opacity": 0},
            "x": [at[label.key].x for label in labels],
            "y": [at[label.key].y for label in labels],
            "text": [
                f"<b>{plain(label.name)}</b>" if label.key in must else plain(label.name)
                for label in labels
            ],
            "textposition": [label.side for label in labels],
            "textfont": {"size": 11, "color": INK[theme].text},
            "hoverinfo": "skip",
            "cliponaxis": False,
            "name": "names",
        }
    ]


def _part(number: float, within: Sequence[float]) -> float:
    return (number - within[0]) / (within[1] - within[0])
