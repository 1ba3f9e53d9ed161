"""The addresses under /data/ on the server."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, cast

from flask import Response, request

from dashboard.data.claims import claims
from dashboard.data.describe import CSVW, ROOM, catalogue, metadata
from dashboard.data.formats import digest, dump, to_csv, to_json, to_parquet
from dashboard.data.layers import layer, layout
from dashboard.data.news import MEDIA as ATOM
from dashboard.data.news import NAME as NEWS
from dashboard.data.news import feed
from dashboard.data.openapi import GEOJSON, JSON, MEDIA, description
from dashboard.data.places import every_place, place_record
from dashboard.data.wanted import RefusedError, choice, no_indicator, read_name, read_query, single
from dashboard.web.journal import refusal
from dashboard.web.packing import CODINGS, PACK
from dashboard.web.root import root, rooted
from geodata.errors import UnknownNameError
from geodata.figures import rows_of
from geodata.lookup import Lookup
from geodata.outlines import Outlines
from geodata.records import LANGUAGES, Name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flask import Flask

    from dashboard.data.wanted import Format
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest
    from geodata.figures import Wanted
    from geodata.records import Lang

KEPT: Final = 48
"""Finished files in memory, some hundred kilobytes each."""
FRESH_SECONDS: Final = 3600
METADATA: Final = ".metadata.json"
PACKED: Final = frozenset({MEDIA["csv"], GEOJSON, JSON, CSVW, ATOM})
"""Parquet is compressed in itself."""
LONGEST: Final = 80
"""Letters of a file's name, after which a digest stands for the rest."""
LISTS: Final = ("levels", "years", "circles")
NAMED: Final = (*LISTS, "scheme", "benchmark")
"""What of a table is in the name of its file, where it is not what comes unasked."""
DOWNLOADED: Final = frozenset({"csv", "parquet"})
Query = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class File:
    """A finished answer; `link` names what describes it."""

    body: bytes
    media: str
    etag: str
    name: str = ""
    link: str = ""


def file_of(body: bytes, media: str, name: str = "", link: str = "") -> File:
    """Return a file with the digest of its content."""
    return File(body, media, hashlib.sha256(body).hexdigest()[:32], name, link)


