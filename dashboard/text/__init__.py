"""Every word on the screen, in both languages.

Each table `<room>.csv` beside this file holds `key, zh, en`; a key is `<room>.<rest>`. Values may
hold `{placeholders}` in the manner of `str.format`.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.records import Lang

FOLDER = Path(__file__).parent


@cache
def words(lang: Lang) -> dict[str, str]:
    """Return all words of one language by key.

    Raises
    ------
    ValueError
        When a key stands twice or a word is missing; the sentence names file and key.
    """
    found: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                key = f"{path.stem}.{row['key']}"
                if key in found or not row[lang]:
                    fault = "stands twice" if key in found else f"has no {lang} word"
                    message = f"text/{path.name}: the key {row['key']!r} {fault}; mend that row."
                    raise ValueError(message)
                found[key] = row[lang]
    return found


def tongue(lang: Lang) -> str:
    """Return a language as documents of the web name it (BCP 47)."""
    return "zh-Hans" if lang == "zh" else "en"


class Text:
    """The words of one language: `t("map.legend")`, `t("panel.of", n=3)`."""

    def __init__(self, lang: Lang) -> None:
        """Open the words of `lang`."""
        self.lang: Lang = lang
        self._words = words(lang)

    def __call__(self, key: str, **fields: object) -> str:
        """Return the word for `key` with its placeholders filled.

        Raises
        ------
        KeyError
            When there is no such key: every key used is known at test time.
        """
        word = self._words[key]
        return word.format(**fields) if fields else word


@cache
def text(lang: Lang) -> Text:
    """Return the words of `lang`, read once."""
    return Text(lang)
