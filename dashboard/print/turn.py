"""Who takes figures away takes turns, reader by reader, whichever worker each is with."""

from __future__ import annotations

import json
import tempfile
import threading
import time
import uuid
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict

from filelock import FileLock, Timeout

from dashboard.print.chrome import busy

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE: Final = 8.0
"""Seconds that a reader waits for his turn; after that the page asks again by itself."""
PLACES: Final = 4
"""Readers who wait or have the turn, of all workers."""
SEATS: Final = 2
"""Of those in one worker."""
LOOKS: Final = 0.03
"""Seconds between two looks whether it is one's turn."""
REMEMBERED: Final = 300.0
"""Seconds for which it is known when a reader last had a turn."""


class Known(TypedDict):
    """Who waits (by ticket: reader, since when, until when), who had the turn when, who has it."""

    waiting: dict[str, tuple[str, float, float]]
    had: dict[str, float]
    holder: str


class Turn:
    """The one turn there is; safe to ask for from any thread and any worker.

    It goes to the reader among those who wait who has not had it for the longest (round robin), and
    a reader has one place, however often he asks. The workers share a locked file, which the
    system unlocks when the worker that holds it dies, and a list of who waits.

    Parameters
    ----------
    folder
        Where the files are. Where that is kept read-only they are among the temporary files, and
        where nothing can be written at all each worker has a turn of its own.
    name
        What the turn is for; those of other names are other turns.
    room
        How many in this worker may wait or have a turn of any name.
    patience
        Seconds after which one who waits is told to come back.
    """

    def __init__(
        self, folder: Path, name: str, room: threading.Semaphore, patience: float = PATIENCE
    ) -> None:
        self._patience = patience
        self._room, self._seats = room, threading.BoundedSemaphore(SEATS)
        self._of_worker, self._inside = threading.Lock(), threading.Lock()
        self._alone: Known = {"waiting": {}, "had": {}, "holder": ""}
        self._file = file = _writable(folder, f"jjj-atlas-{name}.json")
        self._of_all, self._listing = (
            None if file is None else FileLock(file.with_suffix(end), thread_local=False)
            for end in (".lock", ".list")
        )

    @contextmanager
    def taken(self, reader: str) -> Iterator[None]:
        """Hold the turn.

        Raises
        ------
        BusyError
            When the reader has a place already, too many others have, or it has taken too long.
        """
        with ExitStack() as held:
            for seats in (self._room, self._seats):
                if not seats.acquire(blocking=False):
                    raise busy()
                held.callback(seats.release)
            ticket = self._enter(reader)
            held.callback(self._leave, ticket)
            held.enter_context(self._when_next(ticket))
            held.callback(self._had, reader)
            yield

    def _enter(self, reader: str) -> str:
        """Take a place among those who wait."""
        with self._list() as known:
            waiting = known["waiting"]
            readers = [who for who, _, _ in waiting.values()]
            if len(waiting) >= PLACES or reader in readers:
                raise busy()
            if known["holder"] == reader:
                free = self._free()
                if free is None:
                    raise busy()
                free.close()  # the worker that held it has died
            ticket, now = uuid.uuid4().hex, time.time()
            # Whoever dies while he waits loses his place a moment after he would have given up.
            waiting[ticket] = (reader, now, now + self._patience + 1)
        return ticket

    def _leave(self, ticket: str) -> None:
        with self._list() as known:
            known["waiting"].pop(ticket, None)

    def _had(self, reader: str) -> None:
        with self._list() as known:
            known["had"][reader], known["holder"] = time.time(), ""

    @contextmanager
    def _when_next(self, ticket: str) -> Iterator[None]:
        """Hold the turn as soon as it is free and nobody comes before."""
        until = time.monotonic() + self._patience
        while (turn := self._begun(ticket)) is None:
            if time.monotonic() >= until:
                raise busy()
            time.sleep(LOOKS)
        with turn:
            yield

    def _begun(self, ticket: str) -> ExitStack | None:
        """Take the turn where it is free and nobody who waits has been without it for longer."""
        with self._list() as known:
            waiting, had = known["waiting"], known["had"]
            order = {one: (had.get(who, 0.0), since) for one, (who, since, _) in waiting.items()}
            if ticket not in order or min(order, key=lambda one: order[one]) != ticket:
                return None
            turn = self._free()
            if turn is not None:
                known["holder"] = waiting.pop(ticket)[0]
        return turn

    def _free(self) -> ExitStack | None:
        """Hold the turn where nobody has it."""
        with ExitStack() as held:
            if not self._of_worker.acquire(blocking=False):
                return None
            held.callback(self._of_worker.release)
            try:
                held.enter_context(
                    self._of_all.acquire(timeout=0) if self._of_all else nullcontext()
                )
            except Timeout:
                return None
            return held.pop_all()

    @contextmanager
    def _list(self) -> Iterator[Known]:
        """Give the list of who waits, and keep what is changed in it."""
        with self._inside:
            if self._file is None or self._listing is None:
                yield _present(self._alone)
                return
            try:
                with self._listing.acquire(timeout=1):
                    before = ""
                    with suppress(FileNotFoundError):  # temporary files may be cleared away
                        before = self._file.read_text(encoding="utf-8")
                    known = _present(_read(before))
                    yield known
                    after = json.dumps(known)
                    if after != before:
                        self._file.write_text(after, encoding="utf-8")
            except Timeout as error:
                raise busy() from error


def _read(text: str) -> Known:
    """Read the list; what a worker that died left half written is an empty one."""
    with suppress(ValueError, KeyError, TypeError):
        found = json.loads(text)
        waiting = {
            one: (str(who), float(a), float(b)) for one, (who, a, b) in found["waiting"].items()
        }
        return {"waiting": waiting, "had": dict(found["had"]), "holder": str(found["holder"])}
    return {"waiting": {}, "had": {}, "holder": ""}


def _present(known: Known) -> Known:
    """Leave out who has gone, and turns of long ago."""
    now = time.time()
    for ticket in [one for one, (_, _, until) in known["waiting"].items() if until < now]:
        del known["waiting"][ticket]
    for reader in [who for who, when in known["had"].items() if when < now - REMEMBERED]:
        del known["had"][reader]
    return known


def _writable(folder: Path, name: str) -> Path | None:
    for place in (folder, _temporary()):
        with suppress(OSError):
            file = place / name
            for one in (file, file.with_suffix(".lock"), file.with_suffix(".list")):
                with one.open("ab"):  # some may be there and another user's
                    pass
            return file
    return None


def _temporary() -> Path:
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        return Path("nowhere")
