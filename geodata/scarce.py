"""What the machine gives too little of, by its true name and with its cure.

A want of files, memory or threads shows as almost anything: a module that cannot be imported, a
folder that cannot be read, a browser that closes at once. Only the standard library is imported
here: nothing else may be to be had.
"""

from __future__ import annotations

import errno
import mmap
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from geodata.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What a system answers where a disk, or what a user may have of it, is full."""
FILES: Final = "files"
MEMORY: Final = "memory"
THREADS: Final = "threads"


class Need(NamedTuple):
    """The least that a program needs: open files, bytes of addresses and of data, threads."""

    files: int
    addresses: int
    data: int
    threads: int


PROGRAM: Final = Need(files=32, addresses=3 << 30, data=1 << 30, threads=24)
"""What the atlas needs. Measured: gunicorn stands still with 12 files and serves with 20; with less
than 2.4 GB of addresses, or 0.5 GB of data, libraries end the program without a word, or not, by
chance; it runs 15 threads, a gunicorn with two workers 21."""
CHROME: Final = Need(files=256, addresses=1 << 40, data=1 << 40, threads=100)
"""What Chrome needs. Measured: it fails with 128 files and draws with 200; it fails with 64 GB of
addresses, most of them never touched; its threads while it draws, and some to spare."""
STACK: Final = 16 << 20
"""Bytes of addresses that a thread needs, with what the system adds."""
SENTENCES: Final = {
    FILES: """\
可同时打开的文件太少（上限 {limit}）。请放宽后重新启动：ulimit -n 1024。
Too few files may be open at a time (at most {limit}). Allow more and start again: \
ulimit -n 1024.""",
    MEMORY: """\
内存不够（地址空间上限 {limit}）。请留出 2 GB，把 ulimit -v、-d 设为 unlimited，\
或放宽容器的上限，再重新启动。
There is not enough memory (addresses: at most {limit}). Leave 2 GB free, set ulimit -v and \
-d to unlimited, or raise the limit of the container, and start again.""",
    THREADS: """\
不能再开线程或进程（每个用户的上限 {limit}）。请放宽后重新启动：ulimit -u 4096，或容器的 pids 上限。
No more threads or processes may be started (at most {limit} for a user). Allow more and start \
again: ulimit -u 4096, or the limit of pids of the container.""",
}


class ScarceError(AtlasError):
    """The machine gives too little; the message says of what, and the cure."""


def told(error: BaseException) -> ScarceError | None:
    """Return what was wanting where that is what an error comes from, else None.

    Parameters
    ----------
    error
        Any error; those it was raised from or during are looked at, too.
    """
    for one in chain(error):
        if isinstance(one, ScarceError):
            return one
        if what := _wanting(one):
            return lacking(what)
    return None


def no_thread() -> ScarceError | None:
    """Return what is wanting where no thread can be started, else None."""
    try:
        thread = threading.Thread(target=int)
        thread.start()
    except RuntimeError as error:
        return told(error)
    thread.join()
    return None


def of(need: Need) -> ScarceError | None:
    """Return what there is too little of here for a need, None where there is enough of all."""
    if most_files() < need.files:
        return lacking(FILES)
    if _limit("RLIMIT_AS") < need.addresses or _limit("RLIMIT_DATA") < need.data:
        return lacking(MEMORY)
    if _threads_left() < need.threads:
        return lacking(THREADS)
    return None


def connections(most: int, files: float) -> int:
    """Return how many connections to keep where so many files may be open: fewer, one at least."""
    return int(max(1, min(most, files - PROGRAM.files)))


def most_files() -> float:
    """Return how many files this process may have open, infinity where there is no limit."""
    return _limit("RLIMIT_NOFILE")


def lacking(what: str) -> ScarceError:
    """Return the error that says in both languages what is wanting, how much there is, the cure."""
    names = {FILES: ("RLIMIT_NOFILE",), THREADS: ("RLIMIT_NPROC",)}
    limit = min(_limit(name) for name in names.get(what, ("RLIMIT_AS", "RLIMIT_DATA")))
    said = ("不限", "unlimited") if limit == float("inf") else (_written(what, limit),) * 2
    sentences = zip(SENTENCES[what].split("\n"), said, strict=True)
    return ScarceError("\n".join(one.format(limit=written) for one, written in sentences))


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those it was raised from or during."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _wanting(error: BaseException) -> str | None:
    code = error.errno if isinstance(error, OSError) else None
    if code in {errno.EMFILE, errno.ENFILE}:
        return FILES
    unmapped = isinstance(error, ImportError) and (
        "failed to map" in str(error) or "allocate memory" in str(error)
    )
    if isinstance(error, MemoryError) or code == errno.ENOMEM or unmapped:
        return MEMORY
    no_thread = any(words in str(error) for words in ("start new thread", "launch worker thread"))
    if no_thread or (code == errno.EAGAIN and error.__traceback__ and _forked(error)):
        return _no_thread_for()
    return None


def _forked(error: BaseException) -> bool:
    """Tell whether an error comes from starting a process: reading asks again by the same code."""
    names, at = [], error.__traceback__
    while at is not None:
        names.append(at.tb_frame.f_code.co_name)
        at = at.tb_next
    return "_execute_child" in names or "fork" in names


def _no_thread_for() -> str:
    """Return what a thread could not be started for; a moment later there may be room again."""
    if _threads_left() <= 0:
        return THREADS
    bounded = min(_limit("RLIMIT_AS"), _limit("RLIMIT_DATA")) < CHROME.addresses
    return MEMORY if bounded or not _room_for_a_stack() else THREADS


def _threads_left() -> float:
    """Return how many threads this user may still start, infinity where nobody counts them."""
    allowed = _limit("RLIMIT_NPROC")
    return allowed - _threads_of_user() if allowed < float("inf") else allowed


def _room_for_a_stack() -> bool:
    try:
        mmap.mmap(-1, STACK).close()
    except (OSError, MemoryError):
        return False
    return True


def _limit(name: str) -> float:
    """Return a limit of this process, infinity where there is none; root's threads have none."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return float("inf")
    if name == "RLIMIT_NPROC" and os.geteuid() == 0:
        return float("inf")
    soft, _ = resource.getrlimit(getattr(resource, name))
    return float("inf") if soft == resource.RLIM_INFINITY else float(soft)


def _threads_of_user() -> int:
    """Return how many threads this user runs, as far as the system tells."""
    count = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if folder.stat().st_uid == os.geteuid():
                count += len(list((folder / "task").iterdir()))
    return count


def _written(what: str, limit: float) -> str:
    return f"{limit / 2**20:,.0f} MB" if what == MEMORY else f"{limit:.0f}"
