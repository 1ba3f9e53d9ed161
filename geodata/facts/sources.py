"""Sources in the language that they are not recorded in, and the check that none is without.

It is data of the catalogue: the table of sources stays as it was published.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geodata.errors import Fault
from geodata.facts.files import CHINESE, Line, already, read_csv, read_lines
from geodata.records import Name

CATALOG: Final = Path(__file__).parent.parent / "catalog"
FILE, ENGLISH = "sources_zh.csv", "sources_en.csv"
"""The Chinese of what is recorded in English, and the titles in English of the others."""
NEEDED: Final = ("title", "publisher")
"""What a reader of Chinese is told in Chinese, unless it is the name of an English publication."""
HOST: Final = re.compile(r"(https?://)?[\w-]+(\.[\w-]+)+/?", re.ASCII)
COLUMNS: Final = ("source_id", *NEEDED, "date", "kept")
ENGLISH_COLUMNS: Final = ("source_id", "title", "publisher")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A source in the other language; '' where the record stands."""

    title: str
    publisher: str = ""
    date: str = ""


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


def load_titles(folder: Path = CATALOG) -> dict[str, Rendering]:
    """Read the English titles, and publishers where told, of sources recorded in Chinese, by id.

    Parameters and errors are those of `load_renderings`.
    """
    lines = read_csv(folder / ENGLISH, f"catalog/{ENGLISH}", ENGLISH_COLUMNS)
    return {line["source_id"]: Rendering(line["title"], line["publisher"]) for line in lines}


def source_faults(tables: Path, folder: Path = CATALOG) -> Iterator[Fault]:
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
        yield from _placed(line, recorded, lines)
        yield from _kept_faults(line)
    titled: dict[str, Line] = {}
    for line in read_csv(folder / ENGLISH, f"catalog/{ENGLISH}", ENGLISH_COLUMNS):
        yield from _placed(line, recorded, titled)
    for name, line in recorded.items():
        yield from _unpublished(line)
        yield from _missing(line, lines.get(name))
        yield from _untitled(line, titled.get(name))


def _placed(line: Line, recorded: Container[str], before: dict[str, Line]) -> Iterator[Fault]:
    """Yield what is wrong about the source of a line, and keep the line in `before`."""
    name = line["source_id"]
    if name not in recorded:
        what = Name(
            f"来源“{name}”不存在；请更正，或删去此行。",
            f"source {name!r} is unknown; correct it, or take the line away.",
        )
        yield line.fault(what)
    if name in before:
        yield line.fault(already(name, before[name].number))
    before.setdefault(name, line)


def _untitled(recorded: Line, titled: Line | None) -> Iterator[Fault]:
    """Yield a title that begins in Chinese and has no English."""
    first = next(filter(str.isalpha, recorded["title"]), "")
    if CHINESE.match(first) and not (titled and titled["title"]):
        name = recorded["source_id"]
        what = Name(
            f"来源“{name}”的题名没有英文；请在 catalog/{ENGLISH} 中补上译名。",
            f"the title of {name!r} has no English; add a translation to catalog/{ENGLISH}.",
        )
        yield recorded.fault(what)


def _unpublished(recorded: Line) -> Iterator[Fault]:
    """Yield what a source lacks to be a publication that can be named."""
    if HOST.fullmatch(recorded["publisher"]):
        name, host = recorded["source_id"], recorded["publisher"]
        what = Name(
            f"来源“{name}”的发布者只是网址“{host}”，说不出是哪份出版物；请写明刊登者或原发布者，"
            "查不到的，连同所引的数字一并删去。",
            f"the publisher of {name!r} is a bare address, {host}, so no publication can be named; "
            "name who publishes there or who published first, or take the source and its figures "
            "away.",
        )
        yield recorded.fault(what)
    for word in NEEDED:
        if not recorded[word]:
            name = recorded["source_id"]
            what = Name(
                f"来源“{name}”没有 {word}，说不出是哪份出版物；请补上题名与发布者，"
                "补不上的，连同所引的数字一并删去。",
                f"source {name!r} has no {word}, so no publication can be named; add title and "
                "publisher, or take the source and its figures away.",
            )
            yield recorded.fault(what)


def _missing(recorded: Line, rendering: Line | None) -> Iterator[Fault]:
    for word in NEEDED:
        if rendering and (rendering[word] or word in _kept(rendering)):
            continue
        if recorded[word] and not CHINESE.search(recorded[word]):
            name = recorded["source_id"]
            what = Name(
                f"来源“{name}”的 {word} 没有中文；请在 catalog/{FILE} 中补上，"
                f"出版物本身为英文的，在该文件的 kept 列写 {word}。",
                f"the {word} of {name!r} has no Chinese; add it to catalog/{FILE}, or write "
                f"{word} under `kept` there if the publication itself is in English.",
            )
            yield recorded.fault(what)


def _kept_faults(line: Line) -> Iterator[Fault]:
    for word in sorted(_kept(line)):
        if word not in NEEDED:
            what = Name(
                f"kept 列不能写“{word}”；请写 {' 或 '.join(NEEDED)}。",
                f"{word!r} cannot be kept; write {' or '.join(NEEDED)}.",
            )
            yield line.fault(what)
        elif line[word]:
            what = Name(
                f"{word} 既注明保留原文，又填了中文；请只留其一。",
                f"the {word} is kept and has Chinese beside it; choose one.",
            )
            yield line.fault(what)


def _read(folder: Path) -> list[Line]:
    return read_csv(folder / FILE, f"catalog/{FILE}", COLUMNS)


def _kept(line: Line) -> frozenset[str]:
    return frozenset(word for word in line["kept"].split(";") if word)
