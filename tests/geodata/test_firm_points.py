"""Points of firms: systems of coordinates, what is wrong with some, and the county of each."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from geodata.own.firms import shifts
from geodata.own.firms.points import (
    FAULTS,
    detect_system,
    is_coarse,
    read_points,
    system_of,
)
from geodata.own.firms.raster import Raster, build_raster

if TYPE_CHECKING:
    from numpy.typing import NDArray

SQUARES = np.array(
    # Two squares of half a degree side by side, and above them one with a hole.
    [
        shapely.box(116, 39, 116.5, 39.5),
        shapely.box(116.5, 39, 117, 39.5),
        shapely.Polygon(
            [(116, 39.5), (117, 39.5), (117, 40), (116, 40)],
            [[(116.4, 39.7), (116.4, 39.8), (116.6, 39.8), (116.6, 39.7)]],
        ),
    ],
    dtype=object,
)


@pytest.fixture(scope="module")
def squares() -> Raster:
    return build_raster(["1", "2", "3"], SQUARES)


def some_points(n: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    chance = np.random.default_rng(4)
    return chance.uniform(113.5, 119.8, n), chance.uniform(36.1, 42.6, n)


def test_systems_of_coordinates_lead_there_and_back() -> None:
    lon, lat = some_points(2_000)
    gcj = shifts.wgs_to_gcj(lon, lat)
    for back in (shifts.gcj_to_wgs(*gcj), shifts.bd_to_wgs(*shifts.gcj_to_bd(*gcj))):
        apart = np.hypot((back[0] - lon) * 111_320, (back[1] - lat) * 111_320)
        assert apart.max() < 0.2


def test_the_systems_are_those_of_the_map_services() -> None:
    # The examples that the library coordtransform has in its documentation.
    at = np.array([116.404]), np.array([39.915])
    for shifted, east, north in (
        (shifts.wgs_to_gcj(*at), 116.41024449916938, 39.91640428150164),
        (shifts.gcj_to_bd(*at), 116.41036949371029, 39.92133699351021),
        (shifts.bd_to_gcj(*at), 116.39762729119315, 39.90865673957631),
    ):
        assert shifted[0][0] == pytest.approx(east, abs=1e-9)
        assert shifted[1][0] == pytest.approx(north, abs=1e-9)


def test_a_point_is_in_the_county_around_it_and_on_a_border_in_the_first(
    squares: Raster,
) -> None:
    lon = np.array([116.1, 116.9, 116.5, 116.5, 116.2, 116.5, 115.9, np.nan, 116.4])
    lat = np.array([39.1, 39.1, 39.25, 39.5, 39.5, 39.75, 39.1, 39.1, 39.75])
    # The corner of all three belongs to the first, the middle of the hole to none, its edge to 3.
    assert squares.county_of(lon, lat).tolist() == [0, 1, 0, 0, 0, -1, -1, -1, 2]


def test_the_raster_answers_as_a_tree_of_the_outlines_does(squares: Raster) -> None:
    chance = np.random.default_rng(5)
    lon, lat = chance.uniform(115.9, 117.1, 20_000), chance.uniform(38.9, 40.1, 20_000)
    on = shapely.get_coordinates(shapely.segmentize(SQUARES, 0.01))
    lon, lat = np.concatenate([lon, on[:, 0]]), np.concatenate([lat, on[:, 1]])
    point, county = shapely.STRtree(SQUARES).query(shapely.points(lon, lat), "intersects")
    first = np.full(len(lon), 99)
    np.minimum.at(first, point, county)
    first[first == 99] = -1
    assert squares.county_of(lon, lat).tolist() == first.tolist()


def test_a_raster_that_has_answered_goes_to_another_process(squares: Raster) -> None:
    squares.county_of(np.array([116.5]), np.array([39.3]))
    again = pickle.loads(pickle.dumps(squares))  # noqa: S301 - made in the line before
    assert again.county_of(np.array([116.7]), np.array([39.3])).tolist() == [1]


@pytest.mark.parametrize(
    ("lon", "lat", "fault"),
    [
        ("116.4122", "39.9402", ""),
        ("116°24′44″E", "39°56′25″N", ""),
        ("116,4122", "39,9402", ""),
        ("１１６．４", "３９．９", ""),
        ("39.9402", "116.4122", "point_swapped"),
        ("0", "0", "point_filler"),
        ("", "", "point_empty"),
        ("-", "N/A", "point_empty"),
        ("116.4", "", "point_unread"),
        ("东经116", "39.9", "point_unread"),
        ("116°75′", "39.9", "point_unread"),
        ("1164122", "399402", "point_nowhere"),
        ("12957000", "4853000", "point_metres"),
        ("4853000", "39457000", "point_metres"),
        ("inf", "39.9", "point_unread"),
    ],
)
def test_a_point_is_read_or_told_what_is_wrong_with_it(lon: str, lat: str, fault: str) -> None:
    assert FAULTS[read_points([lon], [lat]).fault[0]] == fault


def test_degrees_minutes_and_seconds_are_a_point() -> None:
    points = read_points(["116°24′44″E"], ["39°56′25″N"])
    # 24/60 + 44/3600 = 0.41222…; 56/60 + 25/3600 = 0.94027…
    assert points.lon[0] == pytest.approx(116.412222, abs=1e-6)
    assert points.lat[0] == pytest.approx(39.940278, abs=1e-6)


def test_a_point_of_one_decimal_is_coarse() -> None:
    lon, lat = np.array([116.4, 116.4, 116.0]), np.array([39.9, 39.94, 40.0])
    assert is_coarse(lon, lat).tolist() == [True, False, True]


def test_a_cell_names_a_system() -> None:
    said = ["WGS-84", "wgs84", "GCJ-02", "GCJ02坐标系", "BD-09", "CGCS2000", "EPSG:4490", "北京54"]
    known = ["wgs84", "wgs84", "gcj02", "gcj02", "bd09", "wgs84", "wgs84", None]
    assert [system_of(one) for one in said] == known


def test_the_system_is_told_by_the_counties_beside_the_points(squares: Raster) -> None:
    chance = np.random.default_rng(6)
    lon, lat = chance.uniform(116, 117, 5_000), chance.uniform(39, 40, 5_000)
    county = squares.county_of(lon, lat)
    wrong = chance.random(5_000) < 0.05
    county[wrong] = chance.integers(0, 3, wrong.sum())
    gcj = shifts.wgs_to_gcj(lon, lat)
    for system, written in (
        ("wgs84", (lon, lat)),
        ("gcj02", gcj),
        ("bd09", shifts.gcj_to_bd(*gcj)),
    ):
        assert detect_system(*written, county, squares) == system


def test_nothing_is_told_where_nothing_can_be_told(squares: Raster) -> None:
    lon, lat = np.full(500, 116.2), np.full(500, 39.2)
    # Deep in one county all three systems agree; without codes none does.
    assert detect_system(lon, lat, np.zeros(500, np.int16), squares) is None
    assert detect_system(lon, lat, np.full(500, -1, np.int16), squares) is None
