"""One Chrome kept alive, behind a bounded queue: time-outs, restarts, and no boxes for letters."""

from __future__ import annotations

import asyncio
import atexit
import base64
import contextlib
import os
import shutil
import tempfile
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dashboard.print import outlines, pdf, typeface
from dashboard.print.drawing_page import DrawingPage, letters_of, shapeless
from dashboard.print.errors import BusyError, CrampedError, ExportError, NoChromeError
from dashboard.print.sandbox import Sandbox
from dashboard.text import text
from dashboard.web import journal
from geodata import scarce
from geodata.errors import CacheError
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from kaleido import Kaleido

    from dashboard.print.about import About

SECONDS: Final = 30.0
"""Time for one figure, after which Chrome is started anew."""
START_SECONDS: Final = 60.0
TRIES: Final = 2
IN_FLIGHT: Final = 4
"""Figures that may be under way or wait; half the server's threads, so that pages keep coming."""
NICENESS: Final = 19
"""Of Chrome among the processes of the machine, the least urgent there is; the server has 0."""
LIFETIME: Final = 400
"""Figures after which Chrome is started anew, so that what it holds on to stays bounded."""
MEGABYTE: Final = 1e6
LEAST_FREE: Final = 20
"""Megabytes that Chrome's profile needs in the temporary folder, with some to spare."""
BROWSER: Final = {"enable_gpu": False, "headless": True}
PRINTED: Final = {
    "preferCSSPageSize": True,
    "printBackground": True,
    "generateTaggedPDF": True,
    "generateDocumentOutline": True,
}
"""A PDF has the size its page asks for, and for those who hear it headings and figures by name."""
TYPE_IS_READ: Final = {"expression": "document.fonts.ready.then(() => 0)", "awaitPromise": True}


@dataclass(frozen=True, slots=True)
class Shot:
    """What a picture is to be: `kind` svg, png or pdf, and its size as Kaleido counts it."""

    kind: str
    width: int
    height: int
    scale: float


NAMED: Final = 8
"""Letters without a font that are named at most."""


