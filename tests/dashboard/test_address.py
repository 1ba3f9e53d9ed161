"""What of an address is passed on to the links of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest

from dashboard.pages.address import REPEATED, UNKNOWN, accepted, lone_levels, stray
from dashboard.view import parse

if TYPE_CHECKING:
    from dashboard.scene import Scene


@pytest.mark.parametrize(
    ("search", "wanted"),
    [
        ("", ""),
        ("?circle=tianjin", "?circle=tianjin"),
        ("?year=2020&lang=en", "?year=2020&lang=en"),
        ("?regions=110112,130100", "?regions=110112,130100"),
        # What fell back in part stands as it is shown, the rest not at all.
        ("?regions=110112,999999&k=98765432109876", "?regions=110112"),
        ("?level=//example.org&indicator=<script>&utm=x", "?indicator=lq_manufacturing"),
        (f"?x={'y' * 9000}", ""),
    ],
)
def test_links_name_what_the_address_names_and_the_server_took(
    scene: Scene, search: str, wanted: str
) -> None:
    view, fallen = parse(search, scene.vocabulary)
    found = accepted(search, view, fallen)
    assert parse(found, scene.vocabulary) == (view, ())
    assert dict(parse_qsl(found.strip("?"))) == dict(parse_qsl(wanted.strip("?")))


@pytest.mark.parametrize(
    ("search", "wanted"),
    [
        ("?indicator=gdp&lang=en", ()),
        ("?indcator=gdp", (UNKNOWN,)),
        ("?indicator=gdp&indicator=x", (REPEATED,)),
        ("?a=1&year=2020&year=2010", (UNKNOWN, REPEATED)),
        (None, ()),
    ],
)
def test_what_is_not_known_or_said_twice_is_noticed(search: object, wanted: object) -> None:
    assert stray(search) == wanted


def test_what_is_no_text_is_passed_on_to_nobody(scene: Scene) -> None:
    view, fallen = parse(None, scene.vocabulary)
    assert not accepted(None, view, fallen)


def test_an_indicator_of_one_level_is_shown_at_no_other(scene: Scene) -> None:
    lone = lone_levels(scene.vocabulary)
    assert "port_throughput" in lone["city"]
    for name in scene.vocabulary.years:
        levels = {
            parse(f"?indicator={name}&level={level}", scene.vocabulary)[0].level for level in lone
        }
        said = {level for level, names in lone.items() if name in names}
        assert levels == (said or {*lone}), name
