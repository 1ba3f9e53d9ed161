"""One chart is one record: what the page shows, print takes, and the rows are what is drawn."""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from dash import dcc

from dashboard.charts.record import Canvas, Reported, graph_id
from dashboard.map.figure import FILL
from dashboard.pages import firms
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery, all_panels, charts_of
from dashboard.pages.screen import Screen
from dashboard.print.exhibits import exhibit
from dashboard.print.exporter import Exporter
from dashboard.print.paper import Print
from dashboard.print.report import find_place, report
from dashboard.text import text
from tests.dashboard.asked import asked
from tests.dashboard.test_exports import Pretender
from tests.rooms import imports, module_of, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.charts.record import Chart, Panel
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context

ROOM = "dashboard.charts"
PANELS = all_panels(PAGES)
CHARTS = [(panel, name) for panel in PANELS for name in panel.names]
NAMED = [f"{panel.page}-{name}" for panel, name in CHARTS]
SEARCHES = ("", "?lang=en", "?regions=110112&lang=en", "?circle=capital,tianjin")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def within(found: Any) -> Iterator[Any]:  # noqa: ANN401 - components, lists and words
    """Yield a component and everything in it."""
    if isinstance(found, list | tuple):
        for one in found:
            yield from within(one)
        return
    yield found
    if (inside := getattr(found, "children", None)) is not None:
        yield from within(inside)


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("path", list(PAGES))
def test_every_graph_on_a_page_belongs_to_a_chart(
    scene: Scene, read: Callable[[str], View], path: str, search: str
) -> None:
    page, view = PAGES[path], read(search)
    shown = [page.body(scene, view, Screen())]
    shown += [one for part in page.sections for one in part.children(scene, view, Screen())]
    drawn = {vars(one)["id"] for one in within(shown) if isinstance(one, dcc.Graph)}
    assert drawn <= {graph_id(name) for panel in page.panels for name in panel.names}
    assert drawn or not page.panels


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize(("panel", "name"), CHARTS, ids=NAMED)
def test_a_chart_has_rows_with_sources_and_says_what_they_are(
    scene: Scene, read: Callable[[str], View], panel: Panel, name: str, search: str
) -> None:
    view = read(search)
    chart = panel.chart(name, scene, view, scene.context(view))
    assert chart.subject[view.lang]
    if chart.empty:
        return
    rows = list(chart.rows())
    known = [row for row in rows if row.value is not None or row.source_ids]
    assert known
    for row in known:
        assert row.source_ids, row
        assert row.name[view.lang], row
        assert row.item_name[view.lang], row
    assert re.search(r"\d", chart.told), chart.told


@pytest.mark.parametrize(("panel", "name"), CHARTS, ids=NAMED)
def test_a_chart_is_the_same_in_both_languages(
    scene: Scene, read: Callable[[str], View], panel: Panel, name: str
) -> None:
    zh, en = (
        panel.chart(name, scene, view, scene.context(view)) for view in (read(""), read("?lang=en"))
    )
    assert [(k.colour, k.shape, k.count) for k in zh.key] == [
        (k.colour, k.shape, k.count) for k in en.key
    ]
    assert len(zh.notes) == len(en.notes)
    ids = [[(row.id, row.item, row.year) for row in chart.rows()] for chart in (zh, en)]
    assert ids[0] == ids[1]
    words = [en.title, en.lead, en.empty, *en.say, *en.notes, *(key.words for key in en.key)]
    assert [line for line in words if CHINESE.search(line)] == []


@pytest.mark.parametrize(("panel", "name"), CHARTS, ids=NAMED)
def test_an_export_holds_the_rows_and_the_drawing_of_the_record(
    scene: Scene, read: Callable[[str], View], panel: Panel, name: str
) -> None:
    view = read(asked(name))
    chart = panel.chart(name, scene, view, scene.context(view))
    made = exhibit(panel, name, scene, view, scene.context(view))
    canvas = Canvas(640, height=480)
    assert made.rows == tuple(chart.rows())
    assert made.draw(canvas) == chart.draw(canvas)
    keys = chart.caption.key if chart.caption and chart.caption.key is not None else chart.key
    assert [key.words for key in made.keys] == [f"{k.number} {k.words}".strip() for k in keys]
    assert set(chart.notes) <= set(made.notes)


def chart_of(scene: Scene, view: View, name: str) -> Chart:
    panel = next(panel for panel in PAGES["/"].panels if name in panel.names)
    return panel.chart(name, scene, view, scene.context(view))


@pytest.mark.parametrize("search", ["", "?indicator=gdp&level=city", "?circle=capital"])
def test_the_ranking_draws_its_first_rows(
    scene: Scene, read: Callable[[str], View], search: str
) -> None:
    chart = chart_of(scene, read(search), "ranking")
    rows = list(chart.rows())
    whole = chart.draw(Canvas(500))["data"][0]
    some = chart.draw(Canvas(500, height=208))["data"][0]
    values = [row.value for row in rows if row.value is not None]
    assert sorted(whole["customdata"]) == sorted(r.id for r in rows if r.value is not None)
    assert whole["x"] == pytest.approx(values, abs=0.5)
    # (208 − 8) / 20 pixels
    assert some["x"] == whole["x"][:10]


