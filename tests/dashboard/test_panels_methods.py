"""The Methods page: every note, every break, the numbers of the tests, and light to send."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from plotly.utils import PlotlyJSONEncoder

from dashboard.pages import methods
from dashboard.pages.screen import read as of_screen
from dashboard.panels import method
from dashboard.panels.methods import anchor, glossary_words, noted
from dashboard.static import static
from dashboard.text import text
from geodata.measures import space

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Lang


@pytest.fixture
def page(scene: Scene, read: Callable[[str], View]) -> Callable[[str], Component]:
    return lambda lang: methods.body(scene, read(f"?lang={lang}"), of_screen(None, "light"))


def inside(component: Component) -> list[Any]:
    found: Any = component
    return [one for one in found._traverse() if hasattr(one, "to_plotly_json")]  # noqa: SLF001


def said(component: Component) -> str:
    children = [getattr(one, "children", None) for one in inside(component)]
    rows = [one if isinstance(one, list) else [one] for one in children]
    return "\n".join(word for row in rows for word in row if isinstance(word, str))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_chart_of_every_page_is_there(page: Callable[[str], Component], lang: Lang) -> None:
    t, words = text(lang), said(page(lang))
    assert set(noted()) == set(method.charts())
    for name, charts in noted().items():
        for chart in charts:
            for part in ("title", *method.PARTS):
                assert t(f"method_{name}.{chart}.{part}") in words


def test_every_line_of_the_contents_leads_to_a_section(page: Callable[[str], Component]) -> None:
    whole = inside(page("zh"))
    targets = [one.href for one in whole if str(getattr(one, "href", "")).startswith("#")]
    ids = [one.id for one in whole if hasattr(one, "id")]
    assert len(set(ids)) == len(ids)
    assert len(targets) > 30
    assert {target.removeprefix("#") for target in targets} == set(ids) - {"panels"}
    assert f"#{anchor('explore', 'map')}" in targets


def test_pages_come_in_the_order_of_the_header() -> None:
    assert list(noted())[:2] == ["explore", "clusters"]


def test_every_break_on_record_is_listed(page: Callable[[str], Component], scene: Scene) -> None:
    words = said(page("zh"))
    for indicator in scene.atlas.indicators:
        for level in ("county", "city", "province"):
            for one in scene.atlas.breaks(indicator, level):
                assert one.reason.zh in words


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_settings_of_the_permutations_are_stated(
    page: Callable[[str], Component], lang: str
) -> None:
    words = said(page(lang))
    for shown in ("999", "9,999", str(space.SEED), f"≤ {space.RATE}", "GS(2024)0650"):
        assert shown in words
    assert "{" not in words


def test_the_words_of_the_field_are_explained(page: Callable[[str], Component]) -> None:
    t, words = text("en"), said(page("en"))
    assert len(glossary_words()) >= 20
    for word in glossary_words():
        assert t(f"methods.word_{word}") in words
        assert t(f"methods.means_{word}") in words


def test_the_page_is_light(page: Callable[[str], Component]) -> None:
    shown = static(page("zh"))
    assert len(inside(shown)) < 200
    sent = json.dumps(shown, cls=PlotlyJSONEncoder, ensure_ascii=False)
    assert len(gzip.compress(sent.encode())) < 40_000


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_verdict_stands_with_its_reference(
    page: Callable[[str], Component], scene: Scene, lang: Lang
) -> None:
    """All that the table of roles tests, each with the reference of its row."""
    whole = next(one for one in inside(page(lang)) if getattr(one, "id", "") == anchor("verdicts"))
    lines = [one for one in inside(whole) if type(one).__name__ == "Tr"]
    rows = [[cell.children for cell in line.children] for line in lines[1:]]
    tested = scene.atlas.role_evidence.tested()
    judged = [r for r in tested if r.item.test in {"level", "change"} and r.industries]
    assert len(rows) == len(tested) - len(judged) + sum(len(r.industries) for r in judged)
    for role in judged:
        for one in role.industries:
            reference = scene.atlas.term("benchmark", one.reference)[lang]
            assert any(row[1] == role.item.name[lang] and row[3] == reference for row in rows)


def test_what_is_not_judged_is_told_by_method_and_outcome(
    page: Callable[[str], Component],
) -> None:
    """Green asks for a change, and no limit says from what change on: it is told."""
    whole = next(one for one in inside(page("zh")) if getattr(one, "id", "") == anchor("verdicts"))
    lines = [one for one in inside(whole) if type(one).__name__ == "Tr"]
    rows = [[cell.children for cell in line.children] for line in lines[1:]]
    (green,) = (row for row in rows if row[1] == "绿色化")
    assert green[2] == "只列不判"
    assert "不作判断" in green[5]
    judged = {"水平", "变化"}
    assert all((row[2] in judged) == (row[3] != "–") for row in rows)


def test_the_verdicts_say_what_cannot_be_tested(page: Callable[[str], Component]) -> None:
    words = said(page("zh"))
    assert "文体娱乐 1.19 [1.15–1.24]" in words
    assert "支持；16个中另有4个也达到" in words
    assert "职住平衡要用按工作地的就业与按居住地的就业相比" in words
