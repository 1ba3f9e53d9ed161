"""The folder of a user's own tables: a version is there whole or not at all.

`own/<name>/<version>/` holds the files of one import, `own/<name>/current` names the version that
counts and is replaced last, in one step. The folder is the user's alone (0700) and not the cache:
a build may be thrown away, this may not.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import platformdirs
from filelock import FileLock, Timeout

from geodata import scarce
from geodata.own.errors import OwnError
from geodata.seals import SEAL, is_sealed, sealed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ENVIRONMENT: Final = "JJJ_ATLAS_DATA"
FORMAT: Final = 1
"""Raise when what a version holds changes so that older code would misread it."""
MOST_SETS: Final = 64
NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
MANIFEST: Final = "manifest.json"
CURRENT: Final = "current"
FIRMS: Final = "firms"
"""The kind of a set that was counted from a register."""
SALT: Final = "salt"
"""Key of the manifest: with it ids of firms are hashed, so that nobody can tell them."""
PRIVATE: Final = 0o700


@dataclass(frozen=True)
class Stored:
    """One set of own figures as it stands: its name, folder and manifest."""

    name: str
    folder: Path
    manifest: Mapping[str, Any]

    @property
    def counts_firms(self) -> bool:
        """Whether it was counted from a register of firms."""
        return self.manifest.get("kind") == FIRMS

    def check(self) -> None:
        """Compare every file with what was written: a bit that flipped gives other figures.

        Raises
        ------
        OwnError
            If one is missing or altered. Of a set that was kept before digests were, nothing is
            known.
        """
        told = self.manifest.get("digests", {})
        if {SEAL, "digests"} & set(self.manifest) and not is_sealed(self.manifest):
            raise OwnError(of="damaged", name=self.name, why=MANIFEST)
        for file, digest in told.items():
            try:
                with (self.folder / Path(file).name).open("rb") as kept:
                    is_whole = hashlib.file_digest(kept, "sha256").hexdigest() == digest
            except FileNotFoundError:
                is_whole = False
            except OSError as error:
                raise unusable(error) from None
            if not is_whole:
                raise OwnError(of="damaged", name=self.name, why=file)


def root() -> Path:
    """Return the folder of all sets: below ``JJJ_ATLAS_DATA`` where set, else the user's own."""
    chosen = os.environ.get(ENVIRONMENT)
    base = Path(chosen) if chosen else platformdirs.user_data_path("jjj-atlas", appauthor=False)
    return base / "own"


def check_name(name: str) -> None:
    """Refuse a name that could not stand in an address, or would lead out of the folder.

    Raises
    ------
    OwnError
        If it is not a letter a to z followed by letters, digits and hyphens, 40 at most.
    """
    if not NAME.fullmatch(name):
        raise OwnError(of="bad_name", name=name)


def names() -> list[str]:
    """Return the names of all sets, in order."""
    try:
        return sorted(p.name for p in root().iterdir() if (p / CURRENT).is_file())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise unusable(error) from None


def versions() -> tuple[tuple[str, str], ...]:
    """Return each set with the version that counts, in order: what changes when one does."""
    found = []
    for name in names():
        with suppress(FileNotFoundError):  # removed meanwhile
            found.append((name, (root() / name / CURRENT).read_text(encoding="utf-8")))
    return tuple(found)


def load(name: str) -> Stored:
    """Return a set.

    Raises
    ------
    OwnError
        If there is none of this name, or it was written by a later version of the atlas.
    """
    check_name(name)
    try:
        version = (root() / name / CURRENT).read_text(encoding="utf-8").strip()
        folder = root() / name / Path(version).name
        manifest = json.loads((folder / MANIFEST).read_bytes())
        written = int(manifest["format"])
    except FileNotFoundError:
        raise OwnError(of="no_set", name=name, known="、".join(names()) or "—") from None
    except (ValueError, KeyError, TypeError) as error:
        raise OwnError(of="damaged", name=name, why=error) from None
    except OSError as error:
        raise unusable(error) from None
    if written > FORMAT:
        raise OwnError(of="later_format", name=name, format=written)
    return Stored(name, folder, manifest)


def load_whole(name: str) -> Stored:
    """Return a set of which every file is as it was written, to count on its figures.

    Raises
    ------
    OwnError
        If there is none of this name, it is damaged, or of a later version of the atlas.
    """
    stored = load(name)
    stored.check()
    return stored


def save(name: str, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Stored:
    """Keep a new version of a set; until it is whole the old one counts.

    Raises
    ------
    OwnError
        If another import of this name is running, there are too many sets, the set there is of a
        later format, or the folder cannot be written (a full disk included).
    """
    check_name(name)
    there = names()
    if name in there:
        load(name)
    elif len(there) >= MOST_SETS:
        raise OwnError(of="too_many_sets", most=MOST_SETS)
    home = root() / name
    version = uuid4().hex[:12]
    digests = {file: hashlib.sha256(blob).hexdigest() for file, blob in files.items()}
    try:
        make_private(home)
        with FileLock(home / ".lock", timeout=0):
            _sweep(home)
            folder = home / f"part-{version}"
            folder.mkdir(mode=PRIVATE)
            try:
                for file, blob in files.items():
                    _write(folder / file, blob)
                record = sealed({"format": FORMAT, "digests": digests, **manifest})
                _write(folder / MANIFEST, json.dumps(record, ensure_ascii=False).encode())
                folder.rename(home / version)
            except OSError:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            _point(home, version)
            _sweep(home)
    except Timeout:
        raise OwnError(of="busy", name=name) from None
    except OSError as error:
        raise unusable(error) from None
    return load(name)


def remove(name: str) -> None:
    """Delete a set with all its versions.

    Raises
    ------
    OwnError
        If there is none of this name, or it cannot be deleted.
    """
    check_name(name)
    if name not in names():
        load(name)
    try:
        with FileLock(root() / name / ".lock", timeout=0):
            (root() / name / CURRENT).unlink()
            shutil.rmtree(root() / name, ignore_errors=True)
    except Timeout:
        raise OwnError(of="busy", name=name) from None
    except OSError as error:
        raise unusable(error) from None


def make_private(home: Path) -> None:
    """Make a folder below `root` that is the user's alone."""
    for folder in (root(), home):
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        folder.chmod(PRIVATE)


def _write(path: Path, blob: bytes) -> None:
    with path.open("xb") as file:
        file.write(blob)
        file.flush()
        os.fsync(file.fileno())


def _point(home: Path, version: str) -> None:
    draft = home / f"part-{version}.txt"
    _write(draft, version.encode())
    draft.replace(home / CURRENT)


def _sweep(home: Path) -> None:
    """Delete what an import that was killed has left, and the versions that no longer count."""
    for path in _others(home):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _others(home: Path) -> Iterator[Path]:
    counts = home / CURRENT
    version = counts.read_text(encoding="utf-8").strip() if counts.is_file() else ""
    keep = {CURRENT, ".lock", version}
    yield from (path for path in home.iterdir() if path.name not in keep)


def unusable(error: OSError) -> Exception:
    """Return what is wrong with the folder, as it is told."""
    if wanting := scarce.told(error):
        return wanting
    if error.errno in scarce.FULL:
        return OwnError(of="full_disk", folder=root())
    reason = error.strerror or str(error)
    return OwnError(of="no_folder", folder=root(), why=reason, variable=ENVIRONMENT)
