"""Specialisation against size: every place by its sampled workers and its location quotient."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any

from dashboard.asked import asks
from dashboard.charts import doublings, standings
from dashboard.charts.record import Canvas, Chart, Key, Panel, undrawn
from dashboard.charts.standings import Standings, standings_of
from dashboard.lettering import base_layout, halo, plain
from dashboard.map.labels import Named, placed
from dashboard.palette import INK
from dashboard.panels.scope import basis, named_on_demand
from geodata.measures.specialisation import STABLE_COUNT
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.studies.specialisation import Sampled, Standing

NAME = "sizes"
FEWEST = 3
"""Places with workers below which nothing is compared."""
HEIGHT = 380
MARGIN = {"l": 44, "r": 14, "t": 12, "b": 40}
DOT = 8
"""Pixels across a dot."""
CLEAR = 7
"""Pixels around a dot's middle that its name keeps clear."""
NAMED = 4
"""Places named because they are most specialised, and as many because they are largest."""


@dataclass(frozen=True, slots=True)
class Group:
    """Places of one circle, or of none, and their colour; muted where that is empty."""

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


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart."""
    return [chart(standings_of(scene, view), groups(scene, view), context)]


def groups(scene: Scene, view: View) -> list[Group]:
    """Return the circles of the scheme with their colours, and the places that are in none."""
    atlas, t = scene.atlas, scene.context(view).t
    seen: set[str] = set()
    found = []
    colours = scene.circle_colours(view.scheme)
    for circle in atlas.circles(view.scheme):
        own = {p.id for p in atlas.regions(view.level, circle.key)} - seen
        seen |= own
        found.append(Group(circle.name[view.lang], colours[circle.key], frozenset(own)))
    codes = {p.id for p in atlas.regions(view.level)} | set(view.regions)
    return [*found, Group(t("clusters.no_circle"), "", frozenset(codes - seen))]


def chart(found: Standings, of: Sequence[Group], context: Context) -> Chart:
    """Return the chart of every place with workers; `of` are the circles and the rest.

    Each place is in one of the groups.
    """
    t, asked, title = context.t, found.asked, context.t("clusters.sizes")
    nobody = [s.place for s in without_workers(found.all, asked.year)]
    left_out = named_on_demand(t("clusters.nobody", n=len(nobody)), nobody, context)
    known = [s for s in found.all if asked.year in s.sampled and s.sampled[asked.year].count]
    if len(known) < FEWEST:
        why = t("clusters.too_few", n=len(known), fewest=FEWEST)
        return replace(undrawn(NAME, title, found.subject, why), below=lambda _: left_out)
    drawn = Sizes(known, of, asked.year, asked.industry, asked.benchmark, asked.selected)
    counts = ((group, sum(s.place.id in group.codes for s in known)) for group in of)
    return Chart(
        NAME,
        title,
        found.subject,
        partial(sizes_chart, drawn, t),
        lambda: tuple(standings.rows(found.all, [asked.year], found.item, context)),
        lead=basis(asked, context),
        notes=(t("clusters.sizes_key"),),
        key=tuple(Key(one.name, one.colour or "muted", "dot", n) for one, n in counts if n),
        source_ids=tuple(sorted({i for s in known for i in s.sampled[asked.year].lq.source_ids})),
        below=lambda _: left_out,
    )


def without_workers(rows: Sequence[Standing], year: str) -> list[Standing]:
    """Return the places with counts but no worker of the industry, which have no logarithm."""
    return [s for s in rows if year in s.sampled and not s.sampled[year].count]


def sizes_chart(asked: Sizes, t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw the places; `customdata` of each is its id.

    Both axes are logarithmic. Hollow dots rest on too few workers, left of the dotted line.
    """
    theme = canvas.theme
    now = [(s, s.sampled[asked.year]) for s in asked.rows if asked.year in s.sampled]
    within = doublings.limits(one.lq.value or 0 for _, one in now)
    spots = [
        Spot(s, one, round(log10(one.count), 3), doublings.at(one.lq.value or 0, within))
        for s, one in now
        if one.count
    ]
    counts = [one.x for one in spots] or [0.0]
    decades = (floor(min(counts)), max(ceil(max(counts)), floor(min(counts)) + 1))
    layout = base_layout(theme, HEIGHT, dict(MARGIN))
    layout["xaxis"] = _size_axis(decades, t, theme)
    size = canvas.inside(MARGIN, HEIGHT)
    layout["yaxis"] = doublings.axis(within, theme, size[1])
    layout["yaxis"]["title"] = {"text": t("clusters.axis_lq"), "standoff": 2, "font": {"size": 11}}
    layout["shapes"] = [_stable_line(theme)] if 10 ** decades[0] < STABLE_COUNT else []
    there = {spot.id for spot in spots}
    dots = [_dots(spots, one, asked, (t, theme)) for one in asked.groups if there & {*one.codes}]
    chosen = [spot for spot in spots if spot.id in asked.selected]
    names = _names(spots, chosen, size, (layout, t, theme))
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


