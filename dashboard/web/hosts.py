"""By which names the site may be asked."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from flask import abort, request
from werkzeug.exceptions import SecurityError
from werkzeug.sansio.utils import host_is_trusted

from dashboard.text import text
from dashboard.web.journal import refusal
from dashboard.web.limits import MESSAGES
from dashboard.web.wire import EXPORT
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask, Response

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
"""Names by which this machine alone is reached; health checks ask by them."""


def check_hosts(server: Flask, hosts: Sequence[str]) -> None:
    """Refuse a name that the site is not reached by, with 400; where tools are asked, with 403.

    A page of a stranger may let his own name lead to this machine (DNS rebinding) and ask the tools
    with the rights of whoever reads it. So `/_mcp` answers to a name in the list only, and without
    a list to addresses and this machine; and to no page of another origin, nor do the addresses
    that drawings are handed in at.
    """
    known = [*hosts, *LOOPBACK]
    server.config["TRUSTED_HOSTS"] = known if hosts else None

    @server.errorhandler(SecurityError)
    def unknown(_: SecurityError) -> Response:
        return refusal(400, *(text(lang)("web.error_host") for lang in LANGUAGES))

    @server.before_request
    def check() -> None:
        asks_tools = request.path == MESSAGES
        if not asks_tools and not (request.method == "POST" and request.path.startswith(EXPORT)):
            return
        named = host_is_trusted(request.host, known) or (not hosts and _is_address(request.host))
        origin = request.headers.get("Origin")
        foreign = origin is not None and origin.partition("://")[2] != request.host
        if foreign or (asks_tools and not named):
            abort(403)


def _is_address(host: str) -> bool:
    try:
        return bool(ipaddress.ip_address(urlsplit(f"//{host}").hostname or ""))
    except ValueError:
        return False
