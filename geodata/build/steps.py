"""What a build writes, step by step.

A product is a file with its content's hash in its name, so that a browser may keep it for ever.
The steps import what they need when they run: a start with a finished build loads none of it.
"""
# ruff: noqa: PLC0415

import gzip
import hashlib
import io
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import brotli  # type: ignore[import-untyped]

from geodata.build import cache
from geodata.build.cache import FileRecord
from geodata.errors import FactsError
from geodata.records import LANGUAGES, MAP_LEVELS, REGION_ID, Name

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    import shapely

    from geodata.build.atlas_data import Frames

HASH_LENGTH: Final = 12
ENCODERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "br": brotli.compress,
    # No time stamp: the same content must give the same file in every build.
    "gz": partial(gzip.compress, compresslevel=9, mtime=0),
}
"""Both release the interpreter's lock, so that threads use the other cores."""


@dataclass(frozen=True)
class BuildContext:
    """What the steps share: an unfinished folder, and the counties once they are read."""

    folder: Path
    pool: Executor
    products: dict[str, str] = field(default_factory=dict)
    files: dict[str, FileRecord] = field(default_factory=dict)
    compressed: "dict[str, Future[bytes]]" = field(default_factory=dict)

    @cached_property
    def counties(self) -> Mapping[str, "gpd.GeoDataFrame"]:
        """The 199 counties in each level of detail, ``overview`` and ``detail``."""
        from geodata.places import boundaries

        shipped = boundaries.read_counties()
        return {"overview": boundaries.overview(shipped), "detail": boundaries.detail(shipped)}

    @cached_property
    def frames(self) -> "Frames":
        """The chosen figures, the completed census rows and what cannot be compared."""
        from geodata.build import atlas_data
        from geodata.facts import statistics

        return atlas_data.compute_frames(statistics.read_observations())

    def write(self, name: str, blob: bytes) -> str:
        """Write a product ``stem.suffix`` and return its file name ``stem.<hash>.suffix``.

        A map file begins to be compressed, while other work goes on.

        Raises
        ------
        CacheError
            If the file cannot be written.
        """
        stem, suffix = name.rsplit(".", 1)
        file = f"{stem}.{hashlib.sha256(blob).hexdigest()[:HASH_LENGTH]}.{suffix}"
        self.products[name] = file
        self.write_as(file, blob)
        if suffix == "geojson":
            for code, squeeze in ENCODERS.items():
                self.compressed[f"{file}.{code}"] = self.pool.submit(squeeze, blob)
        return file

    def write_as(self, file: str, blob: bytes) -> None:
        """Write a file under exactly this name."""
        path = self.folder / file
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(blob)
        except OSError as error:
            raise cache.unusable(self.folder.parent, error) from None
        self.files[file] = FileRecord.of(blob)

    def write_frame(self, name: str, frame: "pd.DataFrame") -> str:
        """Write a frame as a Parquet product."""
        buffer = io.BytesIO()
        frame.to_parquet(buffer, index=False)
        return self.write(name, buffer.getvalue())

    def write_shapes(self, name: str, shapes: Mapping[str, "shapely.Geometry"]) -> str:
        """Write shapes, by feature id, as a GeoJSON product."""
        from geodata.places import boundaries

        return self.write(name, boundaries.to_geojson(shapes))

    def write_polygons(self, name: str, frame: "gpd.GeoDataFrame") -> str:
        """Write rows of ``region_code`` and ``geometry`` as a GeoJSON product."""
        return self.write_shapes(name, dict(zip(frame["region_code"], frame.geometry, strict=True)))


@dataclass(frozen=True)
class Step:
    """One stage of a build: what the reader is told, and what writes the files."""

    name: Name
    run: Callable[[BuildContext], None]


def write_facts(context: BuildContext) -> None:
    """Check every fact, and keep a copy: a build is read without the tables it was made from.

    Raises
    ------
    FactsError
        At the first fault, with the number of further ones.
    """
    from geodata.catalog import note_faults
    from geodata.facts import check as facts_check

    tables = cache.SOURCE_ROOT / "tables"
    faults = facts_check.find_faults(tables) or [*note_faults(tables)]
    if faults:
        raise FactsError(*faults)
    for path in cache.fact_files():
        context.write_as(path.relative_to(cache.SOURCE_ROOT).as_posix(), path.read_bytes())


