"""Who may see what a reader has brought along: whoever sits at this machine, and nobody else.

A server on loopback is asked by others, too: through a proxy, under a name that a stranger lets
lead here (DNS rebinding), and by pages of other sites in the reader's own browser. None of them
gets own figures: they are answered by an application that does not have them.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from flask import request
from werkzeug.sansio.utils import host_is_trusted

from dashboard.web.hosts import LOOPBACK
from dashboard.web.wire import GEO, SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask, Response

    from geodata.atlas import Atlas
    from geodata.own.errors import OwnError

FORWARDED: Final = (
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_REAL_IP",
)
"""What proxies add; a browser sends none of it."""
PLAIN: Final = "HTTP/1.0"
"""How nginx asks where it is told nothing else; no browser does."""
OURS: Final = frozenset({"", "same-origin", "none"})
"""`Sec-Fetch-Site` of our own pages, of an address typed, and of programs, which send none."""
OWN_PAGE: Final = "/own"
UPLOAD: Final = f"{OWN_PAGE}/upload"
PUBLIC_FILES: Final = (GEO, SCRIPTS, "/assets/")


@dataclass(frozen=True)
class Local:
    """What an application for the reader at this machine has beside others.

    `published` is the atlas without his figures, which assistants are shown unless `to_assistants`;
    `token` is that of the start, which only our pages know; `faults` are the sets that cannot be
    used.
    """

    published: Atlas
    token: str
    to_assistants: bool = False
    faults: Mapping[str, OwnError] = field(default_factory=dict)


def is_loopback(address: str) -> bool:
    """Tell whether an address of the internet is that of this machine."""
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False


def asks_here(environ: Mapping[str, Any], *, anywhere: bool = False) -> bool:
    """Tell whether a request comes from the reader at this machine, straight and from our pages.

    Parameters
    ----------
    environ
        The request (WSGI).
    anywhere
        He has said that whoever reaches the server may see his figures.
    """
    if any(name in environ for name in FORWARDED) or environ.get("SERVER_PROTOCOL") == PLAIN:
        return False
    host, origin = environ.get("HTTP_HOST", ""), environ.get("HTTP_ORIGIN")
    if environ.get("HTTP_SEC_FETCH_SITE", "") not in OURS:
        return False
    if origin is not None and origin.partition("://")[2] != host:
        return False
    if anywhere:
        return True
    return is_loopback(environ.get("REMOTE_ADDR", "")) and host_is_trusted(host, LOOPBACK)


def keep_nothing(server: Flask) -> None:
    """Let nobody on the way keep an answer that may hold own figures; call this first of all."""

    @server.after_request
    def mark(response: Response) -> Response:
        if not request.path.startswith(PUBLIC_FILES):
            response.headers["Cache-Control"] = "no-store"
            response.headers.remove("ETag")
        return response
