"""Where a number comes from: what the drawer tells of a figure, and what it says to nonsense."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.pages.explore import SECTIONS
from dashboard.pages.origin import origin_of
from dashboard.pages.screen import Screen
from dashboard.static import static
from tests.dashboard.hostile import MARK
from tests.dialogue import UPDATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas
    from geodata.records import Comparison, KeyFigure, Place

NOTHING = (
    "",
    "|",
    "||",
    "a|b|c",
    "gdp|110000|1066",
    "gdp|999999|2024",
    "|110000|2024|x",
    "x" * 999,
)


def told(client: FlaskClient, figure: object, search: str = "") -> str:
    """Return the words of the card, addresses included."""
    body = {
        "output": "origin-card.children",
        "outputs": {"id": "origin-card", "property": "children"},
        "inputs": [{"id": "origin-asked", "property": "data", "value": {"figure": figure}}],
        "state": [{"id": "url", "property": "search", "value": search}],
        "changedPropIds": ["origin-asked.data"],
    }
    answer = client.post(UPDATE, json=body)
    assert answer.status_code == 200
    assert len(answer.data) <= 10_000
    return json.dumps(answer.get_json()["response"], ensure_ascii=False)


def test_a_published_figure_names_its_publication_and_what_it_is(
    client: FlaskClient, atlas: Atlas
) -> None:
    said = told(client, "gdp|130200|2024")
    (source,) = (atlas.source(i) for i in atlas.value("gdp", "130200", "2024").source_ids)
    for words in ("唐山市", "10,003.9", "亿元", "2024年", "初步核算", source.title, "当年价格"):
        assert words in said, words
    assert "/data/gdp.csv?level=city&year=2024" in said
    assert not re.search(r"由\d+项数据算出", said)


def test_a_quotient_is_taken_apart_into_the_printed_counts(client: FlaskClient) -> None:
    said = told(client, "lq_leasing_business|110112|2020")
    exact = (6_824 / 79_387) / (176_294 / 4_852_302)
    for words in (
        "2.37",
        f"{exact:.6f}",
        "由4项数据算出",
        "6,824",
        "79,387",
        "176,294",
        "4,852,302",
    ):
        assert words in said, words
    english = told(client, "lq_leasing_business|110112|2020", "?lang=en")
    assert "Computed from 4 figures" in english
    nation = told(client, "lq_leasing_business|110112|2020", "?benchmark=CN&lang=en")
    assert "China" in nation
    assert "benchmark=CN" in nation


def test_a_gap_says_why(client: FlaskClient, atlas: Atlas) -> None:
    found = next(
        code
        for code in (p.id for p in atlas.regions("county"))
        if (v := atlas.value("lq_change_manufacturing", code, "2010-2020")).value is None and v.note
    )
    said = told(client, f"lq_change_manufacturing|{found}|2010-2020")
    assert "无数据" in said
    note = atlas.value("lq_change_manufacturing", found, "2010-2020").note[0]
    assert atlas.note(note, "zh") in said


@pytest.mark.parametrize("figure", [*NOTHING, None, 7, ["gdp"], {"a": 1}, f"{MARK}|110000|2024"])
def test_nonsense_gets_a_sentence_and_no_echo(client: FlaskClient, figure: object) -> None:
    said = told(client, figure)
    assert "没有这个数" in said
    assert MARK not in said
    assert "1066" not in said


@pytest.mark.parametrize("search", ["?level=city&indicator=gdp", "?indicator=lq_finance", ""])
def test_without_a_name_it_is_the_figure_of_the_map(
    scene: Scene, read: Callable[[str], View], search: str
) -> None:
    view = read(search)
    column = scene.fill(view).column
    for code, value in zip(column.codes, column.values, strict=True):
        found = origin_of(scene, view, f"|{code}|")
        assert found is not None
        assert found.value == value


@pytest.mark.parametrize(
    "search",
    [
        "",
        "?regions=110000",
        "?regions=110112",
        "?regions=133100",
        "?circle=tianjin",
        "?scheme=outline2015",
        "?regions=110000,130100,130984",
    ],
)
def test_every_number_of_the_selection_is_the_one_that_is_told(
    scene: Scene, read: Callable[[str], View], search: str
) -> None:
    view = read(search)
    identity = static(SECTIONS["identity"].children(scene, view, Screen("geo", "light", 500))[0])
    shown = dict(_buttons(identity.to_plotly_json()))  # type: ignore[no-untyped-call]
    profiles = scene.atlas.profiles([p.id for p in scene.subjects(view)], view.scheme)
    own: list[tuple[Place, Comparison | KeyFigure]] = [
        (p.place, f) for p in profiles for f in p.figures
    ]
    # A share of a circle or the region is computed from both; other figures of these can be asked.
    beside: list[tuple[Place, Comparison | KeyFigure]] = [
        (one.place, one)
        for p in profiles
        for f in p.figures
        for one in f.comparisons
        if one.share is None
    ]
    figures = {
        f"{one.indicator.id}|{place.id}|{one.value.year}": one
        for place, one in (*own, *(beside if len(profiles) == 1 else []))
        if one.value.value is not None
    }
    assert set(shown) == set(figures)
    for key, figure in figures.items():
        found = origin_of(scene, view, key)
        assert found is not None
        assert found.value.value == figure.value.value, key
        assert found.value.source_ids == figure.value.source_ids, key


def _buttons(found: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - any tree
    if isinstance(found, dict):
        return [one for value in found.values() for one in _buttons(value)]
    if isinstance(found, list | tuple):
        if len(found) == 3 and found[0] == "button" and "data-figure" in found[1]:
            return [(found[1]["data-figure"], found[2])]
        return [one for value in found for one in _buttons(value)]
    return []


def test_every_ingredient_has_a_name(scene: Scene, read: Callable[[str], View]) -> None:
    view = read("")
    atlas = scene.atlas
    for name, indicator in atlas.indicators.items():
        for level, code in (("county", "110112"), ("city", "130100"), ("province", "130000")):
            years = indicator.years.get(level, ())  # type: ignore[call-overload]
            if not years:
                continue
            found = origin_of(scene, view, f"{name}|{code}|{years[-1]}")
            assert found is not None, name
            assert all(p.what.zh and p.what.en and p.where.zh for p in found.parts), name
