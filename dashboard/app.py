"""The application: the atlas behind one page and a server for any WSGI host."""

from __future__ import annotations

import json
import threading
from functools import partial
from html import escape
from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import html

from dashboard.assistants import offer_tools
from dashboard.data.routes import serve_data
from dashboard.lettering import FONT
from dashboard.map.classes import warm
from dashboard.pages import (
    callbacks,
    claim_paths,
    embeds,
    exports,
    own,
    places,
    reports,
    search,
    tables,
)
from dashboard.pages.gallery import Gallery
from dashboard.pages.missing import CLAIM, PLACE, Kind, Sought, missing
from dashboard.pages.plain import spoken
from dashboard.print.chrome import Chrome
from dashboard.print.exporter import Exporter
from dashboard.scene import Scene, vocabulary
from dashboard.text import text, tongue
from dashboard.view import parse
from dashboard.web import answers, first, hosts, journal, limits, rates
from dashboard.web import wire as web
from dashboard.web.bundles import scripts, serve_bundles, sheets
from dashboard.web.local import UPLOAD, keep_nothing
from dashboard.web.packing import CODINGS, pack_lasting
from dashboard.web.plotly_script import early, serve_plotly
from dashboard.web.root import RootedDash, root, stand_under
from dashboard.web.shipped import ASSETS
from geodata.own.history import load_history
from geodata.records import LANGUAGES, REGION_ID
from geodata.scarce import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash import Dash
    from flask import Flask, Response

    from dashboard.web.local import Local
    from dashboard.web.stale import Stale
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

FONTS = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif'
THEME = {
    "fontFamily": FONTS,
    "headings": {"fontFamily": FONTS},
    "primaryColor": "dark",
    "defaultRadius": "sm",
    "cursorType": "pointer",
    "respectReducedMotion": True,
}
USUAL = limits.Policy()
VIEWPORT = "width=device-width, initial-scale=1, minimum-scale=1"
"""Without a least scale a phone widens its window for a list that opens, and all that stands at
the foot of it moves away."""
SAID = ("late", "failed", "offline", "refused", "again", "reload", "id")
INDEX = """<!doctype html>
<html lang="{=tongue=}" data-words="{words}">
<head>
{%metas%}
<meta name="description" content="{=description=}">
{%favicon%}
<title>{=title=}</title>
{%css%}
</head>
<body>
{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>
"""


