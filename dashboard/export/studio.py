"""From an exhibit to its files: pictures, table, sources and the bundle of all of them."""

from __future__ import annotations

import json
import re
import struct
import zlib
from html import escape
from typing import TYPE_CHECKING, Final

from dashboard.export import bundle, tables
from dashboard.export.chrome import Shot
from dashboard.export.paper import PER_MM
from dashboard.export.sheet import Sheet, sheet

if TYPE_CHECKING:
    from dashboard.export.chrome import Chrome
    from dashboard.export.exhibit import Exhibit
    from dashboard.export.paper import Print

PICTURES: Final = ("svg", "png", "pdf")
SUFFIXES: Final = {"bundle": "zip"}
MIME: Final = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "bundle": "application/zip",
    "json": "application/json",
}
INCH: Final = 25.4
PNG_HEAD: Final = 33
"""Bytes of a PNG's signature and header, after which its resolution stands."""


class Studio:
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
            return own_browser(sheet(exhibits, choice), choice)
        if kind == "csv":
            return tables.csv_of(exhibits[0])
        if kind == "xlsx":
            return tables.xlsx_of(exhibits[0], link)
        if kind == "bundle":
            made = sheet(exhibits, choice)
            pictures = {
                one: self._picture(one, made, exhibits[0], choice, patient=patient)
                for one in PICTURES
            }
            return bundle.zipped(pictures, exhibits, link)
        return self._picture(kind, sheet(exhibits, choice), exhibits[0], choice, patient=patient)

    def _picture(
        self, kind: str, made: Sheet, main: Exhibit, choice: Print, *, patient: bool
    ) -> bytes:
        scale = made.zoom * (choice.dpi / 96 if kind == "png" else 1)
        shot = Shot(kind, made.width, made.height, scale if kind != "svg" else 1)
        drawn = self._chrome.picture(made.figure, shot, patient=patient)
        if kind == "svg":
            return finished_svg(drawn.decode(), made, main).encode()
        return with_resolution(drawn, choice.dpi) if kind == "png" else drawn


def own_browser(made: Sheet, choice: Print) -> bytes:
    """Return the figure as the reader's own browser draws it, where the server has no Chrome."""
    told = {
        "figure": made.figure,
        "width": made.width,
        "height": made.height,
        "scale": made.zoom * choice.dpi / 96,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def finished_svg(drawn: str, made: Sheet, main: Exhibit) -> str:
    """Give an SVG its size in millimetres, and title and description for those who hear it."""
    width, height = (round(px * made.zoom / PER_MM, 2) for px in (made.width, made.height))
    head, _, rest = drawn.partition(">")
    head = re.sub(r'\s(width|height|viewBox|style)="[^"]*"', "", head)
    lang = "zh-Hans" if main.lang == "zh" else "en"
    return (
        f'{head} width="{width}mm" height="{height}mm" role="img" xml:lang="{lang}" '
        f'viewBox="0 0 {made.width} {made.height}">'
        f"<title>{escape(main.title)}</title><desc>{escape(main.alt)}</desc>{rounded(rest)}"
    )


def rounded(drawn: str) -> str:
    """Return the same SVG with path coordinates in hundredths of a pixel: half the bytes."""

    def short(path: re.Match[str]) -> str:
        return re.sub(r"\d+\.\d{3,}", lambda n: f"{float(n[0]):.2f}", path[0])

    return re.sub(r'\sd="[^"]*"', short, drawn)


def with_resolution(png: bytes, dpi: int) -> bytes:
    """Write into a PNG how many pixels make a metre, so that it is placed at its true size."""
    per_metre = round(dpi / INCH * 1000)
    chunk = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    block = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:PNG_HEAD] + block + png[PNG_HEAD:]
