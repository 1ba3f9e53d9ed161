from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.pages import tour
from dashboard.text import text
from dashboard.view import CHOICES, parse
from tests.dashboard.test_stories import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View


def ways(view: View) -> dict[str, str]:
    """Return the links of the card by id."""
    return {one.id: one.href for one in parts(tour.card(view)) if getattr(one, "href", None)}


def test_there_is_no_card_unless_the_address_names_a_step(read: Callable[[str], View]) -> None:
    assert tour.card(read("")) == []


@pytest.mark.parametrize("step", tour.STEPS)
def test_each_step_leads_on_back_and_out(
    scene: Scene, read: Callable[[str], View], step: str
) -> None:
    view, fallen = parse(tour.address(step, read("?lang=en&indicator=gdp")), scene.vocabulary)
    assert (fallen, view.tour, view.lang, view.indicator) == ((), step, "en", "gdp")
    found = ways(view)
    at = tour.STEPS.index(step)
    led = {name: parse(href, scene.vocabulary)[0].tour for name, href in found.items()}
    expected = {"tour-out": "none"}
    if at:
        expected["tour-back"] = tour.STEPS[at - 1]
    if at + 1 < len(tour.STEPS):
        expected["tour-next"] = tour.STEPS[at + 1]
    assert led == expected


def test_out_keeps_what_the_reader_sees(scene: Scene, read: Callable[[str], View]) -> None:
    view = read("?tour=4&regions=131000")
    after, _ = parse(ways(view)["tour-out"], scene.vocabulary)
    assert after.regions == ("131000",)
    assert ways(read("?tour=1"))["tour-out"].startswith("?")


def test_a_step_that_there_is_not_falls_back(scene: Scene) -> None:
    view, fallen = parse("?tour=7", scene.vocabulary)
    assert (view.tour, fallen) == ("none", ("tour",))


def test_each_step_has_what_it_speaks_of_and_its_words() -> None:
    assert tuple(tour.SHOWS) == CHOICES["tour"][1:]
    for lang in ("zh", "en"):
        titles = {text("zh" if lang == "zh" else "en")(f"tour.title_{one}") for one in tour.STEPS}
        assert len(titles) == len(tour.STEPS)
