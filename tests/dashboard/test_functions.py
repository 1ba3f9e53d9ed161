"""The panel of functional specialisation: what it says, draws and hands on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dashboard.charts import functions
from dashboard.charts.record import Canvas

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts.record import Chart
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.studies.functions import Specialised


@pytest.fixture
def chart(scene: Scene, read: Callable[[str], View]) -> Callable[[str], Chart]:
    def made(query: str) -> Chart:
        view = read(query)
        return functions.PANEL.chart("functions", scene, view, scene.context(view))

    return made


def test_it_says_the_three_places_and_what_they_do_not_say(chart: Callable[[str], Chart]) -> None:
    """260,724 ÷ 105,932 = 2.46, 82,704 ÷ 108,077 = 0.77, 319,643 ÷ 835,378 = 0.38."""
    zh, en = chart("").say[0], chart("?lang=en").say[0]
    assert "北京市246人（指数+2.90）、天津市77人（指数+0.21）、河北省38人（指数−0.39）" in zh
    assert "不是总部和管理人员" in zh
    assert "Beijing 246 (index +2.90)" in en
    assert "63人" in chart("").lead


def test_the_dots_of_cities_are_doublings_of_the_region(chart: Callable[[str], Chart]) -> None:
    """Beijing has 2.461 for each over 0.632: 3.895, which is 1.962 doublings."""
    drawn = chart("").draw(Canvas(640))
    dots = next(trace for trace in drawn["data"] if trace["name"] == "functional")
    assert dots["customdata"][0] == "110000"
    assert dots["x"][0] == pytest.approx(1.962, abs=1e-3)
    assert len(dots["x"]) == 14


def test_of_many_places_both_ends_and_the_selected_are_drawn(
    chart: Callable[[str], Chart],
) -> None:
    one = chart("?among=county&regions=131002")
    dots = next(t for t in one.draw(Canvas(640))["data"] if t["name"] == "functional")
    assert len(dots["customdata"]) == 2 * functions.ENDS + 1
    assert "131002" in dots["customdata"]
    assert str(functions.ENDS) in one.notes[0]
    counted = {row.id for row in one.rows() if row.item == "functional"}
    assert len(counted) > 2 * functions.ENDS + 1


def test_rows_hold_index_limits_and_counts(chart: Callable[[str], Chart]) -> None:
    rows = {row.item: row for row in chart("").rows() if row.id == "120000"}
    assert rows["professionals"].value == 82_704
    assert rows["production"].value == 108_077
    assert (rows["functional_low"].value or 0) < (rows["functional"].value or 0)
    assert rows["functional"].source_ids == ("census7_county",)


def test_missing_occupations_are_named(
    scene: Scene,
    chart: Callable[[str], Chart],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    study = scene.atlas.functions
    found: Specialised = study.specialised("city")
    tangshan = next(one for one in found.places if one.place.id == "130200")
    lacking = replace(
        found,
        places=tuple(one for one in found.places if one is not tangshan),
        without=(tangshan.place,),
    )
    monkeypatch.setattr(study, "specialised", lambda *_: lacking)
    assert any("职业数字" in note and "唐山市" in note for note in chart("").notes)
    monkeypatch.setattr(study, "specialised", lambda *_: replace(found, whole=None, places=()))
    assert "2020年普查的职业数字" in chart("").empty
