"""Files that a reader has handed in and not yet kept: a few, for a while, under names of ours.

They lie beside the sets, `own/.incoming/`, in the folder that is the user's alone. What a file was
called at home is told, and is no path.
"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from geodata.own import store
from geodata.own.errors import OwnError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FOLDER: Final = ".incoming"
MOST_FILES: Final = 3
NUMBER: Final = re.compile(r"[0-9a-f]{32}")
LONGEST: Final = 120
"""Characters of a file's name that are told."""


def receive(blocks: Iterable[bytes], most: int) -> str:
    """Write a file block by block and return its number; the oldest of several go.

    Raises
    ------
    OwnError
        If it is empty, larger than `most` bytes, or cannot be written (a full disk included);
        nothing of it stays then.
    """
    number = uuid4().hex
    home = store.root() / FOLDER
    path = home / number
    try:
        store.make_private(home)
        _sweep(home)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.writelines(_capped(blocks, most))
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise store.unusable(error) from None
        raise
    return number


def _capped(blocks: Iterable[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for block in blocks:
        size += len(block)
        if size > most:
            raise OwnError(of="too_heavy", most=most // 2**20)
        yield block
    if not size:
        raise OwnError(of="empty")


def path_of(number: str) -> Path:
    """Return where a file lies.

    Raises
    ------
    OwnError
        If there is none of this number.
    """
    path = store.root() / FOLDER / number
    if not NUMBER.fullmatch(number) or not path.is_file():
        raise OwnError(of="no_upload")
    return path


def forget(number: str) -> None:
    """Delete a file that was kept as a set."""
    path_of(number).unlink(missing_ok=True)


def plain_name(called: str) -> str:
    """Return what a file is called, without folders and characters that do not print."""
    last = PurePosixPath(called.replace("\\", "/")).name
    return "".join(c for c in last if unicodedata.category(c)[0] != "C")[:LONGEST]


def _sweep(home: Path) -> None:
    files = sorted(home.iterdir(), key=lambda one: one.stat().st_mtime)
    for path in files[: max(0, len(files) - MOST_FILES + 1)]:
        path.unlink(missing_ok=True)
