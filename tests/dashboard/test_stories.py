from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.charts.tables_sites import EXPLORE
from dashboard.pages.explore import story_of
from dashboard.pages.presets import PRESETS, address
from dashboard.pages.screen import Screen
from dashboard.panels.stories import sentence_text
from dashboard.text import text
from dashboard.view import parse
from geodata.records import LANGUAGES
from geodata.studies.stories import HEADLINES, PRESET_STORIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Lang


def parts(component: Any) -> Iterator[Any]:  # noqa: ANN401 - a component or its children
    """Yield all components below one, itself first."""
    if isinstance(component, list | tuple):
        for one in component:
            yield from parts(one)
        return
    yield component
    if (inner := getattr(component, "children", None)) is not None:
        yield from parts(inner)


def lines(scene: Scene, view: View) -> list[str]:
    """Return the sentences of the story that a view shows."""
    shown = parts(story_of(scene, view, Screen()))
    return [one.children[0] for one in shown if type(one).__name__ == "Li" and one.children]


def addresses(scene: Scene, view: View) -> list[str]:
    found = (getattr(one, "href", "") for one in parts(story_of(scene, view, Screen())))
    return [one for one in found if one.startswith(("/", "?"))]


def test_every_preset_has_its_story() -> None:
    assert tuple(PRESETS) == PRESET_STORIES


def test_the_first_look_has_five_lines(scene: Scene, read: Callable[[str], View]) -> None:
    told = [sentence_text(one, text("zh")) for one in scene.atlas.stories.story(HEADLINES)]
    assert lines(scene, read(""))[:5] == told
    assert told[0] == (
        "2024年北京的地区生产总值是天津的2.77倍，2013年为2.16倍；"
        "天津占三地的比重同期由17.8%降到15.6%。"
    )


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_opens_its_story_which_can_be_closed(
    scene: Scene, read: Callable[[str], View], name: str
) -> None:
    view, fallen = parse(address(name, read("?lang=en")), scene.vocabulary)
    assert (fallen, view.story) == ((), name)
    told = [sentence_text(one, text("en")) for one in scene.atlas.stories.story(name)]
    assert lines(scene, view)[:3] == told
    closed, *_ = addresses(scene, view)
    after, fallen = parse(closed, scene.vocabulary)
    assert (fallen, after.story, after.regions) == ((), "none", view.regions)


def test_each_line_leads_to_the_test_of_its_claim(
    scene: Scene, read: Callable[[str], View]
) -> None:
    for told, one in zip(
        addresses(scene, read("?lang=en")), scene.atlas.stories.story(HEADLINES), strict=False
    ):
        path, _, query = told.partition("?")
        view, fallen = parse(query, scene.vocabulary)
        assert (path, fallen, view.claim, view.lang) == ("/findings", (), one.claim, "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_gap_is_left_open_and_no_year_is_doubled(scene: Scene, lang: Lang) -> None:
    for one in scene.atlas.stories.sentences:
        assert not re.search(r"[{}–]|年年|None", sentence_text(one, text(lang)))


def test_the_digital_clusters_open_on_their_computing_power_which_stands_once(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view, _ = parse(address("digital", read("")), scene.vocabulary)
    title = text("zh")("panel.compute")
    assert [one for one in parts(story_of(scene, view, Screen())) if one == title] == [title]
    assert not [one for one in parts(EXPLORE.shown(scene, view)) if one == title]
    other = replace(view, story="none")
    assert not [one for one in parts(story_of(scene, other, Screen())) if one == title]
    assert [one for one in parts(EXPLORE.shown(scene, other)) if one == title]
