"""The Clusters page as the browser asks for it: every industry, paint, circle and language."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

import brotli  # type: ignore[import-untyped]
import pytest

from dashboard.charts import clusters_map, tables_clusters
from dashboard.charts.clusters_map import mapped
from dashboard.charts.sizes import groups
from dashboard.map.figure import FILL
from dashboard.pages import clusters
from dashboard.pages.screen import Screen
from dashboard.view import CHOICES, parse
from geodata.studies.industries import SECTOR_OF
from geodata.studies.specialisation import Specialisation

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas
    from geodata.studies.specialisation import Standing
    from tests.dashboard.conftest import Reader

PATH = "/clusters"
LARGEST = 40_000
"""Bytes of an answer, compressed."""
SECTIONS = {section.id: section for section in clusters.SECTIONS}
OWN = tuple(SECTIONS)
SELECTION = "clusters-selection"
SEARCHES = (
    "",
    "?lang=en",
    "?industry=mining&census=2010&regions=130924,131025",
    "?industry=information_software&circle=capital&benchmark=CN",
    "?level=city&regions=130100,133100&paint=lisa",
    "?scheme=plan2026&circle=commuting&industry=culture_sport&regions=130123",
    "?layers=none&paint=hot&lang=en",
)
BROKEN = re.compile(r"\bnan\b|\bNaN\b|\binf\b|\bNone\b|\bundefined\b")


def words(found: Any) -> str:  # noqa: ANN401 - any JSON
    """Return all texts of an answer in one."""
    if isinstance(found, str):
        return f"{found}\n"
    if isinstance(found, list):
        return "".join(words(one) for one in found)
    if isinstance(found, dict):
        kept = ("props", "children", "title", "label", "text", "hovertext", "figure", "data")
        answers = [value for name, value in found.items() if name in SECTIONS]
        return "".join(words(found[name]) for name in kept if name in found) + words(answers)
    return ""


def blocks(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the blocks in an answer by their anchors."""
    ((_, found),) = answer.items()
    return {one["props"]["id"]: one for one in found["children"]}


