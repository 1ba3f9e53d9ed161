"""What a line of `export` asks for, read from its options or from a list of views."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from dashboard.pages.gallery import charts_at, figures_of
from dashboard.papers import DPI, EACH, FILES, NARROWEST, PALETTES, SIZES, WIDEST, WORDS
from dashboard.print import paper
from dashboard.print.errors import ExportError
from dashboard.view import parse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Iterator, Mapping

    from dashboard.pages.gallery import Gallery
    from dashboard.pages.page import Page
    from dashboard.print.paper import Print
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Level

OPTIONS: Final = {"size": "sheet", "lang": "words"}
"""Options that the address calls otherwise."""
KNOWN: Final[Mapping[str, Collection[object]]] = {
    "sheet": SIZES,
    "words": WORDS,
    "palette": PALETTES,
    "dpi": DPI,
    "width": (f"{NARROWEST:g}–{WIDEST:g}",),
    "transparent": ("1",),
}
"""What the parameters of `print.paper` may be."""


@dataclass(frozen=True, slots=True)
class Task:
    """One figure of one view, in the formats asked for."""

    page: Page
    chart: str
    view: View
    choice: Print
    formats: tuple[str, ...]


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
    require("--each", each, known=EACH)
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
        message = (
            f"视图 {address} 的参数有误：{names}。\n"
            f"The view {address} has parameters that cannot be used: {names}."
        )
        raise ExportError(message)
    return page, view


def _tasks(page: Page, view: View, given: Mapping[str, str]) -> Iterator[Task]:
    told = {OPTIONS.get(name, name): value for name, value in given.items() if value}
    choice, fallen = paper.read(told, view.lang)
    formats = tuple(str(given["format"]).split(","))
    charts = tuple(given["chart"].split(",")) if given.get("chart") else charts_at(page, view)
    for name in fallen:
        require(_option(name), told[name], known=KNOWN[name])
    require("--format", *formats, known=FILES)
    require("--chart", *charts, known=figures_of(page))
    if not charts:
        message = f"{page.path} 没有可导出的图。\nThere is no figure to export on {page.path}."
        raise ExportError(message)
    for chart in charts:
        yield Task(page, chart, view, choice, formats)


def _option(name: str) -> str:
    """Return how the command line calls what an address calls so."""
    return "--" + next((ours for ours, theirs in OPTIONS.items() if theirs == name), name)


def require(option: str, *values: str, known: Collection[object]) -> None:
    """Raise ExportError for the first value that an option does not know."""
    listed = [str(one) for one in known]
    for value in values:
        if value not in listed:
            names = ", ".join(listed)
            message = (
                f"{option} 没有“{value}”，可用：{names}。\n"
                f"{option} has no “{value}”; there are: {names}."
            )
            raise ExportError(message)
