"""Arcs: where they run, how wide they are, and that both renderers draw the same."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.labels import around, overlap
from dashboard.map.arcs import (
    BEND,
    HELD,
    STEPS,
    TIP,
    WIDTHS,
    Arc,
    arc_traces,
    barbs,
    beside,
    curve,
    dashed,
)
from dashboard.map.room import pixels

BEIJING, TIANJIN = (116.4, 39.9), (117.2, 39.1)
LON, LAT = st.floats(113, 120), st.floats(36, 43)


def arc(rank: int | None = 4, *, arrow: bool = False, label: str = "843.7") -> Arc:
    return Arc(BEIJING, TIANJIN, rank, "<b>label</b>", label, "120000", arrow)


@given(start=st.tuples(LON, LAT), end=st.tuples(LON, LAT))
def test_a_curve_joins_its_ends(start: tuple[float, float], end: tuple[float, float]) -> None:
    points = curve(start, end)
    assert len(points) == STEPS + 1
    assert points[0] == pytest.approx(start, abs=1e-3)
    assert points[-1] == pytest.approx(end, abs=1e-3)


def test_a_curve_swings_out_to_the_left_by_its_bend() -> None:
    """Due north on the 38th parallel: half way, west of the straight line by BEND × length."""
    points = curve((116.0, 37.0), (116.0, 39.0))
    lon, lat = points[STEPS // 2]
    assert lat == pytest.approx(38)
    assert (116 - lon) * math.cos(math.radians(38)) == pytest.approx(2 * BEND, abs=0.01)


def test_both_directions_are_two_lines() -> None:
    there, back = curve(BEIJING, TIANJIN), curve(TIANJIN, BEIJING)
    assert there[STEPS // 2] != back[STEPS // 2]


def test_dashes_are_every_other_stretch() -> None:
    line = dashed([(0, 0), (1, 1), (2, 2), (3, 3)])
    assert line == [(0, 0), (1, 1), (None, None), (2, 2), (3, 3), (None, None)]


def test_the_barbs_of_an_arrow_meet_on_the_line() -> None:
    points = curve(BEIJING, TIANJIN)
    strokes = barbs(points)
    assert len(strokes) == 6
    assert strokes[1] == strokes[4] == points[TIP]


@pytest.mark.parametrize("renderer", ["map", "geo"])
def test_each_class_is_one_trace_of_its_width(renderer: str) -> None:
    arcs = [arc(0), arc(0), arc(4, arrow=True), arc(None)]
    traces = arc_traces(arcs, renderer, "light")  # type: ignore[arg-type]
    lines = [t for t in traces if t["mode"] == "lines"]
    assert [t["line"]["width"] for t in lines][1:] == [WIDTHS[0], WIDTHS[4]]
    assert {t["type"] for t in traces} == {"scattermap" if renderer == "map" else "scattergeo"}
    assert lines[1]["lon"].count(None) == 2
    assert lines[2]["lon"].count(None) == 3


def test_the_handle_stands_on_the_line_and_selects_the_end() -> None:
    label, handles = arc_traces([arc()], "map", "light")[-2:]
    assert (handles["lon"][0], handles["lat"][0]) == curve(BEIJING, TIANJIN)[HELD]
    assert handles["customdata"] == [["120000"]]
    assert handles["hovertext"] == ["<b>label</b>"]
    assert (label["text"], label["mode"]) == (["843.7"], "markers+text")


def test_a_figure_stands_off_its_arc_on_the_outer_side() -> None:
    """Due east: the curve swings north, and its figure stands just above or below it."""
    points = curve((115.0, 38.0), (117.0, 38.0))
    x, y = pixels(*points[12])
    outer, inner = (beside(points, 12, off, (40, 10)) for off in (5, -5))
    assert outer == pytest.approx((x - 20, y - 15, x + 20, y - 5), abs=0.5)
    assert inner == pytest.approx((x - 20, y + 5, x + 20, y + 15), abs=0.5)


def test_a_figure_covers_neither_names_nor_arcs_and_stands_near_its_own() -> None:
    across = arc(label="151.6")
    name = around(pixels(*curve(BEIJING, TIANJIN)[HELD]), 12)
    figure = arc_traces([arc(), across], "map", "light", [name])[-2]
    for lon, lat in zip(figure["lon"], figure["lat"], strict=True):
        own = around(pixels(lon, lat), 6)
        assert overlap(own, name) == 0
        near = [math.dist(pixels(lon, lat), pixels(*at)) for at in curve(BEIJING, TIANJIN)]
        assert 6 < min(near) < 40


def test_nothing_is_drawn_of_nothing() -> None:
    assert arc_traces([], "map", "light") == []
