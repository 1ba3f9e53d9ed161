"""The industry figure says the right numbers, and says what it cannot say."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts.industry_bars import industry_chart, least_width
from dashboard.charts.record import Canvas
from dashboard.palette import DIVERGING
from dashboard.panels.quotients import LIMIT, clipped, colour, position, quotient_text, share_column
from dashboard.text import text
from geodata.records import IndustryRow, Name
from tests.dashboard import panel_fixtures as made


def drawn(*industries: Any, lang: Any = "zh", width: int = 500) -> dict[str, Any]:  # noqa: ANN401
    term = made.context(lang).term
    figure = go.Figure(industry_chart(industries, text(lang), term, Canvas(width)))
    loaded: dict[str, Any] = json.loads(figure.to_json())
    return loaded


def trace(figure: dict[str, Any], name: str, place: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = [t for t in figure["data"] if t["name"] == name][place]
    return found


@pytest.mark.parametrize(
    ("lq", "at"), [(1, 0), (2, 1), (0.5, -1), (8, LIMIT), (20, LIMIT), (0, -LIMIT), (0.01, -LIMIT)]
)
def test_half_and_double_lie_equally_far_from_one(lq: float, at: float) -> None:
    assert position(lq) == at


@pytest.mark.parametrize(("lq", "beyond"), [(0, True), (0.125, False), (8, False), (8.1, True)])
def test_bars_that_end_before_their_value_are_known(lq: float, beyond: bool) -> None:  # noqa: FBT001
    assert clipped(lq) is beyond


@pytest.mark.parametrize(
    ("lq", "expected"),
    [(0.2, 0), (0.5, 1), (0.99, 2), (1.0, 4), (1.25, 5), (2.0, 6), (0.996, 4), (1.996, 6)],
)
def test_colours_change_side_at_one(lq: float, expected: int) -> None:
    assert colour(lq) == DIVERGING[expected]


def test_bars_end_at_the_doublings_of_their_quotients() -> None:
    bars = trace(drawn(made.industry()), "lq")
    assert bars["x"] == [-1, -LIMIT, 1, LIMIT]
    assert bars["y"] == [0, 1, 2, 3]


def test_unstable_quotients_are_hatched_and_bracketed() -> None:
    figure = drawn(made.industry())
    assert trace(figure, "lq")["marker"]["pattern"]["shape"] == ["", "/", "", "/"]
    assert [
        t["text"] for t in figure["data"] if t["mode" if "mode" in t else "type"] == "text"
    ] == [
        ["0.50", "(0.00)", "2.00", "(10.00)"],
        ["12.5%", "0.0%", "50.0%", "0.5%"],
        ["500", "0", "2,000", "20"],
    ]


def test_zero_and_values_beyond_the_axis_carry_an_arrow() -> None:
    arrows = trace(drawn(made.industry()), "beyond")
    assert arrows["y"] == [1, 3]
    assert arrows["marker"]["symbol"] == ["triangle-left", "triangle-right"]


def test_every_point_lies_within_its_axis() -> None:
    for width, places in ((330, 1), (520, 1), (520, 3)):
        figure = drawn(*[made.industry()] * places, width=width)
        for one in figure["data"]:
            axis = figure["layout"]["xaxis" + one["xaxis"][1:]]
            inside = [x for x in one["x"] if x is not None]
            assert axis["range"][0] <= min(inside)
            assert max(inside) <= axis["range"][1]


def test_2010_is_joined_to_2020_only_where_comparable() -> None:
    figure = drawn(made.industry())
    assert trace(figure, "2010")["x"] == [0.585]
    assert trace(figure, "shift")["x"] == [0.585, 1, None]
    names = {t["name"] for t in drawn(made.industry(comparable=False))["data"]}
    assert not names & {"2010", "shift"}


def test_several_places_share_one_scale_and_their_rows() -> None:
    figure = drawn(made.industry(), made.industry(made.QIAOXI), made.industry(made.CAOFEIDIAN))
    layout = figure["layout"]
    axes = [layout[f"xaxis{i}"] for i in ("", "2", "3")]
    assert len({tuple(axis["range"]) for axis in axes}) == 1
    ends = [edge for axis in axes for edge in axis["domain"]]
    assert ends == sorted(ends)
    assert [trace(figure, "lq", i)["y"] for i in range(3)] == [[0, 1, 2, 3]] * 3
    titles = [a["text"] for a in layout["annotations"]]
    assert titles == ["<b>通州区</b>", "<b>桥西区<br>（石家庄）</b>", "<b>曹妃甸区</b>"]
    assert least_width(1) == 0
    assert least_width(6) > least_width(3) > 450


def test_hover_names_the_industry_in_full_with_both_shares() -> None:
    hover = trace(drawn(made.industry()), "lq")["hovertext"]
    assert hover[0].startswith(
        "<b>农、林、牧、渔业</b><br>区位商 0.50<br>就业占比 12.5%（京津冀 25.00%）"
    )
    assert "2010" in hover[2]
    assert "不稳定" in hover[3]


def test_long_english_names_break_where_the_figure_is_narrow() -> None:
    wide = drawn(made.industry(), lang="en")["layout"]
    narrow = drawn(made.industry(), lang="en", width=340)["layout"]
    assert "Information and software" in wide["yaxis"]["ticktext"]
    assert "Information<br>and software" in narrow["yaxis"]["ticktext"]
    assert narrow["height"] > wide["height"]
    assert narrow["margin"]["l"] < wide["margin"]["l"]


def test_names_stay_text() -> None:
    hostile = IndustryRow(
        "A", "emp_a", Name(made.HOSTILE, made.HOSTILE), 500, 0.1, 0.1, 1.0, stable=True
    )
    one = made.industry()
    figure = json.dumps(drawn(replace(one, rows=(hostile, *one.rows[1:]))))
    assert "<script>" not in figure
    assert "&lt;script&gt;" in figure


@pytest.mark.parametrize(
    ("lq", "words"),
    [(None, "–"), (0.0, "0.00"), (0.004, "<0.01"), (0.005, "0.01"), (12.345, "12.35")],
)
def test_a_small_quotient_is_not_written_as_nothing(lq: float | None, words: str) -> None:
    row = IndustryRow("A", "emp_a", Name("a", "a"), 90, 0.1, 0.1, lq, stable=True)
    assert quotient_text(row) == words


@pytest.mark.parametrize(
    ("share", "words"), [(None, "–"), (0.0, "0.0%"), (0.0004, "0.04%"), (0.0005, "0.1%")]
)
def test_a_small_share_is_not_written_as_nothing(share: float | None, words: str) -> None:
    row = IndustryRow("A", "emp_a", Name("a", "a"), 90, share, 0.1, 1.0, stable=True)
    assert share_column(row) == words
