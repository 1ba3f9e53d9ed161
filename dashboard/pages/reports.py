"""Answers /report/place.<kind>?<view> with the report on a place, as the line makes it too."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from flask import Flask, Response, abort, request, send_file

from dashboard.pages.exports import BUDGET, asked, refused, told_apart
from dashboard.pages.gallery import all_panels
from dashboard.pages.place import PATH, TAKEN
from dashboard.print import paper, report_page, report_slides, report_word
from dashboard.print.about import of_report
from dashboard.print.budget import spending, weighed
from dashboard.print.errors import ExportError
from dashboard.print.names import disposition
from dashboard.print.paper import Print
from dashboard.print.report import about, report
from dashboard.web.kept import File
from dashboard.web.wire import REPORT

if TYPE_CHECKING:
    from dashboard.pages.exports import Files
    from dashboard.pages.gallery import Gallery
    from dashboard.print.chrome import Chrome
    from dashboard.print.exhibit import Exhibit
    from dashboard.print.exporter import Exporter
    from dashboard.print.report import Report
    from dashboard.view import View
    from geodata.records import Lang, Place

OFFICE: Final = "application/vnd.openxmlformats-officedocument"
MEDIA: Final = (
    f"{OFFICE}.wordprocessingml.document",
    f"{OFFICE}.presentationml.presentation",
    "application/pdf",
)
KINDS: Final = dict(zip(TAKEN, MEDIA, strict=True))
"""Suffix of a report → its media type."""


def gathered(gallery: Gallery, place: Place, view: View, site: str) -> Report:
    """Return a report on a place, with the address of its page on a site."""
    scene = gallery.scene
    found = report(scene, place, view, scene.context(view), all_panels(gallery.pages))
    return replace(found, link=gallery.link(site, gallery.pages[PATH], about(view, place)))


def document(
    told: Report, lang: Lang, kind: str, by: tuple[Exporter, Chrome], *, patient: bool
) -> bytes:
    """Return a report as a file of one of `KINDS`.

    Raises
    ------
    ExportError
        When a picture fails, or there is nobody to draw it.
    """
    exporter, chrome = by
    today = paper.read({}, lang)[0].date

    def picture(exhibit: Exhibit, choice: Print, form: str) -> bytes:
        return exporter.file(form, [exhibit], replace(choice, date=today), "", patient=patient)

    if kind == "pdf":
        return chrome.document(report_page.html_of(told, lang, picture), of_report(told, lang))
    make = report_word.docx_of if kind == "docx" else report_slides.pptx_of
    return make(told, lang, picture)


def plain_stem(place: Place, view: View, usual: View) -> str:
    """Return the name of a report in ASCII: its place, and a mark of all else that was chosen."""
    mark = told_apart(about(view, place), about(usual, place), Print())
    return f"place_{place.id.replace('/', '_')}{mark}"


def serve(server: Flask, files: Files, by: tuple[Exporter, Chrome]) -> None:
    """Answer requests for the report on the place of a view."""
    gallery = files.gallery
    usual, _ = gallery.asked(b"")

    @server.get(f"{REPORT}place.<kind>")
    def take_report(kind: str) -> Response:
        if kind not in KINDS:
            abort(404)
        view, _ = asked(gallery)
        place = gallery.scene.subject(view)

        def make() -> File:
            told = gathered(gallery, place, view, request.root_url)
            with spending(BUDGET):
                content = weighed(document(told, view.lang, kind, by, patient=False))
            return File(content, f"{told.stem}.{kind}", f"{plain_stem(place, view, usual)}.{kind}")

        try:
            file = files.in_turn((REPORT, kind, place.id, view), make)
        except ExportError as error:
            return refused(error)
        response = send_file(io.BytesIO(file.content), mimetype=KINDS[kind])
        response.headers["Content-Disposition"] = disposition(file.name, file.plain)
        response.cache_control.no_store = True
        return response
