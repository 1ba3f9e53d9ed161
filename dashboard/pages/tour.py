"""The guided tour: six steps over the first page, each an address of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import dcc, html

from dashboard.attributes import aria, data
from dashboard.text import text
from dashboard.view import CHOICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.text import Text
    from dashboard.view import View

AWAY, *STEPS = CHOICES["tour"]
HOME: Final[Mapping[str, Any]] = {"circle": (), "regions": (), "story": CHOICES["story"][0]}
LANGFANG: Final = "131000"
SHOWS: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    "1": ("#section-story", HOME),
    "2": ("#map", HOME),
    "3": ("#circle-label", {**HOME, "circle": ("capital",)}),
    "4": ("#section-identity", {**HOME, "regions": (LANGFANG,)}),
    "5": ("#pages", HOME),
    "6": (".export", HOME),
}
"""Step → the selector of what it speaks of, and what it sets; all else is as the reader has it."""


def address(step: str, view: View) -> str:
    """Return the query of a step, in the reader's view."""
    return view.query(**SHOWS[step][1], tour=step)


def invitation(view: View, t: Text) -> Component:
    """Return the link to the first step."""
    return dcc.Link(
        t("tour.start"),
        href=address(STEPS[0], view),
        id="tour-start",
        className="preset tour-start",
    )


def card(view: View) -> list[Component]:
    """Return the step that the address names, with the ways on, back and out; else nothing."""
    if view.tour == AWAY:
        return []
    t, at = text(view.lang), STEPS.index(view.tour)
    back = [_way("back", STEPS[at - 1], view, t)] if at else []
    on = [_way("next", STEPS[at + 1], view, t)] if at + 1 < len(STEPS) else []
    out = dcc.Link(
        t("tour.skip" if on else "tour.end"),
        href=view.query(tour=AWAY) or "?",
        className="tour-way",
        id="tour-out",
    )
    count = html.Small(t("tour.count", n=view.tour, of=len(STEPS)))
    return [
        html.Section(
            [
                html.H2([t(f"tour.title_{view.tour}"), " ", count]),
                html.P(t(f"tour.words_{view.tour}")),
                html.Div([out, html.Span(className="tour-gap"), *back, *on], className="tour-ways"),
            ],
            className="tour-card",
            id="tour-card",
            **aria(label=t("tour.start")),
            **data(framed=SHOWS[view.tour][0]),
        )
    ]


def _way(name: str, step: str, view: View, t: Text) -> Component:
    return dcc.Link(
        t(f"tour.{name}"), href=address(step, view), className="tour-way", id=f"tour-{name}"
    )
