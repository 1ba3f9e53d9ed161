"""What a chart is: one record, read alike by page, table, drawer, export and report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from dashboard.palette import INK
from dashboard.wording import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.map.figure import Renderer
    from dashboard.palette import Theme
    from dashboard.panels.components import Footnotes
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Name, Place, PlaceKind

Shape = Literal[
    "area",
    "hatched",
    "ring",
    "thin",
    "disc",
    "dot",
    "hollow",
    "diamond",
    "diamond-open",
    "square",
    "line",
    "dashed",
    "dotted",
    "nested",
    "bar",
    "broken",
    "heading",
    "grid",
    "none",
]


@dataclass(frozen=True, slots=True)
class Canvas:
    """What a chart is drawn on: pixels of width, the theme, and what draws maps.

    Paper has a `height` too; on a page a chart is as high as it needs.
    """

    width: int
    theme: Theme = "light"
    renderer: Renderer = "geo"
    height: int | None = None

    def inside(self, margin: Mapping[str, int], height: int) -> tuple[int, int]:
        """Return width and height within the margins of a chart that paper may make lower."""
        tall = min(height, self.height or height)
        return self.width - margin["l"] - margin["r"], tall - margin["t"] - margin["b"]


@dataclass(frozen=True, slots=True)
class Grid:
    """A key of two measures: the first goes upwards, the second across, both from their lowest.

    `axes` are their names, `ranges` the words of the classes of each; `colours` and `counts` go
    row by row from the lowest class of the first.
    """

    axes: tuple[str, str]
    ranges: tuple[tuple[str, ...], tuple[str, ...]]
    colours: tuple[str, ...]
    counts: tuple[int, ...]

    def rows(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """Return the rows from the highest: the words of each, and its colours and counts."""
        wide = len(self.ranges[1])
        cells = list(zip(self.colours, self.counts, strict=True))
        found = [
            (words, cells[at * wide : (at + 1) * wide]) for at, words in enumerate(self.ranges[0])
        ]
        return found[::-1]


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a key: its mark, its words and how many places it stands for.

    `colour` may be one of `palette.Ink` by its name, which differs by theme. `number` stands within
    the mark, where marks are numbered. `sizes` are the values and pixels of the circles of a
    "nested" mark, which has no other words; `width` the pixels of a line. `source_ids` are the
    publications of this mark alone. On paper `inside` is the colour within a line around an area,
    and `colours` are those of a mark that has several. A "grid" has no other words.
    """

    words: str
    colour: str = ""
    shape: Shape = "area"
    count: int | None = None
    sizes: tuple[tuple[str, float], ...] = ()
    number: str = ""
    width: float = 0
    source_ids: tuple[str, ...] = ()
    inside: str = ""
    colours: tuple[str, ...] = ()
    grid: Grid | None = None

    def colour_in(self, theme: Theme) -> str:
        """Return its colour in a theme."""
        return str(getattr(INK[theme], self.colour, self.colour))


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
class Caption:
    """What a figure says on paper where that is more than its words on the page.

    Attributes
    ----------
    title, subtitle
        Whole, in the language of the view; what is empty is put together from the chart.
    names, year
        What its file is called, and of when it is.
    heading
        What stands over its key.
    method
        The definition, where that is not of the method note.
    notes
        Gives what only paper has to say, from the rows.
    key
        The key, where that is not the one of the page.
    """

    names: tuple[Name, ...]
    title: str = ""
    subtitle: str = ""
    year: str = ""
    heading: str = ""
    method: str = ""
    notes: Callable[[Sequence[Row]], Sequence[str]] = lambda _: ()
    key: tuple[Key, ...] | None = None


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
    hint
        What a reader of the page can do with it; print leaves it out.
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
    beside
        Gives the figures of `below` that are not among `rows`; they leave with the data alone.
    caption
        What it says on paper where that is more.
    tall
        It has as many rows as there are places: the page scrolls it, paper draws those for which
        the canvas is high enough.
    is_map
        It is drawn of areas; it takes any shape, and print adds scale, north and credits.
    """

    name: str
    title: str
    subject: Name
    draw: Callable[[Canvas], dict[str, Any]]
    rows: Callable[[], Iterable[Row]]
    lead: str = ""
    say: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    hint: str = ""
    key: tuple[Key, ...] = ()
    source_ids: tuple[str, ...] = ()
    least: int = 0
    empty: str = ""
    below: Callable[[Footnotes], Sequence[Component]] | None = None
    below_said: tuple[str, ...] = ()
    beside: Callable[[], Iterable[Row]] = tuple
    caption: Caption | None = None
    tall: bool = False
    is_map: bool = False

    @property
    def graph_id(self) -> str:
        """Return the id of its graph on the page."""
        return graph_id(self.name)

    @property
    def told(self) -> str:
        """Return what it says, for those who do not see it, and how many places have each mark."""
        counts = " · ".join(f"{key.words} {key.count}" for key in self.key if key.count is not None)
        return sentences((*(self.say or (self.lead,)), counts))


def undrawn(name: str, title: str, subject: Name, why: str, notes: Sequence[str] = ()) -> Chart:
    """Return a chart with nothing to draw: the sentence that stands in its place."""
    return Chart(name, title, subject, lambda _: {}, lambda: (), empty=why, notes=tuple(notes))


def graph_id(name: str) -> str:
    """Return the id on the page of the graph of a chart; a page has one map."""
    return name if name == "map" else f"{name.replace('_', '-')}-chart"


@dataclass(frozen=True, slots=True)
class Reported:
    """How a report on a place shows the first chart of a panel.

    `heading` is the key of what stands over it, `order` its place among the sections (see
    `print.report`), `of` are the kinds of places that it says something of (all where empty),
    `seen` gives the view of it from that of the report and its place.
    """

    heading: str
    order: int
    of: tuple[PlaceKind, ...] = ()
    seen: Callable[[View, Place], View] = lambda view, _: view


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart of a page, or a few that share heading, lead, sources and method note.

    Attributes
    ----------
    page, name
        Its method note is `name` in `text/method_<page>.csv`; the heading over several charts is
        `<page>.<name>`, a single one has its own title.
    charts
        Gives its charts for a view: those of `names`, in that order, each drawn or empty.
    names
        The charts by their names in addresses.
    waits
        The parts of the address that it shows, as in `view.PARTS`.
    span
        How wide it is: a panel beside the map, or on a page without one a column, the sheet, or a
        leaf that is printed in one with its page.
    heading
        Key of its heading where that is not `<page>.<name>`.
    reported
        Where a report on a place has its first chart.
    """

    page: str
    name: str
    charts: Callable[[Scene, View, Context], Sequence[Chart]]
    names: tuple[str, ...]
    waits: tuple[str, ...] = ()
    span: Literal["panel", "column", "leaf", "sheet"] = "panel"
    heading: str = ""
    reported: tuple[Reported, ...] = ()

    def title(self, t: Text) -> str:
        """Return its heading."""
        return t(self.heading or f"{self.page}.{self.name}")

    def chart(self, name: str, scene: Scene, view: View, context: Context) -> Chart:
        """Return one chart by its name.

        Raises
        ------
        KeyError
            When it has no such chart.
        """
        found = {one.name: one for one in self.charts(scene, view, context)}
        return found[name]


@dataclass(frozen=True, slots=True)
class Tabled:
    """A table of a page that is below no chart: as it stands there, and its figures to take away.

    Attributes
    ----------
    page, name
        How it is called in addresses.
    shown
        Gives the element that the page shows, with its heading and the button to take it away.
    rows
        Gives its figures, unrounded, in the order in which they stand there.
    heading
        Gives the key of its heading for a view.
    noted
        Gives the name of its method note, `<noted>.<part>` in `text/method_<page>.csv`.
    """

    page: str
    name: str
    shown: Callable[[Scene, View], Component]
    rows: Callable[[Scene, View, Context], Iterable[Row]]
    heading: Callable[[View], str]
    noted: Callable[[View], str]


def tabled(
    page: str,
    name: str,
    shown: Callable[[Scene, View], Component],
    rows: Callable[[Scene, View, Context], Iterable[Row]],
) -> Tabled:
    """Return a table whose heading is `<page>.<name>` and whose method note is `name`."""
    return Tabled(page, name, shown, rows, lambda _: f"{page}.{name}", lambda _: name)
