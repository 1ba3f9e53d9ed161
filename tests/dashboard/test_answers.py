"""Kept answers are the ones that would be made: for every callback and every choice."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any, Final

import brotli  # type: ignore[import-untyped]
import pytest

from dashboard.app import create_app
from dashboard.pages import map_column
from dashboard.view import CHOICES, View
from dashboard.web.answers import BESIDE, FIELDS, Answer, Answers, Key, noted
from dashboard.web.limits import Policy
from tests.dialogue import DEPENDENCIES, UPDATE, Question, questions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from dashboard.scene import Scene
    from geodata.build.cache import Manifest

PATHS: Final = ("/", "/clusters", "/linkages", "/compare", "/data")
OTHERWISE: Final[Mapping[str, str]] = {
    **{name: values[1] for name, values in CHOICES.items()},
    "circle": "capital",
    "level": "city",
    "indicator": "gdp",
    "year": "2010",
    "classes": "quantile",
    "k": "4",
    "regions": "110112,130600",
    "layers": "fill,labels,clusters",
    "lang": "en",
    "nonsense": "1",
}
"""Each choice once in another way than the usual one."""
BROTLI: Final = {"Accept-Encoding": "br"}


@pytest.fixture(scope="module")
def client(scene: Scene, manifest: Manifest) -> FlaskClient:
    made: FlaskClient = create_app(scene.atlas, manifest, Policy(per_minute=0)).server.test_client()
    return made


@pytest.fixture(scope="module")
def asked(client: FlaskClient) -> dict[str, Question]:
    return questions(client.get(DEPENDENCIES).get_json())


def post(client: FlaskClient, body: bytes | Any, **more: Any) -> TestResponse:  # noqa: ANN401
    sent = {"data": body} if isinstance(body, bytes) else {"json": body}
    headers = {"Content-Type": "application/json", **more.pop("headers", BROTLI)}
    return client.post(UPDATE, headers=headers, **sent, **more)


def page_of(name: str) -> str:
    return next((path for path in PATHS[1:] if name.startswith(path[1:])), "/")


def seen(answer: TestResponse) -> tuple[int, bytes, dict[str, str]]:
    """Return all of an answer but its id."""
    return answer.status_code, answer.data, {k: v for k, v in answer.headers if "-Id" not in k}


def test_what_is_kept_is_what_would_be_made_whatever_is_chosen(
    client: FlaskClient, asked: dict[str, Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    searches = ["", *(f"?{name}={value}" for name, value in OTHERWISE.items())]
    bodies = [
        question.post(search, path=page_of(name))
        for name, question in asked.items()
        for search in searches
    ]
    get = Answers.get
    found: list[Answer | None] = []

    def watched(self: Answers, asked: bytes, view: View) -> Answer | None:
        found.append(get(self, asked, view))
        return found[-1]

    monkeypatch.setattr(Answers, "get", watched)
    given: list[tuple[bytes, tuple[int, bytes, dict[str, str]]]] = []
    for body in bodies:
        found.clear()
        before = seen(post(client, body))
        assert before[0] in {200, 204}
        if any(found):  # what is made here and now is made alike
            given.append((body, before))
    assert len(bodies) / 4 < len(given) < len(bodies)
    monkeypatch.setattr(Answers, "get", lambda *_: None)
    for body, before in given:
        assert seen(post(client, body)) == before, body


@pytest.mark.parametrize("name", ["page", "redraw", "rank", "identity", "clusters-shift"])
def test_what_differs_by_reader_is_told_apart(
    client: FlaskClient, asked: dict[str, Question], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    question, path = asked[name], page_of(name)
    narrow = {"panel": 320, "narrow": True, "renderer": "geo"}
    ways: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"path": path}, {}),
        ({"path": path, "theme": "dark"}, {}),
        ({"path": path, "screen": narrow}, {}),
        ({"path": path}, {"headers": {"Accept-Encoding": "gzip"}}),
        ({"path": path}, {"headers": {"Accept-Encoding": "identity"}}),
        ({"path": f"/atlas{path}"}, {"environ_overrides": {"SCRIPT_NAME": "/atlas"}}),
        ({"path": "/compare"}, {}),
    ]

    def all_of_them() -> list[tuple[int, bytes, dict[str, str]]]:
        search = "?regions=110112"
        return [seen(post(client, question.post(search, **b), **more)) for b, more in ways]

    first, kept = all_of_them(), all_of_them()
    assert first == kept
    codings = [headers.get("Content-Encoding") for _, _, headers in kept[:5]]
    assert codings == ["br", "br", "br", "gzip", None]
    plain = kept[4][1]
    assert brotli.decompress(kept[0][1]) == gzip.decompress(kept[3][1]) == plain
    monkeypatch.setattr(Answers, "get", lambda *_: None)
    assert all_of_them() == kept


def test_what_only_sets_a_callback_off_changes_nothing_in_its_answer(
    client: FlaskClient, asked: dict[str, Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Answers, "get", lambda *_: None)
    for name, question in asked.items():
        body = question.body("?regions=110112", path=page_of(name))
        plain = seen(post(client, body))
        for one in body["inputs"]:
            if one["id"].startswith("part-"):
                one["value"] = ["other"]
        body["changedPropIds"] = []
        assert seen(post(client, body)) == plain, name


@pytest.mark.parametrize(
    ("name", "other", "made"),
    [
        ("recolour", "regions=130102", 0),
        ("recolour", "theme=dark&layers=none", 1),
        ("outline", "indicator=gdp&lang=en", 0),
        ("sites", "indicator=gdp&year=2015", 0),
        ("sites", "regions=130102", 1),
        ("controls", "", 0),
        ("controls", "k=6", 1),
    ],
)
def test_an_answer_is_made_once_for_views_that_agree_in_what_it_reads(  # noqa: PLR0913, PLR0917
    scene: Scene,
    manifest: Manifest,
    asked: dict[str, Question],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    other: str,
    made: int,
) -> None:
    client = create_app(scene.atlas, manifest, Policy(per_minute=0)).server.test_client()
    times: list[Key] = []
    put = Answers.put

    def counted(self: Answers, key: Key, answer: Answer) -> None:
        times.append(key)
        put(self, key, answer)

    monkeypatch.setattr(Answers, "put", counted)
    first = post(client, asked[name].post("?&regions=110112"))
    second = post(client, asked[name].post(f"?{other}&regions=110112"))
    assert first.status_code == second.status_code == 200
    assert len(times) == 1 + made
    assert (first.data == second.data) == (made == 0)
    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]
    assert second.headers["X-Content-Type-Options"] == "nosniff"


def test_who_will_have_an_answer_made_anew_says_so(
    client: FlaskClient, asked: dict[str, Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    body = asked["outline"].post("?regions=110112")
    made: list[Key] = []
    post(client, body)
    monkeypatch.setattr(Answers, "put", lambda _, key, __: made.append(key))
    post(client, body)
    assert not made
    post(client, body, headers={**BROTLI, "Cache-Control": "no-cache"})
    assert len(made) == 1


def test_what_went_wrong_is_asked_again(
    client: FlaskClient, asked: dict[str, Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    body = asked["recolour"].post("?indicator=gdp&year=2012")

    def fails(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(map_column, "at", fails)
        assert post(client, body, headers={}).status_code == 500
    answer = post(client, body, headers={})
    assert answer.status_code == 200
    assert "traces" in answer.text


def test_answers_have_bounds_and_leave_nothing_behind() -> None:
    answers = Answers(room=3 * (BESIDE + 10))
    view, answer = View("s", "i", "2020"), Answer(bytes(10), None)
    for number in range(50):
        answers.put(Key.of(bytes([number]), ("k",) if number % 2 else (), view), answer)
        assert answers.taken <= 3 * (BESIDE + 10)
    found = [number for number in range(50) if answers.get(bytes([number]), view)]
    assert found == [47, 48, 49]
    assert len(answers._read) == len(answers._kept) == 3  # noqa: SLF001 - memory is what is asked


def test_a_view_that_notes_is_the_same_view() -> None:
    view = View("s", "i", "2020")
    assert noted(view) is view
    assert set(FIELDS) >= {"lang", "regions", "limits", "scheme"}
