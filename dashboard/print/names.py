"""File names that say what a figure is and cannot leave their folder; whole files or none."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import unicodedata
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from dashboard.data.formats import digest
from dashboard.print.errors import ExportError
from dashboard.text import text
from geodata import scarce
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

LONGEST: Final = 120
"""Bytes of a stem in UTF-8: every file system takes 255 with the suffix and a temporary mark."""
RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that Windows keeps for devices, whatever the suffix."""
USUAL: Final = "figure"
NO_ROOM: Final = scarce.FULL | {errno.EFBIG}
"""What systems answer where a file finds no room."""
TEMPORARY: Final = ".part"
LETTERS: Final = str.maketrans({"β": "beta", "σ": "sigma"})
"""Greek letters by which charts are told apart, in ASCII."""
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|%\x00-\x1f\x7f]+')


def stem(parts: list[str], *, ascii_only: bool) -> str:
    """Join the parts of a file name by underscores, made safe.

    Parameters
    ----------
    parts
        Any words at all, in order; empty ones are left out. Where they are too long together,
        those before the last, which says when, are cut, and a mark of all of them is put behind.
    ascii_only
        Keep letters, digits, `.` and `-` of ASCII alone, as English file names are written.

    Returns
    -------
    str
        At most `LONGEST` bytes; neither a path, a hidden file nor a name Windows keeps.
    """
    cleaned = [one for part in parts if (one := _clean(part, ascii_only=ascii_only))]
    last = _cut(cleaned[-1], LONGEST) if cleaned else ""
    first, room = "_".join(cleaned[:-1]), LONGEST - len(last.encode()) - 1
    if len(first.encode()) > room:
        mark = digest(first)
        first = f"{_cut(first, room - len(mark) - 1)}-{mark}" if room > len(mark) else ""
    cut = "_".join(part for part in (first, last) if part)
    if not cut:
        return USUAL
    return f"{cut}_" if cut.partition(".")[0].lower() in RESERVED else cut


def _cut(words: str, most: int) -> str:
    """Return what is within so many bytes, with no mark at either end."""
    kept = words.encode()[: max(most, 0)].decode(errors="ignore")
    return kept.strip("._ -")


def _clean(part: str, *, ascii_only: bool) -> str:
    normal = unicodedata.normalize("NFKC" if ascii_only else "NFC", part)
    kept = "".join(c for c in normal if unicodedata.category(c)[0] != "C")
    kept = re.sub(r"\s+", "-", _NOT_IN_NAMES.sub("-", kept).strip())
    if ascii_only:
        kept = re.sub(r"[\u2010-\u2015\u2212]", "-", kept).translate(LETTERS)
        decomposed = unicodedata.normalize("NFKD", kept).encode("ascii", "ignore").decode()
        kept = re.sub(r"[^A-Za-z0-9.-]+", "-", decomposed)
    return re.sub(r"-{2,}", "-", kept.replace("..", ".")).strip("-.。")


def disposition(name: str, plain: str) -> str:
    """Return the header by which a file is kept under its name (RFC 6266).

    Parameters
    ----------
    name
        In any letters, for programs that know UTF-8.
    plain
        In ASCII, for all others, such as `curl -OJ`.
    """
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"


def target(folder: Path, name: str) -> Path:
    """Return where a file of this name goes: in `folder` itself, never elsewhere.

    Raises
    ------
    ExportError
        When the name would lead out of the folder.
    """
    path = folder / name
    if path.parent != folder or path.name in {"", ".", ".."} or path.is_symlink():
        message = text("zh")("export.hostile") + "\n" + text("en")("export.hostile")
        raise ExportError(message)
    return path


def write(path: Path, content: bytes) -> None:
    """Write a file so that it is either whole or not there.

    Raises
    ------
    ExportError
        When the folder cannot be written to.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:  # also where Ctrl-C comes between
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as error:
        told = {"path": path, "reason": error.strerror or str(error)}
        key = "export.full" if error.errno in NO_ROOM else "export.unwritable"
        lines = (text(lang)(key, **told) for lang in LANGUAGES)
        raise ExportError("\n".join(lines)) from error
