"""The data addresses on a server of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import Flask

from dashboard.data.routes import serve_data
from dashboard.web import journal

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest


@pytest.fixture(scope="session")
def shop(atlas: Atlas, manifest: Manifest) -> FlaskClient:
    """Give a client of a server that has the data addresses only."""
    server = Flask(__name__)
    journal.log_requests(server)
    journal.answer_errors(server)
    serve_data(server, atlas, manifest)
    return server.test_client()


@pytest.fixture(scope="session")
def fetch(shop: FlaskClient) -> Callable[[str], bytes]:
    """Fetch what is there."""

    def one(address: str) -> bytes:
        answer = shop.get(f"/data/{address}")
        assert answer.status_code == 200, answer.data
        return bytes(answer.data)

    return one
