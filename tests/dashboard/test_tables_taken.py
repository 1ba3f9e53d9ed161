"""Every table of every page leaves as CSV and XLSX: its exact figures, each with its source."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from dash import html
from plotly.io.json import to_json_plotly as to_json

from dashboard.charts.record import Panel
from dashboard.charts.table import MOST_ROWS
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import charts_of, tables_of
from dashboard.pages.screen import Screen
from dashboard.pages.sections import Section
from dashboard.static import static
from dashboard.view import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask.testing import FlaskClient

    from dashboard.scene import Scene
    from dashboard.view import View

SEARCHES = (
    "",
    "?lang=en&circle=tianjin&links=rail",
    "?regions=130100,131125&family=published&links=contracts",
    "?lang=en&regions=110112&industry=wholesale_retail&census=2010&size=gdp",
)
TABLES = [(page.path, name) for page in PAGES.values() for name in tables_of(page)]
CHARTS = [(page.path, name) for page in PAGES.values() for name in charts_of(page)]
NUMBER = re.compile(r"[−+]?\d[\d,]*(?:\.\d+)?")
OF = re.compile(r"(?:of |共)(\d+)")
"""How many places a rank is among: said in the name of the rank."""
ASIDE = (html.Sup, html.Small, html.Abbr, html.Br)
"""Marks of footnotes, years and status."""


def inside(found: Any) -> Iterator[Any]:  # noqa: ANN401 - a component, words, or several
    """Yield a component and all that stands in it."""
    if isinstance(found, list | tuple):
        for one in found:
            yield from inside(one)
    elif found is not None:
        yield found
        yield from inside(getattr(found, "children", None))


def written(cell: Any) -> str:  # noqa: ANN401 - a component, words, or several
    """Return the words of a cell without what stands aside."""
    if isinstance(cell, list | tuple):
        return "".join(map(written, cell))
    if isinstance(cell, ASIDE) or cell is None:
        return ""
    return written(cell.children) if hasattr(cell, "children") else str(cell)


def numbers_of(shown: Any) -> list[str]:  # noqa: ANN401 - components
    """Return the numbers of the tables in what is shown, as they are written there."""
    tables = [one for one in inside(shown) if isinstance(one, html.Table)]
    cells = [one for table in tables for one in inside(table) if isinstance(one, html.Td)]
    numeric = (one for one in cells if "num" in (getattr(one, "className", "") or ""))
    return [token for cell in numeric for token in NUMBER.findall(written(cell))]


def taken(client: FlaskClient, path: str, name: str, search: str) -> list[dict[str, str]]:
    """Return the rows of the CSV of a chart or table."""
    answer = client.get(f"/export/{PAGES[path].name}/{name}.csv{search}")
    assert answer.status_code == 200, (path, name, search, answer.text)
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def told_by(token: str, rows: list[dict[str, str]]) -> bool:
    """Tell whether a written number is a figure of the rows, rounded as it is written."""
    digits = token.replace(",", "").replace("−", "-").replace("+", "")
    places = len(digits.partition(".")[2])
    half = 0.5000001 * 10**-places
    values = [float(row["value"]) for row in rows if row["value"]]
    others = {n for row in rows for n in OF.findall(row["item_zh"] + row["item_en"])}
    years = {str(int(n)) for row in rows for n in re.findall(r"\d+", row["year"])}
    near = any(abs(value - float(digits)) <= half for value in values)
    return near or digits in others or digits in years


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("path", list(PAGES))
def test_every_number_of_every_table_is_in_the_file(
    scene: Scene, read: Callable[[str], View], client: FlaskClient, path: str, search: str
) -> None:
    view = read(search)
    blocks = [block for section in PAGES[path].sections for block in section.blocks]
    assert blocks
    for block in blocks:
        alone = Section("", (block,)).children(scene, view, Screen())
        if not (numbers := numbers_of(alone)):
            continue
        names = block.names if isinstance(block, Panel) else (getattr(block, "name", ""),)
        assert names[0], f"a table of {path} leaves by no address: {numbers[:5]}"
        rows = [row for name in names for row in taken_if(client, path, name, search)]
        missing = [token for token in numbers if not told_by(token, rows)]
        assert not missing, (path, names, search, missing)


def taken_if(client: FlaskClient, path: str, name: str, search: str) -> list[dict[str, str]]:
    """Return the rows of a chart; none where there is nothing to draw."""
    answer = client.get(f"/export/{PAGES[path].name}/{name}.csv{search}")
    return taken(client, path, name, search) if answer.status_code == 200 else []


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize(("path", "name"), [*TABLES, *CHARTS])
def test_each_figure_leaves_with_its_source_in_both_files(
    client: FlaskClient, path: str, name: str, search: str
) -> None:
    rows = taken_if(client, path, name, search)
    for row in rows:
        if row["value"]:
            assert row["source_ids"], row
            assert row["year"] or row["item"].startswith(("sites_", "site_")), row
    if not rows:
        return
    answer = client.get(f"/export/{PAGES[path].name}/{name}.xlsx{search}")
    book = openpyxl.load_workbook(io.BytesIO(answer.data), read_only=True)
    *data, sources, _ = [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    heads = data[0][0]
    # A line ends where its last cell is that holds something.
    lines = [line for sheet in data for line in sheet[1:]]
    cells = [dict.fromkeys(heads) | dict(zip(heads, line, strict=False)) for line in lines]
    assert [c["value"] for c in cells] == [
        float(row["value"]) if row["value"] else None for row in rows
    ]
    assert [(c["item"], c["source_ids"] or "") for c in cells] == [
        (row["item"], row["source_ids"]) for row in rows
    ]
    listed = {line[0] for line in sources[1:]}
    assert {i for row in rows for i in filter(None, row["source_ids"].split(";"))} == listed


@pytest.mark.parametrize("search", SEARCHES[:3])
@pytest.mark.parametrize(("path", "name"), CHARTS)
def test_as_a_table_has_the_rows_of_the_file(
    scene: Scene, client: FlaskClient, path: str, name: str, search: str
) -> None:
    table = client.get(f"/rows/{PAGES[path].name}/{name}{search}").get_json()
    view, _ = parse(search, scene.vocabulary)
    panel = next(one for one in PAGES[path].panels if name in one.names)
    chart = panel.chart(name, scene, view, scene.context(view))
    if chart.empty:
        assert not table["body"]
        return
    rows = taken(client, path, name, search)
    own = list(chart.rows())
    assert [row["value"] for row in rows[: len(own)]] == [
        "" if row.value is None else str(row.value) for row in own
    ]
    assert len(rows) == len(own) + len(list(chart.beside()))
    shown = [row for row in own[:MOST_ROWS] if row.value is not None]
    figures = [cell for line in table["body"] for cell in line if NUMBER.search(cell[0])]
    assert len(figures) >= len(shown)


def test_the_comparison_names_a_source_for_gdp_per_head(client: FlaskClient) -> None:
    rows = taken(client, "/compare", "keys", "?regions=110000,130100")
    heads = [row for row in rows if row["item"].startswith("gdp_per_capita") and row["value"]]
    assert len(heads) == 2
    assert all(row["source_ids"] for row in heads)


@pytest.mark.parametrize(("lang", "said"), [("zh", "这是一张表"), ("en", "This is a table")])
@pytest.mark.parametrize("kind", ["png", "svg", "pdf", "bundle", "json"])
def test_a_table_has_no_picture_and_says_so(
    client: FlaskClient, kind: str, lang: str, said: str
) -> None:
    answer = client.get(f"/export/compare/keys.{kind}?lang={lang}")
    assert answer.status_code == 422
    assert said in answer.text


@pytest.mark.parametrize("path", list(PAGES))
def test_each_table_has_its_button_on_the_page(
    scene: Scene, read: Callable[[str], View], path: str
) -> None:
    page, view = PAGES[path], read("?regions=130100&over=ring2010")
    later = [
        one for part in page.sections if part.later for one in part.children(scene, view, Screen())
    ]
    body = to_json(static(html.Div([page.body(scene, view, Screen()), *later])))
    for name in tables_of(page):
        assert f'"data-chart":"{name}"' in body, name


@pytest.mark.parametrize(
    ("path", "search"),
    [("/", "?regions=130600"), ("/place", "?regions=130600&lang=en"), ("/clusters", "")],
)
def test_every_listed_site_leaves_with_its_names_and_its_sources(
    scene: Scene, read: Callable[[str], View], client: FlaskClient, path: str, search: str
) -> None:
    """A row for each line of the list: what has no published size is there without a value."""
    view = read(search)
    (block,) = (
        block
        for section in PAGES[path].sections
        for block in section.blocks
        if getattr(block, "name", "") == "sites"
    )
    shown = Section("", (block,)).children(scene, view, Screen())
    lists = [one for one in inside(shown) if getattr(one, "className", "") == "sites"]
    lines = [line.children[0] for one in lists for line in one.children]
    rows = taken(client, path, "sites", search)
    names = [row[f"item_{view.lang}"].partition(" · ")[0] for row in rows]
    assert len(lines) > 10
    assert sorted(names) == sorted(map(str, lines))
    assert all(row["source_ids"] and row["item"].startswith("site_") for row in rows)
    assert {bool(row["value"]) for row in rows} == {True, False}


@pytest.mark.parametrize(
    "search", ["?regions=110112", "?regions=131000&lang=en", "?circle=tianjin"]
)
@pytest.mark.parametrize(("path", "name"), [("/", "plan"), ("/place", "planned")])
def test_every_item_of_the_plan_leaves_with_the_plan_as_its_source(
    scene: Scene, client: FlaskClient, path: str, name: str, search: str
) -> None:
    view, _ = parse(search, scene.vocabulary)
    place = scene.subject(view)
    rows = taken(client, path, name, search)
    items = scene.atlas.plan(place.id, view.scheme)
    assert items
    by_id: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_id.setdefault(row["item"], []).append(row)
    for item in items:
        named = by_id[f"plan_{item.id}"][0]
        assert item.name.zh in named["item_zh"]
        assert item.name.en in named["item_en"]
        assert not named["value"]
        assert set(named["source_ids"].split(";")) == set(item.source_ids)


def test_the_quotient_beside_an_item_of_the_plan_is_that_of_the_map_against_its_reference(
    scene: Scene, client: FlaskClient
) -> None:
    """Tongzhou's industries are held against what the plan means: each is that of the map so."""
    tongzhou = "110112"
    asked = [
        figure
        for item in scene.atlas.plan(tongzhou)
        for one in item.evidence
        for figure in one.ids
        if one.industry is not None and figure.place == tongzhou
    ]
    rows = taken(client, "/", "plan", f"?regions={tongzhou}")
    assert asked
    for figure in asked:
        search = f"?indicator={figure.indicator}&year={figure.year}&benchmark={figure.benchmark}"
        on_map = taken(client, "/", "map", search)
        (wanted,) = (one["value"] for one in on_map if one["id"] == tongzhou)
        found = [r for r in rows if r["item"] == figure.indicator and r["value"] == wanted]
        against = scene.atlas.term("benchmark", figure.benchmark)
        assert any(against.zh in row["item_zh"] for row in found), figure


