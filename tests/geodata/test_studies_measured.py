"""The measures that the plan quotes are those of the studies, with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.records import REGION_ID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.atlas import Atlas
    from geodata.records import Value
    from geodata.studies.plan_records import Evidence

PROBLEMS = {
    "missing_middle": "位序—规模",
    "industrial_gradient": "产业同构系数",
    "unbalanced": "泰尔指数",
    "chain_mismatch": "创新链与产业链匹配度",
}


def said(atlas: Atlas, place: str, item: str, measure: str) -> Evidence:
    items = {i.id: i for i in atlas.plan(place) if i.place.id == place}
    return next(e for e in items[item].evidence if e.label.zh.startswith(measure))


def figures(evidence: Evidence) -> dict[str, Value]:
    return {name.zh: value for name, value in evidence.values}


def measured(atlas: Atlas) -> Iterator[Evidence]:
    for item, measure in PROBLEMS.items():
        yield said(atlas, REGION_ID, item, measure)


def test_every_problem_that_names_a_measure_has_figures_with_sources(atlas: Atlas) -> None:
    for evidence in measured(atlas):
        assert evidence.kind == "value"
        assert evidence.values
        assert evidence.label.en
        for name, value in evidence.values:
            assert name.en
            assert value.value is not None
            assert value.status == "computed"
            assert value.source_ids


def test_theil_is_that_of_the_latest_year_with_all_cities(atlas: Atlas) -> None:
    found = figures(said(atlas, REGION_ID, "unbalanced", "泰尔指数"))
    split = atlas.gap.theil("2023")
    assert not split.lacking
    assert found["13市合计"] == split.theil
    between = found["其中三地之间所占"]
    assert between.value == pytest.approx(100 * split.parts.between / split.parts.total)
    assert (between.unit, between.year) == ("%", "2023")


def test_similarity_is_the_cosine_of_the_three_places(atlas: Atlas) -> None:
    found = figures(said(atlas, REGION_ID, "industrial_gradient", "产业同构系数"))
    shares = {
        p: [r.share or 0.0 for r in atlas.industry(p, "2020").rows] for p in ("110000", "130000")
    }
    # Section T, international organisations, is left out here: a share below one in ten thousand.
    top = sum(a * b for a, b in zip(*shares.values(), strict=True))
    lengths = [sum(a * a for a in row) ** 0.5 for row in shares.values()]
    assert found["北京市—河北省"].value == pytest.approx(top / lengths[0] / lengths[1], abs=1e-6)
    assert len(found) == 3


def test_the_chain_match_names_both_ends_of_the_order(atlas: Atlas) -> None:
    found = figures(said(atlas, REGION_ID, "chain_mismatch", "创新链"))
    match = atlas.chains.match("city", "2020")
    degrees = sorted((c.d for c in match.chains if c.d is not None), reverse=True)
    assert [v.value for v in found.values()] == [*degrees[:2], *degrees[-2:]]


def test_the_rank_size_line_comes_with_its_error_and_its_steepest_step(atlas: Atlas) -> None:
    found = figures(said(atlas, REGION_ID, "missing_middle", "位序—规模"))
    system = atlas.hierarchy.system(REGION_ID, "gdp")
    assert system.line is not None
    line = next(v for name, v in found.items() if name.startswith("地区生产总值"))
    assert line.value == system.line.exponent
    assert any(f"标准误{system.line.error:.2f}" in name for name in found)
    beijing, tianjin = (
        atlas.value("gdp_alike", p, system.year).value for p in ("110000", "120000")
    )
    assert beijing
    assert tianjin
    step = next(v for name, v in found.items() if "北京市与天津市" in name)
    assert step.value == pytest.approx(beijing / tianjin)
