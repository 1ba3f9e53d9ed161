"""Inequality and convergence between the cities, from the published figures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from inequality.gini import Gini
from inequality.theil import Theil, TheilD

from geodata.errors import UnknownNameError
from geodata.studies.gap import REST

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.studies.hierarchy import Family

BOTH: tuple[Family, ...] = ("revised", "published")


def heads(atlas: Atlas, year: str, family: Family = "revised") -> dict[str, float]:
    return {h.place.id: h.value.value or 0 for h in atlas.gap.heads(year, family)}


def test_gdp_per_head_is_gdp_over_people_with_the_sources_of_both(atlas: Atlas) -> None:
    """Beijing 2023: 43,761 亿元 over 2,185.8 万人 are 200,206 yuan a head."""
    beijing = next(h for h in atlas.gap.heads("2023") if h.place.id == "110000")
    assert beijing.value.value == pytest.approx(10_000 * 43_761 / 2_185.8)
    assert beijing.value.source_ids == ("ccsy2024", "gp_population")
    assert (beijing.value.unit, beijing.value.status) == ("元", "computed")


def test_baoding_has_none_where_gdp_and_people_differ_in_scope(atlas: Atlas) -> None:
    assert "130600" in heads(atlas, "2023")
    assert "130600" not in heads(atlas, "2024")
    assert len(heads(atlas, "2024")) == 12


def test_years_that_may_be_joined(atlas: Atlas) -> None:
    """Ten cities to 2017, thirteen in 2018, Baoding missing 2019, censuses 2020 and 2024.

    As published, the scope of Baoding and Shijiazhuang is not stated up to 2017.
    """
    assert atlas.gap.runs("revised") == (
        ("2013", "2014", "2015", "2016", "2017"),
        ("2018",),
        ("2019",),
        ("2020", "2021", "2022", "2023"),
        ("2024",),
    )
    assert atlas.gap.runs("published") == (
        ("2013", "2014"),
        ("2015",),
        ("2016", "2017"),
        ("2018",),
        ("2019",),
        ("2020", "2021", "2022", "2023"),
        ("2024",),
    )


@pytest.mark.parametrize("family", BOTH)
def test_no_run_and_no_period_spans_a_break(atlas: Atlas, family: Family) -> None:
    broken = {b.year for b in atlas.gap.breaks(family)}
    for run in (*atlas.gap.runs(family), *atlas.gap.periods(family)):
        assert not [b for b in broken if run[0] < b <= run[-1]]
        assert len({frozenset(heads(atlas, year, family)) for year in run}) == 1


@pytest.mark.parametrize("family", BOTH)
def test_unweighted_measures_are_those_of_pysal(atlas: Atlas, family: Family) -> None:
    for spread in atlas.gap.spreads(family, "equal").years:
        levels = np.array(list(heads(atlas, spread.year, family).values()))
        assert spread.theil.value == pytest.approx(float(Theil(levels).T), rel=1e-9)
        assert spread.gini.value == pytest.approx(float(Gini(levels).g), rel=1e-9)
        assert spread.variation.value == pytest.approx(levels.std() / levels.mean())
        assert spread.sigma.value == pytest.approx(np.log(levels).std())


def test_the_unweighted_split_is_that_of_pysal(atlas: Atlas) -> None:
    split = atlas.gap.theil("2023", weighting="equal")
    found = heads(atlas, "2023")
    provinces = np.array([min("130000", c) for c in found])
    pysal = TheilD(np.array(list(found.values())), provinces)
    assert split.parts.between == pytest.approx(np.ravel(pysal.bg)[0], rel=1e-9)
    assert split.parts.within == pytest.approx(np.ravel(pysal.wg)[0], rel=1e-9)


def test_the_weighted_index_by_its_formula(atlas: Atlas) -> None:
    """Σ (Yᵢ/Y) ln((Yᵢ/Y) / (Pᵢ/P)) straight from GDP and residents."""
    rows = [(h.gdp.value or 0, h.people.value or 0) for h in atlas.gap.heads("2023")]
    income, people = (sum(column) for column in zip(*rows, strict=True))
    by_hand = sum(y / income * math.log((y / income) / (p / people)) for y, p in rows)
    split = atlas.gap.theil("2023")
    assert split.theil.value == pytest.approx(by_hand)
    assert split.parts.between + split.parts.within == pytest.approx(by_hand)
    beijing = next(g for g in split.parts.groups if g.name == "110000")
    assert beijing.within == 0
    assert beijing.income == pytest.approx(43_761 / income)


def test_most_of_the_gap_lies_between_the_provinces(atlas: Atlas) -> None:
    share = atlas.gap.theil("2023").parts.share_between
    assert share
    assert 0.8 < share < 0.9


def test_a_city_of_two_circles_is_counted_once(atlas: Atlas) -> None:
    """Langfang is a member in the circle of Tianjin and only radiated by the capital's."""
    split = atlas.gap.theil("2023", groups="article")
    counted = [p.id for places in split.cities.values() for p in places]
    assert len(counted) == len(set(counted)) == 13
    assert "131000" in {p.id for p in split.cities["article/tianjin"]}
    assert {p.id for p in split.cities["article/capital"]} == {"110000"}
    assert {p.id for p in split.cities[REST]} == {"130300", "130400", "130600", "130700", "130800"}
    assert split.names[REST].zh == "不在各圈之内的城市"


