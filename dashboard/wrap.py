"""Lines of print: words broken to a width, with the rules of both scripts."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import Final

from uniseg.graphemecluster import grapheme_clusters
from uniseg.linebreak import line_break_units

from dashboard.lettering import SIZE, plain, width_of

LINE: Final = 1.3
"""Height of a line over its size, as Plotly sets it."""
NOT_FIRST: Final = frozenset("，。、；：！？）》」』”’】〕…·,.;:!?)]}%")
"""Characters that no line begins with; checked where a unit of UAX #14 has to be cut."""
NOT_LAST: Final = frozenset("（《「『“‘【〔([{")
TOGETHER: Final = re.compile(
    r"(?:(?:\b\w )?[=<>≤≥≈÷×] ?)?[−+]?\d[\d,.]*(?:\u5e74?[–—-][−+]?\d[\d,.]*)?"
    r"(?:%| %|[\u4e07\u4ebf\u767e]?[\u4e00-\u9fff]| [\u4e00-\u9fff]{1,4}| (?:km²?|bn|m)\b)?"
    r"|\b\w-(?=\w)|[\uff08(][^\s\uff08\uff09()]{1,6}[\uff09)]"
)
"""What UAX #14 parts and a reader would not: a number and its counter or unit, spans of years,
an equation's sign and its number, a letter and the word that it qualifies, a word in brackets."""
BRACKET: Final = re.compile(r"(?<=\S) ?(?=[\uff08(])")
"""Where the city of a namesake, or what a measure counts, begins."""
BOLD, REGULAR = 1.07, 1.02
"""What is kept free, since widths are estimates."""


def lines(words: str, width: float, size: float = SIZE, *, bold: bool = False) -> list[str]:
    """Break `words` into lines no wider than `width` pixels at `size`.

    Lines end where UAX #14 (Unicode Line Breaking Algorithm) allows it: between ideographs but
    not before a closing and not after an opening mark, between other words at spaces and hyphens,
    but never between a number and its unit or within a span of years. What is held together and
    is wider than a line begins a line and is cut where it must be.
    """
    room = width * SIZE / size / (BOLD if bold else REGULAR)
    return [line for part in words.splitlines() for line in _broken(part, room)]


def lines_of_name(name: str, width: float) -> list[str]:
    """Break a name; what stands in brackets behind it begins a line of its own.

    A row without a name has one line too.
    """
    parts = [name] if width_of(name) <= width else BRACKET.split(name, maxsplit=1)
    return [line for part in parts for line in lines(part, width)] or [""]


def _broken(words: str, room: float) -> list[str]:
    """Break words without an end of line among them."""
    found, line = [], ""
    for unit in _units(words.strip()):
        if width_of((line + unit).rstrip()) > room:
            found.append(line)
            line = unit
            while width_of(line.rstrip()) > room:
                head = _cut(line, room)
                found.append(head)
                line = line[len(head) :].lstrip()
        else:
            line += unit
    return [line.rstrip() for line in [*found, line] if line.strip()]


@lru_cache(maxsize=4096)
def _units(words: str) -> tuple[str, ...]:
    """Return what no line parts; the same notes stand under many figures."""
    ends = _ends(words)
    inside = {at for span in TOGETHER.finditer(words) for at in range(span.start() + 1, span.end())}
    inside |= {one.end() for one in TOGETHER.finditer(words) if one[0].endswith("-")}
    kept = [end for end in ends if end not in inside]
    return tuple(words[start:end] for start, end in zip([0, *kept], kept, strict=False))


def _ends(words: str) -> list[int]:
    """Return where UAX #14 lets a line end."""
    return list(accumulate(map(len, line_break_units(words))))


def _cut(unit: str, room: float) -> str:
    """Return the beginning of a unit that fills a line.

    It ends where UAX #14 lets it, or else beside no mark, where that can be had.
    """
    ends = list(accumulate(map(len, grapheme_clusters(unit))))[:-1]
    fitting = [end for end in ends if width_of(unit[:end].rstrip()) <= room] or ends[:1]
    parted = [(end, unit[:end].rstrip()[-1:], unit[end:].lstrip()[:1]) for end in fitting]
    kept = [end for end, last, first in parted if last not in NOT_LAST and first not in NOT_FIRST]
    usual = sorted({*_ends(unit)[:-1]} & {*fitting})
    return unit[: max(usual or kept or fitting or [len(unit)])]


def marked_up(broken: list[str], *, bold: bool = False) -> str:
    """Join lines as Plotly reads them, everything in them shown as it is."""
    joined = "<br>".join(plain(line) for line in broken)
    return f"<b>{joined}</b>" if bold else joined
