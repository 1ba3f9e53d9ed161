"""Areas along parallels: as wide as they are, in as many stretches as they have."""

import geopandas as gpd
import pytest
import shapely

from geodata.atlas import Atlas
from geodata.places.strips import strips
from geodata.records import PARALLELS, REGION_ID


def test_an_area_with_a_hole_has_two_stretches_where_the_hole_is() -> None:
    ring = shapely.box(114, 39, 115, 40) - shapely.box(114.4, 39.45, 114.6, 39.55)
    found = strips(gpd.GeoDataFrame({"region_code": ["a"]}, geometry=[ring], crs="EPSG:4326"))
    rows = {
        number: own[["west", "east"]].to_numpy().tolist()
        for number, own in found.groupby("parallel")
    }
    assert rows[round(39.2 * PARALLELS)] == [[114, 115]]
    assert sorted(rows[round(39.52 * PARALLELS)]) == [[114, 114.4], [114.6, 115]]


def test_the_atlas_knows_how_far_each_circle_and_the_whole_reach(atlas: Atlas) -> None:
    whole = atlas.strips(REGION_ID)
    assert min(west for _, west, _ in whole) == pytest.approx(113.45, abs=0.05)
    assert max(east for _, _, east in whole) == pytest.approx(119.87, abs=0.05)
    assert all(atlas.strips(one.key) for scheme in atlas.schemes for one in scheme.circles)
    assert atlas.strips("nowhere") == ()
