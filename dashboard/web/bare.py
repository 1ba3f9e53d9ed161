"""What a server answers by itself, before the application is asked: with an id and headers, too."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from dashboard.web import journal
from dashboard.web.wire import HEADERS, OF_A_PAGE

BARE_POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'"
"""There is nothing in a sentence that a browser would load."""


def bare(status: int) -> tuple[str, list[tuple[str, str]], bytes]:
    """Return the status line, the headers and the body of a refusal; it is logged as a request.

    Nothing that was sent comes back, and no word of the server's own.
    """
    number = journal.request_id()
    body = journal.plain(*journal.words(status), number).encode()
    fields = {"id": number, "status": status, "bytes": len(body)}
    journal.access.info("refused by the server", extra={"fields": fields})
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", BARE_POLICY),
        (journal.HEADER, number),
        *HEADERS.items(),
        *OF_A_PAGE.items(),
    ]
    return f"{status} {HTTPStatus(status).phrase}", headers, body


class BareTask(ErrorTask):
    """Waitress's own refusal."""

    def execute(self) -> None:
        """Send it and close the connection."""
        self.status, headers, body = bare(self.request.error.code)
        self.response_headers.extend(headers)
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


def refuse_in_words() -> None:
    """Let waitress refuse as the application does, also where it is started from its own line."""
    HTTPChannel.error_task_class = BareTask
