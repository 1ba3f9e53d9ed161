"""The words on a sheet: title and subtitle above, sources, notes and credit at the foot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.charts.rows import JOIN
from dashboard.text import text
from dashboard.wrap import LINE, lines

if TYPE_CHECKING:
    from dashboard.print.exhibit import Exhibit
    from dashboard.print.pen import Pen
    from geodata.records import Lang, Source

TITLE, SECOND, SUBTITLE, FOOT = 15.0, 12.5, 11.0, 11.0
"""Sizes of type in pixels: title, title in the second language, subtitle, foot."""
MOST_SOURCES: Final = 4
"""Sources that the foot names; the file of sources has them all."""
CHINESE_TITLE = re.compile(r"\s*\(([^()]*[\u4e00-\u9fff]{4}[^()]*)\)")


@dataclass(frozen=True, slots=True)
class Line:
    """Lines of one size."""

    words: list[str]
    size: float
    bold: bool = False
    muted: bool = True
    after: float = 2


@dataclass(frozen=True, slots=True)
class Block:
    """Lines below one another."""

    lines: list[Line]

    @property
    def height(self) -> float:
        """Return the pixels it takes."""
        return sum(len(one.words) * one.size * LINE + one.after for one in self.lines)

    def write(self, pen: Pen, at: tuple[float, float]) -> None:
        """Write it with its top left corner at a point."""
        x, y = at
        for one in self.lines:
            colour = pen.ink.muted if one.muted else pen.ink.text
            y += pen.words((x, y), one.words, one.size, colour, bold=one.bold) + one.after


def head(exhibits: list[Exhibit], width: float) -> Block:
    """Return the titles and subtitles, one language after the other."""
    first, *others = exhibits
    titles = []
    if first.titled:
        titles = [Line(lines(first.title, width, TITLE, bold=True), TITLE, bold=True, muted=False)]
        titles += [Line(lines(e.title, width, SECOND), SECOND, muted=False) for e in others]
    for one in exhibits:
        band, under = one.band, one.subtitle.removeprefix(one.band + JOIN)
        if band:  # above all that it is about, so that nobody overlooks it
            said = lines(band, width, SUBTITLE, bold=True)
            titles.append(Line(said, SUBTITLE, bold=True, muted=False))
        titles.append(Line(lines(under, width, SUBTITLE), SUBTITLE))
    return Block(titles)


def foot(exhibits: list[Exhibit], width: float, date: str) -> Block:
    """Return sources, notes, credit and date, one language after the other."""
    return Block(
        [
            Line(lines(line, width, FOOT), FOOT, after=1)
            for exhibit in exhibits
            for line in [*foot_lines(exhibit), text(exhibit.lang)("export.date", date=date)]
        ]
    )


def foot_lines(exhibit: Exhibit) -> list[str]:
    """Return the lines of the foot in one language, unbroken."""
    t = text(exhibit.lang)
    said = []
    if exhibit.sources:
        named = [short(source, exhibit.lang) for source in exhibit.sources[:MOST_SOURCES]]
        joined = t("export.source_join").join(dict.fromkeys(named))
        beyond = len(exhibit.sources) - MOST_SOURCES
        more = t("export.more_sources", n=beyond) if beyond > 0 else ""
        said.append(t("export.sources", sources=joined + more))
    if exhibit.notes:
        said.append(t("export.notes", notes=joined_notes(exhibit)))
    return [*said, *exhibit.credits]


def joined_notes(exhibit: Exhibit) -> str:
    """Join notes into one sentence; the stop at its end is the sentence's."""
    join = text(exhibit.lang)("export.note_join")
    return join.join(note.rstrip("。.") for note in exhibit.notes)


def short(source: Source, lang: Lang) -> str:
    """Name a publication in a line: in English without its Chinese title, and with its year."""
    title = CHINESE_TITLE.sub("", source.title) if lang == "en" else source.title
    title = title.partition(text(lang)("export.transcribed"))[0]
    year = re.search(r"\d{4}", source.date)
    if not year or year[0] in title:
        return title
    return text(lang)("export.source_year", title=title, year=year[0])
