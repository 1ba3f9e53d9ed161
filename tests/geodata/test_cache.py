"""The cache is never half believed."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.build import cache
from geodata.build.cache import Manifest, load_manifest
from geodata.build.steps import BuildContext, Step
from geodata.errors import AtlasError, CacheError
from tests.geodata.building import NAME, contents, make, small

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
    assert load_manifest(folder) == manifest


def test_a_flipped_bit_is_noticed_and_the_build_made_anew(folder: Path) -> None:
    manifest = make(folder)
    flip(product_of(manifest))
    assert manifest.altered() == [product_of(manifest).name]
    assert load_manifest(folder) is None
    make(folder)
    assert manifest.altered() == []
    assert load_manifest(folder) == manifest


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


def test_any_bit_that_flips_in_a_manifest_is_noticed(folder: Path) -> None:
    path = make(folder).folder / cache.MANIFEST
    whole = path.read_bytes()
    for at in range(len(whole)):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << (at % 7)
        path.write_bytes(flipped)
        assert load_manifest(folder) is None, at
    path.write_bytes(whole)
    assert load_manifest(folder)


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