def figures(found: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any JSON
    """Return the figures in an answer."""
    if isinstance(found, list):
        return [figure for one in found for figure in figures(one)]
    if isinstance(found, dict):
        own = [found["figure"]] if "figure" in found else []
        return own + [f for name, one in found.items() if name != "figure" for f in figures(one)]
    return []


@pytest.mark.parametrize(("question", "search"), list(product(OWN, SEARCHES)))
def test_every_panel_is_answered_in_words_and_numbers(
    reader: Reader, question: str, search: str
) -> None:
    answer = reader.ask(question, search, path=PATH)
    assert set(answer) == {question}
    assert tuple(blocks(answer)) == SECTIONS[question].anchors
    said = words(answer)
    assert not BROKEN.search(said), BROKEN.search(said)
    for figure in figures(answer):
        assert any(len(trace.get("x", ())) for trace in figure["data"]), "an empty chart"
        assert "NaN" not in json.dumps(figure)


@pytest.mark.parametrize("industry", SECTOR_OF)
def test_every_industry_has_all_its_charts_in_both_years(reader: Reader, industry: str) -> None:
    for census in CHOICES["census"]:
        answer = reader.ask(SELECTION, f"?industry={industry}&census={census}", path=PATH)
        assert len(figures(answer)) == 3
        assert not BROKEN.search(words(answer))


@pytest.mark.parametrize(
    ("question", "search"),
    list(product(("page", "redraw", "recolour", "describe", *OWN), SEARCHES)),
)
def test_answers_are_small(reader: Reader, question: str, search: str) -> None:
    answer = reader.post(question, search, path=PATH, encoding="br")
    assert answer.status_code in {200, 204}
    assert len(answer.data) <= LARGEST
    if "Content-Encoding" in answer.headers:
        assert brotli.decompress(answer.data)


def test_the_panels_speak_of_industry_census_benchmark_and_circle(reader: Reader) -> None:
    search = "?industry=finance&census=2010&benchmark=GD&circle=tianjin"
    said = words(reader.ask(SELECTION, search, path=PATH))
    assert "金融业 · 2010年普查长表样本 · 参照广东 · 范围天津都市圈" in said


def test_with_a_circle_all_charts_speak_of_its_full_members(reader: Reader, atlas: Atlas) -> None:
    answer = reader.ask(SELECTION, "?circle=shijiazhuang", path=PATH)
    members = {place.id for place in atlas.regions("county", "article/shijiazhuang")}
    drawn = {
        code[0] if isinstance(code, list) else code
        for figure in figures(answer)
        for trace in figure["data"]
        for code in trace.get("customdata", ())
    }
    assert drawn
    assert drawn <= members


def test_a_selected_city_stands_beside_the_counties(reader: Reader) -> None:
    answer = reader.ask(SELECTION, "?regions=130100", path=PATH)
    said = words(answer)
    assert "<b>石家庄市</b>" in said
    assert "85,911" in said


def test_places_lead_on_to_explore_in_the_colours_of_the_industry(reader: Reader) -> None:
    text = json.dumps(reader.ask(SELECTION, "?industry=mining&regions=130100", path=PATH))
    assert re.search(r'"/\?[^"]*indicator=lq_mining[^"]*regions=130100', text)


def test_the_region_against_itself_is_told_against_the_nation(reader: Reader) -> None:
    answer = reader.ask(SELECTION, "", path=PATH)
    found = blocks(answer)
    assert "参照全国" in words(found["section-standing"])
    assert "参照京津冀" in words(found["section-specialists"])


def test_a_place_that_cannot_be_compared_says_why(reader: Reader) -> None:
    said = words(reader.ask("clusters-shift", "?regions=133100", path=PATH))
    assert "雄安新区不作偏离—份额分析：2010年与2020年不可比" in said


def test_shift_share_states_its_range_and_leaves_an_open_sign_open(reader: Reader) -> None:
    said = words(reader.ask("clusters-shift", "?regions=130100", path=PATH))
    assert "由2010年的5.52%变为4.28%，全国由5.37%变为4.66%" in said
    assert "应为+6.0%而不是−4.2%" in said
    assert "现有数据不能检验" in said
    assert "方向和比例不受影响" not in said


def test_charts_of_one_answer_share_the_standings(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = scene.atlas.specialisation
    asked: list[tuple[str, ...]] = []
    find = Specialisation.__dict__["_find_standings"]._method  # noqa: SLF001 - what finds anew

    def found(industry: str, benchmark: str, codes: tuple[str, ...]) -> tuple[Standing, ...]:
        asked.append(codes)
        return tuple(find(study, industry, benchmark, codes))

    monkeypatch.setitem(vars(study), "_find_standings", lru_cache(maxsize=8)(found))
    shown = view(scene, "?industry=finance&level=city")
    SECTIONS[SELECTION].children(scene, shown, Screen())
    compared = tuple(place.id for place in scene.atlas.regions("city"))
    assert asked.count(compared) == 1


def test_each_block_is_linked_to_and_beijing_follows_a_moment_later(scene: Scene) -> None:
    page = clusters.panel_column(scene, view(scene, ""), Screen())
    assert [link.href for link in page.children[0].children] == [
        f"#section-{name}" for name in clusters.NAMES
    ]
    walk: Any = page._traverse  # noqa: SLF001
    ids = [getattr(one, "id", None) for one in walk()]
    assert [i for i in ids if str(i).startswith("section-")] == [
        f"section-{name}" for name in clusters.NAMES
    ]
    assert "specialists-chart" in ids
    assert "beijing-chart" not in ids
    assert "clusters-beijing-later" in ids


def test_only_what_is_drawn_waits_for_the_theme(reader: Reader) -> None:
    waiting = {
        name: "theme" in {one["id"] for one in reader.questions[name].inputs} for name in OWN
    }
    assert waiting == {section.id: bool(section.panels) for section in clusters.SECTIONS}
    assert not waiting["clusters-spread"]


# The map


def view(scene: Scene, search: str) -> View:
    return parse(search, scene.vocabulary)[0]


def test_the_map_shows_quotient_or_change_of_the_industry(scene: Scene) -> None:
    for paint, indicator, year in (
        ("lq", "lq_mining", "2010"),
        ("change", "lq_change_mining", "2010-2020"),
    ):
        shown = view(scene, f"?industry=mining&census=2010&paint={paint}")
        assert mapped(shown).indicator == indicator
        assert mapped(shown).year == year
        update = clusters_map.colours(scene, shown, "light")
        assert update == scene.colours(mapped(shown), "light")


def test_patterns_are_those_of_the_study(scene: Scene, atlas: Atlas) -> None:
    shown = view(scene, "?industry=finance&paint=lisa")
    found = atlas.space.local("finance", "2020", "queen")
    classed = clusters_map.classed(scene, shown)
    assert list(classed.of) == [place.kind for place in found.places]
    update = clusters_map.colours(scene, shown, "light")
    assert update is not None
    assert len(update[FILL]["z"]) == 199
    legend = str(clusters.DRAWN.legend(scene, shown, "light"))
    assert f"种子{found.setting.seed}" in legend
    assert str(classed.counts()["HH"]) in legend


@pytest.mark.parametrize("paint", clusters_map.PATTERNS)
def test_cities_are_not_tested_and_the_legend_says_so(scene: Scene, paint: str) -> None:
    shown = view(scene, f"?level=city&paint={paint}")
    update = clusters_map.colours(scene, shown, "light")
    assert update is not None
    assert set(update[FILL]["z"]) == {0}
    legend = str(clusters.DRAWN.legend(scene, shown, "light"))
    assert "只按县级单元计算" in legend


def test_the_sites_of_the_industry_are_on_the_map_within_the_circle(
    scene: Scene, atlas: Atlas
) -> None:
    everywhere = clusters_map.sites(scene, view(scene, ""))
    inside = clusters_map.sites(scene, view(scene, "?circle=shijiazhuang"))
    assert {s.id for s in everywhere} == {s.id for s in atlas.industry_sites.of("manufacturing")}
    assert 0 < len(inside) < len(everywhere)
    picture = clusters_map.picture(
        scene, view(scene, "?industry=information_software"), "geo", "light"
    )
    assert set(picture.dots) == {"clusters", "computing"}
    assert (
        clusters_map.picture(scene, view(scene, "?industry=education"), "map", "light").dots == {}
    )


def test_a_map_without_colours_stays_so(scene: Scene) -> None:
    assert clusters_map.colours(scene, view(scene, "?layers=circles&paint=lisa"), "light") is None


def test_every_place_is_in_one_group(scene: Scene) -> None:
    for search in ("", "?scheme=plan2026", "?level=city&regions=110112"):
        shown = view(scene, search)
        found = groups(scene, shown)
        codes = [code for group in found for code in group.codes]
        assert len(codes) == len(set(codes))
        places = {p.id for p in scene.atlas.regions(shown.level)} | set(shown.regions)
        assert set(codes) == places


def test_explore_addresses_of_all_kinds_of_places(scene: Scene) -> None:
    address: Callable[[str], str] = tables_clusters.explore(
        view(scene, "?regions=130100&census=2010")
    )
    assert address("110112").startswith("/?")
    assert "regions=110112" in address("110112")
    assert "year=2010" in address("110112")
    assert "circle=capital" in address("article/capital")
    assert "regions" not in address("JJJ")
