"""What a report on a place holds, before it is a document: sections, figures, tables, sources."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from dashboard.panels.subtotal import covered, named
from dashboard.print import common
from dashboard.print.errors import EmptyError, ExportError
from dashboard.print.exhibits import banded, exhibit
from dashboard.print.report_place import parts
from dashboard.print.words import joined_notes, short
from dashboard.text import text
from dashboard.wording import quantity_text, year_text
from geodata.errors import UnknownNameError
from geodata.ids import OWN, OWN_ID
from geodata.places.sites import beyond, distinct
from geodata.records import LANGUAGES, LEVELS, REGION_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dashboard.charts.record import Panel, Reported
    from dashboard.print.exhibit import Exhibit
    from dashboard.print.report_place import Words
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import KeyFigure, Place, Source, Value

FIGURES, SITES = 20, 40
"""Order of the key figures and of the sites among the sections, see `charts.record.Reported`."""
MOST_SITES: Final = 20
"""Clusters that a report lists; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it: paragraphs, a figure or a table (its head first).

    `caption` is that of the table; that of the figure is its title.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    figure: Exhibit | None = None
    table: tuple[tuple[str, ...], ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A short report; numbers in square brackets in its words point into `sources`.

    `named` are the sources in a few words each, `link` is the address of the view.
    """

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    sources: tuple[str, ...]
    credits: tuple[str, ...]
    stem: str
    named: tuple[str, ...] = ()
    link: str = ""


class Endnotes:
    """Publications, numbered in order of first use."""

    def __init__(self, context: Context) -> None:
        """Begin with none."""
        self._context = context
        self._numbers: dict[str, int] = {}

    def mark(self, ids: Iterable[str]) -> str:
        """Return the numbers of publications as they stand after a figure: [1, 3]."""
        numbers = sorted({self._numbers.setdefault(i, len(self._numbers) + 1) for i in ids})
        return f" [{', '.join(map(str, numbers))}]" if numbers else ""

    def own(self) -> str:
        """Say that some figures are a reader's own, where one of them is; else ""."""
        cited = any(one.startswith(OWN_ID) for one in self._numbers)
        return self._context.word(OWN, "some") if cited else ""

    def lines(self) -> tuple[str, ...]:
        """Return the publications in order, each in full."""
        return tuple(full(self._context.source(one)) for one in self._numbers)

    def names(self) -> tuple[str, ...]:
        """Return the publications in order, each in a few words."""
        lang = self._context.lang
        return tuple(short(self._context.source(one), lang) for one in self._numbers)


def full(source: Source) -> str:
    """Write a publication with publisher, date and address."""
    parts = (source.title, source.publisher, source.date, source.link or "")
    return ". ".join(part.rstrip(".") for part in parts if part)


def find_place(scene: Scene, asked: str, scheme: str) -> Place:
    """Return the circle, region or whole that is called so: by id, code or name.

    Raises
    ------
    ExportError
        When no place, or more than one, is called so.
    """
    for key in (asked, f"{scheme}/{asked}"):
        with contextlib.suppress(UnknownNameError):
            return scene.atlas.place(key)
    places = [p for level in reversed(LEVELS) for p in scene.atlas.regions(level)]
    places = [scene.atlas.place(f"{scheme}/{c.id}") for c in scene.atlas.circles(scheme)] + places
    wanted = asked.casefold()
    found = {
        p.id: p
        for p in places
        if wanted in {n.casefold() for n in (p.name.zh, p.name.en, p.label.zh, p.label.en)}
    }
    if len(found) == 1:
        return next(iter(found.values()))
    key = "export.place_many" if found else "export.place_none"
    names = "、".join(p.label.zh for p in found.values())
    message = "\n".join(text(lang)(key, name=asked, places=names) for lang in LANGUAGES)
    raise ExportError(message)


def report(
    scene: Scene, place: Place, view: View, context: Context, panels: Iterable[Panel]
) -> Report:
    """Gather a report on a place.

    Parameters
    ----------
    scene
        The atlas.
    place
        A circle, a region or the whole.
    view
        Scheme, indicator, year and language.
    context
        Words and sources in the view's language.
    panels
        What the pages show, of which it has those that are `reported`.
    """
    t, shown, notes = context.t, about(view, place), Endnotes(context)
    makers: list[tuple[int, Callable[[], Section]]] = [
        (FIGURES, lambda: figures_section(scene, place, view, notes, context)),
        (SITES, lambda: sites_section(scene, place, notes, context)),
    ]
    makers += [
        (order, partial(_worded, make, place, context))
        for order, make in parts(scene, place, shown, context, notes.mark)
    ]
    makers += [
        (one.order, partial(_drawn, one, panel, (scene, one.seen(shown, place), context), notes))
        for panel in panels
        for one in panel.reported
        if not one.of or place.kind in one.of
    ]
    scheme = scene.atlas.scheme(view.scheme).name[view.lang]
    sections = tuple(make() for _, make in sorted(makers, key=lambda pair: pair[0]))
    return Report(
        title=t("export.report_title", place=place.label[view.lang]),
        subtitle=banded(notes.own(), t("export.report_subtitle", scheme=scheme)),
        sections=sections,
        sources=notes.lines(),
        credits=common.credits_of(context, is_map=True),
        stem=common.file_stem([place.label], view.lang, ""),
        named=notes.names(),
    )


def about(view: View, place: Place) -> View:
    """Return the view that shows a place: a circle filtered, a region selected."""
    if place.kind == "circle":
        scheme, _, circle = place.id.partition("/")
        return replace(view, scheme=scheme, circle=(circle,), regions=())
    return replace(view, circle=(), regions=() if place.id == REGION_ID else (place.id,))


def _worded(make: Callable[[], Words], place: Place, context: Context) -> Section:
    """Return a section of words, or of a table under its caption."""
    heading, paragraphs, table = make()
    scope = place.label[context.lang]
    caption = context.t("export.of_scope", scope=scope, what=heading) if table else ""
    return Section(heading, paragraphs, table=table, caption=caption)


def _drawn(
    one: Reported, panel: Panel, about_it: tuple[Scene, View, Context], notes: Endnotes
) -> Section:
    """Return the section of a figure, or of the sentence why there is none."""
    heading = about_it[-1].t(one.heading)
    try:
        figure = exhibit(panel, panel.names[0], *about_it)
    except EmptyError as error:
        return Section(heading, (str(error),))
    return figure_section(heading, figure, notes)


def figure_section(heading: str, figure: Exhibit, notes: Endnotes) -> Section:
    """Return a section with one figure and what it says; its title is left to the caption."""
    mark = notes.mark(source.id for source in figure.sources)
    said = [(figure.told or figure.title) + mark, joined_notes(figure)]
    return Section(heading, tuple(line for line in said if line), replace(figure, titled=False))


def figures_section(
    scene: Scene, place: Place, view: View, notes: Endnotes, context: Context
) -> Section:
    """Return the key figures as a table with their sources."""
    t = context.t
    head = (
        t("panel.figure"),
        t("panel.value"),
        t("export.report_year"),
        t("export.report_rank"),
    )
    found = scene.atlas.profile(place.id, view.scheme).figures
    rows = [
        (
            figure.indicator.name[view.lang],
            _written(figure, context) + notes.mark(_shown(figure).source_ids),
            year_text(figure.value.year, t),
            remark(figure, context),
        )
        for figure in found
        if _shown(figure).value is not None
    ]
    heading = t("panel.key_figures")
    caption = t("export.of_scope", scope=place.label[view.lang], what=heading)
    own = any(_shown(figure).status == OWN for figure in found)
    said = (context.word(OWN, "some"),) if own else ()
    return Section(heading, said, table=(head, *rows), caption=caption)


def _shown(figure: KeyFigure) -> Value:
    """Return the figure, or the subtotal that stands for a total that there is not."""
    return figure.subtotal.value if figure.subtotal else figure.value


def _written(figure: KeyFigure, context: Context) -> str:
    """Write a figure; a subtotal is named as one."""
    written = quantity_text(_shown(figure), context)
    if figure.subtotal is None:
        return written
    return named(figure.subtotal.coverage, context) + written


def remark(figure: KeyFigure, context: Context) -> str:
    """Write a figure's rank, how it was come by, and what it lacks."""
    t = context.t
    parts = [f"{figure.rank} / {figure.of}" if figure.rank else ""]
    shown = _shown(figure)
    parts += [covered(figure.subtotal.coverage, context)] if figure.subtotal else []
    parts += [context.word("status", shown.status) if shown.status else ""]
    parts += [context.note(part) for part in shown.note]
    if figure.lacking:
        names = t("panel.comma").join(p.label[context.lang] for p in figure.lacking)
        parts.append(t("panel.lacking", places=names))
    return t("export.note_join").join(part for part in parts if part)


def sites_section(scene: Scene, place: Place, notes: Endnotes, context: Context) -> Section:
    """Return the named clusters and parks of a place, with their sources."""
    t = context.t
    rows_there = (*scene.atlas.clusters(place.id), *scene.atlas.parks(place.id))
    found, told = distinct(rows_there), beyond(rows_there)
    heading = t("export.report_sites")
    records = (t("panel.site_records", n=len(told)),) if told else ()
    if not found:
        return Section(heading, (t("export.report_no_sites"), *records))
    head = (t("export.report_site"), t("export.report_where"), t("export.report_scale"))
    rows = [
        (
            site.name[context.lang] + notes.mark(site.source_ids),
            t("panel.comma").join(context.place(r).label[context.lang] for r in site.regions),
            quantity_text(site.scale, context) if site.scale and site.scale.value else "",
        )
        for site in found[:MOST_SITES]
    ]
    more = len(found) - MOST_SITES
    unlisted = (t("export.report_more_sites", n=more),) if more > 0 else ()
    count = t("export.report_count_sites", n=len(found))
    caption = t("export.of_scope", scope=place.label[context.lang], what=heading)
    return Section(heading, (count, *unlisted, *records), table=(head, *rows), caption=caption)
