"""What stands on the screen for a circle is what its data address says, everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from dash import html

from dashboard.asked import BETWEEN
from dashboard.assistants import Tools
from dashboard.pages import compare, explore
from dashboard.pages.origin import origin_of
from dashboard.pages.screen import Screen
from dashboard.panels.origin import card
from dashboard.print.report import Endnotes, figures_section
from geodata.figures import Wanted, rows_of, years_of
from geodata.records import REGION_ID
from geodata.studies.yearly import HEAD_PUBLISHED
from tests.dashboard.panel_fixtures import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas
    from geodata.figures import DataRow
    from geodata.studies.hierarchy import Family
    from geodata.studies.yearly import Series


def identity_says(scene: Scene, view: View) -> str:
    return said(explore.SECTIONS["identity"].children(scene, view, Screen())[0])


def compare_says(scene: Scene, view: View) -> list[str]:
    return [said(panel) for panel in compare.SECTIONS["places"].children(scene, view, Screen())]


def test_a_circle_without_workers_says_why(scene: Scene, read: Callable[[str], View]) -> None:
    view = read("?scheme=plan2026&circle=commuting,industry")
    (panel,) = explore.SECTIONS["industry"].children(scene, view, Screen())
    words = said(panel)
    assert "通勤圈：不作合计：13个成员中11个未见公布名单" in words
    alone = read("?scheme=plan2026&circle=commuting")
    one = said(explore.SECTIONS["industry"].children(scene, alone, Screen())[0])
    assert "不作合计" in one


def test_a_rate_without_a_total_is_listed_with_the_reason(
    scene: Scene, read: Callable[[str], View]
) -> None:
    # Of the two full members of the capital circle, Xiong'an publishes no GDP.
    words = identity_says(scene, read("?circle=capital"))
    assert "人均地区生产总值" in words
    assert "不作合计：2个成员中1个有数据，占该圈人口94.8%（2020年普查）" in words
    beside = identity_says(scene, read("?circle=capital,tianjin"))
    assert "不作合计：2个成员中1个有数据，占该圈人口94.8%（2020年普查）" in beside


def test_an_amount_that_no_member_publishes_says_so(
    scene: Scene, read: Callable[[str], View]
) -> None:
    note = "no total: no member has a published figure"
    gap = scene.atlas.aggregate("article/capital", "household_deposits", "2020").value
    assert (gap.value, gap.note) == (None, (note,))
    spoken = scene.context(read(""))
    assert spoken.note(note) == "不作合计：没有成员公布该数据"


def test_the_drawer_of_a_figure_there_is_not_shows_the_subtotal(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view = read("")
    found = origin_of(scene, view, BETWEEN.join(("gdp", "article/capital", "2023")))
    assert found
    assert found.value.value is None
    words = said(html.Div(card(found, scene.context(view))))
    assert "部分小计 1/2：43,761" in words
    assert "占该圈人口94.8%" in words


@pytest.mark.parametrize(
    ("search", "shown", "never"),
    [
        (
            "?scheme=sjz2025&circle=shijiazhuang",
            ("部分小计 19/29：3,377.3", "占该圈人口57.5%，不足95%，不作合计"),
            ("占京津冀 3.9%",),
        ),
        (
            "?scheme=ring2010&circle=ringcapital",
            ("部分小计 9/13：1,714.2", "占该圈人口61.9%"),
            ("占京津冀 2.0%", "404.8"),
        ),
        (
            "?scheme=plan2026&circle=commuting",
            ("部分小计 2/13：2,304.63", "另有成员未见名单，不作合计"),
            ("占京津冀",),
        ),
        (
            "?circle=capital",
            ("部分小计 1/2：52,073", "占该圈人口94.8%"),
            ("228,303", "占京津冀 41"),
        ),
    ],
)
def test_a_partial_sum_is_named_one_beside_its_coverage(
    scene: Scene,
    read: Callable[[str], View],
    search: str,
    shown: tuple[str, ...],
    never: tuple[str, ...],
) -> None:
    words = identity_says(scene, read(search))
    assert [one for one in shown if one not in words] == []
    assert [one for one in never if one in words] == []


def test_a_total_names_the_member_of_which_only_a_part_belongs(
    scene: Scene, read: Callable[[str], View]
) -> None:
    """The key table, the series and Explore alike: 1,533.63 is without Xindu."""
    key = "sjz2025/shijiazhuang"
    note = "without the members of which only a part belongs: 信都区"
    total = scene.atlas.value("population", key, "2020")
    assert (round(total.value or 0, 2), note in total.note) == (1533.63, True)
    told = {"zh": "以下单位只有一部分属于该圈，未计入：信都区", "en": "only a part belongs: Xindu"}
    drawn = {"zh": "石家庄都市圈不含：信都区（只有一部分属于该圈", "en": "is drawn without Xindu"}
    for lang in ("zh", "en"):
        view = read(f"?scheme=sjz2025&circle=shijiazhuang&indicator=loans&lang={lang}")
        series, table, _ = compare_says(scene, view)
        assert drawn[lang] in series
        assert told[lang] in table
        assert told[lang] in identity_says(scene, view)
    whole = scene.atlas.value("gdp", "article/tianjin", "2023")
    assert not any("only a part" in n for n in whole.note)


def test_the_first_panel_of_compare_names_whose_figures_it_draws(
    scene: Scene, read: Callable[[str], View]
) -> None:
    """Beijing's 52,073.4 is not the circle's, and 228,303 yuan is nobody's but Beijing's."""
    drawn, table, indices = compare_says(scene, read(""))
    assert "首都都市圈没有合计，图中为部分小计，成员各年相同：北京市。" in drawn
    assert "石家庄都市圈2018、2019、2021–2024年未含：定州市。" in drawn
    assert "部分小计 1/2：49,843.1" in table
    assert "228,303" not in table + indices
    system = " ".join(
        said(p) for p in compare.SECTIONS["system"].children(scene, read(""), Screen())
    )
    assert "81.48" not in system
    assert "只有北京市是城市" in system


def test_the_title_of_a_subtotal_names_its_members(
    scene: Scene, read: Callable[[str], View]
) -> None:
    panel = compare.SECTIONS["places"].children(scene, read("?lang=zh"), Screen())[0]
    assert "首都都市圈</b><br>" in str(panel)
    assert "已公布成员：北京市</span>" in str(panel)


def test_a_report_names_a_subtotal_one(scene: Scene, read: Callable[[str], View]) -> None:
    view = read("?scheme=sjz2025&circle=shijiazhuang")
    spoken = scene.context(view)
    place = scene.atlas.place("sjz2025/shijiazhuang")
    section = figures_section(scene, place, view, Endnotes(spoken), spoken)
    row = next(row for row in section.table if "生产总值" in row[0])
    assert row[1].startswith("部分小计 19/29：3,377")
    assert "占该圈人口57.5%" in row[3]


def test_an_assistant_is_told_no_total(atlas: Atlas) -> None:
    told = Tools(atlas).get_figure("gdp", "sjz2025/shijiazhuang", "2020")
    assert told["value"] is None
    assert told["subtotal"]["value"] == 3377.342
    assert told["subtotal"]["members"] == "19/29"
    assert told["subtotal"]["people_percent"] == pytest.approx(57.5, abs=0.05)
    assert "subtotal" not in Tools(atlas).get_figure("gdp", "article/tianjin", "2023")


def rows(atlas: Atlas, indicator: str, scheme: str) -> tuple[DataRow, ...]:
    years = years_of(atlas.indicators[indicator], "circle")
    return rows_of(Wanted(indicator, ("circle",), years, scheme, (), REGION_ID), atlas)


def drawn(series: Series) -> dict[str, float | None]:
    """Return the figures that a series draws as those of the circle itself."""
    return {} if series.partial else {point.year: point.value for point in series.points}


def test_the_screen_and_the_data_never_disagree(atlas: Atlas) -> None:
    """Over all schemes, circles, indicators and years: one figure, one subtotal, or none."""
    compared = 0
    for scheme in atlas.schemes:
        profiles = {
            (c.key, f.indicator.id, f.value.year): f
            for c in scheme.circles
            for f in atlas.profile(c.key, scheme.id).figures
        }
        for indicator in atlas.indicators:
            yearly = atlas.comparison.is_yearly(indicator)
            family: Family = "published" if indicator.endswith("_published") else "revised"
            # Computed there from GDP of its day, under a name that no series of the data has.
            other = atlas.comparison.indicator(indicator, family).name == HEAD_PUBLISHED
            series = {
                c.key: drawn(atlas.comparison.series(indicator, c.key, family))
                for c in scheme.circles
                if yearly and not other
            }
            for row in rows(atlas, indicator, scheme.id):
                key, year = row.place.id, row.value.year
                assert row.value == atlas.value(indicator, key, year)
                assert (row.status == "missing") == (row.value.value is None)
                assert not row.subtotal or row.value.value is None
                if (figure := profiles.get((key, indicator, year))) is not None:
                    assert (figure.value, figure.subtotal) == (row.value, row.subtotal)
                    assert figure.value.value is not None or not figure.comparisons
                if series.get(key):
                    assert series[key].get(year, row.value.value) == row.value.value
                compared += 1
    assert compared > len(atlas.indicators)


def test_key_figures_side_by_side_are_those_of_the_data(atlas: Atlas) -> None:
    for scheme in atlas.schemes:
        ids = [c.key for c in scheme.circles]
        for row in atlas.comparison.rows(ids):
            for key, cell, subtotal in zip(ids, row.cells, row.subtotals, strict=True):
                whole = atlas.whole(row.indicator.id, key, row.year)
                assert cell.value == whole.value.value
                assert (subtotal and subtotal.value) == (whole.subtotal and whole.subtotal.value)
