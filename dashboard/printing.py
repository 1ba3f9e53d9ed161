"""What `jjj-atlas export` does: figures of one view, of a list of views, or of every place."""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from dashboard.lettering import FONT
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery, all_panels, charts_of
from dashboard.papers import FILES
from dashboard.print import paper, report_page, report_slides, report_word
from dashboard.print.about import of_report
from dashboard.print.chrome import Chrome
from dashboard.print.errors import ExportError
from dashboard.print.exporter import SUFFIXES, Exporter
from dashboard.print.names import target, write
from dashboard.print.report import about, find_place
from dashboard.print.report import report as gather
from dashboard.scene import Scene, vocabulary
from dashboard.view import parse
from dashboard.web import wire as web

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping

    from dashboard.pages.page import Page
    from dashboard.print.exhibit import Exhibit
    from dashboard.print.paper import Print
    from dashboard.view import View
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest
    from geodata.records import Level

REPORTS: Final = (".docx", ".pdf", ".pptx")
BAR: Final = 28
"""Characters of the progress bar."""
OPTIONS: Final = {"size": "sheet", "lang": "words"}
"""Options that the address calls otherwise."""


@dataclass(frozen=True, slots=True)
class Task:
    """One figure of one view, in the formats asked for."""

    page: Page
    chart: str
    view: View
    choice: Print
    formats: tuple[str, ...]


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
        self.failed: list[str] = []
        self.done = 0

    def run(self, tasks: list[Task], folder: Path) -> None:
        """Print all tasks into a folder, telling how far it has come."""
        total = sum(len(task.formats) for task in tasks)
        for task in tasks:
            try:
                exhibits = self._gallery.exhibits(task.page, task.chart, task.view, task.choice)
            except ExportError as error:
                self.failed.append(f"{self._link(task)} ({task.chart}): {error}")
                total -= len(task.formats)
                continue
            stem = self._free(exhibits[0].stem)
            for kind in task.formats:
                name = f"{stem}.{SUFFIXES.get(kind, kind)}"
                if self._one(task, exhibits, kind, (folder, name)):
                    self.done += 1
                self._say(progress(self.done + self._misses(), total, name))

    def _misses(self) -> int:
        return sum(line.startswith("- ") for line in self.failed)

    def _one(self, task: Task, exhibits: list[Exhibit], kind: str, to: tuple[Path, str]) -> bool:
        try:
            content = self._studio.file(kind, exhibits, task.choice, self._link(task), patient=True)
            write(target(*to), content)
        except ExportError as error:
            self.failed.append(f"- {to[1]}: {error}")
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
    gallery = Gallery(scene, PAGES)
    printer = Printer(
        gallery, Exporter(chrome), arguments.site, show if sys.stdout.isatty() else say
    )
    try:
        tasks = list(tasks_of(arguments, gallery))
        printer.run(tasks, Path(arguments.out))
    finally:
        chrome.close()
    if sys.stdout.isatty():
        print()
    say(f"完成 {printer.done} 个文件 files done: {arguments.out}")
    if not printer.failed:
        return 0
    print(f"失败 {len(printer.failed)} 项 failed:", file=sys.stderr)
    for line in printer.failed:
        print(line if line.startswith("- ") else f"- {line}", file=sys.stderr)
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
    scene = Scene(atlas, web.addresses(manifest), vocabulary(atlas))
    view = replace(parse(arguments.view, scene.vocabulary)[0], lang=arguments.lang or "zh")
    place = find_place(scene, arguments.place, view.scheme)
    link = Gallery(scene, PAGES).link(arguments.site, PAGES["/"], about(view, place))
    gathered = gather(scene, place, view, scene.context(view), all_panels(PAGES))
    told = replace(gathered, link=link)
    chrome = Chrome(partial(web.held_geometry, manifest), FONT)
    exporter, today = Exporter(chrome), paper.read({}, view.lang)[0].date

    def picture(exhibit: Exhibit, choice: Print, kind: str) -> bytes:
        return exporter.file(kind, [exhibit], replace(choice, date=today), "", patient=True)

    try:
        if out.suffix == ".pdf":
            page = report_page.html_of(told, view.lang, picture)
            content = chrome.document(page, of_report(told, view.lang))
        else:
            make = report_word.docx_of if out.suffix == ".docx" else report_slides.pptx_of
            content = make(told, view.lang, picture)
    finally:
        chrome.close()
    write(out, content)
    say(f"完成 done: {out}")
    return 0


