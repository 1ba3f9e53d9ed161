"""Fixtures for the tests of build and cache."""

from pathlib import Path

import pytest

from geodata.build import cache


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


@pytest.fixture(autouse=True)
def _no_user_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test out of the cache of whoever runs it."""
    monkeypatch.setenv(cache.ENVIRONMENT, str(tmp_path / "default"))
