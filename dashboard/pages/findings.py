"""The Findings page: the claims of the argument, and the chosen one with all that tests it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.attributes import aria
from dashboard.charts import claim
from dashboard.pages.page import Page
from dashboard.pages.sections import Section
from dashboard.panels.claims import badge, claims_list, counts_line
from dashboard.panels.taking import documents
from dashboard.text import text
from dashboard.web.root import rooted

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.pages.screen import Screen
    from dashboard.scene import Scene
    from dashboard.view import View

PATH = "/findings"


def claims(scene: Scene, view: View, _: Screen) -> list[Component]:
    """Return the list of all claims, the chosen one marked."""
    findings = scene.atlas.claims.findings

    def href(chosen: str) -> str:
        return rooted(PATH) + view.query(claim=chosen)

    return claims_list(findings, view.claim, href, text(view.lang))


def verdict(scene: Scene, view: View, _: Screen) -> list[Component]:
    """Return the verdict on the chosen claim as a mark."""
    t = text(view.lang)
    return [html.P(badge(scene.atlas.claims.finding(view.claim).verdict, t), className="judged")]


def taken(scene: Scene, view: View, _: Screen) -> list[Component]:
    """Return the links to the claims of the part of the chosen one as a document."""
    t = text(view.lang)
    part = t(f"findings.part_{scene.atlas.claims.finding(view.claim).claim.part}")
    return [documents("findings", view.query(), t("findings.take", part=part), t)]


LIST = Section("findings-list", (claims,), ("claim",))
CHOSEN = Section("findings-claim", (verdict, claim.PANEL, taken), class_name="sheet")


def body(scene: Scene, view: View, screen: Screen) -> Component:
    """Return the list of claims beside the chosen one."""
    t = text(view.lang)
    findings = scene.atlas.claims.findings
    return html.Main(
        [
            html.Section(
                [
                    html.P(t("findings.lead"), className="findings-lead"),
                    html.P([html.B(counts_line(findings, t)), " ", t("findings.rule")]),
                    html.Div(CHOSEN.frame(scene, view, screen), id="section-claim"),
                ],
                className="panels",
                id="panels",
            ),
            html.Nav(
                [
                    html.H2(t("findings.list"), className="section-title"),
                    *LIST.frame(scene, view, screen),
                ],
                className="claims-side",
                **aria(label=t("findings.list")),
            ),
        ],
        className="desk desk-findings",
    )


PAGE = Page(PATH, "findings", (), body, sections=(LIST, CHOSEN))
