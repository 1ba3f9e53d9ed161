"""Where the atlas stands on its host: at the root, or under a path that a proxy gives it.

Inside, every address begins at "/". On the way out `rooted` puts the path before it, on the way in
`Under` takes it off, whether the proxy has done so or not; so nothing else knows of it. The path
is WSGI's SCRIPT_NAME (PEP 3333): that of a trusted proxy's X-Forwarded-Prefix, else the one set.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dash import Dash
from dash._utils import AttributeDict
from flask import Flask, Response, has_request_context, redirect, request

from dashboard.text import text
from dashboard.web.dash_scripts import needed
from dashboard.web.shipped import ASSETS
from geodata.errors import AtlasError
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

FORWARDED: Final = "X-Forwarded-Prefix"
FORM: Final = re.compile(r"(?:/(?!\.+(?:/|$))[A-Za-z0-9._~-]{1,60}){1,8}")
"""One slash before each part: two would name another host in a link."""
HEAD: Final = """<script src="{root}/assets/first.js"></script>
<link rel="icon" href="data:image/svg+xml,{icon}">
<link rel="alternate" type="application/atom+xml" href="{root}/data/news.atom">"""
"""What comes ahead of all else on a page: the reader's look, so that no other flashes up. A browser
would ask for the sign anew whenever the title changes, and be sent more of headers than of it."""
MOVED: Final = 308


class PrefixError(AtlasError, ValueError):
    """A path that the atlas cannot stand under; the message is in both languages."""


def read_prefix(given: str) -> str:
    """Return a path without its closing slash; "" for the root of the host.

    Raises
    ------
    PrefixError
        If it is no path of plain letters, digits and `._~-`.
    """
    path = given.rstrip("/")
    if path and not FORM.fullmatch(path):
        raise PrefixError("\n".join(text(lang)("web.bad_prefix") for lang in LANGUAGES))
    return path


def root() -> str:
    """Return the path that the reader's address begins with, as `/atlas`; "" at the root."""
    return request.script_root if has_request_context() else ""


def rooted(path: str) -> str:
    """Return the address of a path of the atlas, which begins with "/", on the reader's host."""
    return root() + path


def head(under: str) -> str:
    """Return what comes ahead of all else on a page that stands under a path."""
    return HEAD.format(root=under, icon=icon())


@cache
def icon() -> str:
    """Return the atlas's own sign as an address writes it."""
    return quote((ASSETS / "favicon.svg").read_text(encoding="utf-8").strip(), safe=" =(),'")


class Under:
    """Sets SCRIPT_NAME, and takes the path off an address from which no proxy has taken it.

    Parameters
    ----------
    application
        Answers requests at the root.
    prefix
        The path where no proxy names another.
    taken
        First parts of the atlas's own addresses. A path may not begin with one of them: whether
        it was taken off already could not be told.
    """

    def __init__(
        self, application: Callable[..., Iterable[bytes]], prefix: str, taken: frozenset[str]
    ) -> None:
        self._application, self._prefix, self._taken = application, prefix, taken

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:  # noqa: ANN401
        """Answer one request."""
        told = str(environ.get("SCRIPT_NAME") or "").rstrip("/")
        known = FORM.fullmatch(told) and told.split("/")[1] not in self._taken
        path, here = environ.get("PATH_INFO", ""), told if known else self._prefix
        environ["SCRIPT_NAME"] = here
        if here and (path + "/").startswith(here + "/"):
            environ["PATH_INFO"] = path[len(here) :]
        return self._application(environ, start)


def stand_under(server: Flask, prefix: str, pages: Iterable[str], *, forwarded: bool) -> None:
    """Answer under a path; call this when all addresses of the server are there.

    Parameters
    ----------
    server
        The server.
    prefix
        The path, as `read_prefix` returns it.
    pages
        Addresses that no rule of the server names one by one.
    forwarded
        A trusted proxy may name another one, so that an answer depends on what it says.

    Raises
    ------
    PrefixError
        If the path begins like an address of the atlas itself.
    """
    paths = [*(rule.rule for rule in server.url_map.iter_rules()), *pages]
    firsts = (path.split("/")[1] for path in paths)
    taken = frozenset(first for first in firsts if first and not first.startswith("<"))
    if prefix and prefix.split("/")[1] in taken:
        raise PrefixError("\n".join(text(lang)("web.bad_prefix") for lang in LANGUAGES))
    server.wsgi_app = Under(server.wsgi_app, prefix, taken)  # type: ignore[assignment, method-assign]

    @server.before_request
    def close() -> Any:  # noqa: ANN401 - an answer, or none
        """Lead from `/atlas` to `/atlas/`."""
        if root() and not request.environ["PATH_INFO"]:
            query = request.query_string.decode("ascii", "ignore")
            return redirect(f"{root()}/{query and '?'}{query}", MOVED)
        return None

    if forwarded:

        @server.after_request
        def depend(response: Response) -> Response:
            response.vary.add(FORWARDED)
            return response


class Settings(AttributeDict):
    """Settings of Dash; the path before its addresses is that of the request."""

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - any setting
        """Return a setting."""
        return rooted("/") if name == "requests_pathname_prefix" else super().__getitem__(name)


class RootedDash(Dash):
    """Dash, whose one page is written anew for each reader, with that reader's path in it."""

    asks: Callable[[str], Mapping[str, str]] = staticmethod(lambda _: {})
    """Gives what the page at a path asks for besides, by part of the index."""
    says: Callable[[str], Mapping[str, str]] = staticmethod(lambda _: {})
    """Gives what the page at a path says before any script has run, by its place in the index."""
    _naming = Lock()

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401 - those of Dash
        super().__init__(*arguments, **settings)
        self.config = Settings(self.config)

    def _setup_server(self) -> None:
        """Let nobody past who comes while Dash names its scripts for the first reader.

        Dash itself notes that as done when it begins, and answers 404 to whoever asks a process
        for a script meanwhile: the page of a site's first reader stayed empty.
        """
        with self._naming:
            super()._setup_server()  # type: ignore[no-untyped-call]

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """Return the page with the atlas's own sign, and what it asks for besides and needs."""
        shown = {**parts, "favicon": head(root()), "scripts": needed(parts["scripts"])}
        for name, more in self.asks(request.path).items():
            shown[name] += more
        page = str(super().interpolate_index(**shown))  # type: ignore[no-untyped-call]
        for place, words in self.says(request.path).items():
            page = page.replace(f"{{={place}=}}", escape(words))
        return page
