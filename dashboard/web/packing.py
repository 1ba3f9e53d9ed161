"""Compresses what goes out, in the codings that browsers ask for."""

from __future__ import annotations

import gzip
import hashlib
from typing import TYPE_CHECKING, Final, NamedTuple

import brotli  # type: ignore[import-untyped]
from flask import Response, request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

A_YEAR: Final = 365 * 24 * 3600
BEST: Final = "br"
PACK: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    BEST: lambda content: bytes(brotli.compress(content, quality=5)),
    "gzip": lambda content: gzip.compress(content, 6, mtime=0),
}
"""Coding → what compresses, well and fast: nothing is kept for long."""
CODINGS: Final = tuple(PACK)
"""The better one first."""


class Packed(NamedTuple):
    """A file that stays as it is, and its name in addresses, by which it can be kept for ever."""

    content: bytes
    packed: bytes
    digest: str

    @classmethod
    def of(cls, content: bytes, pack: Callable[[bytes], bytes] = PACK[BEST]) -> Packed:
        """Compress a file once."""
        return cls(content, pack(content), hashlib.sha256(content).hexdigest()[:12])

    def answer(self, mime: str) -> Response:
        """Answer the present request with it."""
        is_packed = bool(request.accept_encodings.best_match([BEST]))
        answer = Response(self.packed if is_packed else self.content, mimetype=mime)
        answer.headers["Vary"] = "Accept-Encoding"
        if is_packed:
            answer.headers["Content-Encoding"] = BEST
        if request.query_string.decode("latin-1") == self.digest:
            answer.cache_control.max_age = A_YEAR
            answer.cache_control.public = answer.cache_control.immutable = True
        else:
            answer.set_etag(f"{self.digest}-{BEST if is_packed else 'plain'}")
        answer.make_conditional(request)
        return answer
