"""Theil's index over the years: between the groups below, within each of them above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.charts.axes import ROOMY, axis, year_tick
from dashboard.lettering import plain, sheet
from dashboard.numbers import number, percent
from dashboard.palette import CIRCLES, INK

if TYPE_CHECKING:
    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.studies.gap_findings import Split, Splits

HEIGHT = 300
MARGIN = {"l": 46, "r": 8, "t": 18, "b": 40}
BETWEEN = "#3c7e92"
"""Of the classes' deep blue, a shade darker: it carries white type."""
HIGH = 1.14
"""The axis over the highest bar, so that numbers fit above."""


def theil_chart(splits: Splits, top: float, t: Text, theme: Theme, width: int) -> dict[str, Any]:
    """Draw a bar for each year, parted where years must not be compared.

    Parameters
    ----------
    splits
        A decomposition with at least one year.
    top
        The highest total to make room for, so that two charts share one scale.
    t, theme
        Words and colours.
    width
        Pixels the chart will have at least.
    """
    years = splits.years
    layout = sheet(theme, HEIGHT, MARGIN)
    layout["barmode"] = "stack"
    layout["bargap"] = 0.28
    at = positions(splits)
    layout["xaxis"] = axis(
        theme,
        range=[-0.6, max(at.values()) + 0.6],
        tickvals=list(at.values()),
        ticktext=[year_tick(s.year, sum(map(len, s.cities.values())), t, width) for s in years],
        tickangle=0,
        showgrid=False,
        tickfont={"size": 10.5, "color": INK[theme].muted},
    )
    layout["yaxis"] = axis(theme, range=[0, top * HIGH], nticks=6, tickformat=".2f")
    layout["shapes"] = _partings(splits, at, theme)
    groups = dict.fromkeys(g.name for split in years for g in split.parts.groups)
    inner = [name for name in groups if any(_within(split, name) > 0 for split in years)]
    data = [
        _bars(splits, at, t, written=width >= ROOMY),
        *(_inner(splits, name, at, t) for name in inner),
    ]
    return {"data": data, "layout": layout}


def positions(splits: Splits) -> dict[str, float]:
    """Return where each year stands: half a step further after each parting."""
    at: dict[str, float] = {}
    place = 0.0
    for number_of, run in enumerate(splits.runs):
        place += 0.5 if number_of else 0
        for year in run:
            at[year] = place
            place += 1
    return at


def group_colours(splits: Splits) -> dict[str, str]:
    """Return the colour of each group with a part of its own within, by id."""
    names = dict.fromkeys(g.name for split in splits.years for g in split.parts.groups)
    inner = [n for n in names if any(_within(split, n) > 0 for split in splits.years)]
    shades = (CIRCLES[4], CIRCLES[2], CIRCLES[3], CIRCLES[0], *CIRCLES[5:])
    return {name: shades[place % len(shades)] for place, name in enumerate(inner)}


def _within(split: Split, name: str) -> float:
    return next((g.within for g in split.parts.groups if g.name == name), 0.0)


def _partings(splits: Splits, at: dict[str, float], theme: Theme) -> list[dict[str, Any]]:
    return [
        {
            "type": "line",
            "yref": "paper",
            "x0": at[run[0]] - 0.75,
            "x1": at[run[0]] - 0.75,
            "y0": 0,
            "y1": 1,
            "line": {"width": 1, "dash": "dot", "color": INK[theme].muted},
        }
        for run in splits.runs[1:]
    ]


def _bars(splits: Splits, at: dict[str, float], t: Text, *, written: bool) -> dict[str, Any]:
    """Draw the part between the groups; its share is written where a bar is wide enough."""
    years = splits.years
    return {
        "type": "bar",
        "name": t("compare.between"),
        "x": [at[s.year] for s in years],
        "y": [round(s.parts.between, 5) for s in years],
        "marker": {"color": BETWEEN, "line": {"width": 0}},
        "text": [percent(s.parts.share_between, 0) if written else "" for s in years],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 10.5, "color": "#ffffff"},
        "constraintext": "none",
        "hovertext": [
            t(
                "compare.hover_theil",
                year=s.year,
                total=number(s.parts.total, 4),
                between=number(s.parts.between, 4),
                within=number(s.parts.within, 4),
            )
            for s in years
        ],
        "hoverinfo": "text",
    }


def _inner(splits: Splits, name: str, at: dict[str, float], t: Text) -> dict[str, Any]:
    years = [s for s in splits.years if _within(s, name) > 0]
    title = years[0].names[name][t.lang]
    return {
        "type": "bar",
        "name": plain(title),
        "x": [at[s.year] for s in years],
        "y": [round(_within(s, name), 5) for s in years],
        "marker": {"color": group_colours(splits)[name], "line": {"width": 0}},
        "hovertext": [
            plain(
                t(
                    "compare.hover_within",
                    year=s.year,
                    group=title,
                    within=number(_within(s, name), 4),
                    cities=t("panel.comma").join(p.label[t.lang] for p in s.cities[name]),
                )
            )
            for s in years
        ],
        "hoverinfo": "text",
    }
