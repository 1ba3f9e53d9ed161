"""Answers /embed/<chart>?<view>, which others may frame, and /cite/<page>/<chart>?<view>.

An embedded figure is a page with the finished drawing and nothing else: no script, no application.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from string import Template
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from flask import Flask, Response, abort, jsonify, request

from dashboard.pages.exports import BUDGET, KNOWN, Files, asked, read, refused, unused
from dashboard.pages.gallery import charts_of, figures_of
from dashboard.palette import INK
from dashboard.papers import SIZES
from dashboard.print.budget import spending
from dashboard.print.cite import Cited
from dashboard.print.errors import ExportError
from dashboard.text import text, tongue
from dashboard.web.journal import refusal
from dashboard.web.root import rooted
from dashboard.web.wire import CITE, EMBED

if TYPE_CHECKING:
    from dashboard.pages.gallery import Gallery
    from dashboard.pages.page import Page
    from dashboard.palette import Theme
    from dashboard.print.paper import Print
    from dashboard.view import View

CHOICES: Final = ("sheet", "palette")
"""Parameters of `print.paper` that an embedded figure has."""
PAGE: Final = Template("""<!doctype html>
<html lang="$tongue" data-theme="$theme">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="$theme">
<title>$title</title>
<meta name="description" content="$told">
<style>
:root { color-scheme: $theme; }
body { margin: 0; font: 13px/1.6 sans-serif; color: $text; background: $paper; }
figure { margin: 0; overflow-x: auto; }
svg { display: block; width: 100%; height: auto; min-width: 30rem; }
p { margin: .3rem .6rem; }
a { color: inherit; }
</style>
</head>
<body>
<figure>$drawing</figure>
<p><a href="$link" target="_blank" rel="noopener">$source</a></p>
</body>
</html>
""")


def serve(server: Flask, files: Files) -> None:
    """Answer requests for figures in pages of others, and for how a figure is cited."""
    gallery = files.gallery

    server.after_request(come_again)

    @server.get(f"{EMBED}<chart>")
    def embed(chart: str) -> Response:
        page = page_of(gallery, chart, request.args.get("page", ""))
        if page is None:
            abort(404)
        view, choice, wrong, strays = read(gallery, KNOWN | {"page"})
        theme = request.args.get("theme", "")
        wrong = (*wrong, *(["theme"] if theme not in {"", *INK} else []))
        if wrong or strays:
            zh, en = unused("web.bad_embed", wrong, strays)
            return refusal(400, zh, en)
        choice = replace(choice, theme=theme_of(theme, choice))
        try:
            drawing = files.made(page, chart, "svg", view, choice)
        except ExportError as error:
            return refused(error)
        link = gallery.link(request.root_url, page, view)
        body = written(drawing.content.decode(), link, view, choice)
        return Response(body, mimetype="text/html", headers={"Cache-Control": "max-age=3600"})

    @server.get(f"{CITE}<name>/<chart>")
    def cite(name: str, chart: str) -> Response:
        page = gallery.page(name)
        if page is None or chart not in figures_of(page):
            abort(404)
        view, choice = asked(gallery)
        try:
            with spending(BUDGET):
                shown = gallery.exhibits(page, chart, view, choice)[0]
        except ExportError as error:
            return refused(error)
        link = gallery.link(request.root_url, page, view)
        cited = Cited(shown, link, choice.date)
        told = {
            "link": link,
            "words": cited.words,
            "bibtex": cited.bibtex,
            "national": cited.national,
        }
        if chart in charts_of(page):
            told["embed"] = frame_of(address(gallery, page, chart, view), shown.title, choice)
        return jsonify(told)


def come_again(answer: Response) -> Response:
    """Let a frame ask again by itself: it has no script, and a reader draws one at a time."""
    if request.path.startswith(EMBED) and (seconds := answer.headers.get("Retry-After")):
        answer.headers["Refresh"] = seconds
    return answer


def page_of(gallery: Gallery, chart: str, name: str) -> Page | None:
    """Return the page of a chart: the one named, else the first that has it."""
    having = (page for page in gallery.pages.values() if chart in charts_of(page))
    return next((page for page in having if name in {"", page.name}), None)


def address(gallery: Gallery, page: Page, chart: str, view: View) -> str:
    """Return the address under which others frame a chart; its page where that must be said."""
    query = view.query().lstrip("?")
    own = page_of(gallery, chart, "") is page
    parts = {} if own else {"page": page.name}
    parts |= {key: request.args[key] for key in (*CHOICES, "theme") if request.args.get(key)}
    said = "&".join(part for part in (query, urlencode(parts)) if part)
    path = rooted(f"{EMBED}{chart}")
    return f"{request.host_url.rstrip('/')}{path}{said and '?'}{said}"


def frame_of(url: str, title: str, choice: Print) -> str:
    """Return the element to put into a page; it keeps the shape of the sheet."""
    size = SIZES[choice.size]
    shape = f"{size.width:g} / {(size.height or size.width) + ROOM:g}"
    style = f"border: 0; width: 100%; aspect-ratio: {shape}"
    return (
        f'<iframe src="{escape(url)}" title="{escape(title)}" loading="lazy" '
        f'style="{style}"></iframe>'
    )


ROOM: Final = 10
"""Millimetres for the line below the sheet."""


def theme_of(asked: str, choice: Print) -> Theme:
    """Return the theme of a figure: that asked for; what is in grey is for paper and light."""
    return "dark" if asked == "dark" and choice.palette != "grey" else "light"


def written(svg: str, link: str, view: View, choice: Print) -> str:
    """Return the page that holds a drawing and where it comes from."""
    t = text(view.lang)
    drawing = svg[svg.index("<svg") :]
    return PAGE.substitute(
        tongue=tongue(view.lang),
        theme=choice.theme,
        text=choice.ink.text,
        paper=choice.ink.paper,
        title=f"{said(drawing, 'title')} · {escape(t('shell.title'))}",
        told=said(drawing, "desc"),
        drawing=drawing,
        link=escape(link),
        source=escape(t("export.embedded")),
    )


def said(drawing: str, element: str) -> str:
    """Return what an element of a drawing says, as it may stand in an attribute, too."""
    found = re.search(f"<{element}>([^<]*)</{element}>", drawing)
    return found[1].replace('"', "&quot;") if found else ""
