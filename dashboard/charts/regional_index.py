"""The bureau's index of the region: each release by itself, joined to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.axes import axis
from dashboard.lettering import sheet
from dashboard.numbers import number
from dashboard.palette import CIRCLES, INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.studies.regional_index import Release

HEIGHT: Final = 250
COLOURS: Final = {"2014": CIRCLES[0], "2010": CIRCLES[1]}
"""Colour of a base year."""
ROOM: Final = 12
"""Index points above and below."""


def index_chart(releases: Sequence[Release], t: Text, theme: Theme) -> dict[str, Any]:
    """Draw each release as a dot, with a line from the year before as that release has it.

    Lines of two releases do not meet where the later one has computed the year anew.
    """
    values = [v for r in releases for v in (r.total.value, r.before.value if r.before else None)]
    known = [v for v in values if v is not None]
    years = [int(r.year) for r in releases]
    layout = sheet(theme, HEIGHT, {"l": 40, "r": 12, "t": 14, "b": 26})
    layout["xaxis"] = axis(
        theme, range=[min(years) - 1.4, max(years) + 0.6], dtick=1, showgrid=False
    )
    layout["yaxis"] = axis(theme, range=[min(known) - ROOM, max(known) + ROOM])
    lines = [_line(r) for r in releases if r.before]
    dots = [_dots([r for r in releases if r.base == base], base, (t, theme)) for base in COLOURS]
    return {"data": [*lines, *dots], "layout": layout}


def _line(release: Release) -> dict[str, Any]:
    year = int(release.year)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [year - 1, year],
        "y": [release.before.value if release.before else None, release.total.value],
        "line": {"width": 1.6, "color": COLOURS[release.base]},
        "hoverinfo": "skip",
        "name": f"line {release.base} {release.year}",
    }


def _dots(releases: Sequence[Release], base: str, about: tuple[Text, Theme]) -> dict[str, Any]:
    t, theme = about
    words = [number(r.total.value, 1) for r in releases]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [int(r.year) for r in releases],
        "y": [r.total.value for r in releases],
        "text": words,
        "textposition": "top center",
        "textfont": {"size": 11, "color": INK[theme].text},
        "cliponaxis": False,
        "hovertext": [
            t("compare.index_hover", year=r.year, index=number(r.total.value, 2), base=base)
            for r in releases
        ],
        "hoverinfo": "text",
        "marker": {"size": 9, "color": COLOURS[base]},
        "name": t("compare.index_base", base=base),
    }
