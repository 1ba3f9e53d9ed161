"""GDP per head in a first and a last year: whose, on which basis, and no line across a break."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.charts.leaders import LINE
from dashboard.charts.record import Canvas
from dashboard.charts.shown import shown
from dashboard.charts.slope import FIRST, LAST, PANEL, slope_of
from dashboard.print.exhibits import exhibit
from dashboard.print.report import report
from dashboard.text import text
from tests.dashboard.panel_fixtures import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts.record import Chart
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas


def slope(scene: Scene, view: View) -> Chart:
    return PANEL.chart("slope", scene, view, scene.context(view))


def marks(figure: dict[str, Any]) -> list[tuple[str, str, float]]:
    """Return place, year and value of each mark that is drawn."""
    return [
        (trace["customdata"][at], str(year), 10 ** trace["y"][at])
        for trace in figure["data"]
        for at, year in enumerate(trace["x"])
        if year is not None
    ]


@pytest.mark.parametrize("family", ["revised", "published"])
def test_a_row_is_gdp_over_residents_and_a_mark_is_a_row(
    scene: Scene, read: Callable[[str], View], atlas: Atlas, family: str
) -> None:
    gdp = {"revised": "gdp_alike", "published": "gdp_published"}[family]
    chart = slope(scene, read(f"?family={family}"))
    rows = list(chart.rows())
    assert rows
    for row in rows:
        parts = [atlas.value(name, row.id, row.year) for name in (gdp, "population_yearend")]
        over, under = (part.value or 0.0 for part in parts)
        assert row.value == pytest.approx(10_000 * over / under)
        assert {i for part in parts for i in part.source_ids} == set(row.source_ids)
    drawn = marks(chart.draw(Canvas(1000)))
    assert [(r.id, r.year) for r in rows] == [(place, year) for place, year, _ in drawn]
    assert [r.value for r in rows] == pytest.approx([value for *_, value in drawn], rel=2e-4)


def test_the_figures_at_both_ends_are_those_of_the_tables(
    scene: Scene, read: Callable[[str], View]
) -> None:
    """Beijing 2024: 49,843.1 ÷ 2,183.2 = 228,303 yuan; Zhangjiakou is lowest, 4.81 times less."""
    found = {(r.id, r.year): r.value for r in slope(scene, read("")).rows()}
    assert found["110000", "2024"] == pytest.approx(10_000 * 49_843.1 / 2_183.2)
    words = said(shown(PANEL, scene, read(""), Canvas(1000)))
    assert (
        "2024年10市中北京市最高（228,303元）、张家口市最低（47,446元），前者为后者的4.81倍" in words
    )
    assert round(228_303 / 47_446, 2) == 4.81


@pytest.mark.parametrize("family", ["revised", "published"])
def test_no_line_crosses_a_break_and_it_is_said(
    scene: Scene, read: Callable[[str], View], atlas: Atlas, family: str
) -> None:
    view = read(f"?family={family}")
    chart = slope(scene, view)
    for trace in chart.draw(Canvas(1000))["data"]:
        place = trace["customdata"][0]
        breaks = {int(b.year) for b in atlas.comparison.series("gdp", place).breaks}
        for year, after in pairwise(trace["x"]):
            if year is not None and after is not None:
                assert not [b for b in breaks if year < b <= after], (place, year)
        if breaks & set(range(int(FIRST) + 1, int(LAST) + 1)):
            name = atlas.place(place).label.zh
            assert any("不在同一口径上" in note and name in note for note in chart.notes)


def test_years_on_one_basis_are_joined(atlas: Atlas) -> None:
    series = atlas.comparison.series("gdp_per_capita", "110000")
    years = tuple(p.year for p in series.points)
    whole = slope_of(replace(series, breaks=(), runs=(years,)))
    assert whole
    assert whole.spans == ((FIRST, LAST),)
    parted = slope_of(series)
    assert parted
    assert parted.spans == (("2013", "2018"), ("2019", "2023"), ("2024",))


def test_a_city_without_a_figure_at_an_end_is_named_and_not_drawn(
    scene: Scene, read: Callable[[str], View], atlas: Atlas
) -> None:
    chart = slope(scene, read(""))
    drawn = {place for place, *_ in marks(chart.draw(Canvas(1000)))}
    for city in (p for p in atlas.regions("city") if p.kind == "city"):
        values = {
            p.year: p.value for p in atlas.comparison.series("gdp_per_capita", city.id).points
        }
        for year in (FIRST, LAST):
            without = f"{year}年没有数据、未画："
            named = any(n.startswith(without) and city.label.zh in n for n in chart.notes)
            assert named == (values[year] is None)
        assert (city.id in drawn) == (None not in {values[FIRST], values[LAST]})
    assert not {"130600", "130500"} & drawn


@pytest.mark.parametrize("search", ["", "?lang=en", "?lang=en&family=published"])
@pytest.mark.parametrize("width", [340, 700, 1100])
def test_labels_keep_the_order_of_their_points_and_clear_of_one_another(
    scene: Scene, read: Callable[[str], View], search: str, width: int
) -> None:
    figure = slope(scene, read(search)).draw(Canvas(width))
    layout = figure["layout"]
    low, high = layout["yaxis"]["range"]
    inner = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    for year in (FIRST, LAST):
        labels = [one for one in layout["annotations"] if one["x"] == int(year)]
        assert len(labels) == len(figure["data"])
        at = {
            (one["y"], one["text"]): (high - one["y"]) / (high - low) * inner + one["ay"]
            for one in labels
        }
        for one, other in combinations(sorted(at), 2):
            assert at[one] - at[other] >= LINE - 0.1, (one, other)
        assert min(at.values()) >= -LINE
        assert max(at.values()) <= inner + LINE


def test_the_chosen_city_stands_out_and_a_click_chooses(
    scene: Scene, read: Callable[[str], View]
) -> None:
    chart = slope(scene, read("?regions=130200"))
    (key,) = chart.key
    assert key.words == "唐山市"
    lines = chart.draw(Canvas(1000))["data"]
    (chosen,) = (t for t in lines if t["line"]["color"] == key.colour)
    assert (chosen["name"], {*chosen["customdata"]}) == ("唐山市", {"130200"})
    assert slope(scene, read("")).key == ()
    (circle,) = slope(scene, read("?circle=tianjin")).key
    assert circle.words == "天津市、唐山市、沧州市、廊坊市"


@pytest.mark.parametrize("place", ["130200", "article/tianjin", "130100"])
def test_a_report_has_it_with_its_sources(
    scene: Scene, read: Callable[[str], View], atlas: Atlas, place: str
) -> None:
    view = read("")
    made = report(scene, atlas.place(place), view, scene.context(view), [PANEL])
    (section,) = (one for one in made.sections if one.figure)
    assert section.heading == "人均地区生产总值：首尾对照"
    assert section.figure
    name = atlas.place(place).name.zh if place.isdigit() else "唐山市"
    assert name in section.figure.keys[0].words
    assert "不在同一口径上" in section.paragraphs[1]
    assert all(any(s.title in line for line in made.sources) for s in section.figure.sources)


def test_its_title_is_said_once_and_all_its_sources_are_named(
    scene: Scene, read: Callable[[str], View]
) -> None:
    for lang in ("zh", "en"):
        view = read(f"?lang={lang}")
        made = exhibit(PANEL, "slope", scene, view, scene.context(view))
        assert made.title.count(text(view.lang)("compare.slope")) == 1
        assert made.title.count("2013") == 1
        known = {source.id for source in made.sources}
        assert {i for row in made.rows for i in row.source_ids} == known


def test_without_a_city_it_says_so(atlas: Atlas) -> None:
    series = atlas.comparison.series("gdp_per_capita", "130600")
    assert slope_of(series) is None
