"""The coverage matrix: indicators against years, how many places of how many have a figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.charts.cells import written
from dashboard.charts.choices import region_of
from dashboard.charts.record import Chart, Panel, Row
from dashboard.charts.rows import both_words, joined
from dashboard.colours import over
from dashboard.lettering import SIZE, base_layout, plain, width_of
from dashboard.numbers import number
from dashboard.palette import INK, SEQUENTIAL
from geodata.records import REGION_ID

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dash.development.base_component import Component

    from dashboard.charts.record import Canvas
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Level, Name

ROW: Final = 22
TOP, BOTTOM, GAP = 26, 8, 10
CELL: Final = 8
"""Pixels of a column at least."""
WRITTEN: Final = 34
"""Pixels of a cell from which on the numbers stand in it, and a year over it."""
FEW: Final = 4
"""Columns whose numbers a sheet has room for at least."""
LINE: Final = 16
"""Pixels of a second line over a column, for a span of years."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many places of a level have a figure.

    `names` are the indicators in the order of the rows, `years` the columns, ascending; `cells`
    hold the places with a figure and all places of the level by indicator and year. A pair that is
    not there has no figure at all.
    """

    names: Mapping[str, Name]
    years: tuple[str, ...]
    cells: Mapping[tuple[str, str], tuple[int, int]]

    @property
    def figures(self) -> tuple[int, int]:
        """Return the figures there are, and those there could be in the years of each."""
        present, total = zip(*self.cells.values(), strict=True)
        return sum(present), sum(total)


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: the indicators of the theme of the one shown, at the map's level."""
    t, atlas = context.t, scene.atlas
    theme = atlas.indicators[view.indicator].theme
    found = covered(scene, view)
    there, of = found.figures
    whole, level = region_of(scene).label, both_words(f"export.level_{view.level}")
    about = dict(atlas.themes)[theme]
    return [
        Chart(
            "coverage",
            t("data.coverage"),
            joined(whole, about, level),
            partial(coverage_chart, found, t),
            lambda: tuple(rows(scene, found, view.level)),
            lead=t("data.coverage_title", theme=about[t.lang]),
            say=(t("data.coverage_say", n=number(there), of=number(of)),),
            below=lambda _: [_table(found, t)],
            least=_least(found, t),
        )
    ]


def covered(scene: Scene, view: View) -> Coverage:
    """Return what is covered of the theme of the indicator at the level of the view."""
    atlas = scene.atlas
    theme = atlas.indicators[view.indicator].theme
    frame = atlas.coverage()
    cells = {
        (str(row.indicator), str(row.year)): (int(str(row.present)), int(str(row.total)))
        for row in frame[frame["level"] == view.level].itertuples(index=False)
        if atlas.indicators[str(row.indicator)].theme == theme
    }
    names = {i: atlas.indicators[i].name for i, _ in cells}
    return Coverage(names, tuple(sorted({year for _, year in cells})), cells)


def rows(scene: Scene, found: Coverage, level: Level) -> Iterator[Row]:
    """Yield places with a figure and places of the level, with the publications of the figures."""
    whole = region_of(scene)
    for (indicator, year), counts in found.cells.items():
        column = scene.atlas.values(indicator, year, level, REGION_ID)
        sources = tuple(
            dict.fromkeys(
                i for value in column.values if value.value is not None for i in value.source_ids
            )
        )
        for part, count in zip(("present", "total"), counts, strict=True):
            name = joined(found.names[indicator], both_words(f"data.places_{part}"))
            item = f"{indicator}_{part}"
            yield Row(whole.id, whole.label, item, name, count, "", year, "computed", sources)


def _table(found: Coverage, t: Text) -> Component:
    """Return the same as a table of indicators and years, folded."""
    body = [
        html.Tr(
            [
                html.Th(name[t.lang]),
                *(html.Td(_n_of(found.cells.get((indicator, year)))) for year in found.years),
            ]
        )
        for indicator, name in found.names.items()
    ]
    head = html.Tr([html.Td(), *(html.Th(year) for year in found.years)])
    table = html.Table([html.Thead(head), html.Tbody(body)], className="data-coverage")
    return html.Details(
        [
            html.Summary(t("data.coverage_table")),
            html.Div(table, className="scrolled", tabIndex=0),
        ]
    )


def _n_of(cell: tuple[int, int] | None) -> str:
    return f"{cell[0]}/{cell[1]}" if cell else "–"


def coverage_chart(found: Coverage, t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw a cell for each indicator and year, the darker the more places have a figure."""
    theme, width, years, cells = canvas.theme, canvas.width, found.years, found.cells
    names = {indicator: name[t.lang] for indicator, name in found.names.items()}
    ink = INK[theme]
    left = _room(found, t)
    side = (width - left - GAP) / len(years)
    heads = [year.replace("-", "–<br>") for year in years]
    top = TOP + (LINE if any("<br>" in head for head in heads) else 0)
    margin = {"l": left, "r": GAP, "t": top, "b": BOTTOM}
    layout = base_layout(theme, top + BOTTOM + ROW * len(names), margin)
    lines, columns = [*range(len(names))], [*range(len(years))]
    every = ceil(WRITTEN / max(side, 1))
    layout["xaxis"] = {
        "side": "top",
        "tickvals": columns[::every],
        "ticktext": heads[::every],
        "range": [-0.5, len(years) - 0.5],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "color": ink.muted,
    }
    layout["yaxis"] = {
        "tickvals": lines,
        "ticktext": [plain(name) for name in names.values()],
        "range": [len(names) - 0.5, -0.5],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }
    grid = [[cells.get((name, year)) for year in years] for name in names]
    heat = {
        "type": "heatmap",
        "x": columns,
        "y": lines,
        "z": [[c[0] / c[1] if c else None for c in row] for row in grid],
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[i / (len(SEQUENTIAL) - 1), c] for i, c in enumerate(SEQUENTIAL)],
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "hoverongaps": False,
        "hovertext": [[_words(c, y, t) for c, y in zip(row, years, strict=True)] for row in grid],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    figures = [
        (column, line, str(cell[0]), _shade(cell[0] / cell[1]))
        for line, row in enumerate(grid)
        for column, cell in enumerate(row)
        if cell and side >= WRITTEN
    ]
    return {"data": [heat, *([written(figures, SIZE)] if figures else [])], "layout": layout}


def _shade(share: float) -> str:
    """Return the colour of a cell, between those of the scale."""
    at = share * (len(SEQUENTIAL) - 1)
    low = min(int(at), len(SEQUENTIAL) - 2)
    return over(SEQUENTIAL[low + 1], at - low, SEQUENTIAL[low])


def _room(found: Coverage, t: Text) -> int:
    """Return the pixels that the names take, none of them cut."""
    return round(max(width_of(name[t.lang]) for name in found.names.values())) + GAP


def _least(found: Coverage, t: Text) -> int:
    """Return the pixels below which there is no room beside the names; few years show numbers."""
    years = len(found.years)
    return _room(found, t) + max(CELL * years, WRITTEN * min(FEW, years)) + GAP


def _words(cell: tuple[int, int] | None, year: str, t: Text) -> str:
    return t("data.cell", year=year, n=cell[0], of=cell[1]) if cell else ""


PANEL = Panel("data", "coverage", charts, ("coverage",), ("level", "colour"), "sheet")
