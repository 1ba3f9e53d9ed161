"""The line of result below the map of a narrow screen, and what is folded there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from dash import html

from dashboard.pages import clusters, explore
from dashboard.pages.result import line
from dashboard.pages.screen import Screen
from dashboard.pages.sections import folded
from tests.dashboard.panel_fixtures import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.pages.page import Page
    from dashboard.scene import Scene
    from dashboard.view import View

NARROW = Screen(narrow=True)


def told(scene: Scene, view: View) -> str:
    return " ".join(
        said(one) for one in line(scene, view, (view.indicator, view.year), "section-identity")
    )


def test_it_says_place_figure_year_and_rank(scene: Scene, read: Callable[[str], View]) -> None:
    # Eight of the fourteen cities had more people than its 5,464,087 in the census of 2020.
    words = told(scene, read("?regions=131000&indicator=population&level=city&year=2020"))
    assert "廊坊市" in words
    assert "546.41" in words
    assert "2020年" in words
    assert "第\u00a09\u00a0/\u00a014" in words


def test_of_several_places_the_last_is_told_and_the_others_counted(
    scene: Scene, read: Callable[[str], View]
) -> None:
    words = told(scene, read("?regions=131000,130200&lang=en"))
    assert "Tangshan" in words
    assert "Langfang" not in words
    assert "1 more chosen" in words


@pytest.mark.parametrize(("query", "name"), [("", "京津冀"), ("?circle=capital", "首都都市圈")])
def test_what_is_no_single_place_has_no_rank(
    scene: Scene, read: Callable[[str], View], query: str, name: str
) -> None:
    words = told(scene, read(query))
    assert name in words
    assert "第" not in words


def test_it_waits_for_a_figure_without_making_one_up(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view = read("?regions=130128&indicator=urbanization&level=city")
    (words, _) = line(scene, view, (view.indicator, view.year), "section-identity")
    assert "第" not in said(words)
    figure = next(one for one in vars(words)["children"] if isinstance(one, html.Span))
    kinds = {type(one) for one in vars(figure)["children"]}
    assert html.Button not in kinds, "there is no figure to ask for"


@pytest.mark.parametrize("page", [explore.PAGE, clusters.PAGE])
def test_it_stands_on_narrow_screens_alone(
    scene: Scene, read: Callable[[str], View], page: Page
) -> None:
    view, held = read(""), f"{page.name}-result"
    assert held in page.body(scene, view, NARROW)
    assert held not in page.body(scene, view, Screen())


def test_parts_are_folded_on_narrow_screens_alone() -> None:
    inside = [html.P("words")]
    assert vars(folded(inside, "part", "name", Screen()))["children"] == inside
    for opened in (False, True):
        fold = vars(folded(inside, "part", "name", NARROW, opened=opened))["children"]
        assert said(fold) == "namewords"
        assert vars(fold)["open"] is opened
