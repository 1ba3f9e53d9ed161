"""The panels of relatedness and of its back-test: what they say, draw, hand on and lack."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboard.charts import entry, relatedness
from dashboard.charts.record import Canvas
from geodata.measures.discrimination import Discrimination
from geodata.measures.specialisation import INDUSTRIES
from geodata.studies.relatedness import FEWEST, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts.record import Chart
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas


@pytest.fixture
def chart(scene: Scene, read: Callable[[str], View]) -> Callable[..., Chart]:
    def made(query: str = "", name: str = "relatedness") -> Chart:
        view = read(query)
        panel = {"relatedness": relatedness.PANEL, "entry": entry.PANEL}[name]
        return panel.chart(name, scene, view, scene.context(view))

    return made


def test_only_counties_not_specialised_are_listed_the_nearest_first(
    atlas: Atlas, chart: Callable[..., Chart]
) -> None:
    space, at = atlas.relatedness.space("2020"), INDUSTRIES.index("J")
    found = relatedness.candidates(space, "J")
    assert len(found) == int((space.quotients[:, at] < 1).sum())
    assert all(one.quotient < 1 for one in found)
    densities = [one.density for one in found]
    assert densities == sorted(densities, reverse=True)
    drawn = chart("?industry=finance").draw(Canvas(640))
    dots = next(trace for trace in drawn["data"] if trace["name"] == "density")
    assert dots["customdata"] == [one.place.id for one in found[: relatedness.TOP]]
    last = found[-1].place.id
    more = chart(f"?industry=finance&regions={last}")
    assert last in more.draw(Canvas(640))["data"][0]["customdata"]
    assert "所选的" in more.say[0]


def test_it_names_the_nearest_industries_and_says_that_sections_are_coarse(
    atlas: Atlas, chart: Callable[..., Chart]
) -> None:
    one = chart("?industry=finance&lang=en")
    other = nearest(atlas.relatedness.space("2020"), "J", 1)[0]
    assert f"({other[1]:.2f})" in one.say[0]
    assert "Nineteen sections are coarse" in one.notes[0]
    assert "19个门类很粗" in chart("").notes[0]


def test_rows_hold_density_quotient_and_complexity(
    atlas: Atlas, chart: Callable[..., Chart]
) -> None:
    one = chart("?industry=finance&census=2010")
    rows = list(one.rows())
    row = next(row for row in rows if row.item == "lq_finance")
    assert row.value == pytest.approx(atlas.value("lq_finance", row.id, "2010").value)
    assert row.benchmark == "JJJ"
    assert {row.item for row in rows} == {"density_finance", "lq_finance", "complexity"}
    beside = {row.item: row for row in one.beside()}
    held = atlas.relatedness.space("2010").specialised[:, INDUSTRIES.index("J")].sum()
    assert beside["held_finance"].value == held


def test_an_industry_of_all_and_a_census_without_counts_say_so(
    scene: Scene, chart: Callable[..., Chart], monkeypatch: pytest.MonkeyPatch
) -> None:
    study = scene.atlas.relatedness
    space = study.space("2020")
    full = replace(space, quotients=np.ones_like(space.quotients))
    monkeypatch.setattr(study, "space", lambda _: full)
    assert "都已专业化" in chart("").empty
    none = replace(
        space, places=(), quotients=np.zeros((0, 19)), densities=np.zeros((0, 19)), lacking=()
    )
    monkeypatch.setattr(study, "space", lambda _: none)
    assert "缺2020年普查的区县分行业从业人员" in chart("").empty


def test_the_back_test_says_what_it_carries_and_no_more(
    atlas: Atlas, chart: Callable[..., Chart]
) -> None:
    found = atlas.relatedness.back_test()
    assert found.density is not None
    said = chart("", "entry").say
    assert f"AUC为{found.density.auc:.2f}" in said[0]
    assert "不能当作预测" in said[0]
    assert "no forecast" in chart("?lang=en", "entry").say[0]
    shares = [row for row in chart("", "entry").rows() if row.item == "entry_5"]
    part = found.parts[-1]
    assert shares[0].value == pytest.approx(100 * part.entries / part.n)


@pytest.mark.parametrize(
    ("density", "own", "said"),
    [
        ((0.45, 0.65), (0.7, 0.8), "chance"),
        ((0.55, 0.65), (0.7, 0.8), "worse"),
        ((0.55, 0.75), (0.7, 0.8), "level"),
        ((0.85, 0.95), (0.7, 0.8), "better"),
    ],
)
def test_the_verdict_by_the_intervals(
    density: tuple[float, float], own: tuple[float, float], said: str
) -> None:
    one, other = (Discrimination(sum(x) / 2, *x, 10, 20) for x in (density, own))
    assert entry.verdict(one, other) == said


def test_of_one_industry_few_entries_are_not_tested(
    atlas: Atlas, chart: Callable[..., Chart]
) -> None:
    for industry in ("finance", "manufacturing"):
        found = atlas.relatedness.back_test(industry)
        said = chart(f"?industry={industry}", "entry").say[1]
        if found.density is None:
            assert f"至少各要{FEWEST}个" in said
        else:
            assert f"AUC为{found.density.auc:.2f}" in said
            assert ("高的反而少" in said) is (found.density.high < 0.5)


def test_without_a_census_there_is_nothing_to_look_back_on(
    scene: Scene, chart: Callable[..., Chart], monkeypatch: pytest.MonkeyPatch
) -> None:
    study = scene.atlas.relatedness
    none = replace(study.back_test(), density=None, own=None)
    monkeypatch.setattr(study, "back_test", lambda *_: none)
    assert "2010年或2020年普查" in chart("", "entry").empty
