"""What a chart is: one record, read alike by page, table, drawer, export and report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dash.development.base_component import Component

    from dashboard.map.figure import Renderer
    from dashboard.palette import Theme
    from dashboard.panels.parts import Footnotes
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Name

Shape = Literal["area", "hatched", "ring", "thin", "dot", "hollow", "line", "nested", "none"]


@dataclass(frozen=True, slots=True)
class Canvas:
    """What a chart is drawn on: pixels of width, the theme, and what draws maps.

    Paper has a `height` too; on a page a chart is as high as it needs.
    """

    width: int
    theme: Theme = "light"
    renderer: Renderer = "geo"
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a key: its mark, its words and how many places it stands for.

    `number` stands within the mark, where marks are numbered. `sizes` are the values and pixels of
    the circles of a "nested" mark, which has no other words.
    """

    words: str
    colour: str = ""
    shape: Shape = "area"
    count: int | None = None
    sizes: tuple[tuple[str, float], ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure behind a chart: whose, of what, how much, by which sources.

    `item` is the id of what is counted; where it is an indicator of the catalogue, the figure can
    be asked where it comes from, with its `benchmark` where that is not the view's, unless it was
    put together for the chart and is not `catalogued`.
    """

    id: str
    name: Name
    item: str
    item_name: Name
    value: float | None
    unit: str
    year: str
    status: str = ""
    source_ids: tuple[str, ...] = ()
    note: str = ""
    benchmark: str = ""
    catalogued: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of one view in one language.

    Attributes
    ----------
    name
        What it is called in addresses; `graph_id` is its id on the page.
    title, subject
        What is shown, and of whom or what.
    draw
        Gives data and layout for a canvas; the layout has a `height` in pixels.
    rows
        Gives the figures behind it, unrounded; asked for only where they are wanted.
    lead, say
        What it shows, and what the figures say, in sentences.
    notes
        How to read it and what is left out, a sentence each.
    key
        What its colours and marks mean.
    source_ids
        Publications, marked behind the lead on the page.
    least
        Pixels of width below which it cannot be read: it scrolls, or print refuses.
    empty
        The sentence that stands in its place where there is nothing to draw.
    below
        What else the page shows below it, such as a table; print leaves it out.
    below_said
        What of it must be read on paper too, a sentence each.
    """

    name: str
    title: str
    subject: Name
    draw: Callable[[Canvas], dict[str, Any]]
    rows: Callable[[], Iterable[Row]]
    lead: str = ""
    say: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    key: tuple[Key, ...] = ()
    source_ids: tuple[str, ...] = ()
    least: int = 0
    empty: str = ""
    below: Callable[[Footnotes], Sequence[Component]] | None = None
    below_said: tuple[str, ...] = ()

    @property
    def graph_id(self) -> str:
        """Return the id of its graph on the page."""
        return graph_id(self.name)

    @property
    def told(self) -> str:
        """Return what it says, for those who do not see it."""
        return " ".join(self.say) or self.lead


def graph_id(name: str) -> str:
    """Return the id on the page of the graph of a chart."""
    return f"{name.replace('_', '-')}-chart"


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart of a page, or a few that share heading, lead, sources and method note.

    Attributes
    ----------
    page, name
        Its method note is `name` in `text/method_<page>.csv`, its heading `<page>.<name>`.
    charts
        Gives its charts for a view: those of `names`, in that order, each drawn or empty.
    names
        The charts by their names in addresses.
    waits
        The parts of the address that it shows, as in `view.PARTS`.
    span
        How wide it is: a panel beside the map, or on a page without one a column or the sheet.
    selects
        A click on a mark selects its place.
    """

    page: str
    name: str
    charts: Callable[[Scene, View, Context], Sequence[Chart]]
    names: tuple[str, ...]
    waits: tuple[str, ...] = ()
    span: Literal["panel", "column", "sheet"] = "panel"
    selects: bool = False

    def title(self, t: Text) -> str:
        """Return its heading."""
        return t(f"{self.page}.{self.name}")

    def chart(self, name: str, scene: Scene, view: View, context: Context) -> Chart:
        """Return one chart by its name.

        Raises
        ------
        KeyError
            When it has no such chart.
        """
        found = {one.name: one for one in self.charts(scene, view, context)}
        return found[name]
