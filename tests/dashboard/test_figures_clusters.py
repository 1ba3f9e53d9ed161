"""The charts of the clusters page: what is drawn where, and what cannot be drawn."""

from __future__ import annotations

import json
import math
from functools import partial
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts import doublings
from dashboard.charts.changes import FALL, RISE, Changes, dumbbell_chart
from dashboard.charts.listed import Column, Listing, listing
from dashboard.charts.record import Canvas
from dashboard.charts.shift import points, shift_chart, shown
from dashboard.charts.sizes import Group, Sizes, sizes_chart, without_workers
from dashboard.charts.specialists import Intervals, Ranked, intervals_chart
from dashboard.lettering import width_of
from dashboard.map.categories import HOT, LISA, Classed, classed_update
from dashboard.map.labels import Named, placed
from dashboard.palette import INK
from dashboard.text import text
from tests.dashboard import cluster_fixtures as own
from tests.dashboard import panel_fixtures as made

ZH = text("zh")
HERE = made.context()


def drawn(chart: dict[str, Any]) -> dict[str, Any]:
    """Return the chart as Plotly reads it: an unknown property is an error there."""
    loaded: dict[str, Any] = json.loads(go.Figure(chart).to_json())
    return loaded


def trace(chart: dict[str, Any], name: str) -> dict[str, Any]:
    return next(t for t in chart["data"] if t.get("name") == name)


def numbers(found: Any) -> list[float]:  # noqa: ANN401 - any JSON
    """Return all numbers of a chart."""
    if isinstance(found, dict):
        return [n for value in found.values() for n in numbers(value)]
    if isinstance(found, list | tuple):
        return [n for value in found for n in numbers(value)]
    return [found] if isinstance(found, float) else []


# The axis of doublings


def test_an_axis_of_doublings_holds_all_quotients_and_one() -> None:
    assert doublings.limits([2.0, 3.0]) == (-1, 2)
    assert doublings.limits([0.3]) == (-2, 1)
    assert doublings.limits([]) == (-1, 1)
    assert doublings.limits([0.0, 1e-9, 1e9]) == (-doublings.FURTHEST, doublings.FURTHEST)


def test_a_quotient_of_nothing_stands_at_the_lower_end() -> None:
    assert doublings.at(0, (-3, 2)) == -3
    assert doublings.at(4, (-3, 3)) == 2
    assert doublings.at(99, (-3, 3)) == 3
    assert [doublings.word(n) for n in (-2, 0, 3)] == ["1/4", "1", "8"]


def test_a_short_axis_has_fewer_numbers_and_keeps_one() -> None:
    wide = doublings.axis((-3, 3), "light", 400)
    assert wide["ticktext"] == ["1/8", "1/4", "1/2", "1", "2", "4", "8"]
    assert doublings.axis((-3, 3), "light", 80)["ticktext"] == ["1/4", "1", "4"]
    assert "1" in doublings.axis((-7, 7), "light", 1)["ticktext"]


# Quotients with intervals


ITEM = ("manufacturing", "CN")
"""The industry and the benchmark of the quotients."""


