"""Beijing's industries in 2023: each quotient computed by hand from the printed figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.measures.specialisation import INDUSTRIES
from geodata.studies.beijing import SECTION_OF

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.studies.beijing import Quotient


def by_sector(atlas: Atlas) -> dict[str, Quotient]:
    sections = {s.sector: s.employees for s in atlas.beijing.sections if s.employees}
    return {**sections, **{one.sector: one for one in atlas.beijing.divisions}}


@pytest.mark.parametrize(
    ("sector", "expected", "basis"),
    [
        # (118,166 ÷ 13,136,000) ÷ (10,308,701 ÷ 428,984,000)
        ("C39", 0.3743, "enterprises"),
        ("C", 0.253, "enterprises"),
        ("E", 0.5874, "enterprises"),
        ("B11", 1.476, "enterprises"),
        # (160.6 ÷ 1,313.6) ÷ (1,517.9 ÷ 42,898.4)
        ("I", 3.4552, "units"),
        ("F", 0.8339, "units"),
        ("L", 1.5766, "units"),
    ],
)
def test_a_quotient_by_employees(atlas: Atlas, sector: str, expected: float, basis: str) -> None:
    found = by_sector(atlas)[sector]
    assert found.lq.value == pytest.approx(expected, abs=0.0006)
    assert found.basis == basis
    assert found.lq.status == "computed"


def test_there_are_44_lines_and_the_sources_of_both_sides(atlas: Atlas) -> None:
    found = by_sector(atlas)
    assert len(found) == 44
    assert {s for s in found if len(s) == 1} == set("BCDEFIL")
    assert found["C39"].lq.source_ids == (
        "bj_census5_2",
        "h_bj_census5_3",
        "h_nat_census5_2",
        "h_nat_census5_yb",
    )


@pytest.mark.parametrize(
    ("sector", "expected"),
    [
        # (9,716.4575 ÷ 47,353.68) ÷ (57,498.4 ÷ 1,294,271.7)
        ("I", 4.6188),
        # (2,553.7915 + 2,168.3992) ÷ 47,353.68 over 34,088.4 ÷ 1,294,271.7
        ("M", 3.7863),
        # (7,581.1215 ÷ 47,353.68) ÷ (93,926.9 ÷ 1,294,271.7)
        ("J", 2.2060),
        ("C", 0.4098),
        ("D", 0.2674),
        ("A", 0.0465),
    ],
)
def test_a_quotient_by_value_added(atlas: Atlas, sector: str, expected: float) -> None:
    found = {one.sector: one.value_added for one in atlas.beijing.sections}
    assert found[sector].lq.value == pytest.approx(expected, abs=0.0003)
    assert found[sector].lq.source_ids == ("h_bj_io2023", "nbs2025_3_6")


def test_every_product_is_in_one_section_and_all_sections_have_one(atlas: Atlas) -> None:
    assert len(SECTION_OF) == 42
    assert set(SECTION_OF.values()) == set(INDUSTRIES)
    shares = [one.value_added.share for one in atlas.beijing.sections]
    assert sum(shares) == pytest.approx(1, abs=1e-6)


def test_residents_are_those_of_the_census_against_the_nation(atlas: Atlas) -> None:
    for one in atlas.beijing.sections:
        named = atlas.value(
            f"lq_{one.residents.indicator.removeprefix('emp_')}", "110000", "2020", "CN"
        )
        assert one.residents.lq == named.value


def test_the_highest_stand_first(atlas: Atlas) -> None:
    assert [one.sector for one in atlas.beijing.sections[:2]] == ["I", "M"]
    quotients = [one.lq.value or 0 for one in atlas.beijing.divisions]
    assert quotients == sorted(quotients, reverse=True)
    assert [one.sector for one in atlas.beijing.divisions[:2]] == ["B11", "C27"]
