"""What the pages and the notebooks tell a newcomer to type does run, and shows no machine."""

from __future__ import annotations

import contextlib
import json
import re
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from geodata.build import cache
from tests.conftest import ROOT
from tests.notebooks import NOTEBOOKS, run

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.build.cache import Manifest

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = [
    example
    for page in PAGES
    for example in re.findall(
        r"^```python\n(.+?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
]
SERVER = "http://127.0.0.1:8050"


@pytest.fixture(autouse=True)
def _drawn_nowhere(manifest: Manifest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    monkeypatch.setenv(cache.ENVIRONMENT, str(manifest.folder.parent))


@pytest.mark.parametrize("example", EXAMPLES, ids=[text.split("\n")[0][2:] for text in EXAMPLES])
def test_an_example_of_the_pages_runs(example: str, app_url: str) -> None:
    names: dict[str, object] = {}
    exec(compile(example.replace(SERVER, app_url), "example", "exec"), names)  # noqa: S102
    frames = [one for one in names.values() if isinstance(one, pd.DataFrame)]
    assert frames
    assert not any(frame.empty for frame in frames)
    with contextlib.suppress(ImportError):
        from matplotlib import pyplot as plt  # noqa: PLC0415

        plt.close("all")


def test_the_pages_have_an_example_of_each_way_to_the_figures() -> None:
    libraries = ("pandas", "geopandas", "geodata")
    assert [name for name in libraries if not any(f"import {name} as" in e for e in EXAMPLES)] == []


def code_of(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def kinds(cell: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(one["output_type"], sorted(one.get("data", ()))) for one in cell["outputs"]]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_has_been_run(path: Path) -> None:
    kept = code_of(json.loads(path.read_text(encoding="utf-8")))
    now = code_of(run(path))
    # Figures may be corrected; what kind of answer each cell gives may not change unseen.
    assert [kinds(cell) for cell in kept] == [kinds(cell) for cell in now]
    assert [cell["execution_count"] for cell in kept] == list(range(1, len(kept) + 1))
    assert sum(bool(cell["outputs"]) for cell in kept) > 5
    assert any(kind == ("display_data", ["image/png"]) for cell in kept for kind in kinds(cell))


def test_there_are_two_notebooks() -> None:
    assert len(NOTEBOOKS) >= 2
