"""What documents of Word and slides of PowerPoint have in common: properties, type, numbers."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any, Final

from dashboard.papers import SIZES
from dashboard.print.errors import UnreadableError
from dashboard.print.paper import Print
from dashboard.text import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.print.about import About
    from dashboard.print.exhibit import Exhibit
    from geodata.records import Lang

    Picture = Callable[[Exhibit, Print, str], bytes]

EAST_ASIAN: Final = "Microsoft YaHei"
"""Of Office's own fonts for Chinese; Office falls back by itself where it is missing."""
LATIN: Final = "Arial"
LABELS: Final = {"figure": "export.report_figure", "table": "export.report_table"}
THUMBNAIL: Final = "/thumbnail"
APPLICATION: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.'
    'openxmlformats.org/officeDocument/2006/extended-properties"><Application>{name}</Application>'
    "</Properties>"
)
"""What made the file; that of the empty templates is an Office of 2013 or before."""
MOST: Final = 255
"""Characters of a property, in Open Packaging Conventions as the two libraries keep them."""


def describe(document: Any, about: About) -> None:  # noqa: ANN401 - a document or slides
    """Write the properties of a file, and leave out the picture of the empty template."""
    core, now = document.core_properties, datetime.now(tz=UTC).replace(microsecond=0, tzinfo=None)
    core.title, core.subject, core.author = about.title, about.subject, about.author
    core.keywords, core.language = about.within(MOST), about.language
    core.last_modified_by, core.comments = about.author, ""
    core.created = core.modified = now
    core.revision = 1
    package = document.part.package
    for part in package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = APPLICATION.format(name=escape(about.author)).encode()  # noqa: SLF001
    relations = getattr(package, "rels", None) or package._rels  # noqa: SLF001 - no public way
    for name in [key for key, one in relations.items() if one.reltype.endswith(THUMBNAIL)]:
        relations.pop(name)


def readable(figure: Exhibit, picture: Picture, kind: str, lang: Lang, *before: Print) -> bytes:
    """Draw a figure of a report at the first size at which it can be read.

    Half a page, after what is wanted `before`; else as wide as a page, and as high as it takes.

    Raises
    ------
    UnreadableError
        When it can be read at none.
    """
    tall = Print("two-column", lang, width=SIZES["a4-half"].width)
    for choice in (*before, Print("a4-half", lang)):
        with suppress(UnreadableError):
            return picture(figure, choice, kind)
    return picture(figure, tall, kind)


def caption(kind: str, number: int, title: str, lang: Lang) -> str:
    """Return the line under a figure or over a table: Figure 1. Title."""
    t = text(lang)
    return t("export.report_caption", label=t(LABELS[kind]), n=number, title=title)
