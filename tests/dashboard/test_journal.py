"""Every answer has an id, the log has the same one, and nothing that a stranger sent."""

from __future__ import annotations

import json
import logging
import sys
import threading
import warnings
from logging import getLogger
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from dashboard.web import journal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient


@pytest.fixture
def client() -> FlaskClient:
    server = Flask(__name__)
    journal.log_requests(server)
    journal.answer_errors(server)

    @server.get("/well")
    def well() -> str:
        return "well"

    @server.get("/data/fault")
    @server.get("/fault")
    def fault() -> str:
        message = "a secret of the server"
        raise RuntimeError(message)

    return server.test_client()


@pytest.fixture
def log() -> Iterator[list[str]]:
    """Collect the lines as they are written."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    logger, handler = logging.getLogger("jjj_atlas"), Keep()
    handler.setFormatter(journal.Lines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield lines
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def test_each_request_has_an_id_of_its_own_and_never_one_that_was_sent(
    client: FlaskClient,
) -> None:
    sent = {"X-Request-Id": "evil"}
    ids = [client.get("/well", headers=sent).headers["X-Request-Id"] for _ in range(20)]
    assert len(set(ids)) == 20
    assert all(len(i) == 8 and int(i, 16) >= 0 for i in ids)


def test_a_request_is_one_line_without_query_or_reader(client: FlaskClient, log: list[str]) -> None:
    answer = client.get("/well?regions=130100&name=secret")
    (line,) = log
    kept = json.loads(line)
    assert kept["id"] == answer.headers["X-Request-Id"]
    assert (kept["method"], kept["path"], kept["status"], kept["bytes"]) == ("GET", "/well", 200, 4)
    assert kept["ms"] >= 0
    assert "secret" not in line
    assert "127.0.0.1" not in line


def test_a_line_of_the_log_cannot_be_forged(client: FlaskClient, log: list[str]) -> None:
    client.get("/x%0A%7B%22level%22:%22error%22%7D%1b[2J")
    (line,) = log
    assert "\n" not in line
    assert "\x1b" not in line
    assert json.loads(line)["status"] == 404


@pytest.mark.parametrize("path", ["/fault", "/data/fault"])
def test_a_fault_is_told_by_its_id_and_kept_with_its_trace(
    client: FlaskClient, log: list[str], path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 500
    body = answer.get_data(as_text=True)
    assert answer.headers["X-Request-Id"] in body
    assert "secret" not in body
    assert "Traceback" not in body
    fault, _ = (json.loads(line) for line in log)
    assert fault["id"] == answer.headers["X-Request-Id"]
    assert "a secret of the server" in fault["trace"]


def test_a_page_that_is_not_there_is_told_in_both_languages(client: FlaskClient) -> None:
    answer = client.get("/<script>alert(1)</script>")
    assert answer.status_code == 404
    assert answer.mimetype == "text/plain"
    zh, en, reference = answer.get_data(as_text=True).splitlines()
    assert zh.startswith("没有这个页面")
    assert en.startswith("There is no such page")
    assert answer.headers["X-Request-Id"] in reference


def test_what_may_be_done_is_said_with_405(client: FlaskClient) -> None:
    answer = client.post("/well")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.fixture
def _loggers_as_before() -> Iterator[None]:
    names = ["", "jjj_atlas", "dash", "py.warnings", "waitress"]
    before = [(one, one.handlers[:], one.propagate, one.level) for one in map(getLogger, names)]
    hook = threading.excepthook
    yield
    logging.captureWarnings(capture=False)
    threading.excepthook = hook
    for logger, handlers, propagate, level in before:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


@pytest.mark.usefixtures("_loggers_as_before")
@pytest.mark.parametrize(("told", "level"), [({"JJJ_ATLAS_LOG": "all"}, 20), ({}, 30)])
def test_requests_are_logged_only_where_told(told: dict[str, str], level: int) -> None:
    journal.write_lines(told)
    assert getLogger("jjj_atlas").level == level
    assert getLogger("dash").getEffectiveLevel() == logging.WARNING


@pytest.mark.filterwarnings("default")
@pytest.mark.usefixtures("_loggers_as_before")
def test_every_logger_writes_lines_that_cannot_be_forged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    forged = '\n{"level": "error", "what": "forged"}\x1b[2J'
    getLogger("dash").addHandler(logging.StreamHandler(sys.stderr))
    journal.write_lines({})
    names = ("dash", "dash.mcp._server", "waitress", "werkzeug", "made.later", "")
    for name in names:
        getLogger(name).error("said: %s", forged)
    getLogger("dash").error("does not fit %s %s", *[forged])
    warnings.warn(forged, stacklevel=1)

    def fails() -> None:
        raise ValueError(forged)

    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    wanted = [*("root" if name == "" else name for name in names), "dash", "py.warnings"]
    assert [line["logger"] for line in lines] == [*wanted, "jjj_atlas.faults"]
    assert [line["what"] for line in lines[:6]] == [f"said: {forged}"] * 6
    assert "ValueError" in lines[-1]["trace"]
