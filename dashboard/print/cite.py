"""How a figure is cited: in words, as BibTeX and by GB/T 7714, with date, version and address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.data.formats import digest
from dashboard.print.words import short
from dashboard.release import PACKAGE, release
from dashboard.text import text

if TYPE_CHECKING:
    from dashboard.print.exhibit import Exhibit

ESCAPED: Final = re.compile(r"[&%$#_{}~^\\]")
COMMANDS: Final = {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
"""What TeX writes for letters of its own, where a stroke before them is not enough."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure of the atlas, as it is cited.

    Attributes
    ----------
    exhibit
        The figure or table.
    link
        The address of its view, in full.
    date
        The day on which it was looked at, YYYY-MM-DD.
    """

    exhibit: Exhibit
    link: str
    date: str

    @property
    def words(self) -> str:
        """Return the citation as a sentence, with the publications that the figures come from."""
        t = text(self.exhibit.lang)
        sources = t("export.source_join").join(
            short(source, self.exhibit.lang) for source in self.exhibit.cited
        )
        return t("export.cite_words", **self._fields(), sources=sources)

    @property
    def bibtex(self) -> str:
        """Return an entry `@misc` as BibLaTeX and BibTeX read it."""
        shown, atlas = self.exhibit, text(self.exhibit.lang)("shell.title")
        name = re.sub(r"[^A-Za-z0-9]+", "-", f"{shown.page}-{shown.chart}")
        fields = {
            "author": f"{{{tex(atlas)}}}",
            "title": f"{{{tex(shown.title)}}}",
            "version": release(),
            "year": self.date[:4],
            "url": self.link.replace("{", "%7B").replace("}", "%7D"),
            "urldate": self.date,
            "note": tex("; ".join(short(source, shown.lang) for source in shown.cited)),
        }
        lines = (f"  {key} = {{{value}}}," for key, value in fields.items())
        return "\n".join([f"@misc{{{PACKAGE}-{name}-{digest(self.link)},", *lines, "}"])

    @property
    def national(self) -> str:
        """Return the reference by GB/T 7714—2015, 4.6: an electronic resource, online.

        The kind is CM for a map and DB for all else.
        """
        kind = "CM" if self.exhibit.is_map else "DB"
        return text(self.exhibit.lang)("export.cite_national", **self._fields(), kind=kind)

    def _fields(self) -> dict[str, str]:
        shown = self.exhibit
        return {
            "atlas": text(shown.lang)("shell.title"),
            "title": shown.title,
            "version": release(),
            "date": self.date,
            "link": self.link,
        }


def tex(words: str) -> str:
    """Return words whose every letter TeX writes as it stands."""
    return ESCAPED.sub(lambda found: COMMANDS.get(found[0], f"\\{found[0]}"), words)
