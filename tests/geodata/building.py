"""A small build and a small layout for the tests."""

from pathlib import Path
from typing import Any

import pandas as pd

from geodata.build.build import build
from geodata.build.cache import Manifest
from geodata.build.steps import BuildContext, Step, compress
from geodata.places.layout import Layout
from geodata.places.regions import Regions
from geodata.places.schemes import build_layout
from geodata.records import Name

NAME = Name("写", "writing")


def silent(_: str) -> None:
    """Report nothing."""


def small(blob: bytes = b'{"type":"FeatureCollection"}') -> list[Step]:
    """Give a build of one product, with its compressed siblings."""

    def write(context: BuildContext) -> None:
        context.write("county-overview.geojson", blob)

    return [Step(NAME, write), Step(NAME, compress)]


def make(folder: Path, **options: Any) -> Manifest:  # noqa: ANN401
    return build(folder, **{"progress": silent, "steps": small(), **options})


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def small_layout(
    regions: Regions, folder: Path, members: list[tuple[str, str]], circle: str = "c"
) -> Layout:
    """Give a layout of one scheme with one circle, whose members are codes with roles."""
    head = "scheme,circle,zh,en,year,missing,definition_zh,definition_en,note_zh,note_en"
    lines = [head, "s,,方案,Scheme,2020,,定义,Definition,,", "s,c,圈,Circle,,0,,,,"]
    (folder / "schemes.csv").write_text("\n".join(lines), encoding="utf-8")
    rows = [
        {"scheme": "s", "circle_id": circle, "circle_zh": "圈", "circle_en": "Circle"}
        | {"region_code": code, "role": role, "source_id": "a;b", "note": ""}
        for code, role in members
    ]
    return build_layout(pd.DataFrame(rows), regions, folder / "schemes.csv")
