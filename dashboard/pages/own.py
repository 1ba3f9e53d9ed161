"""The page /own: bring a table, see what would become of it, keep it, see it on the map.

It exists in the application for the reader at this machine alone and needs no callback. What
changes something is done only with the token of the start: no page of another site has it.
"""

from __future__ import annotations

import re
import secrets
import threading
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

from flask import Flask, Response, abort, jsonify, request, send_file

from dashboard.pages.own_firms import preview_firms, which_system
from dashboard.pages.own_page import page
from dashboard.pages.own_preview import Settings, preview
from dashboard.pages.own_spots import serve_spots
from dashboard.pages.plain import spoken
from dashboard.text import text
from dashboard.web.limits import MAX_UPLOAD
from dashboard.web.local import OWN_PAGE, UPLOAD
from dashboard.web.root import rooted
from geodata.ids import OWN_ID, OWN_KINDS, OWN_SYSTEMS
from geodata.own import incoming, store
from geodata.own.asking import undated
from geodata.own.columns import checked
from geodata.own.errors import OwnError
from geodata.own.importing import keep, read_own
from geodata.own.reading import read_columns
from geodata.own.records import REFUSED, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.scene import Scene
    from dashboard.web.local import Local
    from geodata.errors import AtlasError
    from geodata.own.firms.importing import FirmsRead
    from geodata.records import Lang

TOKEN: Final = "X-Own-Token"  # noqa: S105 - the name of a header
CALLED: Final = "X-File-Name"
BLOCK: Final = 2**20
SLUG: Final = re.compile(r"[^a-z0-9]+")
LEAST_NAME: Final = "table"
"""What a set is called by itself whose file has no letter of the alphabet in its name."""


class Desk:
    """The last table that was looked at, so that keeping it reads nothing again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: tuple[Settings, Outcome | FirmsRead] | None = None

    def outcome(self, asked: Settings) -> Outcome | FirmsRead:
        """Return what becomes of a file.

        Raises
        ------
        OwnError
            If it cannot be read, or is not here any more.
        """
        with self._lock:
            if self._last is None or self._last[0] != asked:
                self._last = None
                try:
                    self._last = asked, _read(asked)
                except OwnError as error:
                    # The reader knows the file by his own name of it.
                    told = {**error.fields, "file": asked.called}
                    raise OwnError(of=error.of, **told) from None
            return self._last[1]


def _read(asked: Settings) -> Outcome | FirmsRead:
    """Read a file as what it is said to be, or else by its columns."""
    path = incoming.path_of(asked.number)
    read = read_columns(path, str(asked.said.get("sheet", "")))
    if asked.kind != OWN_KINDS[0]:
        from geodata.own.firms.importing import read_firms  # noqa: PLC0415 - geometry, for firms
        from geodata.own.firms.register import KEYS, is_register  # noqa: PLC0415

        if asked.kind or is_register(read.header):
            said = checked(dict(asked.said), "", KEYS)
            system = asked.system or None
            return read_firms(path, asked.name, said, asked.year, system=system, read=read)
    return read_own(path, asked.name, checked(dict(asked.said), ""), asked.year, read=read)


def serve(server: Flask, scene: Scene, local: Local, names: Sequence[tuple[str, str]]) -> None:
    """Answer the page and what it asks; `names` are path and name of the other pages."""

    @server.errorhandler(OwnError)
    def refused(error: OwnError) -> tuple[Response, int]:
        return told(error)

    @server.before_request
    def check() -> None:
        writes = request.method not in {"GET", "HEAD"}
        if writes and request.path.startswith(f"{OWN_PAGE}/"):
            given = request.headers.get(TOKEN, "")
            if not secrets.compare_digest(given.encode(), local.token.encode()):
                abort(HTTPStatus.FORBIDDEN)

    @server.get(OWN_PAGE)
    def show() -> Response:
        answer = Response(page(scene, local, names, spoken()), mimetype="text/html")
        answer.cache_control.no_store = True
        return answer

    _take_in(server, scene)
    _look_after(server)
    serve_spots(server, scene)


def _take_in(server: Flask, scene: Scene) -> None:
    """Connect a file's way: received, looked at, kept."""
    desk = Desk()

    @server.put(UPLOAD)
    def upload() -> Response:
        number = incoming.receive(blocks(), MAX_UPLOAD)
        called = incoming.plain_name(unquote(request.headers.get(CALLED, "")))
        return jsonify({"number": number, "called": called, "name": slug(called)})

    @server.post(f"{OWN_PAGE}/preview")
    def look() -> Response:
        asked = settings()
        if "said" not in body():
            asked = remembered(asked, desk)
        return Response(previewed(desk, asked, scene), mimetype="text/html")

    @server.post(f"{OWN_PAGE}/keep")
    def hold() -> Response:
        asked = settings()
        stored = kept(desk.outcome(asked), asked)
        incoming.forget(asked.number)
        return jsonify({"address": shown_at(stored, spoken())})


