"""Co-agglomeration against hand-computed cases, its identities and the printed counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geodata.errors import UnknownNameError
from geodata.measures.coagglomeration import coagglomeration, coagglomeration_interval
from geodata.measures.functions import PRODUCER_SERVICES

if TYPE_CHECKING:
    from geodata.atlas import Atlas

TWO = np.array([[30.0, 10.0], [10.0, 30.0]])
"""Two areas and two industries: shares ¾ and ¼, and the other way round; both areas are of ½."""


def test_the_index_by_hand() -> None:
    """(¼·−¼ + −¼·¼) / (1 − ½) = −¼ between them, +¼ with itself."""
    assert coagglomeration(TWO, TWO) == pytest.approx(np.array([[0.25, -0.25], [-0.25, 0.25]]))


def test_the_sum_of_all_by_the_formula() -> None:
    """Three areas, by loops: shares, mean shares, products."""
    workers = np.array([[5.0, 1.0, 2.0], [3.0, 4.0, 2.0], [2.0, 5.0, 6.0]])
    shares = workers / workers.sum(axis=0)
    size = shares.mean(axis=1)
    by_hand = sum(
        (shares[area, 0] - size[area]) * (shares[area, 2] - size[area]) for area in range(3)
    ) / (1 - sum(one**2 for one in size))
    assert coagglomeration(workers, workers)[0, 2] == pytest.approx(by_hand)


def test_the_interval_is_the_same_every_time_and_holds_the_index() -> None:
    made = np.random.default_rng(3).gamma(2.0, size=(80, 4))
    low, high = coagglomeration_interval(made, made)
    again = coagglomeration_interval(made, made)
    index = coagglomeration(made, made)
    assert np.array_equal(low, again[0])
    assert (low < high).all()
    off = ~np.eye(4, dtype=bool)
    assert ((low < index) & (index < high))[off].all()


def test_areas_all_alike_leave_nothing_to_chance() -> None:
    """Every draw of areas of equal shares is the same: 0, without width."""
    made = np.ones((6, 2))
    low, high = coagglomeration_interval(made, made)
    assert low == pytest.approx(0.0, abs=1e-12)
    assert high == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize(
    "wrong", [TWO[:1], -TWO, np.array([[np.nan, 1.0], [1.0, 1.0]]), np.zeros((2, 2))]
)
def test_wrong_numbers_are_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"differ|known workers"):
        coagglomeration(wrong, TWO)


def test_manufacturing_and_services_from_the_counts_of_the_atlas(atlas: Atlas) -> None:
    """The pair of finance and of all five sections, by the formula, from the sampled workers."""
    found = atlas.coagglomeration.of("2020")
    codes = [place.id for place in atlas.regions("county")]
    assert found.counties == len(codes)
    table = np.array(
        [[row.count or 0 for row in atlas.industry(code, "2020").rows] for code in codes],
        dtype=float,
    )
    sectors = [row.sector for row in atlas.industry(codes[0], "2020").rows]
    shares = table / table.sum(axis=0)
    size = shares.mean(axis=1)
    making = shares[:, sectors.index("C")]
    services = table[:, [sectors.index(letter) for letter in PRODUCER_SERVICES]].sum(axis=1)
    for key, share in (("J", shares[:, sectors.index("J")]), ("all", services / services.sum())):
        by_hand = ((share - size) * (making - size)).sum() / (1 - (size**2).sum())
        pair = next(one for one in found.pairs if one.service == key)
        assert pair.index.value == pytest.approx(by_hand)
        assert pair.low < by_hand < pair.high
    assert found.pairs[0].index.source_ids


def test_counties_without_counts_are_named(atlas: Atlas) -> None:
    found = atlas.coagglomeration.of("2010")
    assert found.counties + len(found.lacking) == len(atlas.regions("county"))
    with pytest.raises(UnknownNameError):
        atlas.coagglomeration.of("2015")
