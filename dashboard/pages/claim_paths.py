"""Answers /findings/<id or words of a claim>: it leads to the claim, or names the nearest ones."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard.pages.findings import PATH
from dashboard.pages.leading import lead_from
from dashboard.view import DEFAULTS
from dashboard.web.root import rooted
from geodata.errors import UnknownNameError
from geodata.lookup import Lookup

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
    names = Lookup(scene.atlas)

    def meant(words: str, view: View) -> str | Near:
        with suppress(UnknownNameError):
            return address(names.claim(words).id, view.lang)
        near = names.claims_near(words)
        return [(one.name[view.lang], address(one.id, view.lang)) for one in near]

    lead_from(PATH, server, scene, meant, missing)


def address(claim: str, lang: Lang) -> str:
    """Return the address of a claim in a language."""
    asked = {"claim": claim, "lang": lang}
    query = urlencode({key: one for key, one in asked.items() if one != DEFAULTS[key]})
    return rooted(PATH) + (query and f"?{query}")
