"""The table beside a chart: the rows of its record, and numbers that can be asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dashboard.charts.record import Row
from dashboard.charts.table import MOST_ROWS, figure_of, table_of
from dashboard.pages.callbacks import PAGES
from dashboard.pages.origin import origin_of
from dashboard.panels.components import page_of
from dashboard.units import counted
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from dashboard.charts.record import Panel
    from dashboard.scene import Scene
    from dashboard.view import View

PANELS = [panel for page in PAGES.values() for panel in page.panels]
SEARCHES = ("", "?lang=en&circle=tianjin", "?regions=130100,131125&family=published")


def row(place: str, item: str, year: str, value: float | None, unit: str = "亿元") -> Row:
    names = Name(place, place), Name(item, item)
    return Row(place, names[0], item, names[1], value, unit, year, "official", ("a",))


def test_places_with_the_same_figures_have_a_line_each(
    scene: Scene, read: Callable[[str], View]
) -> None:
    rows = [row(place, "x", year, 1.5) for place in "ab" for year in ("2020", "2021")]
    rows[3] = replace(rows[3], value=None)
    table = table_of(rows, {}, scene.context(read("")))
    assert table.caption == "亿元"
    assert table.head == ("地区", "x · 2020年", "x · 2021年")
    assert table.body == (
        (("a", ""), ("1.5", ""), ("1.5", "")),
        (("b", ""), ("1.5", ""), ("–", "")),
    )


def test_what_is_counted_in_a_place_has_a_line_each(
    scene: Scene, read: Callable[[str], View]
) -> None:
    rows = [
        replace(
            row(place, f"{kind}{part}", "2020", 2),
            item_name=Name(f"{kind} · {part}", f"{kind} · {part}"),
        )
        for place in ("a",)
        for kind in map(str, range(20))
        for part in ("x", "y")
    ]
    table = table_of(rows, {}, scene.context(read("?lang=en")))
    assert table.head == ("Item", "x", "y")
    assert table.body[3] == (("3", ""), ("2", ""), ("2", ""))
    both = [*rows, *(replace(one, id="b", name=Name("b", "b")) for one in rows)]
    assert table_of(both, {}, scene.context(read("?lang=en"))).head == ("Place", "Item", "x", "y")


def test_figures_with_little_in_common_have_a_line_each(
    scene: Scene, read: Callable[[str], View]
) -> None:
    rows = [
        row(place, place, year, 2)
        for place, year in zip("abc", ("2020", "2021", "2022"), strict=True)
    ]
    table = table_of(rows, {}, scene.context(read("?lang=en")))
    assert table.head == ("Place", "Item", "Value", "Year")
    first = next(iter(table.body))
    assert [words for words, _ in first] == ["a", "a", "2", "2020"]


def test_a_table_without_end_says_where_the_rest_is(
    scene: Scene, read: Callable[[str], View]
) -> None:
    endless = (row(str(n), "x", "2020", n) for n in range(10 * MOST_ROWS))
    table = table_of(endless, {}, scene.context(read("")))
    assert len(table.body) == MOST_ROWS
    assert str(MOST_ROWS) in table.more
    assert next(endless).id == str(MOST_ROWS + 1), "no more is asked for than is shown"


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.name)
def test_a_figure_that_can_be_asked_is_that_of_the_drawer(
    scene: Scene, read: Callable[[str], View], panel: Panel, search: str
) -> None:
    view = read(search)
    for chart in panel.charts(scene, view, scene.context(view)):
        for one in chart.rows():
            figure = figure_of(one, scene.atlas.indicators)
            if figure:
                found = origin_of(scene, view, figure)
                assert found is not None, figure
                shown = counted(found.value, view.lang)
                assert shown.value == pytest.approx(one.value), figure


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.name)
def test_every_view_has_all_charts_of_a_panel(
    scene: Scene, read: Callable[[str], View], panel: Panel
) -> None:
    for search in SEARCHES:
        view = read(search)
        charts = panel.charts(scene, view, scene.context(view))
        assert tuple(chart.name for chart in charts) == panel.names


def test_the_years_of_a_figure_stand_in_their_order(
    scene: Scene, read: Callable[[str], View]
) -> None:
    rows = [row("a", "x", year, 1) for year in ("2013", "2024")]
    rows += [row("b", "x", year, 1) for year in ("2013", "2020", "2024")]
    table = table_of(rows, {}, scene.context(read("?lang=en")))
    assert table.head == ("Place", "x · 2013", "x · 2020", "x · 2024")


def test_flows_of_two_kinds_are_told_apart(scene: Scene, read: Callable[[str], View]) -> None:
    view = read("?links=moves&lang=en")
    panel = next(one for one in PANELS if (one.page, one.name) == ("linkages", "map"))
    rows = list(panel.chart("map", scene, view, scene.context(view)).rows())
    named = [(one.id, one.item_name["en"], one.year) for one in rows]
    assert len(named) == len(set(named)) > 1
    kinds = {"zgc_branch_companies", "zgc_subsidiaries"}
    assert kinds <= {kind for kind in kinds for one in rows if one.item.startswith(kind)}


def test_members_of_a_circle_are_listed_in_their_role(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view = read("?layers=circles&lang=en")
    panel = next(one for one in PANELS if (one.page, one.name) == ("explore", "map"))
    rows = panel.chart("map", scene, view, scene.context(view)).rows()
    table = table_of(rows, {}, scene.context(view))
    assert table.head == ("Place", "Item")
    beijing = page_of("110000", scene.context(view))
    assert (("Beijing", beijing), ("Capital metropolitan circle · Core", "")) in table.body


def test_the_address_of_a_table_answers_with_its_rows(client: FlaskClient) -> None:
    answer = client.get("/rows/compare/sigma?lang=en")
    assert answer.status_code == 200
    told = answer.get_json()
    # One place: a line for each year, with the four measures beside one another.
    assert told["head"][0] == "Year"
    assert len(told["head"]) == 5
    assert told["body"][0][0] == ["2013", ""]
    assert client.get("/rows/compare/nothing").status_code == 404
    assert client.get("/rows/nothing/sigma").status_code == 404
    assert client.get("/rows/compare").status_code == 404
    assert client.get("/export/compare/sigma").status_code == 404
