"""What one request, and one client, may ask of the server."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from flask import abort, request
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard.text import text
from dashboard.web.root import read_prefix
from dashboard.web.wire import EXPORT
from geodata.errors import AtlasError
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask


MAX_BODY: Final = 256 * 1024
"""Bytes of a request; the largest callback of the pages needs a few kilobytes."""
MAX_DRAWING: Final = 1536 * 1024
"""Bytes of a drawing that a reader's browser hands in; two maps of all counties have 670 kB."""
MAX_UPLOAD: Final = 200 * 1024 * 1024
"""Bytes of a table that a reader brings by the page; larger ones come by the terminal."""
MAX_QUERY: Final = 6000
MAX_PATH: Final = 1000
CALLBACK: Final = "/_dash-update-component"
MESSAGES: Final = "/_mcp"
TRUST_PROXY, RATE, MCP = "JJJ_ATLAS_TRUST_PROXY", "JJJ_ATLAS_RATE", "JJJ_ATLAS_MCP"
PREFIX = "JJJ_ATLAS_PREFIX"
HOSTS: Final = "JJJ_ATLAS_HOSTS"
FRAMERS: Final = "JJJ_ATLAS_FRAMERS"
ORIGIN: Final = re.compile(
    r"\*|https?://(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?", re.IGNORECASE
)
"""What may stand in `frame-ancestors`: any page, or an origin, all below a name with `*.`."""
Audience = Literal["no", "here", "anybody"]


class PolicyError(AtlasError, ValueError):
    """A setting in the environment that cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How the server stands towards strangers.

    `proxies` is the number of proxies whose headers are believed; `per_minute` how many data
    files a client may fetch in a minute on average, and at once; 0 means no limit. `mcp` offers
    the tools of `dashboard.assistants`. `prefix` is the path that the atlas stands under, see
    `dashboard.web.root`. `hosts` are the names that the site is reached by, one with
    a dot before it for all below it; none means any. `framers` are the origins whose pages may
    frame a figure under /embed/; none means the site alone. `own` says who sees the figures that
    a reader has brought along: nobody, he at this machine, or anybody who reaches the server but
    through a proxy; `own_to_assistants` that tools show them, too.
    """

    proxies: int = 0
    per_minute: int = 120
    mcp: bool = False
    prefix: str = ""
    hosts: tuple[str, ...] = ()
    framers: tuple[str, ...] = ()
    own: Audience = "no"
    own_to_assistants: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Policy:
        """Read the policy of a production server.

        Raises
        ------
        PolicyError
            If a variable holds no number, or no origins.
        PrefixError
            If the prefix is no path.
        """
        usual = cls()
        return cls(
            proxies=_count(environ, TRUST_PROXY, usual.proxies),
            per_minute=_count(environ, RATE, usual.per_minute),
            mcp=environ.get(MCP) == "1",
            prefix=read_prefix(environ.get(PREFIX, "")),
            hosts=names_in(environ.get(HOSTS, "")),
            framers=read_framers(environ.get(FRAMERS, "")),
        )


def names_in(given: str) -> tuple[str, ...]:
    """Return the names of hosts in a list with commas."""
    return tuple(name for part in given.split(",") if (name := part.strip()))


def read_framers(given: str) -> tuple[str, ...]:
    """Return the origins in a list with commas.

    Raises
    ------
    PolicyError
        If one is no origin.
    """
    found = names_in(given)
    wrong = [one for one in found if not ORIGIN.fullmatch(one)]
    if wrong:
        told = (text(lang)("web.bad_framers", names=", ".join(wrong)) for lang in LANGUAGES)
        raise PolicyError("\n".join(told))
    return found


def _count(environ: Mapping[str, str], name: str, usual: int) -> int:
    given = environ.get(name, "")
    if not given:
        return usual
    if not (given.isascii() and given.isdecimal()):
        message = "\n".join(text(lang)("web.bad_setting", name=name) for lang in LANGUAGES)
        raise PolicyError(message)
    return int(given)


