"""Location quotients against hand-worked values, and the census rows they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import UnknownNameError
from geodata.measures.specialisation import (
    INDUSTRIES,
    SECTORS,
    complete_row,
    location_quotients,
    shares,
    stable,
)
from geodata.measures.workforce import SUM_NOTE, ZERO_NOTE, WorkforceRow, proven_zeros, total_row

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.records import Industry, IndustryRow

# Sampled workers of 2020 as printed: information and software, and all.
BEIJING = (95_576, 1_015_007)
TIANJIN = (13_261, 504_665)
HEBEI = (37_615, 3_332_630)
NATION = (1_129_543, 65_631_786)
YANGTZE = (80_856 + 70_556 + 39_041 + 76_811, 4_062_749 + 3_642_236 + 2_766_699 + 1_264_922)
GUANGDONG = (163_688, 6_203_762)

counts = st.lists(st.integers(1, 10_000), min_size=3, max_size=3)


def sector(industry: Industry, letter: str) -> IndustryRow:
    return next(row for row in industry.rows if row.sector == letter)


def row(cells: list[float], total: float, *breaks: str) -> WorkforceRow:
    numbers = np.array([*cells, *[0.0] * (20 - len(cells))])
    return WorkforceRow(numbers, total, ("census",), ("as printed",), breaks=breaks)


def test_quotients_by_hand() -> None:
    # 30 of 100 workers here, 20 of 200 in the benchmark: 0.3 / 0.1 = 3; the rest 0.7 / 0.9.
    found = location_quotients(
        np.array([[30.0, 70.0], [0.0, 50.0]]),
        np.array([100.0, 50.0]),
        np.array([20.0, 180.0]),
        200.0,
    )
    np.testing.assert_allclose(found, [[3.0, 7 / 9], [0.0, 10 / 9]])


def test_unknown_counts_and_empty_benchmarks_give_no_quotient() -> None:
    found = location_quotients(
        np.array([[np.nan, 5.0, 5.0]]), np.array([10.0]), np.array([1.0, 0.0, 1.0]), 2.0
    )
    np.testing.assert_array_equal(np.isnan(found), [[True, True, False]])


def test_a_place_without_workers_has_no_shares() -> None:
    assert np.isnan(shares(np.array([[0.0, 0.0]]), np.array([0.0]))).all()


@pytest.mark.parametrize(
    ("numbers", "totals"),
    [
        (np.ones(3), np.ones(3)),
        (np.ones((2, 3)), np.ones(3)),
        (np.array([[-1.0, 2.0]]), np.array([1.0])),
        (np.array([[1.0, 2.0]]), np.array([-1.0])),
    ],
)
def test_shares_refuse_what_does_not_fit(numbers: np.ndarray, totals: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"shape|negative"):
        shares(numbers, totals)


def test_quotients_refuse_a_benchmark_of_another_length() -> None:
    with pytest.raises(ValueError, match="one count for each"):
        location_quotients(np.ones((1, 3)), np.ones(1), np.ones(2), 2.0)


@given(here=counts, there=counts, factor=st.integers(2, 9))
def test_quotients_average_to_one_and_ignore_size(
    here: list[int], there: list[int], factor: int
) -> None:
    own, benchmark = np.array([here], dtype=float), np.array(there, dtype=float)
    found = location_quotients(own, own.sum(axis=1), benchmark, benchmark.sum())
    weights = benchmark / benchmark.sum()
    assert found[0] @ weights == pytest.approx(1)
    larger = location_quotients(factor * own, factor * own.sum(axis=1), benchmark, benchmark.sum())
    np.testing.assert_allclose(larger, found)


def test_stability_starts_at_thirty_workers() -> None:
    assert stable(np.array([29.0, 30.0, np.nan])).tolist() == [False, True, False]


def test_a_blank_is_zero_only_where_the_sum_proves_it() -> None:
    proven = complete_row({"A": 4, "C": 6}, 10)
    assert proven[0] == 4
    assert proven[2] == 6
    assert proven.sum() == 10
    for total in (11, None):
        doubtful = complete_row({"A": 4, "C": 6}, total)
        assert np.isnan(doubtful).sum() == 18


def test_a_row_refuses_letters_that_are_no_section() -> None:
    with pytest.raises(ValueError, match="'X'"):
        complete_row({"X": 1}, 1)


def test_the_nineteen_industries_leave_out_international_organisations() -> None:
    assert "".join(INDUSTRIES) == "ABCDEFGHIJKLMNOPQRS"
    assert SECTORS["T"] == "emp_international_org"


def test_proven_zeros_add_a_row_for_each_proven_blank() -> None:
    printed = dict.fromkeys(SECTORS.values(), 1.0)
    del printed["emp_mining"]
    rows = [
        {"region_code": code, "year": "2020", "indicator": name, "value": value, "note": "n"}
        for code, total in (("1", 19.0), ("2", 20.0))
        for name, value in {**printed, "emp_sample_total": total}.items()
    ]
    found = proven_zeros(pd.DataFrame(rows))
    assert found.to_dict("records") == [
        {
            "region_code": "1",
            "year": "2020",
            "indicator": "emp_mining",
            "value": 0.0,
            "note": f"n; {ZERO_NOTE}",
        }
    ]


def test_rows_add_up_and_name_what_they_lack() -> None:
    parts = {"a": row([1, 2], 3), "b": row([10, 20], 30, "moved"), "c": row([np.nan], 5)}
    found = total_row(parts, {"b": "乙"})
    assert found.total == 33
    assert found.counts[:2].tolist() == [11, 22]
    assert found.lacking == ("c",)
    assert found.breaks == ("NOT comparable between 2010 and 2020 because of: 乙",)
    assert SUM_NOTE in found.notes


def test_a_single_row_stays_as_printed() -> None:
    only = row([1], 1)
    assert total_row({"a": only}, {}) is only


@pytest.mark.parametrize(
    ("benchmark", "there"),
    [
        (
            "JJJ",
            (BEIJING[0] + TIANJIN[0] + HEBEI[0], BEIJING[1] + TIANJIN[1] + HEBEI[1]),
        ),
        ("CN", NATION),
        ("YRD", YANGTZE),
        ("GD", GUANGDONG),
    ],
)
def test_beijing_in_information_against_each_benchmark(
    atlas: Atlas, benchmark: str, there: tuple[int, int]
) -> None:
    found = sector(atlas.industry("110000", "2020", benchmark), "I")
    assert found.count == 95_576
    assert found.share == pytest.approx(95_576 / 1_015_007)
    assert found.benchmark_share == pytest.approx(there[0] / there[1])
    assert found.lq == pytest.approx(95_576 / 1_015_007 / (there[0] / there[1]))
    assert found.stable


def test_beijing_in_information_worked_out_with_pencil(atlas: Atlas) -> None:
    # 95,576 / 1,015,007 = 9.416 %; 146,452 / 4,852,302 = 3.018 %; 9.416 / 3.018 = 3.12
    assert sector(atlas.industry("110000"), "I").lq == pytest.approx(3.12, abs=0.001)


def test_an_industry_of_2020_carries_that_of_2010(atlas: Atlas) -> None:
    now = sector(atlas.industry("110000", "2020"), "I")
    before = sector(atlas.industry("110000", "2010"), "I")
    assert before.count == 39_806
    assert now.lq_before == before.lq
    assert now.share_before == before.share
    assert before.lq_before is None


def test_xiongan_is_the_sum_of_its_three_counties(atlas: Atlas) -> None:
    found = atlas.industry("133100")
    assert found.total.value == 12_080 + 18_969 + 19_432
    assert sector(found, "C").count == 4_118 + 6_618 + 7_015
    assert not found.comparable


def test_the_capital_circle_counts_tongzhou_once(atlas: Atlas) -> None:
    found = atlas.industry("article/capital")
    assert found.total.value == 1_015_007 + 12_080 + 18_969 + 19_432
    assert found.lacking == ()


def test_a_circle_of_counties_names_the_zones_it_lacks(atlas: Atlas) -> None:
    notes = " ".join(atlas.industry("sjz2025/shijiazhuang").total.note)
    assert "石家庄高新技术产业开发区" in notes
    assert "河北邢台经济开发区" in notes
    assert "保定高新技术产业开发区" not in notes
    assert "without the members of which only a part belongs: 信都区" in notes


def test_a_proven_blank_is_a_zero_and_unstable(atlas: Atlas) -> None:
    found = sector(atlas.industry("131026"), "B")
    assert (found.count, found.lq, found.stable) == (0, 0.0, False)


def test_unprinted_industries_stay_unknown(atlas: Atlas) -> None:
    found = atlas.industry("130924", "2010")
    assert found.total.value == 11_386
    assert {r.lq for r in found.rows} == {None}
    assert not found.comparable


@pytest.mark.parametrize("county", ["130104", "130108", "110101", "130705"])
def test_counties_with_a_changed_outline_are_not_compared(atlas: Atlas, county: str) -> None:
    found = atlas.industry(county)
    assert not found.comparable
    assert found.reason
    assert {r.lq_before for r in found.rows} == {None}


def test_every_place_has_nineteen_industries_that_fit_its_total(atlas: Atlas) -> None:
    circles = [c.key for s in atlas.schemes for c in s.circles if c.all_named]
    codes = [p.id for level in ("county", "city", "province") for p in atlas.regions(level)]
    for place in [*codes, *circles, "JJJ"]:
        found = atlas.industry(place)
        assert len(found.rows) == 19
        assert sum(r.count or 0 for r in found.rows) <= (found.total.value or 0)
        if found.total.value is None:  # a circle that the rule of totals gives none, and says why
            assert place in circles
            assert found.reason
            assert {r.share for r in found.rows} == {None}
        else:
            assert sum(r.share or 0 for r in found.rows) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize("circle", ["plan2026/commuting", "plan2026/functional"])
def test_a_circle_with_unknown_members_has_no_industries(atlas: Atlas, circle: str) -> None:
    found = atlas.industry(circle)
    assert found.total.value is None
    assert {row.count for row in found.rows} == {row.lq for row in found.rows} == {None}
    assert atlas.value("lq_manufacturing", circle, "2020").note[0].startswith("no total")


def test_the_whole_region_is_its_own_benchmark(atlas: Atlas) -> None:
    assert {round(r.lq or 0, 12) for r in atlas.industry("JJJ").rows} == {1.0}


@pytest.mark.parametrize(
    ("year", "benchmark", "words"),
    [("2015", "JJJ", "census of '2015'"), ("2020", "EU", "benchmark 'EU'")],
)
def test_unknown_years_and_benchmarks_are_named(
    atlas: Atlas, year: str, benchmark: str, words: str
) -> None:
    with pytest.raises(UnknownNameError, match=words):
        atlas.industry("110000", year, benchmark)
