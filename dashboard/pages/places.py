"""Answers /place/<code, circle or name>: it leads to the page, or names the nearest places.

The page itself reads the place from the query, as all pages do.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Flask, Response, redirect, request

from dashboard.pages.place import PATH
from dashboard.view import DEFAULTS, parse
from dashboard.web.root import rooted
from geodata.errors import UnknownNameError
from geodata.lookup import Lookup
from geodata.own.history import load_history
from geodata.own.place import Gazetteer
from geodata.records import REGION_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.scene import Scene
    from geodata.own.place import Found
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

    def meant(asked: str, scheme: str) -> tuple[Place | None, Sequence[Place]]:
        """Return the place that is meant, or those that are near it, older ones as they are now."""
        with suppress(UnknownNameError):
            return names.place(asked, scheme), ()
        found = older(asked)
        now = [names.place(code) for code in found.codes]
        return (now[0], ()) if found.answer == "one" else (None, now or names.near(asked))

    @server.get(f"{PATH}/<path:asked>")
    def lead(asked: str) -> Response:
        view, _ = parse(request.query_string.decode(errors="replace"), scene.vocabulary)
        found, near = meant(asked.rstrip("/")[:LONGEST], view.scheme)
        if found is None:
            return missing([(p.label[view.lang], address(p, view.lang)) for p in near])
        answer: Response = redirect(address(found, view.lang), FOUND)  # type: ignore[assignment]
        return answer


@cache
def gazetteer() -> Gazetteer:
    """Return what codes and names of any year mean; read when it is first needed."""
    return Gazetteer(load_history())


def older(asked: str) -> Found:
    """Return what a code or a name of a county of any year means today."""
    known = gazetteer()
    found = known.code(asked)
    return found if found.codes else known.name(asked)


def address(place: Place, lang: Lang) -> str:
    """Return the address of the page of a place in a language."""
    scheme, _, circle = place.id.partition("/")
    if circle:
        about = {"scheme": scheme, "circle": circle}
    else:
        about = {} if place.id == REGION_ID else {"regions": place.id}
    query = urlencode({**about, **({} if lang == DEFAULTS["lang"] else {"lang": lang})})
    return rooted(PATH) + (query and f"?{query}")