def tasks_of(arguments: argparse.Namespace, gallery: Gallery) -> Iterator[Task]:
    """Yield the tasks of a command line.

    Raises
    ------
    ExportError
        When a view, chart, format or choice is not known, or the list cannot be read.
    """
    base = {name: getattr(arguments, name) for name in (*ROW_OPTIONS, "width", "transparent")}
    rows = read_batch(Path(arguments.batch)) if arguments.batch else [{"view": arguments.view}]
    for row in rows:
        given = {**base, **{name: value for name, value in row.items() if value}}
        page, view = _view(row["view"], gallery)
        for one in spread(view, arguments.each, gallery.scene):
            yield from _tasks(page, one, given)


ROW_OPTIONS: Final = ("chart", "format", "size", "lang", "palette", "dpi")
"""Options that a row of a batch may set for itself."""


def read_batch(path: Path) -> list[dict[str, str]]:
    """Read a list of views: a CSV with the column `view` and, if wished, `ROW_OPTIONS`.

    Raises
    ------
    ExportError
        When the file cannot be read, has no column `view`, or columns that mean nothing.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = set(reader.fieldnames or ())
            rows = [row for row in reader if row.get("view")]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"无法读取 {path} · cannot read {path}: {error}"
        raise ExportError(message) from error
    if "view" not in columns or columns - {"view", *ROW_OPTIONS}:
        known = ", ".join(("view", *ROW_OPTIONS))
        message = f"{path} 的列应为 view 与下列各项 · its columns are view and any of: {known}"
        raise ExportError(message)
    return rows


def spread(view: View, each: str | None, scene: Scene) -> list[View]:
    """Return the view itself, or one for each circle of its scheme, city or county."""
    if each is None:
        return [view]
    if each == "circle":
        circles = scene.atlas.circles(view.scheme)
        return [replace(view, circle=(circle.id,), regions=()) for circle in circles]
    level: Level = "city" if each == "city" else "county"
    places = scene.atlas.regions(level)
    return [replace(view, regions=(p.id,)) for p in places if p.kind != "new_area"]


def _view(address: str, gallery: Gallery) -> tuple[Page, View]:
    """Read an address as the browser shows it; a part of it from `?` on means Explore."""
    parts = urlsplit(address if "?" in address or "/" in address else f"?{address}")
    page = gallery.pages.get(parts.path or "/")
    if page is None:
        known = ", ".join(gallery.pages)
        message = f"没有页面 {parts.path}，可用 · no page {parts.path}; there are: {known}"
        raise ExportError(message)
    view, fallen = parse(f"?{parts.query}", gallery.scene.vocabulary)
    if fallen:
        names = ", ".join(fallen)
        message = f"视图参数有误：{names}。\nThe view has parameters that are not known: {names}."
        raise ExportError(message)
    return page, view


def _tasks(page: Page, view: View, given: Mapping[str, str]) -> Iterator[Task]:
    told = {OPTIONS.get(name, name): value for name, value in given.items() if value}
    choice, fallen = paper.read(told, view.lang)
    formats = tuple(str(given["format"]).split(","))
    charts = tuple(given["chart"].split(",")) if given.get("chart") else tuple(charts_of(page))
    wrong = [*fallen, *(f for f in formats if f not in FILES)]
    wrong += [chart for chart in charts if chart not in charts_of(page)]
    if wrong or not charts:
        names = ", ".join(wrong) or page.path
        known = ", ".join(charts_of(page))
        message = f"选项有误：{names}（图：{known}）。\nNot known: {names} (charts: {known})."
        raise ExportError(message)
    for chart in charts:
        yield Task(page, chart, view, choice, formats)


def show(line: str) -> None:
    """Write a line over the one before, on a terminal."""
    print(f"\r\x1b[K{line}", end="", flush=True)


def progress(done: int, total: int, name: str) -> str:
    """Return a line with a bar: how many files of how many, and the last one's name."""
    filled = BAR * done // max(total, 1)
    return f"[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total} {name}"
