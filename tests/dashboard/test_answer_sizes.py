"""What the callbacks answer is small, and what a page says in many places is sent once."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import pytest

from dashboard.pages.callbacks import PAGES
from dashboard.view import parse
from tests.dialogue import QUESTION_OF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.scene import Scene
    from geodata.atlas import Atlas
    from tests.dashboard.conftest import Reader

KILOBYTE = 1000
RECOLOUR, PANELS, NEAR = 2.1 * KILOBYTE, 40 * KILOBYTE, 10.2 * KILOBYTE
"""A change of a total tells the sizes of its circles too, which takes some 100 bytes more; `NEAR`
is what ranking and scatter add to it where the reader stands before them."""
NAMED = re.compile(r'"kept",\s*\{"name":\s*"([^"]+)"')


def compressed(reader: Reader, question: str, search: str, path: str = "/") -> int:
    answer = reader.post(question, search, path=path, encoding="br")
    assert answer.status_code == 200
    if "Content-Encoding" in answer.headers:
        assert brotli.decompress(answer.data)
    return len(answer.data)


def test_a_change_of_colour_is_small_for_every_indicator(reader: Reader, scene: Scene) -> None:
    large = {
        (indicator, level): size
        for indicator, years in scene.vocabulary.years.items()
        for level in ("county", "city")
        if level in years
        and (
            size := compressed(
                reader, "recolour", f"?indicator={indicator}&level={level}&year={years[level][-1]}"
            )
        )
        > RECOLOUR
    }
    assert large == {}


@pytest.mark.parametrize("indicator", ["gdp_primary_share", "gdp", "population", "lq_C39"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_ranking_and_scatter_are_small_beside_a_change(
    reader: Reader, indicator: str, lang: str
) -> None:
    search = f"?indicator={indicator}&lang={lang}"
    sizes = {one: compressed(reader, one, search) for one in ("rank", "scatter")}
    assert sum(sizes.values()) < NEAR, sizes


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", [path for path, page in PAGES.items() if page.panels])
def test_a_page_keeps_what_its_parts_name_and_sends_it_once(
    reader: Reader, path: str, lang: str
) -> None:
    """Menus and notes of methods: `dashboard.static` in tests reads `kept` by name."""
    search = f"?lang={lang}&regions=131000&maps=years"
    found = {
        one: reader.post(one, search, path=path).get_data(as_text=True)
        for one in (
            "page",
            *(QUESTION_OF[s.id] for s in PAGES[path].sections if s.id in QUESTION_OF),
        )
    }
    (trees,) = re.findall(r'"trees":\s*(\{.*?\})\s*\},"type":\s*"Kept"', found["page"])
    named = {name for body in found.values() for name in NAMED.findall(body)}
    assert named <= json.loads(trees).keys()
    assert {"export", "method"} <= {name.split("-")[0] for name in named}


def sample(atlas: Atlas) -> Iterator[str]:
    """Yield selections of all kinds: each level, each circle, several side by side."""
    yield from ("", "?regions=110000,120000,130000", "?circle=capital,tianjin,shijiazhuang")
    for scheme in atlas.schemes:
        for circle in scheme.circles:
            yield f"?scheme={scheme.id}&circle={circle.id}"
    for place in (*atlas.regions("province"), *atlas.regions("city")):
        yield f"?regions={place.id}"
    for place in atlas.regions("county")[::8]:
        yield f"?regions={place.id}"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_panels_are_small_for_all_kinds_of_places(
    reader: Reader, atlas: Atlas, lang: str
) -> None:
    sizes = {
        search: sum(
            compressed(reader, panel, f"{search}{'&' if search else '?'}lang={lang}")
            for panel in ("identity", "industry", "sites", "plan")
        )
        for search in sample(atlas)
    }
    assert {search: size for search, size in sizes.items() if size > PANELS} == {}


FULL = (
    *("", "?lang=en", "?regions=110000,120000,130100,130200&lang=en"),
    "?regions=130000,131000,JJJ&indicator=gdp&level=city&among=county&lang=en",
    "?circle=capital,tianjin,shijiazhuang&census=2010&industry=information_software",
)
"""Addresses that put much on a page."""


@pytest.mark.parametrize("search", FULL)
@pytest.mark.parametrize("path", ["/", "/findings", "/place", "/clusters", "/linkages", "/compare"])
def test_a_page_and_each_of_its_parts_is_small(
    reader: Reader, scene: Scene, path: str, search: str
) -> None:
    view, _ = parse(search, scene.vocabulary)
    parts = [QUESTION_OF[one.id] for one in PAGES[path].sections if one.when(view) and one.follows]
    sizes = {one: compressed(reader, one, search, path) for one in ("page", *parts)}
    assert {one: size for one, size in sizes.items() if size > PANELS} == {}
