"""The figures that can be taken away: which page has which, and what one is for a view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from dashboard.print.exhibits import exhibit, tabulated
from dashboard.view import BESIDE, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dashboard.charts.record import Chart, Panel
    from dashboard.pages.page import Page
    from dashboard.print.exhibit import Exhibit
    from dashboard.print.paper import Print
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context

    Maker = Callable[[Scene, View, Context], Exhibit]


def charts_of(page: Page) -> Mapping[str, Maker]:
    """Return the maps and charts of a page that can be taken away."""
    return {name: partial(exhibit, panel, name) for panel in page.panels for name in panel.names}


def charts_at(page: Page, view: View) -> tuple[str, ...]:
    """Return the names of the charts that a page has at a view, without what it has to be asked."""
    own = (one for one in page.sections if one.when(view))
    panels = [*([page.drawn.panel] if page.drawn else []), *(p for one in own for p in one.panels)]
    return tuple(name for panel in panels for name in panel.names)


def tables_of(page: Page) -> Mapping[str, Maker]:
    """Return the tables of a page that are below no chart; they leave as figures alone."""
    return {table.name: partial(tabulated, table) for table in page.tables}


def figures_of(page: Page) -> Mapping[str, Maker]:
    """Return all of a page that leaves: its charts, then its tables."""
    return {**charts_of(page), **tables_of(page)}


def all_panels(pages: Mapping[str, Page]) -> tuple[Panel, ...]:
    """Return the maps and panels of all pages, in their order."""
    return tuple(panel for page in pages.values() for panel in page.panels)


@dataclass(frozen=True, slots=True)
class Gallery:
    """All exhibits of all pages."""

    scene: Scene
    pages: Mapping[str, Page]

    def page(self, name: str) -> Page | None:
        """Return a page by its name."""
        return next((page for page in self.pages.values() if page.name == name), None)

    def chart(self, page: Page, name: str, view: View) -> Chart:
        """Return the record of a chart of a page.

        Raises
        ------
        StopIteration
            When the page has no such chart.
        """
        panel = next(one for one in page.panels if name in one.names)
        return panel.chart(name, self.scene, view, self.scene.context(view))

    def exhibits(self, page: Page, chart: str, view: View, choice: Print) -> list[Exhibit]:
        """Return a chart or table of a page in each language of the print, the leading one first.

        Raises
        ------
        KeyError
            When the page has neither.
        ExportError
            When there is nothing to draw.
        """
        make = figures_of(page)[chart]
        views = (replace(view, lang=lang) for lang in choice.langs)
        return [make(self.scene, one, self.scene.context(one)) for one in views]

    def asked(self, query: bytes) -> tuple[View, tuple[str, ...]]:
        """Return the view that a query asks for, and the parameters that fell back."""
        return parse(query.decode(errors="replace"), self.scene.vocabulary)

    def link(self, site: str, page: Page, view: View) -> str:
        """Return the address of a view on a site (`https://host` without a closing slash).

        A figure that leaves is the same whichever story or tour stood beside it.
        """
        return f"{site.rstrip('/')}{page.path}{view.query(**BESIDE)}"
