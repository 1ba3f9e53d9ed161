"""The cache: built once, rebuilt when its inputs change, never half believed."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.build import cache
from geodata.build.build import build
from geodata.build.cache import load_manifest
from geodata.build.steps import BuildContext, Step
from geodata.errors import CacheError
from tests.conftest import ROOT
from tests.geodata.building import NAME, contents, make, silent, small


def test_an_unknown_product_gets_a_sentence(folder: Path) -> None:
    with pytest.raises(CacheError, match=r"holds no moon\.geojson"):
        make(folder).path("moon.geojson")


def test_each_step_is_announced_in_both_languages(folder: Path) -> None:
    lines: list[str] = []
    make(folder, progress=lines.append)
    assert lines[:2] == ["[1/2] 写 · writing", "[2/2] 写 · writing"]
    assert lines[2].startswith("完成")
    assert len(lines) == 3


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
from geodata.build.build import build
from geodata.build.steps import STEPS
steps = [STEPS[1], STEPS[-1]]
build(Path(sys.argv[1]), force=True, steps=steps, progress=lambda _: None)
"""


def test_two_processes_may_build_at_once(folder: Path) -> None:
    command = [sys.executable, "-c", CHILD, str(folder)]
    children = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]  # noqa: S603
    assert [child.wait(timeout=60) for child in children] == [0, 0]
    manifest = load_manifest(folder)
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
            missing += load_manifest(folder) is None

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
from geodata.build.build import build
from geodata.build.cache import load_manifest
assert load_manifest(Path(sys.argv[1])) == build(Path(sys.argv[1])) is not None
heavy = {"geopandas", "shapely", "pandas", "pyarrow", "numpy", "pyproj"} & set(sys.modules)
assert not heavy, heavy
"""


def test_a_later_start_loads_neither_frames_nor_polygons(folder: Path) -> None:
    make(folder)
    command = [sys.executable, "-c", START, str(folder)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0  # noqa: S603