def write_regions(context: BuildContext) -> None:
    """Write counties, prefectures and provinces as polygons."""
    from geodata.places import boundaries

    for detail, counties in context.counties.items():
        context.write_polygons(f"county-{detail}.geojson", counties)
        context.write_polygons(f"prefecture-{detail}.geojson", boundaries.prefectures(counties))
        context.write_polygons(f"province-{detail}.geojson", boundaries.provinces(counties))


def write_circles(context: BuildContext) -> None:
    """Write the outlines of all circles, a file for each scheme, and how far they reach."""
    from geodata.places import boundaries, schemes, strips

    circles = schemes.circle_counties()
    write_outlines(context, circles)
    counties = context.counties["overview"]
    full = {key: codes for key, codes in circles.items() if "#" not in key}
    drawn = boundaries.dissolve_groups(counties, {REGION_ID: [*counties["region_code"]], **full})
    context.write_frame("strips.parquet", strips.strips(drawn))


def write_outlines(context: BuildContext, circles: Mapping[str, Collection[str]]) -> None:
    """Write ``circle-<scheme>-<detail>.geojson`` for circles keyed ``scheme/circle``.

    Parameters
    ----------
    context
        The build.
    circles
        Circle key → codes of the counties inside its outline.
    """
    from geodata.places import boundaries

    schemes: dict[str, dict[str, Collection[str]]] = {}
    for key, codes in circles.items():
        schemes.setdefault(key.partition("/")[0], {})[key] = codes
    for detail, counties in context.counties.items():
        for scheme, groups in schemes.items():
            outlines = boundaries.dissolve_groups(counties, groups)
            context.write_polygons(f"circle-{scheme}-{detail}.geojson", outlines)


def write_atlas(context: BuildContext) -> None:
    """Write the chosen figures, the completed census rows and what cannot be compared."""
    from geodata.build import atlas_data

    for name in atlas_data.FRAMES:
        context.write_frame(f"{name}.parquet", getattr(context.frames, name))


def write_space(context: BuildContext) -> None:
    """Write the global and local spatial statistics of the counties."""
    from geodata.build import atlas_data, autocorrelation
    from geodata.build.readings import Readings
    from geodata.places import boundaries

    weights = autocorrelation.weights_of(context.counties["detail"], boundaries.ALBERS)
    tables = autocorrelation.compute(Readings(atlas_data.assemble(context.frames)), weights)
    for name in atlas_data.SPATIAL_FRAMES:
        context.write_frame(f"{name}.parquet", getattr(tables, name))


def write_labels(context: BuildContext) -> None:
    """Write ``label-<level>-<language>.geojson``: a point with the name of each region."""
    from geodata.facts import statistics
    from geodata.places import regions as places

    regions = places.build_regions(statistics.read_table("regions"))
    for level in MAP_LEVELS:
        for lang in LANGUAGES:
            context.write(
                f"label-{level}-{lang}.geojson", places.label_points(regions, level, lang)
            )


def compress(context: BuildContext) -> None:
    """Put ``.br`` and ``.gz`` beside every GeoJSON file, so that no request compresses again."""
    for file, blob in context.compressed.items():
        context.write_as(file, blob.result())


STEPS: Final = (
    Step(Name("核对全部数据表", "checking all tables"), write_facts),
    Step(Name("绘制县、市、省三级区划", "drawing counties, prefectures, provinces"), write_regions),
    Step(Name("勾画各方案都市圈", "outlining the circles of each scheme"), write_circles),
    Step(Name("标注地名", "placing the names"), write_labels),
    Step(
        Name("读取统计表，选定数字并计算指标", "reading the tables, choosing the figures"),
        write_atlas,
    ),
    Step(
        Name("计算空间自相关（置换检验）", "testing spatial autocorrelation by permutation"),
        write_space,
    ),
    Step(Name("压缩地图文件", "compressing the map files"), compress),
)
"""In order; a further product is a further step before the last.

Maps come first: they are compressed in threads while the figures are computed.
"""
