"""From published flows and gravity links to arcs: scale, dashes, sums, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.map.ties import LIMITS, Words, flow_ties, gravity_ties, rank
from dashboard.text import text
from dashboard.wording import year_text
from geodata.studies.links import KINDS

if TYPE_CHECKING:
    from dashboard.map.arcs import Arc
    from dashboard.map.figure import Point
    from dashboard.map.ties import Ties
    from geodata.atlas import Atlas
    from geodata.records import Lang, Place


def words(atlas: Atlas, lang: Lang = "zh") -> Words:
    t = text(lang)
    return Words(t, atlas.term, atlas.source, lambda year: year_text(year, t))


def spot(place: Place) -> Point | None:
    return None if place.lon is None or place.lat is None else (place.lon, place.lat)


def ties(atlas: Atlas, kind: str, lang: Lang = "zh") -> Ties:
    return flow_ties(atlas.links.latest(kind), kind, spot, words(atlas, lang))


def labelled(found: Ties, ends: str) -> Arc:
    return next(arc for arc in found.arcs if f"<b>{ends}</b>" in arc.hover)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("gravity", 100, 4),
        ("gravity", 50, 3),
        ("gravity", 0.03, 0),
        ("contracts", 843.7, 4),
        ("contracts", 100, 0),
        ("rail", 21, 4),
        ("rail", 30, 4),
        ("rail", 31, 3),
        ("rail", 222, 0),
    ],
)
def test_a_class_holds_its_upper_limit(kind: str, value: float, expected: int) -> None:
    assert rank(kind, value) == expected


def test_every_kind_has_four_limits_in_order() -> None:
    assert set(LIMITS) == {"gravity", *KINDS}
    assert all(len(limits) == 4 for limits in LIMITS.values())
    assert all(list(limits) == sorted(limits) for limits in LIMITS.values())


def test_contracts_of_a_full_year_are_to_scale(atlas: Atlas) -> None:
    found = ties(atlas, "contracts")
    (arc,) = found.arcs
    assert "<b>北京市 → 天津市</b>" in arc.hover
    assert (arc.rank, arc.label, arc.arrow) == (1, "151.6 · 2023年", True)
    assert sum(found.counts) + found.loose == len(found.arcs)


def test_sums_of_several_places_are_told_and_have_no_arc(atlas: Atlas) -> None:
    sums = {one.ends: one for one in ties(atlas, "contracts").sums}
    main = sums["北京市 → 天津和河北"]
    assert (main.rank, main.figure) == (4, "996 亿元 · 2025年（全年）")
    assert main.source_ids
    zhangjiakou = sums["北京和天津 → 张家口市"]
    assert zhangjiakou.rank is None
    assert "2021—2025年（时期累计）" in zhangjiakou.figure
    assert "北京市 → 河北省" in sums
    assert any(ends.startswith("全国") for ends in (one.ends for one in ties(atlas, "moves").sums))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_flow_is_lost(atlas: Atlas, kind: str) -> None:
    """Each pair of ends has an arc, or its flows are listed as not placed."""
    latest = atlas.links.latest(kind)
    found = ties(atlas, kind)
    pairs = {(f.origin.id, f.destination.id) for f in latest}
    lost = {(f.origin.id, f.destination.id) for f in found.unplaced}
    assert len(found.arcs) + len(found.sums) == len(pairs - lost)
    assert lost <= {("JJJ", "JJJ")}


def test_rail_has_no_direction_and_its_latest_time(atlas: Atlas) -> None:
    found = flow_ties(atlas.links.latest("rail"), "rail", spot, words(atlas))
    tangshan = labelled(found, "北京市 — 唐山市")
    assert not tangshan.arrow
    assert tangshan.rank == rank("rail", 71)
    assert "71 分钟 · 2025年" in tangshan.hover


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_gravity_says_that_its_exponent_is_assumed(atlas: Atlas, lang: Lang) -> None:
    found = gravity_ties(atlas.attraction.gravity("gdp", 1.5), spot, words(atlas, lang))
    assert len(found.arcs) == 14
    assert found.sums == ()
    assert found.counts[4] >= 1
    first = found.arcs[0]
    assert first.rank == 4
    assert "b = 1.5" in first.hover
    assert ("假定" if lang == "zh" else "assumed") in first.hover
    assert "100.0" in first.hover


def test_english_labels_hold_no_chinese_but_titles(atlas: Atlas) -> None:
    for kind in KINDS:
        for arc in ties(atlas, kind, "en").arcs:
            said = arc.hover.partition("<i>")[0] + arc.label
            assert said.isascii() or not any("\u4e00" <= c <= "\u9fff" for c in said), said
