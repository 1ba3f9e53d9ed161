"""Reads the catalogue's files and refuses what does not fit together."""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast, get_args

from geodata.catalog.entries import (
    Catalog,
    Choice,
    Comparability,
    Operation,
    Reach,
    Recipe,
    ScopeNote,
    Union,
    Unused,
)
from geodata.errors import FactsError
from geodata.records import Break, Indicator, Kind, Level, Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Row(dict[str, str]):
    """A row of a file of the catalogue; a column that the file lacks is a fault of the file."""

    file = ""

    def __missing__(self, column: str) -> str:
        """Say which column which file lacks."""
        message = f"catalog/{self.file} has no column {column!r}; add it to the first line."
        raise FactsError(message)


N = TypeVar("N", int, float)
FOLDER: Final = Path(__file__).parent


def load_catalog(folder: Path = FOLDER) -> Catalog:
    """Read and check the catalogue.

    Parameters
    ----------
    folder
        Folder of indicators.csv, series.csv, breaks.csv, themes.csv and the smaller files.

    Raises
    ------
    FactsError
        If a file is missing or an entry names what does not exist, lacks a language or
        overlaps another.
    """
    terms = {(r["vocabulary"], r["id"]): Name(r["zh"], r["en"]) for r in read_rows(folder, "terms")}
    industries = _industries(folder, terms)

    def rows(name: str) -> list[Row]:
        return list(_expanded(read_rows(folder, name), industries))

    entries = rows("indicators")
    themes = tuple((r["id"], _name(r, "themes", r["id"])) for r in read_rows(folder, "themes"))
    catalog = Catalog(
        indicators={r["id"]: _indicator(r) for r in entries if r["theme"]},
        themes=themes,
        breaks=tuple(map(_break, rows("breaks"))),
        choices=tuple(map(_choice, rows("series"))),
        recipes={r["id"]: _recipe(r) for r in entries},
        unions=tuple(map(_union, read_rows(folder, "unions"))),
        scope_notes=tuple(map(_scope_note, read_rows(folder, "scope_notes"))),
        comparability=tuple(map(_comparability, read_rows(folder, "comparability"))),
        withheld=tuple(r["note_contains"] for r in read_rows(folder, "withheld")),
        unused=tuple(map(_unused, read_rows(folder, "unused"))),
        terms=terms,
    )
    _refuse_twice("indicators.csv", [r["id"] for r in entries])
    _check_indicators(catalog)
    _check_choices(catalog)
    _check_breaks(catalog)
    return catalog


def read_rows(folder: Path, name: str) -> list[Row]:
    """Read a file of the catalogue.

    Raises
    ------
    FactsError
        If it cannot be read or a line has too few or too many cells.
    """
    path = folder / f"{name}.csv"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        message = (
            f"catalog/{path.name} cannot be read in {folder} ({error.strerror}); "
            "restore it from the repository."
        )
        raise FactsError(message) from error
    rows = [Row(row) for row in csv.DictReader(text.splitlines(), strict=True)]
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            message = (
                f"catalog/{path.name}, line {number}: too few or too many cells; add the missing "
                "commas or put quotes round a text with commas."
            )
            raise FactsError(message)
        row.file = path.name
    return rows


def _industries(folder: Path, terms: dict[tuple[str, str], Name]) -> list[Row]:
    """Return what a `{…}` of a templated row stands for, per industry."""
    found = []
    for row in read_rows(folder, "industries"):
        full = terms.get(("industry", row["sector"]))
        short = terms.get(("industry_short", row["sector"]))
        if full is None or short is None:
            message = f"industries.csv: terms.csv lacks the names of sector {row['sector']!r}."
            raise FactsError(message)
        english = full.en[0].lower() + full.en[1:]
        words = {"zh": short.zh, "en": short.en, "zh_full": full.zh, "en_full": full.en}
        found.append(Row({**row, **words, "en_low": english}))
    return found


def _expanded(rows: Iterable[Row], industries: list[Row]) -> Iterable[Row]:
    """Yield each row; one with `{key}` in its first cell once per industry."""
    for row in rows:
        first = next(iter(row.values()))
        if "{key}" not in first:
            yield row
            continue
        for industry in industries:
            filled = Row({k: _filled(v, industry) for k, v in row.items()})
            filled.file = row.file
            yield filled


def _filled(text: str, words: Row) -> str:
    return re.sub(r"\{(\w+)\}", lambda m: words.get(m[1], m[0]), text)


def _indicator(row: Row) -> Indicator:
    where = row["id"]
    kind = _one_of(get_args(Kind), row["kind"], f"the kind of {where}")
    return Indicator(
        id=where,
        name=_name(row, "indicators", where),
        theme=row["theme"],
        unit=row["unit"],
        kind=cast("Kind", kind),
        decimals=_number(int, row["decimals"], f"the decimals of {where}"),
        definition=_name(row, "indicators", where, "definition_"),
        years={},
        ingredients=_items(row["ingredients"]),
        sector=row["sector"],
        diverging_at=_number(float, row["diverging_at"], where) if row["diverging_at"] else None,
        summable=row["summable"] == "yes",
    )


