"""Whose turn it is to have a picture made: one reader's at a time, however many workers serve."""

from __future__ import annotations

import threading
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from dashboard.export.chrome import busy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

FILE: Final = "drawing.lock"


class Turn:
    """The one turn there is; safe to ask for from any thread and any worker.

    The workers share a locked file. The system unlocks it when the worker that holds it dies.

    Parameters
    ----------
    folder
        Where the file is. Where nothing can be written each worker has a turn of its own.
    """

    def __init__(self, folder: Path) -> None:
        self._of_worker = threading.Lock()
        self._of_all: AbstractContextManager[object] = nullcontext()
        file = folder / FILE
        try:
            file.touch()
        except OSError:
            return
        self._of_all = FileLock(file, timeout=0, thread_local=False)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold the turn; whoever reads a page goes before those who take pictures.

        Raises
        ------
        BusyError
            When another has it.
        """
        if not self._of_worker.acquire(blocking=False):
            raise busy()
        try:
            with self._of_all:
                yield
        except Timeout as error:
            raise busy() from error
        finally:
            self._of_worker.release()
