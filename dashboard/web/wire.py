"""What surrounds the page on the wire: headers, compression, map files, health."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from dash.exceptions import DependencyException
from flask import Flask, Response, abort, redirect, request
from werkzeug.exceptions import ServiceUnavailable

from dashboard.web.journal import sentence
from dashboard.web.packing import A_YEAR
from dashboard.web.root import rooted
from dashboard.web.shipped import ASSETS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from dashboard.web.stale import Stale
    from geodata.build.cache import Manifest

GEO = "/geo/"
EXPORT = "/export/"
REPORT = "/report/"
ROWS = "/rows/"
EMBED = "/embed/"
CITE = "/cite/"
HEALTH = "/healthz"
READY = "/readyz"
SCRIPTS = "/_dash-component-suites/"
DATA = "/data/"
RETRY_SECONDS = 5
ANY_PATH = "/<path:path>"
"""The rule by which Dash shows its one page at every address that is nothing else."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of every answer."""
OF_A_PAGE = {
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""In addition of whatever a browser may show as a page: of anything else it heeds none of them."""
OPEN = {
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, X-Request-Id",
}
"""In addition under /data/: any page may read what anybody may read."""
NO_PAGES = frozenset({"application/geo+json", "application/json", "text/css", "text/javascript"})
"""What no browser shows as a page with anything in it: some forty of the answers to a first visit,
all of those to a choice."""
NOTHING = "default-src 'none'; frame-ancestors 'self'"
"""The policy of these; that of a page is longer than many of them."""


def content_policy(script_hashes: Sequence[str]) -> str:
    """Return the Content-Security-Policy: our own files, and inline scripts by their hash.

    MapLibre starts its worker from a blob; Plotly and Mantine set styles inline. Nothing is
    evaluated from text.
    """
    scripts = " ".join(["'self'", *dict.fromkeys(script_hashes)])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "connect-src 'self'",
            "worker-src blob:",
            "font-src 'self' data:",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
        ]
    )


def embed_policy(framers: Sequence[str]) -> str:
    """Return the policy of an embedded figure: nothing but its drawing; who may frame it."""
    ancestors = " ".join(["'self'", *framers])
    return "; ".join(
        [
            "default-src 'none'",
            "style-src 'unsafe-inline'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {ancestors}",
        ]
    )


def guard(
    server: Flask,
    policy: Callable[[], str],
    framers: Sequence[str] = (),
    of_data: Mapping[str, str] = OPEN,
) -> None:
    """Send the security headers with every answer, errors included.

    `policy` is asked once, at the first answer: Dash knows its inline scripts only then. `framers`
    are the origins that may frame what is under /embed/, and nothing else; `of_data` are the
    headers under /data/.
    """
    ready: list[str] = []
    embedded = embed_policy(framers)

    @server.after_request
    def add(response: Response) -> Response:
        if not ready:
            ready.append(policy())
        is_page = response.mimetype not in NO_PAGES
        response.headers["Content-Security-Policy"] = ready[0] if is_page else NOTHING
        response.headers.update({**HEADERS, **OF_A_PAGE} if is_page else HEADERS)
        if request.path.startswith(DATA):
            response.headers.update(of_data)
        if request.path.startswith(EMBED):
            response.headers["Content-Security-Policy"] = embedded
            if framers:  # X-Frame-Options names no origins
                response.headers.pop("X-Frame-Options", None)
        control = response.cache_control
        kept = response.status_code == HTTPStatus.OK and not control.immutable
        if request.path.startswith("/assets/") and kept:
            control.no_cache = None
            control.max_age = 3600
        return response


def answer_unknown_scripts(server: Flask) -> None:
    """Answer 404 for a script that Dash does not know, or names and does not bring along."""

    @server.errorhandler(DependencyException)
    def unknown(_: Exception) -> Response:
        return sentence(HTTPStatus.NOT_FOUND)

    @server.errorhandler(FileNotFoundError)
    def missing(error: Exception) -> Response:
        if request.path.startswith(SCRIPTS):
            return sentence(HTTPStatus.NOT_FOUND)
        raise error


def serve_geometry(server: Flask, manifest: Manifest) -> Callable[[str], str]:
    """Serve the map files by their content-hashed names, compressed as they lie on disk.

    A browser keeps them for good: one that is no longer as the build wrote it is not sent.

    Returns
    -------
    callable
        From a product's name to its address.
    """

    @server.get(f"{GEO}<file>")
    def geometry(file: str) -> Response:
        if file not in manifest.files or not file.endswith(".geojson"):
            abort(404)
        siblings = {{"gz": "gzip"}.get(code, code): code for code in manifest.encodings(file)}
        best = request.accept_encodings.best_match(siblings)
        name = f"{file}.{siblings[best]}" if best else file
        response = Response(manifest.read(name), mimetype="application/geo+json")
        response.set_etag(manifest.files[name].sha256)
        response.cache_control.max_age = A_YEAR
        response.cache_control.immutable = True
        response.cache_control.public = True
        response.headers["Vary"] = "Accept-Encoding"
        if best:
            response.headers["Content-Encoding"] = best
        response.make_conditional(request)
        return response

    return addresses(manifest)


def addresses(manifest: Manifest) -> Callable[[str], str]:
    """Return what gives the address of a map file by its product's name."""
    return lambda product: rooted(GEO + manifest.products[product])


def held_geometry(manifest: Manifest) -> dict[str, Any]:
    """Return the map files that figures name, by address at the root, as Plotly holds them."""
    held: dict[str, Any] = {
        GEO + file: json.loads(manifest.read(file))
        for product, file in manifest.products.items()
        if product.endswith("-overview.geojson")
    }
    empty = json.loads((ASSETS / "topology" / "world_110m.json").read_bytes())
    return {"topojson": {"world_110m": empty}, **held}


def only_pages(server: Flask, pages: Collection[str], missing: Callable[[], str]) -> None:
    """Answer 404 where there is no page, with one that says so: Dash would show its own anywhere.

    The address of a page with a closing slash leads to the page. `missing` makes what is shown
    elsewhere, in HTML, for the present request.
    """

    @server.before_request
    def refuse() -> Response | None:
        rule = request.url_rule
        if rule is None or rule.rule != ANY_PATH or request.path in pages:
            return None
        page = request.path.rstrip("/")
        if page not in pages:
            return not_there(missing())
        query = request.query_string.decode(errors="replace")
        address = rooted(page) + (query and f"?{query}")
        answer: Response = redirect(address, HTTPStatus.PERMANENT_REDIRECT)  # type: ignore[assignment]
        return answer


def not_there(page: str) -> Response:
    """Return the answer where there is nothing: a page in HTML that says so, not to be kept."""
    answer = Response(page, HTTPStatus.NOT_FOUND, mimetype="text/html")
    answer.cache_control.no_store = True
    return answer


def report_health(server: Flask, manifest: Manifest, stale: Stale | None = None) -> None:
    """Answer at /healthz that the process lives, at /readyz that its files are as they were built.

    The server exists only once the data are loaded; the map files it reads as they are asked for.
    A server that shows an earlier build is ready, and says so in a second and a third line.
    """

    @server.get(HEALTH)
    def health() -> Response:
        return Response("ok\n", mimetype="text/plain")

    @server.get(READY)
    def ready() -> Response:
        try:
            altered = manifest.altered()
        except OSError as error:
            raise ServiceUnavailable(retry_after=RETRY_SECONDS) from error
        if altered:
            raise ServiceUnavailable(retry_after=RETRY_SECONDS)
        lines = ["ok", *([stale.line("zh"), stale.line("en")] if stale else [])]
        return Response("\n".join([*lines, ""]), mimetype="text/plain")
