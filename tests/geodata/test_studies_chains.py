"""The chain match against the printed counts, and its degrees against the formula by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geodata.studies.chains import Chains

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from geodata.atlas import Atlas
    from geodata.studies.chains import Chain, ChainMatch

BEIJING, TANGSHAN = "110000", "130200"


def of(found: ChainMatch, code: str) -> Chain:
    return next(c for c in found.chains if c.place.id == code)


def test_both_sides_of_beijing_are_the_printed_counts(atlas: Atlas) -> None:
    """2020: I 95,576 + L 82,484 + M 68,240 = 246,300 and C 83,130 of 1,015,007 workers."""
    beijing = of(atlas.chains.match("city", "2020"), BEIJING)
    assert beijing.counts == (246_300, 83_130)
    assert beijing.innovation.value == pytest.approx(100 * 246_300 / 1_015_007)
    assert beijing.industry.value == pytest.approx(100 * 83_130 / 1_015_007)
    assert beijing.innovation.unit == "%"
    assert beijing.innovation.source_ids == ("census7_county",)
    assert beijing.stable
    assert beijing.circle is not None
    assert beijing.circle.id == "article/capital"


def test_the_degrees_of_beijing_by_hand(atlas: Atlas) -> None:
    """Innovation: Beijing 2020 is the highest of both years; industry: Xiong'an 2010."""
    found, before = (atlas.chains.match("city", year) for year in ("2020", "2010"))
    beijing = of(found, BEIJING)
    highest = max(c.industry.value or 0 for c in (*found.chains, *before.chains))
    assert highest == of(before, "133100").industry.value
    u2 = (beijing.industry.value or 0) / highest
    assert beijing.c == pytest.approx(2 * u2**0.5 / (1 + u2))
    assert beijing.t == pytest.approx((1 + u2) / 2)
    assert beijing.d == pytest.approx(u2**0.25)
    assert beijing.grade == "fair"


def test_quotients_are_against_the_three_places(atlas: Atlas) -> None:
    found = atlas.chains.match("city", "2020")
    row = atlas.industry(TANGSHAN, "2020", "JJJ").rows
    manufacturing = next(r for r in row if r.sector == "C")
    assert of(found, TANGSHAN).industry_lq == pytest.approx(manufacturing.lq)
    assert found.whole[1].value == pytest.approx(100 * (manufacturing.benchmark_share or 0))


def test_partners_multiply_the_quotients_both_ways(atlas: Atlas) -> None:
    found = atlas.chains.match("city", "2020")
    partners = atlas.chains.partners(TANGSHAN, found)
    assert len(partners) == 13
    assert partners[0].place.id == BEIJING
    beijing, tangshan = of(found, BEIJING), of(found, TANGSHAN)
    assert beijing.innovation_lq is not None
    assert tangshan.innovation_lq is not None
    supplied = beijing.innovation_lq * (tangshan.industry_lq or 0)
    assert partners[0].supplied == pytest.approx(supplied)
    assert partners[0].taken == pytest.approx(tangshan.innovation_lq * (beijing.industry_lq or 0))


def test_who_is_not_compared_has_no_partners(atlas: Atlas) -> None:
    assert atlas.chains.partners("110112", atlas.chains.match("city", "2020")) == ()


@pytest.mark.parametrize("among", ["city", "circle", "county"])
@pytest.mark.parametrize("year", ["2010", "2020"])
def test_every_place_has_its_degrees(atlas: Atlas, among: str, year: str) -> None:
    found = atlas.chains.match(among, year)
    assert len(found.chains) == len(found.among.places)
    for chain in found.chains:
        assert chain.d is not None
        assert 0 <= chain.d <= 1
        assert chain.grade
        assert chain.stable == (min(chain.counts) >= 30)
    assert among == "county" or all(c.stable for c in found.chains)


def test_an_industry_that_nobody_has_is_said_to_be_empty(atlas: Atlas) -> None:
    parts = atlas._data  # noqa: SLF001 - the study takes them
    silenced = {}
    for year, force in parts.workforce.items():
        rows = {c: replace(r, counts=_without(r.counts)) for c, r in force.rows.items()}
        silenced[year] = replace(force, rows=rows)
    chains = Chains(atlas, replace(parts, workforce=silenced))
    found = chains.match("city", "2020")
    assert found.empty
    assert found.chains == ()
    assert found.whole[1].value == 0


def _without(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    changed = counts.copy()
    changed[2] = 0
    return changed


def test_the_best_pairs_are_the_largest_products_of_two_places(atlas: Atlas) -> None:
    """All products of quotients of different cities, sorted here."""
    found = atlas.chains.match("city", "2020")
    products = sorted(
        (
            ((a.innovation_lq or 0) * (b.industry_lq or 0), a.place.id, b.place.id)
            for a in found.chains
            for b in found.chains
            if a is not b
        ),
        reverse=True,
    )
    pairs = atlas.chains.pairs(found, 5)
    assert [(p.supplier.id, p.user.id) for p in pairs] == [(i, j) for _, i, j in products[:5]]
    assert [p.index.value for p in pairs] == pytest.approx([k for k, _, _ in products[:5]])
    assert all(p.low < (p.index.value or 0) < p.high for p in pairs)
    assert pairs[0].index.source_ids
