"""The Findings page: each claim with its verdict, its figures and sources, in both languages."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest
from plotly.utils import PlotlyJSONEncoder

from dashboard.charts import claim, primacy_years
from dashboard.charts.record import Canvas
from dashboard.lettering import width_of
from dashboard.pages import findings
from dashboard.pages.callbacks import PAGES
from dashboard.pages.screen import Screen
from dashboard.panels.claims import (
    counts_line,
    figures_text,
    limit_text,
    verdict_line,
    view_address,
    view_name,
)
from dashboard.print.exhibits import exhibit
from dashboard.text import text
from dashboard.view import CHOICES, parse
from geodata.measures.verdict import Limit

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component
    from flask.testing import FlaskClient

    from dashboard.charts.record import Chart
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Lang
    from geodata.studies.claims import Finding, Tested

BROKEN = re.compile(r"\bnan\b|\bNaN\b|\binf\b|\bNone\b|年年")
LANGS = ("", "&lang=en")


@pytest.fixture
def shown(scene: Scene, read: Callable[[str], View]) -> Callable[..., tuple[Finding, Chart]]:
    """Return a claim and its chart."""

    def show(chosen: str, more: str = "") -> tuple[Finding, Chart]:
        view = read(f"?claim={chosen}{more}")
        [chart] = claim.charts(scene, view, scene.context(view))
        return scene.atlas.claims.finding(chosen), chart

    return show


def figured(found: Finding) -> list[Tested]:
    return [one for one in found.tests if one.judged is not None]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("chosen", CHOICES["claim"])
def test_a_claim_says_its_verdict_and_draws_each_test_that_has_a_figure(
    shown: Callable[..., tuple[Finding, Chart]], chosen: str, lang: str
) -> None:
    found, chart = shown(chosen, lang)
    code: Lang = "en" if lang else "zh"
    assert chart.title == found.claim.name[code]
    assert text(code)(f"findings.verdict_{found.verdict}") in chart.say[0]
    assert found.claim.needed[code] in chart.notes[-1]
    assert not BROKEN.search(" ".join((chart.title, *chart.say, *chart.notes)))
    drawn = figured(found)
    assert len(chart.key) == len(drawn)
    assert bool(chart.empty) == (not drawn)
    if not drawn:
        return
    assert set(chart.source_ids) == set(found.source_ids)
    for theme in ("light", "dark"):
        figure = chart.draw(Canvas(900, theme))
        [bars] = figure["data"]
        assert len(bars["x"]) == len(drawn)
        for one, x in zip(drawn, bars["x"], strict=True):
            assert one.judged is not None
            assert one.judged.value is not None
            assert (x > 0) == (one.judged.value > 0) or abs(one.judged.value) < 1e-9
            assert abs(x) <= 1
        assert not BROKEN.search(json.dumps(figure, ensure_ascii=False))


@pytest.mark.parametrize("chosen", CHOICES["claim"])
def test_the_rows_hold_the_figure_of_each_test_and_what_it_was_computed_from(
    shown: Callable[..., tuple[Finding, Chart]], chosen: str
) -> None:
    found, chart = shown(chosen)
    if not (drawn := figured(found)):
        return
    rows = list(chart.rows())
    heads = [(row.item, row.value) for row in rows[: len(drawn)]]
    assert heads == [
        (f"{found.claim.id}.{one.test.id}", one.judged.value) for one in drawn if one.judged
    ]
    assert all(row.source_ids for row in rows)


@pytest.mark.parametrize(
    ("chosen", "told", "untold"),
    [
        ("contracts_low", ("没有一项成立；1项介于", "不成立，判定变为“不符”"), ("相反",)),
        ("shijiazhuang_radiates", ("成立，判定变为“支持”", "不成立，判定变为“不符”"), ("相反",)),
        ("relocation", ("不成立，判定变为“部分支持”",), ("没有一项成立",)),
        ("parks", ("判定可变为“支持”或“不符”",), ("没有一项成立",)),
    ],
)
def test_what_would_turn_a_verdict_is_said_by_what_came_out(
    shown: Callable[..., tuple[Finding, Chart]],
    chosen: str,
    told: tuple[str, ...],
    untold: tuple[str, ...],
) -> None:
    words = "".join(shown(chosen)[1].say)
    assert [one for one in told if one not in words] == []
    assert [one for one in untold if one in words] == []


def test_a_limit_has_the_unit_of_its_figure(shown: Callable[..., tuple[Finding, Chart]]) -> None:
    """A thousand times 亿元 are a hundred billion yuan: 1,000 stands for Chinese readers alone."""
    for lang, limit, figure in (("", "≥ 1,000", "1,257"), ("&lang=en", "≥ 100", "125.7")):
        words = {one["text"] for one in drawn_words(shown("shijiazhuang_clusters", lang)[1])}
        assert {limit, figure} <= words


def drawn_words(chart: Chart) -> list[dict[str, Any]]:
    """Return the words that a chart draws."""
    words: list[dict[str, Any]] = chart.draw(Canvas(900))["layout"]["annotations"]
    return words


def test_bars_and_limits_stand_to_scale(shown: Callable[..., tuple[Finding, Chart]]) -> None:
    # Contracts: 9 % and 11 % are the limits; the longest of bar and limits reaches 1.
    found, chart = shown("contracts_low")
    tenth = found.tests[0]
    assert tenth.judged is not None
    value = tenth.judged.value
    assert value is not None
    figure = chart.draw(Canvas(900))
    whole = max(value, 11)
    assert figure["data"][0]["x"][0] == pytest.approx(value / whole, abs=1e-4)
    upright = [shape["x0"] for shape in figure["layout"]["shapes"][1:3]]
    assert upright == [pytest.approx(9 / whole, abs=1e-4), pytest.approx(11 / whole, abs=1e-4)]
    words = {note["text"]: note for note in figure["layout"]["annotations"]}
    first, second = words["≤ 9"], words["≥ 11"]  # never over one another, nor a limit
    tick = figure["layout"]["shapes"][1]
    assert (first["y"], first["yanchor"]) == (tick["y0"], "bottom")
    assert (second["y"], second["yanchor"]) == (tick["y1"], "top")


def test_a_side_without_bars_reaches_no_further_than_its_limits(
    shown: Callable[..., tuple[Finding, Chart]],
) -> None:
    low, high = shown("relocation")[1].draw(Canvas(900))["layout"]["xaxis"]["range"]
    assert low < -1
    assert 0 < high < 0.1


@pytest.mark.parametrize("lang", LANGS)
def test_the_list_links_every_claim_and_marks_the_chosen_one(
    scene: Scene, read: Callable[[str], View], lang: str
) -> None:
    view = read(f"?claim=parks{lang}")
    listed = findings.claims(scene, view, Screen("map", "light"))
    told = json.dumps(listed, cls=PlotlyJSONEncoder, ensure_ascii=False)
    for found in scene.atlas.claims.findings:
        assert json.dumps(found.claim.name[view.lang], ensure_ascii=False)[1:-1] in told
    assert told.count('"aria-current": "true"') == 1
    assert told.count("/findings") == len(scene.atlas.claims.findings)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_counts_are_those_of_the_verdicts(scene: Scene, lang: Any) -> None:  # noqa: ANN401
    every = scene.atlas.claims.findings
    line = counts_line(every, text(lang))
    counted = sorted(int(n) for n in re.findall(r"\d+", line))
    verdicts = [found.verdict for found in every]
    assert counted == sorted([len(every), *(verdicts.count(v) for v in set(verdicts))])


def test_a_limit_and_a_change_are_written_with_sign_and_year(
    scene: Scene, read: Callable[[str], View]
) -> None:
    assert limit_text(Limit(">=", 0.5)) == "≥ 0.5"
    assert limit_text(Limit("<", -1.0)) == "< −1"
    zh, en = (scene.context(read(search)) for search in ("", "?lang=en"))
    change = next(
        one
        for found in scene.atlas.claims.findings
        for one in found.tests
        if one.test.way == "change" and one.judged is not None
    )
    first, last = (value.year for value in change.figures)
    assert re.search(rf"{first}年.+，{last}年.+，变动", figures_text(change, zh))
    assert re.search(rf"in {first}, .+ in {last}, a change of", figures_text(change, en))


def test_a_difference_has_no_more_decimals_than_the_two_figures_that_it_is_between(
    scene: Scene, read: Callable[[str], View]
) -> None:
    """50.1921 % after 59.7409 % are told as 50.19 and 59.74, and so their difference as 9.55."""
    [six, *_] = scene.atlas.claims.finding("relocation").tests
    said = figures_text(six, scene.context(read("")))
    assert said == "2010年59.74%，2020年50.19%，变动−9.55 百分点"


def test_the_line_counts_the_tests_that_decide(scene: Scene) -> None:
    found = scene.atlas.claims.finding("contracts_low")
    line = verdict_line(found, text("zh"))
    assert f"{len(found.deciding)}项检验中" in line


def anchors(page: Component) -> set[str]:
    """Return the parts of a page that can be linked to."""
    tree = json.dumps(page, cls=PlotlyJSONEncoder)
    return set(re.findall(r'"id": ?"(section-[a-z_]+)"', tree))


@pytest.fixture(scope="module")
def parts(scene: Scene) -> dict[str, set[str]]:
    """Return the parts of every page by its path."""
    view, screen = parse("", scene.vocabulary)[0], Screen("map", "light")
    return {path: anchors(page.body(scene, view, screen)) for path, page in PAGES.items()}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("chosen", CHOICES["claim"])
def test_the_views_behind_a_claim_are_addresses_and_parts_that_the_atlas_knows(
    scene: Scene, parts: dict[str, set[str]], chosen: str, lang: Lang
) -> None:
    views = scene.atlas.claims.finding(chosen).claim.views
    assert views
    names = [view_name(view, text(lang)) for view in views]
    for view in views:
        address = urlsplit(view_address(view, text(lang)))
        read, fallen = parse(f"?{address.query}", scene.vocabulary)
        assert not fallen, address
        assert read.lang == lang
        assert not address.fragment or address.fragment in parts[address.path], address
    assert len(set(names)) == len(names)  # two of one page are told apart by their parts


@pytest.mark.parametrize(
    ("chosen", "path", "part"),
    [
        ("shijiazhuang_primacy", "/compare", "section-course"),
        ("polycentric", "/compare", "section-course"),
        ("division", "/linkages", "section-functions"),
        ("division", "/linkages", "section-division"),
        ("chain_mismatch", "/linkages", "section-coupled"),
        ("secure_chains", "/clusters", "section-relatedness"),
        ("secure_chains", "/linkages", "section-coagglomeration"),
        ("weak_linkage", "/linkages", "section-planned"),
    ],
)
def test_a_claim_leads_to_the_panel_that_shows_its_measure(
    scene: Scene, chosen: str, path: str, part: str
) -> None:
    views = [urlsplit(view) for view in scene.atlas.claims.finding(chosen).claim.views]
    assert (path, part) in [(view.path, view.fragment) for view in views]


def test_primacy_of_shijiazhuang_is_shown_by_year_behind_its_claim(scene: Scene) -> None:
    """The first view shows what its first test is of: shares in the GDP of the province."""
    address = urlsplit(scene.atlas.claims.finding("shijiazhuang_primacy").claim.views[0])
    view = parse(f"?{address.query}", scene.vocabulary)[0]
    [course] = primacy_years.charts(scene, view, scene.context(view))
    assert course.subject.zh.startswith("河北省")
    assert not course.empty
    assert any(row.id == "130100" and row.item == "primacy_share" for row in course.rows())


@pytest.mark.parametrize("width", [330, 560, 900])
@pytest.mark.parametrize("chosen", CHOICES["claim"])
def test_no_limit_goes_through_the_figure_beside_a_bar(
    shown: Callable[..., tuple[Finding, Chart]], chosen: str, width: int
) -> None:
    """Of contracts_low the figure is 10.10 and a limit 11, a line within its width."""
    _, chart = shown(chosen)
    if chart.empty:
        return
    layout = chart.draw(Canvas(width))["layout"]
    low, high = layout["xaxis"]["range"]
    unit = (width - layout["margin"]["l"] - layout["margin"]["r"]) / (high - low)
    for words in (one for one in layout["annotations"] if one["xanchor"] != "center"):
        side = 1 if words["xanchor"] == "left" else -1
        near = (words["x"] - low) * unit + words["xshift"]
        ends = sorted((near, near + side * width_of(words["text"], words["font"]["size"])))
        for line in (one for one in layout["shapes"] if one["y0"] < words["y"] < one["y1"]):
            at = (line["x0"] - low) * unit
            zero = line["y1"] - line["y0"] > 0.5
            assert zero or not ends[0] < at < ends[1], (words["text"], line["x0"])


def test_the_title_on_paper_of_a_claim_ends_without_a_stop(
    scene: Scene, read: Callable[[str], View]
) -> None:
    for lang, stop in (("zh", "。"), ("en", ".")):
        view = read(f"?claim=contracts_low&lang={lang}")
        made = exhibit(claim.PANEL, "claim", scene, view, scene.context(view))
        named = scene.atlas.claims.finding("contracts_low").claim.name[view.lang]
        assert named.endswith(stop)
        assert named.rstrip(stop) in made.title
        assert named not in made.title


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("relocation", "/findings"),
        ("contracts_low", "/findings?claim=contracts_low"),
        ("城市体系存在断层。?lang=en", "/findings?claim=missing_middle&lang=en"),
    ],
)
def test_a_claim_is_found_by_id_or_words(client: FlaskClient, asked: str, leads: str) -> None:
    answer = client.get(f"/findings/{quote(asked, safe='?=')}")
    assert (answer.status_code, answer.location) == (302, leads)


@pytest.mark.parametrize(
    ("asked", "near"),
    [("contract_low", "北京的技术合同输往津冀的比重偏低。"), ("石家庄", "石家庄"), ("zzz", "")],
)
def test_an_unknown_claim_is_answered_with_the_nearest(
    client: FlaskClient, asked: str, near: str
) -> None:
    answer = client.get(f"/findings/{quote(asked)}")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    body = answer.get_data(as_text=True)
    assert "没有这条论断" in body
    links = re.findall(r'<li><a href="([^"]+)">([^<]+)', body)
    assert bool(links) == bool(near)
    for link, name in links[:1]:
        assert near in name
        assert client.get(link).status_code == 200
