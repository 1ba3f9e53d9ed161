"""Technology contracts by year: a bar where a source gives the year, else a named gap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.lettering import sheet
from dashboard.numbers import number
from dashboard.palette import INK, SEQUENTIAL
from dashboard.units import FINER

if TYPE_CHECKING:
    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.records import Value
    from geodata.studies.links import Contracts

HEIGHT: Final = 300
ROOM: Final = 1.16


def contracts_chart(found: Contracts, t: Text, theme: Theme, unit: str) -> dict[str, Any]:
    """Draw the years as bars, the missing ones hatched and named, the unreconciled ones hollow.

    No line joins the years: with years missing between them it would tell a course that nobody
    has published.

    Parameters
    ----------
    found
        The series with its gaps.
    t, theme
        Words and colours.
    unit
        Name of the unit.
    """
    ink = INK[theme]
    highest = max(v.value or 0 for v in found.series) * ROOM
    apart = {v.year for v in found.unreconciled}
    layout = sheet(theme, HEIGHT, {"l": 48, "r": 8, "t": 18, "b": 30})
    years = sorted({v.year for v in found.series} | set(found.missing) | apart)
    layout["xaxis"] = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": years,
        "tickfont": {"size": 11},
        "showgrid": False,
        "fixedrange": True,
        "ticks": "",
        "tickangle": 0,
    }
    layout["yaxis"] = {
        "title": {"text": unit, "font": {"size": 12, "color": ink.muted}, "standoff": 6},
        "range": [0, highest],
        "gridcolor": ink.grid,
        "tickfont": {"color": ink.muted},
        "zerolinecolor": ink.muted,
        "fixedrange": True,
    }
    layout["bargap"] = 0.28
    layout["barmode"] = "overlay"
    return {
        "data": [
            _gaps(found, t, theme, highest),
            _known(found, t, unit),
            *_apart(found, t, theme, unit),
        ],
        "layout": layout,
    }


def _written(value: Value) -> str:
    return number(value.value, 1 + FINER.get(value.unit, 0))


def _known(found: Contracts, t: Text, unit: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": "known",
        "x": [v.year for v in found.series],
        "y": [v.value for v in found.series],
        "marker": {"color": SEQUENTIAL[5]},
        "text": [_written(v) for v in found.series],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertext": [
            t(
                "linkages.hover_year",
                year=v.year,
                value=_written(v),
                unit=unit,
            )
            for v in found.series
        ],
        "hoverinfo": "text",
    }


def _gaps(found: Contracts, t: Text, theme: Theme, highest: float) -> dict[str, Any]:
    """Fill the missing years from floor to ceiling with a pale hatch."""
    ink = INK[theme]
    apart = {v.year for v in found.unreconciled}
    return {
        "type": "bar",
        "name": "missing",
        "x": list(found.missing),
        "y": [highest] * len(found.missing),
        "marker": {
            "color": "rgba(0,0,0,0)",
            "line": {"width": 0},
            "pattern": {"shape": "/", "size": 7, "solidity": 0.16, "fgcolor": ink.no_data},
        },
        "text": ["" if year in apart else t("linkages.gap") for year in found.missing],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": -90,
        "textfont": {"color": ink.muted, "size": 11},
        "hovertext": [t("linkages.hover_gap", year=year) for year in found.missing],
        "hoverinfo": "text",
    }


def _apart(found: Contracts, t: Text, theme: Theme, unit: str) -> list[dict[str, Any]]:
    """Draw the figures that do not fit the series as hollow diamonds."""
    if not found.unreconciled:
        return []
    return [
        {
            "type": "scatter",
            "name": "unreconciled",
            "mode": "markers+text",
            "x": [v.year for v in found.unreconciled],
            "y": [v.value for v in found.unreconciled],
            "text": [f"({_written(v)})" for v in found.unreconciled],
            "textposition": "top center",
            "marker": {
                "symbol": "diamond-open",
                "size": 11,
                "color": INK[theme].accent,
                "line": {"width": 1.8},
            },
            "hovertext": [
                t(
                    "linkages.hover_apart",
                    year=v.year,
                    value=_written(v),
                    unit=unit,
                )
                for v in found.unreconciled
            ],
            "hoverinfo": "text",
        }
    ]
