"""The addresses that the pages tell are there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_the_addresses_that_the_pages_tell_are_served(shop: FlaskClient) -> None:
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    told = re.findall(r"http://127\.0\.0\.1:8050(/data/[^\"`\s]+)", page)
    assert {address.partition("?")[0].rpartition(".")[2] for address in told} == {"csv", "geojson"}
    for address in told:
        assert shop.get(address).status_code == 200, address
