"""What describes the tables: CSV on the Web metadata of each, and the catalogue of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.data.wanted import FORMATS
from dashboard.text import text
from dashboard.web.root import rooted
from geodata.figures import COLUMNS, NUMBERS, REACHES, source_record, spoken
from geodata.measures.workforce import BENCHMARKS
from geodata.records import LANGUAGES, LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.atlas import Atlas
    from geodata.records import Indicator

CSVW: Final = "application/csvm+json"
ROOM: Final = "/data/"
REQUIRED: Final = ("indicator", "level", "region_code", "year", "status")
KEY: Final = ("level", "region_code", "year")


def metadata(indicator: Indicator, atlas: Atlas) -> dict[str, Any]:
    """Return the CSVW description of `<indicator>.csv`: columns, sources, breaks, terms of use."""
    used = figures_by_source(indicator, atlas)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "url": f"{indicator.id}.csv",
        "dc:title": spoken(indicator.name),
        "dc:description": spoken(indicator.definition),
        "dc:language": list(LANGUAGES),
        "dc:rights": _both("data.rights"),
        "dc:source": [
            {"id": id_, "figures": n, **source_record(atlas, id_)} for id_, n in used.items()
        ],
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [_column(name, indicator) for name in COLUMNS],
            "primaryKey": list(KEY),
        },
        "notes": [entry(indicator, atlas)],
    }


def _column(name: str, indicator: Indicator) -> dict[str, Any]:
    column: dict[str, Any] = {
        "name": name,
        "titles": name,
        "dc:description": _both(f"data.column_{name}"),
        "datatype": "double" if name in NUMBERS else "string",
        "required": name in REQUIRED,
    }
    if name in {"value", "subtotal"}:
        column["dc:unit"] = indicator.unit
    return column


def figures_by_source(indicator: Indicator, atlas: Atlas) -> dict[str, int]:
    """Return source id → how many figures of the indicator it carries, most first."""
    counts: dict[str, int] = {}
    for level in LEVELS:
        for year in indicator.years.get(level, ()):
            for value in atlas.values(indicator.id, year, level).values:
                for source in value.source_ids:
                    counts[source] = counts.get(source, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def entry(indicator: Indicator, atlas: Atlas) -> dict[str, Any]:
    """Return what the catalogue says of an indicator."""
    levels = [level for level in LEVELS if indicator.years.get(level)]
    return {
        "id": indicator.id,
        "name": spoken(indicator.name),
        "theme": indicator.theme,
        "unit": indicator.unit,
        "kind": indicator.kind,
        "decimals": indicator.decimals,
        "definition": spoken(indicator.definition),
        "ingredients": list(indicator.ingredients),
        "can_be_added_up": indicator.summable,
        "years": {level: list(indicator.years[level]) for level in levels},
        "breaks": [
            {"level": b.level, "year": b.year, "reason": spoken(b.reason)}
            for level in levels
            for b in atlas.breaks(indicator.id, level)
        ],
        "addresses": _addresses(indicator.id),
    }


def _addresses(indicator: str) -> Mapping[str, str]:
    endings = [*FORMATS, "metadata.json"]
    return {ending: rooted(f"{ROOM}{indicator}.{ending}") for ending in endings}


def catalogue(atlas: Atlas) -> dict[str, Any]:
    """Return all that there is: indicators, levels, schemes of circles, publications."""
    return {
        "title": _both("shell.title"),
        "rights": _both("data.rights"),
        "openapi": rooted(f"{ROOM}openapi.json"),
        "layout": rooted(f"{ROOM}layout.geojson"),
        "levels": list(REACHES),
        "benchmarks": list(BENCHMARKS),
        "schemes": [
            {
                "id": scheme.id,
                "name": spoken(scheme.name),
                "year": scheme.year,
                "definition": spoken(scheme.definition),
                "circles": [{"id": c.id, "name": spoken(c.name)} for c in scheme.circles],
                "source_ids": list(scheme.source_ids),
            }
            for scheme in atlas.schemes
        ],
        "indicators": [entry(indicator, atlas) for indicator in atlas.indicators.values()],
        "sources": {id_: source_record(atlas, id_) for id_ in atlas.source_ids()},
    }


def _both(word: str) -> dict[str, str]:
    return {"zh": text("zh")(word), "en": text("en")(word)}
