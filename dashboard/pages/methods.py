"""The Methods page: everything a reader needs to quote a figure of the atlas, or to redo it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import html

from dashboard.charts.tables_methods import VERDICTS
from dashboard.pages.page import Page
from dashboard.pages.sections import Section
from dashboard.panels.methods import anchor, contents, general, glossary, notes
from dashboard.text import text

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.pages.screen import Screen
    from dashboard.scene import Scene
    from dashboard.view import View


TESTED: Final = Section(anchor("verdicts"), (VERDICTS,))


def body(scene: Scene, view: View, screen: Screen) -> Component:
    """Return contents, the general part, the glossary and the notes of all charts.

    On a narrow screen each part is folded: the contents lead into it.
    """
    t = text(view.lang)
    atlas = scene.atlas
    parts = [
        *general(atlas.indicators, atlas.breaks, scene.context(view)),
        *TESTED.children(scene, view, screen),
        glossary(t),
        *notes(t),
    ]
    return html.Main(
        [
            contents(t),
            html.Article(
                [
                    html.H2(t("methods.title")),
                    html.P(t("methods.lead"), className="methods-lead"),
                    *(map(_folded, parts) if screen.narrow else parts),
                ]
            ),
        ],
        className="methods",
        id="panels",
    )


def _folded(section: Component) -> Component:
    """Return a section of the page folded below its heading."""
    head, *rest = section.children
    section.children = html.Details([html.Summary(head), *rest], className="fold")
    return section


PAGE = Page("/methods", "methods", (), body, sections=(TESTED,))
