"""An address where there is nothing is answered by a page of the atlas."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from dashboard.pages.callbacks import PAGES
from dashboard.pages.missing import missing

if TYPE_CHECKING:
    from flask.testing import FlaskClient

NAMES = [("/", "explore"), ("/clusters", "clusters")]


class Links(HTMLParser):
    """Collects the addresses and scripts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.scripts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what an element names."""
        named = dict(attrs)
        if tag == "a":
            self.links.append(named["href"] or "")
        if tag == "script":
            self.scripts.append(named.get("src") or "")


@pytest.mark.parametrize(
    ("query", "language", "words"),
    [
        ("", "zh-Hans", ("没有这个页面", "错误编号")),
        ("?lang=en", "en", ("There is no such page", "Error")),
        ("?lang=%3Cscript%3E", "zh-Hans", ("没有这个页面", "错误编号")),
    ],
)
def test_it_says_so_in_the_readers_language_with_the_number_of_the_request(
    client: FlaskClient, query: str, language: str, words: tuple[str, ...]
) -> None:
    answer = client.get(f"/no/such/page{query}")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert answer.cache_control.no_store
    page = answer.get_data(as_text=True)
    assert f'<html lang="{language}">' in page
    assert all(word in page for word in words)
    assert re.search('<meta name="description" content="[^"]{30,}">', page)
    assert answer.headers["X-Request-Id"] in page
    found = Links(page)
    assert found.scripts == ["/assets/first.js"], "the policy allows no script of the page itself"
    own = [link for link in found.links if link.startswith("/")]
    suffix = "?lang=en" if language == "en" else ""
    assert [f"/{suffix}", *(path + suffix for path in PAGES)] == own
    assert [client.get(link).status_code for link in own] == [200] * len(own)


def test_nothing_of_the_address_is_shown(client: FlaskClient) -> None:
    answer = client.get("/%3Cimg%20src=x%20onerror=alert(1)%3E?lang=en&x=%3Cscript%3E")
    assert answer.status_code == 404
    assert not re.search("onerror|<img|alert", answer.get_data(as_text=True))


def test_its_links_stand_under_the_path_of_the_atlas() -> None:
    found = Links(missing("en", NAMES, "1a2b", "/atlas"))
    assert found.scripts == ["/atlas/assets/first.js"]
    assert found.links == [
        *("/atlas/?lang=en", "/atlas/?lang=en", "/atlas/clusters?lang=en"),
        "?",
    ]
