"""Answers /place/<code, circle or name>: it leads to the page, or names the nearest places.

The page itself reads the place from the query, as all pages do.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Flask, Response, redirect, request

from dashboard.pages.place import PATH
from dashboard.view import DEFAULTS, parse
from dashboard.web.root import rooted
from geodata.errors import UnknownNameError
from geodata.lookup import Lookup
from geodata.records import REGION_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.scene import Scene
    from geodata.records import Lang, Place

FOUND = 302
LONGEST = 80
"""Letters of a name that is looked up; the longest there is has some 30."""


def serve(
    server: Flask, scene: Scene, missing: Callable[[Sequence[tuple[str, str]]], Response]
) -> None:
    """Answer requests for places by code, circle or name.

    Parameters
    ----------
    server
        The server.
    scene
        Knows the places.
    missing
        Makes the answer where there is no such place: of the nearest ones name and address.
    """
    names = Lookup(scene.atlas)

    @server.get(f"{PATH}/<path:asked>")
    def lead(asked: str) -> Response:
        view, _ = parse(request.query_string.decode(errors="replace"), scene.vocabulary)
        asked = asked.rstrip("/")[:LONGEST]
        with suppress(UnknownNameError):
            found = names.place(asked, view.scheme)
            answer: Response = redirect(address(found, view.lang), FOUND)  # type: ignore[assignment]
            return answer
        near = [(p.label[view.lang], address(p, view.lang)) for p in names.near(asked)]
        return missing(near)


def address(place: Place, lang: Lang) -> str:
    """Return the address of the page of a place in a language."""
    scheme, _, circle = place.id.partition("/")
    if circle:
        about = {"scheme": scheme, "circle": circle}
    else:
        about = {} if place.id == REGION_ID else {"regions": place.id}
    query = urlencode({**about, **({} if lang == DEFAULTS["lang"] else {"lang": lang})})
    return rooted(PATH) + (query and f"?{query}")