def _recipe(row: Row) -> Recipe:
    where = f"the operation of {row['id']}"
    return Recipe(
        indicator=row["id"],
        unit=row["unit"],
        operation=cast("Operation", _one_of(get_args(Operation), row["operation"], where)),
        ingredients=_items(row["ingredients"]),
        scale=_number(float, row["scale"] or "1", f"the scale of {row['id']}"),
        levels=_items(row["levels"]),
        years=_items(row["years"]),
        hidden=not row["theme"],
    )


def _choice(row: Row) -> Choice:
    where = f"series.csv, {row['indicator']} at {row['level']} level"
    if not row["why"] or not row["sources"]:
        message = f"{where}: name the sources and say why they were chosen."
        raise FactsError(message)
    return Choice(
        indicator=row["indicator"],
        reach=_reach(row["level"], where),
        first=_number(int, row["from"], where),
        last=_number(int, row["to"], where),
        fact=row["fact"],
        sector=row["sector"],
        category=row["category"],
        sources=tuple(row["sources"].split("|")),
        left_out=frozenset(_items(row["except"])),
        united=row["union"] == "yes",
        why=row["why"],
    )


def _break(row: Row) -> Break:
    where = f"breaks.csv, {row['indicator']}"
    level = cast("Level", _one_of(get_args(Level), row["level"], where))
    year = str(_number(int, row["year"], where))
    return Break(row["indicator"], level, year, _name(row, "breaks", row["indicator"]))


def _union(row: Row) -> Union:
    return Union(row["region_code"], _items(row["parts"]), row["note"])


def _scope_note(row: Row) -> ScopeNote:
    where = f"scope_notes.csv, {row['indicator']}"
    return ScopeNote(
        indicator=row["indicator"],
        reach=_reach(row["level"], where),
        region_code=row["region_code"],
        first=_number(int, row["from"], where),
        last=_number(int, row["to"], where),
        note=row["note"],
    )


def _comparability(row: Row) -> Comparability:
    where = f"comparability.csv, {row['region_code']}"
    comparable = _one_of(("yes", "no"), row["comparable"], where) == "yes"
    return Comparability(_reach(row["level"], where), row["region_code"], comparable, row["note"])


def _unused(row: Row) -> Unused:
    facts, sources = row["fact"].split("|"), row["sources"].split("|")
    return Unused(tuple(facts), row["level"], tuple(sources), row["why"])


def _name(row: Row, file: str, where: str, prefix: str = "") -> Name:
    zh, en = row[f"{prefix}zh"], row[f"{prefix}en"]
    if not zh or not en:
        message = f"{file}.csv, {where}: both the Chinese and the English text are needed."
        raise FactsError(message)
    return Name(zh, en)


def _items(text: str) -> tuple[str, ...]:
    return tuple(item for item in text.split(";") if item)


def _number(of: Callable[[str], N], text: str, where: str) -> N:
    try:
        return of(text)
    except ValueError:
        message = f"{where}: {text!r} is not a number."
        raise FactsError(message) from None


def _one_of(allowed: tuple[str, ...], text: str, where: str) -> str:
    if text not in allowed:
        message = f"{where}: {text!r} is not one of {', '.join(a for a in allowed if a)}."
        raise FactsError(message)
    return text


def _reach(text: str, where: str) -> Reach:
    return cast("Reach", _one_of(get_args(Reach), text, where))


def _refuse_twice(file: str, keys: list[str]) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        message = f"{file} has {', '.join(twice)} more than once; keep one entry."
        raise FactsError(message)


def _check_indicators(catalog: Catalog) -> None:
    themes = {theme for theme, _ in catalog.themes}
    for entry in catalog.indicators.values():
        if entry.theme not in themes:
            message = (
                f"indicators.csv, {entry.id}: there is no theme {entry.theme!r} in themes.csv."
            )
            raise FactsError(message)
        if entry.unit and ("unit", entry.unit) not in catalog.terms:
            message = f"indicators.csv, {entry.id}: add the unit {entry.unit!r} to terms.csv."
            raise FactsError(message)
    for recipe in catalog.recipes.values():
        unknown = [i for i in recipe.ingredients if i not in catalog.recipes]
        if unknown or bool(recipe.operation) != bool(recipe.ingredients):
            message = (
                f"indicators.csv, {recipe.indicator}: a computed indicator needs an operation "
                f"and ingredients that exist (unknown: {', '.join(unknown) or 'none'})."
            )
            raise FactsError(message)


def _check_choices(catalog: Catalog) -> None:
    observed = {i for i, recipe in catalog.recipes.items() if not recipe.operation}
    chosen = {choice.indicator for choice in catalog.choices}
    if observed != chosen:
        names = ", ".join(sorted(observed ^ chosen))
        message = f"series.csv must hold the observed indicators, no others; differing: {names}."
        raise FactsError(message)
    ordered = sorted(catalog.choices, key=lambda c: (c.indicator, c.reach, c.first))
    for one, two in pairwise(ordered):
        same = (one.indicator, one.reach) == (two.indicator, two.reach)
        if one.first > one.last or (same and two.first <= one.last):
            message = (
                f"series.csv, {one.indicator} at {one.reach} level: years run back or overlap."
            )
            raise FactsError(message)


def _check_breaks(catalog: Catalog) -> None:
    _refuse_twice("breaks.csv", [f"{b.indicator} {b.level} {b.year}" for b in catalog.breaks])
    for entry in catalog.breaks:
        if entry.indicator not in catalog.indicators:
            message = f"breaks.csv: there is no indicator {entry.indicator!r} in indicators.csv."
            raise FactsError(message)
