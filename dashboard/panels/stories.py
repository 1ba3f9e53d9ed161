"""Stories in words: five lines for a first look, three sentences beside a preset view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dash import dcc, html

from dashboard.numbers import number
from dashboard.panels.components import Footnotes, panel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dash.development.base_component import Component

    from dashboard.text import Text
    from dashboard.wording import Context
    from geodata.studies.stories import Sentence


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as it is written, for the gaps `{id}` and `{id.year}`."""

    written: str
    year: str

    def __str__(self) -> str:
        """Return the figure."""
        return self.written


def sentence_text(sentence: Sentence, t: Text) -> str:
    """Fill the gaps of a sentence with its figures."""
    filled = {
        one.id: Told(number(one.value.value, one.decimals), one.value.year)
        for one in sentence.figures.values()
        if one.decimals is not None
    }
    return sentence.words[t.lang].format_map(filled)


def headlines(
    sentences: Sequence[Sentence], tested: Callable[[str], str], context: Context
) -> Component:
    """Return the lines of a first look, each with a way to the claim that it belongs to.

    Parameters
    ----------
    sentences
        In their order.
    tested
        Gives the address of a claim.
    context
        Words and sources.
    """
    return _told("headlines", context.t("findings.story_headlines"), sentences, tested, context)


def story(
    name: str,
    sentences: Sequence[Sentence],
    tested: Callable[[str], str],
    closed: str,
    context: Context,
) -> Component:
    """Return the sentences beside a preset view, and the way back to `closed`."""
    t = context.t
    title = t("findings.story_title", name=t(f"shell.preset_{name}"))
    told = _told("story", title, sentences, tested, context)
    away = dcc.Link("×", href=closed, className="story-close", title=t("findings.story_close"))
    told.children.insert(1, away)
    return told


def _told(
    name: str,
    title: str,
    sentences: Sequence[Sentence],
    tested: Callable[[str], str],
    context: Context,
) -> Component:
    t, feet = context.t, Footnotes(context)
    lines = [
        html.Li(
            [
                sentence_text(one, t),
                *feet.mark(one.source_ids),
                " ",
                dcc.Link(t("findings.story_claim"), href=tested(one.claim), className="tested"),
            ]
        )
        for one in sentences
    ]
    return panel(name, title, [html.Ol(lines, className="story-lines"), *feet.close()])
