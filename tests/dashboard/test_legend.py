from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dashboard.map.classes import Classes
from dashboard.map.figure import Outline
from dashboard.map.fill import Fill, make_fill
from dashboard.map.points import LAYER_COLOURS
from dashboard.palette import INK
from geodata.records import Column, Lang, Name, Role, Value
from tests.dashboard.panel_fixtures import HOSTILE, POPULATION, column, context, legend_of, said

if TYPE_CHECKING:
    from dash.development.base_component import Component

CODES = ("110112", "130104", "130209", "1", "2", "3")
VALUES = (5.0, 7.0, None, 20.0, 21.0, 40.0)


def fill(roles: dict[str, Role] | None = None, limits: tuple[float, ...] = (10, 20)) -> Fill:
    """Return six places, one without a figure, in three classes."""
    values = tuple(Value(v, "人", "2020", "official") for v in VALUES)
    one = Column("population", "2020", "county", "人", CODES, values, (None,) * 6)
    return make_fill(
        POPULATION, [one], "2020", method="own", k=len(limits) + 1, limits=limits, roles=roles
    )


def key(one: Fill, lang: Lang = "zh") -> list[Component]:
    found: list[Component] = legend_of(one, lang=lang).children
    return found


def all_said(components: list[Component]) -> str:
    return "|".join(said(c) for c in components)


def rows(components: list[Component]) -> list[tuple[str, str, str]]:
    """Return colour, words and count of each row, from the top."""
    (listed,) = [c for c in components if "legend-rows" in getattr(c, "className", "")]
    return [
        (row.children[0].style["background"], *(said(c) for c in row.children[1:]))
        for row in listed.children
    ]


def test_classes_are_listed_from_the_highest_with_their_places() -> None:
    one = fill()
    assert rows(key(one)) == [
        (one.colours[2], "> 20", "2"),
        (one.colours[1], "10 – 20", "1"),
        (one.colours[0], "≤ 10", "2"),
        (INK["light"].no_data, "无数据", "1"),
    ]


def test_only_places_inside_the_circle_are_counted() -> None:
    shown = key(fill({"110112": "core", "1": "radiated", "2": "excluded"}))
    assert [row[1:] for row in rows(shown)] == [("> 20", "0"), ("10 – 20", "1"), ("≤ 10", "1")]


def test_pale_places_are_explained_where_there_are_any() -> None:
    pale = "淡色：辐射或部分纳入，不计入合计"
    assert pale in all_said(key(fill({"1": "partial"})))
    assert pale not in all_said(key(fill({"1": "member"})))
    assert pale not in all_said(key(fill({"1": "excluded"})))
    assert pale not in all_said(key(fill()))


@pytest.mark.parametrize(
    ("lang", "name", "unit"),
    [("zh", "常住人口", "2020 · 人"), ("en", "Resident population", "2020 · persons")],
)
def test_it_names_indicator_year_unit_and_method(lang: Lang, name: str, unit: str) -> None:
    words = [said(c) for c in key(fill(), lang)]
    assert words[:2] == [name, unit]
    assert any(context(lang).t("map.method_own") in word for word in words)


def test_all_limits_have_the_decimals_that_the_longest_needs() -> None:
    words = [row[1] for row in rows(key(fill(limits=(0.5, 1.25, 8))))]
    assert words[:4] == ["> 8.00", "1.25 – 8.00", "0.50 – 1.25", "≤ 0.50"]


def test_a_figure_that_reads_as_a_limit_is_in_the_class_up_to_it() -> None:
    # 20.4 is printed as 20, the upper limit of the middle class
    values = tuple(Value(v, "人", "2020", "official") for v in (5.0, 20.4, 20.6))
    one = Column("population", "2020", "county", "人", CODES[:3], values, (None,) * 3)
    made = make_fill(POPULATION, [one], "2020", method="own", k=3, limits=(10, 20))
    assert [row[1:] for row in rows(key(made))] == [
        ("> 20", "1"),
        ("10 – 20", "1"),
        ("≤ 10", "1"),
    ]


