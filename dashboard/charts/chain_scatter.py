"""The scatter of the chain match: innovation against manufacturing, with quadrants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.asked import asks
from dashboard.charts.circles import Circles, target
from dashboard.lettering import base_layout, halo, plain
from dashboard.map.labels import Named, placed
from dashboard.palette import INK
from geodata.ids import XIONGAN
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dashboard.charts.record import Canvas
    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.studies.chains import Chain, ChainMatch

SHARE: Final = "emp_share_manufacturing"
"""The industry side of the chain in the catalogue."""
HEIGHT: Final = 430
NAMED: Final = 20
"""Up to so many places each point is named."""
SMALLEST: Final = 6
LARGEST: Final = 18
NAME_SIZE: Final = 11
UNNAMED: Final = "top center"
"""What stands for the side of a name that is not set."""
MARGIN: Final = {"l": 52, "r": 12, "t": 14, "b": 46}
ROOMS: Final = (1.12, 1.25)
"""Lengths of the axes over the largest shares; above that upwards stand the names of quadrants."""
SIDES: Final = ("industry", "innovation")
"""What lies across and upwards."""


def chain_chart(found: ChainMatch, circles: Circles, t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw the scatter; `customdata` of a point is what a click selects.

    The area of a point grows with the coupling coordination degree. Few places are all named,
    of many only the selected ones.

    Parameters
    ----------
    found
        At least three places with both sides of the chain.
    circles
        Their colours, and who is selected.
    t, canvas
        Words, and what it is drawn on.
    """
    theme = canvas.theme
    layout = base_layout(theme, HEIGHT, MARGIN)
    tops = [
        room * max(getattr(c, side).value or 0 for c in found.chains)
        for room, side in zip(ROOMS, SIDES, strict=True)
    ]
    layout["xaxis"] = _axis(t("linkages.axis_industry"), tops[0], theme)
    layout["yaxis"] = _axis(t("linkages.axis_innovation"), tops[1], theme)
    layout["shapes"] = _cross(found, theme)
    layout["annotations"] = _corners(t, theme)
    few = len(found.chains) <= NAMED
    size = canvas.inside(MARGIN, HEIGHT)
    named = _names(found.chains, tops, circles.selected, (t, size), few=few)
    groups: dict[str, list[Chain]] = {}
    for chain in found.chains:
        groups.setdefault(chain.circle.id if chain.circle else "", []).append(chain)
    traces = [
        _points(own, circles, named, (t, theme), few=few) | _asks(own, found.year)
        for own in groups.values()
    ]
    return {"data": traces, "layout": layout}


def _names(
    chains: Sequence[Chain],
    tops: Sequence[float],
    selected: Collection[str],
    about: tuple[Text, tuple[float, float]],
    *,
    few: bool,
) -> dict[str, str]:
    """Return the side on which each named place has its name; the selected all have one.

    So has Xiong'an, which has others close by on all sides.
    """
    t, (wide, high) = about
    must = {*selected, XIONGAN}
    # The selected ones choose their side first.
    order = sorted(chains, key=lambda c: c.place.id not in selected)
    at = {
        c.place.id: (
            wide * (c.industry.value or 0) / tops[0],
            high * (1 - (c.innovation.value or 0) / tops[1]),
        )
        for c in order
    }
    wanted = [
        Named(c.place.id, c.place.label[t.lang], *at[c.place.id], must=c.place.id in must)
        for c in order
        if few or c.place.id in selected
    ]
    dots = [(*at[c.place.id], _size(c, few=few) / 2 - 1) for c in order] if few else ()
    return {label.key: label.side for label in placed(wanted, (wide, high), dots)}


def _axis(title: str, top: float, theme: Theme) -> dict[str, Any]:
    ink = INK[theme]
    return {
        "title": {"text": title, "standoff": 8, "font": {"size": 12, "color": ink.muted}},
        "ticksuffix": "%",
        "range": [0, top],
        "gridcolor": ink.grid,
        "zerolinecolor": ink.grid,
        "tickfont": {"color": ink.muted},
        "fixedrange": True,
    }


