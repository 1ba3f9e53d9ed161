"""The panel of Beijing's industries: what is drawn, what is said of it, what is taken away."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

import pytest

from dashboard.charts.beijing import (
    MARKS,
    PANEL,
    division_rows,
    divisions_chart,
    section_rows,
    sections_chart,
)
from dashboard.charts.record import Canvas
from dashboard.charts.shown import shown
from dashboard.text import text
from tests.dashboard import panel_fixtures as made

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas


def test_each_section_has_its_three_marks_and_gaps_stay_gaps(atlas: Atlas) -> None:
    rows = atlas.beijing.sections
    drawn = sections_chart(rows, "C", text("zh"), Canvas(500))
    jobs, value_added, residents = drawn["data"][:3]
    assert rows[0].sector == "I"
    symbols = [one["marker"]["symbol"] for one in (jobs, value_added, residents)]
    assert symbols == ["circle", *(shape for shape, _ in [*MARKS.values()][1:])]
    assert jobs["x"][0] == pytest.approx(log2(3.4552), abs=0.001)
    assert value_added["x"][0] == pytest.approx(log2(4.6187), abs=0.001)
    assert sum(x is not None for x in jobs["x"]) == 7
    assert len(value_added["x"]) == len(residents["x"]) == 19
    assert "<b>制造业</b>" in drawn["layout"]["yaxis"]["ticktext"]
    at = [one.sector for one in rows].index("C")
    assert residents["meta"][at] == "lq_manufacturing|110000|2020|CN"
    assert len(residents["meta"]) == len(residents["x"])


def test_the_divisions_are_drawn_with_their_employees(atlas: Atlas) -> None:
    drawn = divisions_chart(atlas.beijing.divisions, "C", text("zh"), Canvas(500))
    at = next(i for i, d in enumerate(atlas.beijing.divisions) if d.sector == "C39")
    assert drawn["data"][0]["x"][at] == pytest.approx(log2(0.3743), abs=0.001)
    assert "118,166" in drawn["data"][2]["text"][at]


@pytest.mark.parametrize(("height", "shown"), [(400, 16), (100, 8), (4000, 37), (None, 37)])
def test_a_low_sheet_has_the_highest_divisions_and_says_so(
    atlas: Atlas, height: int | None, shown: int
) -> None:
    """400 − 24 − 24 pixels hold 16 rows of 22; there are never fewer than 8."""
    drawn = divisions_chart(atlas.beijing.divisions, "", text("zh"), Canvas(840, height=height))
    assert len(atlas.beijing.divisions) == 37
    quotients = drawn["data"][0]["x"]
    assert len(quotients) == shown
    assert quotients[:8] == sorted(quotients[:8], reverse=True)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            (
                "不可相加、相减",
                "采矿业、制造业、电热燃水、建筑业的从业人员，北京只含企业法人，全国含全部法人单位",
                "19个门类，按增加值：最高为信息软件 4.62、",
                "37个大类，按从业人员：最高为开采辅助活动 1.48、医药 1.37、设备修理 0.99",
                "按居住地",
                "2023年北京地区投入产出表",
            ),
        ),
        (
            "en",
            (
                "not added or subtracted",
                "Manufacturing, Utilities, Construction Beijing counts enterprises only",
                "where they live",
            ),
        ),
    ],
)
def test_the_panel_says_what_each_quotient_counts(
    scene: Scene, read: Callable[[str], View], lang: str, said: tuple[str, ...]
) -> None:
    words = made.said(shown(PANEL, scene, read(f"?lang={lang}"), Canvas(500)))
    assert [part for part in said if part not in words] == []


def test_what_is_taken_away_are_the_quotients_with_their_sources(
    scene: Scene, read: Callable[[str], View], atlas: Atlas
) -> None:
    here = scene.context(read(""))
    rows = {row.item: row for row in section_rows(atlas, here)}
    assert rows["I_value_added"].value == pytest.approx(4.6187, abs=0.0005)
    assert rows["I_employees"].year == rows["I_value_added"].year == "2023"
    assert rows["I_residents"].year == "2020"
    assert "A_employees" not in rows
    assert "h_bj_io2023" in rows["I_value_added"].source_ids
    divisions = {row.item: row for row in division_rows(atlas, here)}
    assert (divisions["C39_persons"].value, divisions["C39_persons"].unit) == (118166, "人")
    assert len(divisions) == 2 * 37
