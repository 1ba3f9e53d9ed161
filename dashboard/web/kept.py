"""Finished files in memory, the last ones asked for, as many as have room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable

ROOM: Final = 24_000_000
"""Bytes in a worker; the largest file has 2 MB, most a few kilobytes."""
PART: Final = 4
"""A file that takes more than one part of so many is not kept."""


class File(NamedTuple):
    """The content of a file, what it is called, and its name in ASCII."""

    content: bytes
    name: str
    plain: str


class Kept:
    """Keeps files by what they hold; safe to use from any thread.

    Parameters
    ----------
    room
        Bytes of all files together.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._taken = room, 0
        self._files: OrderedDict[Hashable, File] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def taken(self) -> int:
        """Bytes that are kept."""
        return self._taken

    def get(self, key: Hashable) -> File | None:
        """Return a file, which then goes last."""
        with self._lock:
            if key in self._files:
                self._files.move_to_end(key)
            return self._files.get(key)

    def put(self, key: Hashable, file: File) -> File:
        """Keep a file, and let go of those not asked for the longest; return it."""
        with self._lock:
            if len(file.content) * PART <= self._room and key not in self._files:
                self._files[key] = file
                self._taken += len(file.content)
            while self._taken > self._room:
                _, gone = self._files.popitem(last=False)
                self._taken -= len(gone.content)
        return file
