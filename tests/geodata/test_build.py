"""The cache: built once, rebuilt when its inputs change, never half believed."""

import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import brotli  # type: ignore[import-untyped]
import pandas as pd
import pytest

from geodata import build_steps as written
from geodata import cache
from geodata.build import build
from geodata.build_steps import BuildContext, Step
from geodata.cache import load_manifest
from geodata.errors import CacheError
from tests.geodata.building import NAME, contents, make, silent, small

REPOSITORY = Path(cache.__file__).parents[1]


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
    steps = [Step(NAME, written.write_labels), *written.STEPS[-1:]]
    one, two = (make(tmp_path / name, steps=steps).folder for name in ("one", "two"))
    assert contents(one) == contents(two)
    assert len(contents(one)) == 4 * 3 + 1


def test_polygons_are_written_for_three_levels_in_two_details(folder: Path) -> None:
    manifest = make(folder, steps=[Step(NAME, written.write_regions)])
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
    step = Step(NAME, lambda context: written.write_outlines(context, circles))
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
    manifest = make(folder, steps=[Step(NAME, written.write_atlas)])
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


# -- side by side ---------------------------------------------------------------------------

CHILD = """
import sys
from pathlib import Path
from geodata.build import build
from geodata.build_steps import STEPS
steps = [STEPS[1], STEPS[-1]]
build(Path(sys.argv[1]), force=True, steps=steps, progress=lambda _: None)
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
