"""Where a reader's own firms are: counted by county, and how dense they are by cell."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.choices import region_of
from dashboard.charts.map_on_paper import on_paper
from dashboard.charts.own_registers import (
    division_of,
    own_row,
    own_value,
    register_of,
    subject_of,
)
from dashboard.charts.record import Canvas, Chart, Key, Panel, graph_id
from dashboard.charts.rows import both_words
from dashboard.lettering import plain
from dashboard.map.figure import REGION_BOUNDS, map_chart
from dashboard.map.fill import OUTSIDE, stepped
from dashboard.map.layout import place
from dashboard.numbers import number
from dashboard.palette import HEAT, INK, SEQUENTIAL
from dashboard.web.local import OWN_PAGE
from dashboard.web.root import rooted
from geodata.own.firms.spots import CELL_LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.own.firms.spots import Cells
    from geodata.own.firms.study import OwnFirms

    Counted = tuple[Mapping[str, int], Cells | None]
    """Firms by county and by cell."""

NAME: Final = "firm_map"
GRAPH: Final = graph_id(NAME)
HEIGHT: Final = 560
COUNTY_LIMITS: Final = (1, 10, 100, 1_000, 10_000, 100_000)
"""The least firms of each class."""
COARSE: Final = 10
"""Cells of a square on a side, where the map is drawn as vectors."""
TALL: Final = 1.32
"""Degrees of longitude as high as one of latitude at 40° N, in the map's projection."""
OPACITY: Final = 0.85
LAYERS: Final = ("lines", "cities")


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one map."""
    t, own, division = context.t, register_of(scene, view), division_of(view)
    subject, counts = subject_of(region_of(scene), division), own.by_county(division)
    firms, cells = sum(counts.values()), _cells(own, division)
    said = [t("firms.map_steps")]
    if own.pointed:
        said += [t("firms.map_cell"), t("firms.map_squares")]
    else:
        said.append(t("firms.map_pointless"))
    lead = t(
        "firms.map_lead", whom=subject[context.lang], n=number(firms), counties=number(len(counts))
    )
    return [
        Chart(
            NAME,
            t("firms.firm_map"),
            subject,
            partial(draw, scene, view, own, (counts, cells)),
            lambda: tuple(rows(own, counts, context)),
            lead=lead,
            notes=tuple(said),
            key=tuple(_key(counts, cells, context)),
            source_ids=(own.source_id,),
            is_map=True,
        )
    ]


def rows(own: OwnFirms, counts: dict[str, int], context: Context) -> Iterator[Row]:
    """Yield the firms of each county that has any."""
    item = ("firms_there", both_words("firms.column_count"))
    for code, firms in counts.items():
        value = own_value(own, float(firms), own.unit, str(own.last))
        yield own_row(context.place(code), item, value, context)


def draw(
    scene: Scene, view: View, own: OwnFirms, counted: Counted, canvas: Canvas
) -> dict[str, Any]:
    """Draw the counties, and the cells above them."""
    base = replace(view, layers=LAYERS, level="county", circle=(), over=())
    picture = scene.picture(base, canvas.renderer, canvas.theme)
    (counts, cells), vectors = counted, canvas.renderer == "geo"
    over = [_squares(cells, canvas)] if vectors and cells else []
    fill = _counties(picture.codes, counts, own.unit, scene.context(view), canvas)
    drawn = map_chart(on_paper(scene, base, replace(picture, fill=fill, over=over), canvas))
    layout = drawn["layout"]
    if canvas.height is None:
        layout["height"] = HEIGHT
    if not vectors and cells:
        layout["map"]["layers"].insert(0, _image(own, view, cells))
    return drawn


def _counties(
    codes: Sequence[str], counts: Mapping[str, int], unit: str, context: Context, canvas: Canvas
) -> dict[str, Any]:
    """Return what colours the counties; one without firms is as the land."""
    colours = (INK[canvas.theme].land, *SEQUENTIAL[: len(COUNTY_LIMITS)])
    return {
        "z": [OUTSIDE + bisect_right(COUNTY_LIMITS, counts.get(code, 0)) for code in codes],
        "zmin": OUTSIDE - 0.5,
        "zmax": OUTSIDE + len(colours) - 0.5,
        "colorscale": stepped(colours),
        "customdata": [[number(counts.get(code, 0))] for code in codes],
        "hovertemplate": (
            f"<b>%{{text}}</b><br>{plain(context.t('firms.column_count'))}<br>"
            f"<b>%{{customdata[0]}}</b> {context.word('unit', unit)}<extra></extra>"
        ),
    }


def _cells(own: OwnFirms, division: int | None) -> Cells | None:
    """Return the cells with firms of a division; None without any."""
    found = own.cells(division)
    return found if found.firms.size else None


def _image(own: OwnFirms, view: View, cells: Cells) -> dict[str, Any]:
    """Return the layer of the image, which this server draws for the reader at this machine."""
    west, south, east, north = cells.box
    return {
        "sourcetype": "image",
        "source": rooted(f"{OWN_PAGE}/density/{own.name}.png?division={view.division}"),
        "coordinates": [[west, north], [east, north], [east, south], [west, south]],
        "type": "raster",
        "opacity": OPACITY,
        "below": place(2),
    }


def _squares(cells: Cells, canvas: Canvas) -> dict[str, Any]:
    """Return coarser cells as squares, about as large as they are while nobody zooms."""
    lon, lat, firms = cells.coarser(COARSE)
    west, south, east, north = REGION_BOUNDS
    high = (canvas.height or HEIGHT) / ((north - south) * TALL)
    side = min(canvas.width / (east - west), high) * COARSE / 100
    return {
        "type": "scattergeo",
        "mode": "markers",
        "lon": lon.round(2).tolist(),
        "lat": lat.round(2).tolist(),
        "marker": {
            "symbol": "square",
            "size": round(side, 1),
            "color": [bisect_right(CELL_LIMITS, one) for one in firms.tolist()],
            "cmin": 0.5,
            "cmax": len(HEAT) + 0.5,
            "colorscale": stepped(HEAT),
            "opacity": OPACITY,
            "line": {"width": 0},
        },
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _key(counts: Mapping[str, int], cells: Cells | None, context: Context) -> Iterator[Key]:
    """Yield the classes of counties and of cells that there are, each with how many."""
    kinds = (
        ("firms.map_of_county", COUNTY_LIMITS, SEQUENTIAL, list(counts.values())),
        ("firms.map_of_cell", CELL_LIMITS, HEAT, cells.firms.tolist() if cells else []),
    )
    for word, limits, colours, values in kinds:
        classed = [bisect_right(limits, one) for one in values]
        for at, (low, high) in enumerate(pairwise((*limits, None)), 1):
            if n := classed.count(at):
                span = f"{number(low)}–{number(high - 1)}" if high else f"≥{number(low)}"
                yield Key(context.t(word, n=span), colours[at - 1], count=n)


PANEL = Panel("firms", NAME, charts, (NAME,), ("firms",), "sheet")
