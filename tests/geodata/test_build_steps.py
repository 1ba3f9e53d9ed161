"""What the steps of a build write: products named by content, polygons, outlines, frames."""

import gzip
import json
from pathlib import Path
from types import SimpleNamespace

import brotli  # type: ignore[import-untyped]
import pandas as pd
import pytest

from geodata.build import steps as written
from geodata.build.steps import Step
from tests.geodata.building import NAME, contents, make, small


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
    frames = SimpleNamespace(chosen=frame, census=frame, incomparable=frame, printed=frame)
    monkeypatch.setattr("geodata.build.atlas_data.compute_frames", lambda _: frames)
    manifest = make(folder, steps=[Step(NAME, written.write_atlas)])
    assert sorted(manifest.products) == [
        "census.parquet",
        "chosen.parquet",
        "incomparable.parquet",
        "printed.parquet",
    ]
    pd.testing.assert_frame_equal(pd.read_parquet(manifest.path("chosen.parquet")), frame)
