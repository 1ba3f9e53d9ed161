"""The folder of own tables: a version is there whole or not at all, whatever comes between."""

from __future__ import annotations

import errno
import json
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from geodata.own import store
from geodata.own.errors import OwnError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = {"figures.csv": b"1"}


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(store.ENVIRONMENT, str(tmp_path))
    return tmp_path / "own"


def test_a_set_is_the_users_alone_and_is_read_as_written(root: Path) -> None:
    saved = store.save("mine", FILES, {"rows": 1})
    assert store.load("mine") == saved
    assert (saved.manifest["format"], saved.manifest["rows"]) == (store.FORMAT, 1)
    assert (saved.folder / "figures.csv").read_bytes() == b"1"
    for folder in (root, root / "mine", saved.folder):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert store.names() == ["mine"]


def test_a_new_version_takes_the_place_of_the_old_one(root: Path) -> None:
    old = store.save("mine", FILES, {})
    new = store.save("mine", {"figures.csv": b"2"}, {})
    assert (new.folder / "figures.csv").read_bytes() == b"2"
    assert not old.folder.exists()
    assert {p.name for p in (root / "mine").iterdir()} == {".lock", "current", new.folder.name}


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".", "A", "own\0", "名", "-a", "a" * 41])
def test_a_name_is_never_a_path(name: str) -> None:
    acts: list[Callable[[], object]] = [
        lambda: store.load(name),
        lambda: store.remove(name),
        lambda: store.save(name, FILES, {}),
    ]
    for act in acts:
        with pytest.raises(OwnError) as caught:
            act()
        assert caught.value.of == "bad_name"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_disk_that_refuses_leaves_the_old_version(
    monkeypatch: pytest.MonkeyPatch, root: Path, number: int
) -> None:
    old = store.save("mine", FILES, {})

    def refuse(path: Path, _blob: bytes) -> None:
        if path.name == store.MANIFEST:
            raise OSError(number, "refused")
        path.write_bytes(b"half")

    monkeypatch.setattr(store, "_write", refuse)
    with pytest.raises(OwnError) as caught:
        store.save("mine", {"figures.csv": b"2"}, {})
    assert caught.value.of == {errno.ENOSPC: "full_disk", errno.EACCES: "no_folder"}[number]
    assert store.load("mine") == old
    assert not [p for p in (root / "mine").iterdir() if p.name.startswith("part-")]


def test_a_killed_import_leaves_the_old_version_and_is_swept_by_the_next(
    monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    old = store.save("mine", FILES, {})

    class KilledError(BaseException):
        pass

    def killed(_home: Path, _version: str) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(store, "_point", killed)
        with pytest.raises(KilledError):
            store.save("mine", {"figures.csv": b"2"}, {})
    (root / "mine" / "part-abc").mkdir()
    assert store.load("mine") == old
    new = store.save("mine", {"figures.csv": b"3"}, {})
    assert {p.name for p in (root / "mine").iterdir()} == {".lock", "current", new.folder.name}


def test_two_imports_at_once_are_not_mixed(root: Path) -> None:
    old = store.save("mine", FILES, {})
    with FileLock(root / "mine" / ".lock"):
        acts: list[Callable[[], object]] = [
            lambda: store.save("mine", {}, {}),
            lambda: store.remove("mine"),
        ]
        for act in acts:
            with pytest.raises(OwnError) as caught:
                act()
            assert caught.value.of == "busy"
    assert store.load("mine") == old


def test_a_later_format_is_neither_read_nor_changed() -> None:
    saved = store.save("mine", FILES, {})
    (saved.folder / store.MANIFEST).write_text(json.dumps({"format": store.FORMAT + 1}))
    acts: list[Callable[[], object]] = [
        lambda: store.load("mine"),
        lambda: store.save("mine", FILES, {}),
    ]
    for act in acts:
        with pytest.raises(OwnError) as caught:
            act()
        assert caught.value.of == "later_format"
    assert saved.folder.is_dir()


def test_any_bit_that_flips_in_a_set_is_told() -> None:
    saved = store.save("mine", FILES, {"kind": "table", "years": {2: "a", 10: "b"}})
    saved.check()
    for file in (*FILES, store.MANIFEST):
        path = saved.folder / file
        whole = path.read_bytes()
        for at in range(len(whole)):
            flipped = bytearray(whole)
            flipped[at] ^= 1 << (at % 7)
            path.write_bytes(flipped)
            with pytest.raises(OwnError) as caught:
                store.load("mine").check()
            assert caught.value.of in {"damaged", "later_format"}
        path.write_bytes(whole)
    store.load("mine").check()


def test_damage_and_absence_are_told() -> None:
    saved = store.save("mine", FILES, {})
    (saved.folder / store.MANIFEST).write_text("{")
    with pytest.raises(OwnError) as caught:
        store.load("mine")
    assert caught.value.of == "damaged"
    with pytest.raises(OwnError) as caught:
        store.load("other")
    assert caught.value.of == "no_set"


def test_there_is_an_end_to_the_number_of_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_SETS", 1)
    store.save("a", FILES, {})
    store.save("a", FILES, {})
    with pytest.raises(OwnError) as caught:
        store.save("b", FILES, {})
    assert caught.value.of == "too_many_sets"
    store.remove("a")
    assert store.names() == []
