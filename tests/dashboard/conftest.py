"""One scene, one application and one reader for the tests of the screen."""

from __future__ import annotations

import json
import os
import threading
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.app import create_app
from dashboard.scene import Scene, vocabulary
from dashboard.view import View, parse
from dashboard.web.limits import Policy
from tests.dialogue import DEPENDENCIES, UPDATE, Question, questions

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest


class Reader:
    """Asks the application what a browser would ask it."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.questions: dict[str, Question] = questions(client.get(DEPENDENCIES).get_json())

    def post(  # noqa: PLR0913 - all that a browser knows
        self,
        question: str,
        search: str | None,
        *,
        path: object = "/",
        theme: object = "light",
        screen: object = None,
        encoding: str = "identity",
    ) -> TestResponse:
        """Return the answer as it came, made anew."""
        body = self.questions[question].post(search, path=path, theme=theme, screen=screen)
        return self.client.post(
            UPDATE,
            data=body,
            content_type="application/json",
            headers={"Accept-Encoding": encoding, "Cache-Control": "no-cache"},
        )

    def ask(
        self,
        question: str,
        search: str | None,
        *,
        path: object = "/",
        theme: object = "light",
        screen: object = None,
    ) -> dict[str, Any]:
        """Return what the answer writes: properties by component id, nothing of it still."""
        answer = self.post(question, search, path=path, theme=theme, screen=screen)
        assert answer.status_code == 200, (question, search, answer.status)
        found: dict[str, Any] = unstilled(json.loads(answer.data)["response"])
        return found


def unstilled(found: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return the components of a page that `dashboard.static` made one component of."""
    if isinstance(found, list):
        return [unstilled(one) for one in found]
    if not isinstance(found, dict):
        return found
    if found.get("type") == "Static":
        elements = [_component(one) for one in found["props"]["tree"]]
        return elements[0] if len(elements) == 1 else elements
    return {name: unstilled(value) for name, value in found.items()}


def _component(element: Any) -> Any:  # noqa: ANN401 - words, a number or an element
    if not isinstance(element, list):
        return element
    tag, properties, tree = element
    children = [_component(one) for one in tree]
    return {"type": tag, "props": {**properties, "children": children}}


@pytest.fixture(scope="session")
def scene(atlas: Atlas, manifest: Manifest) -> Scene:
    """Give the scene over the session's atlas; geometry lies at the addresses of the page."""
    return Scene(atlas, lambda product: f"/geo/{manifest.products[product]}", vocabulary(atlas))


@pytest.fixture(scope="session")
def read(scene: Scene) -> Callable[[str], View]:
    """Read an address that the atlas understands in full."""

    def one(search: str) -> View:
        view, fallen = parse(search, scene.vocabulary)
        assert fallen == ()
        return view

    return one


@pytest.fixture(scope="session")
def app(atlas: Atlas, manifest: Manifest) -> Dash:
    """Make the application and wait until it has warmed up."""
    made = create_app(atlas, manifest, Policy(per_minute=0))
    for thread in threading.enumerate():
        if thread.name == "warm":
            thread.join()
    return made


@pytest.fixture(scope="session")
def client(app: Dash) -> FlaskClient:
    """Give a browser without a screen, a reader of his own beside those of other workers."""
    made: FlaskClient = app.server.test_client()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    made.environ_base["REMOTE_ADDR"] = f"127.0.1.{worker}"
    return made


@pytest.fixture(scope="session")
def reader(client: FlaskClient) -> Reader:
    """Give someone who asks the application."""
    return Reader(client)
