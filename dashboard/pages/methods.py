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
    """Return contents, the general part, the glossary and the notes of all charts."""
    t = text(view.lang)
    atlas = scene.atlas
    return html.Main(
        [
            contents(t),
            html.Article(
                [
                    html.H2(t("methods.title")),
                    html.P(t("methods.lead"), className="methods-lead"),
                    *general(atlas.indicators, atlas.breaks, scene.context(view)),
                    *TESTED.children(scene, view, screen),
                    glossary(t),
                    *notes(t),
                ]
            ),
        ],
        className="methods",
        id="panels",
    )


PAGE = Page("/methods", "methods", (), body, sections=(TESTED,))
