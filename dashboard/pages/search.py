"""What the search box finds: places, indicators, circles, clusters, parks and pages, with pinyin.

The names are one small file, which the browser asks for when the reader turns to the box; it is
searched there (assets/search.js).
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from dash import html
from flask import Response, request

from dashboard.attributes import data
from dashboard.text import Text, text
from dashboard.web.root import rooted
from dashboard.web.wire import ROWS
from geodata.naming import pinyin, syllables
from geodata.places.sites import distinct
from geodata.records import LANGUAGES, LEVELS, MAP_LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dash.development.base_component import Component
    from flask import Flask

    from dashboard.scene import Scene
    from geodata.records import Name

FOUND: Final = ("place", "indicator", "circle", "cluster", "park", "page")
"""Kinds of what is found, those first that a name rather means."""
NAMES: Final = f"{ROWS}search/names"


def entries(scene: Scene, pages: Mapping[str, str]) -> Iterator[list[Any]]:
    """Yield what can be found: kind, Chinese, English, pinyin, initials, and where it leads.

    Parameters
    ----------
    scene
        The atlas, and what an address may name.
    pages
        Path of each page → the rest of its word `shell.page_<name>`.
    """
    atlas = scene.atlas
    places = {place.id: place for level in LEVELS for place in atlas.regions(level)}
    for place in places.values():  # Beijing and Tianjin are of two levels
        yield _entry("place", place.label, {"regions": place.id})
    for name in scene.vocabulary.years:
        indicator = atlas.indicators[name]
        levels = [level for level in MAP_LEVELS if level in indicator.years]
        yield _entry("indicator", indicator.name, {"indicator": name}, levels)
    for scheme in atlas.schemes:
        for circle in scheme.circles:
            both = {lang: f"{circle.name[lang]} · {scheme.name[lang]}" for lang in LANGUAGES}
            yield _entry("circle", both, {"scheme": scheme.id, "circle": circle.id})
    sites = (("cluster", "clusters", atlas.all_clusters()), ("park", "parks", atlas.all_parks()))
    for kind, layer, found in sites:
        for site in distinct(found):
            where = ",".join(site.regions[:1])
            shown = "computing" if site.kind == "computing" else layer
            yield _entry(kind, site.name, {"regions": where} if where else {}, [shown])
    for path, name in pages.items():
        words = {lang: text(lang)(f"shell.page_{name}") for lang in LANGUAGES}
        yield _entry("page", words, {"": path})


def _entry(
    kind: str, name: Name | dict[Any, str], leads: dict[str, str], more: Sequence[str] = ()
) -> list[Any]:
    zh, en = name["zh"], name["en"]
    initials = "".join(one[0] for one in syllables(zh) if one)
    return [FOUND.index(kind), zh, en, pinyin(zh), initials, leads, *([[*more]] if more else [])]


def serve(server: Flask, scene: Scene, pages: Mapping[str, str]) -> None:
    """Answer the address of the names; a browser that has them asks only whether they still are."""

    @lru_cache(maxsize=1)
    def names() -> tuple[bytes, str]:
        found = json.dumps([*entries(scene, pages)], ensure_ascii=False, separators=(",", ":"))
        blob = found.encode()
        return blob, hashlib.sha256(blob).hexdigest()[:16]

    @server.get(NAMES)
    def search() -> Response:
        blob, digest = names()
        answer = Response(blob, mimetype="application/json")
        answer.set_etag(digest)
        answer.cache_control.no_cache = True
        answer.make_conditional(request)
        return answer


def box(t: Text) -> Component:
    """Return the place of the box, which assets/search.js fills, and its words."""
    kinds = [t(f"shell.search_{kind}") for kind in FOUND]
    words = {
        "names": rooted(NAMES),
        "label": t("shell.search"),
        "hint": t("shell.search_hint"),
        "none": t("shell.search_none"),
        "waits": t("shell.search_waits"),
        "kinds": "|".join(kinds),
    }
    return html.Div(id="search", className="search", **data(**words))
