"""The Chinese of the sources that are recorded in English, and the check that none is without.

It is data of the catalogue: the table of sources stays as it was published.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geodata.facts_files import Line, read_lines

CATALOG: Final = Path(__file__).parent / "catalog"
FILE: Final = "sources_zh.csv"
NEEDED: Final = ("title", "publisher")
"""What a reader of Chinese is told in Chinese, unless it is the name of an English publication."""
COLUMNS: Final = ("source_id", *NEEDED, "date", "kept")


@dataclass(frozen=True, slots=True)
class Rendering:
    """The Chinese of a source; '' where the record stands."""

    title: str
    publisher: str
    date: str


def load_renderings(folder: Path = CATALOG) -> dict[str, Rendering]:
    """Read the Chinese of sources, by id.

    Parameters
    ----------
    folder
        The folder of the catalogue.

    Raises
    ------
    FactsError
        If the file cannot be read, lacks a column or has a line of another length.
    """
    lines = _read(folder)
    return {
        line["source_id"]: Rendering(line["title"], line["publisher"], line["date"])
        for line in lines
    }


def kept(folder: Path = CATALOG) -> dict[str, frozenset[str]]:
    """Return by source what stays in English, being the name of an English publication."""
    return {line["source_id"]: _kept(line) for line in _read(folder)}


def source_faults(tables: Path, folder: Path = CATALOG) -> Iterator[str]:
    """Yield what does not fit between the table of sources and their Chinese.

    Parameters
    ----------
    tables
        The folder of facts.
    folder
        The folder of the catalogue.
    """
    recorded = {line["source_id"]: line for line in read_lines(tables, "sources.csv", COLUMNS[:3])}
    lines: dict[str, Line] = {}
    for line in _read(folder):
        name = line["source_id"]
        if name not in recorded:
            yield line.fault(f"source {name!r} is unknown; correct it, or take the line away.")
        if name in lines:
            yield line.fault(f"source {name!r} has a line already; keep one.")
        yield from _kept_faults(line)
        lines[name] = line
    for name, line in recorded.items():
        for word in NEEDED:
            found = lines.get(name)
            if found and (found[word] or word in _kept(found)):
                continue
            if line[word] and not has_chinese(line[word]):
                yield line.fault(
                    f"the {word} of {name!r} has no Chinese; add it to catalog/{FILE}, or write "
                    f"{word} under `kept` there if the publication itself is in English."
                )


def has_chinese(words: str) -> bool:
    """Tell whether there is a Chinese character in `words`."""
    return any("一" <= character <= "鿿" for character in words)


def _kept_faults(line: Line) -> Iterator[str]:
    for word in sorted(_kept(line)):
        if word not in NEEDED:
            yield line.fault(f"{word!r} cannot be kept; write {' or '.join(NEEDED)}.")
        elif line[word]:
            yield line.fault(f"the {word} is kept and has Chinese beside it; choose one.")


def _read(folder: Path) -> list[Line]:
    return read_lines(folder, FILE, COLUMNS, "catalog")


def _kept(line: Line) -> frozenset[str]:
    return frozenset(word for word in line["kept"].split(";") if word)
