"""What a file says of itself, for catalogues and those who find it later: the same in all kinds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.print.words import short
from dashboard.text import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.print.exhibit import Exhibit
    from dashboard.print.report import Report
    from geodata.records import Lang

REVIEW: Final = re.compile(r"GS\(\d+\)\d+")
"""The number under which a map was reviewed, in the credit of the boundaries."""
JOIN: Final = "; "
LANGUAGE_TAGS: Final[Mapping[Lang, str]] = {"zh": "zh-CN", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class About:
    """Title, subject and keywords of a file in one language; its author is the atlas."""

    lang: Lang
    title: str
    subject: str
    keywords: tuple[str, ...]

    @property
    def author(self) -> str:
        """Return the name of the atlas."""
        return text(self.lang)("shell.title")

    @property
    def language(self) -> str:
        """Return the language as Office and PDF name it."""
        return LANGUAGE_TAGS[self.lang]

    @property
    def listed(self) -> str:
        """Return the keywords in one line."""
        return JOIN.join(self.keywords)

    def within(self, most: int) -> str:
        """Return the keywords that fit into so many characters, the last ones being kept first.

        The last are the review number and the address; the sources stand in full in the file.
        """
        kept: list[str] = []
        for word in reversed(self.keywords):
            if len(JOIN.join([word, *kept])) <= most:
                kept.insert(0, word)
        return JOIN.join(kept)


def of_figure(exhibits: Iterable[Exhibit], link: str) -> About:
    """Return what the file of a figure says: its sources, the review number, its address."""
    main, *_ = exhibits
    named = tuple(short(source, main.lang) for source in main.sources)
    return About(
        main.lang, main.title, main.subtitle, _keywords(named, main.credits, link, main.lang)
    )


def of_report(report: Report, lang: Lang) -> About:
    """Return what the file of a report says."""
    keywords = _keywords(report.named, report.credits, report.link, lang)
    return About(lang, report.title, report.subtitle, keywords)


def _keywords(
    sources: Iterable[str], credit: Iterable[str], link: str, lang: Lang
) -> tuple[str, ...]:
    numbers = (number for line in credit for number in REVIEW.findall(line))
    reviewed = (text(lang)("export.review", number=number) for number in numbers)
    return tuple(dict.fromkeys(word for word in (*sources, *reviewed, link) if word))
