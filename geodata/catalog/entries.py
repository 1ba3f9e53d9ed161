"""What the files of the catalogue say, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from geodata.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.records import Break, Indicator, Level, Name

Reach = Literal["county", "city", "province", "region", "nation"]
"""A level, or "region" (the three places together as published), or "nation" (a reference)."""

Operation = Literal[
    "",
    "share",
    "share_of_sum",
    "ratio",
    "sum",
    "density",
    "change_percent",
    "change_points",
    "lq_nation",
    "lq",
    "lq_change",
]

ASKED_LATER: Final[frozenset[Operation]] = frozenset({"lq", "lq_change"})
"""Operations that need the reader's choice of benchmark and are not stored."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an indicator comes about; `operation` is empty for an observed one.

    `hidden` ones are only ingredients. `levels` and `years` narrow a computed one down;
    empty means wherever the ingredients exist.
    """

    indicator: str
    unit: str
    operation: Operation
    ingredients: tuple[str, ...]
    scale: float
    levels: tuple[str, ...]
    years: tuple[str, ...]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Which source speaks for an indicator at a level in the years `first`..`last`.

    `sources` stand in order of priority; each is the `source_ids` of an observation, where
    `*` matches anything, `{year}` is the year and `{next}` the year after it (a yearbook).
    `left_out` are regions that get no figure from this choice. `united` says that the unions
    (Xiong'an) are summed from their parts. `line` is where series.csv says so.
    """

    indicator: str
    reach: Reach
    first: int
    last: int
    fact: str
    sector: str
    category: str
    sources: tuple[str, ...]
    left_out: frozenset[str]
    united: bool
    why: str
    line: int


@dataclass(frozen=True, slots=True)
class Union:
    """A region whose counts are the sum of its parts, all of which must be there."""

    region_code: str
    parts: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ScopeNote:
    """A remark that belongs to the chosen figures of one region."""

    indicator: str
    reach: Reach
    region_code: str
    first: int
    last: int
    note: str


@dataclass(frozen=True, slots=True)
class Comparability:
    """Whether a region may be compared between the censuses, beyond what the tables note."""

    reach: Reach
    region_code: str
    comparable: bool
    note: str


@dataclass(frozen=True, slots=True)
class Unused:
    """Published figures that no indicator uses, by patterns of fact, reach and source, and why.

    The reach is a `Reach`, "zone" for a zone without a code or "other" for other provinces.
    """

    facts: tuple[str, ...]
    reach: str
    sources: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Catalog:
    """The whole catalogue; `indicators` are those a reader can choose, in order.

    Their `years` are empty here; the atlas fills them from the figures.
    """

    indicators: dict[str, Indicator]
    themes: tuple[tuple[str, Name], ...]
    breaks: tuple[Break, ...]
    choices: tuple[Choice, ...]
    recipes: dict[str, Recipe]
    unions: tuple[Union, ...]
    scope_notes: tuple[ScopeNote, ...]
    comparability: tuple[Comparability, ...]
    withheld: tuple[str, ...]
    unused: tuple[Unused, ...]
    terms: Mapping[tuple[str, str], Name]

    @cached_property
    def _breaks(self) -> dict[tuple[str, str], tuple[Break, ...]]:
        found: dict[tuple[str, str], tuple[Break, ...]] = {}
        for item in sorted(self.breaks, key=lambda b: b.year):
            key = (item.indicator, item.level)
            found[key] = (*found.get(key, ()), item)
        return found

    def breaks_of(self, indicator: str, level: Level) -> tuple[Break, ...]:
        """Return the breaks of an indicator at a level, by year."""
        return self._breaks.get((indicator, level), ())

    def operation(self, indicator: str) -> Operation:
        """Return how an indicator comes about, '' for an observed one.

        Raises
        ------
        UnknownNameError
            If there is no such indicator.
        """
        try:
            return self.recipes[indicator].operation
        except KeyError:
            message = (
                f"There is no indicator {indicator!r}; geodata/catalog/indicators.csv has all."
            )
            raise UnknownNameError(message) from None

    def term(self, vocabulary: str, key: str) -> Name:
        """Return the name of a term, such as ("unit", "万人").

        Raises
        ------
        UnknownNameError
            If the vocabulary has no such term.
        """
        try:
            return self.terms[vocabulary, key]
        except KeyError:
            message = f"There is no term {key!r} of {vocabulary!r}; add it to catalog/terms.csv."
            raise UnknownNameError(message) from None
