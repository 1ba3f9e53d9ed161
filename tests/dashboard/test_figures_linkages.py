"""The charts of the Linkages page: what they hold, and that they stay small and plain."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import brotli  # type: ignore[import-untyped]
import plotly.graph_objects as go
import pytest

from dashboard.charts.chain_scatter import chain_chart
from dashboard.charts.circles import Circles
from dashboard.charts.contracts import contracts_chart
from dashboard.charts.matrix import LIMITS, matrix_chart, scale
from dashboard.charts.record import Canvas
from dashboard.map.labels import Named, placed
from dashboard.palette import SEQUENTIAL
from dashboard.text import text

if TYPE_CHECKING:
    from geodata.atlas import Atlas

CANVAS = Canvas(520)
ZH, EN = text("zh"), text("en")


def circles(*selected: str) -> Circles:
    return Circles({"article/capital": "#b5432f"}, selected)


def size(figure: dict[str, Any]) -> int:
    return len(brotli.compress(json.dumps(figure).encode(), quality=4))


def test_the_scale_is_stepped_at_fixed_limits() -> None:
    steps = scale()
    assert [at for at, _ in steps[1::2]] == [*LIMITS, 1.0]
    assert [colour for _, colour in steps[::2]] == list(SEQUENTIAL)
    assert steps[0][0] == 0


def test_few_places_are_a_square_with_numbers(atlas: Atlas) -> None:
    found = atlas.structure.similarity("city", "2020")
    figure = matrix_chart(found, circles("130200"), ZH, CANVAS)
    heat, layout = figure["data"][0], figure["layout"]
    assert heat["z"] == found.matrix.round(2).tolist()
    assert (heat["zmin"], heat["zmax"]) == (0, 1)
    assert layout["meta"]["codes"] == [p.id for p in found.among.places]
    assert layout["xaxis"]["ticktext"][0] == "北京市"
    lines = [s for s in layout["shapes"] if s["type"] == "line"]
    assert sorted({s["x0"] for s in lines if s["x0"] == s["x1"]}) == [1.5, 5.5, 8.5]
    rows = [s for s in layout["shapes"] if s["type"] == "rect" and "yref" not in s]
    strips = [s for s in layout["shapes"] if s.get("yref") == "paper"]
    assert strips[0]["fillcolor"] == "#b5432f"
    assert [(s["x0"], s["x1"]) for s in strips][1:3] == [(1.5, 5.5), (5.5, 8.5)]
    at = [p.id for p in found.among.places].index("130200")
    assert [(s["y0"], s["y1"]) for s in rows] == [(at - 0.5, at + 0.5)]
    names = [a["text"] for a in layout["annotations"]]
    assert names[1:] == ["<b>天津都市圈</b>", "<b>石家庄都市圈</b>", "<b>不属任何圈</b>"]
    go.Figure(figure)


@pytest.mark.parametrize("likeness", ["cosine", "krugman"])
def test_counties_are_a_triangle_that_travels_in_forty_kilobytes(
    atlas: Atlas, likeness: str
) -> None:
    found = atlas.structure.similarity("county", "2020", likeness)
    figure = matrix_chart(found, circles(), ZH, CANVAS)
    heat = figure["data"][0]
    assert [len(row) for row in heat["z"]] == list(range(1, 200))
    assert heat["z"][-1][0] == round(found.matrix[198, 0], 2)
    assert not figure["layout"]["xaxis"]["showticklabels"]
    assert len(figure["layout"]["xaxis"]["ticktext"]) == 199
    assert size(figure) < 40_000


def test_circles_are_selected_as_circles(atlas: Atlas) -> None:
    found = atlas.structure.similarity("circle", "2020")
    figure = matrix_chart(found, circles(), text("en"), CANVAS)
    assert figure["layout"]["meta"]["codes"][0] == "circle:article/capital"
    assert figure["layout"]["annotations"] == []


def test_the_quadrants_lie_at_the_three_places_together(atlas: Atlas) -> None:
    found = atlas.chains.match("city", "2020")
    figure = chain_chart(found, circles(), ZH, CANVAS)
    across, upwards = figure["layout"]["shapes"]
    assert across["x0"] == across["x1"] == found.whole[1].value
    assert upwards["y0"] == upwards["y1"] == found.whole[0].value
    assert sum(len(trace["x"]) for trace in figure["data"]) == 14
    assert figure["data"][0]["marker"]["color"] == "#b5432f"
    go.Figure(figure)


def test_points_say_both_sides_and_select_their_place(atlas: Atlas) -> None:
    figure = chain_chart(atlas.chains.match("city", "2020"), circles(), ZH, CANVAS)
    first = figure["data"][0]
    at = first["hovertext"].index("北京市")
    assert first["y"][at] == pytest.approx(24.3)
    assert first["x"][at] == pytest.approx(8.2)
    # Target, both quotients, C, T, D, both counts of sampled workers.
    assert first["customdata"][at] == ["110000", 2.67, 0.49, 0.78, 0.62, 0.69, 246_300, 83_130]
    assert "%{customdata[6]:,} 人" in first["hovertemplate"]
    assert first["meta"][at] == "emp_share_manufacturing|110000|2020"
    circle = chain_chart(atlas.chains.match("circle", "2020"), circles(), ZH, CANVAS)
    assert circle["data"][0]["customdata"][0][0] == "circle:article/capital"


def test_xiongan_is_named_on_a_low_sheet_too(atlas: Atlas) -> None:
    found = atlas.chains.match("city", "2020")
    figure = chain_chart(found, circles(), EN, Canvas(390, height=310))
    written = [name for trace in figure["data"] for name in trace["text"] if name]
    assert any("Xiong'an" in name for name in written)
    assert len(written) < len(found.chains)


def test_of_many_places_only_the_selected_are_named(atlas: Atlas) -> None:
    found = atlas.chains.match("county", "2020")
    figure = chain_chart(found, circles("110112"), ZH, CANVAS)
    named = [name for trace in figure["data"] for name in trace["text"] if name]
    assert named == ["通州区"]
    assert size(figure) < 40_000


def test_places_on_few_workers_are_pale(atlas: Atlas) -> None:
    found = atlas.chains.match("city", "2020")
    doubtful = replace(found.chains[0], stable=False)
    figure = chain_chart(
        replace(found, chains=(doubtful, *found.chains[1:])), circles(), ZH, CANVAS
    )
    marker = figure["data"][0]["marker"]
    assert marker["opacity"][0] < marker["opacity"][1]
    said = figure["data"][0]["hovertemplate"]
    assert ["30" in one for one in said] == [True, False]


def test_contracts_are_bars_with_named_gaps_and_no_line(atlas: Atlas) -> None:
    figure = contracts_chart(atlas.links.contracts(), ZH, "亿元", CANVAS)
    gaps, known, apart = figure["data"]
    assert known["x"] == ["2013", "2016", "2020", "2021", "2022", "2023", "2024", "2025"]
    assert known["y"] == [71.2, 154.7, 347, 350.4, 356.9, 748.7, 843.7, 996]
    assert gaps["x"] == ["2014", "2015", "2017", "2018", "2019"]
    assert gaps["text"].count("未查到") == 4
    assert (apart["x"], apart["y"], apart["mode"]) == (
        ["2017", "2022"],
        [152.2, 365.9],
        "markers",
    )
    notes = [(note["x"], note["text"]) for note in figure["layout"]["annotations"]]
    assert notes == [(4, "(152.2)"), (9, "(365.9)")]  # the first year is 2013
    assert not any("lines" in trace.get("mode", "") for trace in figure["data"])
    assert figure["layout"]["xaxis"]["categoryarray"] == [str(y) for y in range(2013, 2026)]
    go.Figure(figure)


def test_without_unreconciled_figures_there_is_no_diamond(atlas: Atlas) -> None:
    found = replace(atlas.links.contracts(), unreconciled=())
    assert len(contracts_chart(found, text("en"), "unit", Canvas(520, "dark"))["data"]) == 2


def test_names_keep_clear_of_the_dots_of_others() -> None:
    dot = (100.0, 82.0, 6.0)
    alone = placed([Named("a", "甲", 100, 100)], (200, 200))
    beside = placed([Named("a", "甲", 100, 100)], (200, 200), [dot])
    assert [label.side for label in alone] == ["top center"]
    assert [label.side for label in beside] == ["bottom center"]


def test_numbers_of_contracts_meet_no_others(atlas: Atlas) -> None:
    """In 2022 there is a full year, 356.9, and 365.9 that does not fit it; 2021 has 350.4."""
    found = atlas.links.contracts()
    wide, slim = (contracts_chart(found, ZH, "亿元", Canvas(width)) for width in (620, 380))
    places = dict(zip(wide["data"][1]["x"], wide["data"][1]["textposition"], strict=True))
    assert (places["2022"], places["2021"]) == ("inside", "outside")
    # Thirteen years in 620 - 56 pixels are 43.4 each, in 324 they are 24.9. "(365.9)" takes
    # 12 × (4 × 0.555 + 0.27 + 2 × 0.36) = 38.5, "2021" at 11 pixels 24.4, and 4 stay free.
    angles = [
        (one["data"][1]["textangle"], one["layout"]["xaxis"]["tickangle"]) for one in (wide, slim)
    ]
    assert angles == [(0, 0), (-90, -90)]
    assert {note["textangle"] for note in slim["layout"]["annotations"]} == {-90}
