"""Answers the address of the table beside a chart: /rows/<page>/<chart>?<view>."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, jsonify, request

from dashboard.charts.table import table_of
from dashboard.pages.gallery import Gallery, charts_of
from dashboard.print.errors import ExportError
from dashboard.print.paper import Print
from dashboard.view import parse
from dashboard.web.wire import ROWS

if TYPE_CHECKING:
    from geodata.records import Lang


def serve(server: Flask, gallery: Gallery) -> None:
    """Answer requests for the figures behind a chart, or with the sentence why there are none."""

    @server.get(f"{ROWS}<name>/<chart>")
    def rows(name: str, chart: str) -> Response:
        page = gallery.page(name)
        if page is None or chart not in charts_of(page):
            abort(404)
        view, _ = parse(request.query_string.decode(errors="replace"), gallery.scene.vocabulary)
        lang: Lang = view.lang
        try:
            (exhibit,) = gallery.exhibits(page, chart, view, Print(words=lang))
        except ExportError as error:
            return jsonify({"caption": str(error), "head": [], "body": [], "more": ""})
        context = gallery.scene.context(view)
        table = table_of(exhibit.rows, gallery.scene.atlas.indicators, context)
        return jsonify(asdict(table))
