from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.map.figure import map_chart
from dashboard.pages.presets import PRESETS, address
from dashboard.text import text
from dashboard.view import View, parse
from geodata.places.sites import distinct

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene

MESSY = (
    "?scheme=plan2026&circle=functional&level=city&indicator=gdp&year=2014&classes=1,2,3"
    "&regions=130100&benchmark=CN&census=2010&layers=none"
)


@pytest.fixture
def arrive(scene: Scene, read: Callable[[str], View]) -> Callable[..., View]:
    """Click a preset from some view."""

    def one(name: str, start: str = "") -> View:
        view, fallen = parse(address(name, read(start)), scene.vocabulary)
        assert fallen == ()
        return view

    return one


def test_there_are_six() -> None:
    assert list(PRESETS) == ["cities", "wings", "capital", "tianjin", "shijiazhuang", "digital"]


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_shows_the_same_from_wherever_it_is_clicked(
    arrive: Callable[..., View], name: str
) -> None:
    assert arrive(name, MESSY) == arrive(name)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_keeps_the_language(arrive: Callable[..., View], name: str) -> None:
    assert arrive(name, "?lang=en").lang == "en"


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_shows_the_year_a_reader_would_choose(
    scene: Scene, arrive: Callable[..., View], name: str
) -> None:
    view = arrive(name, MESSY)
    assert view.year == scene.vocabulary.usual[view.indicator][view.level]


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_shows_a_figure_for_everything_it_speaks_of(
    scene: Scene, arrive: Callable[..., View], name: str
) -> None:
    view = arrive(name)
    fill = scene.fill(view)
    values = dict(zip(fill.column.codes, fill.column.values, strict=True))
    spoken_of = [code for code in view.regions if code in values]
    assert all(values[code].value is not None for code in spoken_of)
    assert sum(fill.inside(code) for code in values) > 10
    assert len(map_chart(scene.picture(view, "map", "light"))["data"]) > 3


def test_the_two_cities_stand_side_by_side(scene: Scene, arrive: Callable[..., View]) -> None:
    places = scene.subjects(arrive("cities"))
    assert [p.name.zh for p in places] == ["北京市", "天津市"]


def test_the_two_wings_are_tongzhou_and_xiongan(scene: Scene, arrive: Callable[..., View]) -> None:
    places = scene.subjects(arrive("wings"))
    assert ["通州" in places[0].name.zh, "雄安" in places[1].name.zh] == [True, True]


@pytest.mark.parametrize("name", ["capital", "tianjin", "shijiazhuang"])
def test_a_circle_is_chosen_and_spoken_of(
    scene: Scene, arrive: Callable[..., View], name: str
) -> None:
    view = arrive(name)
    assert view.circle_keys == (f"article/{name}",)
    assert [p.kind for p in scene.subjects(view)] == ["circle"]
    assert scene.atlas.circle(f"article/{name}").name.zh == text("zh")(f"shell.preset_{name}")


def test_the_digital_clusters_come_with_three_places_and_the_computing_sites(
    scene: Scene, arrive: Callable[..., View]
) -> None:
    view = arrive("digital")
    sites = scene.sites(view)
    assert [p.id for p in scene.subjects(view)] == ["110000", "120000", "130000"]
    assert {s.industry for s in sites["clusters"]} == {"digital", "electronics"}
    computing = [site for site in scene.atlas.all_parks() if site.kind == "computing"]
    assert {s.id for s in sites["computing"]} == {s.id for s in distinct(computing)}
    assert "parks" not in sites
