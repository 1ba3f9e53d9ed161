"""The parts of a page that follow the address: what stands in each, and one loop for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dash import Input, Output, dcc, html

from dashboard.attributes import aria, data
from dashboard.charts.record import Canvas, Panel, Tabled
from dashboard.charts.shown import own_said, shown
from dashboard.pages.address import ADDRESS, SCREEN, THEME, part, view_of
from dashboard.pages.screen import Screen, read
from dashboard.static import static
from dashboard.text import text
from dashboard.view import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View

Maker = Callable[["Scene", "View", Screen], Sequence["Component"]]
"""Makes what is neither chart nor table, such as a list."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page that is asked for as one.

    Attributes
    ----------
    id
        Of the element that holds it.
    blocks
        What stands in it, in order.
    waits
        The parts of the address that it shows, beside those its panels name.
    later
        It comes a moment after the page, which so keeps within its budget.
    class_name
        Of the element that holds it.
    anchors
        Of the elements around its blocks, where these are linked to or folded one by one.
    page
        Of the words of their names, as in `<page>.nav_<block>`.
    opened
        The anchors that a narrow screen shows unfolded.
    paired
        Its blocks stand beside each other on a wide screen, and have their anchors on a narrow one.
    needs
        The part of the address that has to be there for anything of it to be shown; "" for none.
    values
        Those of that part for which it is shown; empty for all but the usual one.
    """

    id: str
    blocks: tuple[Panel | Tabled | Maker, ...]
    waits: tuple[str, ...] = ()
    later: bool = False
    class_name: str = ""
    anchors: tuple[str, ...] = ()
    page: str = ""
    opened: tuple[str, ...] = ()
    paired: bool = False
    needs: str = ""
    values: tuple[str, ...] = ()

    @property
    def panels(self) -> tuple[Panel, ...]:
        """Return the panels of charts in it."""
        return tuple(one for one in self.blocks if isinstance(one, Panel))

    @property
    def tables(self) -> tuple[Tabled, ...]:
        """Return the tables in it that are below no chart."""
        return tuple(one for one in self.blocks if isinstance(one, Tabled))

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the parts of the address for which it is asked anew."""
        named = (*self.waits, *(name for one in self.panels for name in one.waits))
        return tuple(dict.fromkeys(named))

    @property
    def follows(self) -> bool:
        """Tell whether it is asked for by itself, and not only with the page."""
        return bool(self.panels or self.parts or self.later)

    @property
    def waits_afar(self) -> bool:
        """Tell whether it is asked for when the reader comes near, see assets/near.js."""
        return self.later or bool(self.panels)

    def when(self, view: View) -> bool:
        """Tell whether anything of it is shown for a view."""
        asked = getattr(view, self.needs) if self.needs else True
        if self.values:
            return asked in self.values
        return bool(asked) and asked != DEFAULTS.get(self.needs)

    def children(self, scene: Scene, view: View, screen: Screen) -> list[Component]:
        """Return what stands in it for a view."""
        if not self.when(view):
            return []
        made = [_made(one, scene, view, screen) for one in self.blocks]
        return self._anchored(made, screen, view)

    def _anchored(
        self, made: Sequence[Sequence[Component]], screen: Screen, view: View
    ) -> list[Component]:
        """Return the blocks one after the other, each within its anchor where it has one."""
        if not self.anchors or (self.paired and not screen.narrow):
            return [one for block in made for one in block]
        words = [self._name(*one, view) for one in zip(self.anchors, self.blocks, strict=True)]
        return [
            folded(block, anchor, said, screen, opened=anchor in self.opened)
            for anchor, said, block in zip(self.anchors, words, made, strict=True)
        ]

    def _name(self, anchor: str, block: Panel | Tabled | Maker, view: View) -> str:
        """Return the name of a block in the row of links, or its heading where there is none."""
        t = text(view.lang)
        if self.paired and isinstance(block, Tabled):
            return t(block.heading(view))
        return t(f"{self.page}.nav_{anchor.removeprefix('section-')}")

    def frame(self, scene: Scene, view: View, screen: Screen) -> list[Component]:
        """Return the element that holds it, filled unless it comes later: then it says so."""
        if self.later:
            wait = html.P(scene.context(view).t("shell.loading"), className="awaited")
            inside = self._anchored([[wait] for _ in self.blocks], screen, view)
        else:
            inside = self.children(scene, view, screen)
        unprinted = text(view.lang)("shell.unprinted")
        told = data(
            **{"needs": self.needs} if self.needs else {},
            **{"far": "may", "unprinted": unprinted} if self.waits_afar else {},
        )
        held = html.Div(
            [static(one) for one in inside], id=self.id, className=self.class_name, **told
        )
        return [*([dcc.Store(id=f"{self.id}-later")] if self.waits_afar else []), held]


def folded(
    inside: Sequence[Component], id_: str, name: str, screen: Screen, *, opened: bool = False
) -> Component:
    """Return a part of a page; on a narrow screen folded below its name, unless it is empty."""
    if not screen.narrow or not any(getattr(one, "children", one) for one in inside):
        return html.Div(list(inside), id=id_)
    fold = html.Details([html.Summary(html.H2(name)), *inside], className="fold", open=opened)
    return html.Div(fold, id=id_, className="folds")


def _made(
    block: Panel | Tabled | Maker, scene: Scene, view: View, screen: Screen
) -> Sequence[Component]:
    """Return what a block shows."""
    if isinstance(block, Panel):
        return [shown(block, scene, view, canvas(block, screen))]
    if isinstance(block, Tabled):
        context = scene.context(view)
        band = own_said(scene, lambda: block.rows(scene, view, context), context)
        return [*band, block.shown(scene, view)]
    return block(scene, view, screen)


def canvas(panel: Panel, screen: Screen) -> Canvas:
    """Return what the charts of a panel are drawn on."""
    return Canvas(getattr(screen, panel.span), screen.theme, screen.renderer)


def register(app: Dash, scene: Scene, sections: Sequence[Section]) -> None:
    """Connect sections to the parts of the address that they show, and charts to the theme."""
    for section in sections:
        if section.follows:
            _register(app, scene, section)


def _register(app: Dash, scene: Scene, section: Section) -> None:
    @app.callback(
        Output(section.id, "children"),
        inputs={
            "_parts": part(*section.parts),
            "_later": [Input(f"{section.id}-later", "data")] if section.waits_afar else [],
            **({"theme": Input("theme", "data")} if section.panels else {}),
        },
        state={
            "search": ADDRESS,
            "screen": SCREEN,
            **({} if section.panels else {"theme": THEME}),
        },
        prevent_initial_call=not section.later,
    )
    def show(_parts: Any, _later: Any, theme: Any, search: Any, screen: Any) -> list[Component]:  # noqa: ANN401 - whatever the browser sends
        view = view_of(scene, search)
        return [static(one) for one in section.children(scene, view, read(screen, theme))]


def column(names: Mapping[str, str], parts: Iterable[Component | None], t: Text) -> Component:
    """Return the parts of a page below a row of links to them.

    Parameters
    ----------
    names
        Of the parts in order, with their words; a part has the id `section-<name>`.
    parts
        What stands in the column.
    """
    nav = html.Nav(
        [html.A(words, href=f"#section-{name}") for name, words in names.items()],
        className="panel-nav",
        **aria(label=t("shell.panels")),
    )
    return html.Section([nav, *parts], className="panels", id="panels")
