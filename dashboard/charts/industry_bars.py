"""Draws industry structure: location quotients as bars around 1, one strip per place."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, Any

from dashboard.charts.strip import EDGE, Strip, traces
from dashboard.lettering import SIZE, base_layout, plain, width_of
from dashboard.palette import INK
from dashboard.panels.quotients import LIMIT
from dashboard.wrap import BRACKET

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.charts.record import Canvas
    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.records import Industry, Name

TICKS = {25: (0.25, 0.5, 1, 2, 4), 18: (0.5, 1, 2), 0: (0.25, 1, 4)}
"""Quotients named on the axis where a doubling takes at least so many pixels."""
ROW, ROW_WRAPPED = 24, 32
HEAD, HEAD_NAMES = 30, 58
"""Pixels above the rows: ticks and headings; with the names of several places over them."""
NARROW, LONG_NAME = 440, 13
"""Below this width, names longer than this break at a space."""
COLUMNS = {"lq": 46, "share": 50, "count": 66}
"""Widths in pixels of the columns of numbers beside a single place's bars."""
LEAST_STRIP, GAP = 136, 16
LEAST_BARS = 64


def industry_chart(
    industries: Sequence[Industry],
    t: Text,
    term: Callable[[str, str], Name],
    canvas: Canvas,
) -> dict[str, Any]:
    """Draw location quotients on a scale where one half and two lie equally far from one.

    Parameters
    ----------
    industries
        One place: bars with quotient, share and sampled workers beside them. Several: one strip
        per place with its quotients, industries aligned, all on one scale.
    t
        Words.
    term
        Names of vocabularies: "industry" (in full) and "benchmark".
    canvas
        Its width decides what the columns of numbers take from the bars.

    Returns
    -------
    dict
        Data and layout as the browser takes them; building a checked figure of them would take
        longer than all panels together.

    Notes
    -----
    Rows keep the order of the classification. Quotients resting on fewer than 30 sampled workers
    are hatched and bracketed. A hollow point marks 2010 where the two censuses can be compared.
    """
    theme, width = canvas.theme, canvas.width
    sectors = {row.sector: row for industry in industries for row in industry.rows}
    order = sorted(sectors)
    single = len(industries) == 1
    longest = LONG_NAME if width < NARROW or not single else NARROW
    names = [_wrapped(sectors[sector].name[t.lang], longest) for sector in order]
    lines = [line for name in names for line in name.split("<br>")]
    left = round(max((width_of(line) for line in lines), default=0)) + 12
    row = ROW if len(lines) == len(names) else ROW_WRAPPED
    head = HEAD if single else HEAD_NAMES
    strips = _strips(len(industries), width - left)
    layout = base_layout(theme, head + row * len(order) + 8, {"l": left, "r": 0, "t": head, "b": 8})
    layout["yaxis"] = {
        "tickvals": list(range(len(order))),
        "ticktext": names,
        "range": [len(order) - 0.5, -0.5],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "ticklabelstandoff": 6,
    }
    layout["annotations"] = []
    data: list[dict[str, Any]] = []
    for industry, strip in zip(industries, strips, strict=True):
        layout["xaxis" + strip.axis] = _axis(strip, theme)
        layout["annotations"] += _headings(industry, strip, t, single=single)
        data += traces(industry, strip, (t, theme, order), term)
    return {"data": data, "layout": layout}


def least_width(count: int) -> int:
    """Return the pixels that `count` strips need; the panel scrolls when it has fewer."""
    return 0 if count == 1 else 90 + count * LEAST_STRIP


def _wrapped(name: str, longest: int) -> str:
    """Break a name with more than `longest` characters into two lines at a space."""
    if len(name) <= longest or " " not in name:
        return plain(name)
    breaks = [i for i, letter in enumerate(name) if letter == " "]
    middle = min(breaks, key=lambda i: abs(i - len(name) / 2))
    return f"{plain(name[:middle])}<br>{plain(name[middle + 1 :])}"


def _strips(count: int, plot: int) -> list[Strip]:
    """Divide `plot` pixels among the places; bars take what the columns of numbers leave."""
    columns = COLUMNS if count == 1 else {"lq": COLUMNS["lq"]}
    gap = 0 if count == 1 else GAP
    room = max(plot, count * LEAST_STRIP) / count if count > 1 else plot
    bars = max(LEAST_BARS, room - gap - sum(columns.values()) - 2 * EDGE)
    return [
        Strip(
            "" if i == 0 else str(i + 1),
            bars / (2 * LIMIT),
            columns,
            (i / count, (i + 1 - gap / room) / count),
        )
        for i in range(count)
    ]


def _axis(strip: Strip, theme: Theme) -> dict[str, Any]:
    ink = INK[theme]
    ticks = next(ticks for least, ticks in TICKS.items() if strip.unit >= least)
    return {
        "domain": list(strip.domain),
        "range": [-strip.limit, max(strip.ends.values()) + 0.01],
        "tickvals": [log2(tick) for tick in ticks],
        "ticktext": [f"{tick:g}" for tick in ticks],
        "tickangle": 0,
        "tickfont": {"size": 11, "color": ink.muted},
        "side": "top",
        "ticks": "",
        "gridcolor": ink.grid,
        "zeroline": True,
        "zerolinecolor": ink.muted,
        "zerolinewidth": 1.2,
        "fixedrange": True,
    }


def _headings(industry: Industry, strip: Strip, t: Text, *, single: bool) -> list[dict[str, Any]]:
    common = {"yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
    if single:
        return [
            {
                **common,
                "x": end,
                "xanchor": "right",
                "text": t(f"panel.column_{key}"),
                "font": {"size": 11},
            }
            for key, end in strip.ends.items()
        ]
    name = industry.place.label[t.lang]
    room = (2 * LIMIT * strip.unit + 2 * EDGE + sum(strip.columns.values())) / (SIZE / 2)
    title = "<br>".join(_wrapped(part, round(room)) for part in BRACKET.split(name, 1))
    return [
        {
            **common,
            "xref": f"x{strip.axis}",
            "x": -LIMIT,
            "xanchor": "left",
            "yshift": 18,
            "align": "left",
            "text": f"<b>{title}</b>",
        }
    ]