def believe_proxies(server: Flask, proxies: int) -> None:
    """Take the client's address, scheme and path from proxy headers, only where told to.

    The path is what the nearest proxy that names one says: proxies do not add to it.
    """
    if proxies:
        server.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            server.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0, x_prefix=1
        )


def cap_requests(server: Flask, streamed: str = "") -> None:
    """Refuse what is too long to be meant: 413 for a body, 414 for an address.

    The body at the path `streamed` is a table, of which the length must be told (else 411) and
    which is left to be read block by block.

    A body is read here, so that one which breaks off or is cut into chunks that are none is
    refused with 400, whatever the server's reader raises.
    """

    @server.before_request
    def cap() -> None:
        if request.path == streamed:
            request.max_content_length = MAX_UPLOAD
            if request.content_length is None:
                abort(411)
            if request.content_length > MAX_UPLOAD:
                abort(413)
            return
        most = MAX_DRAWING if request.path.startswith(EXPORT) else MAX_BODY
        # A body without a stated length is cut at this many bytes, not refused: one too many tells.
        request.max_content_length = most + 1
        if (request.content_length or 0) > most:
            abort(413)
        if len(request.query_string) > MAX_QUERY or len(request.path) > MAX_PATH:
            abort(414)
        try:
            size = len(request.get_data())
        except HTTPException:
            raise
        except Exception:  # noqa: BLE001 - each server has its own
            abort(400)
        if size > most:
            abort(413)


def check_callbacks(server: Flask, callbacks: Callable[[], Mapping[str, Any]]) -> None:
    """Refuse with 400 what no page would send to a callback, before Dash reads it.

    Values may be anything; which components they claim to come from must be those of the
    callback.
    """

    @server.before_request
    def check() -> None:
        if request.path not in {CALLBACK, MESSAGES} or request.method != "POST":
            return
        try:
            body = request.get_json(silent=True)
        except RecursionError:
            body = None
        if not (is_message(body) if request.path == MESSAGES else fits(body, callbacks())):
            abort(400)


def is_message(body: Any) -> bool:  # noqa: ANN401 - any JSON
    """Tell whether a body is a message to the tools for assistants."""
    if not isinstance(body, dict) or not isinstance(body.get("method"), str):
        return False
    return isinstance(body.get("params") or {}, dict)


def fits(body: Any, callbacks: Mapping[str, Any]) -> bool:  # noqa: ANN401 - any JSON
    """Tell whether a body asks a callback that there is for what it gives."""
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return False
    known = callbacks.get(body["output"])
    changed = body.get("changedPropIds", [])
    return (
        known is not None
        and "callback" in known
        and isinstance(changed, list)
        and all(isinstance(one, str) for one in changed)
        and _same(body.get("inputs", []), known["inputs"])
        and _same(body.get("state", []), known["state"])
        and _targets(body.get("outputs"), body["output"])
    )


def _same(given: Any, known: list[Mapping[str, str]]) -> bool:  # noqa: ANN401 - any JSON
    if not isinstance(given, list) or len(given) != len(known):
        return False
    return all(_is(one, wanted) for one, wanted in zip(given, known, strict=True))


def _is(one: Any, wanted: Mapping[str, str]) -> bool:  # noqa: ANN401 - any JSON
    if not isinstance(one, dict):
        return False
    return one.get("id") == wanted["id"] and one.get("property") == wanted["property"]


def _targets(given: Any, output: str) -> bool:  # noqa: ANN401 - any JSON
    """Tell whether `outputs` spell out what `output` says in one string."""
    several = output.startswith("..")
    known = [name.rpartition(".")[::2] for name in output.strip(".").split("...")]
    listed = given if several else [given]
    if not isinstance(listed, list) or len(listed) != len(known):
        return False
    return all(
        isinstance(one, dict) and one.get("id") == id_ and _bare(one.get("property")) == _bare(prop)
        for one, (id_, prop) in zip(listed, known, strict=True)
    )


def _bare(name: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a property without the mark of a second writer."""
    return name.partition("@")[0] if isinstance(name, str) else name
