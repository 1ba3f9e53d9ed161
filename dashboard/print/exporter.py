"""From an exhibit to its files: pictures, table, sources and the bundle of all of them."""

from __future__ import annotations

import json
import struct
import zlib
from html import escape
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from dashboard.print import about, bundle, checks, handed_in, packet, tables
from dashboard.print.chrome import Shot
from dashboard.print.errors import ExportError
from dashboard.print.sheet import Sheet, sheet
from dashboard.print.svg import ON_A_PAGE, Head, finished
from dashboard.text import text, tongue
from dashboard.web import journal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.print.chrome import Chrome
    from dashboard.print.exhibit import Exhibit
    from dashboard.print.paper import Print

PICTURES: Final = ("svg", "png", "pdf")
SUFFIXES: Final = {"bundle": "zip", "packet": packet.SUFFIX}
MIME: Final = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "bundle": "application/zip",
    "packet": "application/zip",
    "json": "application/json",
}
LINKED: Final = frozenset({"pdf", "xlsx", "bundle", "packet"})
"""Kinds that say the address of their view; of the others there is one for all addresses."""
INCH: Final = 25.4
PNG_HEAD: Final = 33
"""Bytes of a PNG's signature and header, after which its resolution stands."""


class Exporter:
    """Makes the files of exhibits.

    Parameters
    ----------
    chrome
        Draws the pictures.
    """

    def __init__(self, chrome: Chrome) -> None:
        self._chrome = chrome

    def file(
        self,
        kind: str,
        exhibits: list[Exhibit],
        choice: Print,
        link: str,
        *,
        patient: bool = False,
    ) -> bytes:
        """Return one file of an exhibit.

        Parameters
        ----------
        kind
            A key of `MIME`; "json" is the figure for a browser to draw.
        exhibits
            The figure in each language asked for, the leading one first.
        choice
            Size, palette, resolution.
        link
            The address of the view, for tables and the bundle.
        patient
            Wait for Chrome where others are before.

        Raises
        ------
        ExportError
            Where a picture cannot be made; nothing is half done.
        """
        if kind == "json":
            made = sheet(exhibits, choice)
            return own_browser(made, self._chrome.outlined(made.figure), choice)
        if kind == "csv":
            return tables.csv_of(exhibits[0])
        if kind == "xlsx":
            return tables.xlsx_of(exhibits[0], link, choice.date)
        if kind == "packet":
            figure = self.packed(exhibits, choice, link, patient=patient)
            return packet.zipped([figure], packet.Told(link, choice.date))
        kinds = PICTURES if kind == "bundle" else (kind,)
        pictures = self._pictures(kinds, exhibits, choice, link, patient=patient)
        return (
            bundle.zipped(pictures, exhibits, link, choice.date)
            if kind == "bundle"
            else pictures[kind]
        )

    def finish(self, drawn: bytes, exhibits: list[Exhibit], choice: Print) -> bytes:
        """Return the SVG of a figure that a reader's browser drew, as `file` would.

        Parameters
        ----------
        drawn
            What was handed in, which may be anything.
        exhibits, choice
            As in `file`.

        Raises
        ------
        ExportError
            Where it is not what a page draws, or the figure has no room.
        """
        main, made = exhibits[0], sheet(exhibits, choice)
        with handed_in.doubted():
            svg = finished_svg(handed_in.plotted(drawn), made, main)
            handed_in.require_known(svg)
            passed(svg, made, main, choice)
        return svg.encode()

    def packed(
        self, exhibits: list[Exhibit], choice: Print, link: str, *, patient: bool = False
    ) -> packet.Packed:
        """Return a figure as a packet holds it; parameters and errors as `file`."""
        made = self._pictures(packet.VECTORS, exhibits, choice, link, patient=patient)
        return packet.Packed(exhibits, made)

    def _pictures(
        self,
        kinds: Sequence[str],
        exhibits: list[Exhibit],
        choice: Print,
        link: str,
        *,
        patient: bool,
    ) -> dict[str, bytes]:
        """Return pictures by kind; the SVG is drawn once, and tells whether any may leave."""
        main, made = exhibits[0], sheet(exhibits, choice)
        shot = Shot("svg", made.width, made.height, 1)
        drawn = self._chrome.picture(made.figure, shot, patient=patient)
        plotted = ET.fromstring(drawn)  # noqa: S314 - drawn by our own Chrome
        svg = finished_svg(plotted, made, main)
        passed(svg, made, main, choice)
        pictures = {"svg": svg.encode()}
        if "png" in kinds:
            shot = Shot("png", made.width, made.height, made.zoom * choice.dpi / 96)
            drawn = self._chrome.picture(made.figure, shot, patient=patient)
            pictures["png"] = with_resolution(drawn, choice.dpi)
        if "pdf" in kinds:
            pictures["pdf"] = self._chrome.document(
                alone(svg, made, main), about.of_figure(exhibits, link)
            )
        return {kind: pictures[kind] for kind in kinds}


def passed(svg: str, made: Sheet, main: Exhibit, choice: Print) -> None:
    """Refuse a figure whose words are cut or smaller than its use allows; name lesser faults.

    Raises
    ------
    ExportError
        With the first of the grave faults.
    """
    frame = checks.frame_of(made.figure, made.width, made.height)
    found = checks.faults(svg, choice.paper.use, made.zoom, frame)
    if grave := [one for one in found if one.kind in checks.GRAVE]:
        told = text(main.lang)
        kind = told(f"export.fault_{grave[0].kind.replace(' ', '_')}")
        raise ExportError(told("export.faulty", title=main.title, kind=kind, what=grave[0].what))
    for one in found:
        fields = {"figure": main.stem, "fault": str(one)}
        journal.faults.warning("a figure has a fault", extra={"fields": fields})


def own_browser(made: Sheet, figure: Mapping[str, Any], choice: Print) -> bytes:
    """Return the figure as the reader's own browser draws it, where the server has no Chrome."""
    told = {
        "figure": figure,
        "width": made.width,
        "height": made.height,
        "scale": made.zoom * choice.dpi / 96,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def finished_svg(plotted: ET.Element, made: Sheet, main: Exhibit) -> str:
    """Return a drawing as SVG 1.1 of its true size, titled and described for those who hear it."""
    units = (made.width, made.height)
    return finished(plotted, Head(made.millimetres, units, tongue(main.lang), main.title, main.alt))


def alone(svg: str, made: Sheet, main: Exhibit) -> str:
    """Return the page that holds a figure and nothing else, to be printed.

    What stands in a page itself keeps its words in the PDF as they were written; a picture that a
    page refers to loses some and exchanges others for characters of the same shape.
    """
    width, height = made.millimetres
    size = f"@page {{ size: {width}mm {height}mm; margin: 0 }} body {{ margin: 0 }}"
    style = f"{size} svg {{ display: block }} {ON_A_PAGE}"
    return (
        f'<!doctype html><html lang="{tongue(main.lang)}"><head><meta charset="utf-8">'
        f"<title>{escape(main.title)}</title><style>{style}</style>"
        f"</head><body>{svg}</body></html>"
    )


def with_resolution(png: bytes, dpi: int) -> bytes:
    """Write into a PNG how many pixels make a metre, so that it is placed at its true size."""
    per_metre = round(dpi / INCH * 1000)
    chunk = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    block = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:PNG_HEAD] + block + png[PNG_HEAD:]
