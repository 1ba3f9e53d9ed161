"""Asked by a name or a code: what leads to the page of a place, and what is answered else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("131099", "廊坊市"),
        ("139999", "河北省"),
        (quote("廊纺市"), "廊坊市"),
        (quote("廊房"), "廊坊市"),
        ("zzz", ""),
    ],
)
def test_an_unknown_place_is_answered_by_the_atlas_with_the_nearest_names(
    client: FlaskClient, asked: str, near: str
) -> None:
    answer = client.get(f"/place/{asked}")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    body = answer.get_data(as_text=True)
    assert "没有这个地方" in body
    assert near in body
    links = re.findall(r'<li><a href="([^"]+)"', body)
    assert bool(links) == bool(near)
    assert len(links) <= 8
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_nothing_a_stranger_asks_for_comes_back(client: FlaskClient) -> None:
    asked = quote("<script>alert(1)</script>", safe="")
    answer = client.get(f"/place/{asked}?regions=<b>&x=<i>")
    assert answer.status_code == 404
    assert b"alert(1)" not in answer.data
    assert client.get(f"/place/131000?lang=en&x={asked}").location.endswith(
        "/place?regions=131000&lang=en"
    )
    assert client.get("/place/" + "a" * 900).status_code == 404


@pytest.mark.parametrize(
    ("asked", "now"),
    [("130182", "130109"), ("藁城市", "130109"), ("通县", "110112"), ("139001", "130682")],
)
def test_an_older_code_or_name_leads_to_the_place_of_today(
    client: FlaskClient, asked: str, now: str
) -> None:
    answer = client.get(f"/place/{quote(asked)}")
    assert (answer.status_code, answer.location) == (302, f"/place?regions={now}")


@pytest.mark.parametrize("asked", ["宣武区", "110104"])
def test_of_a_county_that_merged_what_it_became_is_listed(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"/place/{quote(asked)}")
    assert answer.status_code == 404
    said = answer.get_data(as_text=True)
    assert "regions=110102" in said
    assert "西城区" in said


@pytest.mark.parametrize("path", ["/data", "/place", "/compare", "/findings"])
def test_a_closing_slash_leads_to_the_page(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{path}/?lang=en&year=2020")
    assert (answer.status_code, answer.location) == (308, f"{path}?lang=en&year=2020")
    assert client.get(f"{path}//", follow_redirects=True).status_code == 200
    assert client.get("/nothing/").status_code == 404
