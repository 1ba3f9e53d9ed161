"""How gunicorn answers and logs by itself; named in `dashboard.web.production`, loaded by gunicorn.

Not for Windows, which gunicorn does not run on.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from gunicorn import util
from gunicorn.glogging import Logger
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from dashboard.web import journal
from dashboard.web.bare import bare

if TYPE_CHECKING:
    import socket

    from gunicorn.config import Config

REFUSED: Final[tuple[tuple[type[Exception], int], ...]] = (
    (errors.InvalidResponseHeader, 500),
    (errors.InvalidResponseHeaderName, 500),
    (errors.ConfigurationProblem, 500),
    (errors.LimitRequestLine, 414),
    (errors.LimitRequestHeaders, 431),
    (errors.UnsupportedTransferCoding, 501),
    (errors.ExpectationFailed, 417),
    (errors.ForbiddenProxyRequest, 403),
    (errors.ParseException, 400),
    (Exception, 500),
)
"""What cannot be read, and the status of it; the first that fits."""

APART, LOOKS = 1.0, 0.05
"""Seconds between the ends of two workers, and between two looks whether to end."""


class Lines(Logger):
    """Gunicorn's log, each record a line of JSON."""

    def setup(self, cfg: Config) -> None:
        """Take the handlers that gunicorn makes, with our lines."""
        super().setup(cfg)
        for logger in (self.error_log, self.access_log):
            for handler in logger.handlers:
                handler.setFormatter(journal.Lines())


class Worker(ThreadWorker):
    """A worker with threads whose own refusals carry an id and the headers of all answers."""

    def load_wsgi(self) -> None:
        """Load the application; of workers that cannot, one after another ends.

        Gunicorn ends at the first, but with a trace where a second is as quick.
        """
        try:
            super().load_wsgi()
        except SystemExit:
            until = time.monotonic() + APART * (self.age - 1)
            while self.alive and time.monotonic() < until:
                time.sleep(LOOKS)
            if not self.alive:
                sys.exit(0)
            raise

    def handle_error(
        self, _req: object, client: socket.socket, _addr: object, exc: Exception
    ) -> None:
        """Answer what cannot be read; log what is our fault, never who asked or what."""
        status = next(code for kind, code in REFUSED if isinstance(exc, kind))
        line, headers, body = bare(status)
        if status == REFUSED[-1][1]:
            fields = {"id": dict(headers)[journal.HEADER]}
            journal.faults.error("server", exc_info=exc, extra={"fields": fields})
        head = [("Connection", "close"), ("Content-Length", str(len(body))), *headers]
        lines = [f"HTTP/1.1 {line}", *(f"{name}: {value}" for name, value in head), "", ""]
        with suppress(OSError):  # who asked may have gone
            util.write_nonblock(client, "\r\n".join(lines).encode() + body)
