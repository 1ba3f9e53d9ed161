"""Leads from a name in an address to the page that is meant, or names the nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, redirect, request

from dashboard.view import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.scene import Scene
    from dashboard.view import View

    Near = Sequence[tuple[str, str]]
    """Name and address of what may have been meant."""

FOUND = 302
LONGEST = 80
"""Letters of a name that is looked up; the longest there is has some 30."""


def lead_from(
    path: str,
    server: Flask,
    scene: Scene,
    meant: Callable[[str, View], str | Near],
    missing: Callable[[Near], Response],
) -> None:
    """Answer requests for <path>/<name>.

    Parameters
    ----------
    path, server, scene
        The page, the server, and what a view may name.
    meant
        Gives the address that a name means, else the nearest ones.
    missing
        Makes the answer where there is no such name.
    """

    def lead(asked: str) -> Response:
        view, _ = parse(request.query_string.decode(errors="replace"), scene.vocabulary)
        found = meant(asked.rstrip("/")[:LONGEST], view)
        if not isinstance(found, str):
            return missing(found)
        answer: Response = redirect(found, FOUND)  # type: ignore[assignment]
        return answer

    server.add_url_rule(f"{path}/<path:asked>", f"lead {path}", lead)
