"""Plotly's script, cut to the traces that the atlas draws."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import pytest
from flask import Flask

from dashboard.charts.record import Canvas
from dashboard.pages.callbacks import PAGES
from dashboard.view import LAYERS, parse
from dashboard.web import plotly_script
from dashboard.web.packing import A_YEAR
from dashboard.web.plotly_script import PATH, TRACES, Unknown, cut

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from dashboard.scene import Scene

MODULES = {
    "no": 'var no=W((e,t)=>{"use strict";t.exports=helper()});',
    "helper": 'var helper=W(e=>{"use strict";e.one=1});',
    "beside": "var beside=W(e=>{e.two=2});function shared(e){return e};",
    "Bar": 'var Bar=W((e,t)=>{t.exports={plot:deep(),x:a.no(),moduleType:"trace",name:"bar"}});',
    "deep": "var deep=W((e,t)=>{t.exports=shared(e)});",
    "bar": "var bar=W((e,t)=>{t.exports=Bar()});",
    "pie": 'var pie=W((e,t)=>{t.exports={no:no(),moduleType:"trace",name:"pie"}});',
    "core": "var core=W((e,t)=>{t.exports={}});",
    "all": "var all=W((e,t)=>{var k=core();k.register([bar(),pie()]);t.exports=k});",
}
BUNDLE = "(()=>{" + "".join(MODULES.values()) + "return all()})();"


def test_a_bundle_keeps_a_trace_and_all_that_it_calls() -> None:
    kept = ["beside", "Bar", "deep", "bar", "core"]
    rest = "var all=W((e,t)=>{var k=core();k.register([bar()]);t.exports=k});return all()})();"
    assert cut(BUNDLE, ["bar"]) == "(()=>{" + "".join(MODULES[name] for name in kept) + rest


@pytest.mark.parametrize("script", ["", "alert(1)", BUNDLE.replace("register", "put"), BUNDLE[:50]])
def test_what_is_no_such_bundle_is_not_cut(script: str) -> None:
    with pytest.raises(Unknown):
        cut(script, ["bar"])


def test_a_trace_that_the_bundle_lacks_is_named() -> None:
    with pytest.raises(Unknown, match="heatmap, violin"):
        cut(BUNDLE, ["bar", "violin", "heatmap"])


def test_the_installed_plotly_is_the_one_on_which_the_cut_was_tried() -> None:
    """After an upgrade: try the cut in a browser (test_insides.py), then set TRIED anew."""
    assert plotly_script.is_tried()


def test_the_cut_script_calls_no_module_that_was_left_out() -> None:
    """Told by another look at it: what the whole defines by `=W(` and the cut calls, it has."""
    whole = plotly_script.whole().decode("utf-8")
    made = plotly_script.plotly_script().content.decode("utf-8")
    defines = re.compile(r"[\s,;{}]([\w$]+)=W\(")
    gone = set(defines.findall(whole)) - set(defines.findall(made))
    assert gone & set(re.findall(r"[^\w$.]([\w$]+)\(\)", made)) == set()
    assert len(gone) > 500  # of some 1,200
    assert len(made) < 0.7 * len(whole)


@pytest.mark.parametrize("renderer", ["map", "geo"])
@pytest.mark.parametrize("search", ["?layers=" + ",".join(LAYERS), "?level=city&indicator=gdp"])
def test_charts_and_maps_draw_no_other_trace(scene: Scene, search: str, renderer: str) -> None:
    view = parse(search, scene.vocabulary)[0]
    context = scene.context(view)
    records = [
        chart
        for page in PAGES.values()
        for panel in page.panels
        for chart in panel.charts(scene, view, context)
        if not chart.empty
    ]
    canvas = Canvas(700, renderer=renderer)  # type: ignore[arg-type]
    drawn = {trace["type"] for chart in records for trace in chart.draw(canvas)["data"]}
    assert len(drawn) > 3
    assert drawn <= TRACES


def test_the_script_is_given_where_dash_looks_for_it(client: FlaskClient) -> None:
    script = plotly_script.plotly_script()
    packed = client.get(PATH, headers={"Accept-Encoding": "br, gzip"})
    plain = client.get(PATH, headers={"Accept-Encoding": ""})
    assert brotli.decompress(packed.data) == plain.data == script.content
    assert packed.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert packed.mimetype == "text/javascript"
    again = client.get(
        PATH, headers={"If-None-Match": plain.headers["ETag"], "Accept-Encoding": ""}
    )
    assert (again.status_code, again.data) == (304, b"")
    for_ever = client.get(f"{PATH}?{script.digest}").cache_control
    assert (for_ever.max_age, for_ever.immutable) == (A_YEAR, True)
    assert not client.get(PATH).cache_control.immutable


def test_only_a_page_with_charts_asks_for_it_early(client: FlaskClient) -> None:
    path = f"{PATH}?{plotly_script.plotly_script().digest}"
    tag = f'<link rel="preload" as="script" data-plotly href="{path}">'
    assert tag in client.get("/?lang=en").text
    assert "data-plotly" not in client.get("/methods").text


def test_any_other_plotly_is_given_whole(
    monkeypatch: pytest.MonkeyPatch, client: FlaskClient
) -> None:
    monkeypatch.setattr(plotly_script, "is_tried", lambda: False)
    assert f'<link rel="preload" as="script" data-plotly href="{PATH}">' in client.get("/").text
    server = Flask("other")
    plotly_script.serve_plotly(server)  # nothing stands in for what Dash answers
    assert PATH not in {rule.rule for rule in server.url_map.iter_rules()}
