"""Evidence for roles: the printed counts behind it, its rule, its ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.measures.industry import limits
from geodata.records import IndustryRow, Name
from geodata.studies.roles import change_verdict, verdict

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.studies.roles import RoleEvidence


def row(lq: float | None, *, stable: bool = True) -> IndustryRow:
    return IndustryRow("C", "emp_manufacturing", Name("", ""), 40, 0.2, 0.1, lq, stable=stable)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (1.11, 1.5, "for"),
        (1.1, 1.5, "open"),
        (0.95, 1.2, "open"),
        (0.9, 1.0, "open"),
        (0.5, 0.9, "open"),
        (0.5, 0.89, "against"),
    ],
)
def test_the_whole_interval_must_lie_beyond_the_limit(low: float, high: float, said: str) -> None:
    assert verdict(row(1.0), low, high) == said


def test_few_workers_and_no_figure_have_no_verdict() -> None:
    assert verdict(row(3.0, stable=False), 1.5, 4.0) == "unstable"
    assert verdict(row(None), None, None) == "none"
    assert limits(IndustryRow("C", "", Name("", ""), None, None, 0.1, None, stable=False), 9.0) == (
        None,
        None,
    )


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ((1.0, 1.1), (0.8, 0.9), "for"),
        ((1.0, 1.1), (0.9, 1.0), "open"),
        ((0.9, 0.95), (1.2, 1.3), "against"),
        ((None, None), (1.2, 1.3), "none"),
    ],
)
def test_a_change_asks_that_the_intervals_part(
    now: tuple[float, float], before: tuple[float, float], said: str
) -> None:
    assert change_verdict((row(1.0), row(1.0)), now, before) == said


def test_a_change_of_few_workers_is_unstable() -> None:
    weak = row(1.0, stable=False)
    assert change_verdict((row(1.0), weak), (1.0, 1.1), (0.5, 0.6)) == "unstable"


def test_limits_by_hand() -> None:
    """Wilson, x = 40 of 200, z² = 3.8415: (0.2 + 0.0096 ± 0.0562) ÷ 1.0192, over 0.1."""
    low, high = limits(row(2.0), 200.0)
    assert low == pytest.approx(1.505, abs=1e-3)
    assert high == pytest.approx(2.608, abs=1e-3)


@pytest.fixture(scope="module")
def found(atlas: Atlas) -> dict[tuple[str, str], RoleEvidence]:
    return {(r.item.place.id, r.item.id): r for r in atlas.role_evidence.evidence()}


def test_the_three_digital_roles_come_first(atlas: Atlas) -> None:
    roles = [r for r in atlas.role_evidence.evidence() if r.item.aspect == "digital_role"]
    assert [r.item.place.id for r in roles] == ["110000", "120000", "130000"]
    assert atlas.role_evidence.evidence()[:3] == tuple(roles)


TONGZHOU = [
    ("public_services", "P", 0.87, "0.85–0.90", "untested", None),
    ("public_services", "Q", 0.84, "0.81–0.87", "untested", None),
    ("finance", "J", 0.79, "0.76–0.81", "against", 5),
    ("innovation", "M", 0.76, "0.74–0.78", "against", 3),
    ("headquarters", "L", 1.06, "1.03–1.08", "open", 3),
    ("culture", "R", 1.19, "1.15–1.24", "for", 4),
]
"""Item, section, quotient, interval, verdict, how many of the 15 other districts pass."""


@pytest.mark.parametrize(("item", "sector", "lq", "interval", "said", "others"), TONGZHOU)
def test_tongzhou_stands_beside_beijing(  # noqa: PLR0913, PLR0917 - one row of a table
    found: dict[tuple[str, str], RoleEvidence],
    item: str,
    sector: str,
    lq: float,
    interval: str,
    said: str,
    others: int | None,
) -> None:
    one = next(i for i in found["110112", item].industries if i.row.sector == sector)
    assert (one.reference, one.of) == ("110000", 16)
    assert round(one.row.lq or 0, 2) == lq
    assert f"{one.low:.2f}–{one.high:.2f}" == interval
    assert (one.verdict, one.others) == (said, others)


def test_a_role_is_tested_against_what_it_lies_in(atlas: Atlas) -> None:
    """A district against its municipality; what makes up the region against the nation."""
    for role in atlas.role_evidence.tested():
        for one in role.industries:
            if one.place.kind == "county":
                assert one.reference == f"{one.place.id[:2]}0000"
            if one.place.id in {"JJJ", "110000", "120000", "130000"}:
                assert one.reference == "CN"
            assert one.reference != one.place.id


def test_what_is_a_change_is_not_supported_by_a_level(
    found: dict[tuple[str, str], RoleEvidence],
) -> None:
    untested = [
        ("130000", "transformation"),
        ("120000", "application"),
        ("article/capital", "radiate"),
        ("article/tianjin", "land_results"),
        ("article/shijiazhuang", "lead_south"),
        ("133100", "jobs_housing"),
        ("133100", "city_industry"),
    ]
    for key in untested:
        assert found[key].item.test == "untested"
        assert {i.verdict for i in found[key].industries} <= {"untested"}
    assert found["133100", "jobs_housing"].others == ()


def test_shijiazhuang_turned_from_manufacturing(
    found: dict[tuple[str, str], RoleEvidence],
) -> None:
    """Against Hebei from 1.23 to 0.95: the role asks for a rise."""
    one = found["article/shijiazhuang", "real_economy"].industries[0]
    assert (one.place.id, one.reference, one.of) == ("130100", "130000", 11)
    assert (round(one.row.lq_before or 0, 2), round(one.row.lq or 0, 2)) == (1.23, 0.95)
    assert one.verdict == "against"


def test_beijing_leads_in_research(found: dict[tuple[str, str], RoleEvidence]) -> None:
    """LQ of M: (68,240 ÷ 1,015,007) ÷ the share of the nation."""
    science, software = found["110000", "research_platform"].industries
    assert [science.row.sector, software.row.sector] == ["M", "I"]
    assert science.value.value == pytest.approx(
        68_240 / 1_015_007 / (science.row.benchmark_share or 1)
    )
    assert (science.rank, science.of, science.verdict) == (1, 3, "for")
    assert science.low is not None
    assert science.high is not None
    assert science.low < (science.value.value or 0) < science.high
    assert science.change == pytest.approx((science.row.lq or 0) - (science.row.lq_before or 0))
    assert (science.change or 0) < 0


def test_circles_rank_among_circles_and_wings_among_districts(
    found: dict[tuple[str, str], RoleEvidence],
) -> None:
    assert found["article/tianjin", "equipment"].industries[0].of == 3
    assert found["110112", "culture"].industries[0].of == 16


def test_clusters_and_figures_stand_beside_the_quotients(
    found: dict[tuple[str, str], RoleEvidence],
) -> None:
    equipment = found["article/tianjin", "equipment"]
    assert [e.kind for e in equipment.others] == ["sites"]
    assert {s.id for s in equipment.others[0].sites} >= {"nac_safe", "chain_tool", "cty_ts_rail"}
    assert "grp_safe" not in {s.id for s in equipment.others[0].sites}


def test_items_of_others_are_not_repeated(atlas: Atlas) -> None:
    keys = [(r.item.place.id, r.item.aspect, r.item.id) for r in atlas.role_evidence.evidence()]
    assert len(set(keys)) == len(keys)
