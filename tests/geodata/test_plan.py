"""What the plan names for each place, and the evidence beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geodata.atlas import Atlas
from geodata.build.atlas_data import assemble, read_frames
from geodata.errors import FactsError, UnknownNameError
from geodata.studies.evidence import common_years

if TYPE_CHECKING:
    from geodata.build.cache import Manifest
    from geodata.studies.plan_records import PlanItem


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


def test_a_pair_stands_in_one_year(atlas: Atlas) -> None:
    """Retail sales of Beijing are known for 2025, those of Tianjin end with 2023."""
    pair = items(atlas, "110000")["110000;120000", "consumption"].evidence[0]
    assert [(n.zh, v.year) for n, v in pair.values] == [("北京市", "2023"), ("天津市", "2023")]
    gradient = items(atlas, "JJJ")["JJJ", "industrial_gradient"].evidence[1]
    assert len(gradient.values) == 4
    assert len({v.year for _, v in gradient.values}) == 1


def test_side_by_side_means_one_year_for_every_item(atlas: Atlas) -> None:
    for place in ("JJJ", "110000", "article/capital", "article/tianjin", "article/shijiazhuang"):
        for item in atlas.plan(place):
            for one in (e for e in item.evidence if e.kind == "value" and e.ids):
                years = {v.year for _, v in one.values}
                assert len(years) == 1 or item.test == "change", (place, item.id)


def test_a_change_is_told_by_its_first_and_last_year(atlas: Atlas) -> None:
    """PM2.5 of all 13 cities fell from 2018 to 2023: on average from 56.1 to 37.6."""
    green = items(atlas, "JJJ")["JJJ", "green"].evidence[0]
    means = {
        year: sum(v.value or 0 for _, v in green.values if v.year == year) / 13
        for year in sorted({v.year for _, v in green.values})
    }
    assert {y: round(m, 1) for y, m in means.items()} == {"2018": 56.1, "2023": 37.6}


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ([["2023", "2024", "2025"], ["2022", "2023"]], ["2023"]),
        ([["2020", "2021"], ["2020", "2021"], ["2025"]], ["2020", "2021"]),
    ],
)
def test_common_years_are_those_of_the_most_places(
    known: list[list[str]], found: list[str]
) -> None:
    assert common_years(known) == found


def test_every_item_says_how_it_is_tested(atlas: Atlas) -> None:
    for role in atlas.role_evidence.tested():
        item = role.item
        assert item.test, item.id
        assert (item.limit.zh and item.limit.en) or item.test != "untested", item.id
        assert item.reference or not role.industries, item.id
    assert not [e for i in atlas.plan("133100") for e in i.evidence if i.place.id == "133100"]


def test_contracts_to_tianjin_and_hebei_have_their_share(atlas: Atlas) -> None:
    """748.7 ÷ 8,536.94 and 843.7 ÷ 9,153.3, and the published share of what leaves Beijing."""
    share = items(atlas, "JJJ")["JJJ", "contracts_low"].evidence[0]
    found = {(n.zh, v.year): v.value for n, v in share.values}
    assert found["占北京全部技术合同", "2013"] == pytest.approx(100 * 71.2 / 2851.7, abs=0.01)
    assert found["占北京全部技术合同", "2023"] == pytest.approx(8.770, abs=1e-3)
    assert found["占北京全部技术合同", "2024"] == pytest.approx(9.217, abs=1e-3)
    assert found["占北京流向外省的技术合同", "2023"] == 15.1
    assert all(v.source_ids for _, v in share.values)


def test_no_model_with_an_assumed_exponent_is_evidence(atlas: Atlas) -> None:
    for place in ("JJJ", "article/capital", "article/shijiazhuang"):
        labels = [e.label.zh for i in atlas.plan(place) for e in i.evidence]
        assert not [words for words in labels if "引力" in words]


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
    flow = items(atlas, "JJJ")["JJJ", "contracts_low"].evidence[1]
    found = [(name.zh, v.year, v.value) for name, v in flow.values]
    assert found == sorted(found, key=lambda told: (told[0] != "北京市 → 天津市", told[1]))
    assert {
        ("北京市 → 天津市", "2023", 151.6),
        ("北京市 → 天津和河北", "2013", 71.2),
        ("北京市 → 天津和河北", "2016", 154.7),
        ("北京市 → 天津和河北", "2020", 347),
        ("北京市 → 天津和河北", "2021", 350.4),
        ("北京市 → 天津和河北", "2022", 356.9),
        ("北京市 → 天津和河北", "2023", 748.7),
        ("北京市 → 天津和河北", "2024", 843.7),
        ("北京市 → 天津和河北", "2025", 996),
    } <= set(found)
    assert all(year.isdecimal() for _, year, _ in found)


def test_a_circle_has_the_flows_that_end_in_it(atlas: Atlas) -> None:
    flow = items(atlas, "article/tianjin")["article/tianjin", "land_results"].evidence[0]
    assert ("北京市 → 天津市", 151.6) in [(n.zh, v.value) for n, v in flow.values]
    assert all("天津" in n.zh for n, _ in flow.values)


def test_clusters_of_a_hundred_billion_are_single_and_wholly_inside(atlas: Atlas) -> None:
    large = items(atlas, "article/shijiazhuang")["article/shijiazhuang", "clusters_100bn"]
    sites = large.evidence[0].sites
    assert {s.id: (s.scale.year, s.scale.value) for s in sites if s.scale} == {
        "cty_sjz_bio": ("2024", 1257.2),
        "sme_anping": ("2023", 1006.0),
        "cty_sjz_equip": ("2024", 1000.0),
        "cty_sjz_elec2023": ("2023", 1000.0),
    }
    assert large.evidence[0].total == 4


def test_computing_sites_stand_for_computing(atlas: Atlas) -> None:
    compute = items(atlas, "JJJ")["JJJ", "compute"].evidence[0]
    assert {s.kind for s in compute.sites} == {"computing"}
    own = {s.id for s in compute.sites}
    assert {"dc_zjk", "sc_tj", "ai_hd"} <= own
    # Another figure of the hub, its start area, a total, a ranking, a plan: no sites of their own.
    assert not own & {"dc_zjk_srv", "dc_hl", "bj_compute2023", "rank_zjk2024", "ai_wq_plan"}
    assert compute.total == len(compute.sites) == len(own)


def test_parks_are_sites_and_no_computing_rows(atlas: Atlas) -> None:
    parks = items(atlas, "JJJ")["JJJ", "parks_weak"]
    sites = parks.evidence[0].sites
    assert "computing" not in {s.kind for s in sites}
    assert len({s.id for s in sites}) == len(sites) == 39
    assert "国家级经济技术开发区14" in parks.evidence[0].label.zh
    assert parks.test == "untested"
    assert "未作检验" in parks.limit.zh


def test_chain_group_and_cluster_of_one_field_count_once(atlas: Atlas) -> None:
    medicine = items(atlas, "JJJ")["JJJ", "medicine"].evidence[1]
    found = {s.id for s in medicine.sites}
    assert "nac_life" in found
    assert not found & {"chain_bio", "grp_bio"}


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


def test_ports_speak_of_trade_and_logistics_in_one_year_each(atlas: Atlas) -> None:
    """Tianjin Port Group beside the port of Tangshan in 2024; the ports of Hebei in 2021."""
    logistics = items(atlas, "article/tianjin")["article/tianjin", "logistics"]
    ports = [e for e in logistics.evidence if e.kind == "value"]
    assert [
        {n.zh: (v.value, v.unit, v.year, v.source_ids) for n, v in one.values} for one in ports
    ] == [
        {
            "天津市": (4.93, "亿吨", "2024", ("h_port_tj",)),
            "唐山市": (8.6215, "亿吨", "2024", ("h_port_2024",)),
        },
        {"天津市": (2328, "万TEU", "2024", ("h_port_tj",))},
        {
            "唐山市": (7.22, "亿吨", "2021", ("h_port_2021",)),
            "沧州市": (3.11, "亿吨", "2021", ("h_port_2021",)),
            "秦皇岛市": (2.01, "亿吨", "2021", ("h_port_2021",)),
        },
        {
            "唐山市": (329.34, "万TEU", "2021", ("h_port_2021",)),
            "沧州市": (87.1, "万TEU", "2021", ("h_port_2021",)),
            "秦皇岛市": (64.13, "万TEU", "2021", ("h_port_2021",)),
        },
    ]
    for one in ports[:2]:
        assert "Tianjin Port Group" in one.values[0][1].note
    assert "天津港集团" in logistics.limit.zh
    assert "2021" in logistics.limit.en


def test_the_plan_and_the_roles_give_a_quotient_the_same_limits(atlas: Atlas) -> None:
    asked = {(r.item.place.id, r.item.id): r for r in atlas.role_evidence.tested()}
    seen = 0
    for (place, item), role in asked.items():
        one = place.partition(";")[0]
        own = [e for e in items(atlas, one)[place, item].evidence if e.industry is not None]
        assert [e.interval for e in own] == [(i.low, i.high) for i in role.industries]
        seen += len(own)
    assert seen


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
