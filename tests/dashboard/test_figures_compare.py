"""The charts of the Compare page: what is joined, what is parted, and that names keep clear."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.axes import joined, log_ticks, rules, year_tick
from dashboard.charts.beta import beta_chart
from dashboard.charts.circles import Circles
from dashboard.charts.indices import indices_chart
from dashboard.charts.lanes import DOT, lanes_of, lifted
from dashboard.charts.leaders import DOT as HALF
from dashboard.charts.leaders import LINE, TYPE, offsets
from dashboard.charts.multiples import columns, multiples_chart
from dashboard.charts.rank_size import rank_size_chart
from dashboard.charts.record import Canvas
from dashboard.charts.sigma import sigma_chart
from dashboard.charts.theil import part_colours, positions, theil_chart
from dashboard.charts.timeline import timeline_chart
from dashboard.lettering import width_of
from dashboard.text import text
from geodata.measures.hierarchy import upper

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.records import Lang
    from geodata.studies.hierarchy import Family, Measure

ZH = text("zh")
CIRCLES = ("article/capital", "article/tianjin", "article/shijiazhuang")
Box = tuple[float, float, float, float]


def trace(figure: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in figure["data"] if one["name"] == name)
    return found


def numbers_only(figure: dict[str, Any]) -> None:
    """Hold that Plotly understands the figure and that it holds no NaN."""
    go.Figure(figure)
    assert "NaN" not in json.dumps(figure)


def boxes(
    points: list[tuple[float, float]], names: list[str], size: tuple[float, float]
) -> list[Box]:
    found = []
    for (x, y), name, (right, down, _) in zip(
        points, names, offsets(points, names, size), strict=True
    ):
        half = width_of(name, TYPE) / 2
        found.append((x + right - half, y + down - LINE / 2, x + right + half, y + down + LINE / 2))
    return found


def meet(one: Box, other: Box) -> bool:
    near = 0.11  # offsets are rounded to tenths of a pixel
    return (
        one[0] + near < other[2]
        and other[0] + near < one[2]
        and one[1] + near < other[3]
        and other[1] + near < one[3]
    )


def test_a_line_stops_after_each_run() -> None:
    assert joined([("2013", "2014"), ("2016",)], {"2013": 1, "2014": 2, "2016": 4}) == (
        [2013, 2014, None, 2016],
        [1, 2, None, 4],
    )


def test_a_break_is_ruled_half_a_year_before_and_only_within_the_years() -> None:
    found = rules(["2019", "2013", "2030"], "light", 2013, 2025)
    assert [line["x0"] for line in found] == [2018.5]


def test_logarithmic_ticks_are_round_numbers() -> None:
    assert log_ticks(90, 21_000)[1] == [
        "100",
        "200",
        "500",
        "1,000",
        "2,000",
        "5,000",
        "10,000",
        "20,000",
    ]
    assert log_ticks(30_000, 90_000)[1] == ["30,000", "40,000", "50,000", "70,000"]
    assert log_ticks(0.4, 3)[1] == ["0.4", "0.5", "0.7", "1", "1.5", "2", "3"]


def test_a_year_is_shortened_where_a_dozen_have_no_room() -> None:
    assert year_tick("2013", 10, ZH, 500) == "2013<br>10市"
    assert year_tick("2013", 10, ZH, 350) == "'13<br>10"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [420, 570])
@pytest.mark.parametrize("measure", ["towns", "urban", "population", "gdp"])
def test_names_of_cities_cover_neither_one_another_nor_a_point(
    atlas: Atlas, lang: Lang, width: int, measure: Measure
) -> None:
    system = atlas.hierarchy.system("JJJ", measure)
    figure = rank_size_chart(system, atlas.indicators[system.indicator], text(lang), Canvas(width))
    numbers_only(figure)
    notes = figure["layout"]["annotations"]
    assert len(notes) == 13
    x, y = figure["layout"]["xaxis"]["range"], figure["layout"]["yaxis"]["range"]
    wide, high = width - 58 - 16, 400 - 14 - 40
    pixels = [
        ((n["x"] - x[0]) / (x[1] - x[0]) * wide, (y[1] - n["y"]) / (y[1] - y[0]) * high)
        for n in notes
    ]
    found = [
        (
            a + n["ax"] - width_of(n["text"], TYPE) / 2,
            b + n["ay"] - LINE / 2,
            a + n["ax"] + width_of(n["text"], TYPE) / 2,
            b + n["ay"] + LINE / 2,
        )
        for (a, b), n in zip(pixels, notes, strict=True)
    ]
    assert [pair for pair in combinations(found, 2) if meet(*pair)] == []


@settings(deadline=None)  # the machine may be busy
@given(
    st.lists(st.tuples(st.floats(20, 480), st.floats(20, 280)), min_size=2, max_size=6, unique=True)
)
def test_a_few_names_always_find_room(points: list[tuple[float, float]]) -> None:
    names = ["石家庄", "天津", "秦皇岛", "北京", "张家口", "廊坊"][: len(points)]
    found = boxes(points, names, (500, 300))
    assert [pair for pair in combinations(found, 2) if meet(*pair)] == []
    dots = [(x - HALF, y - HALF, x + HALF, y + HALF) for x, y in points]
    assert [1 for box in found for dot in dots if meet(box, dot)] == []


def test_rank_size_draws_both_lines_and_shades_the_steep_steps(atlas: Atlas) -> None:
    """GDP 2024: Beijing to Tianjin 2.77 against 2, Shijiazhuang to Baoding 1.72 against 1.25."""
    system = atlas.hierarchy.system("JJJ", "gdp", "2024")
    figure = rank_size_chart(system, atlas.indicators["gdp"], ZH, Canvas(570))
    rule = trace(figure, "rule")
    assert rule["y"][0] - rule["y"][1] == pytest.approx(rule["x"][1], abs=1e-3)
    bands = figure["layout"]["shapes"]
    steep = [step for step in upper(system.steps) if step.factor >= 1.25]
    assert len(bands) == len(steep) == 2
    assert bands[0]["y1"] == pytest.approx(math.log10(49_843.1), abs=1e-3)
    assert bands[0]["y0"] == pytest.approx(math.log10(18_024.32), abs=1e-3)
    assert trace(figure, "cities")["customdata"][:2] == ["110000", "120000"]


def test_multiples_share_one_scale_and_leave_breaks_open(atlas: Atlas) -> None:
    series = [atlas.comparison.series("gdp", place) for place in CIRCLES]
    figure = multiples_chart(series, atlas.indicators["gdp"], ZH, Canvas(1180))
    numbers_only(figure)
    layout = figure["layout"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"] == layout["yaxis3"]["range"]
    assert layout["yaxis"]["range"][0] == 0
    first = figure["data"][0]
    at = first["x"].index(2024)
    assert first["x"][at - 1] is None
    assert first["y"][at - 1] is None
    assert first["connectgaps"] is False
    assert [line["x0"] for line in layout["shapes"]] == [2018.5, 2023.5] * 3
    latest = [note["text"] for note in layout["annotations"] if note["x"] in {2024, 2025}]
    assert latest == ["2025<br>52,073.4", "2024<br>36,655.6", "2024<br>12,941.1"]


def test_the_figure_beside_a_line_is_its_last_with_its_year(atlas: Atlas) -> None:
    """A figure that no run holds is not drawn, and is not written beside what is."""
    series = atlas.comparison.series("gdp", CIRCLES[1])
    *runs, last = series.runs
    assert last == ("2024",)
    held = replace(series, runs=tuple(runs))
    figure = multiples_chart([held], atlas.indicators["gdp"], ZH, Canvas(1180))
    drawn, note = figure["data"][0], figure["layout"]["annotations"][1]
    assert (note["x"], note["y"]) == (drawn["x"][-1], drawn["y"][-1])
    assert note["text"].startswith("2023<br>")


@pytest.mark.parametrize(
    ("n", "width", "across"),
    [
        *((1, 1180, 1), (3, 1180, 3), (6, 1180, 3), (7, 1180, 4), (10, 1180, 5)),
        *((10, 1000, 5), (10, 640, 3), (7, 360, 2)),
    ],
)
def test_panels_stand_in_even_rows(n: int, width: int, across: int) -> None:
    assert columns(n, width) == across


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [350, 600, 1000])
def test_no_title_runs_into_the_next_panel(atlas: Atlas, lang: Lang, width: int) -> None:
    """The subtotal of the capital circle names its member, which is long in English."""
    series = [atlas.comparison.series("gdp", place) for place in CIRCLES]
    assert series[0].partial
    layout = multiples_chart(series, atlas.indicators["gdp"], text(lang), Canvas(width))["layout"]
    inner = width - layout["margin"]["l"] - layout["margin"]["r"]
    for n, note in enumerate(layout["annotations"][::2]):
        low, high = layout[f"xaxis{n + 1 if n else ''}"]["domain"]
        for line in note["text"].split("<br>"):
            words = re.sub("<.*?>", "", line)
            assert width_of(words, 11) <= (high - low) * inner or (low, high) == (0, 1), words


@pytest.mark.parametrize("width", [360, 434, 640, 1180])
def test_the_last_year_of_a_panel_and_the_first_of_the_next_stand_apart(
    width: int, atlas: Atlas
) -> None:
    series = [atlas.comparison.series("gdp", place) for place in CIRCLES]
    layout = multiples_chart(series, atlas.indicators["gdp"], ZH, Canvas(width))["layout"]
    inner = width - layout["margin"]["l"] - layout["margin"]["r"]

    def middle(panel: str, year: int) -> float:
        (low, high), (first, last) = layout[panel]["domain"], layout[panel]["range"]
        return float((low + (year - first) / (last - first) * (high - low)) * inner)

    between = middle("xaxis2", 2013) - middle("xaxis", 2025)
    assert between > width_of("2025", 12)  # half of one year, half of the other


def test_ten_panels_do_not_overlap(atlas: Atlas) -> None:
    cities = [p.id for p in atlas.regions("city")][:10]
    series = [atlas.comparison.series("gdp", city) for city in cities]
    layout = multiples_chart(series, atlas.indicators["gdp"], ZH, Canvas(360))["layout"]
    domains = [
        (*layout[f"xaxis{n}"]["domain"], *layout[f"yaxis{n}"]["domain"])
        for n in ("", *range(2, 11))
    ]
    for one, other in combinations(domains, 2):
        beside = one[1] <= other[0] or other[1] <= one[0]
        above = one[3] <= other[2] or other[3] <= one[2]
        assert beside or above


def test_indices_stand_on_doublings_with_the_number_of_their_place(atlas: Atlas) -> None:
    """The capital circle has no rate: Beijing alone is not the circle."""
    ids = [*CIRCLES, "110000", "110000"]
    found = atlas.comparison.indices(ids)
    places = [atlas.place(i) for i in ids]
    figure = indices_chart(found, places, dict.fromkeys(ids, "#b5432f"), ZH, Canvas(570))
    numbers_only(figure)
    head = trace(figure, "gdp_per_capita_alike")
    assert head["text"] == ["2", "3", "4", "5"]
    cells = next(i for i in found if i.indicator.id == "gdp_per_capita_alike").cells
    assert cells[0] is None
    assert head["x"] == pytest.approx([math.log2(c / 100) for c in cells if c], abs=1e-3)
    # Two points at one spot are both seen, one above the other.
    assert head["y"][2] != head["y"][3]


@given(st.lists(st.floats(0, 10), max_size=10), st.floats(0.01, 3))
def test_points_on_one_level_are_never_near(positions: list[float], near: float) -> None:
    levels = lifted(positions, near)
    for a, b in combinations(range(len(positions)), 2):
        assert levels[a] != levels[b] or abs(positions[a] - positions[b]) >= near


def test_lanes_hold_all_their_levels() -> None:
    first, second = lanes_of([[0, 1, -1, 2], [0]], 30)
    assert min(first.heights) - DOT / 2 >= 0
    assert max(first.heights) + DOT / 2 <= first.end
    assert second.end == first.end + 30
    assert second.middle == first.end + 15


def test_bars_are_parted_where_years_cannot_be_compared(atlas: Atlas) -> None:
    splits = atlas.gap.splits()
    at = positions(splits)
    assert at["2017"] + 1.5 == at["2018"]
    assert at["2020"] + 1 == at["2021"]
    colours = part_colours(splits, Circles())
    figure = theil_chart(splits, 0.2, colours, ZH, Canvas(570))
    numbers_only(figure)
    assert len(figure["layout"]["shapes"]) == len(splits.runs) - 1
    between, hebei = figure["data"]
    for x, low, high in zip(between["x"], between["y"], hebei["y"], strict=True):
        year = next(year for year, place in at.items() if place == x)
        total = next(s.parts.total for s in splits.years if s.year == year)
        assert low + high == pytest.approx(total, abs=2e-5)
    assert between["text"][-1].endswith("%")
    assert set(theil_chart(splits, 0.2, colours, ZH, Canvas(350))["data"][0]["text"]) == {""}


@pytest.mark.parametrize("family", ["revised", "published"])
def test_sigma_is_not_drawn_across_breaks(atlas: Atlas, family: Family) -> None:
    spreads = atlas.gap.spreads(family)
    figure = sigma_chart(spreads, ZH, Canvas(570))
    numbers_only(figure)
    line = figure["data"][0]
    runs = "".join("|" if x is None else "·" for x in line["x"]).split("|")
    assert [len(run) for run in runs] == [len(run) for run in spreads.runs]
    assert line["connectgaps"] is False


def test_beta_draws_the_line_within_its_interval(atlas: Atlas) -> None:
    growth = atlas.gap.growth(("2020", "2023"))
    figure = beta_chart(growth, ZH, Canvas(570))
    numbers_only(figure)
    interval, line, cities = figure["data"]
    half = len(interval["y"]) // 2
    assert interval["y"][0] > line["y"][0] > interval["y"][-1]
    assert interval["y"][half - 1] > line["y"][1] > interval["y"][half]
    assert len(cities["x"]) == len(figure["layout"]["annotations"]) == 13


def test_milestones_stand_by_date_and_the_others_are_pale(atlas: Atlas) -> None:
    series = [atlas.comparison.series("gdp", place) for place in CIRCLES]
    touching = atlas.timeline.touching(["120000"])
    drawn = (series, atlas.indicators["gdp"], dict.fromkeys(CIRCLES, "#b5432f"))
    figure = timeline_chart(atlas.timeline.milestones, touching, drawn, ZH, Canvas(1180))
    numbers_only(figure)
    lanes = [trace(figure, kind) for kind in ("strategy", "plan", "transport", "industry")]
    assert lanes[0]["text"] == ["1", "8"]
    assert lanes[0]["x"] == pytest.approx([2014 + (1 + 25 / 31) / 12, 2017.25], abs=1e-3)
    assert lanes[0]["marker"]["opacity"] == [1, 0.35]
    numbers = {int(n) for one in figure["data"] if "text" in one for n in one["text"]}
    assert numbers == set(range(1, 33))
    assert figure["data"][0]["x"][0] == 2013.5


@pytest.mark.parametrize(("room", "lower"), [(None, 0), (2000, 0), (300, 100)])
def test_on_a_low_sheet_the_series_give_way_to_the_milestones(
    atlas: Atlas, room: int | None, lower: int
) -> None:
    """210 pixels where there is room and 110 at least, to fit on smaller sheets."""
    series = [atlas.comparison.series("gdp", place) for place in CIRCLES]
    drawn = (series, atlas.indicators["gdp"], dict.fromkeys(CIRCLES, "#b5432f"))
    whole, low = (
        timeline_chart(atlas.timeline.milestones, [1], drawn, ZH, Canvas(560, height=height))
        for height in (None, room)
    )
    assert whole["layout"]["height"] - low["layout"]["height"] == lower
    for one, other in zip(whole["data"], low["data"], strict=True):
        assert (one["x"], one["y"]) == (other["x"], other["y"])


def test_names_stay_text(atlas: Atlas) -> None:
    system = atlas.hierarchy.system("JJJ", "gdp", "2024")
    figure = rank_size_chart(system, atlas.indicators["gdp"], text("en"), Canvas(570, "dark"))
    assert "<script" not in json.dumps(figure)