def intervals(*rows: Any, width: int = 430, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - standings
    ranked = [Ranked(row, at) for at, row in enumerate(rows, 1)]
    return intervals_chart(Intervals(ranked, "2020", *ITEM, **more), ZH, Canvas(width))


def test_each_quotient_stands_on_its_interval() -> None:
    figure = intervals(own.GROWN, own.SHRUNK)
    dots, line = trace(figure, "lq"), trace(figure, "interval")
    assert dots["x"] == [1.0, -1.0]
    assert dots["customdata"] == ["110112", "130104"]
    assert line["x"][:2] == [round(math.log2(1.9), 3), round(math.log2(2.1), 3)]
    assert line["y"] == [0, 0, None, 1, 1, None]
    assert "1.90–2.10" in dots["hovertext"][0]
    assert "<b>2.00</b>" in dots["hovertext"][0]
    assert dots["meta"] == [f"lq_manufacturing|{one}|2020|CN" for one in ("110112", "130104")]
    assert drawn(figure)


def test_count_share_and_quotient_stand_beside() -> None:
    columns = [t["text"] for t in intervals(own.GROWN, width=500)["data"] if t["mode"] == "text"]
    assert columns == [["2.00"], ["200"], ["20.0%"]]
    slim = [t["text"] for t in intervals(own.GROWN, width=330)["data"] if t["mode"] == "text"]
    assert slim == [["2.00"], ["200"]]


def test_few_workers_make_a_hollow_dot_and_brackets() -> None:
    figure = intervals(own.GROWN, own.UNSTABLE, colours={"110112": "#123456"})
    assert trace(figure, "lq")["marker"]["color"] == ["#123456", INK["light"].paper]
    assert next(t for t in figure["data"] if t["mode"] == "text")["text"] == ["2.00", "(0.32)"]


def test_a_quotient_of_zero_is_drawn_without_a_fault() -> None:
    figure = intervals(own.GROWN, own.NOBODY)
    assert all(math.isfinite(n) for n in numbers(figure["data"]))


def test_selected_names_are_bold_and_ranks_stand_behind_names() -> None:
    figure = intervals(own.GROWN, own.SHRUNK, selected=("130104",))
    ticks = figure["layout"]["yaxis"]["ticktext"]
    assert ticks == ["通州区  1", "<b>桥西区（石家庄）  2</b>"]
    slim = intervals(own.SHRUNK, width=300)["layout"]["yaxis"]["ticktext"]
    assert slim == ["桥西区<br>（石家庄）  1"]  # 102 pixels are a name's, 10.8 of them the rank's


LONG = "Fengning Manchu Autonomous County"


@pytest.mark.parametrize("width", [300, 400, 700])
def test_a_name_without_room_has_several_lines_that_meet_none_and_is_never_cut(width: int) -> None:
    for names in ([LONG, "Anping"], [LONG, LONG], ["安平县", LONG]):
        about = Listing(names, [False] * 2, [Column("LQ", ["1", "2"], 50)], width, ranks=[9, 10])
        assert [" ".join(label) for label in about.labels] == [
            f"{name}  {rank}" for name, rank in zip(names, (9, 10), strict=True)
        ]
        assert all(width_of(line) <= 0.34 * width for label in about.labels for line in label)
        layout, _ = listing(about, "light")
        row = (layout["height"] - 48) / 2
        above, below = (15.6 * len(label) for label in about.labels)
        assert row >= max(22, (above + below) / 2)
        inked = [12 + 15.6 * (len(label) - 1) for label in about.labels]
        assert layout["meta"]["lowest"] == round(48 + sum(inked))


def test_short_names_stand_for_all_where_one_has_no_room_in_full() -> None:
    full, short = ["科学研究和技术服务业", "教育"], ["科研技术", "教育业"]
    about = partial(Listing, full, [False] * 2, [], short=short)
    # ten ideographs are 120 pixels, of 400 a name may take 136, of 340 115.6
    assert about(400).labels == [["科学研究和技术服务业"], ["教育"]]
    assert about(340).labels == [["科研技术"], ["教育业"]]


# Changes


def test_a_thick_line_joins_what_differs_beyond_sampling_error() -> None:
    figure = dumbbell_chart(Changes([own.GROWN, own.UNSTABLE, own.SHRUNK], *ITEM), ZH, Canvas(430))
    assert trace(figure, "2010")["x"][0] == 0
    assert trace(figure, "2020")["x"][0] == 1
    clear = trace(figure, "clear rise")
    assert (clear["y"], clear["line"]["color"]) == ([0, 0, None], RISE)
    assert trace(figure, "clear fall")["y"] == [2, 2, None]
    assert trace(figure, "clear fall")["line"]["color"] == FALL
    unclear = trace(figure, "unclear rise")
    assert unclear["y"] == [1, 1, None]
    assert unclear["line"]["width"] < clear["line"]["width"]
    assert drawn(figure)


def test_changes_are_written_with_their_sign() -> None:
    figure = dumbbell_chart(
        Changes([own.GROWN, own.SHRUNK], *ITEM, ("130104",)), ZH, Canvas(430, "dark")
    )
    columns = [t["text"] for t in figure["data"] if t["mode"] == "text"]
    assert columns == [["+1.00", "−0.50"], ["1.00", "1.00"], ["2.00", "0.50"]]
    assert trace(figure, "2020")["customdata"] == ["110112", "130104"]
    for year in ("2010", "2020"):
        asked = [f"lq_manufacturing|{one}|{year}|CN" for one in ("110112", "130104")]
        assert trace(figure, year)["meta"] == asked
    slim = dumbbell_chart(Changes([own.GROWN], *ITEM), ZH, Canvas(330, "dark"))
    assert [t["text"] for t in slim["data"] if t["mode"] == "text"] == [["+1.00"]]


# Specialisation against size

GROUPS = (
    Group("首都都市圈", "#111111", frozenset({"110112"})),
    Group("其他", "#999999", frozenset({"130104", "130209"})),
)


def sizes(*rows: Any, selected: tuple[str, ...] = ()) -> dict[str, Any]:  # noqa: ANN401 - standings
    return sizes_chart(Sizes(rows, GROUPS, "2020", *ITEM, selected), ZH, Canvas(430))


def test_places_stand_by_size_and_quotient_in_the_colour_of_their_circle() -> None:
    figure = sizes(own.GROWN, own.SHRUNK)
    capital, other = (trace(figure, group.name) for group in GROUPS)
    assert capital["x"] == [round(math.log10(200), 3)]
    assert capital["y"] == [1.0]
    assert capital["customdata"] == [["110112", "2.00", "200"]]
    assert capital["meta"] == ["lq_manufacturing|110112|2020|CN"]
    assert capital["marker"]["color"] == ["#111111"]
    assert other["marker"]["line"]["color"] == "#999999"
    assert drawn(figure)


def test_few_workers_are_hollow_left_of_a_line() -> None:
    figure = sizes(own.GROWN, own.SHRUNK, own.UNSTABLE)
    assert trace(figure, "其他")["marker"]["color"] == ["#999999", INK["light"].paper]
    assert figure["layout"]["shapes"][0]["x0"] == pytest.approx(math.log10(30))
    assert figure["layout"]["xaxis"]["ticktext"][0] == "10"


def test_nobody_in_the_sample_has_no_place_on_the_chart_and_is_known() -> None:
    figure = sizes(own.GROWN, own.NOBODY)
    assert "其他" not in [one.get("name") for one in figure["data"]]
    assert without_workers([own.GROWN, own.NOBODY], "2020") == [own.NOBODY]
    assert all(math.isfinite(n) for n in numbers(figure))


def test_the_selection_is_ringed_and_named_first() -> None:
    figure = sizes(own.GROWN, own.SHRUNK, selected=("130104",))
    assert trace(figure, "selected")["y"] == [-1.0]
    assert trace(figure, "names")["text"][0] == "<b>桥西区（石家庄）</b>"
    # white paper, so that a name is read where it lies on dots
    assert trace(figure, "names")["textfont"]["shadow"].startswith("0 0 2px #ffffff")
    assert not [t for t in sizes(own.GROWN)["data"] if t["name"] == "selected"]


def test_names_keep_clear_of_one_another_unless_they_must_stand() -> None:
    same = [Named(str(n), "安平县", 100, 100) for n in range(7)]
    labels = placed(same, (200, 200))
    assert [label.side for label in labels] == [
        "top center",
        "bottom center",
        "middle right",
        "middle left",
    ]
    must = placed([*same, Named("x", "石家庄市", 100, 100, must=True)], (200, 200))
    assert must[-1].key == "x"


def test_a_name_at_the_edge_turns_inward() -> None:
    labels = placed([Named("a", "安平县", 1, 8)], (200, 200))
    assert [label.side for label in labels] == ["middle right"]
    assert placed([Named("a", "安平县", 1, 1)], (20, 10)) == []


# Shift–share


def test_components_stack_to_the_change() -> None:
    figure = shift_chart(own.shift(made.QIAOXI), ZH, HERE.term, Canvas(430))
    parts = [trace(figure, name)["x"] for name in ("national", "mix", "local")]
    assert parts == [[5.0, 5.0], [10.0, -15.0], [-5.0, -5.0]]
    assert trace(figure, "change")["x"] == [10.0, -15.0]
    assert [sum(column) for column in zip(*parts, strict=True)] == trace(figure, "change")["x"]
    assert figure["layout"]["barmode"] == "relative"
    assert drawn(figure)


def test_rows_run_from_the_largest_rise_and_leave_out_what_never_was() -> None:
    of = own.shift(made.QIAOXI)
    assert [row.sector for row in shown(of)] == ["C", "A"]
    assert points(20, of) == 10
    assert points(20, own.refused(made.QIAOXI)) == 0


def test_the_axis_holds_every_stack() -> None:
    figure = shift_chart(own.shift(made.QIAOXI), ZH, HERE.term, Canvas(430))
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < -20
    assert high > 15


# Classes of counties


def classed(inside: frozenset[str] | None = None) -> Classed:
    return Classed(
        codes=["1", "2", "3"],
        of=["HH", "none", "na"],
        figures=[(1.5, 0.0004, 0.01), (0.1, 0.5, 0.75), (None, None, None)],
        kinds=LISA,
        statistic="lisa",
        inside=inside,
    )


def test_classes_become_steps_of_the_colour_scale() -> None:
    update = classed_update(classed(), "制造业区位商", ZH, INK["light"])
    assert update["z"] == [1, -1, 0]
    assert (update["zmin"], update["zmax"]) == (-2.5, 4.5)
    assert len(update["colorscale"]) == 2 * 7
    assert update["customdata"][0] == ["高—高：高值相邻", "1.50", "<0.001", "0.010"]
    assert update["customdata"][2][1:] == ["–", "–", "–"]
    assert "制造业区位商" in update["hovertemplate"]


def test_places_outside_the_circle_are_land_and_not_counted() -> None:
    there = classed(frozenset({"2"}))
    assert classed_update(there, "", ZH, INK["light"])["z"] == [-2, -1, -2]
    assert there.counts() == {"HH": 0, "HL": 0, "LH": 0, "LL": 0, "none": 1, "na": 0}


def test_hot_spots_have_classes_of_their_own() -> None:
    update = classed_update(
        Classed(["1"], ["cold"], [(-3.2, 0.001, 0.02)], HOT, "hot"), "", ZH, INK["dark"]
    )
    assert update["z"] == [2]
    assert update["customdata"][0][:2] == ["冷点", "−3.20"]
