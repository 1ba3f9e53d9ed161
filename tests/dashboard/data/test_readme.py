"""The addresses that the README tells are there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_the_addresses_of_the_readme_are_served(shop: FlaskClient) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"http://127\.0\.0\.1:8050(/data/[^\"`\s]+)", readme)
    assert {address.partition("?")[0].rpartition(".")[2] for address in told} == {"csv", "geojson"}
    for address in told:
        assert shop.get(address).status_code == 200, address
