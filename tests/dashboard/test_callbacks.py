"""The callbacks as the browser asks them: what comes back, how large, and never a fault."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest
from dash import html
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.charts import ranking
from dashboard.map.figure import FILL, SIZED
from dashboard.pages import data, explore
from dashboard.pages.callbacks import PAGES
from dashboard.pages.frame import framed
from dashboard.pages.screen import Screen
from dashboard.pages.second import PAIRED_WITH
from dashboard.view import LAYERS, PAIRED, PARAMETERS, View, parse
from tests.dialogue import WRITES_AND_WAITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dash import Dash

    from dashboard.scene import Scene
    from tests.dashboard.conftest import Reader

ALL = tuple(WRITES_AND_WAITS)
ADDRESSES = (
    "",
    "?lang=en",
    "?level=city&indicator=gdp&year=2014&regions=110000,120000,130000&lang=en",
    "?circle=capital,tianjin&regions=110112&census=2010&benchmark=GD",
    "?scheme=plan2026&circle=functional&level=city&lang=en",
    "?layers=" + ",".join(LAYERS),
    "?layers=none&lang=en",
)
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"
HOSTILE = (
    f"?{urlencode(dict.fromkeys(PARAMETERS, MARKUP))}",
    f"?{MARKUP}",
    "?regions=110000,<b>,110000,__proto__,../../etc/passwd",
    "?classes=nan,inf,-inf&k=1e9",
    "?classes=1,2,3&k=7&year=0000",
    "?level=province&indicator=gdp",
    "?circle=" + ",".join(["capital"] * 400),
    "?x=" + "a" * 100_000,
    "?%00%ff%FE&&==&lang=%E4%B8",
    "?scheme[]=article&scheme=article&scheme=plan2026",
    "?indicator=gdp%00&layers=fill;drop table",
    "?lang=en&lang=zh&circle=%22%3E%3Csvg%2Fonload%3D1%3E",
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def words(found: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Yield the texts of components: children, labels, hints; figures and addresses are left."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, list):
        for one in found:
            yield from words(one)
    elif isinstance(found, dict):
        for name in ("props", "children", "label", "title", "placeholder", "description"):
            if name in found:
                yield from words(found[name])


@pytest.mark.parametrize("search", ADDRESSES)
@pytest.mark.parametrize("question", ALL)
def test_every_question_is_answered(reader: Reader, question: str, search: str) -> None:
    answer = reader.post(question, search)
    assert answer.status_code == 200
    assert "notice" not in json.loads(answer.data)["response"]
    assert "sideUpdate" not in json.loads(answer.data)


@pytest.mark.parametrize("search", HOSTILE)
@pytest.mark.parametrize("question", ALL)
def test_a_hostile_address_is_answered_and_never_repeated(
    reader: Reader, question: str, search: str
) -> None:
    answer = reader.post(question, search)
    assert answer.status_code == 200
    assert b"sideUpdate" not in answer.data
    body = answer.get_data(as_text=True)
    for echo in ("alert(", "onerror", "onload", "etc/passwd", "drop table", "__proto__", "aaaaaa"):
        assert echo not in body


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.text(max_size=80),
        st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=30), max_size=5).map(
            lambda fields: "?" + urlencode(fields, errors="replace")
        ),
    )
)
def test_anything_at_all_in_the_address_gives_a_page(reader: Reader, search: str) -> None:
    for question in ("controls", "recolour", "outline", "describe", "rank"):
        answer = reader.post(question, search)
        assert answer.status_code == 200
        assert b"sideUpdate" not in answer.data


@pytest.mark.parametrize(
    ("theme", "screen"),
    [
        (None, None),
        ("<b>", "x"),
        ({"a": 1}, []),
        (1, {"renderer": "<b>", "panel": "500"}),
        ("dark", {"renderer": "geo", "panel": 10**9}),
        ("dark", {"renderer": ["map"], "panel": -1}),
    ],
)
def test_whatever_the_browser_kept_is_believed_only_where_known(
    reader: Reader, theme: object, screen: object
) -> None:
    for question in ALL:
        answer = reader.post(question, "", theme=theme, screen=screen)
        assert answer.status_code == 200
        assert b"sideUpdate" not in answer.data
        assert b"<b>" not in answer.data.replace(b"<b>%{", b"").replace(b"<br><b>", b"")


def test_unknown_parameters_are_named_to_the_reader(reader: Reader) -> None:
    said = "".join(words(reader.ask("controls", "?scheme=x&k=99")["notices"]["children"]))
    assert "都市圈方案" in said
    assert "分级数" in said
    assert "指标" not in said
    assert reader.ask("controls", "")["notices"]["children"] == []
    strays = reader.ask("controls", "?indcator=gdp&k=4&k=5")["notices"]["children"]
    assert "不认识的参数" in "".join(words(strays))
    assert "只用第一个" in "".join(words(strays))


@pytest.mark.parametrize("name", PARAMETERS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_parameter_has_a_notice(reader: Reader, name: str, lang: str) -> None:
    search = f"?{name}=nothing" + (f"&lang={lang}" if name != "lang" else "")
    notice = reader.ask("controls", search)["notices"]["children"]
    assert len(notice) == 1
    assert "nothing" not in "".join(words(notice))


@pytest.mark.parametrize(
    ("level", "places", "file"), [("county", 199, "county"), ("city", 14, "prefecture")]
)
def test_redraw_draws_the_level(reader: Reader, level: str, places: int, file: str) -> None:
    figure = reader.ask("redraw", f"?level={level}")["redrawn"]["data"]["figure"]
    assert len(figure["data"][0]["z"]) == places
    assert f"/geo/{file}-" in figure["data"][0]["geojson"]
    answer = reader.ask("redraw", f"?level={level}", screen={"renderer": "geo"})
    geo = answer["redrawn"]["data"]["figure"]
    assert geo["data"][0]["type"] == "choropleth"
    assert geo["data"][0]["z"] == figure["data"][0]["z"]


@pytest.mark.parametrize(
    "search",
    [
        "",
        "?indicator=gdp&level=city",
        "?indicator=gdp&level=city&draw=areas",
        "?indicator=population&circle=shijiazhuang",
        "?circle=capital",
        "?benchmark=CN&lang=en",
    ],
)
def test_recolour_changes_the_map_into_what_a_redraw_would_draw(
    reader: Reader, search: str
) -> None:
    data = reader.ask("redraw", search)["redrawn"]["data"]["figure"]["data"]
    news = reader.ask("recolour", search)["recoloured"]["data"]
    assert (news["path"], list(news["traces"])) == ("/", [str(FILL), str(SIZED)])
    part, circles = news["traces"].values()
    for name, value in part.items():
        assert data[FILL][name] == value, name
    sizes = sorted(filter(None, circles.pop("marker")["size"]), reverse=True)
    assert data[SIZED]["marker"]["size"] == sizes
    assert data[SIZED].items() >= circles.items()
    assert set(part) == {"z", "zmin", "zmax", "colorscale", "customdata", "hovertemplate"}


def test_recolour_leaves_a_map_without_colours_alone(reader: Reader) -> None:
    assert reader.ask("recolour", "?layers=circles") == {}


def test_outline_moves_the_selection_only(reader: Reader) -> None:
    news = reader.ask("outline", "?regions=110112,130100,130984")["outlined"]["data"]
    assert set(news) == {"path", "chosen", "lit", "at"}
    assert (news["path"], news["chosen"]) == ("/", [["110112", "130984"], ["130100"], []])
    lit = set(news["lit"])
    assert {"110112", "110000", "130984", "130900", "130100", "130131"} <= lit
    assert not {"110101", "120000", "130902"} & lit
    west, south, east, north = news["at"]
    assert west < 114.5, "Shijiazhuang"
    assert east > 116.7, "Tongzhou"
    assert (south < 38.0, north > 39.9) == (True, True)
    assert reader.ask("outline", "")["outlined"]["data"]["at"] is None
    whole = reader.ask("outline", "?regions=130000")["outlined"]["data"]
    assert whole["chosen"] == [[], [], ["130000"]], "Hebei is outlined as one"


def test_the_panels_speak_of_the_selection(reader: Reader) -> None:
    for search, name in (
        ("?regions=110112", "通州区"),
        ("?circle=tianjin", "天津都市圈"),
        ("", "京津冀"),
        ("?regions=110112&lang=en", "Tongzhou"),
    ):
        answer = reader.ask("identity", search)
        assert name in "".join(words(answer["selection-panel"]["children"]))


def test_the_legend_names_the_indicator_and_the_ranking_its_places(reader: Reader) -> None:
    search = "?indicator=gdp&level=city&year=2024"
    described = reader.ask("describe", search)["described"]["data"]
    assert "地区生产总值" in "".join(words(described["legend"]))
    ranked = json.dumps(reader.ask("rank", search)["ranking"]["children"], ensure_ascii=False)
    assert "北京市  1" in ranked
    assert "天津市  2" in ranked


def test_census_year_and_benchmark_reach_the_industries(reader: Reader) -> None:
    answers = {
        json.dumps(reader.ask("industry", f"?regions=110112{more}")["industry-panel"])
        for more in ("", "&census=2010", "&benchmark=CN", "&benchmark=YRD", "&benchmark=GD")
    }
    assert len(answers) == 5


def test_the_english_page_is_english(reader: Reader) -> None:
    """Titles of publications stay as printed; the switch of languages names itself."""
    page = reader.ask("page", "?lang=en")["page"]["children"]
    spoken = [word for word in words(without_sources(page)) if CHINESE.search(word)]
    assert spoken == []


def without_sources(found: Any) -> Any:  # noqa: ANN401 - any JSON
    """Leave out the lists of publications, their publishers and the choice of languages."""
    if isinstance(found, list):
        return [without_sources(one) for one in found]
    if isinstance(found, dict):
        props = found.get("props", {})
        named = props.get("className") in {"panel-sources", "publisher"}
        if named or props.get("id") == "language":
            return {}
        return {name: without_sources(value) for name, value in found.items()}
    return found


def test_the_chinese_page_has_a_chinese_title_for_every_english_one(reader: Reader) -> None:
    pages = [reader.ask("page", search)["page"]["children"] for search in ("", "?lang=en")]
    assert pages[0]["props"]["lang"] == "zh-Hans"
    assert pages[1]["props"]["lang"] == "en"


def test_every_id_of_a_callback_is_on_the_page(app: Dash, scene: Scene) -> None:
    view = parse("", scene.vocabulary)[0]
    pages = [
        framed(page.body(scene, view, Screen(narrow=narrow)), view, page, PAGES)
        for page in PAGES.values()
        for narrow in (False, True)
    ]
    table = html.Div(data.table_of(scene, view))  # once the grid's script is there
    later = [
        html.Div(section.children(scene, view, Screen()))
        for page in PAGES.values()
        for section in page.sections
        if section.later
    ]
    two = [
        html.Div(explore.SECOND.children(scene, replace(view, maps=maps), Screen()))
        for maps in ("years", "indicators", "all")
    ]
    both = html.Div(PAIRED_WITH.children(scene, replace(view, maps=PAIRED), Screen()))
    roots = (app.layout, *pages, table, *later, *two, both)
    there = {c.id for root in roots for c in root._traverse() if hasattr(c, "id")}  # noqa: SLF001
    named = {
        one["id"]
        for callback in app.callback_map.values()
        for one in (*callback["inputs"], *callback["state"])
    }
    written = {
        name.strip(".").partition(".")[0]
        for output in app.callback_map
        for name in output.strip(".").split("...")
        if "." in name.strip(".")
    }
    assert (named | written) - there - {"mantine"} == set()


def test_a_fault_tells_the_reader_a_number_and_nothing_else(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        message = "a secret of the server"
        raise ZeroDivisionError(message)

    monkeypatch.setattr(ranking, "ranked", broken)
    answer = reader.post("rank", "")
    # A failure, not an answer that changes nothing: the part then says so (assets/asking.js).
    assert answer.status_code == 500
    body = answer.get_data(as_text=True)
    assert "secret" not in body
    assert "Traceback" not in body
    number = answer.headers["X-Request-Id"]
    assert json.loads(body)["id"] == number
    assert [record.fields for record in caplog.records] == [{"id": number}]  # type: ignore[attr-defined]
    assert "a secret of the server" in caplog.text


def test_a_view_written_by_the_page_is_read_back(scene: Scene, read: Callable[[str], View]) -> None:
    for search in ADDRESSES:
        view = read(search)
        assert parse(view.query(), scene.vocabulary) == (view, ())
        assert quote("<") not in view.query()
