"""Proximity, density, complexity and the area under the curve against hand-computed cases."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geodata.measures.discrimination import discrimination
from geodata.measures.relatedness import complexity, density, proximity
from geodata.measures.specialisation import INDUSTRIES
from geodata.studies.relatedness import FEWEST, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.atlas import Atlas

MADE = np.array([[1, 1, 0], [1, 1, 1], [1, 0, 0], [0, 0, 1]], dtype=bool)
"""Four places, three industries, held by 3, 2 and 2 of them."""


def area(scores: Sequence[float], happened: Sequence[bool]) -> float:
    """Count the pairs in which the one for whom it happened has the higher score, ties half."""
    high = sorted(s for s, did in zip(scores, happened, strict=True) if did)
    low = sorted(s for s, did in zip(scores, happened, strict=True) if not did)
    won = sum(bisect_left(low, s) + bisect_right(low, s) for s in high)
    return won / (2 * len(high) * len(low))


def test_proximity_by_hand() -> None:
    """A and B share 2 of 3, A and C 1 of 3, B and C 1 of 2."""
    assert proximity(MADE) == pytest.approx(
        np.array([[1, 2 / 3, 1 / 3], [2 / 3, 1, 1 / 2], [1 / 3, 1 / 2, 1]])
    )


def test_density_by_hand() -> None:
    """Near to C are A (1/3) and B (1/2): who has both has all, who has A alone 2/5."""
    found = density(MADE, proximity(MADE))
    assert found[0, 2] == pytest.approx(1.0)
    assert found[2, 2] == pytest.approx((1 / 3) / (1 / 3 + 1 / 2))
    assert found[2, 1] == pytest.approx((2 / 3) / (2 / 3 + 1 / 2))
    assert found[3, 0] == pytest.approx((1 / 3) / (2 / 3 + 1 / 3))


def test_an_industry_of_nobody_is_near_to_none() -> None:
    made = np.column_stack([MADE, np.zeros(4, dtype=bool)])
    assert np.isnan(proximity(made)[3]).all()
    assert np.isnan(density(made, proximity(made))[:, 3]).all()
    assert density(made, proximity(made))[:, :3] == pytest.approx(density(MADE, proximity(MADE)))
    assert np.isnan(complexity(made)[1][3])


def test_complexity_is_the_second_eigenvector_of_the_reflections() -> None:
    """By another way: the matrix from places to places, not made symmetric."""
    held = MADE.astype(float)
    ways = (held / held.sum(axis=1, keepdims=True)) @ (held / held.sum(axis=0)).T
    values, vectors = np.linalg.eig(ways)
    second = vectors[:, np.argsort(-values.real)[1]].real
    places, industries = complexity(MADE)
    assert abs(np.corrcoef(places, second)[0, 1]) == pytest.approx(1.0)
    assert places.mean() == pytest.approx(0.0, abs=1e-12)
    assert places.std() == pytest.approx(1.0)
    assert np.corrcoef(industries, held.sum(axis=0))[0, 1] < 0


@pytest.mark.parametrize("wrong", [np.ones(3, dtype=bool), np.ones((3, 2), dtype=bool)])
def test_what_cannot_be_compared_is_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"matrix|alike"):
        complexity(wrong)


def test_the_area_by_hand() -> None:
    """Events 3 and 2 against 1, 2 and 0: of six pairs 5 are won and one is a tie: 11/12."""
    scores, happened = np.array([3.0, 2, 1, 2, 0]), np.array([True, True, False, False, False])
    found = discrimination(scores, happened, np.arange(5))
    assert found.auc == pytest.approx(5.5 / 6)
    assert (found.events, found.n) == (2, 5)
    assert found.high == 1.0


def test_without_clusters_the_variance_is_that_of_delong() -> None:
    """Components of the events 1 and 5/6, of the others 1, 3/4 and 1, written out.

    Var = S₁₀/m + S₀₁/n with the sample variances of both: (1/72)/2 + (1/48)/3; the form for
    clusters adds the covariance of clusters with both, of which there are none here.
    """
    scores, happened = np.array([3.0, 2, 1, 2, 0]), np.array([True, True, False, False, False])
    found = discrimination(scores, happened, np.arange(5))
    assert (found.auc - found.low) / 1.959964 == pytest.approx((1 / 144 + 1 / 144) ** 0.5, rel=1e-5)


def test_clusters_that_repeat_widen_the_interval() -> None:
    rng = np.random.default_rng(7)
    scores = rng.normal(size=60)
    happened = scores + rng.normal(size=60) > 0
    alone = discrimination(scores, happened, np.arange(60))
    thrice = discrimination(np.tile(scores, 3), np.tile(happened, 3), np.tile(np.arange(60), 3))
    assert thrice.auc == pytest.approx(alone.auc)
    assert thrice.high - thrice.low == pytest.approx(alone.high - alone.low, rel=0.02)


def test_too_few_to_tell_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        discrimination(np.arange(3.0), np.array([True, False, False]), np.arange(3))


def test_the_back_test_from_the_quotients_of_both_censuses(atlas: Atlas) -> None:
    """Pairs, entries and areas, with the areas by counting."""
    study = atlas.relatedness
    before, after = study.space("2010"), study.space("2020")
    found = study.back_test()
    at = {place.id: row for row, place in enumerate(after.places)}
    codes = [place.id for place in before.places if place.id in at]
    standings = atlas.specialisation.standings("manufacturing", codes)
    alike = {one.place.id for one in standings if one.comparable}
    scores, own, entered = [], [], []
    for row, place in enumerate(before.places):
        if place.id not in alike:
            continue
        for column in range(19):
            if before.quotients[row, column] < 1:
                scores.append(before.densities[row, column])
                own.append(before.quotients[row, column])
                entered.append(after.quotients[at[place.id], column] >= 1)
    assert (found.pairs, found.entries) == (len(scores), sum(entered))
    assert found.density is not None
    assert found.own is not None
    assert found.density.auc == pytest.approx(area(scores, entered))
    assert found.own.auc == pytest.approx(area(own, entered))
    assert found.density.low < found.density.auc < found.density.high
    assert sum(part.n for part in found.parts) == found.pairs
    assert sum(part.entries for part in found.parts) == found.entries
    assert found.counties + found.left_out == len(atlas.regions("county"))


def test_an_industry_with_few_entries_is_not_tested(atlas: Atlas) -> None:
    study = atlas.relatedness
    for industry in ("manufacturing", "information_software", "finance"):
        found = study.back_test(industry)
        few = min(found.entries, found.pairs - found.entries) < FEWEST
        assert (found.density is None) is few
        assert found.parts == ()


def test_the_space_is_that_of_the_census(atlas: Atlas) -> None:
    """Quotients are those of the catalogue; the nearest industry is near both ways."""
    space = atlas.relatedness.space("2020")
    row = [place.id for place in space.places].index("110112")
    column = INDUSTRIES.index("J")
    assert space.quotients[row, column] == pytest.approx(
        atlas.value("lq_finance", "110112", "2020").value
    )
    (other, near), *_ = nearest(space, "J", 3)
    held = space.specialised
    both = (held[:, column] & held[:, INDUSTRIES.index(other)]).sum()
    most = max(held[:, column].sum(), held[:, INDUSTRIES.index(other)].sum())
    assert near == pytest.approx(both / most)
    assert space.source_ids
