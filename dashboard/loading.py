"""Loads the atlas for whatever is to be done with it, and says what is wrong where it cannot."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from dashboard.web.stale import Stale
from geodata.atlas import Atlas
from geodata.build import cache
from geodata.build.build import build
from geodata.errors import AtlasError, BoundaryError, CacheError
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.build.cache import Manifest

_HEADLINES = {
    BoundaryError: "边界文件缺失或已被改动，请按下一句重装边界数据包。",
    CacheError: "缓存文件夹无法读写，请按下一句处理，或用 JJJ_ATLAS_CACHE 另指一个文件夹。",
}


def load() -> tuple[Atlas, Manifest]:
    """Build what is missing in the cache folder, then load it.

    Raises
    ------
    AtlasError
        With one sentence on what is wrong and how to mend it.
    """
    return _opened(build(progress=say))


def load_or_last(tell: Callable[[Stale], None]) -> tuple[Atlas, Manifest, Stale | None]:
    """Load as `load` does; where that fails, the last good build, and tell why.

    Raises
    ------
    AtlasError
        If there is no good build either.
    """
    try:
        return *load(), None
    except AtlasError as error:
        manifest = _last_good()
        if manifest is None:
            raise
        stale = Stale(manifest.finished, error)
    loaded = _opened(manifest)
    tell(stale)
    return *loaded, stale


def _last_good() -> Manifest | None:
    try:
        return cache.last_good()
    except CacheError:
        return None  # the first fault is the one to tell


def warn_of(error: AtlasError) -> None:
    """Print what is left out, and why."""
    print(explain(error), file=sys.stderr)


def warn(stale: Stale) -> None:
    """Print the fault and what is shown in spite of it."""
    print("\n".join([explain(stale.fault), *map(stale.line, LANGUAGES)]), file=sys.stderr)


def _opened(manifest: Manifest) -> tuple[Atlas, Manifest]:
    try:
        atlas = Atlas.load(manifest.folder)
    except OSError as error:
        raise cache.unusable(manifest.folder, error) from error
    # What is loaded stays: the collector need not walk it while a reader waits.
    gc.freeze()
    return atlas, manifest


def explain(error: AtlasError) -> str:
    """Return the error for the reader, Chinese first; most speak both languages by themselves."""
    headline = next((zh for kind, zh in _HEADLINES.items() if isinstance(error, kind)), "")
    return f"{headline}\n{error}" if headline else str(error)


def say(line: str) -> None:
    """Print a line at once, also into a pipe."""
    print(line, flush=True)
