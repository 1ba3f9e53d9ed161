"""Answers the address of the table beside a chart: /rows/<page>/<chart>?<view>."""

from __future__ import annotations

from dataclasses import asdict, replace

from flask import Flask, Response, abort, jsonify, request

from dashboard.charts.table import table_of
from dashboard.pages.gallery import Gallery, charts_of
from dashboard.web.wire import ROWS


def serve(server: Flask, gallery: Gallery) -> None:
    """Answer requests for the figures behind a chart, or with the sentence why there are none.

    No more rows are put together than the table lists: pairs of counties are 19,701.
    """

    @server.get(f"{ROWS}<name>/<chart>")
    def rows(name: str, chart: str) -> Response:
        page = gallery.page(name)
        if page is None or chart not in charts_of(page):
            abort(404)
        view, _ = gallery.asked(request.query_string)
        shown = gallery.chart(page, chart, view)
        context = gallery.scene.context(view)
        table = table_of(
            () if shown.empty else shown.rows(), gallery.scene.atlas.indicators, context
        )
        return jsonify(asdict(replace(table, caption=shown.empty or table.caption)))