def _points(
    chains: Sequence[Chain],
    circles: Circles,
    named: Mapping[str, str],
    about: tuple[Text, Theme],
    *,
    few: bool,
) -> dict[str, Any]:
    """Draw the places of one circle, or of none."""
    t, ink = about[0], INK[about[1]]
    chosen = [c.place.id in circles.selected for c in chains]
    names = [plain(c.place.label[t.lang]) if c.place.id in named else "" for c in chains]
    return {
        "type": "scatter",
        "mode": "markers+text",
        # As the label writes them: rounded twice, a number may end up another.
        "x": [round(c.industry.value or 0, 1) for c in chains],
        "y": [round(c.innovation.value or 0, 1) for c in chains],
        "text": names,
        "textposition": [named.get(c.place.id, UNNAMED) for c in chains],
        "textfont": {"size": NAME_SIZE, "color": ink.text, "shadow": halo(ink.paper)},
        "cliponaxis": False,
        "marker": {
            "size": [_size(c, few=few) for c in chains],
            "color": circles.colour(chains[0].circle, about[1]),
            "opacity": [0.85 if c.stable else 0.4 for c in chains],
            "line": {
                "width": [2.4 if on else 0.8 for on in chosen],
                "color": [ink.text if on else ink.paper for on in chosen],
            },
        },
        "customdata": [_told(c) for c in chains],
        "hovertext": [plain(c.place.label[t.lang]) for c in chains],
        "hovertemplate": [_template(t, stable=c.stable) for c in chains]
        if any(not c.stable for c in chains)
        else _template(t, stable=True),
    }


def _size(chain: Chain, *, few: bool) -> float:
    largest = LARGEST if few else LARGEST * 0.6
    root = float((chain.d or 0.0) ** 0.5)
    return round(max(SMALLEST, largest * root), 1)


def _told(chain: Chain) -> list[str | float | int | None]:
    """Return what a click selects, then the figures of the label, rounded as it writes them."""
    figures = (chain.innovation_lq, chain.industry_lq, chain.c, chain.t, chain.d)
    return [target(chain.place), *(x if x is None else round(x, 2) for x in figures), *chain.counts]


def _asks(chains: Sequence[Chain], year: str) -> dict[str, Any]:
    """Name the shares of manufacturing; those of innovation are sums of industries."""
    return asks(FigureId(SHARE, c.place.id, year) for c in chains)


def _template(t: Text, *, stable: bool) -> str:
    """Return the label of a point: the browser fills it, as 199 written ones would be long."""
    cells = [f"%{{customdata[{at}]:.2f}}" for at in range(1, 6)]
    lines = [
        "<b>%{hovertext}</b>",
        t("linkages.hover_sides", innovation="%{y:.1f}", industry="%{x:.1f}"),
        t("linkages.hover_quotients", innovation=cells[0], industry=cells[1]),
        t("linkages.hover_degree", c=cells[2], t=cells[3], d=cells[4]),
        t(
            "linkages.hover_counts",
            innovation="%{customdata[6]:,}",
            industry="%{customdata[7]:,}",
        ),
        *([] if stable else [t("linkages.hover_unstable")]),
    ]
    return "<br>".join(lines) + "<extra></extra>"


def _cross(found: ChainMatch, theme: Theme) -> list[dict[str, Any]]:
    innovation, industry = (value.value for value in found.whole)
    line = {"color": INK[theme].muted, "width": 1.2, "dash": "dot"}
    return [
        {
            "type": "line",
            "line": line,
            "x0": industry,
            "x1": industry,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
        },
        {
            "type": "line",
            "line": line,
            "y0": innovation,
            "y1": innovation,
            "xref": "paper",
            "x0": 0,
            "x1": 1,
        },
    ]


def _corners(t: Text, theme: Theme) -> list[dict[str, Any]]:
    """Name the quadrants in the corners of the chart."""
    return [
        {
            "xref": "paper",
            "yref": "paper",
            "x": 1 if right else 0,
            "y": 1 if top else 0,
            "xanchor": "right" if right else "left",
            "yanchor": "top" if top else "bottom",
            "showarrow": False,
            "text": t(f"linkages.quadrant_{key}"),
            "font": {"size": 11, "color": INK[theme].muted, "shadow": halo(INK[theme].paper)},
        }
        for key, right, top in (
            ("both", True, True),
            ("innovation", False, True),
            ("industry", True, False),
            ("neither", False, False),
        )
    ]
