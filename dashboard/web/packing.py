"""Compresses what goes out, in the codings that browsers ask for."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NamedTuple

import brotli  # type: ignore[import-untyped]
from flask import Response, request

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from flask import Flask

A_YEAR: Final = 365 * 24 * 3600
BEST: Final = "br"
PACK: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    BEST: lambda content: bytes(brotli.compress(content, quality=7)),
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


@lru_cache(maxsize=64)
def best(content: bytes) -> bytes:
    """Compress as well as can be; that takes long, and is done once for what stays as it is."""
    return bytes(brotli.compress(content, quality=11))


def pack_lasting(server: Flask, paths: Collection[str]) -> None:
    """Compress the answers at paths that hardly ever answer anything else as well as can be."""

    @server.after_request
    def pack(response: Response) -> Response:
        is_one = request.path in paths and response.status_code == HTTPStatus.OK
        if is_one and request.accept_encodings.best_match([BEST]):
            response.set_data(best(response.get_data()))
            response.headers["Content-Encoding"] = BEST
        return response
