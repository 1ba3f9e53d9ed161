"""How figures, years, units and lists are written, and what a room needs to speak to the reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import floor, log10
from string import ascii_lowercase
from typing import TYPE_CHECKING, Final

from dashboard.numbers import number, percent
from dashboard.units import counted, places_in, unit_in
from geodata.measures.industry import NOT_COMPARABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dashboard.text import Text
    from geodata.records import Indicator, Lang, Name, Place, Scheme, Source, Value

LONG_RUN = 2
"""More numbers in a row than this are written as a span."""

CLOSED: Final = "。！？；：）"
"""What ends a Chinese sentence: no space comes after it."""

DOUBT: Final = "check before comparing"
APART: Final = " apart, which lies in this outline"
LEFT_OUT: Final = "excludes "
"""Parts of notes on why a place cannot be compared between the censuses."""

SIGNIFICANT = 4
"""Digits shown of a computed figure that has no decimals of its own."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a panel needs besides its records to speak to the reader.

    `href` gives the address that selects a place, `term` the name of an id in a vocabulary,
    `note` the words of a note fragment in the reader's language.
    """

    t: Text
    href: Callable[[str], str]
    source: Callable[[str], Source]
    term: Callable[[str, str], Name]
    place: Callable[[str], Place]
    scheme: Callable[[str], Scheme]
    note: Callable[[str], str]

    @property
    def lang(self) -> Lang:
        """Return the language of the words."""
        return self.t.lang

    def word(self, vocabulary: str, key: str) -> str:
        """Return the name of `key` in `vocabulary`, as a note where no vocabulary holds it."""
        try:
            return self.term(vocabulary, key)[self.lang]
        except KeyError:
            return self.note(key)


def spans(numbers: Sequence[int], write: Callable[[int], str]) -> list[str]:
    """Write ascending numbers, three and more in a row as a span: 1–4, 7, 8."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return [
        word
        for run in runs
        for word in (
            [f"{write(run[0])}–{write(run[-1])}"] if len(run) > LONG_RUN else map(write, run)
        )
    ]


def letter(index: int) -> str:
    """Return a, b … z, aa, ab … for 0, 1 …."""
    high, low = divmod(index, len(ascii_lowercase))
    return (letter(high - 1) if high else "") + ascii_lowercase[low]


def year_text(year: str, t: Text) -> str:
    """Write a year, a period, part of a year, a date or a span of these.

    "2020", "2021-2025", "2024H1", "2014-2020H1", "2023Q1-Q3", "to 2020", "2023-02", "1988-05-10"
    and "2024-01/2024-11" are known; anything else is shown as printed.
    """
    if found := re.fullmatch(r"(\d{4})-(\d\d)/\1-(\d\d)", year):
        return t("panel.months", year=found[1], first=int(found[2]), last=int(found[3]))
    if "/" in year or re.fullmatch(r"\d{4}-\d{4}H[12]", year):
        first, _, last = year.partition("/" if "/" in year else "-")
        return t("panel.span", first=year_text(first, t), last=year_text(last, t))
    if found := re.fullmatch(r"(\d{4})-(\d{4})", year):
        return t("panel.period", first=found[1], last=found[2])
    if found := re.fullmatch(r"(\d{4})([HQ])([1-4])(?:-Q([1-4]))?", year):
        return _part_of_year(found, t)
    if found := re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-([0-3]\d))?", year):
        named = zip(("year", "month", "day"), found.groups(), strict=True)
        parts = {name: int(part) for name, part in named if part}
        return t(f"panel.date_{list(parts)[-1]}", **parts)
    until = re.fullmatch(r"to (\d{4})", year)
    return t("panel.until", year=until[1]) if until else year or t("panel.year_unknown")


def undated(name: str, year: str, t: Text) -> str:
    """Return the name of a change without its span of years, where `year` says it beside it."""
    if "-" not in year:
        return name
    span = year_text(year, t)
    for held, left in ((f"（{span}）", ""), (f"（{span}", "（"), (f", {span}", "")):
        name = name.replace(held, left)
    return name


def _part_of_year(found: re.Match[str], t: Text) -> str:
    year, kind, first, last = found.groups()
    if kind == "H":
        return t(f"panel.half_{first}", year=year)
    return t("panel.quarter", year=year, quarters=f"{first}–{last}" if last else first)


