"""Stories: short sentences with figures computed from the tables, refused where untrue.

A sentence of the catalogue (stories.csv) has gaps for figures, `{now}` and the year of one,
`{now.year}`; each figure is a formula with its year (story_figures.csv), see
`geodata.studies.formula`. What the words say of figures, that one rose or is below another,
stands beside them as limits: a sentence whose figures no longer meet one is a fault of the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from string import Formatter
from typing import TYPE_CHECKING, Final

from geodata.catalog.rows import FOLDER, read_rows, refuse_twice
from geodata.errors import FactsError
from geodata.records import LANGUAGES, Name
from geodata.studies.claim_records import limit_of
from geodata.studies.formula import FormulaError, fault_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geodata.catalog.rows import CatalogRow
    from geodata.measures.verdict import Limit
    from geodata.records import Value
    from geodata.studies.formula import Formulas

HEADLINES: Final = "headlines"
PRESET_STORIES: Final = ("cities", "wings", "capital", "tianjin", "shijiazhuang", "digital")
"""Stories that stand beside a view of the same name."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a sentence; `decimals` is None where the words rest on it without naming it."""

    id: str
    value: Value
    decimals: int | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with gaps, the figures that fill them, and the claim it belongs to."""

    id: str
    story: str
    claim: str
    words: Name
    figures: Mapping[str, Figure]

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Return the sources of all its figures."""
        found = {s for figure in self.figures.values() for s in figure.value.source_ids}
        return tuple(sorted(found))


class Stories:
    """Answers of the stories, exposed as `Atlas.stories`.

    Parameters
    ----------
    formulas
        What computes their figures.
    claims
        The ids of claims that a sentence may belong to.
    folder
        Where the catalogue is.
    """

    def __init__(self, formulas: Formulas, claims: Sequence[str], folder: Path = FOLDER) -> None:
        self._formulas, self._claims, self._folder = formulas, tuple(claims), folder

    def story(self, name: str) -> tuple[Sentence, ...]:
        """Return the sentences of a story in their order."""
        return tuple(one for one in self.sentences if one.story == name)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return all sentences in the order of the table, each with its figures.

        Raises
        ------
        FactsError
            If a figure cannot be computed, a gap has no figure, or figures do not carry the words.
        """
        rows, figures = read_stories(self._folder)
        return tuple(
            self._sentence(row, [one for one in figures if one["sentence"] == row["id"]])
            for row in rows
        )

    def _sentence(self, row: CatalogRow, rows: Sequence[CatalogRow]) -> Sentence:
        figures = {one["id"]: self._figure(one) for one in rows}
        words = row.name()
        _refuse_gaps(row, words, figures)
        return Sentence(
            row["id"],
            row.one_of((HEADLINES, *PRESET_STORIES), "story"),
            row.one_of(self._claims, "claim"),
            words,
            figures,
        )

    def _figure(self, row: CatalogRow) -> Figure:
        try:
            term = self._formulas.term(row["formula"], row["year"])
        except FormulaError as error:
            raise FactsError(row.fault(fault_of(error))) from None
        limit = limit_of(row, "holds")
        if limit is not None and not limit.met(term.number):
            raise FactsError(row.fault(_untrue(row["sentence"], term.number, limit)))
        decimals = row.as_number(int, "decimals") if row["decimals"] else None
        return Figure(row["id"], term.value("", row["year"]), decimals)


def read_stories(folder: Path = FOLDER) -> tuple[list[CatalogRow], list[CatalogRow]]:
    """Read the sentences and their figures; FactsError where one stands twice or is of none."""
    rows, figures = read_rows(folder, "stories"), read_rows(folder, "story_figures")
    refuse_twice(rows, "id")
    refuse_twice(figures, "sentence", "id")
    for row in figures:
        row.one_of(tuple(one["id"] for one in rows), "sentence")
    return rows, figures


def gaps(words: str) -> tuple[str, ...]:
    """Return the ids of the figures that a sentence names, in order: "now" of `{now.year}`."""
    fields = (field for _, field, _, _ in Formatter().parse(words) if field is not None)
    return tuple(field.partition(".")[0] for field in fields)


def _refuse_gaps(row: CatalogRow, words: Name, figures: Mapping[str, Figure]) -> None:
    """Raise FactsError where a gap has no figure, or a figure to be written has no gap."""
    named = {gap for lang in LANGUAGES for gap in gaps(words[lang])}
    written = {figure.id for figure in figures.values() if figure.decimals is not None}
    for gap in sorted(named ^ written):
        what = Name(
            f"“{gap}”在句子与 story_figures.csv 中应各有一处；请补上，或删去。",
            f"{gap!r} must stand in the sentence and in story_figures.csv; add it, or take it out.",
        )
        raise FactsError(row.fault(what))


def _untrue(sentence: str, number: float, limit: Limit) -> Name:
    told = f"{number:.6g}", f"{limit.relation} {limit.number:g}"
    return Name(
        f"数字已是 {told[0]}，不再满足“{told[1]}”；请改写 stories.csv 中的“{sentence}”。",
        f"the figure is {told[0]} and does not meet {told[1]!r} any more; rewrite {sentence!r} in "
        "stories.csv.",
    )
