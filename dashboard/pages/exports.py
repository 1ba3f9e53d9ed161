"""Answers the addresses that figures are taken away by: /export/<page>/<chart>.<kind>?<view>."""

from __future__ import annotations

import io
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, abort, request, send_file

from dashboard.data.formats import digest
from dashboard.pages.address import stray
from dashboard.pages.gallery import Gallery, charts_of, figures_of
from dashboard.print import paper
from dashboard.print.budget import Budget, spending, weighed
from dashboard.print.errors import BusyError, ChoiceError, CrampedError, ExportError, NoChromeError
from dashboard.print.exporter import LINKED, MIME, SUFFIXES
from dashboard.print.names import disposition
from dashboard.print.paper import Print
from dashboard.print.turn import SEATS, Turn
from dashboard.text import text
from dashboard.view import PARAMETERS, parse
from dashboard.web.kept import File, kept_files
from dashboard.web.rates import client_of
from dashboard.web.wire import EXPORT
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from dashboard.pages.page import Page
    from dashboard.print.exhibit import Exhibit
    from dashboard.print.exporter import Exporter
    from dashboard.view import View

RETRY_SECONDS = 2
ROOM = SEATS + 1
"""Readers who take something away, or wait for it, in one worker: a thread is left for pages."""
BUDGET = Budget()
KNOWN = frozenset({*PARAMETERS, *paper.PARAMETERS, "theme"})
"""What may stand in the address of a file; the theme is that of a figure to be embedded."""
DATA = frozenset({"csv", "xlsx", "json"})
"""What is made without Chrome."""
STATUS: tuple[tuple[type[ExportError], int], ...] = (
    (BusyError, 503),
    (CrampedError, 503),
    (NoChromeError, 501),
    (ChoiceError, 400),
    (ExportError, 422),
)


class Files:
    """Makes files for those who ask the server.

    What is asked again is given from memory; what is to be made waits for its reader's turn.

    Parameters
    ----------
    gallery
        The figures.
    exporter
        Makes the files.
    folder
        Where the workers keep the list of whose turn it is.
    """

    def __init__(self, gallery: Gallery, exporter: Exporter, folder: Path) -> None:
        self.gallery, self._exporter, self._kept = gallery, exporter, kept_files()
        room = threading.BoundedSemaphore(ROOM)
        self._drawing, self._writing = (Turn(folder, name, room) for name in ("drawing", "writing"))
        self._usual, _ = parse("", gallery.scene.vocabulary)

    def made(self, page: Page, chart: str, kind: str, view: View, choice: Print) -> File:
        """Return a file of a chart or table of a page.

        Raises
        ------
        ExportError
            Where it cannot be made.
        """
        link = self.gallery.link(request.root_url, page, view)
        # The figures never change while a server runs; the day of the print is in the choice.
        key = (page.name, chart, kind, view, choice, link if kind in LINKED else "")
        if (file := self._kept.get(key)) is not None:
            return file
        turn = self._writing if kind in DATA else self._drawing
        with turn.taken(client_of(request.remote_addr)), spending(BUDGET):
            if (file := self._kept.get(key)) is not None:
                return file
            exhibits = self.gallery.exhibits(page, chart, view, choice)
            content = weighed(self._exporter.file(kind, exhibits, choice, link))
            return self._kept.put(key, self._named(content, kind, exhibits[0], view, choice))

    def in_turn(self, key: tuple[Any, ...], make: Callable[[], File]) -> File:
        """Return what was made before, else what `make` makes when it is this reader's turn.

        Raises
        ------
        ExportError
            Where it cannot be made.
        """
        if (file := self._kept.get(key)) is not None:
            return file
        with self._drawing.taken(client_of(request.remote_addr)):
            return self._kept.get(key) or self._kept.put(key, make())

    def finished(self, drawn: bytes, page: Page, chart: str, view: View, choice: Print) -> File:
        """Return the SVG of a chart that the reader's browser drew; it is kept for nobody else.

        Raises
        ------
        ExportError
            Where it is not what a page draws, or cannot be made.
        """
        with self._drawing.taken(client_of(request.remote_addr)), spending(BUDGET):
            exhibits = self.gallery.exhibits(page, chart, view, choice)
            content = weighed(self._exporter.finish(drawn, exhibits, choice))
            return self._named(content, "svg", exhibits[0], view, choice)

    def _named(self, content: bytes, kind: str, main: Exhibit, view: View, choice: Print) -> File:
        suffix = SUFFIXES.get(kind, kind)
        plain = f"{main.plain}{told_apart(view, self._usual, choice)}.{suffix}"
        return File(content, f"{main.stem}.{suffix}", plain)


def serve(server: Flask, files: Files) -> None:
    """Answer requests for figures with a file to keep, or with a sentence."""
    gallery = files.gallery
    server.register_error_handler(ExportError, refused)

    @server.get(f"{EXPORT}<name>/<chart>.<kind>")
    def take(name: str, chart: str, kind: str) -> Response:
        page = gallery.page(name)
        if page is None or kind not in MIME or chart not in figures_of(page):
            abort(404)
        view, choice = asked(gallery)
        return handed_out(MIME[kind], lambda: files.made(page, chart, kind, view, choice))

    @server.post(f"{EXPORT}<name>/<chart>.svg")
    def finish(name: str, chart: str) -> Response:
        page = gallery.page(name)
        if page is None or chart not in charts_of(page):
            abort(404)
        if request.mimetype != MIME["svg"]:
            abort(415)
        view, choice = asked(gallery)
        drawn = request.get_data()
        return handed_out(MIME["svg"], lambda: files.finished(drawn, page, chart, view, choice))


def asked(gallery: Gallery) -> tuple[View, Print]:
    """Return the view and the print that the present request asks for.

    Raises
    ------
    ChoiceError
        Where it asks for what there is not: a file that leaves carries no notice beside it.
    """
    view, choice, wrong, strays = read(gallery)
    if wrong or strays:
        raise ChoiceError("\n".join(unused("web.bad_choice", wrong, strays)))
    return view, choice


def read(
    gallery: Gallery, known: Collection[str] = KNOWN
) -> tuple[View, Print, tuple[str, ...], tuple[str, ...]]:
    """Return what the present request asks for, and what of it cannot be used: see `unused`."""
    view, fallen = gallery.asked(request.query_string)
    choice, unknown = paper.read(request.args, view.lang)
    strays = stray(request.query_string.decode(errors="replace"), known)
    return view, choice, (*fallen, *unknown), strays


def unused(key: str, names: tuple[str, ...], strays: tuple[str, ...]) -> Iterator[str]:
    """Yield the sentence about what cannot be used of an address, in each language."""
    for lang in LANGUAGES:
        t = text(lang)
        said = (*names, *(t(f"web.stray_{kind}") for kind in strays))
        yield t(key, names=", ".join(dict.fromkeys(said)))


def handed_out(mimetype: str, make: Callable[[], File]) -> Response:
    """Return a file to keep under its name, or the sentence why there is none."""
    try:
        file = make()
    except ExportError as error:
        return refused(error)
    response = send_file(io.BytesIO(file.content), mimetype=mimetype)
    response.headers["Content-Disposition"] = disposition(file.name, file.plain)
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
