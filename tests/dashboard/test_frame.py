"""The frame around the pages: its header, and what it does with paths it does not know."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.pages.callbacks import PAGES, title
from dashboard.pages.frame import freshness, header
from dashboard.text import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from dashboard.scene import Scene
    from dashboard.view import View
    from tests.dashboard.conftest import Reader

QUESTIONS = ("page", "controls", "redraw", "recolour", "outline", "describe")


def links(view: View, path: str) -> dict[str, str]:
    top: Any = header(view, PAGES[path], PAGES)
    return {
        one.id.removeprefix("page-"): one.href
        for one in top._traverse()  # noqa: SLF001
        if str(getattr(one, "id", "")).startswith("page-")
    }


@pytest.mark.parametrize("search", ["", "?circle=capital&regions=110112&census=2010&lang=en"])
def test_a_link_to_a_page_keeps_what_the_reader_looks_at(
    read: Callable[[str], View], search: str
) -> None:
    view = read(search)
    found = links(view, "/")
    assert list(found) == [page.name for page in PAGES.values()]
    for path, page in PAGES.items():
        address, _, query = found[page.name].partition("?")
        assert address == path
        assert read(f"?{query}") == view


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_served_and_has_a_title_of_its_own(client: FlaskClient, path: str) -> None:
    for query, tongue, lang in (("", "zh-Hans", "zh"), ("?lang=en", "en", "en")):
        answer = client.get(path + query)
        assert answer.status_code == 200
        assert f'<html lang="{tongue}"' in answer.text
        assert f"<title>{escape(title(PAGES[path], lang))}</title>" in answer.text
        said = escape(text(lang)("shell.description"))
        assert f'<meta name="description" content="{said}">' in answer.text
        assert "{=" not in answer.text
    titles = [title(page, lang) for page in PAGES.values() for lang in ("zh", "en")]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("path", ["/nothing", "//evil.example", None, 7, ["/"], {"a": 1}])
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_path_that_is_no_page_changes_nothing(
    reader: Reader, question: str, path: object
) -> None:
    answer = reader.post(question, "", path=path)
    assert answer.status_code in {200, 204}
    assert b"sideUpdate" not in answer.data
    assert answer.data == b"" or answer.get_json()["response"] == {}


@pytest.mark.parametrize(
    ("path", "search", "expected"),
    [
        # The last census; all 199 counties are in its tables.
        (
            "/",
            "?indicator=population&level=county",
            "常住人口（普查） · 最新 2020年 · 有数地区 199/199",
        ),
        (
            "/clusters",
            "?industry=manufacturing&level=county&lang=en",
            "Manufacturing: location quotient · latest 2020 · 199/199 places",
        ),
        ("/methods", "?indicator=population", ""),
        ("/linkages", "?indicator=population", ""),
    ],
)
def test_the_header_says_how_fresh_the_indicator_is(
    scene: Scene, read: Callable[[str], View], path: str, search: str, expected: str
) -> None:
    assert freshness(scene, read(search), PAGES[path]) == expected


@pytest.mark.parametrize("path", ["/", "/compare", "/data"])
@pytest.mark.parametrize("indicator", ["gdp", "pm25", "tech_contract_value"])
def test_the_newest_year_is_that_of_the_figures_and_not_typed(
    scene: Scene, read: Callable[[str], View], path: str, indicator: str
) -> None:
    view = read(f"?indicator={indicator}&level=city")
    column = scene.atlas.indicators[indicator].years["city"][-1]
    known = [v for v in scene.atlas.values(indicator, column, "city").values if v.value is not None]
    said = freshness(scene, view, PAGES[path])
    assert f"最新 {column}年 · 有数地区 {len(known)}/14" in said


def test_another_indicator_is_told_of_without_a_new_page(reader: Reader) -> None:
    answer = reader.post("controls", "?indicator=population&level=county", path="/")
    settings = answer.get_json()["response"]["view"]["data"]["settings"]
    assert "2020年" in settings["fresh"]["children"]
