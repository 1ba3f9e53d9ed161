"""Schemes laid over each other: their lines, their key, and what the figure becomes under each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.charts.explore_map import PANEL
from dashboard.charts.record import Canvas
from dashboard.charts.tables_over import OVER, rows, undrawn
from dashboard.lettering import short
from dashboard.map.schemes import PATTERNS
from dashboard.pages.settings import scheme_said, settings
from dashboard.view import MOST_OVER, parse
from geodata.records import FULL_ROLES
from tests.dashboard.panel_fixtures import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View

TWO = "?over=plan2026,ring2010&indicator=population"


@pytest.mark.parametrize("renderer", ["map", "geo"])
def test_each_scheme_has_lines_of_its_own_around_its_full_members(
    scene: Scene, read: Callable[[str], View], renderer: str
) -> None:
    view = read(TWO)
    (chart,) = PANEL.charts(scene, view, scene.context(view))
    drawn = chart.draw(Canvas(500, renderer="map" if renderer == "map" else "geo"))["data"]
    dashed = [one for one in drawn if isinstance(one.get("meta"), dict) and "dash" in one["meta"]]
    told: list[tuple[str, str, str]] = []
    for at, id_ in enumerate(view.over):
        circles = [
            circle.key
            for circle in scene.atlas.circles(id_)
            if FULL_ROLES & set(scene.atlas.roles([circle.key], "county").values())
        ]
        found = [one for one in dashed if f"circle-{id_}" in one["geojson"]]
        assert [one["locations"] for one in found] == [[key] for key in circles]
        assert {one["meta"]["dash"] for one in found} == {PATTERNS[at][1]}
        colours = scene.circle_colours(id_)
        assert [one["marker"]["line"]["color"] for one in found] == [colours[k] for k in circles]
        mark = PATTERNS[at][0]
        told.append((scene.atlas.scheme(id_).name.zh, "text", mark))
        told += [(short(scene.atlas.circle(k).name.zh), colours[k], mark) for k in circles]
    keys = [(k.words, k.colour, k.shape) for k in chart.key if k.shape in {"dashed", "dotted"}]
    assert keys == told
    assert len({pattern for _, pattern in PATTERNS}) == MOST_OVER == len(PATTERNS)


def test_without_a_scheme_over_it_the_map_is_as_ever(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view = read("")
    (chart,) = PANEL.charts(scene, view, scene.context(view))
    drawn = chart.draw(Canvas(500))["data"]
    assert not [one for one in drawn if "dash" in (one.get("meta") or {})]


def test_the_figure_of_every_circle_of_each_scheme_is_told(
    scene: Scene, read: Callable[[str], View]
) -> None:
    """The 13 county units of 2010 are added up by hand; a circle without a total has none."""
    view, atlas = read(TWO), scene.atlas
    told = rows(scene, view, scene.context(view))
    found = {row.id: row for row in told if row.item == view.indicator}
    schemes = (view.scheme, *view.over)
    assert set(found) == {circle.key for id_ in schemes for circle in atlas.circles(id_)}
    inside = [p.id for p in atlas.regions("county", "ring2010/ringcapital")]
    by_hand = sum(atlas.value("population", code, view.year).value or 0 for code in inside)
    assert found["ring2010/ringcapital"].value == pytest.approx(by_hand)
    assert found["plan2026/commuting"].value is None
    words = said(OVER.shown(scene, view))
    assert f"{len(inside)} / {len(inside)}" in words
    assert all(atlas.scheme(id_).name.zh in words for id_ in schemes)


def test_a_scheme_without_full_members_gives_one_line(
    scene: Scene, read: Callable[[str], View], monkeypatch: pytest.MonkeyPatch
) -> None:
    view = read("?over=ring2010&indicator=population")
    assert undrawn(scene, view) == []
    monkeypatch.setattr(
        type(scene.atlas), "circle_groups", lambda _, id_: {f"{id_}/x#radiated": frozenset()}
    )
    (none,) = undrawn(scene, view)
    line = scene.context(view).t("over.no_members", scheme=none.name.zh)
    assert line in said(OVER.shown(scene, view))


def test_a_scheme_is_not_laid_over_itself_and_two_at_most(scene: Scene) -> None:
    view, fallen = parse("?over=article", scene.vocabulary)
    assert (view.over, fallen) == ((), ("over",))
    ids = [s.id for s in scene.atlas.schemes if s.id != "article"]
    view, fallen = parse("?over=" + ",".join(ids), scene.vocabulary)
    assert (view.over, fallen) == (tuple(ids[:MOST_OVER]), ("over",))
    assert "over=" + ",".join(ids[:MOST_OVER]) in view.query()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_title_follows_the_scheme(scene: Scene, read: Callable[[str], View], lang: str) -> None:
    usual = read(f"?lang={lang}")
    assert scheme_said(scene, usual) == scene.context(usual).t("shell.subtitle")
    other = read(f"?scheme=plan2026&lang={lang}")
    name = scene.atlas.scheme("plan2026").name[other.lang]
    assert scheme_said(scene, other) == name
    assert settings(scene, other)["scheme-said"] == {"children": name}
