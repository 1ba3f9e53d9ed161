"""The coverage matrix: indicators against years, how many places of how many have a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.lettering import plain, sheet, width_of
from dashboard.palette import INK, SEQUENTIAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.palette import Theme
    from dashboard.text import Text

ROW: Final = 22
TOP, BOTTOM, GAP = 26, 8, 10
WRITTEN: Final = 34
"""Pixels of a cell from which on the numbers stand in it."""
Cells = dict[tuple[str, str], tuple[int, int]]
"""Indicator and year → places with a figure, and places of the level."""


def coverage_chart(
    names: Mapping[str, str], years: Sequence[str], cells: Cells, look: tuple[Text, Theme, int]
) -> dict[str, Any]:
    """Draw a cell for each indicator and year, the darker the more places have a figure.

    Parameters
    ----------
    names
        Indicator → its name, in the order of the rows; at least one.
    years
        The columns, ascending; at least one.
    cells
        Present and total; a pair that is not there has no figure at all and stays empty.
    look
        Words, theme, and the pixels the graph will have.
    """
    t, theme, width = look
    ink = INK[theme]
    left = round(min(max(width_of(name) for name in names.values()), width * 0.45)) + GAP
    side = (width - left - GAP) / len(years)
    layout = sheet(
        theme, TOP + BOTTOM + ROW * len(names), {"l": left, "r": GAP, "t": TOP, "b": BOTTOM}
    )
    rows, columns = [*range(len(names))], [*range(len(years))]
    layout["xaxis"] = {
        "side": "top",
        "tickvals": columns[:: max(1, round(WRITTEN / max(side, 1)))],
        "ticktext": [*years][:: max(1, round(WRITTEN / max(side, 1)))],
        "range": [-0.5, len(years) - 0.5],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "color": ink.muted,
    }
    layout["yaxis"] = {
        "tickvals": rows,
        "ticktext": [plain(name) for name in names.values()],
        "range": [len(names) - 0.5, -0.5],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }
    found = [[cells.get((name, year)) for year in years] for name in names]
    heat = {
        "type": "heatmap",
        "x": columns,
        "y": rows,
        "z": [[c[0] / c[1] if c else None for c in row] for row in found],
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[i / (len(SEQUENTIAL) - 1), c] for i, c in enumerate(SEQUENTIAL)],
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "hoverongaps": False,
        "hovertext": [[_words(c, y, t) for c, y in zip(row, years, strict=True)] for row in found],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    if side >= WRITTEN:
        heat["text"] = [[str(c[0]) if c else "" for c in row] for row in found]
        heat["texttemplate"] = "%{text}"
    return {"data": [heat], "layout": layout}


def _words(cell: tuple[int, int] | None, year: str, t: Text) -> str:
    return t("data.cell", year=year, n=cell[0], of=cell[1]) if cell else ""
