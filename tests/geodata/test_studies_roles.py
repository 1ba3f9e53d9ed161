"""Evidence for roles: the printed counts behind it, its rule, its ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.records import IndustryRow, Name
from geodata.studies.roles import limits, verdict

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


def test_beijing_leads_in_research(found: dict[tuple[str, str], RoleEvidence]) -> None:
    """LQ of M: (68,240 ÷ 1,015,007) ÷ the share of the three places together."""
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


def test_circles_rank_among_circles_and_wings_among_counties(
    found: dict[tuple[str, str], RoleEvidence],
) -> None:
    assert found["article/shijiazhuang", "digital"].industries[0].of == 3
    assert found["article/shijiazhuang", "digital"].industries[0].verdict == "against"
    assert found["110112", "culture"].industries[0].of == 199


def test_clusters_and_figures_stand_beside_the_quotients(
    found: dict[tuple[str, str], RoleEvidence],
) -> None:
    equipment = found["article/tianjin", "equipment"]
    assert [e.kind for e in equipment.others] == ["sites"]
    assert equipment.others[0].total == 5
    assert found["133100", "jobs_housing"].industries == ()


def test_items_of_others_are_not_repeated(atlas: Atlas) -> None:
    keys = [(r.item.place.id, r.item.aspect, r.item.id) for r in atlas.role_evidence.evidence()]
    assert len(set(keys)) == len(keys)
