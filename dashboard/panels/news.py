"""What has changed in the tables, as a list with its feed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard.data.describe import ROOM
from dashboard.data.news import NAME
from dashboard.web.root import rooted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.wording import Context
    from geodata.studies.news import Change


def news_list(
    changes: Sequence[Change], views: Mapping[str, tuple[str, str]], context: Context
) -> Component:
    """List the changes by day, the newest first, each with the indicators it is about.

    Parameters
    ----------
    changes
        The newest first.
    views
        Of indicators, the name and the address of the view that shows it.
    context
        Words.
    """
    t = context.t
    days = [
        html.Section(
            [html.H3(day.isoformat()), html.Ul([_line(one, views, context) for one in group])]
        )
        for day, group in groupby(changes, key=lambda one: one.day)
    ]
    feed = html.A(t("data.news_feed"), href=rooted(f"{ROOM}{NAME}?lang={t.lang}"), target="_blank")
    return html.Div([html.P([t("data.news_lead"), " ", feed]), *days])


def _line(change: Change, views: Mapping[str, tuple[str, str]], context: Context) -> Component:
    t = context.t
    kind, words = t(f"data.news_{change.kind}"), change.words[t.lang]
    line: list[Any] = [t("data.news_said", kind=kind, words=words)]
    for name, address in (views[one] for one in change.indicators):
        line += [" ", dcc.Link(name, href=address)]
    return html.Li(line)
