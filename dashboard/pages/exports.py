"""Answers the addresses that figures are taken away by: /export/<page>/<chart>.<kind>?<view>."""

from __future__ import annotations

import io
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, request, send_file

from dashboard.data.formats import digest
from dashboard.pages.gallery import Gallery, charts_of
from dashboard.print import paper
from dashboard.print.errors import BusyError, ExportError, NoChromeError
from dashboard.print.exporter import MIME, SUFFIXES
from dashboard.print.names import disposition
from dashboard.print.paper import Print
from dashboard.view import parse
from dashboard.web.wire import EXPORT

if TYPE_CHECKING:
    from dashboard.print.drawing_lock import DrawingLock
    from dashboard.print.exporter import Exporter
    from dashboard.view import View

RETRY_SECONDS = 2
DATA = frozenset({"csv", "xlsx", "json"})
"""What is made without Chrome, in no time."""
STATUS: tuple[tuple[type[ExportError], int], ...] = (
    (BusyError, 503),
    (NoChromeError, 501),
    (ExportError, 422),
)


def serve(server: Flask, gallery: Gallery, exporter: Exporter, turn: DrawingLock) -> None:
    """Answer requests for figures with a file to keep, or with a sentence."""
    usual, _ = parse("", gallery.scene.vocabulary)

    @server.get(f"{EXPORT}<name>/<chart>.<kind>")
    def take(name: str, chart: str, kind: str) -> Response:
        page = gallery.page(name)
        if page is None or chart not in charts_of(page) or kind not in MIME:
            abort(404)
        view, _ = parse(request.query_string.decode(errors="replace"), gallery.scene.vocabulary)
        choice, _ = paper.read(request.args, view.lang)
        try:
            with nullcontext() if kind in DATA else turn.taken():
                exhibits = gallery.exhibits(page, chart, view, choice)
                link = gallery.link(request.root_url, page, view)
                content = exporter.file(kind, exhibits, choice, link)
        except ExportError as error:
            return refused(error)
        suffix = SUFFIXES.get(kind, kind)
        plain = f"{exhibits[0].plain}{told_apart(view, usual, choice)}.{suffix}"
        response = send_file(io.BytesIO(content), mimetype=MIME[kind])
        response.headers["Content-Disposition"] = disposition(f"{exhibits[0].stem}.{suffix}", plain)
        response.cache_control.no_store = True
        return response


def told_apart(view: View, usual: View, choice: Print) -> str:
    """Return what the plain name of a file ends in, so that other views and prints have others."""
    chosen = replace(choice, date="")
    return "" if (view, chosen) == (usual, Print()) else f"_{digest(f'{view.query()} {chosen}')}"


def refused(error: ExportError) -> Response:
    """Return the sentence of an error, with a status by which the page knows what to do."""
    status = next(code for kind, code in STATUS if isinstance(error, kind))
    response = Response(f"{error}\n", status=status, mimetype="text/plain")
    if status == STATUS[0][1]:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
