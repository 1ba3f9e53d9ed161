"""Everything the running atlas reads, written once into the user's cache folder.

A product is a file with its content's hash in its name, so that a browser may keep it for ever.
The steps import what they need when they run: a start with a finished build loads none of it.
"""
# ruff: noqa: PLC0415

import gzip
import hashlib
import io
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import brotli  # type: ignore[import-untyped]

from geodata import cache
from geodata.cache import FileRecord, Manifest
from geodata.errors import FactsError
from geodata.records import Name

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    import shapely

    from geodata.parts import Frames

LANGUAGES: Final = ("zh", "en")
KEPT_BUILDS: Final = 3
STALE_SECONDS: Final = 24 * 3600
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
        from geodata import boundaries

        shipped = boundaries.read_counties()
        return {"overview": boundaries.overview(shipped), "detail": boundaries.detail(shipped)}

    @cached_property
    def frames(self) -> "Frames":
        """The chosen figures, the completed census rows and what cannot be compared."""
        from geodata import parts, statistics

        return parts.compute_frames(statistics.read_observations())

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
        self.keep(file, blob)
        if suffix == "geojson":
            for code, squeeze in ENCODERS.items():
                self.compressed[f"{file}.{code}"] = self.pool.submit(squeeze, blob)
        return file

    def keep(self, file: str, blob: bytes) -> None:
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
        from geodata import boundaries

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
    from geodata import facts_check

    faults = facts_check.find_faults(cache.SOURCE_ROOT / "tables")
    if faults:
        raise FactsError(*faults)
    for path in cache.fact_files():
        context.keep(path.relative_to(cache.SOURCE_ROOT).as_posix(), path.read_bytes())


def write_regions(context: BuildContext) -> None:
    """Write counties, prefectures and provinces as polygons."""
    from geodata import boundaries

    for detail, counties in context.counties.items():
        context.write_polygons(f"county-{detail}.geojson", counties)
        context.write_polygons(f"prefecture-{detail}.geojson", boundaries.prefectures(counties))
        context.write_polygons(f"province-{detail}.geojson", boundaries.provinces(counties))


def write_circles(context: BuildContext) -> None:
    """Write the outlines of all circles, a file for each scheme."""
    from geodata import schemes

    write_outlines(context, schemes.circle_counties())


def write_outlines(context: BuildContext, circles: Mapping[str, Collection[str]]) -> None:
    """Write ``circle-<scheme>-<detail>.geojson`` for circles keyed ``scheme/circle``.

    Parameters
    ----------
    context
        The build.
    circles
        Circle key → codes of the counties inside its outline.
    """
    from geodata import boundaries

    schemes: dict[str, dict[str, Collection[str]]] = {}
    for key, codes in circles.items():
        schemes.setdefault(key.partition("/")[0], {})[key] = codes
    for detail, counties in context.counties.items():
        for scheme, groups in schemes.items():
            outlines = boundaries.dissolve_groups(counties, groups)
            context.write_polygons(f"circle-{scheme}-{detail}.geojson", outlines)


def write_atlas(context: BuildContext) -> None:
    """Write the chosen figures, the completed census rows and what cannot be compared."""
    from geodata import parts

    for name in parts.FRAMES:
        context.write_frame(f"{name}.parquet", getattr(context.frames, name))


def write_space(context: BuildContext) -> None:
    """Write the global and local spatial statistics of the counties."""
    from geodata import autocorrelation, boundaries, parts
    from geodata.readings import Readings

    weights = autocorrelation.weights_of(context.counties["detail"], boundaries.ALBERS)
    tables = autocorrelation.compute(Readings(parts.assemble(context.frames)), weights)
    for name in parts.SPATIAL_FRAMES:
        context.write_frame(f"{name}.parquet", getattr(tables, name))


def write_labels(context: BuildContext) -> None:
    """Write ``label-<level>-<language>.geojson``: a point with the name of each region."""
    from geodata import places, statistics

    regions = places.build_regions(statistics.read_table("regions"))
    for level in ("county", "city"):
        for lang in LANGUAGES:
            context.write(
                f"label-{level}-{lang}.geojson", places.label_points(regions, level, lang)
            )


def compress(context: BuildContext) -> None:
    """Put ``.br`` and ``.gz`` beside every GeoJSON file, so that no request compresses again."""
    for file, blob in context.compressed.items():
        context.keep(file, blob.result())


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


def build(
    cache_dir: Path | None = None,
    *,
    force: bool = False,
    progress: Callable[[str], None] = print,
    steps: Sequence[Step] = STEPS,
) -> Manifest:
    """Return the build that fits the present facts and code, making it where there is none.

    Several processes may build at once: each works in a folder of its own and moves finished
    files into place one by one, the manifest last; their contents are the same.

    Parameters
    ----------
    cache_dir
        The cache folder; ``JJJ_ATLAS_CACHE`` or the user's own where None.
    force
        Build again even where a finished build fits.
    progress
        Is told one line for each step, and one at the end.
    steps
        What to do, in order.

    Raises
    ------
    CacheError
        If the folder cannot be read or written.
    BoundaryError
        If the boundary file is missing or altered.
    FactsError
        If a table breaks its rules.
    """
    root = cache_dir or cache.default_folder()
    finished = None if force else cache.load_manifest(root)
    if finished:
        return finished
    started = time.monotonic()
    digest = cache.inputs_digest()
    with _workshop(root) as folder, ThreadPoolExecutor() as pool:
        context = BuildContext(folder, pool)
        for number, step in enumerate(steps, start=1):
            progress(f"[{number}/{len(steps)}] {step.name.zh} · {step.name.en}")
            step.run(context)
        place = cache.build_folder(root, digest)
        manifest = Manifest(place, digest, context.products, context.files, cache.code_digest())
        _publish(folder, manifest)
    _prune(root, keep=manifest.folder)
    seconds = time.monotonic() - started
    progress(f"完成，用时 {seconds:.1f} 秒 · done in {seconds:.1f} s: {manifest.folder}")
    return manifest


@contextmanager
def _workshop(root: Path) -> Iterator[Path]:
    """Give a folder of our own beside the finished builds, gone at the end."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="unfinished-", dir=root))
    except OSError as error:
        raise cache.unusable(root, error) from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _publish(unfinished: Path, manifest: Manifest) -> None:
    """Move the files into place, the manifest last: without it nothing counts as built."""
    try:
        manifest.folder.mkdir(exist_ok=True)
        for name, record in manifest.files.items():
            target = manifest.folder / name
            target.parent.mkdir(exist_ok=True, parents=True)
            # A file that another process has open is left alone where it is already right.
            if not target.is_file() or FileRecord.of(target.read_bytes()) != record:
                (unfinished / name).replace(target)
        draft = unfinished / cache.MANIFEST
        draft.write_text(manifest.to_json(), encoding="utf-8")
        draft.replace(manifest.folder / cache.MANIFEST)
    except OSError as error:
        raise cache.unusable(manifest.folder.parent, error) from None


def _prune(root: Path, keep: Path) -> None:
    """Remove builds of earlier facts or code but the latest, and what a crash left behind."""
    # Another process may be tidying too, so a folder that has just gone is no fault.
    with suppress(OSError):
        others = sorted(
            (path for path in root.glob("build-*") if path != keep),
            key=lambda path: path.stat().st_mtime,
            reverse=True,
        )
        limit = time.time() - STALE_SECONDS
        left = [p for p in root.glob("unfinished-*") if p.stat().st_mtime < limit]
        for path in [*others[KEPT_BUILDS - 1 :], *left]:
            shutil.rmtree(path, ignore_errors=True)
