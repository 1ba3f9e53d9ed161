"""The cache: built once, rebuilt when its inputs change, never half believed."""

import gzip
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import brotli  # type: ignore[import-untyped]
import pandas as pd
import pytest

from geodata import build as built
from geodata import cache
from geodata.build import BuildContext, Step, build
from geodata.cache import Manifest, load_manifest
from geodata.errors import AtlasError, CacheError
from geodata.records import Name

REPOSITORY = Path(cache.__file__).parents[1]
NAME = Name("写", "writing")


def silent(_: str) -> None:
    """Report nothing."""


def small(blob: bytes = b'{"type":"FeatureCollection"}') -> list[Step]:
    """Give a build of one product, with its compressed siblings."""

    def write(context: BuildContext) -> None:
        context.write("county-overview.geojson", blob)

    return [Step(NAME, write), Step(NAME, built.compress)]


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the rooms that a build depends on, small enough to be changed."""
    root = tmp_path / "source"
    for name in ("tables", "catalog", "measures"):
        (root / name).mkdir(parents=True)
    (root / "tables" / "a.csv").write_text("1")
    (root / "catalog" / "b.csv").write_text("2")
    (root / "measures" / "c.py").write_text("3")
    monkeypatch.setattr(cache, "SOURCE_ROOT", root)
    return root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "cache"


def make(folder: Path, **options: Any) -> Manifest:  # noqa: ANN401
    return build(folder, **{"progress": silent, "steps": small(), **options})


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# -- what is written ------------------------------------------------------------------------


def test_a_product_is_named_by_its_content(folder: Path) -> None:
    manifest = make(folder, steps=small(b"abc"))
    # SHA-256 of "abc", from FIPS 180-2, begins ba7816bf8f01.
    file = "county-overview.ba7816bf8f01.geojson"
    assert manifest.products == {"county-overview.geojson": file}
    assert manifest.path("county-overview.geojson") == manifest.folder / file
    assert (manifest.folder / file).read_bytes() == b"abc"
    assert set(contents(manifest.folder)) == {
        "manifest.json",
        file,
        f"{file}.br",
        f"{file}.gz",
    }


def test_compressed_siblings_hold_the_same_and_are_listed(folder: Path) -> None:
    manifest = make(folder, steps=small(b"abc" * 100))
    path = manifest.path("county-overview.geojson")
    assert manifest.encodings(path.name) == ("br", "gz")
    assert brotli.decompress(Path(f"{path}.br").read_bytes()) == b"abc" * 100
    assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == b"abc" * 100
    assert manifest.encodings("observations.parquet") == ()


def test_an_unknown_product_gets_a_sentence(folder: Path) -> None:
    with pytest.raises(CacheError, match=r"holds no moon\.geojson"):
        make(folder).path("moon.geojson")


def test_each_step_is_announced_in_both_languages(folder: Path) -> None:
    lines: list[str] = []
    make(folder, progress=lines.append)
    assert lines[:2] == ["[1/2] 写 · writing", "[2/2] 写 · writing"]
    assert lines[2].startswith("完成")
    assert len(lines) == 3


def test_two_builds_are_byte_for_byte_the_same(tmp_path: Path) -> None:
    steps = [Step(NAME, built.write_labels), *built.STEPS[-1:]]
    one, two = (make(tmp_path / name, steps=steps).folder for name in ("one", "two"))
    assert contents(one) == contents(two)
    assert len(contents(one)) == 4 * 3 + 1


def test_polygons_are_written_for_three_levels_in_two_details(folder: Path) -> None:
    manifest = make(folder, steps=[Step(NAME, built.write_regions)])
    counts = {
        name: len(json.loads(manifest.path(name).read_bytes())["features"])
        for name in manifest.products
    }
    assert counts == {
        f"{level}-{detail}.geojson": count
        for level, count in (("county", 199), ("prefecture", 14), ("province", 3))
        for detail in ("overview", "detail")
    }


def test_outlines_are_written_for_each_scheme(folder: Path) -> None:
    circles = {"s1/a": ["110101", "110102"], "s1/b": ["110102"], "s2/a": ["131003"]}
    step = Step(NAME, lambda context: built.write_outlines(context, circles))
    manifest = make(folder, steps=[step])
    ids = {
        name: [f["id"] for f in json.loads(manifest.path(name).read_bytes())["features"]]
        for name in manifest.products
    }
    assert ids == {
        "circle-s1-overview.geojson": ["s1/a", "s1/b"],
        "circle-s1-detail.geojson": ["s1/a", "s1/b"],
        "circle-s2-overview.geojson": ["s2/a"],
        "circle-s2-detail.geojson": ["s2/a"],
    }


def test_the_frames_of_the_atlas_are_kept_as_computed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = pd.DataFrame({"region_code": ["110101", ""], "value": [0.1 + 0.2, None]})
    frames = SimpleNamespace(chosen=frame, census=frame, incomparable=frame)
    monkeypatch.setattr("geodata.parts.compute_frames", lambda _: frames)
    manifest = make(folder, steps=[Step(NAME, built.write_atlas)])
    assert sorted(manifest.products) == ["census.parquet", "chosen.parquet", "incomparable.parquet"]
    pd.testing.assert_frame_equal(pd.read_parquet(manifest.path("chosen.parquet")), frame)


# -- when it is written ---------------------------------------------------------------------


def times_built(folder: Path) -> Callable[..., int]:
    """Return a function that builds where needed and tells how often it did so far."""
    count = 0

    def step(context: BuildContext) -> None:
        nonlocal count
        count += 1
        context.write("a.json", b"{}")

    def again(**options: bool) -> int:
        build(folder, progress=silent, steps=[Step(NAME, step)], **options)
        return count

    return again


def test_a_second_start_builds_nothing(folder: Path) -> None:
    again = times_built(folder)
    assert [again(), again(), again(force=True), again()] == [1, 1, 2, 2]


@pytest.mark.parametrize("name", ["tables/a.csv", "catalog/b.csv", "measures/c.py", "new.py"])
def test_changed_facts_or_code_are_built_again(source: Path, folder: Path, name: str) -> None:
    again = times_built(folder)
    assert [again(), again()] == [1, 1]
    (source / name).write_text("changed")
    assert [again(), again()] == [2, 2]


def test_what_changes_no_product_is_not_built_again(source: Path, folder: Path) -> None:
    again = times_built(folder)
    again()
    (source / "tables" / ".a.csv.swp").write_text("an editor's own")
    (source / "measures" / "__pycache__").mkdir()
    (source / "measures" / "__pycache__" / "c.pyc").write_text("compiled")
    assert again() == 1


def test_another_package_version_is_built_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = times_built(folder)
    again()
    monkeypatch.setattr(cache, "version", lambda package: f"{package} of tomorrow")
    assert again() == 2


def test_a_moved_table_is_another_input(source: Path) -> None:
    before = cache.inputs_digest()
    (source / "tables" / "a.csv").rename(source / "tables" / "z.csv")
    assert cache.inputs_digest() != before


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.ENVIRONMENT, str(tmp_path / "chosen"))
    assert build(progress=silent, steps=small()).folder.parent == tmp_path / "chosen"
    assert load_manifest() is not None
    monkeypatch.delenv(cache.ENVIRONMENT)
    assert cache.default_folder().name == "jjj-atlas"


# -- what is not believed -------------------------------------------------------------------


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"\0")


def product_of(manifest: Manifest) -> Path:
    return manifest.path("county-overview.geojson")


@pytest.mark.parametrize("harm", [Path.unlink, cut_short])
@pytest.mark.parametrize("suffix", ["", ".br", ".gz"])
def test_a_lost_or_short_file_is_noticed_and_mended(
    folder: Path, suffix: str, harm: Callable[[Path], None]
) -> None:
    manifest = make(folder)
    before = contents(manifest.folder)
    harm(Path(f"{product_of(manifest)}{suffix}"))
    assert load_manifest(folder) is None
    assert contents(make(folder).folder) == before
    assert load_manifest(folder, verify=True) == manifest


def test_an_altered_file_of_the_same_size_is_noticed_when_verified(folder: Path) -> None:
    manifest = make(folder)
    flip(product_of(manifest))
    assert load_manifest(folder) == manifest
    assert load_manifest(folder, verify=True) is None
    make(folder, force=True)
    assert load_manifest(folder, verify=True) == manifest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"schema":1,"digest":"0","products":{},"files":{"a":3}}',
        '{"schema":1,"digest":"0","products":{"a.json":"a.json"},"files":{}}',
    ],
)
def test_a_manifest_that_is_no_manifest_is_not_believed(folder: Path, text: str) -> None:
    manifest = make(folder)
    (manifest.folder / cache.MANIFEST).write_text(text)
    assert load_manifest(folder) is None
    assert make(folder) == manifest


@pytest.mark.parametrize("key", ["schema", "digest"])
def test_a_manifest_of_another_build_is_not_believed(folder: Path, key: str) -> None:
    path = make(folder).folder / cache.MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), key: "other"}))
    assert load_manifest(folder) is None


def test_a_manifest_cannot_point_outside_its_folder(folder: Path) -> None:
    path = make(folder).folder / cache.MANIFEST
    record = json.loads(path.read_text())
    (folder / "secret").write_bytes(b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    record["files"]["../secret"] = [0, empty]
    path.write_text(json.dumps(record))
    assert load_manifest(folder) is None


def test_a_build_that_breaks_off_leaves_nothing_to_believe(folder: Path) -> None:
    def fail(_: BuildContext) -> None:
        message = "a table breaks its rules"
        raise AtlasError(message)

    with pytest.raises(AtlasError, match="breaks its rules"):
        make(folder, steps=[*small(), Step(NAME, fail)])
    assert load_manifest(folder) is None
    assert list(folder.iterdir()) == []


def test_a_build_that_breaks_off_while_moving_files_is_not_believed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move = Path.replace

    def fail_at_the_manifest(path: Path, target: Path) -> Path:
        if path.name == cache.MANIFEST:
            raise OSError(28, "No space left on device")
        return move(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail_at_the_manifest)
        with pytest.raises(CacheError, match="No space left"):
            make(folder)
    assert load_manifest(folder) is None
    assert load_manifest(folder) != make(folder)


# -- where it cannot be written -------------------------------------------------------------


def test_a_file_in_place_of_the_folder_gets_a_sentence(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    with pytest.raises(CacheError, match=rf"{re.escape(str(folder))} .*JJJ_ATLAS_CACHE"):
        load_manifest(folder)
    with pytest.raises(CacheError, match=rf"{re.escape(str(folder))} .*JJJ_ATLAS_CACHE"):
        make(folder, force=True)
    assert folder.read_text() == "in the way"


@pytest.mark.parametrize("call", ["mkdir", "write_bytes", "replace"])
def test_a_folder_that_cannot_be_written_gets_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, call, refuse)
    with pytest.raises(CacheError, match=r"Permission denied\); make it a folder"):
        make(folder)


def test_a_folder_that_cannot_be_read_gets_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, source: Path
) -> None:
    make(folder)
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.is_relative_to(source):
            return read(path)
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(CacheError, match="Permission denied"):
        load_manifest(folder)


# -- side by side ---------------------------------------------------------------------------

CHILD = """
import sys
from pathlib import Path
from geodata import build as built
steps = [built.STEPS[2], built.STEPS[-1]]
built.build(Path(sys.argv[1]), force=True, steps=steps, progress=lambda _: None)
"""


def test_two_processes_may_build_at_once(folder: Path) -> None:
    command = [sys.executable, "-c", CHILD, str(folder)]
    children = [subprocess.Popen(command, cwd=REPOSITORY) for _ in range(2)]  # noqa: S603
    assert [child.wait(timeout=60) for child in children] == [0, 0]
    manifest = load_manifest(folder, verify=True)
    assert manifest is not None
    assert list(folder.iterdir()) == [manifest.folder]
    assert set(contents(manifest.folder)) == {*manifest.files, cache.MANIFEST}


def test_who_reads_during_a_rebuild_always_finds_a_whole_build(folder: Path) -> None:
    make(folder)
    done = threading.Event()
    missing = 0

    def read() -> None:
        nonlocal missing
        while not done.is_set():
            missing += load_manifest(folder, verify=True) is None

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(20):
        make(folder, force=True)
    done.set()
    reader.join()
    assert missing == 0


def test_old_builds_and_leftovers_are_tidied(source: Path, folder: Path) -> None:
    fresh, stale = folder / "unfinished-fresh", folder / "unfinished-stale"
    for path in (fresh, stale, folder / "something else"):
        path.mkdir(parents=True)
    os.utime(stale, (0, 0))
    made = []
    for number in range(5):
        (source / "tables" / "a.csv").write_text(str(number))
        made.append(make(folder).folder)
        os.utime(made[-1], (number, number))
    assert set(folder.iterdir()) == {*made[-3:], fresh, folder / "something else"}


# -- what a start costs ---------------------------------------------------------------------

START = """
import sys
from pathlib import Path
from geodata.build import build
from geodata.cache import load_manifest
assert load_manifest(Path(sys.argv[1])) == build(Path(sys.argv[1])) is not None
heavy = {"geopandas", "shapely", "pandas", "pyarrow", "numpy", "pyproj"} & set(sys.modules)
assert not heavy, heavy
"""


def test_a_later_start_loads_neither_frames_nor_polygons(folder: Path) -> None:
    make(folder)
    command = [sys.executable, "-c", START, str(folder)]
    assert subprocess.run(command, cwd=REPOSITORY, check=False).returncode == 0  # noqa: S603


@pytest.fixture(autouse=True)
def _no_user_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test out of the cache of whoever runs it."""
    monkeypatch.setenv(cache.ENVIRONMENT, str(tmp_path / "default"))