def test_an_open_circle_is_remarked(atlas: Atlas) -> None:
    remark = atlas.gap.splits(groups="article").remarks[0]
    assert "首都都市圈、石家庄都市圈未公布完整边界" in remark.zh
    assert "official" in atlas.gap.splits(groups="commute2018").remarks[0].en


def test_a_circle_of_which_a_part_is_open_is_not_split(atlas: Atlas) -> None:
    """Only the plain of Baoding belongs to the core zone of 2015, and no source lists it."""
    splits = atlas.gap.splits(groups="outline2015")
    assert splits.years == ()
    assert "中部核心功能区有的成员只有一部分属于该圈" in splits.reason.zh


def test_a_circle_with_unknown_members_is_not_split(atlas: Atlas) -> None:
    splits = atlas.gap.splits(groups="plan2026")
    assert splits.years == ()
    assert "通勤圈有11个成员未查到" in splits.reason.zh
    with pytest.raises(UnknownNameError, match="11 members"):
        atlas.gap.theil("2023", groups="plan2026")


@pytest.mark.parametrize("scheme", ["sjz2025", "ring2010"])
def test_a_scheme_of_county_units_does_not_group_cities(atlas: Atlas, scheme: str) -> None:
    splits = atlas.gap.splits(groups=scheme)
    assert splits.years == ()
    assert "两组以上" in splits.reason.zh
    assert "at least two groups" in splits.reason.en


def test_a_year_without_enough_cities_is_refused(atlas: Atlas) -> None:
    with pytest.raises(UnknownNameError, match="no Theil index of '2025'"):
        atlas.gap.theil("2025")


def test_a_family_is_one_series(atlas: Atlas) -> None:
    """Tianjin 2018: 18,809.64 亿元 as published, 13,362.90 revised, over 1,383 万人."""
    for family, gdp in (("revised", 13_362.9), ("published", 18_809.64)):
        found: Family = "published" if family == "published" else "revised"
        assert heads(atlas, "2018", found)["120000"] == pytest.approx(10_000 * gdp / 1_383)


def test_periods_are_runs_of_three_years_and_more(atlas: Atlas) -> None:
    assert atlas.gap.periods("revised") == (("2013", "2017"), ("2020", "2023"))
    assert atlas.gap.periods("published") == (("2020", "2023"),)


def test_growth_by_hand(atlas: Atlas) -> None:
    growth = atlas.gap.growth(("2013", "2017"))
    first, last = heads(atlas, "2013"), heads(atlas, "2017")
    x = np.log(list(first.values()))
    g = np.array([math.log(last[c] / first[c]) / 4 for c in first])
    slope, intercept = np.polyfit(x, g, 1)
    assert (growth.line.slope, growth.line.intercept) == pytest.approx((slope, intercept))
    assert [c.growth for c in growth.cities] == pytest.approx(list(g))
    assert growth.line.n == 10
    assert [p.name.zh for p in growth.lacking] == ["邢台市", "保定市", "衡水市"]
    assert "gp_gdp296" in growth.source_ids


def test_growth_over_a_break_is_refused(atlas: Atlas) -> None:
    with pytest.raises(UnknownNameError, match="not computed over 2017–2020"):
        atlas.gap.growth(("2017", "2020"))
