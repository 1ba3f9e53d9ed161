"""The ranking shows who has most, and names who has nothing to show."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts.ranking_bars import EDGES, ROW, Ranking, entries, missing, ranking_chart
from dashboard.charts.record import Canvas
from dashboard.text import text
from geodata.records import Column, Name, Place, Value
from tests.dashboard import panel_fixtures as made

PLACES = (made.TONGZHOU, made.QIAOXI, made.CAOFEIDIAN)


def drawn(ranking: Ranking) -> dict[str, Any]:
    figure = go.Figure(ranking_chart(ranking, text("zh"), Canvas(500)))
    loaded: dict[str, Any] = json.loads(figure.to_json())
    return loaded


def test_largest_first_with_codes_values_and_namesakes_told_apart() -> None:
    figure = drawn(Ranking(made.column(), PLACES, decimals=2))
    bars = figure["data"][0]
    assert bars["customdata"] == ["130104", "110112"]
    assert bars["texttemplate"] == "%{x:,.2f}"
    assert bars["x"] == [7.25, 5.0]
    assert bars["y"] == ["桥西区（石家庄）  1", "通州区  2"]
    assert figure["layout"]["yaxis"]["range"] == [1.5, -0.5]


def test_only_the_places_of_the_circle_are_ranked() -> None:
    found = entries(Ranking(made.column(), (made.TONGZHOU,)))
    assert [(e.place.id, e.rank) for e in found] == [("110112", 1)]


def test_ties_share_a_rank_and_the_next_rank_is_skipped() -> None:
    found = entries(Ranking(made.column((4.0, 4.0, 1.0)), PLACES))
    assert [e.rank for e in found] == [1, 1, 3]


def test_places_that_are_not_full_members_take_no_rank_and_are_named_in_their_role() -> None:
    ranking = Ranking(made.column((5.0, 7.0, 1.0)), PLACES, roles={"130104": "radiated"})
    assert [e.rank for e in entries(ranking)] == [None, 1, 2]
    figure = drawn(ranking)
    assert figure["data"][0]["y"][0] == "桥西区（石家庄）（辐射）"
    assert figure["data"][0]["marker"]["opacity"] == [0.45, 1, 1]


def test_places_without_a_value_are_missing_not_zero() -> None:
    assert missing(Ranking(made.column(), PLACES)) == [made.CAOFEIDIAN]
    assert [p.id for p in missing(Ranking(made.column((None,) * 3), PLACES))] == [
        p.id for p in PLACES
    ]
    assert drawn(Ranking(made.column((None,) * 3), PLACES))["data"][0]["customdata"] == []


def test_selected_places_are_outlined_and_bold() -> None:
    figure = drawn(Ranking(made.column(), PLACES, selected=("110112",)))
    outline = figure["data"][1]
    assert (outline["y"], outline["x"]) == (["<b>通州区  2</b>"], [5])
    assert outline["hoverinfo"] == "skip"
    assert figure["data"][0]["y"][1] == "<b>通州区  2</b>"
    assert len(drawn(Ranking(made.column(), PLACES))["data"]) == 1


def test_bars_take_the_colours_of_the_map() -> None:
    colours = {"110112": "#111111", "130104": "#222222"}
    marker = drawn(Ranking(made.column(), PLACES, colours=colours))["data"][0]["marker"]
    assert marker["color"] == ["#222222", "#111111"]


def test_values_are_sent_as_they_are_written() -> None:
    bars = drawn(Ranking(made.column((1234.5678, 0.126, None)), PLACES, decimals=2))["data"][0]
    assert bars["x"] == [1234.57, 0.13]
    bars = drawn(Ranking(made.column((1234.5678, 99.5, None)), PLACES))["data"][0]
    assert bars["x"] == [1235, 100]


def test_negative_values_run_left_of_a_visible_zero() -> None:
    axis = drawn(Ranking(made.column((-5.0, 10.0, 1.0)), PLACES))["layout"]["xaxis"]
    assert axis["range"][0] < -5
    assert axis["range"][1] > 10
    assert axis["visible"]


def test_names_stay_text() -> None:
    hostile = replace(made.TONGZHOU, label=Name(made.HOSTILE, made.HOSTILE))
    figure = json.dumps(drawn(Ranking(made.column(), (hostile, made.QIAOXI))))
    assert "<script>" not in figure


def test_199_places_stay_within_13_kb() -> None:
    codes = tuple(str(130000 + i) for i in range(199))
    names = [f"曹妃甸区{i}" + ("（石家庄）" if i % 6 == 0 else "") for i in range(199)]
    places = tuple(
        Place(c, "county", Name(n, n), Name(n, n)) for c, n in zip(codes, names, strict=True)
    )
    values = tuple(Value(12345.678 * (i + 1), "人", "2020") for i in range(199))
    column = Column("population", "2020", "county", "人", codes, values, tuple(range(1, 200)))
    colours = {c: f"#00000{i % 7}" for i, c in enumerate(codes)}
    asked = Ranking(column, places, codes[:3], colours, {}, 2)
    figure = ranking_chart(asked, text("zh"), Canvas(500))
    written = json.dumps(figure, ensure_ascii=False, separators=(",", ":"))
    assert len(written.encode()) <= 13_000


@pytest.mark.parametrize(
    ("height", "rows"),
    [(None, 199), (EDGES + 12 * ROW, 12), (EDGES + 13 * ROW - 1, 12), (10_000, 199), (0, 3)],
)
def test_a_canvas_with_a_height_has_as_many_rows_as_it_has_room_for(
    height: int | None, rows: int
) -> None:
    codes = tuple(str(130000 + i) for i in range(199))
    places = tuple(Place(c, "county", Name(c, c), Name(c, c)) for c in codes)
    values = tuple(Value(float(i), "人", "2020") for i in range(199))
    column = Column("population", "2020", "county", "人", codes, values, (None,) * 199)
    figure = ranking_chart(Ranking(column, places), text("zh"), Canvas(500, height=height))
    # The largest first: 198, 197, …
    assert figure["data"][0]["x"] == [198 - i for i in range(rows)]
    assert figure["layout"]["height"] == rows * ROW + EDGES