def decimals_of(value: Value) -> int:
    """Return how many decimals to write: as printed, or four digits of a computed figure."""
    if not value.value:
        return 0
    if value.status == "computed":
        return max(0, SIGNIFICANT - 1 - floor(log10(abs(value.value))))
    return len(f"{value.value:.10f}".rstrip("0").partition(".")[2])


def unit_text(unit: str, context: Context) -> str:
    """Write a unit after a number, as the language counts."""
    return published_unit(unit_in(unit, context.lang), context)


def named_unit(indicator: Indicator, context: Context) -> str:
    """Write the name of an indicator with its unit."""
    name = indicator.name[context.lang]
    unit = unit_text(indicator.unit, context)
    return context.t("panel.name_unit", name=name, unit=unit) if unit else name


def published_unit(unit: str, context: Context) -> str:
    """Write a unit of the tables; one that begins with a number itself gets a times sign."""
    words = context.word("unit", unit) if unit else ""
    return f"× {words}" if words[:1].isdigit() else words


MOST_ADDED: Final = 2
"""Decimals up to which a less exact figure is written out beside a more exact one."""


def decimals_of_column(values: Iterable[Value]) -> Mapping[str, int]:
    """Return the decimals of each unit where figures stand below one another: one for all.

    Those of the most exact published figure, but two at most where another is less exact, which
    more noughts would make look exact; where all are computed, those of the largest.
    """
    units: dict[str, list[Value]] = {}
    for value in values:
        if value.value is not None:
            units.setdefault(value.unit, []).append(value)
    return {unit: _one_precision(of_unit) for unit, of_unit in units.items()}


def _one_precision(values: Sequence[Value]) -> int:
    published = [decimals_of(v) for v in values if v.status != "computed"]
    computed = [decimals_of(v) for v in values if v.status == "computed" and v.value]
    if not published:
        return min(computed, default=0)
    return min(max(published), max(MOST_ADDED, min(published)))


def quantity_text(value: Value, context: Context, decimals: int | None = None) -> str:
    """Write a figure with its unit as plain words."""
    shown = counted(value, context.lang)
    unit = unit_text(shown.unit, context)
    moved = places_in(value.unit, context.lang)
    places = decimals_of(shown) if decimals is None else max(0, decimals - moved)
    written = number(shown.value, places)
    return f"{written}%" if unit == "%" else f"{written} {unit}".rstrip()


def share_text(share: float | None) -> str:
    """Write a share in 0..1; one too small for a decimal is not written as nothing."""
    if share is None or share == 0 or share >= 0.0005:  # noqa: PLR2004 - rounds to 0.1 %
        return percent(share)
    return percent(share, 2) if share >= 0.00005 else "<0.01%"  # noqa: PLR2004


def begun(words: str) -> str:
    """Begin a sentence: with a capital, where the script has any."""
    return words[:1].upper() + words[1:]


def within(term: str) -> str:
    """Write a term within a sentence: without its capital, unless it is an abbreviation."""
    return term if term[1:2].isupper() else term[:1].lower() + term[1:]


def sentences(told: Iterable[str]) -> str:
    """Join sentences; no space follows a Chinese full stop or bracket."""
    whole = ""
    for one in filter(None, told):
        whole += one if not whole or whole[-1] in CLOSED else f" {one}"
    return whole


def listing(names: Iterable[str], t: Text) -> str:
    """Join names as a list within a sentence."""
    return t("panel.comma").join(names)


def why_not(notes: Sequence[str], context: Context) -> str:
    """Join notes on why two censuses cannot be compared, within a sentence that says so itself.

    A zone that a doubt names is not named again as left out.
    """
    doubted = any(note.startswith(DOUBT) and APART in note for note in notes)
    told = [
        note
        for note in notes
        if note != NOT_COMPARABLE and not (doubted and note.startswith(LEFT_OUT))
    ]
    return context.t("place.semicolon").join(_bare(note, context) for note in told or notes)


def _bare(note: str, context: Context) -> str:
    """Return a note without the words before its colon that say what the sentence says."""
    said = context.note(note)
    if not note.startswith((DOUBT, "NOT comparable")):
        return said
    return said.partition("：" if context.lang == "zh" else ": ")[2]
