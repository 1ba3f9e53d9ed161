"""What `jjj-atlas export` does: figures of one view, of a list of views, or of every place."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dashboard.lettering import FONT
from dashboard.pages.callbacks import pages_of
from dashboard.pages.gallery import Gallery
from dashboard.pages.reports import FINDINGS, KINDS, document, gathered, gathered_findings
from dashboard.print import packet
from dashboard.print.chrome import Chrome
from dashboard.print.errors import EmptyError, ExportError
from dashboard.print.exporter import SUFFIXES, Exporter
from dashboard.print.names import target, write
from dashboard.print.report import find_place
from dashboard.scene import Scene, vocabulary
from dashboard.tasks import require, tasks_of
from dashboard.view import parse
from dashboard.web import wire as web
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from dashboard.print.exhibit import Exhibit
    from dashboard.tasks import Task
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest
    from geodata.records import Lang

REPORTS: Final = tuple(f".{kind}" for kind in sorted(KINDS))
MOST_NAMED: Final = 3
"""Files that are named where they failed for one reason; the rest are counted."""
BAR: Final = 28
"""Characters of the progress bar."""


class Printer:
    """Carries out tasks; what is finished stays, what failed is listed.

    Parameters
    ----------
    gallery, exporter
        What can be printed, and who prints.
    site
        Where the links of the figures lead.
    say
        Prints a line for the reader.
    """

    def __init__(
        self, gallery: Gallery, exporter: Exporter, site: str, say: Callable[[str], None]
    ) -> None:
        self._gallery = gallery
        self._studio = exporter
        self._site = site
        self._say = say
        self._taken: set[str] = set()
        self.failed: dict[str, list[str]] = {}
        self.done = self._missed = 0

    def run(self, tasks: list[Task], folder: Path) -> None:
        """Print all tasks into a folder, telling how far it has come."""
        total = sum(len(task.formats) for task in tasks)
        for task in tasks:
            try:
                exhibits = self._gallery.exhibits(task.page, task.chart, task.view, task.choice)
            except ExportError as error:
                self._fail(f"{self._link(task)} ({task.chart})", error)
                total -= len(task.formats)
                continue
            stem = self._free(exhibits[0].stem)
            for kind in task.formats:
                name = f"{stem}.{SUFFIXES.get(kind, kind)}"
                if self._one(task, exhibits, kind, (folder, name)):
                    self.done += 1
                self._say(progress(self.done + self._missed, total, name))

    def packets(self, tasks: list[Task], folder: Path) -> None:
        """Print a packet for each view of the tasks; a packet is whole or not there."""
        views = [list(of) for _, of in groupby(tasks, key=lambda task: (task.page, task.view))]
        for place, group in enumerate(views, 1):
            try:
                stem, content = self._packet(group)
                name = f"{self._free(stem)}.{packet.SUFFIX}"
                write(target(folder, name), content)
            except ExportError as error:
                name = self._link(group[0])
                self._fail(name, error)
            else:
                self.done += 1
            self._say(progress(place, len(views), name))

    def _packet(self, group: list[Task]) -> tuple[str, bytes]:
        """Return the stem and the content of the packet of one view."""
        link, figures, undrawn = self._link(group[0]), [], []
        for task in group:
            try:
                exhibits = self._gallery.exhibits(task.page, task.chart, task.view, task.choice)
            except EmptyError as error:
                undrawn.append((task.chart, self._reasons(task)))
                why = error
                continue
            figures.append(self._studio.packed(exhibits, task.choice, link, patient=True))
        if not figures:
            raise why
        told = packet.Told(link, group[0].choice.date, tuple(undrawn))
        return figures[0].main.stem, packet.zipped(figures, told)

    def _reasons(self, task: Task) -> Mapping[Lang, str]:
        """Return in each language why there is nothing to draw."""
        reasons: dict[Lang, str] = {}
        for lang in LANGUAGES:
            try:
                choice = replace(task.choice, words=lang)
                self._gallery.exhibits(task.page, task.chart, task.view, choice)
            except EmptyError as error:
                reasons[lang] = str(error)
        return reasons

    def _fail(self, name: str, error: ExportError) -> None:
        self.failed.setdefault(str(error), []).append(name)

    def _one(self, task: Task, exhibits: list[Exhibit], kind: str, to: tuple[Path, str]) -> bool:
        try:
            content = self._studio.file(kind, exhibits, task.choice, self._link(task), patient=True)
            write(target(*to), content)
        except ExportError as error:
            self._fail(to[1], error)
            self._missed += 1
            return False
        return True

    def _link(self, task: Task) -> str:
        return self._gallery.link(self._site, task.page, task.view)

    def _free(self, stem: str) -> str:
        """Return a name that no other figure of this run has."""
        asked, number = stem, 1
        while asked in self._taken:
            number += 1
            asked = f"{stem}_{number}"
        self._taken.add(asked)
        return asked


def run(
    arguments: argparse.Namespace, atlas: Atlas, manifest: Manifest, say: Callable[[str], None]
) -> int:
    """Carry out `export` and return the exit code: 1 where some figure failed."""
    scene = Scene(atlas, web.addresses(manifest), vocabulary(atlas))
    chrome = Chrome(partial(web.held_geometry, manifest), FONT)
    gallery = Gallery(scene, pages_of(scene))
    printer = Printer(
        gallery, Exporter(chrome), arguments.site, show if sys.stdout.isatty() else say
    )
    try:
        tasks = list(tasks_of(arguments, gallery))
        work = printer.packets if arguments.packet else printer.run
        work(tasks, Path(arguments.out))
    finally:
        chrome.close()
    if sys.stdout.isatty():
        print()
    say(f"完成 {printer.done} 个文件 files done: {arguments.out}")
    if not printer.failed:
        return 0
    count = sum(map(len, printer.failed.values()))
    print(f"失败 {count} 项 failed:", file=sys.stderr)
    for reason, names in printer.failed.items():
        more = f" …（共 {len(names)} 项 in all）" if len(names) > MOST_NAMED else ""
        print(f"- {', '.join(names[:MOST_NAMED])}{more}: {reason}", file=sys.stderr)
    return 1


def report(
    arguments: argparse.Namespace, atlas: Atlas, manifest: Manifest, say: Callable[[str], None]
) -> int:
    """Carry out `report` and return the exit code.

    Raises
    ------
    ExportError
        When the place is not known, the suffix is none of `REPORTS`, or a picture fails.
    """
    out = Path(arguments.out)
    if out.suffix not in REPORTS:
        known = ", ".join(REPORTS)
        message = f"报告的后缀应为 · the suffix of a report is one of: {known}"
        raise ExportError(message)
    lang: Lang = arguments.lang or "zh"
    require("--lang", lang, known=LANGUAGES)
    scene = Scene(atlas, web.addresses(manifest), vocabulary(atlas))
    view = replace(parse(arguments.view, scene.vocabulary)[0], lang=lang)
    gallery = Gallery(scene, pages_of(scene))
    if arguments.place == FINDINGS:
        told = gathered_findings(gallery, view, arguments.site)
    else:
        place = find_place(scene, arguments.place, view.scheme)
        told = gathered(gallery, place, view, arguments.site)
    chrome = Chrome(partial(web.held_geometry, manifest), FONT)
    by, kind = (Exporter(chrome), chrome), out.suffix.removeprefix(".")
    try:
        content = document(told, view.lang, kind, by, patient=True)
    finally:
        chrome.close()
    write(out, content)
    say(f"完成 done: {out}")
    return 0


def show(line: str) -> None:
    """Write a line over the one before, on a terminal."""
    print(f"\r\x1b[K{line}", end="", flush=True)


def progress(done: int, total: int, name: str) -> str:
    """Return a line with a bar: how many files of how many, and the last one's name."""
    filled = BAR * done // max(total, 1)
    return f"[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total} {name}"
