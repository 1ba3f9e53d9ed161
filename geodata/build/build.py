"""Everything the running atlas reads, written once into the user's cache folder."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from geodata.build import cache
from geodata.build.cache import FileRecord, Manifest
from geodata.build.steps import STEPS, BuildContext, Step

KEPT_BUILDS: Final = 3
STALE_SECONDS: Final = 24 * 3600


def build(
    cache_dir: Path | None = None,
    *,
    force: bool = False,
    progress: Callable[[str], None] = print,
    steps: Sequence[Step] = STEPS,
) -> Manifest:
    """Return the build that fits the present facts and code, making it where there is none.

    Several processes may build at once: each works in a folder of its own and moves finished
    files into place one by one, the manifest last; their contents are the same.

    Parameters
    ----------
    cache_dir
        The cache folder; ``JJJ_ATLAS_CACHE`` or the user's own where None.
    force
        Build again even where a finished build fits.
    progress
        Is told one line for each step, and one at the end.
    steps
        What to do, in order.

    Raises
    ------
    CacheError
        If the folder cannot be read or written.
    BoundaryError
        If the boundary file is missing or altered.
    FactsError
        If a table breaks its rules.
    """
    root = cache_dir or cache.default_folder()
    finished = None if force else cache.load_manifest(root)
    if finished:
        return finished
    started = time.monotonic()
    digest = cache.inputs_digest()
    with _workshop(root) as folder, ThreadPoolExecutor() as pool:
        context = BuildContext(folder, pool)
        for number, step in enumerate(steps, start=1):
            progress(f"[{number}/{len(steps)}] {step.name.zh} · {step.name.en}")
            step.run(context)
        place = cache.build_folder(root, digest)
        manifest = Manifest(place, digest, context.products, context.files, cache.code_digest())
        _publish(folder, manifest)
    _prune(root, keep=manifest.folder)
    seconds = time.monotonic() - started
    progress(f"完成，用时 {seconds:.1f} 秒 · done in {seconds:.1f} s: {manifest.folder}")
    return manifest


@contextmanager
def _workshop(root: Path) -> Iterator[Path]:
    """Give a folder of our own beside the finished builds, gone at the end."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="unfinished-", dir=root))
    except OSError as error:
        raise cache.unusable(root, error) from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _publish(unfinished: Path, manifest: Manifest) -> None:
    """Move the files into place, the manifest last: without it nothing counts as built."""
    try:
        manifest.folder.mkdir(exist_ok=True)
        for name, record in manifest.files.items():
            target = manifest.folder / name
            target.parent.mkdir(exist_ok=True, parents=True)
            # A file that another process has open is left alone where it is already right.
            if not target.is_file() or FileRecord.of(target.read_bytes()) != record:
                (unfinished / name).replace(target)
        draft = unfinished / cache.MANIFEST
        draft.write_bytes(manifest.to_bytes())
        draft.replace(manifest.folder / cache.MANIFEST)
    except OSError as error:
        raise cache.unusable(manifest.folder.parent, error) from None


def _prune(root: Path, keep: Path) -> None:
    """Remove builds of earlier facts or code but the latest, and what a crash left behind."""
    # Another process may be tidying too, so a folder that has just gone is no fault.
    with suppress(OSError):
        others = sorted(
            (path for path in root.glob("build-*") if path != keep),
            key=lambda path: path.stat().st_mtime,
            reverse=True,
        )
        limit = time.time() - STALE_SECONDS
        left = [p for p in root.glob("unfinished-*") if p.stat().st_mtime < limit]
        for path in [*others[KEPT_BUILDS - 1 :], *left]:
            shutil.rmtree(path, ignore_errors=True)
