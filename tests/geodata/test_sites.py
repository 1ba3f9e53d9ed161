"""Clusters, parks and anchors: complete, placed, and compared like with like."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geodata.errors import FactsError, UnknownNameError
from geodata.facts import statistics
from geodata.places.regions import build_regions
from geodata.places.sites import (
    beyond,
    build_anchors,
    build_clusters,
    build_parks,
    distinct,
    inside,
    of_scale,
    read_identity,
    read_metrics,
    wholly_inside,
)
from geodata.records import Name, Site, Value

if TYPE_CHECKING:
    from geodata.atlas import Atlas


def site(name: str, regions: tuple[str, ...], scale: Value | None = None, **more: str) -> Site:
    return Site(
        id=name,
        name=Name(name, name),
        what="cluster",
        kind=more.get("kind", "county_cluster"),
        level="",
        industry="",
        regions=regions,
        lon=None,
        lat=None,
        year="",
        scale=scale,
        metric=more.get("metric", ""),
        source_ids=(),
    )


def test_all_rows_become_sites() -> None:
    metrics = read_metrics()
    identity = read_identity()
    tables = [statistics.read_table(name) for name in ("clusters", "parks", "anchors")]
    clusters = build_clusters(tables[0], metrics, identity)
    parks = build_parks(tables[1], metrics, identity)
    anchors = build_anchors(tables[2])
    assert [len(x) for x in (clusters, parks, anchors)] == [len(table) for table in tables]
    assert len({s.id for s in (*clusters, *parks, *anchors)}) == sum(map(len, tables))
    assert all(s.source_ids for s in (*clusters, *parks, *anchors))


def test_each_metric_belongs_to_a_site_with_a_scale(atlas: Atlas) -> None:
    scaled = {s.id for s in (*atlas.all_clusters(), *atlas.all_parks()) if s.scale}
    assert scaled == set(read_metrics())


def test_a_cluster_says_what_its_scale_is_of_and_when(atlas: Atlas) -> None:
    found = {s.id: s for s in atlas.all_clusters()}
    circuits = found["nac_ic"]
    assert circuits.scale
    assert (circuits.scale.value, circuits.scale.unit) == (2600, "亿元")
    assert (circuits.metric, circuits.scale.year) == ("revenue_part_year", "2024-01/2024-11")
    assert circuits.regions == ("110000", "120000", "130000")
    assert circuits.lon is None
    assert found["cty_bazhou"].scale == Value(
        503.49,
        "亿元",
        "2018",
        "secondary",
        ("bazhou2018",),
        ("output value 2018", "secondary"),
    )
    assert found["sme_linxi"].scale is None


def test_points_at_labels_are_marked(atlas: Atlas) -> None:
    anchors = {a.id: a for a in atlas.anchors()}
    assert anchors["xiongan"].at_label
    assert not anchors["beijing"].at_label
    assert all(p.at_label for p in atlas.all_parks() if p.lon is not None)
    assert all(c.at_label for c in atlas.all_clusters())


def test_a_county_has_its_own_clusters_only(atlas: Atlas) -> None:
    assert [s.id for s in atlas.clusters("130534")] == ["sme_qinghe", "cty_qinghe_auto"]


def test_a_city_has_those_of_its_counties_and_its_own(atlas: Atlas) -> None:
    found = {s.id for s in atlas.clusters("130500")}
    assert {"sme_qinghe", "agg_xt46_2023", "pinn_xt_ev", "nac_safe"} <= found
    assert "chain_bio" not in found


def test_clusters_stand_from_national_to_county(atlas: Atlas) -> None:
    order = ["national", "regional", "provincial", "municipal", "county"]
    found = [order.index(s.level) for s in atlas.clusters("JJJ")]
    assert found == sorted(found)
    assert len(found) == len(statistics.read_table("clusters"))


def test_xiongan_has_sites_of_its_own_code_and_of_its_counties(atlas: Atlas) -> None:
    assert {s.id for s in atlas.parks("133100")} == {"ht_xa", "bz_xa", "zg_xa"}
    assert "chain_robot" in {s.id for s in atlas.clusters("133100")}


def test_a_circle_has_the_sites_of_its_full_members(atlas: Atlas) -> None:
    found = {s.id for s in atlas.parks("article/capital")}
    assert {"ht_zgc", "ht_xa"} <= found
    # Zhangjiakou is radiated only.
    assert "dc_zjk" not in found


def test_every_kind_industry_level_and_metric_has_a_name(atlas: Atlas) -> None:
    for s in atlas.all_clusters():
        assert atlas.term("cluster_kind", s.kind).zh
        assert atlas.term("cluster_industry", s.industry).en
        assert atlas.term("cluster_level", s.level).zh
    for s in atlas.all_parks():
        assert atlas.term("park_kind", s.kind).zh
    for s in atlas.anchors():
        assert atlas.term("anchor_kind", s.kind).zh
        assert atlas.term("anchor_role", s.level).en
    for metric, _ in read_metrics().values():
        assert atlas.term("site_metric", metric).zh


def test_a_scale_without_a_metric_is_refused() -> None:
    with pytest.raises(FactsError, match="'chain_nev' has a scale of 8400"):
        build_clusters(statistics.read_table("clusters"), {}, {})


def test_inside_needs_one_region_and_wholly_inside_all() -> None:
    regions = build_regions(statistics.read_table("regions"))
    langfang = regions.counties_of("131000")
    both = site("both", ("131000", "130600"))
    own = site("own", ("131003",))
    province = site("province", ("130000",))
    assert inside([both, own, province], langfang, regions) == (both, own)
    assert wholly_inside([both, own, province], langfang, regions) == (own,)


def test_large_clusters_are_ordered_within_one_metric() -> None:
    def sized(name: str, number: float, metric: str, kind: str = "county_cluster") -> Site:
        scale = Value(number, "亿元", "2024")
        return replace(site(name, ("131003",), scale, metric=metric), kind=kind)

    found = of_scale(
        [
            sized("a", 1_000, "revenue"),
            sized("b", 3_000, "revenue"),
            sized("c", 1_500, "output"),
            sized("small", 999, "output"),
            sized("together", 9_000, "revenue", "aggregate"),
            site("other", ("131003",), Value(5_000, "家", "2024")),
            site("none", ("131003",)),
        ],
        "亿元",
        1_000,
    )
    assert [s.id for s in found] == ["c", "b", "a"]


def counted(name: str, as_: str | None) -> Site:
    return replace(site(name, ("131003",)), counted_as=as_)


def test_each_site_counts_once_and_what_is_none_not_at_all() -> None:
    rows = [
        counted("servers", "hub"),
        counted("hub", "hub"),
        counted("racks", "hub"),
        counted("ranking", ""),
        replace(counted("together", None), kind="aggregate"),
        replace(counted("theme", None), kind="seed_theme"),
        counted("own", None),
        counted("chain", "cluster elsewhere"),
        counted("group", "cluster elsewhere"),
    ]
    assert [s.id for s in distinct(rows)] == ["hub", "own", "chain"]
    told = ["servers", "racks", "ranking", "together", "theme", "group"]
    assert [s.id for s in beyond(rows)] == told


def test_a_cluster_of_several_years_counts_once_with_its_latest() -> None:
    def sized(name: str, year: str, value: float) -> Site:
        scale = Value(value, "亿元", year)
        return replace(site(name, ("131003",), scale), counted_as="one")

    found = of_scale([sized("late", "2024", 1_100), sized("early", "2022", 1_500)], "亿元", 1_000)
    assert [s.id for s in found] == ["late"]


def test_what_a_row_is_counted_as_is_a_row_of_the_tables(atlas: Atlas) -> None:
    known = {s.id for s in (*atlas.all_clusters(), *atlas.all_parks())}
    for row, counted_as in read_identity().items():
        assert row in known
        assert counted_as in {*known, ""}


@pytest.mark.parametrize("ask", ["clusters", "parks"])
def test_sites_of_unknown_places_are_refused(atlas: Atlas, ask: str) -> None:
    with pytest.raises(UnknownNameError, match="no region 'nowhere'"):
        getattr(atlas, ask)("nowhere")
