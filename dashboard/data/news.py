"""What has changed in the tables, as a feed (Atom, RFC 4287) in the reader's language."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from dashboard.data.describe import ROOM
from dashboard.text import text, tongue
from dashboard.web.root import rooted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geodata.records import Lang
    from geodata.studies.news import Change

NAME: Final = "news.atom"
MEDIA: Final = "application/atom+xml"
PAGE: Final = "/data"


def feed(changes: Sequence[Change], lang: Lang) -> bytes:
    """Return the changes as an Atom feed; its addresses begin where the feed itself lies.

    Parameters
    ----------
    changes
        The newest first.
    lang
        Of its words.
    """
    t, page = text(lang), rooted(f"{PAGE}?lang={lang}#section-news")
    title = f"{t('shell.title')} · {t('data.section_news')}"
    own = rooted(f"{ROOM}{NAME}?lang={lang}")
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{tongue(lang)}">',
        f"<title>{escape(title)}</title>",
        f"<id>{_named('news')}</id>",
        f"<updated>{_moment(changes[0].day)}</updated>",
        f"<author><name>{escape(t('shell.title'))}</name></author>",
        f'<link rel="self" href="{escape(own)}"/>',
        f'<link href="{escape(page)}"/>',
    ]
    for change in changes:
        kind, words = t(f"data.news_{change.kind}"), change.words[lang]
        headline = t("data.news_said", kind=kind, words=words)
        parts += [
            "<entry>",
            f"<title>{escape(headline)}</title>",
            f"<id>{_named(f'{change.day} {change.words.en}')}</id>",
            f"<updated>{_moment(change.day)}</updated>",
            f'<link href="{escape(page)}"/>',
            f"<summary>{escape(words)}</summary>",
            "</entry>",
        ]
    return "\n".join([*parts, "</feed>", ""]).encode()


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+08:00"


def _named(what: str) -> str:
    """Return a name that stays the same wherever the feed lies."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'jjj-atlas/{what}')}"
