"""The frame around the pages: its header, and what it does with paths it does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dashboard.pages.callbacks import PAGES, title
from dashboard.pages.frame import header

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

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
    assert client.get(path).status_code == 200
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