def _dots(
    spots: Sequence[Spot], group: Group, asked: Sizes, about: tuple[Text, Theme]
) -> dict[str, Any]:
    t, ink = about[0], INK[about[1]]
    colour = group.colour or ink.muted
    own = [spot for spot in spots if spot.id in group.codes]
    figures = (FigureId(f"lq_{asked.item}", one.id, asked.year, asked.benchmark) for one in own)
    told = t(
        "clusters.hover_size", circle=plain(group.name), lq="%{customdata[1]}", n="%{customdata[2]}"
    )
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [spot.x for spot in own],
        "y": [spot.y for spot in own],
        "customdata": [
            [spot.id, f"{spot.now.lq.value or 0:.2f}", f"{spot.now.count:,}"] for spot in own
        ],
        **asks(figures),
        "text": [plain(spot.standing.place.label[t.lang]) for spot in own],
        "hovertemplate": f"{told}<extra></extra>",
        "marker": {
            "size": DOT,
            "opacity": 0.85,
            "color": [colour if spot.now.stable else ink.paper for spot in own],
            "line": {"width": 1.2, "color": colour},
        },
        "name": group.name,
    }


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
    size: tuple[float, float],
    about: tuple[dict[str, Any], Text, Theme],
) -> list[dict[str, Any]]:
    """Name the selection, then what is most specialised and what is largest, where room is."""
    layout, t, theme = about
    stable = [spot for spot in spots if spot.now.stable]
    special = sorted(stable, key=lambda spot: -spot.y)[:NAMED]
    largest = sorted(stable, key=lambda spot: -spot.x)[:NAMED]
    at = {spot.id: spot for spot in (*chosen, *special, *largest)}
    must = {spot.id for spot in chosen}
    pixels = {
        spot.id: (
            _part(spot.x, layout["xaxis"]["range"]) * size[0],
            (1 - _part(spot.y, layout["yaxis"]["range"])) * size[1],
        )
        for spot in spots
    }
    wanted = [
        Named(code, spot.standing.place.label[t.lang], *pixels[code], must=code in must)
        for code, spot in at.items()
    ]
    labels = placed(wanted, size, ((*one, DOT / 2) for one in pixels.values()))
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
            "textfont": {
                "size": 11,
                "color": INK[theme].text,
                "shadow": halo(INK[theme].paper),
            },
            "hoverinfo": "skip",
            "cliponaxis": False,
            "name": "names",
        }
    ]


def _part(number: float, within: Sequence[float]) -> float:
    return (number - within[0]) / (within[1] - within[0])


PANEL = Panel(
    "clusters",
    NAME,
    charts,
    (NAME,),
    ("scope", "level", "regions", "benchmark", "census", "industry"),
)
