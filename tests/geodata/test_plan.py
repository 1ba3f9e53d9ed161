"""What the plan names for each place, and the evidence beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geodata.atlas import Atlas
from geodata.errors import FactsError, UnknownNameError
from geodata.parts import assemble, read_frames

if TYPE_CHECKING:
    from geodata.cache import Manifest
    from geodata.records import PlanItem


def items(atlas: Atlas, place: str) -> dict[tuple[str, str], PlanItem]:
    return {(i.place.id, i.id): i for i in atlas.plan(place)}


def test_the_tianjin_circle_has_its_four_industries(atlas: Atlas) -> None:
    found = atlas.plan("article/tianjin")
    named = [i.name.zh for i in found if i.aspect == "industry"]
    assert named == ["高端装备", "航空航天", "商贸物流", "生物医药"]
    assert all(i.source_ids == ("seed2024",) for i in found)


def test_an_industry_is_set_beside_its_quotient(atlas: Atlas) -> None:
    equipment = items(atlas, "article/tianjin")["article/tianjin", "equipment"]
    industry, clusters = equipment.evidence
    assert industry.kind == "industry"
    assert industry.industry
    rows = atlas.industry("article/tianjin").rows
    assert industry.industry == next(r for r in rows if r.sector == "C")
    assert clusters.kind == "sites"
    assert clusters.total == len(clusters.sites) > 0
    assert {s.industry for s in clusters.sites} == {"equipment"}
    assert "seed_theme" not in {s.kind for s in clusters.sites}


def test_the_capital_circle_brings_the_items_of_its_wings(atlas: Atlas) -> None:
    places = [i.place.id for i in atlas.plan("article/capital")]
    assert list(dict.fromkeys(places)) == ["article/capital", "110000", "110112", "133100"]


def test_a_wing_sees_its_own_items_first(atlas: Atlas) -> None:
    found = [i.place.id for i in atlas.plan("110112")]
    assert list(dict.fromkeys(found)) == ["110112", "110000", "article/capital"]


def test_beijing_has_its_function_and_its_pair_with_tianjin(atlas: Atlas) -> None:
    found = items(atlas, "110000")
    assert ("110000", "four_centres") in found
    pair = found["110000;120000", "consumption"]
    assert pair.place.name.zh == "北京市—天津市"
    assert [name.zh for name, _ in pair.evidence[0].values] == ["北京市", "天津市"]


def test_a_county_of_the_shijiazhuang_circle_sees_its_tasks(atlas: Atlas) -> None:
    found = items(atlas, "130102")
    assert ("article/shijiazhuang", "primacy") in found
    assert ("130000", "transformation") in found


def test_a_radiated_city_sees_the_circle_that_radiates(atlas: Atlas) -> None:
    assert ("article/capital", "radiate") in items(atlas, "130700")


def test_the_region_has_problems_and_the_three_digital_roles(atlas: Atlas) -> None:
    found = atlas.plan("JJJ")
    assert sum(i.aspect == "problem" for i in found) == 8
    roles = [i.place.id for i in found if i.aspect == "digital_role"]
    assert roles == ["110000", "120000", "130000"]


def test_the_region_is_compared_with_the_nation(atlas: Atlas) -> None:
    smart = items(atlas, "JJJ")["JJJ", "smart_mfg"].evidence[0]
    assert smart.industry
    assert smart.industry.lq == pytest.approx(
        (83_130 + 104_515 + 624_493) / 4_852_302 / (11_853_428 / 65_631_786)
    )
    assert "全国" in smart.label.zh


def test_flows_are_told_by_pair_and_year_without_other_measures(atlas: Atlas) -> None:
    flow = items(atlas, "JJJ")["JJJ", "contracts_low"].evidence[0]
    found = [(name.zh, v.year, v.value) for name, v in flow.values]
    assert found == [
        ("北京市 → 天津市", "2023", 151.6),
        ("北京市 → 天津和河北", "2013", 71.2),
        ("北京市 → 天津和河北", "2016", 154.7),
        ("北京市 → 天津和河北", "2021", 350.4),
        ("北京市 → 天津和河北", "2023", 748.7),
        ("北京市 → 天津和河北", "2024", 843.7),
    ]


def test_a_circle_has_the_flows_that_end_in_it(atlas: Atlas) -> None:
    flow = items(atlas, "article/tianjin")["article/tianjin", "land_results"].evidence[0]
    assert [v.value for _, v in flow.values] == [151.6]


def test_clusters_of_a_hundred_billion_are_single_and_wholly_inside(atlas: Atlas) -> None:
    large = items(atlas, "article/shijiazhuang")["article/shijiazhuang", "clusters_100bn"]
    sites = large.evidence[0].sites
    assert [s.id for s in sites] == ["cty_sjz_bio", "sme_anping", "cty_sjz_equip"]
    assert [s.metric for s in sites] == ["output", "output", "revenue"]
    assert large.evidence[0].total > len(sites)


def test_computing_sites_stand_for_computing(atlas: Atlas) -> None:
    compute = items(atlas, "JJJ")["JJJ", "compute"].evidence[0]
    assert {s.kind for s in compute.sites} == {"computing"}
    parks = items(atlas, "JJJ")["JJJ", "parks_weak"].evidence[0]
    assert parks.total == 59


def test_primacy_is_told_for_years_with_all_eleven_cities(atlas: Atlas) -> None:
    primacy = items(atlas, "article/shijiazhuang")["article/shijiazhuang", "primacy"].evidence[0]
    assert [v.year for _, v in primacy.values] == ["2018", "2018", "2023", "2023", "2024", "2024"]
    share, ratio = primacy.values[-2:]
    own, hebei, tangshan = (
        atlas.value("gdp_alike", p, "2024").value or 0 for p in ("130100", "130000", "130200")
    )
    assert share[1].value == pytest.approx(100 * own / hebei)
    assert ratio[1].value == pytest.approx(own / tangshan)
    assert ratio[0].zh == "石家庄与唐山市之比"


def test_a_place_without_the_figure_says_so(atlas: Atlas) -> None:
    green = items(atlas, "JJJ")["JJJ", "green"].evidence
    assert [e.kind for e in green] == ["value", "none"]
    assert "没有该地的数据" in green[1].label.zh


def test_evidence_names_its_figures_in_the_catalogue(atlas: Atlas) -> None:
    places = ("JJJ", "110000", "130100", "article/capital", "article/shijiazhuang")
    found = [e for place in places for item in atlas.plan(place) for e in item.evidence]
    named = [e for e in found if e.ids]
    assert {e.kind for e in named} == {"industry", "value"}
    for one in named:
        told = [one.industry.lq] if one.industry else [value.value for _, value in one.values]
        known = [atlas.value(i.indicator, i.place, i.year, i.benchmark or "JJJ") for i in one.ids]
        assert [value.value for value in known] == told
    assert all(not e.ids for e in found if e.kind == "flow")


def test_values_are_the_latest_that_lack_no_part(atlas: Atlas) -> None:
    economy = items(atlas, "article/shijiazhuang")["article/shijiazhuang", "real_economy"]
    for name, value in economy.evidence[1].values:
        assert value.value is not None
        assert not any(n.startswith("no figure") for n in value.note), name


def test_items_without_evidence_have_none(atlas: Atlas) -> None:
    assert items(atlas, "JJJ")["JJJ", "data_security"].evidence == ()


@pytest.mark.parametrize("scheme", ["plan2026", "sjz2025", "bjdrc2023"])
def test_other_schemes_have_no_roles(atlas: Atlas, scheme: str) -> None:
    assert atlas.plan("110000", scheme) == ()


def test_unknown_places_and_schemes_are_refused(atlas: Atlas) -> None:
    with pytest.raises(UnknownNameError, match="no region 'nowhere'"):
        atlas.plan("nowhere")
    with pytest.raises(UnknownNameError, match="no scheme 'mine'"):
        atlas.plan("110000", "mine")


def test_every_aspect_has_a_name(atlas: Atlas) -> None:
    places = ["JJJ", "110000", "article/capital", "article/tianjin", "article/shijiazhuang"]
    for aspect in {i.aspect for p in places for i in atlas.plan(p)}:
        assert atlas.term("plan_aspect", aspect).zh


def test_evidence_that_nothing_knows_is_refused(manifest: Manifest) -> None:
    parts = assemble(read_frames(manifest.folder))
    roles = ({**parts.roles[0], "evidence": "horoscope"},)
    with pytest.raises(FactsError, match="evidence 'horoscope'"):
        Atlas(replace(parts, roles=roles)).plan("JJJ")
