"""What the search box finds: every name in three ways of writing, and an address that is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from dashboard.pages.callbacks import PAGES
from dashboard.pages.search import FOUND, NAMES
from dashboard.view import parse
from geodata.naming import syllables
from geodata.places.sites import distinct
from geodata.records import LEVELS

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from dashboard.scene import Scene


@pytest.fixture
def names(client: FlaskClient) -> list[list[Any]]:
    found: list[list[Any]] = client.get(NAMES).get_json()
    return found


def of(names: list[list[Any]], kind: str) -> dict[str, list[Any]]:
    return {one[1]: one for one in names if FOUND[one[0]] == kind}


def test_everything_that_has_a_name_is_found_once(names: list[list[Any]], scene: Scene) -> None:
    atlas = scene.atlas
    places = {place.id for level in LEVELS for place in atlas.regions(level)}
    found = [one[5]["regions"] for one in names if FOUND[one[0]] == "place"]
    assert sorted(found) == sorted(places)
    indicators = [one[5]["indicator"] for one in names if FOUND[one[0]] == "indicator"]
    assert sorted(indicators) == sorted(scene.vocabulary.years)
    for kind, sites in (("cluster", atlas.all_clusters()), ("park", atlas.all_parks())):
        assert set(of(names, kind)) == {site.name.zh for site in distinct(sites)}
    assert [one[5][""] for one in of(names, "page").values()] == list(PAGES)
    circles = [one for one in names if FOUND[one[0]] == "circle"]
    assert len(circles) == sum(len(scheme.circles) for scheme in atlas.schemes)


def test_a_name_is_written_in_chinese_english_pinyin_and_initials(names: list[list[Any]]) -> None:
    assert of(names, "place")["廊坊市"][1:6] == [
        *("廊坊市", "Langfang", "langfangshi", "lfs"),
        {"regions": "131000"},
    ]
    assert of(names, "page")["产业集聚"][1:6] == [
        *("产业集聚", "Clusters", "chanyejiju", "cyjj"),
        {"": "/clusters"},
    ]
    assert of(names, "indicator")["地区生产总值"][2] == "GDP"
    assert syllables("重庆路5G") == ["chong", "qing", "lu", "5g"]


def test_where_an_entry_leads_is_understood(names: list[list[Any]], scene: Scene) -> None:
    for one in names:
        leads = {name: value for name, value in one[5].items() if name}
        more = {"level": one[6][0]} if "indicator" in leads else {}
        assert parse(f"?{urlencode(leads | more)}", scene.vocabulary)[1] == (), one


def test_names_that_a_browser_has_are_not_sent_again(client: FlaskClient) -> None:
    answer = client.get(NAMES)
    again = client.get(NAMES, headers={"If-None-Match": answer.headers["ETag"]})
    assert (answer.status_code, again.status_code) == (200, 304)