@pytest.mark.parametrize("search", ["", "?indicator=gdp&level=city&draw=areas", "?circle=capital"])
def test_the_map_colours_the_places_of_its_rows(
    scene: Scene, read: Callable[[str], View], search: str
) -> None:
    chart = chart_of(scene, read(search), "map")
    areas = chart.draw(Canvas(500))["data"][FILL]
    inside = {code for code, z in zip(areas["locations"], areas["z"], strict=True) if z >= 0}
    assert inside == {row.id for row in chart.rows() if row.value is not None}
    counted = sum(key.count or 0 for key in chart.key if key.shape == "area")
    assert counted == len(list(chart.rows()))


def test_the_industries_drawn_are_the_rows(scene: Scene, read: Callable[[str], View]) -> None:
    chart = chart_of(scene, read("?regions=110112"), "industry")
    quotients = [r for r in chart.rows() if r.item.startswith("lq_") and r.year == "2020"]
    bars = next(one for one in chart.draw(Canvas(500))["data"] if one["name"] == "lq")
    assert len(bars["x"]) == len(quotients)


def modules_of_charts() -> set[str]:
    """Return the modules that hold the record of a chart."""
    return {
        module_of(path)
        for path in sources()
        if module_of(path).startswith(f"{ROOM}.")
        and any(
            isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PANEL"
            for node in ast.parse(path.read_text(encoding="utf-8")).body
        )
    }


def test_nothing_but_the_lists_of_the_pages_names_a_chart() -> None:
    charts = modules_of_charts()
    assert len(charts) >= len(PANELS)
    lists = {f"dashboard.pages.{page.name}" for page in (*PAGES.values(), firms.PAGE)}
    naming = {
        module_of(path)
        for path in sources()
        for name in imports(path)
        if name in charts or name.rpartition(".")[0] in charts
    }
    assert {one for one in naming if not one.startswith(f"{ROOM}.")} <= lists


@pytest.mark.parametrize("path", list(PAGES))
def test_what_can_be_taken_away_are_the_charts_of_the_page(path: str) -> None:
    page = PAGES[path]
    names = [name for panel in page.panels for name in panel.names]
    assert sorted(charts_of(page)) == sorted(names)
    assert {panel.page for panel in page.panels} <= {page.name}


class Counting:
    """Counts how often each panel is asked for its charts, by what of the view it was asked."""

    def __init__(self) -> None:
        self.asked: Counter[tuple[str, str, View]] = Counter()

    def of(self, panel: Panel) -> Panel:
        def charts(scene: Scene, view: View, context: Context) -> Any:  # noqa: ANN401 - charts
            self.asked[panel.page, panel.name, view] += 1
            return panel.charts(scene, view, context)

        return replace(panel, charts=charts)


@pytest.mark.parametrize("kind", ["svg", "bundle", "csv", "xlsx"])
@pytest.mark.parametrize(("panel", "name"), CHARTS, ids=NAMED)
def test_an_export_runs_its_panel_once_and_no_other(
    scene: Scene,
    read: Callable[[str], View],
    panel: Panel,
    name: str,
    kind: str,
) -> None:
    counting = Counting()
    page = next(page for page in PAGES.values() if panel in page.panels)
    panels = [counting.of(p) for p in page.panels]
    counted: Any = SimpleNamespace(name=page.name, panels=panels, tables=())
    choice = Print("a4-full", "both", date="2026-11-28")
    exhibits = Gallery(scene, PAGES).exhibits(counted, name, read(asked(name)), choice)
    Exporter(Pretender()).file(kind, exhibits, choice, "http://x/")
    assert {(p, n) for p, n, _ in counting.asked} == {(panel.page, panel.name)}
    assert set(counting.asked.values()) == {1}
    assert {view.lang for _, _, view in counting.asked} == {"zh", "en"}


def test_a_report_runs_each_panel_once_for_each_figure(
    scene: Scene, read: Callable[[str], View]
) -> None:
    counting = Counting()
    view = read("")
    place = find_place(scene, "capital", view.scheme)
    panels = [counting.of(panel) for panel in PANELS]
    made = report(scene, place, view, scene.context(view), panels)
    reported = sorted(
        (one for p in PANELS for one in p.reported if not one.of or place.kind in one.of),
        key=lambda r: r.order,
    )
    assert sum(counting.asked.values()) == len(reported)
    assert set(counting.asked.values()) == {1}
    drawn = [text(view.lang)(one.heading) for one in reported]
    headings = [section.heading for section in made.sections]
    assert [one for one in headings if one in drawn] == drawn
    assert [one for one in headings if one not in drawn] == [
        "这是什么地方",
        "规划中的角色",
        "主要指标",
        "产业集群与园区",
        "最相近的地方",
        "各方案对照",
    ]


def test_a_chart_that_is_reported_stands_in_the_report(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view = read("")
    panel = next(panel for panel in PANELS if panel.name == "sigma")
    asked = [replace(panel, reported=(Reported("compare.sigma", 35),))]
    place = find_place(scene, "capital", view.scheme)
    made = report(scene, place, view, scene.context(view), asked)
    figures = [section.figure.chart for section in made.sections if section.figure]
    assert figures == ["sigma"]
    (section,) = (one for one in made.sections if one.figure)
    assert section.heading == panel.title(scene.context(view).t)