class Shelf:
    """Makes the files that the addresses stand for, and keeps the last ones.

    Parameters
    ----------
    atlas
        The loaded atlas.
    manifest
        Its build, which holds the outlines.
    """

    def __init__(self, atlas: Atlas, manifest: Manifest) -> None:
        self._atlas = atlas
        self._outlines = Outlines(manifest)
        self._table = lru_cache(maxsize=KEPT)(self._make_table)
        self._text = lru_cache(maxsize=KEPT)(self._make_text)
        self._place = lru_cache(maxsize=KEPT)(self._make_place)
        self._claims = lru_cache(maxsize=KEPT)(self._make_claims)
        self._news = lru_cache(maxsize=KEPT)(self._make_news)
        self._names = Lookup(atlas)
        self._layout = lru_cache(maxsize=None)(self._make_layout)
        self.packed = lru_cache(maxsize=KEPT)(_packed)

    def take(self, name: str, query: Query) -> File:
        """Return the file at `/data/<name>?<query>`.

        Raises
        ------
        RefusedError
            Where there is none, or the query asks for what the atlas does not have.
        """
        if name == "layout.geojson":
            given = single(query, ["scheme"])
            known = [scheme.id for scheme in self._atlas.schemes]
            return self._layout(choice(given, "scheme", known) if given else "")
        if name == "places.json":
            return self._place(single(query, ["place"]).get("place", ""))
        if name == NEWS:
            lang = choice(single(query, ["lang"]), "lang", list(LANGUAGES))
            return self._news(lang, root())
        if name == "claims.json":
            return self._claims(single(query, ["claim"]).get("claim", ""))
        if name in {"catalog.json", "openapi.json"} or name.endswith(METADATA):
            if not name.endswith(METADATA) or name.removesuffix(METADATA) in self._atlas.indicators:
                single(query, [])
                return self._text(name, root())
            raise no_indicator(self._atlas)
        indicator, kind = read_name(name, self._atlas)
        return self._table(read_query(query, indicator, kind, self._atlas), kind, root())

    def _make_table(self, wanted: Wanted, kind: Format, path: str) -> File:
        rows, atlas = rows_of(wanted, self._atlas), self._atlas
        makers: Mapping[Format, Callable[[], bytes]] = {
            "csv": lambda: to_csv(rows, wanted),
            "json": lambda: to_json(rows, wanted, atlas),
            "geojson": lambda: layer(rows, wanted, self._outlines),
            "parquet": lambda: to_parquet(rows, wanted, self._outlines),
        }
        link = f"{path}{ROOM}{wanted.indicator}{METADATA}"
        return file_of(makers[kind](), MEDIA[kind], f"{self._stem(wanted)}.{kind}", link)

    def _stem(self, wanted: Wanted) -> str:
        """Return the name of a table's file: the indicator, and what of it where not all."""
        every = read_query({}, self._atlas.indicators[wanted.indicator], "csv", self._atlas)
        parts = [
            ("-".join(getattr(wanted, name)) if name in LISTS else getattr(wanted, name))
            for name in ("indicator", *NAMED)
            if name == "indicator" or getattr(wanted, name) != getattr(every, name)
        ]
        stem = "_".join(parts)
        if len(stem) <= LONGEST:
            return stem
        return f"{stem[:LONGEST]}_{digest(stem)}"

    def _make_text(self, name: str, _path: str) -> File:
        """Make a description, whose addresses begin with the path of the request."""
        if name == "catalog.json":
            return file_of(dump(catalogue(self._atlas)), JSON)
        if name == "openapi.json":
            return file_of(dump(description(self._atlas)), JSON)
        indicator = self._atlas.indicators[name.removesuffix(METADATA)]
        return file_of(dump(metadata(indicator, self._atlas)), CSVW)

    def _make_news(self, lang: str, _path: str) -> File:
        """Make the feed of changes, whose addresses begin with the path of the request."""
        return file_of(feed(self._atlas.news, cast("Lang", lang)), ATOM)

    def _make_place(self, asked: str) -> File:
        """Make the record of one place, or the list of all."""
        if not asked:
            return file_of(dump({"places": every_place(self._atlas)}), JSON)
        try:
            found = self._names.place(asked[:LONGEST])
        except UnknownNameError:
            near = [(one.id, one.label) for one in self._names.near(asked[:LONGEST])]
            raise _unknown(near, "place") from None
        return file_of(dump(place_record(self._atlas, found.id)), JSON)

    def _make_claims(self, asked: str) -> File:
        """Make the record of one claim, or of all."""
        study = self._atlas.claims
        if not asked:
            return file_of(dump(claims(self._atlas, study.findings)), JSON)
        try:
            found = self._names.claim(asked[:LONGEST])
        except UnknownNameError:
            near = [(one.id, one.name) for one in self._names.claims_near(asked[:LONGEST])]
            raise _unknown(near, "claim") from None
        return file_of(dump(claims(self._atlas, [study.finding(found.id)])), JSON)

    def _make_layout(self, scheme: str) -> File:
        schemes = [self._atlas.scheme(scheme)] if scheme else self._atlas.schemes
        return file_of(layout(schemes, self._atlas, self._outlines), GEOJSON)


def _unknown(near: Sequence[tuple[str, Name]], kind: str) -> RefusedError:
    """Return the refusal of a place or claim that is none: the nearest ids, and where all are."""
    listed = Name(
        "、".join(f"{id_}（{name.zh}）" for id_, name in near),
        ", ".join(f"{id_} ({name.en})" for id_, name in near),
    )
    word = f"data.near_{kind}" if near else f"data.no_{kind}"
    where = rooted(f"{ROOM}{kind}s.json")
    return RefusedError(HTTPStatus.NOT_FOUND, word, near=listed, all=where)


def _packed(file: File, encoding: str) -> bytes:
    """Return the content of a file compressed."""
    return PACK[encoding](file.body)


def serve_data(server: Flask, atlas: Atlas, manifest: Manifest) -> None:
    """Serve the figures at addresses under /data/."""
    shelf = Shelf(atlas, manifest)

    @server.errorhandler(RefusedError)
    def refused(error: RefusedError) -> Response:
        return refusal(error.status, error.zh, error.en)

    @server.get(f"{ROOM}<path:name>")
    def data(name: str) -> Response:
        file = shelf.take(name, request.args.to_dict(flat=False))
        coding = request.accept_encodings.best_match(CODINGS)
        if file.media not in PACKED:
            coding = None
        body = shelf.packed(file, coding) if coding else file.body
        response = Response(body, content_type=_content_type(file))
        response.set_etag(f"{file.etag}-{coding}" if coding else file.etag)
        response.headers["Vary"] = "Accept-Encoding"
        if coding:
            response.headers["Content-Encoding"] = coding
        response.cache_control.public = True
        response.cache_control.max_age = FRESH_SECONDS
        if file.name:
            kept = "attachment" if file.name.rpartition(".")[2] in DOWNLOADED else "inline"
            response.headers["Content-Disposition"] = f'{kept}; filename="{file.name}"'
        if file.link:
            response.headers["Link"] = f'<{file.link}>; rel="describedby"; type="{CSVW}"'
        response.make_conditional(request)
        return response


def _content_type(file: File) -> str:
    return f"{file.media}; charset=utf-8" if file.media.startswith("text/") else file.media