def create_app(  # noqa: PLR0913 - what a site has, and what one of its applications has
    atlas: Atlas,
    manifest: Manifest,
    policy: limits.Policy = USUAL,
    stale: Stale | None = None,
    *,
    chrome: Chrome | None = None,
    local: Local | None = None,
) -> Dash:
    """Return the Dash application; `.server` is the WSGI application.

    Parameters
    ----------
    atlas
        The loaded atlas.
    manifest
        The build it was loaded from, which holds the map files.
    policy
        How the server stands towards strangers.
    stale
        Why an earlier build is shown; None where the build is that of the present facts.
    chrome
        What draws, where several applications share it.
    local
        What the application for the reader at this machine has beside others, whose atlas has the
        figures that he has brought along; None for everybody else's.
    """
    t = text("zh")
    app = RootedDash(
        __name__,
        assets_folder=str(ASSETS),
        title=t("shell.title"),
        update_title="",
        assets_ignore=".",  # the index names them, in one file of each kind
        index_string=INDEX.replace("{words}", escape(json.dumps(said(), ensure_ascii=False))),
        compress=True,
        serve_locally=True,
        # The page comes by callback; naming its parts beforehand would send them all twice.
        suppress_callback_exceptions=True,
        health_endpoint=None,
        enable_mcp=policy.mcp,
        mcp_path=limits.MESSAGES[1:],
        meta_tags=[
            {"name": "viewport", "content": VIEWPORT},
            {"name": "color-scheme", "content": "light dark"},
        ],
    )
    server: Flask = app.server
    server.config.update(COMPRESS_ALGORITHM=list(CODINGS), COMPRESS_MIN_SIZE=400)
    if local and atlas.own:
        keep_nothing(server)
    server.url_map.merge_slashes = False  # an address with two is none; a redirect repeats it
    journal.log_requests(server)
    first.go_first(server, rates.FILES)
    journal.answer_errors(server)
    web.answer_unknown_scripts(server)
    serve_plotly(server)
    serve_bundles(server)
    app.asks, app.says = _asks, _says
    limits.cap_requests(server, UPLOAD if local else "")
    rates.limit_rate(server, policy.per_minute)
    limits.check_callbacks(server, lambda: app.callback_map)
    hosts.check_hosts(server, policy.hosts)
    url, here = web.serve_geometry(server, manifest), local is not None
    scene = Scene(atlas, url, vocabulary(atlas), stale, here)
    answers.keep_answers(server, lambda search: parse(search, scene.vocabulary)[0])
    web.report_health(server, manifest, stale)
    shown = callbacks.pages_of(scene)
    pages = [*shown, *([limits.MESSAGES] if policy.mcp else [])]
    web.only_pages(server, pages, nowhere)
    pack_lasting(server, frozenset({*shown, "/_dash-layout", "/_dash-dependencies"}))
    if policy.mcp:
        offer_tools(server, local.published if local and not local.to_assistants else atlas)
    serve_data(server, atlas, manifest)
    loading = html.Div(t("shell.loading"), className="loading")
    app.layout = dmc.MantineProvider(
        callbacks.frame(loading, scene.vocabulary, shown), id="mantine", theme=THEME
    )
    callbacks.register(app, scene)
    chrome = chrome or drawer(manifest)
    server.extensions["chrome"] = chrome
    gallery = Gallery(scene, shown)
    exporter = Exporter(chrome)
    files = exports.Files(gallery, exporter, manifest.folder.parent)
    exports.serve(server, files)
    embeds.serve(server, files)
    tables.serve(server, gallery)
    search.serve(server, scene, {path: page.name for path, page in callbacks.PAGES.items()})
    reports.serve(server, files, (exporter, chrome))
    if local:
        own.serve(server, scene, local, [(p, page.name) for p, page in shown.items()])
    _lead_to_names(server, scene)
    stand_under(server, policy.prefix, pages, forwarded=policy.proxies > 0)
    limits.believe_proxies(server, policy.proxies)
    web.guard(
        server,
        lambda: web.content_policy(app.csp_hashes()),
        policy.framers,
        {} if local else web.OPEN,
    )
    threading.Thread(target=_warm, args=(atlas, local), name="warm", daemon=True).start()
    return app


def drawer(manifest: Manifest) -> Chrome:
    """Return what draws the figures of a server."""
    return Chrome(partial(web.held_geometry, manifest), FONT, polite=True)


def _lead_to_names(server: Flask, scene: Scene) -> None:
    """Lead from the name of a place or a claim to its page, or else to the nearest ones."""

    def not_there(kind: Kind, near: Sequence[tuple[str, str]]) -> Response:
        return web.not_there(nowhere(Sought(kind, near)))

    places.serve(server, scene, partial(not_there, PLACE))
    claim_paths.serve(server, scene, partial(not_there, CLAIM))


def nowhere(sought: Sought | None = None) -> str:
    """Return the page for an address where there is none, in the language that it asks for."""
    names = [(path, page.name) for path, page in callbacks.PAGES.items()]
    return missing(spoken(), names, journal.request_id(), root(), sought)


def _asks(path: str) -> dict[str, str]:
    """Return what a page asks for: sheets, scripts and, early, what draws where it has charts."""
    page = callbacks.PAGES.get(path)
    drawn = early() if page and page.panels else ""
    return {"favicon": drawn, "css": sheets(), "scripts": scripts()}


def _says(path: str) -> dict[str, str]:
    """Return the language, title and description of a page in the language that is asked for."""
    lang = spoken()
    page = callbacks.PAGES.get(path, callbacks.PAGES["/"])
    return {
        "tongue": tongue(lang),
        "title": callbacks.title(page, lang),
        "description": text(lang)("shell.description"),
    }


def said() -> dict[str, dict[str, str]]:
    """Return by language what assets/asking.js says where the server gave no answer."""
    return {
        lang: {
            **{name: text(lang)(f"shell.asking_{name}") for name in SAID},
            "close": text(lang)("shell.close"),
        }
        for lang in LANGUAGES
    }


def _warm(atlas: Atlas, local: Local | None) -> None:
    """Import what takes a second to import ahead of the first reader who needs it.

    What the server has too little of is said to him, or ends the start.
    """
    try:
        early()
        warm()
        atlas.plan(REGION_ID)
        if local:
            load_history()
    except Exception as error:
        if told(error) is None:
            raise
