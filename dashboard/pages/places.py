"""Answers /place/<code, circle or name>: it leads to the page, or names the nearest places.

The page itself reads the place from the query, as all pages do.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard.pages.leading import lead_from
from dashboard.pages.place import PATH
from dashboard.view import DEFAULTS
from dashboard.web.root import rooted
from geodata.errors import UnknownNameError
from geodata.lookup import Lookup
from geodata.own.history import load_history
from geodata.own.place import Gazetteer
from geodata.records import REGION_ID

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask, Response

    from dashboard.pages.leading import Near
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.own.place import Found
    from geodata.records import Lang, Place


def serve(server: Flask, scene: Scene, missing: Callable[[Near], Response]) -> None:
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

    def meant(asked: str, view: View) -> str | Near:
        """Return where the place is told of, or those that are near it, older ones as now."""
        with suppress(UnknownNameError):
            return address(names.place(asked, view.scheme), view.lang)
        found = older(asked)
        now = [names.place(code) for code in found.codes]
        if found.answer == "one":
            return address(now[0], view.lang)
        return [(p.label[view.lang], address(p, view.lang)) for p in now or names.near(asked)]

    lead_from(PATH, server, scene, meant, missing)


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
