"""Named clusters, parks and anchors as sites: where they are, how large, by whose word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from geodata.catalog.rows import FOLDER, read_rows
from geodata.errors import FactsError
from geodata.facts.files import lines_of
from geodata.facts.places import PLACE_TABLES
from geodata.records import Name, Site, SiteKind, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from geodata.facts.files import Line
    from geodata.places.regions import Regions

METRICS_FILE: Final = FOLDER / "site_metrics.csv"
IDENTITY_FILE: Final = FOLDER / "site_identity.csv"
COMPUTING: Final = "computing"
GATES: Final = frozenset({"airport", "port"})
"""Kinds of anchors that lie in a region without being its role."""
POINTS: Final = frozenset({"gazetteer_geonames", "boundary_label"})
"""Sources of an anchor that tell where it is, and nothing of its role."""
LEVELS: Final = ("national", "regional", "provincial", "municipal", "county", "")
"""Levels of clusters, the highest first."""

NOT_A_CLUSTER: Final = frozenset({"aggregate", "seed_theme"})
"""Kinds of rows of the table of clusters that are several clusters, or none yet."""


def read_metrics(file: Path = METRICS_FILE) -> dict[str, tuple[str, str]]:
    """Return what each published scale measures, and of which period ('' where not stated).

    Returns
    -------
    dict
        Site id → (metric, period); a period is a year, a month, or "first/last" of several.

    Raises
    ------
    FactsError
        If the file cannot be read or lacks a column.
    """
    rows = read_rows(file.parent, file.stem)
    return {r["site"]: (r["metric"], r["period"]) for r in rows}


def read_identity(file: Path = IDENTITY_FILE) -> dict[str, str]:
    """Return as which site a row is counted, '' for what is none; others count as themselves.

    Raises
    ------
    FactsError
        If the file cannot be read or lacks a column.
    """
    return {r["site"]: r["counted_as"] for r in read_rows(file.parent, file.stem)}


def build_clusters(
    table: pd.DataFrame, metrics: Mapping[str, tuple[str, str]], identity: Mapping[str, str]
) -> tuple[Site, ...]:
    """Turn the table of clusters into sites.

    Parameters
    ----------
    table
        Rows of the table clusters.
    metrics
        What each scale measures, as `read_metrics` returns it.
    identity
        As which site a row is counted, as `read_identity` returns it.

    Raises
    ------
    FactsError
        If a row has a scale without a metric.
    """
    sites = []
    for row in lines_of(table.to_dict("records"), PLACE_TABLES["clusters"].file):
        # A cluster covers an area, so its point is never more than a place to draw it at.
        site = _site(row, row["cluster_id"], "cluster", row["region_codes"], at_label=True)
        scale, metric = _scale(row, row["cluster_id"], row["scale_value"], metrics)
        site = replace(site, industry=row["industry"], level=row["level"], year=row["year"])
        site = replace(site, counted_as=identity.get(site.id))
        sites.append(replace(site, scale=scale, metric=metric))
    return tuple(sorted(sites, key=lambda s: (LEVELS.index(s.level), s.id)))


def build_parks(
    table: pd.DataFrame, metrics: Mapping[str, tuple[str, str]], identity: Mapping[str, str]
) -> tuple[Site, ...]:
    """Turn the table of parks into sites; `year` is when a park was established.

    Raises
    ------
    FactsError
        If a row has a scale without a metric, or a computing row does not say as which site it
        is counted: that table holds figures, rankings and plans beside sites.
    """
    sites = []
    for row in lines_of(table.to_dict("records"), PLACE_TABLES["parks"].file):
        at_label = row["point"] == "district_label"
        site = _site(row, row["park_id"], "park", row["region_code"], at_label=at_label)
        scale, metric = _scale(row, row["park_id"], row["metric_value"], metrics)
        if site.kind == COMPUTING and site.id not in identity:
            raise FactsError(row.fault(_unidentified(site.id)))
        site = replace(site, counted_as=identity.get(site.id))
        sites.append(replace(site, year=row["established"], scale=scale, metric=metric))
    return tuple(sorted(sites, key=lambda s: (s.kind, s.id)))


def build_anchors(table: pd.DataFrame) -> tuple[Site, ...]:
    """Turn the table of anchors (cities, wings, nodes, ports, airports) into sites.

    `level` is the anchor's role in the layout, as printed.
    """
    sites = []
    for row in lines_of(table.to_dict("records"), PLACE_TABLES["anchors"].file):
        at_label = "boundary_label" in row["source_id"].split(";")
        site = _site(row, row["id"], "anchor", row["region_code"], at_label=at_label)
        sites.append(replace(site, level=row["role"]))
    return tuple(sites)


def _site(
    row: Line,
    site: str,
    what: SiteKind,
    regions: str,
    *,
    at_label: bool,
) -> Site:
    return Site(
        id=site,
        name=Name(row["name_zh"], row["name_en"]),
        what=what,
        kind=row["kind"],
        level="",
        industry="",
        regions=tuple(regions.split(";")),
        lon=float(row["lon"]) if row["lon"] else None,
        lat=float(row["lat"]) if row["lat"] else None,
        year="",
        scale=None,
        metric="",
        source_ids=tuple(row["source_id"].split(";")),
        note=tuple(row["note"].split("; ")) if row["note"] else (),
        at_label=at_label,
    )


def _scale(
    row: Line, site: str, value: str, metrics: Mapping[str, tuple[str, str]]
) -> tuple[Value | None, str]:
    if not value:
        return None, ""
    if site not in metrics:
        what = Name(
            f"“{site}”有规模 {value}，而 catalog/site_metrics.csv 没有说明是什么；"
            "请在那里加一行，写明 metric 与 period。",
            f"site {site!r} has a scale of {value}, but catalog/site_metrics.csv does not say of "
            "what; add a row with its metric and period.",
        )
        raise FactsError(row.fault(what))
    metric, period = metrics[site]
    unit = row["scale_unit"] or row["metric_unit"]
    notes = tuple(row["note"].split("; ")) if row["note"] else ()
    status: Literal["secondary"] | None = "secondary" if "secondary" in notes else None
    scale = Value(float(value), unit, period, status, tuple(row["source_id"].split(";")), notes)
    return scale, metric


def _unidentified(site: str) -> Name:
    return Name(
        f"“{site}”没有说明计作哪一处算力设施；请在 catalog/site_identity.csv 加一行，"
        "counted_as 写该处的 id，排名、合计、规划留空。",
        f"catalog/site_identity.csv does not say as which computing site {site!r} is counted; add "
        "a row, with the id of the site under counted_as, or nothing for a ranking, total or plan.",
    )


def distinct(sites: Sequence[Site]) -> tuple[Site, ...]:
    """Return each site once, by the row that bears its name if it is among them, in their order.

    Rows that are no site, such as rankings, totals and plans, are left out. All that counts sites
    counts these: the evidence, the panels, the points of the map and the report.
    """
    found: dict[str, Site] = {}
    for site in sites:
        key = _identity(site)
        if key and (key not in found or site.id == key):
            found[key] = site
    return tuple(found.values())


def beyond(sites: Sequence[Site]) -> tuple[Site, ...]:
    """Return the rows that `distinct` leaves out: told of, but not counted."""
    counted = {site.id for site in distinct(sites)}
    return tuple(site for site in sites if site.id not in counted)


def _identity(site: Site) -> str:
    if site.kind in NOT_A_CLUSTER:
        return ""
    return site.id if site.counted_as is None else site.counted_as


def inside(sites: Iterable[Site], counties: frozenset[str], regions: Regions) -> tuple[Site, ...]:
    """Return the sites with a named region inside a set of counties, in their order.

    A site of a whole province is not in each of its counties.
    """
    return tuple(s for s in sites if any(regions.counties_of(r) <= counties for r in s.regions))


def wholly_inside(
    sites: Iterable[Site], counties: frozenset[str], regions: Regions
) -> tuple[Site, ...]:
    """Return the sites whose named regions are all inside a set of counties."""
    return tuple(s for s in sites if all(regions.counties_of(r) <= counties for r in s.regions))


def of_scale(sites: Sequence[Site], unit: str, least: float) -> tuple[Site, ...]:
    """Return single clusters with a published scale of at least `least`, by metric, then size.

    Of a cluster with several such figures the latest counts. Revenue and output, and full and
    part years, differ: sites are grouped by metric, and only within a group do they follow one
    another by size.
    """
    reached = [
        s
        for s in sites
        if s.scale is not None
        and s.kind not in NOT_A_CLUSTER
        and s.scale.unit == unit
        and (s.scale.value or 0) >= least
    ]
    large = {s.counted_as or s.id: s for s in sorted(reached, key=_period)}.values()
    return tuple(sorted(large, key=lambda s: (s.metric, -(s.scale.value or 0) if s.scale else 0)))


def _period(site: Site) -> str:
    return site.scale.year if site.scale else ""
