"""The notes of the tables in both languages: they are held in English with names in Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geodata.catalog.rows import FOLDER, read_rows
from geodata.errors import FactsError
from geodata.facts.files import CHINESE, read_lines, split_notes
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from geodata.catalog.rows import CatalogRow
    from geodata.errors import Fault

FILES: Final = ("notes_zh", "notes_places_zh", "notes_sources_zh")
"""Chinese of the notes of figures, and of those that only places or only sources carry."""


@dataclass(frozen=True)
class Notes:
    """Chinese by fragment, and by pattern for families of fragments; English of what is Chinese."""

    fragments: Mapping[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    english: Mapping[str, str] = field(default_factory=dict)

    def zh(self, fragment: str) -> str | None:
        r"""Return the Chinese of a fragment, None if there is none.

        A template of a pattern takes its groups as \1, \2 … A fragment may be led by the Chinese
        name of the place it speaks of: "雄县: then …".
        """
        if fragment in self.fragments:
            return self.fragments[fragment]
        for pattern, template in self.patterns:
            if match := pattern.fullmatch(fragment):
                return match.expand(template).replace(", ", "、")
        place, colon, rest = fragment.partition(": ")
        said = self.zh(rest) if colon and CHINESE.fullmatch(place) else None
        return f"{place}：{said}" if said else None

    def en(self, fragment: str) -> str:
        """Return a fragment with the Chinese words in it put into English, as far as known.

        Only whole runs of Chinese are replaced, never a part of a longer name.
        """
        if fragment in self.english:
            return self.english[fragment]
        words = CHINESE.sub(lambda run: self.english.get(run[0], run[0]), fragment)
        return words.replace("、", ", ").replace("（", " (").replace("）", ")")


def load_notes(folder: Path = FOLDER, names: Mapping[str, str] | None = None) -> Notes:
    """Read the files of notes: a fragment or, where `pattern` says yes, a regular expression.

    Parameters
    ----------
    folder
        Folder of the files `FILES` and of notes_en.csv, the English of words and fragments.
    names
        Chinese → English names of places, for the English of the notes that hold them.

    Raises
    ------
    FactsError
        If a file cannot be read or a fragment stands in them more than once.
    """
    rows = [row for name in FILES for row in read_rows(folder, name)]
    words = {row["words"]: row["en"] for row in read_rows(folder, "notes_en")}
    seen: dict[str, CatalogRow] = {}
    for row in rows:
        first = seen.setdefault(row["fragment"], row)
        if first is not row:
            what = Name(
                f"“{row['fragment']}”与 {first.file} 第 {first.number} 行重复；请只留一处。",
                f"{row['fragment']!r} is already in {first.file}, line {first.number}; keep one "
                "of them.",
            )
            raise FactsError(row.fault(what))
    fragments = {row["fragment"]: row["zh"] for row in rows if not row["pattern"]}
    patterns = {row["fragment"]: row["zh"] for row in rows if row["pattern"]}
    compiled = tuple((re.compile(pattern), zh) for pattern, zh in patterns.items())
    return Notes(fragments, compiled, {**(names or {}), **words})


def note_faults(tables: Path, folder: Path = FOLDER) -> Iterator[Fault]:
    """Yield the sources whose note, or a part of it, has no Chinese.

    Parameters
    ----------
    tables
        The folder of facts.
    folder
        The folder of the catalogue.

    Raises
    ------
    FactsError
        If a file of notes cannot be read or a fragment stands in them more than once.
    """
    notes = load_notes(folder)
    for line in read_lines(tables, "sources.csv", ("source_id", "note")):
        for fragment in split_notes(line["note"]):
            if not notes.zh(fragment):
                name = line["source_id"]
                what = Name(
                    f"来源“{name}”的说明“{fragment}”没有中文；"
                    "请在 catalog/notes_sources_zh.csv 中补上。",
                    f"the note {fragment!r} of {name!r} has no Chinese; add it to "
                    "catalog/notes_sources_zh.csv.",
                )
                yield line.fault(what)