def test_rounded_limits_are_said_to_be() -> None:
    exact = fill()
    moved = replace(exact, classes=replace(exact.classes, method="fisher", rounded=True))
    assert "自然断点法，取整 · 界限由全部年份统一确定" in all_said(key(moved))
    assert "rounded" in all_said(key(moved, "en"))


def test_limits_found_by_the_distances_from_a_centre_are_said_to_be() -> None:
    """Those of a change are no quantiles of its figures: the classes are not equally full."""
    change = replace(POPULATION, diverging_at=0.0)
    one = replace(fill(), indicator=change)
    found = replace(one, classes=replace(one.classes, method="quantile"))
    assert "分位数，按距0的远近分级、两侧对称 · 界限" in all_said(key(found))
    assert "Quantiles of the distances from 0, alike on both sides" in all_said(key(found, "en"))
    assert "两侧对称" not in all_said(key(one))


def test_one_class_is_written_from_the_lowest_to_the_highest() -> None:
    one = fill()
    flat = replace(one, classes=Classes((), 5.0, 40.0, "fisher", 0), colours=one.colours[:1])
    assert rows(key(flat))[0][1:] == ("5 – 40", "5")
    alike = replace(flat, classes=Classes((), 5.0, 5.0, "fisher", 0))
    assert rows(key(alike))[0][1] == "5"


def test_a_year_without_figures_counts_them_as_missing() -> None:
    empty = make_fill(POPULATION, [column((None,) * 3)], "2020", method="fisher", k=5)
    found = rows(key(empty))
    assert found[-1][1:] == ("无数据", "3")
    assert [count for _, _, count in found[:-1]] == ["0"]


def test_the_colours_are_those_of_the_theme() -> None:
    assert rows(legend_of(fill(), theme="dark").children)[-1][0] == INK["dark"].no_data


OUTLINES = (
    Outline("s/a", "首都都市圈", "#b5432f", (), ("s/a", "s/a#partial"), chosen=False),
    Outline("s/b", "天津都市圈", "#2a6f97", (), ("s/b",), chosen=True),
)


def marks(component: Component) -> list[list[str]]:
    """Return the words of the lists below the classes."""
    lists = [c for c in component.children if getattr(c, "className", "") == "legend-marks"]
    return [[said(row) for row in one.children] for one in lists]


def shown(outlines: tuple[Outline, ...] = (), layers: tuple[str, ...] = ()) -> Component:
    return legend_of(None, outlines, dict.fromkeys(layers, 7))


def test_without_an_indicator_it_says_so() -> None:
    assert said(shown()) == "未叠加指标"
    assert marks(shown()) == []


def test_circles_are_named_in_their_colours_and_thin_lines_explained_where_there_are_any() -> None:
    thin = context().t("map.thin")
    assert marks(shown(OUTLINES)) == [["首都都市圈", "天津都市圈", thin]]
    assert marks(shown(OUTLINES[1:])) == [["天津都市圈"]]
    row = shown(OUTLINES[1:]).children[-1].children[0]
    assert row.children[0].style == {"borderColor": "#2a6f97"}


def test_a_legend_stands_as_narrow_as_the_number_of_its_entries_allows() -> None:
    few, many = (legend_of(fill(limits=limits)) for limits in ((), (10, 20)))
    named = [[vars(c)["className"] for c in one.children] for one in (few, many)]
    assert ["legend-rows few" in names for names in named] == [True, False]
    lists = [shown(OUTLINES[1:] * n).children[-1] for n in (6, 7)]
    assert [vars(one)["className"] for one in lists] == ["legend-marks", "legend-marks many"]


def test_point_layers_are_named_in_their_colours_only_when_on() -> None:
    found = shown(layers=("computing", "clusters"))
    assert marks(found) == [["产业集群", "算力设施"]]
    colours = [row.children[0].style["background"] for row in found.children[-1].children]
    assert colours == [LAYER_COLOURS["clusters"], LAYER_COLOURS["computing"]]


def test_a_hostile_name_stays_text() -> None:
    hostile = replace(POPULATION, name=Name(HOSTILE, HOSTILE))
    assert HOSTILE in [said(c) for c in key(replace(fill(), indicator=hostile))]
