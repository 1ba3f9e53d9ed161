"""Compresses what goes out, in the codings that browsers ask for."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Final

import brotli  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PACK: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "br": lambda content: bytes(brotli.compress(content, quality=5)),
    "gzip": lambda content: gzip.compress(content, 6, mtime=0),
}
"""Coding → what compresses, well and fast: nothing is kept for long."""
CODINGS: Final = tuple(PACK)
"""The better one first."""
