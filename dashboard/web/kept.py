"""What has been made, in memory: what was asked for last, as much as has room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from math import inf
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

K = TypeVar("K")
V = TypeVar("V")
ROOM: Final = 24_000_000
"""Bytes of all files in a worker; the largest file has 2 MB, most a few kilobytes."""
PART: Final = 4
"""A file that takes more than one part of so many is not kept."""


class Kept(Generic[K, V]):
    """Keeps what has been made by what it was made of; safe to use from any thread.

    Parameters
    ----------
    room
        Bytes of all together.
    size
        Gives the bytes that one takes.
    largest
        Bytes of the largest that is kept.
    gone
        Is told whose are let go.
    """

    def __init__(
        self,
        room: int,
        size: Callable[[V], int],
        *,
        largest: float = inf,
        gone: Callable[[K], object] = bool,
    ) -> None:
        self._room, self._size, self._largest, self._gone = room, size, largest, gone
        self._taken = 0
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def taken(self) -> int:
        """Bytes that are kept."""
        return self._taken

    def get(self, key: K) -> V | None:
        """Return what was kept, which then goes last."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: K, made: V) -> V:
        """Keep one, and let go of those not asked for the longest; return it."""
        with self._lock:
            if self._size(made) <= self._largest and key not in self._kept:
                self._kept[key] = made
                self._taken += self._size(made)
            while self._taken > self._room:
                last, one = self._kept.popitem(last=False)
                self._taken -= self._size(one)
                self._gone(last)
        return made

    def __contains__(self, key: object) -> bool:
        """Tell whether one is kept."""
        return key in self._kept

    def __len__(self) -> int:
        """Count what is kept."""
        return len(self._kept)


class File(NamedTuple):
    """The content of a file, what it is called, and its name in ASCII."""

    content: bytes
    name: str
    plain: str


def kept_files(room: int = ROOM) -> Kept[Hashable, File]:
    """Return what keeps files, none of which takes too much of the room."""
    return Kept(room, lambda file: len(file.content), largest=room / PART)
