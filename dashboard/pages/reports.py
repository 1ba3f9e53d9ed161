"""Answers /report/place.<kind>?<view>, and findings, with a report as the line makes it too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from flask import Flask, Response, abort, request

from dashboard.pages.exports import BUDGET, asked, handed_out, told_apart
from dashboard.pages.findings import PAGE as CLAIMS
from dashboard.pages.gallery import all_panels
from dashboard.pages.place import PATH
from dashboard.panels.taking import TAKEN
from dashboard.print import paper, report_page, report_slides, report_word
from dashboard.print.about import of_report
from dashboard.print.budget import spending, weighed
from dashboard.print.paper import Print
from dashboard.print.report import about, report
from dashboard.print.report_findings import findings_report
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
FINDINGS: Final = CLAIMS.name
"""What the report on claims is called, in addresses and on the line."""


def gathered(gallery: Gallery, place: Place, view: View, site: str) -> Report:
    """Return a report on a place, with the address of its page on a site."""
    scene = gallery.scene
    found = report(scene, place, view, scene.context(view), all_panels(gallery.pages))
    return replace(found, link=gallery.link(site, gallery.pages[PATH], about(view, place)))


def gathered_findings(gallery: Gallery, view: View, site: str) -> Report:
    """Return a report on the claims of the chosen part, with the address of their page."""
    scene, (panel,) = gallery.scene, CLAIMS.panels
    found = findings_report(scene, view, scene.context(view), panel)
    return replace(found, link=gallery.link(site, gallery.pages[CLAIMS.path], view))


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
    """Answer requests for the report on the place of a view, or on the claims beside its own."""
    gallery = files.gallery
    usual, _ = gallery.asked(b"")

    def on_place(view: View) -> tuple[Report, str]:
        place = gallery.scene.subject(view)
        return gathered(gallery, place, view, request.root_url), plain_stem(place, view, usual)

    def on_findings(view: View) -> tuple[Report, str]:
        part = gallery.scene.atlas.claims.finding(view.claim).claim.part
        mark = told_apart(replace(view, claim=usual.claim), usual, Print())
        return gathered_findings(gallery, view, request.root_url), f"{FINDINGS}_{part}{mark}"

    makers = {"place": on_place, FINDINGS: on_findings}

    @server.get(f"{REPORT}<name>.<kind>")
    def take_report(name: str, kind: str) -> Response:
        if name not in makers or kind not in KINDS:
            abort(404)
        view, _ = asked(gallery)

        def make() -> File:
            told, plain = makers[name](view)
            with spending(BUDGET):
                content = weighed(document(told, view.lang, kind, by, patient=False))
            return File(content, f"{told.stem}.{kind}", f"{plain}.{kind}")

        return handed_out(KINDS[kind], lambda: files.in_turn((REPORT, name, kind, view), make))