class Chrome:
    """Makes pictures of figures; safe to call from any thread.

    Parameters
    ----------
    assets
        Returns the geometry that figures name by address; asked once, at the first picture.
    font
        The CSS font family of the figures.
    in_flight
        Figures that may be under way or wait at one time.
    seconds
        Time for one figure.
    path
        Where Chrome or Chromium is; found where it usually is when not told.
    polite
        Let other processes go first, as beside a server that readers wait for.
    """

    def __init__(  # noqa: PLR0913 - what there is to choose
        self,
        assets: Callable[[], Mapping[str, Any]],
        font: str,
        *,
        in_flight: int = IN_FLIGHT,
        seconds: float = SECONDS,
        path: str | None = None,
        polite: bool = False,
    ) -> None:
        self._assets = assets
        self._font = font
        self._seconds = seconds
        self._path = path
        self._polite = polite
        self._room = threading.BoundedSemaphore(in_flight)
        self._starting = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._turn: asyncio.Lock | None = None
        self._at_work: asyncio.Task[Any] | None = None
        self._closing = self._opening = False
        self._browser: Kaleido | None = None
        self._page: DrawingPage | None = None
        self._drawn = 0
        self._readable: set[str] = set()
        self._remarked = False
        self._sandbox = Sandbox(loudly=polite)

    def picture(self, figure: Mapping[str, Any], shot: Shot, *, patient: bool = False) -> bytes:
        """Draw a figure.

        Parameters
        ----------
        figure
            Data and layout.
        shot
            Kind and size.
        patient
            Wait for a place in the queue, however long; otherwise a full queue is an error.

        Raises
        ------
        BusyError
            When the queue is full.
        NoChromeError
            When there is no Chrome, or nowhere for it to write.
        ExportError
            When letters would be boxes, the figure cannot be drawn, or Chrome fails twice.
        """
        if not self._room.acquire(blocking=patient):
            raise busy()
        try:
            made: bytes = self._run(self._tried(lambda: self._once(figure, shot)))
        finally:
            self._room.release()
        return made

    def document(self, page: str, about: About) -> bytes:
        """Return a page of HTML as PDF; waits for its turn, errors as `picture`.

        Where its type could not be embedded as type, the journal (on a terminal the reader) is
        told so once.
        """
        with self._room:
            handed = typeface.handed(page)
            made: bytes = self._run(self._tried(lambda: self._printed(page, handed)))
        if pdf.has_drawn_letters(made) and not self._remarked:
            self._remarked = True
            journal.faults.warning(_said("export.type3"))
        return pdf.described(made, about)

    def outlined(self, figure: Mapping[str, Any]) -> dict[str, Any]:
        """Return a figure with what Plotly's areas cannot draw, whoever draws it; no Chrome."""
        return outlines.outlined(figure, self._held)

    @cached_property
    def _held(self) -> Mapping[str, Any]:
        return self._assets()

    def close(self) -> None:
        """Give up what is under way and stop Chrome; it starts again when asked for a picture."""
        with self._starting:
            if self._loop is None or self._thread is None:
                return
            asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(START_SECONDS)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(START_SECONDS)
            self._loop.close()
            self._loop = self._thread = None

    @property
    def process(self) -> int | None:
        """Return the process id of the running Chrome, or None."""
        return None if self._browser is None else int(self._browser.subprocess.pid)

    def _run(self, work: Coroutine[Any, Any, bytes]) -> bytes:
        with self._starting:
            if self._loop is None:
                loop = asyncio.new_event_loop()
                thread = threading.Thread(target=loop.run_forever, name="chrome", daemon=True)
                try:
                    thread.start()
                except RuntimeError as error:
                    loop.close()
                    raise CrampedError(str(scarce.told(error) or error)) from error
                self._loop, self._thread, self._turn = loop, thread, asyncio.Lock()
                self._closing = False
                atexit.register(self.close)
            loop = self._loop
        return asyncio.run_coroutine_threadsafe(work, loop).result()

    async def _tried(self, work: Callable[[], Coroutine[Any, Any, bytes]]) -> bytes:
        """Draw in turn; where Chrome fails, start it anew and try once more."""
        from kaleido._kaleido_tab import KaleidoError  # noqa: PLC0415 - heavy, first picture only

        assert self._turn is not None  # noqa: S101 - made with the loop
        async with self._turn:
            self._at_work = asyncio.current_task()
            for _ in range(TRIES):
                if self._closing:
                    break
                try:
                    return await work()
                except (ExportError, CacheError):
                    raise
                except KaleidoError as error:
                    raise ExportError(_said("export.refused")) from error
                # A dying Chrome also cancels what waits for it, and that is no Exception.
                except (Exception, asyncio.CancelledError) as error:
                    await self._drop()
                    if self._closing:
                        break
                    fields = {"fault": repr(error)}
                    journal.faults.warning("Chrome is started anew", extra={"fields": fields})
                    if wanting := scarce.told(error) or scarce.of(scarce.CHROME):
                        raise CrampedError(str(wanting)) from error
        raise ExportError(_said("export.crashed"))

    async def _end(self) -> None:
        """Let the figure under way and those that wait fail, then let go of Chrome."""
        assert self._turn is not None  # noqa: S101 - made with the loop
        self._closing = True
        if self._at_work is not None and self._turn.locked() and not self._opening:
            self._at_work.cancel()
        async with self._turn:
            await self._drop()

    async def _ready(self) -> Kaleido:
        """Return a Chrome that is not too old."""
        if self._drawn >= LIFETIME:
            await self._drop()
        if self._browser is None:
            await asyncio.wait_for(self._start(), START_SECONDS)
        assert self._browser is not None  # noqa: S101 - just started
        return self._browser

    async def _printed(self, page: str, handed: str) -> bytes:
        """Print in the tab of the figures: a tab of its own would be raised before the pages."""
        browser = await self._ready()
        await asyncio.wait_for(self._check_letters(browser, page), self._seconds)
        easel = await asyncio.wait_for(browser.tabs_ready.get(), self._seconds)

        async def said(command: str, **told: Any) -> Any:  # noqa: ANN401 - the protocol's
            asking = easel.tab.send_command(command, params=told)
            answer = await asyncio.wait_for(asking, self._seconds)
            return answer["result"]

        tree = await said("Page.getFrameTree")
        frame = tree["frameTree"]["frame"]["id"]
        await said("Page.setDocumentContent", frameId=frame, html=handed)
        await said("Runtime.evaluate", **TYPE_IS_READ)
        made = await said("Page.printToPDF", **PRINTED)
        await asyncio.wait_for(easel.reload(), self._seconds)
        await browser.tabs_ready.put(easel)
        self._drawn += 1
        return base64.b64decode(made["data"])

    async def _once(self, figure: Mapping[str, Any], shot: Shot) -> bytes:
        browser = await self._ready()
        await asyncio.wait_for(self._check_letters(browser, figure), self._seconds)
        options = {
            "format": shot.kind,
            "width": shot.width,
            "height": shot.height,
            "scale": shot.scale,
        }
        made: bytes = await asyncio.wait_for(
            browser.calc_fig(self.outlined(figure), opts=options), self._seconds
        )
        self._drawn += 1
        return made

    async def _start(self) -> None:
        from choreographer import errors  # noqa: PLC0415 - heavy, first picture only

        from dashboard.print.easel import Easel  # noqa: PLC0415

        require_room()
        if self._page is None:
            self._page = DrawingPage(self._held)

        async def opened(*, shut_in: bool) -> Easel:
            told = {**BROWSER, "enable_sandbox": shut_in}
            browser = Easel(page_generator=self._page, timeout=None, path=self._path, **told)
            self._browser, self._drawn = browser, 0  # before it opens, so that it can be let go of
            self._opening = True  # a Chrome that is given up now would be let go of by nobody
            try:
                await browser.open()
            finally:
                self._opening = False
            if self._closing:
                raise asyncio.CancelledError
            return browser

        for shut_in in self._sandbox.ways:
            try:
                browser = await opened(shut_in=shut_in)
            except errors.ChromeNotFoundError as error:
                raise NoChromeError(_said("export.no_chrome")) from error
            except errors.BrowserFailedError:
                if not shut_in:
                    raise
                await self._drop()
            else:
                self._sandbox.succeeded(shut_in=shut_in)
                break
        if self._polite:
            lower_priority(int(browser.subprocess.pid))

    async def _drop(self) -> None:
        """Let go of Chrome, dead or alive."""
        browser, self._browser = self._browser, None
        self._readable.clear()
        if browser is not None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(browser.close(), 10)

    async def _check_letters(self, browser: Kaleido, part: Mapping[str, Any] | str) -> None:
        """Refuse a figure or page with letters that no font here can draw."""
        letters = sorted(set(letters_of(part)) - self._readable)
        if not letters:
            return
        tab = next(iter(browser.tabs.values()))
        asked = {"expression": shapeless(letters, self._font), "returnByValue": True}
        answer = await tab.send_command("Runtime.evaluate", params=asked)
        boxes = answer["result"]["result"]["value"]
        if boxes:
            raise ExportError(boxes_said(boxes))
        self._readable.update(letters)


