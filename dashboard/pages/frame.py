"""What stands around every page: header, notices, the column of controls, the panels' context."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.attributes import aria, data
from dashboard.pages import search
from dashboard.pages.address import REPEATED, UNKNOWN
from dashboard.pages.settings import scheme_said
from dashboard.palette import INK
from dashboard.panels.method import kept_notes
from dashboard.panels.taking import kept_menus
from dashboard.static import Kept
from dashboard.text import Text, text, tongue
from dashboard.view import MAX_REGIONS
from dashboard.web.root import rooted
from dashboard.wording import year_text
from geodata.ids import OWN, OWN_ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.pages.page import Page
    from dashboard.scene import Scene
    from dashboard.view import View

OWN_NOTICES = ("query", "regions", "year", "level", UNKNOWN, REPEATED)
"""What has a sentence of its own: parameters that fell back, and what is of no use at all."""


def freshness(scene: Scene, view: View, page: Page) -> str:
    """Say which year of the indicator shown is its newest, and how many places have a figure.

    Nothing where the page shows no indicator. The places are those of the level shown; where the
    page shows any, or the level has no figure, those of the level with the newest year.
    """
    if page.indicator is None:
        return ""
    t, (name, shown) = text(view.lang), page.indicator(scene, view)
    indicator = scene.atlas.indicator(name)
    newest = {level: years[-1] for level, years in indicator.years.items()}
    level = shown if shown in newest else max(newest, key=lambda one: newest[one])
    column = scene.atlas.values(name, newest[level], level)
    return t(
        "shell.fresh",
        indicator=indicator.name[view.lang],
        year=year_text(column.year, t),
        n=column.present,
        of=len(column.codes),
    )


def own_words(scene: Scene, view: View, page: Page) -> str:
    """Return what stands over a page whose indicator a reader has brought along; else nothing."""
    if page.own:
        return scene.atlas.term(OWN, "band")[view.lang]
    if page.indicator is None or not page.indicator(scene, view)[0].startswith(OWN_ID):
        return ""
    return scene.atlas.term(OWN, "chosen")[view.lang]


def framed(
    inner: Component,
    view: View,
    page: Page,
    pages: Mapping[str, Page],
    scene: Scene | None = None,
) -> Component:
    """Return a page with its header above it, and between them that its data are not the latest.

    How fresh the data are is told of a scene only.
    """
    t = text(view.lang)
    stale, fresh = (scene.stale, freshness(scene, view, page)) if scene else (None, "")
    band = own_words(scene, view, page) if scene else ""
    said = scheme_said(scene, view) if scene else ""
    notes = {one.name: one.page for section in page.sections for one in section.panels}
    return html.Div(
        [
            Kept(kept_menus(t) | kept_notes(notes, t)),
            html.A(t("shell.skip"), href="#panels", className="skip"),
            header(view, page, pages, fresh, said or t("shell.subtitle")),
            printed(text(view.lang)),
            *([html.P(stale.line(view.lang), className="stale", role="status")] if stale else []),
            html.P(band, id="own-band", className="own-band", role="status"),
            inner,
        ],
        className=f"page page-{page.name}",
        lang=tongue(view.lang),
        **data(path=rooted(page.path)),
    )


def printed(t: Text) -> Component:
    """Return what only paper says, filled in by assets/print.js: the address and the day.

    It brings the inks of the dark theme as those of the light one, in which paper is printed.
    """
    pairs = zip(astuple(INK["dark"]), astuple(INK["light"]), strict=True)
    lines = [
        html.P([said, html.Span(className=f"printed-{filled}")])
        for filled, said in (
            ("address", t("shell.printed_address")),
            ("date", t("shell.printed_date")),
        )
    ]
    told = {
        # an opacity is no ink
        "inks": " ".join(dark + light for dark, light in pairs if isinstance(dark, str)),
        "sites": t("place.sites_on_paper", n="{n}"),
        "sources": t("export.report_sources"),
        "unsaid": "|".join((f" · {t('panel.no_address')}", t("panel.rendered", title=""))),
        "said": t("place.sources_on_paper"),
        "unprinted": t("data.unprinted", head=t("data.head_ingredients")),
    }
    return html.Div(lines, className="printed", **data(**told))


def header(
    view: View, page: Page, pages: Mapping[str, Page], fresh: str = "", said: str = ""
) -> Component:
    """Return the title, the pages, how fresh the data are, language and theme.

    A link to a page keeps the view.
    """
    t = text(view.lang)
    links = [
        html.Div(
            dcc.Link(
                t(f"shell.page_{other.name}"),
                href=rooted(path) + view.query().rstrip("?"),
                id=f"page-{other.name}",
            ),
            className="page-link",
            **(aria(current="page") if other is page else {}),
        )
        for path, other in pages.items()
    ]
    language = dmc.SegmentedControl(
        id="language",
        data=[{"value": "zh", "label": "中文"}, {"value": "en", "label": "EN"}],
        value=view.lang,
        size="xs",
        **aria(label=t("shell.language")),
    )
    theme = html.Button(
        "◐",
        id="theme-button",
        className="icon",
        title=t("shell.theme"),
        **aria(label=t("shell.theme")),
    )
    settings = html.Button(
        t("shell.controls"),
        id="settings-button",
        type="button",
        **aria(haspopup="dialog"),
    )
    return html.Header(
        [
            html.Div(
                [
                    html.H1(dcc.Link(t("shell.title"), href=rooted("/") + view.query_home())),
                    html.P(
                        said,
                        id="scheme-said",
                        **data(usual=t("shell.subtitle")),
                    ),
                ],
                className="brand",
            ),
            html.Nav(links, className="pages", id="pages", **aria(label=t("shell.pages"))),
            html.P(fresh, id="fresh", className="fresh"),
            html.Div([search.box(t), language, theme, settings], className="tools"),
        ],
        className="top",
    )


def side(controls: Component, t: Text) -> Component:
    """Return the column of controls, which assets/settings.js makes a sheet on a narrow screen."""
    head = html.Div(
        [
            html.H2(t("shell.controls"), id="settings-title"),
            html.Button(
                "✕", type="button", className="settings-close", **aria(label=t("shell.close"))
            ),
        ],
        className="settings-head",
    )
    return html.Aside(
        html.Div([head, controls], id="settings"), className="side", **data(shows="view")
    )


def notices_of(fallen: tuple[str, ...], t: Text) -> list[Component]:
    """Return what the reader is told about parameters that fell back, by name only."""
    if not fallen:
        return []
    lines = [t(f"shell.notice_{name}", n=MAX_REGIONS) for name in fallen if name in OWN_NOTICES]
    others = [t(f"shell.p_{name}") for name in fallen if name not in OWN_NOTICES]
    if others:
        separator = "、" if t.lang == "zh" else ", "
        lines.insert(0, t("shell.notice_lead") + separator.join(others))
    return [
        dmc.Alert(
            [html.Div(line) for line in lines],
            id="notice",
            withCloseButton=True,
            closeButtonLabel=t("shell.close"),
            className="notice",
            color="yellow",
            py="xs",
        )
    ]
