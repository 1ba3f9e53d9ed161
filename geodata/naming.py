"""What makes two spellings of a name the same, and what is said of a name that fits badly."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from geodata.errors import UnknownNameError
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

LISTED: Final = 8
"""Names that a sentence lists at most."""
LIKE: Final = 0.6
"""How alike two spellings are for one to be offered for the other; 1 is the same."""


@dataclass(frozen=True)
class Spellings:
    """The spellings of one thing as `bare` writes them: full names, and short ones."""

    full: frozenset[str]
    short: frozenset[str]

    @classmethod
    def of(cls, full: Iterable[str], short: Iterable[str] = ()) -> Spellings:
        """Collect spellings; one that is empty when bare is none."""
        kept, brief = ({bare(one) for one in several} - {""} for several in (full, short))
        return cls(frozenset(kept), frozenset(brief))


def bare(words: object) -> str:
    """Return letters and digits only, without case, tones and marks.

    Each character is taken apart by itself: whole words would have their marks put in order, which
    takes the square of their number.
    """
    parts = "".join(unicodedata.normalize("NFKD", one) for one in str(words)).casefold()
    return "".join(part for part in parts if part.isalnum())


def pinyin(words: str) -> str:
    """Return Chinese words in pinyin without tones."""
    return "".join(syllables(words))


def syllables(words: str) -> list[str]:
    """Return the syllables of Chinese words in pinyin without tones; other letters as they are."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - seldom needed, and slow to import

    return [bare(one) for one in lazy_pinyin(words)]


def fitting(words: object, spellings: Mapping[str, Spellings]) -> list[str]:
    """Return the ids of what has this very name; where none has, of what is called so in short."""
    asked = bare(words)
    full = [one for one, known in spellings.items() if asked in known.full]
    return full or [one for one, known in spellings.items() if asked in known.short]


def holding(words: object, spellings: Mapping[str, Spellings]) -> list[str]:
    """Return the ids of what holds each of the words, those first that hold them in a row."""
    asked, each = bare(words), [bare(one) for one in str(words).split()]
    if not asked:
        return []
    every = {one: "\n".join(known.full) for one, known in spellings.items()}
    found = [one for one, text in every.items() if all(part in text for part in each)]
    return sorted(found, key=lambda one: asked not in every[one])


def close(words: object, spellings: Mapping[str, Spellings]) -> list[str]:
    """Return the ids of what is spelt nearly so, the nearest first."""
    owners: dict[str, list[str]] = {}
    for one, known in spellings.items():
        for text in known.full | known.short:
            owners.setdefault(text, []).append(one)
    near = get_close_matches(bare(words), owners, LISTED, LIKE)
    return [*dict.fromkeys(one for text in near for one in owners[text])]


def spans(years: Sequence[str]) -> str:
    """Return years in order as 2010, 2013–2019: only years in a row are joined."""
    groups: list[list[str]] = []
    for year in years:
        follows = groups and year.isdecimal() and groups[-1][-1] == str(int(year) - 1)
        groups[-1].append(year) if follows else groups.append([year])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in groups)


def listed(names: Sequence[Name]) -> Name:
    """Return some names in one line, and how many there are where they are many."""
    shown, all_of_them = names[:LISTED], len(names)
    zh, en = "、".join(one.zh for one in shown), ", ".join(one.en for one in shown)
    if all_of_them > LISTED:
        return Name(f"{zh} 等 {all_of_them} 个", f"{en} and {all_of_them - LISTED} more")
    return Name(zh, en)


def several(kind: Name, words: object, names: Sequence[Name]) -> UnknownNameError:
    """Return the error of a name that fits several things."""
    there = listed(names)
    return UnknownNameError(
        f"“{words}”可指 {len(names)} 个{kind.zh}：{there.zh}；请写全称或代码。\n"
        f'"{words}" fits {len(names)} {kind.en}s: {there.en}; give the full name or the code.'
    )


def nothing(
    kind: Name, words: object, every: Collection[Name], near: Sequence[Name] = ()
) -> UnknownNameError:
    """Return the error of a name that fits nothing; it lists what is near it, or else all."""
    there = listed([*(near or every)])
    if near:
        zh, en = (
            f"相近的有 {there.zh}；用 jjj.search 查找",
            f"close to it are {there.en}; see jjj.search",
        )
    else:
        zh = f"现有 {there.zh}"
        en = f"there are {there.en}"
    return UnknownNameError(
        f'没有名为“{words}”的{kind.zh}；{zh}。\nThere is no {kind.en} "{words}"; {en}.'
    )
