"""Every request has an id: the reader sees it, and the log line that belongs to it has it too."""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from flask import Response, g, has_request_context, request
from werkzeug.exceptions import HTTPException

from dashboard.text import text
from dashboard.web.root import root
from geodata import scarce
from geodata.errors import CacheError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

HEADER: Final = "X-Request-Id"
TOLD: Final = frozenset({400, 403, 404, 405, 413, 414, 415, 417, 429, 431, 500, 501, 503})
"""Statuses with a sentence of their own in text/web.csv."""
PROGRAMS: Final = ("/data/", "/_dash-update-component", "/_mcp")
"""Where the one who asks is a program, refusals come as JSON."""
LONGEST_PATH: Final = 200
LOG: Final = "JJJ_ATLAS_LOG"
"""Set to "all" for a line for each request."""
WAIT_SECONDS: Final = 10
SERVER: Final = "gunicorn"
"""Whose loggers may write to files of their own; they keep their handlers and write our lines."""
access = logging.getLogger("jjj_atlas.access")
faults = logging.getLogger("jjj_atlas.faults")


class Lines(logging.Formatter):
    """Writes a record as one line of JSON: time, level, message and the fields given with it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; line breaks of what a stranger sent are escaped by JSON itself."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, Any] = {
            "time": f"{moment}.{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "what": _message(record),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True)


def _message(record: logging.LogRecord) -> str:
    """Return the message; where its parts do not fit together, as it was written."""
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return str(record.msg)


def write_lines(environ: Mapping[str, str] = os.environ) -> None:
    """Write what any logger has to say to the standard error stream, as JSON lines.

    Faults and warnings of all; of our own, if told, every request. A line that a stranger's words
    could break in two would be a line of his, so no logger keeps a format of its own: those of
    libraries, of servers, of Python's warnings and of threads that fail.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        if name.partition(".")[0] == SERVER:
            for own in logger.handlers:
                own.setFormatter(Lines())
        else:
            logger.handlers, logger.propagate = [], True
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.WARNING)
    told = environ.get(LOG) == "all"
    logging.getLogger("jjj_atlas").setLevel(logging.INFO if told else logging.WARNING)
    logging.captureWarnings(capture=True)
    threading.excepthook = _failed


def _failed(thread: threading.ExceptHookArgs) -> None:
    """Log what a thread ended with."""
    if thread.exc_value is not None:
        faults.error("thread", exc_info=thread.exc_value)


def request_id() -> str:
    """Return the id of the present request; a new one outside any. Never one that was sent."""
    if not has_request_context():
        return uuid.uuid4().hex[:8]
    if "request_id" not in g:
        g.request_id = uuid.uuid4().hex[:8]
        g.started = time.perf_counter()
    return str(g.request_id)


def log_requests(server: Flask) -> None:
    """Give every request its id, and log it once it is answered."""

    @server.before_request
    def begin() -> None:
        request_id()

    @server.after_request
    def end(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        access.info("request", extra={"fields": _described(response)})
        return response


def _described(response: Response) -> Mapping[str, Any]:
    """Return what is kept of a request: no query, no address of the reader."""
    return {
        "id": request_id(),
        "method": request.method,
        "path": request.path[:LONGEST_PATH],
        "status": response.status_code,
        "ms": round(1000 * (time.perf_counter() - g.started), 1),
        "bytes": response.content_length,
    }


def answer_errors(server: Flask) -> None:
    """Answer every error with a sentence and its id, never with a trace or what was sent."""

    @server.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        answer = sentence(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
        for name, value in error.get_headers():
            if name in {"Allow", "Retry-After"}:
                answer.headers[name] = value
        return answer

    @server.errorhandler(CacheError)
    def damaged(error: CacheError) -> Response:
        fields = {"id": request_id(), "fault": str(error)}
        faults.error("damaged", extra={"fields": fields})
        return _wait(sentence(HTTPStatus.SERVICE_UNAVAILABLE))

    @server.errorhandler(Exception)
    def fault(error: Exception) -> Response:
        number = request_id()
        if wanting := scarce.told(error):
            faults.error("scarce", extra={"fields": {"id": number, "fault": str(wanting)}})
            return _wait(refusal(HTTPStatus.SERVICE_UNAVAILABLE, *str(wanting).split("\n")))
        faults.error("fault", exc_info=error, extra={"fields": {"id": number}})
        return sentence(HTTPStatus.INTERNAL_SERVER_ERROR)


def _wait(answer: Response) -> Response:
    answer.headers["Retry-After"] = str(WAIT_SECONDS)
    return answer


def words(status: int) -> tuple[str, str]:
    """Return what is said of a status, in Chinese and in English."""
    key = f"web.error_{status if status in TOLD else 'other'}"
    return text("zh")(key, root=root()), text("en")(key, root=root())


def sentence(status: int) -> Response:
    """Return the answer to a request that fails with a status, in both languages."""
    return refusal(status, *words(status))


def plain(zh: str, en: str, number: str) -> str:
    """Return a refusal as text: both sentences and the id."""
    return f"{zh}\n{en}\n{text('zh')('web.reference', id=number)}\n"


def refusal(status: int, zh: str, en: str) -> Response:
    """Return a refusal with its id: JSON where a program asks, else plain text."""
    number = request_id()
    if request.path.startswith(PROGRAMS):
        body = {"status": int(status), "id": number, "zh": zh, "en": en}
        answer = Response(json.dumps(body, ensure_ascii=False), mimetype="application/json")
    else:
        answer = Response(plain(zh, en, number), mimetype="text/plain")
    answer.status_code = status
    answer.cache_control.no_store = True
    return answer