def previewed(desk: Desk, asked: Settings, scene: Scene) -> str:
    """Return what is shown of a file; of points in no system that can be told, the question."""
    t = text(spoken())
    try:
        outcome = desk.outcome(asked)
    except OwnError as error:
        if error.of != "which_system":
            raise
        return which_system(asked, t)
    if isinstance(outcome, Outcome):
        return preview(outcome, asked, scene, t)
    return preview_firms(outcome, asked, t)


def kept(outcome: Outcome | FirmsRead, asked: Settings) -> store.Stored:
    """Keep what was looked at.

    Raises
    ------
    OwnError
        If it tells no year, or cannot be kept.
    """
    about = {"map": asked.said, "year": asked.year, "kind": asked.kind, "system": asked.system}
    path = incoming.path_of(asked.number)
    if isinstance(outcome, Outcome):
        if undated(outcome):
            raise OwnError(of="undated")
        return keep(outcome, path, asked.name, asked.called, about)
    if not any(one.year for one in outcome.figures):
        raise OwnError(of="undated")
    from geodata.own.firms.importing import keep_firms  # noqa: PLC0415 - geometry, for firms

    return keep_firms(outcome, path, asked.name, asked.called, about)


def _look_after(server: Flask) -> None:
    """Connect what can be done with a set: its refused rows taken away, all of it removed."""

    @server.post(f"{OWN_PAGE}/remove")
    def remove() -> Response:
        store.remove(str(body().get("name", "")))
        return jsonify({})

    @server.get(f"{OWN_PAGE}/refused/<name>.csv")
    def refusals(name: str) -> Response:
        path = store.load(name).folder / REFUSED
        return send_file(path, "text/csv", as_attachment=True, download_name=f"{name}-refused.csv")


def told(error: AtlasError) -> tuple[Response, int]:
    """Return the sentence of a fault in the reader's language."""
    zh, _, en = str(error).partition("\n")
    said = en if spoken() == "en" else zh
    return jsonify({"said": said or zh}), HTTPStatus.UNPROCESSABLE_ENTITY


def blocks() -> Iterator[bytes]:
    """Yield the body of a request block by block."""
    while block := request.stream.read(BLOCK):
        yield block


def body() -> dict[str, Any]:
    """Return what a request says; 400 where it is no object of JSON."""
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        abort(HTTPStatus.BAD_REQUEST)
    return given


def settings() -> Settings:
    """Return what is asked of a file."""
    given = body()
    year, said = given.get("year"), given.get("said", {})
    if not isinstance(said, dict) or not isinstance(year, int | None) or isinstance(year, bool):
        abort(HTTPStatus.BAD_REQUEST)
    name, called = str(given.get("name", "")), incoming.plain_name(str(given.get("called", "")))
    kind, system = (str(given.get(one) or "") for one in ("kind", "system"))
    if kind not in {"", *OWN_KINDS} or system not in {"", *OWN_SYSTEMS}:
        abort(HTTPStatus.BAD_REQUEST)
    return Settings(str(given.get("number", "")), called, name, year, said, kind, system)


def remembered(asked: Settings, desk: Desk) -> Settings:
    """Return what was said of the last table of this name, where it fits this one, too."""
    if asked.name not in store.names():
        return asked
    told = store.load(asked.name).manifest.get("said") or {}
    before = {one: told.get(one) or "" for one in ("kind", "system")}
    if asked.kind and asked.kind != before["kind"]:
        return asked
    again = replace(asked, said=told.get("map", {}), year=told.get("year"), **before)
    try:
        desk.outcome(again)
    except OwnError:
        return asked
    return again


def slug(called: str) -> str:
    """Return how a set may be called after its file."""
    plain = SLUG.sub("-", called.rpartition(".")[0].lower()).strip("-0123456789")
    return plain[:40].rstrip("-") or LEAST_NAME


def shown_at(stored: store.Stored, lang: Lang) -> str:
    """Return the address of the map of the first figures of a set."""
    first = next(at for at, one in enumerate(stored.manifest["measures"], 1) if any(one["years"]))
    query = f"?indicator={quote(f'{OWN_ID}{stored.name}.{first}')}"
    return rooted("/") + query + ("&lang=en" if lang == "en" else "")
