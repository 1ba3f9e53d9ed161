"""What a PDF says of itself, and how its type is embedded."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from pypdf.generic import StreamObject

    from dashboard.print.about import About

DRAWN_LETTERS: Final = re.compile(rb"/Subtype\s*/Type3\b")


def described(document: bytes, about: About) -> bytes:
    """Add author, subject, keywords and dates to a PDF.

    They are appended (an incremental update, ISO 32000-1, 7.5.6), so that pages, tags and outline
    stay as Chrome wrote them; and once more as XMP (ISO 16684-1), which catalogues read.
    """
    from pypdf import PdfWriter  # noqa: PLC0415 - PDF alone needs it
    from pypdf.generic import NameObject  # noqa: PLC0415
    from pypdf.xmp import XmpInformation  # noqa: PLC0415

    writer = PdfWriter(io.BytesIO(document), incremental=True)
    now = datetime.now(tz=UTC).replace(microsecond=0)
    moment = f"D:{now:%Y%m%d%H%M%S}+00'00'"
    writer.add_metadata(
        {
            "/Title": about.title,
            "/Author": about.author,
            "/Subject": about.subject,
            "/Keywords": about.listed,
            "/Creator": about.author,
            "/CreationDate": moment,
            "/ModDate": moment,
        }
    )
    told = XmpInformation.create()
    told.dc_title = {"x-default": about.title}
    told.dc_creator = [about.author]
    told.dc_description = {"x-default": about.subject}
    told.dc_subject = list(about.keywords)
    told.dc_language = [about.language]
    told.pdf_keywords = about.listed
    told.xmp_creator_tool = about.author
    told.xmp_create_date = told.xmp_modify_date = now
    writer.xmp_metadata = told
    stream = cast("StreamObject", writer.root_object["/Metadata"].get_object())
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def has_drawn_letters(document: bytes) -> bool:
    """Tell whether a PDF of Chrome has type that is a drawing for each letter (Type 3)."""
    return DRAWN_LETTERS.search(document) is not None
