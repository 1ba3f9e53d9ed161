"""Whose turn it is to have a picture made: one reader's at a time, however many workers serve."""

from __future__ import annotations

import tempfile
import threading
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from dashboard.print.chrome import busy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

FILE: Final = "jjj-atlas-drawing.lock"


class DrawingLock:
    """The one turn there is; safe to ask for from any thread and any worker.

    The workers share a locked file. The system unlocks it when the worker that holds it dies.

    Parameters
    ----------
    folder
        Where the file is. Where that is kept read-only it is among the temporary files, and where
        nothing can be written at all each worker has a turn of its own.
    """

    def __init__(self, folder: Path) -> None:
        self._of_worker = threading.Lock()
        file = _shared_file(folder)
        self._of_all: AbstractContextManager[object] = (
            FileLock(file, timeout=0, thread_local=False) if file else nullcontext()
        )

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


def _shared_file(folder: Path) -> Path | None:
    with suppress(OSError):
        return _touched(folder)
    with suppress(OSError):
        return _touched(Path(tempfile.gettempdir()))
    return None


def _touched(folder: Path) -> Path:
    file = folder / FILE
    file.touch()
    return file