def test_each_definition_that_names_a_place_leaves_with_the_role(client: FlaskClient) -> None:
    rows = taken(client, "/place", "claimed", "?regions=131000")
    named = {row["item"].removeprefix("claimed_"): row["item_zh"] for row in rows}
    assert "article/tianjin" in named
    assert "article/capital" in named
    assert all(row["source_ids"] and row["year"] for row in rows)
    held = taken(client, "/place", "claimed", "?regions=130000&lang=en")
    counted = [row for row in held if row["value"]]
    assert counted
    assert all(float(row["value"]) <= 167 for row in counted)


def test_listed_companies_leave_with_their_revenue_the_largest_first(client: FlaskClient) -> None:
    rows = taken(client, "/place", "firms", "?regions=110108")
    assert len(rows) > 10
    told = [float(row["value"]) for row in rows if row["value"]]
    assert told == sorted(told, reverse=True)
    assert {row["unit"] for row in rows if row["value"]} == {"亿元"}


def test_computing_power_leaves_with_its_precision_and_stage(client: FlaskClient) -> None:
    rows = taken(client, "/", "sites", "?circle=capital")
    power = [row for row in rows if row["unit"] == "PFLOPS"]
    assert power
    assert all(row["item_zh"].count(" · ") >= 3 for row in power)
    assert any("智能算力" in row["item_zh"] for row in power)
