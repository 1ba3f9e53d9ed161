"""Reads the catalogue's files and refuses what does not fit together."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast, get_args

from geodata.catalog.entries import (
    Catalog,
    Choice,
    Comparability,
    Operation,
    Recipe,
    ScopeNote,
    Union,
    Unused,
)
from geodata.catalog.rows import FOLDER, expanded, read_rows, refuse_twice
from geodata.errors import FactsError
from geodata.records import Break, Indicator, Kind, Level, Name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geodata.catalog.rows import CatalogRow


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
    words = read_rows(folder, "terms")
    refuse_twice(words, "vocabulary", "id")
    terms = {(r["vocabulary"], r["id"]): Name(r["zh"], r["en"]) for r in words}
    industries = _industries(folder, terms)

    def rows(name: str) -> list[CatalogRow]:
        return list(expanded(read_rows(folder, name), industries))

    entries, breaks, series = rows("indicators"), rows("breaks"), rows("series")
    refuse_twice(entries, "id")
    refuse_twice(breaks, "indicator", "level", "year")
    themes = tuple((r["id"], r.name()) for r in read_rows(folder, "themes"))
    catalog = Catalog(
        indicators={r["id"]: _indicator(r) for r in entries if r["theme"]},
        themes=themes,
        breaks=tuple(map(_break, breaks)),
        choices=tuple(map(_choice, series)),
        recipes={r["id"]: _recipe(r) for r in entries},
        unions=tuple(map(_union, read_rows(folder, "unions"))),
        scope_notes=tuple(map(_scope_note, read_rows(folder, "scope_notes"))),
        comparability=tuple(map(_comparability, read_rows(folder, "comparability"))),
        withheld=tuple(r["note_contains"] for r in read_rows(folder, "withheld")),
        unused=tuple(map(_unused, read_rows(folder, "unused"))),
        terms=terms,
    )
    _check_indicators(catalog, entries)
    _check_observed(catalog, entries, series)
    _check_years(catalog.choices, series)
    _check_breaks(catalog, breaks)
    return catalog


def _industries(folder: Path, terms: dict[tuple[str, str], Name]) -> list[Mapping[str, str]]:
    """Return what a `{…}` of a templated row stands for, per industry."""
    found: list[Mapping[str, str]] = []
    for row in read_rows(folder, "industries"):
        full = terms.get(("industry", row["sector"]))
        short = terms.get(("industry_short", row["sector"]))
        if full is None or short is None:
            what = Name(
                f"terms.csv 中没有行业门类“{row['sector']}”的名称；请更正，或在那里补上 industry "
                "与 industry_short 两行。",
                f"terms.csv lacks the names of sector {row['sector']!r}; correct it, or add a "
                "line of industry and one of industry_short there.",
            )
            raise FactsError(row.fault(what))
        english = full.en[0].lower() + full.en[1:]
        words = {"zh": short.zh, "en": short.en, "zh_full": full.zh, "en_full": full.en}
        found.append({**row.cells, **words, "en_low": english})
    return found


def _indicator(row: CatalogRow) -> Indicator:
    return Indicator(
        id=row["id"],
        name=row.name(),
        theme=row["theme"],
        unit=row["unit"],
        kind=cast("Kind", row.one_of(get_args(Kind), "kind")),
        decimals=row.as_number(int, "decimals"),
        definition=row.name("definition_"),
        years={},
        ingredients=row.items("ingredients"),
        sector=row["sector"],
        diverging_at=row.as_number(float, "diverging_at") if row["diverging_at"] else None,
        summable=row["summable"] == "yes",
    )


def _recipe(row: CatalogRow) -> Recipe:
    return Recipe(
        indicator=row["id"],
        unit=row["unit"],
        operation=cast("Operation", row.one_of(get_args(Operation), "operation")),
        ingredients=row.items("ingredients"),
        scale=row.as_number(float, "scale", default="1"),
        levels=row.items("levels"),
        years=row.items("years"),
        hidden=not row["theme"],
    )


def _choice(row: CatalogRow) -> Choice:
    if not row["why"] or not row["sources"]:
        what = Name(
            "请在 sources 列写明来源，在 why 列写明选用理由。",
            "name the sources in the column sources, and say why they were chosen in why.",
        )
        raise FactsError(row.fault(what))
    return Choice(
        indicator=row["indicator"],
        reach=row.reach(),
        first=row.as_number(int, "from"),
        last=row.as_number(int, "to"),
        fact=row["fact"],
        sector=row["sector"],
        category=row["category"],
        sources=tuple(row["sources"].split("|")),
        left_out=frozenset(row.items("except")),
        united=row["union"] == "yes",
        why=row["why"],
        line=row.number,
    )


def _break(row: CatalogRow) -> Break:
    level = cast("Level", row.one_of(get_args(Level), "level"))
    year, places = str(row.as_number(int, "year")), row.items("places")
    return Break(row["indicator"], level, year, row.name(), places)


def _union(row: CatalogRow) -> Union:
    return Union(row["region_code"], row.items("parts"), row["note"])


def _scope_note(row: CatalogRow) -> ScopeNote:
    return ScopeNote(
        indicator=row["indicator"],
        reach=row.reach(),
        region_code=row["region_code"],
        first=row.as_number(int, "from"),
        last=row.as_number(int, "to"),
        note=row["note"],
    )


def _comparability(row: CatalogRow) -> Comparability:
    comparable = row.one_of(("yes", "no"), "comparable") == "yes"
    return Comparability(row.reach(), row["region_code"], comparable, row["note"])


def _unused(row: CatalogRow) -> Unused:
    facts, sources = row["fact"].split("|"), row["sources"].split("|")
    return Unused(tuple(facts), row["level"], tuple(sources), row["why"])


def _check_indicators(catalog: Catalog, entries: Sequence[CatalogRow]) -> None:
    themes = {theme for theme, _ in catalog.themes}
    for row in entries:
        theme, unit = row["theme"], row["unit"]
        if theme and theme not in themes:
            what = Name(
                f"themes.csv 中没有专题“{theme}”；请更正，或在那里加一行。",
                f"there is no theme {theme!r} in themes.csv; correct it, or add a line there.",
            )
            raise FactsError(row.fault(what))
        if theme and unit and ("unit", unit) not in catalog.terms:
            what = Name(
                f"terms.csv 中没有单位“{unit}”；请更正，或在那里加一行 unit。",
                f"terms.csv has no unit {unit!r}; correct it, or add a line of unit there.",
            )
            raise FactsError(row.fault(what))
        recipe = catalog.recipes[row["id"]]
        unknown = [i for i in recipe.ingredients if i not in catalog.recipes]
        if unknown:
            what = Name(
                f"成分 {'、'.join(unknown)} 不在 indicators.csv 中；请更正，或在那里加一行。",
                f"unknown ingredients: {', '.join(unknown)}; correct them, or add a line for each.",
            )
            raise FactsError(row.fault(what))
        if bool(recipe.operation) != bool(recipe.ingredients):
            what = Name(
                "计算指标须同时有算法与成分；请填写 operation 与 ingredients 两列，或都留空。",
                "a computed indicator needs an operation and ingredients; fill both columns, or "
                "leave both empty.",
            )
            raise FactsError(row.fault(what))


def _check_observed(
    catalog: Catalog, entries: Sequence[CatalogRow], series: Sequence[CatalogRow]
) -> None:
    """Raise unless series.csv has the observed indicators and no others."""
    observed = {i for i, recipe in catalog.recipes.items() if not recipe.operation}
    chosen = {choice.indicator for choice in catalog.choices}
    for row in series:
        if row["indicator"] not in observed:
            what = Name(
                f"“{row['indicator']}”不是 indicators.csv 中直接引用的指标；请更正，或删去这一行。",
                f"{row['indicator']!r} is no observed indicator of indicators.csv; correct it, or "
                "take the line away.",
            )
            raise FactsError(row.fault(what))
    for row in entries:
        if row["id"] in observed - chosen:
            what = Name(
                f"series.csv 没有为“{row['id']}”选定来源；请在那里加一行，"
                "计算指标则填写 operation。",
                f"series.csv chooses no source for {row['id']!r}; add a line there, or an "
                "operation here if it is computed.",
            )
            raise FactsError(row.fault(what))


def _check_years(choices: Sequence[Choice], series: Sequence[CatalogRow]) -> None:
    pairs = zip(choices, series, strict=True)
    ordered = sorted(pairs, key=lambda p: (p[0].indicator, p[0].reach, p[0].first))
    for choice, row in ordered:
        if choice.first > choice.last:
            what = Name(
                f"年份倒置：{choice.first} 晚于 {choice.last}；请更正 from 与 to。",
                f"years run back: {choice.first} is after {choice.last}; correct from and to.",
            )
            raise FactsError(row.fault(what))
    for (one, above), (two, row) in pairwise(ordered):
        if (one.indicator, one.reach) == (two.indicator, two.reach) and two.first <= one.last:
            what = Name(
                f"年份与第 {above.number} 行重叠；请更正 from 与 to。",
                f"years overlap with those of line {above.number}; correct from and to.",
            )
            raise FactsError(row.fault(what))


def _check_breaks(catalog: Catalog, breaks: Sequence[CatalogRow]) -> None:
    for row in breaks:
        if row["indicator"] not in catalog.indicators:
            what = Name(
                f"indicators.csv 中没有指标“{row['indicator']}”；请更正，或删去这一行。",
                f"there is no indicator {row['indicator']!r} in indicators.csv; correct it, or "
                "take the line away.",
            )
            raise FactsError(row.fault(what))