def require_room() -> None:
    """Raise NoChromeError where there is no room for the profile that Chrome keeps."""
    try:
        folder = tempfile.gettempdir()
    except FileNotFoundError as error:
        raise NoChromeError(_said("export.no_temporary")) from error
    free = shutil.disk_usage(folder).free / MEGABYTE
    if free < LEAST_FREE:
        told = {"folder": folder, "free": f"{free:.0f}", "least": str(LEAST_FREE)}
        raise NoChromeError(_said("export.full_temporary", **told))


def lower_priority(process: int) -> None:
    """Let whoever waits for a page go before Chrome, where the system tells its processes."""
    family, tasks = {process}, Path("/proc")
    stats = [folder / "stat" for folder in tasks.glob("[0-9]*")]
    parents: dict[int, int] = {}
    for stat in stats:
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    for one in family:
        for task in (tasks / str(one) / "task").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, int(task.name), NICENESS)


def busy() -> BusyError:
    """Return what the impatient are told."""
    return BusyError(_said("export.busy"))


def boxes_said(letters: str) -> str:
    """Say for which letters there is no font: the first of them, and how many they are."""
    if len(letters) <= NAMED:
        return _said("export.boxes", letters=letters)
    return _said("export.boxes_many", letters=letters[:NAMED], n=str(len(letters)))


def _said(key: str, **fields: str) -> str:
    """Return a sentence in both languages: who reads it is not known here."""
    return "\n".join(text(lang)(key, **fields) for lang in LANGUAGES)
