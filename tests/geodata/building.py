"""A small build for the tests of build and cache."""

from pathlib import Path
from typing import Any

from geodata.build import build
from geodata.build_steps import BuildContext, Step, compress
from geodata.cache import Manifest
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
