"""Published flows as they stand in the table, contracts with their gaps, gravity by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.errors import UnknownNameError
from geodata.studies.links import KINDS, span_of

if TYPE_CHECKING:
    from geodata.atlas import Atlas

BEIJING, TIANJIN, XIONGAN, TANGSHAN, CHENGDE = "110000", "120000", "133100", "130200", "130800"
SHIJIAZHUANG = "130100"


def test_every_published_flow_has_a_kind(atlas: Atlas) -> None:
    rows = atlas._data.flows  # noqa: SLF001 - nothing else holds the table
    shown = [flow for kind in KINDS for flow in atlas.links.flows(kind)]
    assert len(shown) == len(rows)
    assert sorted(f.value.value or 0 for f in shown) == sorted(float(r["value"]) for r in rows)
    assert all(f.value.source_ids for f in shown)


@pytest.mark.parametrize(
    ("indicator", "year", "span"),
    [
        ("tech_contract_value", "2023", "year"),
        ("tech_contract_value_period", "2024H1", "part"),
        ("investment_in_place", "2023Q1-Q3", "part"),
        ("investment_in_place", "2021-2025", "sum"),
        ("tech_contract_value_cumulative", "2014-2020H1", "sum"),
        ("projects_landed_cumulative", "to 2020", "sum"),
        ("firms_landed_cumulative", "2025", "sum"),
        ("zgc_branches", "2020", "stock"),
    ],
)
def test_spans_are_read_from_the_year(indicator: str, year: str, span: str) -> None:
    assert span_of(indicator, year) == span


def test_contracts_show_what_is_missing_and_chain_nothing_else(atlas: Atlas) -> None:
    found = atlas.links.contracts()
    assert {v.year: v.value for v in found.series} == {
        "2013": 71.2,
        "2016": 154.7,
        "2020": 347,  # 1,410 of 2014–2020 less 1,063 of 2014–2019
        "2021": 350.4,
        "2022": 356.9,  # 748.7 ÷ 2.098
        "2023": 748.7,
        "2024": 843.7,
        "2025": 996,
    }
    for value in found.series:
        assert any(n.startswith("computed") for n in value.note) == (value.year in {"2020", "2022"})
    assert found.missing == ("2014", "2015", "2017", "2018", "2019")
    assert {(v.year, v.value) for v in found.unreconciled} == {("2017", 152.2), ("2022", 365.9)}
    contracts = [f for f in atlas.links.flows("contracts") if f.value.unit == "亿元"]
    told = [*found.series, *found.unreconciled, *(f.value for f in found.others)]
    assert len(set(told)) == len(told) == len(contracts)
    assert {f.span for f in found.others if f.origin.id == BEIJING} == {"year", "sum", "part"}


def test_groups_are_ends_with_their_members(atlas: Atlas) -> None:
    ends = {
        end.id: end
        for kind in KINDS
        for flow in atlas.links.flows(kind)
        for end in (flow.origin, flow.destination)
        if end.group
    }
    members = {code: [p.id for p in end.members] for code, end in ends.items()}
    assert members == {
        "JH": [TIANJIN, "130000"],
        "JJ": [BEIJING, "130000"],
        "JT": [BEIJING, TIANJIN],
        "JJJ": [BEIJING, TIANJIN, "130000"],
        "BSX": ["131082", "131028", "131024"],
        "RJ": [],
        "CN": [],
    }
    assert ends["JH"].name["zh"] == "天津和河北"


def test_the_latest_of_each_span_is_shown(atlas: Atlas) -> None:
    found = {
        (f.origin.id, f.destination.id, f.span): f.value.year
        for f in atlas.links.latest("investment")
        if f.indicator == "investment_in_place"
    }
    assert found["JJ", TIANJIN, "year"] == "2022"
    assert found["JJ", TIANJIN, "part"] == "2025H1"
    assert found[BEIJING, TIANJIN, "year"] == "2024"
    assert found[BEIJING, TIANJIN, "sum"] == "2016-2020"


def test_a_pair_takes_its_latest_time_and_of_one_year_the_shortest(atlas: Atlas) -> None:
    times = atlas.links.times()
    latest = times[frozenset({BEIJING, TANGSHAN})].value
    assert (latest.value, latest.year) == (71, "2025")
    both_ways = times[frozenset({SHIJIAZHUANG, CHENGDE})].value
    assert (both_ways.value, both_ways.year) == (222, "2022")


def test_gravity_by_hand(atlas: Atlas) -> None:
    """GDP 2024, b = 2: Beijing–Tianjin 49,843.1 · 18,024.32 ÷ 30²; Tangshan in 71 minutes."""
    found = atlas.attraction.gravity("gdp", 2.0)
    first = found.links[0]
    strongest = 49_843.1 * 18_024.32 / 30**2
    assert (first.one.id, first.other.id) == (BEIJING, TIANJIN)
    assert first.strength == pytest.approx(strongest)
    assert first.index.value == 100
    tangshan = next(x for x in found.links if {x.one.id, x.other.id} == {BEIJING, TANGSHAN})
    weaker = 49_843.1 * 10_003.9 / 71**2
    assert tangshan.index.value == pytest.approx(100 * weaker / strongest)
    assert "rail_2025" in tangshan.index.source_ids


def test_only_pairs_with_a_published_time_are_linked(atlas: Atlas) -> None:
    found = atlas.attraction.gravity("population", 2.0)
    assert len(found.links) + len(found.untimed) == 14 * 13 // 2
    linked = {frozenset({x.one.id, x.other.id}) for x in found.links}
    cities = {place.id for place in atlas.regions("city")}
    assert linked == {pair for pair in atlas.links.times() if pair <= cities}
    assert found.massless == ()
    assert found.below == 9


def test_a_city_without_a_mass_is_named_and_not_linked(atlas: Atlas) -> None:
    found = atlas.attraction.gravity("gdp", 2.0)
    assert [p.id for p in found.massless] == [XIONGAN]
    assert not any(XIONGAN in {x.one.id, x.other.id} for x in found.links)
    cities = {place.id for place in atlas.regions("city")} - {XIONGAN}
    assert len(found.links) == sum(pair <= cities for pair in atlas.links.times())


def test_the_exponent_changes_strength_and_not_who_is_linked(atlas: Atlas) -> None:
    weak, strong = (atlas.attraction.gravity("gdp", b) for b in (0.5, 3.0))
    pairs = [{(x.one.id, x.other.id) for x in found.links} for found in (weak, strong)]
    assert pairs[0] == pairs[1]
    assert weak.links[-1].index.value != strong.links[-1].index.value


@pytest.mark.parametrize(("mass", "exponent"), [("jobs", 2.0), ("gdp", 0.4), ("gdp", 3.1)])
def test_what_is_not_offered_is_refused(atlas: Atlas, mass: str, exponent: float) -> None:
    with pytest.raises(UnknownNameError, match=r"jobs|outside"):
        atlas.attraction.gravity(mass, exponent)


def test_an_unknown_kind_is_refused(atlas: Atlas) -> None:
    with pytest.raises(UnknownNameError, match="tourists"):
        atlas.links.flows("tourists")
