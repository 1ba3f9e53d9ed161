"""Everything an atlas is made of: put together from the tables, or from a finished build."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, cast

import pandas as pd

from geodata.build.cache import MANIFEST, SOURCE_ROOT
from geodata.catalog import Catalog, Notes, in_language, load_catalog, load_notes, series
from geodata.catalog.chosen import Chosen
from geodata.catalog.entries import ASKED_LATER
from geodata.errors import CacheError
from geodata.facts import statistics
from geodata.facts.printed import FACTS, Printed
from geodata.facts.sources import load_renderings, load_titles
from geodata.ids import CENSUS_YEARS
from geodata.measures.coverage import Covering
from geodata.measures.industry import Industries
from geodata.measures.specialisation import SECTORS, TOTAL
from geodata.measures.wholes import Wholes
from geodata.measures.workforce import Workforce, proven_zeros, read_workforce
from geodata.places.regions import Regions, build_regions
from geodata.places.schemes import SCHEMES_FILE, build_layout
from geodata.places.sites import (
    IDENTITY_FILE,
    METRICS_FILE,
    build_anchors,
    build_clusters,
    build_parks,
    read_identity,
    read_metrics,
)
from geodata.records import LANGUAGES, LEVELS, Indicator, Lang, Name, Site, Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geodata.places.layout import Layout

FRAMES: Final = ("chosen", "census", "incomparable", "printed")
SPATIAL_FRAMES: Final = ("moran", "local")
DRAWN_FRAMES: Final = ("strips",)


@dataclass(frozen=True)
class Frames:
    """What a build computes and writes.

    `chosen` is one figure per indicator, level, region and year; `census` the observations of
    sampled workers; `incomparable` region_code and reason, a row for each reason; `printed` the
    observations that are read as printed. `moran` and `local` are the tables of
    `geodata.build.autocorrelation`, `strips` that of `geodata.places.strips`; they need the
    polygons of a build, and are empty without one.
    """

    chosen: pd.DataFrame
    census: pd.DataFrame
    incomparable: pd.DataFrame
    printed: pd.DataFrame = field(default_factory=pd.DataFrame)
    moran: pd.DataFrame = field(default_factory=pd.DataFrame)
    local: pd.DataFrame = field(default_factory=pd.DataFrame)
    strips: pd.DataFrame = field(default_factory=pd.DataFrame)


@dataclass(frozen=True)
class AtlasData:
    """Everything an atlas is made of: tables of places, the catalogue, chosen figures, words.

    `sources` are as recorded, `sources_in` in the words of each language.
    """

    regions: Regions
    layout: Layout
    catalog: Catalog
    indicators: Mapping[str, Indicator]
    chosen: Chosen
    workforce: Mapping[str, Workforce]
    wholes: Wholes
    industries: Industries
    clusters: tuple[Site, ...]
    parks: tuple[Site, ...]
    anchors: tuple[Site, ...]
    sources: Mapping[str, Source]
    sources_in: Mapping[Lang, Mapping[str, Source]]
    roles: tuple[Mapping[str, str], ...]
    flows: tuple[Mapping[str, str], ...]
    groups: tuple[Mapping[str, str], ...]
    timeline: tuple[Mapping[str, str], ...]
    firms: tuple[Mapping[str, str], ...]
    printed: Printed
    facts: Path
    notes: Notes
    moran: pd.DataFrame
    local: pd.DataFrame
    strips: pd.DataFrame

    def group_names(self) -> dict[str, Name]:
        """Return the names of the groups that flows come from or go to, such as JH."""
        return {r["region_code"]: Name(r["name_zh"], r["name_en"]) for r in self.groups}

    def group_members(self) -> dict[str, tuple[str, ...]]:
        """Return the codes of the regions in each group that flows come from or go to.

        Empty where the publication draws no boundary, as for the ring around Beijing.
        """
        return {
            r["region_code"]: tuple(m for m in r["members"].split(";") if m) for r in self.groups
        }


def compute_frames(observations: pd.DataFrame) -> Frames:
    """Compute the frames of a build from the observations.

    Parameters
    ----------
    observations
        Every published figure, as `statistics.read_observations` returns them.
    """
    catalog = load_catalog()
    completed = pd.concat([observations, proven_zeros(observations)], ignore_index=True)
    reasons = series.incomparable(observations, catalog)
    rows = [(code, reason) for code, found in reasons.items() for reason in found]
    workers = completed["indicator"].isin([*SECTORS.values(), TOTAL])
    return Frames(
        chosen=series.resolve(completed, catalog, statistics.read_table("regions")),
        census=completed[workers].reset_index(drop=True),
        incomparable=pd.DataFrame(rows, columns=["region_code", "reason"]),
        printed=observations[observations["indicator"].isin(FACTS)].reset_index(drop=True),
    )


def read_frames(folder: Path) -> Frames:
    """Read the frames of a finished build.

    Parameters
    ----------
    folder
        The folder of the build, with its manifest.

    Raises
    ------
    CacheError
        If the folder holds no finished build, or a file of it cannot be read.
    """
    try:
        products = json.loads((folder / MANIFEST).read_bytes())["products"]
        read = {
            name: pd.read_parquet(folder / products[f"{name}.parquet"])
            for name in (*FRAMES, *SPATIAL_FRAMES, *DRAWN_FRAMES)
        }
    except (OSError, ValueError, KeyError) as error:
        message = f"{folder} holds no finished build ({error}); run: jjj-atlas build --force"
        raise CacheError(message) from None
    return Frames(**read)


def assemble(frames: Frames, facts: Path = SOURCE_ROOT) -> AtlasData:
    """Put an atlas together from the frames and the tables of places.

    Parameters
    ----------
    frames
        What a build computed.
    facts
        Where the folders tables and catalog lie: beside the code, or in a finished build.
    """
    tables, entries = facts / "tables", facts / "catalog"

    def table(name: str) -> pd.DataFrame:
        return statistics.read_table(name, tables)

    regions = build_regions(table("regions"))
    layout = build_layout(table("circles"), regions, entries / SCHEMES_FILE.name)
    catalog = load_catalog(entries)
    chosen = Chosen(frames.chosen)
    indicators = _with_years(catalog, chosen)
    reasons: dict[str, tuple[str, ...]] = {}
    for code, reason in frames.incomparable.itertuples(index=False):
        reasons[code] = (*reasons.get(code, ()), reason)
    covering = Covering(chosen, layout)
    workforce = {
        y: read_workforce(frames.census, layout, y, reasons, covering) for y in CENSUS_YEARS
    }
    labels = {s: catalog.term("industry_short", s) for s in SECTORS}
    metrics = read_metrics(entries / METRICS_FILE.name)
    identity = read_identity(entries / IDENTITY_FILE.name)
    sources = _sources(tables)
    renderings = {"zh": load_renderings(entries), "en": load_titles(entries)}
    notes = load_notes(entries, {p.name.zh: p.name.en for p in regions.places.values()})
    return AtlasData(
        regions=regions,
        layout=layout,
        catalog=catalog,
        indicators=indicators,
        chosen=chosen,
        workforce=workforce,
        wholes=Wholes(chosen, layout, workforce, catalog.recipes, indicators, covering),
        industries=Industries(workforce, labels, regions.places),
        clusters=build_clusters(table("clusters"), metrics, identity),
        parks=build_parks(table("parks"), metrics, identity),
        anchors=build_anchors(table("anchors")),
        sources=sources,
        sources_in={
            lang: {
                i: in_language(one, lang, renderings[lang].get(i), notes)
                for i, one in sources.items()
            }
            for lang in LANGUAGES
        },
        roles=_rows(table("roles")),
        flows=_rows(table("flows")),
        groups=_rows(table("other_regions")),
        timeline=_rows(table("timeline")),
        firms=_rows(table("firms")),
        printed=Printed(frames.printed),
        facts=facts,
        notes=notes,
        moran=frames.moran,
        local=frames.local,
        strips=frames.strips,
    )


def _rows(table: pd.DataFrame) -> tuple[Mapping[str, str], ...]:
    return tuple(cast("list[dict[str, str]]", table.to_dict("records")))


def _sources(tables: Path) -> dict[str, Source]:
    trusted = statistics.read_trusted_hosts(tables)
    rows = statistics.read_sources(tables).reset_index().to_dict("records")
    return {
        row["source_id"]: Source(
            id=row["source_id"],
            title=row["title"],
            publisher=row["publisher"],
            date=row["date"],
            link=statistics.source_link(row["url"], trusted),
            note=row["note"],
        )
        for row in cast("list[dict[str, str]]", rows)
    }


def _with_years(catalog: Catalog, chosen: Chosen) -> dict[str, Indicator]:
    """Fill in the years of each indicator; those asked for later have their ingredients'."""
    filled = {}
    for name, entry in catalog.indicators.items():
        # A change of a quotient has the years of the change of the share it comes from.
        later = catalog.operation(name) in ASKED_LATER
        of = next(i for i in entry.ingredients if i.startswith("emp_share")) if later else name
        years = {level: found for level in LEVELS if (found := chosen.years(of, level))}
        filled[name] = replace(entry, years=years)
    return filled
