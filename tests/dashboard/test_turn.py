"""Readers take turns: nobody waits behind another who asks again and again."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from dashboard.print.errors import BusyError
from dashboard.print.turn import PLACES, SEATS, Turn
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOON = 0.0


def turn_in(folder: Path, name: str = "x", patience: float = SOON) -> Turn:
    """Give a turn as one worker has it, which has room for as many as there are seats."""
    return Turn(folder, name, threading.BoundedSemaphore(SEATS), patience)


def holding(turn: Turn, reader: str, got: list[str], end: threading.Event) -> threading.Thread:
    """Let a reader wait for the turn and hold it until told; note what became of it."""

    def hold() -> None:
        try:
            with turn.taken(reader):
                got.append(reader)
                end.wait(20)
        except BusyError:
            got.append(f"{reader} is told to wait")

    thread = threading.Thread(target=hold)
    thread.start()
    return thread


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def waiting(turn: Turn) -> list[str]:
    with turn._list() as known:  # noqa: SLF001 - who waits is seen by nobody else
        return [reader for reader, _, _ in known["waiting"].values()]


def test_the_turn_goes_to_whoever_has_not_had_it_for_the_longest(tmp_path: Path) -> None:
    one, other, third = (turn_in(tmp_path, patience=20) for _ in range(3))
    got: list[str] = []
    first, rest = threading.Event(), threading.Event()
    rest.set()
    threads = [holding(one, "greedy", got, first)]
    until(lambda: got == ["greedy"])
    # The greedy one asks again from another worker and is sent away; others take their places.
    with pytest.raises(BusyError), other.taken("greedy"):
        pytest.fail("a reader had two places")
    threads.append(holding(other, "b", got, rest))
    until(lambda: waiting(one) == ["b"])
    first.set()
    until(lambda: got == ["greedy", "b"])
    for thread in threads:
        thread.join()
    # Now both wait behind a third: b has had the turn later than the greedy one.
    first.clear()
    threads = [holding(third, "c", got, first)]
    until(lambda: got[-1] == "c")
    threads.append(holding(one, "b", got, rest))
    until(lambda: waiting(one) == ["b"])
    threads.append(holding(other, "greedy", got, rest))
    until(lambda: waiting(one) == ["b", "greedy"])
    first.set()
    for thread in threads:
        thread.join()
    assert got == ["greedy", "b", "c", "greedy", "b"]


def test_a_reader_with_two_loops_does_not_keep_another_waiting(tmp_path: Path) -> None:
    """Two workers; one reader asks both as fast as he can, another fifteen times in a row."""
    workers = [turn_in(tmp_path, patience=20) for _ in range(2)]
    stop, loops = threading.Event(), []

    def ask(turn: Turn) -> None:
        while not stop.is_set():
            try:
                with turn.taken("greedy"):
                    time.sleep(0.02)
            except BusyError:
                time.sleep(0.001)

    for turn in workers:
        loops.append(threading.Thread(target=ask, args=(turn,)))
        loops[-1].start()
    try:
        served = 0
        for number in range(15):
            with workers[number % 2].taken("other"):
                served += 1
    finally:
        stop.set()
        for loop in loops:
            loop.join()
    assert served == 15


@pytest.mark.parametrize("writable", ["folder", "temporary", "nothing"])
def test_workers_share_one_turn_where_they_can_write(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, writable: str
) -> None:
    there, nowhere = tmp_path, tmp_path / "nowhere"
    temporary = there if writable == "temporary" else nowhere
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(temporary))
    folder = there if writable == "folder" else nowhere
    one, other = (turn_in(folder) for _ in range(2))
    with one.taken("a"), ExitStack() as stack:
        if writable != "nothing":
            stack.enter_context(pytest.raises(BusyError))
        with other.taken("b"):
            assert writable == "nothing"
    with one.taken("a"), pytest.raises(BusyError), one.taken("b"):
        pytest.fail("a turn was had twice")
    with other.taken("b"):
        pass


def test_turns_of_other_names_are_other_turns(tmp_path: Path) -> None:
    with turn_in(tmp_path).taken("a"), turn_in(tmp_path, "y").taken("a"):
        pass


def test_turns_of_all_names_leave_room_for_pages(tmp_path: Path) -> None:
    room = threading.BoundedSemaphore(2)
    drawing, writing = (Turn(tmp_path, name, room, SOON) for name in ("drawing", "writing"))
    with drawing.taken("a"), writing.taken("b"), pytest.raises(BusyError), writing.taken("c"):
        pytest.fail("a third reader had room for two")
    with writing.taken("c"):
        pass


def test_only_so_many_wait_in_all_and_in_a_worker(tmp_path: Path) -> None:
    got: list[str] = []
    end = threading.Event()
    workers = [turn_in(tmp_path, patience=20) for _ in range(PLACES)]
    threads = [holding(workers[0], "first", got, end)]
    until(lambda: got == ["first"])
    for number in range(PLACES):
        threads.append(holding(workers[number], f"{number}", got, end))
        until(lambda n=number: len(waiting(workers[0])) == n + 1)  # type: ignore[misc]
    with pytest.raises(BusyError), workers[1].taken("last"):
        pytest.fail("more than there are places")
    assert len([1 for reader in waiting(workers[0]) if reader]) == PLACES
    assert SEATS == 2
    with pytest.raises(BusyError), workers[0].taken("third in this worker"):
        pytest.fail("more than there are seats")
    end.set()
    for thread in threads:
        thread.join()
    assert got == ["first", *map(str, range(PLACES))]


@pytest.mark.parametrize("reader", ["the same", "another"])
def test_a_worker_that_is_killed_gives_its_turn_back(tmp_path: Path, reader: str) -> None:
    script = "import sys, time, threading, pathlib\n"
    script += "from dashboard.print.turn import Turn\n"
    script += "turn = Turn(pathlib.Path(sys.argv[1]), 'x', threading.Semaphore())\n"
    script += "with turn.taken('the same'):\n"
    script += "    print('has it', flush=True); time.sleep(60)"
    with subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline()
        with pytest.raises(BusyError), turn_in(tmp_path).taken(reader):
            pytest.fail("a turn was had twice")
        worker.kill()
    with turn_in(tmp_path).taken(reader):
        pass


def test_who_died_while_waiting_loses_the_place_and_half_a_list_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = turn_in(tmp_path)
    turn._enter("dead")  # noqa: SLF001 - and never leaves
    with pytest.raises(BusyError), turn.taken("dead"):
        pytest.fail("a reader had two places")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 2)
    with turn.taken("dead"):
        pass
    for file in tmp_path.glob("*.json"):
        file.write_text('{"waiting": {"a": [1', encoding="utf-8")
    with turn.taken("b"):
        pass


def test_files_that_are_cleared_away_are_made_anew(tmp_path: Path) -> None:
    turn = Turn(tmp_path, "writing", threading.Semaphore(4))
    with turn.taken("one"):
        pass
    for file in tmp_path.iterdir():
        file.unlink()
    with turn.taken("two"):
        assert (tmp_path / "jjj-atlas-writing.json").exists()


def test_a_lock_that_may_not_be_opened_leaves_a_worker_with_its_own_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jjj-atlas-writing.lock").mkdir()  # not to be opened by anyone
    monkeypatch.setattr("dashboard.print.turn._temporary", lambda: tmp_path / "nowhere")
    with Turn(tmp_path, "writing", threading.Semaphore(4)).taken("one"):
        pass
