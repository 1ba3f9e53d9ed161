"""The tools for assistants over standard input and output: the same server, a message a line."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stdout, suppress
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from urllib.parse import urlsplit

from dashboard.app import create_app
from dashboard.web import journal
from dashboard.web.limits import MESSAGES, Policy
from dashboard.web.messages import NO_MESSAGE, NOT_JSON, failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask.testing import FlaskClient

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

LETTERS: Final = "utf-8"
"""What the protocol is written in, wherever the console differs."""
UNREAD: Final = "A message is one line of JSON (UTF-8)."
NOT_UNDERSTOOD: Final = "A message is an object with jsonrpc, method, params and, if asked, id."


def run(load: Callable[[], tuple[Atlas, Manifest]], site: str) -> None:
    """Answer messages until the input ends; all that is not an answer goes to standard error.

    Parameters
    ----------
    load
        Loads the atlas, building what is missing.
    site
        Address of the site that links lead to, as `http://127.0.0.1:8050`.

    Raises
    ------
    AtlasError
        If there is no atlas to load.
    """
    answers = io.TextIOWrapper(sys.stdout.buffer, encoding=LETTERS, write_through=True)
    with redirect_stdout(sys.stderr), suppress(BrokenPipeError):
        client = open_tools(*load(), site)
        journal.write_lines()
        for line in answered(client, sys.stdin.buffer, site):
            answers.write(f"{line}\n")


def open_tools(atlas: Atlas, manifest: Manifest, site: str) -> FlaskClient:
    """Return what messages are put to: the server with its tools, for one reader, in this process.

    Parameters
    ----------
    atlas, manifest
        The loaded atlas and what it was built from.
    site
        Address of the site that links lead to.
    """
    host = urlsplit(site).hostname or ""
    policy = replace(Policy.from_environment(), mcp=True, per_minute=0, hosts=(host,), prefix="")
    client: FlaskClient = create_app(atlas, manifest, policy).server.test_client()
    return client


def answered(client: FlaskClient, lines: BinaryIO, site: str) -> Iterator[str]:
    """Yield the answer to each line that asks for one, as JSON in one line.

    Parameters
    ----------
    client
        What messages are put to.
    lines
        Messages of JSON-RPC 2.0, one a line, as the protocol's transport of standard streams has
        it (modelcontextprotocol.io, Transports, 2025-06-18).
    site
        Address of the site that links lead to.
    """
    for line in lines:
        if not line.strip():
            continue
        try:
            message = json.loads(line.decode(LETTERS))
        except (ValueError, RecursionError):
            yield json.dumps(failure(None, NOT_JSON, UNREAD))
            continue
        if (told := _answer(client, message, site)) is not None:
            yield json.dumps(told, ensure_ascii=False)


def _answer(client: FlaskClient, message: Any, site: str) -> Any:  # noqa: ANN401 - any JSON
    told = client.post(MESSAGES, json=message, base_url=site)
    if isinstance(message, dict) and "id" not in message:
        return None  # a notification, to which there is no answer
    if told.status_code == HTTPStatus.OK:
        return told.get_json()
    number = message.get("id") if isinstance(message, dict) else None
    number = number if isinstance(number, str | int) else None
    return failure(number, NO_MESSAGE, NOT_UNDERSTOOD)
