"""Own figures beside the published ones: indicators and sources of their own, nothing mixed.

They come after the build, in memory: what a build writes, and its digests, know nothing of them.
Figures whose table tells no year are left out, for the atlas shows no figure without one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geodata.catalog.chosen import COLUMNS
from geodata.catalog.entries import Recipe
from geodata.errors import UnknownNameError
from geodata.ids import OWN, OWN_ID
from geodata.own import store
from geodata.own.errors import OwnError
from geodata.own.records import FIGURES, read_figures
from geodata.records import LANGUAGES, LEVELS, Indicator, Name, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from geodata.build.atlas_data import AtlasData
    from geodata.own.store import Stored
    from geodata.records import Level

ADDED: Final = "added over the rows {rows} of the table"
MOST_DECIMALS: Final = 4
DEFINED: Final = Name(
    "{band}。来自文件 {file}，{when} 导入为“{set}”；表中的量：{measure}。",
    "{band}. From the file {file}, imported on {when} as {set}; measured there: {measure}.",
)
TITLE: Final = Name("自有数据“{set}”（{file}）", "Own data {set} ({file})")


@dataclass(frozen=True)
class _Brought:
    """What a set adds: its indicators, its figures as rows of `COLUMNS`, what it is cited as."""

    indicators: tuple[Indicator, ...]
    rows: tuple[tuple[object, ...], ...]
    cited: Mapping[str, Source]


def whole_sets(names: Iterable[str], tell: Callable[[str, OwnError], None]) -> list[Stored]:
    """Return the sets that can be used; `tell` is told of each that cannot, and why."""
    found = []
    for name in names:
        try:
            found.append(store.load_whole(name))
        except OwnError as error:
            tell(name, error)
    return found


def with_own(
    data: AtlasData, sets: Iterable[Stored], tell: Callable[[str, OwnError], None]
) -> AtlasData:
    """Return what an atlas is made of with the figures of some sets beside the published ones.

    Parameters
    ----------
    data
        The published atlas; it stays as it is.
    sets
        What a reader has brought along, as `whole_sets` gives it.
    tell
        Is told of each set that cannot be used, and why; it is left out.
    """
    found = []
    for stored in sets:
        try:
            found.append(_brought(stored, data))
        except OwnError as error:
            tell(stored.name, error)
    if not any(one.indicators for one in found):
        return data
    frame = pd.DataFrame([row for one in found for row in one.rows], columns=list(COLUMNS))
    chosen = data.chosen.beside(frame.astype({"value": float}))
    entries = _told_apart([one for brought in found for one in brought.indicators], data)
    indicators = {**data.indicators, **entries}
    units = {("unit", one.unit): Name(one.unit, one.unit) for one in entries.values() if one.unit}
    catalog = replace(
        data.catalog,
        terms={**units, **data.catalog.terms},
        indicators={**data.catalog.indicators, **entries},
        themes=(*data.catalog.themes, (OWN, data.catalog.term(OWN, "theme"))),
        recipes={**data.catalog.recipes, **{name: _recipe(one) for name, one in entries.items()}},
    )
    first, *_ = LANGUAGES
    cited = {lang: {one.cited[lang].id: one.cited[lang] for one in found} for lang in LANGUAGES}
    return replace(
        data,
        chosen=chosen,
        indicators=indicators,
        catalog=catalog,
        wholes=replace(data.wholes, chosen=chosen, recipes=catalog.recipes, indicators=indicators),
        sources={**data.sources, **cited[first]},
        sources_in={lang: {**data.sources_in[lang], **cited[lang]} for lang in LANGUAGES},
    )


def _told_apart(found: Sequence[Indicator], data: AtlasData) -> dict[str, Indicator]:
    """Return the indicators by id; one whose name another bears says of which set it is."""
    every = [*data.indicators.values(), *found]
    shared = {lang: Counter(one.name[lang] for one in every) for lang in LANGUAGES}

    def named(one: Indicator) -> Name:
        if all(shared[lang][one.name[lang]] == 1 for lang in LANGUAGES):
            return one.name
        of = one.id.removeprefix(OWN_ID).rpartition(".")[0]
        return Name(f"{one.name.zh}（{of}）", f"{one.name.en} ({of})")

    return {one.id: replace(one, name=named(one)) for one in found}


def _brought(stored: Stored, data: AtlasData) -> _Brought:
    try:
        figures = read_figures((stored.folder / FIGURES).read_bytes())
        measures: Sequence[Mapping[str, Any]] = stored.manifest["measures"]
        by_measure: dict[int, list[Mapping[str, str]]] = defaultdict(list)
        for figure in figures:
            if figure["year"]:
                by_measure[int(figure["measure"])].append(figure)
        entries = tuple(
            _indicator(stored, at, measures[at], rows, data) for at, rows in by_measure.items()
        )
        rows = tuple(
            row
            for entry, of_measure in zip(entries, by_measure.values(), strict=True)
            for figure in of_measure
            for row in _rows(stored, entry, figure, data)
        )
        return _Brought(entries, rows, _cited(stored, data.catalog.term(OWN, "theme")))
    except (OSError, ValueError, KeyError, IndexError, UnknownNameError) as error:
        raise OwnError(of="damaged", name=stored.name, why=error) from None


def _indicator(
    stored: Stored,
    at: int,
    measure: Mapping[str, Any],
    figures: Sequence[Mapping[str, str]],
    data: AtlasData,
) -> Indicator:
    """Return the entry of what a column measures; its id is the name of the set and a number."""
    source = stored.manifest["source"]["name"]
    told = {"set": stored.name, "file": source, "when": stored.manifest["when"]}
    name, band = Name(measure["zh"], measure["en"]), data.catalog.term(OWN, "band")
    years: dict[Level, set[str]] = {}
    for figure in figures:
        for level in _levels(figure["region_code"], data):
            years.setdefault(level, set()).add(figure["year"])
    defined = (
        DEFINED[lang].format(band=band[lang], measure=name[lang], **told) for lang in LANGUAGES
    )
    return Indicator(
        id=f"{OWN_ID}{stored.name}.{at + 1}",
        name=name,
        theme=OWN,
        unit=measure["unit"],
        kind=measure["kind"],
        decimals=max(_decimals(float(figure["value"])) for figure in figures),
        definition=Name(*defined),
        years={level: tuple(sorted(years[level])) for level in LEVELS if level in years},
        summable=measure["kind"] == "amount",
    )


def _levels(region: str, data: AtlasData) -> Iterator[Level]:
    """Yield the levels of a region: Beijing and Tianjin are cities and provinces."""
    data.regions.place(region)
    yield from (level for level in LEVELS if region in data.regions.codes(level))


def _decimals(value: float) -> int:
    return len(f"{value:.{MOST_DECIMALS}f}".rstrip("0").partition(".")[2])


def _rows(
    stored: Stored, entry: Indicator, figure: Mapping[str, str], data: AtlasData
) -> Iterator[tuple[object, ...]]:
    lines = figure["rows"].split(";")
    note = ADDED.format(rows=", ".join(lines)) if len(lines) > 1 else ""
    region, year, value = figure["region_code"], figure["year"], float(figure["value"])
    for level in _levels(region, data):
        source = OWN_ID + stored.name
        yield (entry.id, level, region, year, value, entry.unit, OWN, source, note)


def _recipe(entry: Indicator) -> Recipe:
    return Recipe(entry.id, entry.unit, "", (), 1.0, (), (), hidden=False)


def _cited(stored: Stored, publisher: Name) -> dict[str, Source]:
    file, when = stored.manifest["source"]["name"], stored.manifest["when"]
    return {
        lang: Source(
            id=OWN_ID + stored.name,
            title=TITLE[lang].format(set=stored.name, file=file),
            publisher=publisher[lang],
            date=when,
            link=None,
        )
        for lang in LANGUAGES
    }
