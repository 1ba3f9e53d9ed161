"""Spatial autocorrelation against hand-computed lines and lattices, and against esda itself."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import esda
import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, box

from geodata.measures import space

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

METRES = "EPSG:32650"


def lattice(rows: int, columns: int) -> gpd.GeoSeries:
    """Return squares named r<row>c<column>."""
    cells = {f"r{r}c{c}": box(c, r, c + 1, r + 1) for r in range(rows) for c in range(columns)}
    return gpd.GeoSeries(cells, crs=METRES)


def line(number: int) -> space.Neighbourhood:
    """Return squares in a row, each with the next as neighbours."""
    polygons = lattice(1, number)
    return space.among(space.queen(polygons), polygons.index)


def square(side: int) -> space.Neighbourhood:
    polygons = lattice(side, side)
    return space.among(space.queen(polygons), polygons.index)


def numbers(*values: float) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)


def sample(number: int, seed: int = 1) -> NDArray[np.float64]:
    return np.random.default_rng(seed).gamma(2.0, 1.0, number)


# -- who neighbours whom --------------------------------------------------------------------


def test_a_corner_touches_three_an_edge_five_and_the_middle_eight() -> None:
    graph = space.queen(lattice(3, 3))
    counts = dict(zip(graph.unique_ids, graph.cardinalities, strict=True))
    assert counts == {
        **dict.fromkeys(("r0c0", "r0c2", "r2c0", "r2c2"), 3),
        **dict.fromkeys(("r0c1", "r1c0", "r1c2", "r2c1"), 5),
        "r1c1": 8,
    }


def test_the_nearest_are_counted_in_metres_and_need_not_be_mutual() -> None:
    points = gpd.GeoSeries({"a": Point(0, 0), "b": Point(1, 0), "c": Point(3, 0)}, crs=METRES)
    graph = space.nearest(points, k=1)
    assert {c: list(graph[c].index) for c in "abc"} == {"a": ["b"], "b": ["a"], "c": ["b"]}
    assert set(graph.adjacency) == {1.0}


def test_degrees_are_no_distances() -> None:
    points = gpd.GeoSeries([Point(116, 40), Point(117, 39)], crs="EPSG:4326")
    with pytest.raises(ValueError, match="need metres"):
        space.nearest(points, k=1)


@pytest.mark.parametrize("k", [0, 3])
def test_nobody_has_more_neighbours_than_there_are_others(k: int) -> None:
    points = gpd.GeoSeries([Point(0, 0), Point(1, 0), Point(2, 0)], crs=METRES)
    with pytest.raises(ValueError, match="cannot have"):
        space.nearest(points, k=k)


def test_rows_add_up_to_one_again_without_those_left_out() -> None:
    polygons = lattice(1, 4)
    around = space.among(space.queen(polygons), ["r0c0", "r0c1", "r0c2"])
    assert around.codes == ("r0c0", "r0c1", "r0c2")
    assert around.rows.full()[0].tolist() == [[0, 1, 0], [0.5, 0, 0.5], [0, 1, 0]]
    assert around.starred.full()[0].tolist() == [[1, 1, 0], [1, 1, 1], [0, 1, 1]]
    assert around.counts.tolist() == [1, 2, 1]


def test_an_island_is_named_and_left_out() -> None:
    polygons = lattice(1, 6)
    around = space.among(space.queen(polygons), ["r0c0", "r0c1", "r0c2", "r0c5"])
    assert (around.codes, around.islands) == (("r0c0", "r0c1", "r0c2"), ("r0c5",))


# -- hand-computed --------------------------------------------------------------------------

# Four in a row with 1, 1, 1, 5: the mean is 2, z is −1, −1, −1, 3, Σz² is 12, and the means of
# the neighbours' z are −1, −1, (−1 + 3) / 2 = 1, −1.
ROW = numbers(1, 1, 1, 5)


def test_global_moran_by_hand() -> None:
    found = space.global_moran(ROW, line(4))
    # (1 + 1 − 1 − 3) / 12, and −1 / (4 − 1)
    assert (found.n, found.statistic, found.expected) == pytest.approx((4, -1 / 6, -1 / 3))


def test_local_moran_by_hand() -> None:
    # 3 / 12 of 1, 1, −1, −3
    assert space.local_moran(ROW, line(4)).statistic == pytest.approx([0.25, 0.25, -0.25, -0.75])


def test_gi_star_by_hand() -> None:
    # s² = 28 / 4 − 4 = 3. Two are summed at the ends, three between: the square roots are
    # √3 · √(4 / 3) = 2 and √3 · √(3 / 3) = √3; the numerators −2, −3, 1, 2.
    expected = [-1, -(3**0.5), 1 / 3**0.5, 1]
    assert space.local_moran(ROW, line(4)).z == pytest.approx(expected)


def test_a_line_of_alternating_values_is_as_negative_as_can_be() -> None:
    # Every neighbour has the opposite deviation.
    values = numbers(1, 3, 1, 3, 1, 3)
    assert space.global_moran(values, line(6)).statistic == pytest.approx(-1)


def test_global_p_is_that_of_all_orders() -> None:
    """Of the 24 orders of 1, 2, 3, 4 in a row, count those at least as extreme."""
    from itertools import permutations  # noqa: PLC0415 - only here

    def moran(order: Sequence[float]) -> float:
        z = np.array(order) - 2.5
        lag = numbers(z[1], (z[0] + z[2]) / 2, (z[1] + z[3]) / 2, z[2])
        return float(z @ lag / (z @ z))

    values = [moran(order) for order in permutations((1, 2, 3, 4))]
    upper = np.mean([v >= moran((1, 2, 3, 4)) - 1e-9 for v in values])
    found = space.global_moran(numbers(1, 2, 3, 4), line(4), permutations=9_999)
    assert found.p == pytest.approx(2 * upper, abs=0.03)
    centre, spread = np.mean(values), np.std(values)
    assert found.z == pytest.approx((moran((1, 2, 3, 4)) - centre) / spread, abs=0.05)


@pytest.mark.parametrize(
    ("upper", "lower", "p"),
    # 2 (min + 1) / (99 + 1), never above 1
    [(0, 99, 0.02), (99, 0, 0.02), (4, 95, 0.10), (60, 60, 1.0)],
)
def test_the_pseudo_p_counts_both_tails(upper: int, lower: int, p: float) -> None:
    assert space.two_sided(np.array([upper]), np.array([lower]), 99) == pytest.approx(p)


def test_an_equal_simulated_number_counts_in_both_tails() -> None:
    upper, lower = space.tails(numbers(0.3), np.array([[0.1 + 0.2, 0.2, 0.4]]))
    assert (upper.tolist(), lower.tolist()) == ([2], [2])


@settings(deadline=None)
@given(st.integers(3, 12), st.integers(0, 50))
def test_a_place_draws_as_many_others_as_it_has_neighbours_never_itself(n: int, seed: int) -> None:
    counts = np.random.default_rng(seed).integers(1, n - 1, n, endpoint=True)
    # Powers of two tell from the sum who was drawn.
    powers = np.exp2(np.arange(n, dtype=np.float64))
    sums = space.neighbour_sums(powers, counts, 20, seed).astype(np.int64)
    for place, (row, count) in enumerate(zip(sums.tolist(), counts, strict=True)):
        assert {drawn.bit_count() for drawn in row} == {count}
        assert not any(drawn >> place & 1 for drawn in row)


# -- against esda ---------------------------------------------------------------------------


def by_esda(values: NDArray[np.float64], around: space.Neighbourhood) -> tuple[object, object]:
    with warnings.catch_warnings():
        # esda announces that its one-sided p will be two-sided one day; ours is already.
        warnings.simplefilter("ignore", DeprecationWarning)
        local = esda.Moran_Local(values, around.rows, permutations=9_999, seed=7, n_jobs=1)
        star = esda.G_Local(
            values, around.starred, transform="B", star=True, permutations=9_999, seed=7, n_jobs=1
        )
    return local, star


def test_statistics_are_those_of_esda() -> None:
    values, around = sample(64), square(8)
    local, star = by_esda(values, square(8))
    found = space.local_moran(values, around)
    assert found.statistic == pytest.approx(local.Is)  # type: ignore[attr-defined]
    assert found.z == pytest.approx(star.Zs)  # type: ignore[attr-defined]
    whole = esda.Moran(values, around.rows, permutations=0)
    mine = space.global_moran(values, around)
    assert (mine.statistic, mine.expected) == pytest.approx((whole.I, whole.EI))
    # Its z under randomisation is analytical, ours that of 999 permutations.
    assert mine.z == pytest.approx(whole.z_rand, abs=0.15)


def test_the_local_p_is_twice_that_of_esda_for_both_statistics() -> None:
    values, around = sample(64), square(8)
    # A neighbourhood of its own: esda empties the diagonal of the weights it permutes.
    local, star = by_esda(values, square(8))
    mine = space.local_moran(values, around).p
    for one_sided in (local.p_sim, star.p_sim):  # type: ignore[attr-defined]
        assert np.abs(mine - np.minimum(2 * one_sided, 1)).max() < 0.03


# -- what stands out ------------------------------------------------------------------------


def block(high: float) -> tuple[NDArray[np.float64], list[str]]:
    """Return low noise on 12 × 12 squares and a block of 4 × 4 with high values in a corner."""
    values = sample(144, 3) / 10
    names = list(lattice(12, 12).index)
    inside = [f"r{r}c{c}" for r in range(4) for c in range(4)]
    for name in inside:
        values[names.index(name)] += high
    return values, inside


def test_a_block_of_high_values_is_a_cluster_and_hot() -> None:
    values, inside = block(5)
    around = square(12)
    found = space.local_moran(values, around)
    kind = dict(zip(around.codes, found.kind, strict=True))
    hot = dict(zip(around.codes, found.hot, strict=True))
    core = [name for name in inside if "3" not in name]
    assert {kind[name] for name in core} == {"HH"}
    assert {hot[name] for name in core} == {"hot"}
    assert "HL" not in kind.values()
    assert "cold" not in hot.values()


def test_noise_has_no_cluster() -> None:
    found = space.local_moran(sample(144, 5), square(12))
    assert set(found.kind) == set(found.hot) == {"none"}


def test_q_is_benjamini_and_hochberg() -> None:
    found = space.local_moran(block(5)[0], square(12))
    order = np.argsort(found.p)
    ranked = found.p[order] * len(order) / np.arange(1, len(order) + 1)
    expected = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1)
    assert found.q[order] == pytest.approx(expected)


@settings(deadline=None, max_examples=20)
@given(st.floats(0.01, 100))
def test_a_benchmark_changes_nothing(constant: float) -> None:
    values, around = sample(36, 11), square(6)
    one, other = (space.local_moran(v, around, 99) for v in (values, values * constant))
    assert other.statistic == pytest.approx(one.statistic)
    assert other.z == pytest.approx(one.z)
    assert (other.p.tolist(), other.kind, other.hot) == (one.p.tolist(), one.kind, one.hot)
    first, second = (space.global_moran(v, around, 99) for v in (values, values * constant))
    assert second.statistic == pytest.approx(first.statistic)
    assert second.p == first.p


def test_results_do_not_depend_on_what_ran_before() -> None:
    values, around = sample(36), square(6)
    first = space.local_moran(values, around), space.global_moran(values, around)
    np.random.seed(4)  # noqa: NPY002 - the state that others may have left
    space.local_moran(sample(36, 9), around)
    again = space.local_moran(values, around), space.global_moran(values, around)
    assert again[0].p.tolist() == first[0].p.tolist()
    assert again[1] == first[1]


# -- what cannot be computed ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (numbers(0, 0, 0, 0), space.UNIFORM),
        (numbers(0.1 + 0.2, 0.3, 0.3, 0.3), space.UNIFORM),
        (numbers(1, 2), space.FEW),
        # The middle one neighbours all others: every draw is what is seen.
        (numbers(1, 2, 3), space.FEW),
        (numbers(1, 2, 3, 4), ""),
    ],
)
def test_what_cannot_be_examined_says_why(values: NDArray[np.float64], reason: str) -> None:
    around = line(len(values))
    assert space.refusal(values, around) == reason
    for examine in (space.global_moran, space.local_moran):
        if reason:
            with pytest.raises(ValueError, match=reason[:20]):
                examine(values, around)


@pytest.mark.parametrize("values", [numbers(1, 2, 3), numbers(1, np.nan, 2, 3)])
def test_each_place_needs_its_value(values: NDArray[np.float64]) -> None:
    with pytest.raises(ValueError, match="one known number for each of the 4"):
        space.local_moran(values, line(4))
