"""The site: one application for everybody, and one for the reader at this machine with his own.

They share nothing that is kept: no answer made with own figures can reach anybody else.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dashboard.app import create_app, drawer
from dashboard.web.local import Local, asks_here
from geodata.own import store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask

    from dashboard.web.limits import Policy
    from dashboard.web.stale import Stale
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest
    from geodata.own.errors import OwnError

Versions = tuple[tuple[str, str], ...]


class Site:
    """A WSGI application; what it shows of own figures follows the folder they are kept in.

    Parameters
    ----------
    atlas, manifest, stale
        As for `create_app`.
    policy
        How the server stands towards strangers; `own` says who may see own figures.
    """

    def __init__(
        self, atlas: Atlas, manifest: Manifest, policy: Policy, stale: Stale | None = None
    ) -> None:
        self._made_of = atlas, manifest, policy, stale
        self._policy = policy
        self._chrome = drawer(manifest)
        self._lock = threading.Lock()
        self._token = secrets.token_urlsafe()
        self._owned: tuple[Versions, Flask] | None = None
        if policy.own == "no":
            _ = self._published
        else:
            self._with_own()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - of WSGI
        """Answer a request by the application that is for whoever asks."""
        own = self._policy.own
        if own != "no" and asks_here(environ, anywhere=own == "anybody"):
            return self._with_own()(environ, start_response)
        return self._published(environ, start_response)

    def close(self) -> None:
        """End the program that draws."""
        self._chrome.close()

    @cached_property
    def _published(self) -> Flask:
        atlas, manifest, policy, stale = self._made_of
        # Tools are of the whole process: where they show own figures, others are offered none.
        policy = replace(policy, mcp=policy.mcp and not policy.own_to_assistants)
        server: Flask = create_app(atlas, manifest, policy, stale, chrome=self._chrome).server
        return server

    def _with_own(self) -> Flask:
        """Return the application with the sets as they stand; it is made anew when they change."""
        with self._lock:
            versions = store.versions()
            if self._owned is None or self._owned[0] != versions:
                self._owned = versions, self._make()
            return self._owned[1]

    def _make(self) -> Flask:
        atlas, manifest, policy, stale = self._made_of
        faults: dict[str, OwnError] = {}
        local = Local(atlas, self._token, self._policy.own_to_assistants, faults)
        own = atlas.with_own(store.names(), faults.__setitem__)
        app = create_app(own, manifest, policy, stale, chrome=self._chrome, local=local)
        server: Flask = app.server
        return server
