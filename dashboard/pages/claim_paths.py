"""Answers /findings/<id or words of a claim>: it leads to the claim, or names the nearest ones."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard.pages.findings import PATH
from dashboard.pages.leading import lead_from
from dashboard.view import DEFAULTS
from dashboard.web.root import rooted
from geodata.naming import LISTED, Spellings, close, fitting, holding

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask, Response

    from dashboard.pages.leading import Near
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Lang


def serve(server: Flask, scene: Scene, missing: Callable[[Near], Response]) -> None:
    """Answer requests for claims by id or words.

    Parameters
    ----------
    server
        The server.
    scene
        Knows the claims.
    missing
        Makes the answer where there is no such claim: of the nearest ones name and address.
    """
    claims = {one.id: one for one in scene.atlas.claims.claims}
    known = {id_: Spellings.of((id_, one.name.zh, one.name.en)) for id_, one in claims.items()}

    def meant(words: str, view: View) -> str | Near:
        found = fitting(words, known)
        if len(found) == 1:
            return address(found[0], view.lang)
        near = [*dict.fromkeys((*found, *holding(words, known), *close(words, known)))]
        return [(claims[id_].name[view.lang], address(id_, view.lang)) for id_ in near[:LISTED]]

    lead_from(PATH, server, scene, meant, missing)


def address(claim: str, lang: Lang) -> str:
    """Return the address of a claim in a language."""
    asked = {"claim": claim, "lang": lang}
    query = urlencode({key: one for key, one in asked.items() if one != DEFAULTS[key]})
    return rooted(PATH) + (query and f"?{query}")
