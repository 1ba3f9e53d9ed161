"""The feed of changes: well-formed Atom in both languages, and the same list on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from dashboard.app import create_app
from dashboard.pages import data
from dashboard.pages.screen import Screen
from dashboard.text import text
from dashboard.web.limits import Policy
from tests.dashboard.panel_fixtures import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest
    from geodata.records import Lang

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def client(atlas: Atlas, manifest: Manifest) -> FlaskClient:
    made: FlaskClient = create_app(atlas, manifest, Policy(per_minute=0)).server.test_client()
    return made


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_change_is_an_entry(client: FlaskClient, atlas: Atlas, lang: Lang) -> None:
    answer = client.get(f"/data/news.atom?lang={lang}")
    assert answer.content_type.startswith("application/atom+xml")
    feed = ET.fromstring(answer.data)  # noqa: S314 - our own
    told = [entry.findtext(f"{ATOM}summary") for entry in feed.iter(f"{ATOM}entry")]
    assert told == [change.words[lang] for change in atlas.news]
    assert feed.findtext(f"{ATOM}updated") == f"{atlas.news[0].day}T00:00:00+08:00"
    ids = [found.text for found in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(told) + 1
    link = feed.find(f"{ATOM}link[@rel='self']")
    assert link is not None
    assert client.get(link.attrib["href"]).data == answer.data


def test_the_feed_says_the_same_names_whichever_the_language(client: FlaskClient) -> None:
    def ids(lang: str) -> list[str | None]:
        feed = ET.fromstring(client.get(f"/data/news.atom?lang={lang}").data)  # noqa: S314
        return [found.text for found in feed.iter(f"{ATOM}id")]

    assert ids("zh") == ids("en")


def test_an_unknown_language_is_refused(client: FlaskClient) -> None:
    assert client.get("/data/news.atom?lang=fr").status_code == 400


@pytest.mark.parametrize("query", ["?", "?lang=en"])
def test_the_page_lists_what_the_feed_tells(
    scene: Scene, read: Callable[[str], View], query: str
) -> None:
    view = read(query)
    shown = said(data.body(scene, view, Screen()))
    assert all(change.words[view.lang] in shown for change in scene.atlas.news)
    assert text(view.lang)("data.news_lead") in shown
