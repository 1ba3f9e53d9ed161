"""What one file may cost, and that a file is made once for all who ask for it."""

from __future__ import annotations

import itertools
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask

from dashboard.assistants import Tools
from dashboard.data.routes import Shelf
from dashboard.data.wanted import FORMATS
from dashboard.pages import exports
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery
from dashboard.print import budget
from dashboard.print.budget import EVERY, Budget, BudgetError, spending, watched, weighed
from dashboard.print.exporter import Exporter
from dashboard.web.kept import PART, File, kept_files
from dashboard.web.messages import MOST, refused
from geodata.figures import REACHES, years_of
from geodata.records import LEVELS
from tests.dashboard.test_exports import Pretender

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from dashboard.scene import Scene
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest
    from geodata.records import Indicator

MATRIX = "/export/linkages/matrix.{kind}?among={among}"
SMALL = Budget(rows=640, megabytes=1, seconds=5)


@pytest.fixture
def client(scene: Scene, tmp_path: Path) -> FlaskClient:
    server = Flask(__name__)
    files = exports.Files(Gallery(scene, PAGES), Exporter(Pretender()), tmp_path)
    exports.serve(server, files)
    return server.test_client()


@pytest.mark.parametrize(("rows", "enough"), [(0, True), (640, True), (641, False)])
def test_rows_are_counted(rows: int, enough: bool) -> None:  # noqa: FBT001 - a case
    with spending(SMALL):
        if enough:
            assert len(list(watched(range(rows)))) == rows
        else:
            with pytest.raises(BudgetError):
                list(watched(range(rows)))


def test_seconds_of_the_processor_are_counted_and_not_those_of_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worked = itertools.chain([100.0, 104.9, 105.1], itertools.repeat(106.0))
    monkeypatch.setattr(time, "thread_time", lambda: next(worked))
    passed: list[int] = []
    with spending(SMALL), pytest.raises(BudgetError, match="5 秒"):
        passed.extend(watched(range(640)))
    with spending(SMALL):
        monkeypatch.setattr(time, "time", lambda: 1e12)
        assert len(list(watched(range(EVERY)))) == EVERY


def test_a_finished_file_is_weighed() -> None:
    with spending(SMALL):
        assert weighed(bytes(1_000_000)) == bytes(1_000_000)
        with pytest.raises(BudgetError, match="1 MB"):
            weighed(bytes(1_000_001))


def test_there_is_no_budget_on_the_command_line() -> None:
    assert len(list(watched(range(10 * budget.Budget().rows)))) == 250_000
    assert len(weighed(bytes(9_000_000))) == 9_000_000


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_a_file_beyond_the_budget_is_422_and_a_sentence(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(exports, "BUDGET", SMALL)
    answer = client.get(MATRIX.format(kind=kind, among="county"))
    assert answer.status_code == 422
    zh, en = answer.text.splitlines()
    assert zh.startswith("这份文件太大（一次最多 640 行、1 MB、5 秒运算）")
    assert en.startswith("This file is too large (at most 640 rows, 1 MB and 5 seconds of work")
    assert "Retry-After" not in answer.headers
    assert client.get(MATRIX.format(kind=kind, among="city")).status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_largest_file_there_is_keeps_to_a_third_of_the_budget(
    client: FlaskClient, kind: str
) -> None:
    usual = Budget()
    begun = time.thread_time()
    answer = client.get(MATRIX.format(kind=kind, among="county"))
    assert answer.status_code == 200
    assert len(answer.data) < usual.megabytes * budget.MEGABYTE / 3
    assert time.thread_time() - begun < usual.seconds / 3


def test_a_file_is_made_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    file = Exporter.file

    def counted(self: Exporter, kind: str, *rest: object, **more: object) -> bytes:
        made.append(kind)
        return file(self, kind, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Exporter, "file", counted)
    address = MATRIX.format(kind="csv", among="city")
    first, again = client.get(address), client.get(address)
    assert made == ["csv"]
    assert (first.data, first.headers["Content-Disposition"]) == (
        again.data,
        again.headers["Content-Disposition"],
    )
    # The language stands in every file, the address of the view in some kinds.
    elsewhere = "http://example.org/"
    assert client.get(address, base_url=elsewhere).data == first.data
    assert client.get(f"{address}&lang=en").headers != again.headers
    assert made == ["csv"] * 2
    workbook = MATRIX.format(kind="xlsx", among="city")
    here, there = client.get(workbook), client.get(workbook, base_url=elsewhere)
    assert here.data != there.data
    assert made == ["csv"] * 2 + ["xlsx"] * 2


def test_what_was_not_asked_for_longest_is_let_go_first() -> None:
    kept = kept_files(room=100)
    files = [File(bytes(25), str(number), "") for number in range(5)]
    for number, file in enumerate(files[:4]):
        kept.put(number, file)
    assert kept.get(0) is files[0]
    kept.put(4, files[4])
    assert [kept.get(number) for number in range(5)] == [files[0], None, *files[2:]]
    assert kept.taken == 100
    large = File(bytes(100 // PART + 1), "large", "")
    assert kept.put(5, large) is large
    assert (kept.get(5), kept.taken) == (None, 100)


LARGEST_TABLES = 3


def most_rows(indicator: Indicator, places: int) -> int:
    """Return what no table of an indicator can have more rows than: every place in every year."""
    years = {year for reach in REACHES for year in years_of(indicator, reach)}
    return places * len(years)


@pytest.mark.parametrize("kind", FORMATS)
def test_no_address_of_data_can_cost_more_than_a_file_may(
    atlas: Atlas, manifest: Manifest, kind: str
) -> None:
    """The largest tables, of all levels, years and circles there are, in every format."""
    usual, shelf = Budget(), Shelf(atlas, manifest)
    regions = sum(len(atlas.regions(level)) for level in LEVELS)
    places = 1 + regions + sum(len(scheme.circles) for scheme in atlas.schemes)
    ordered = sorted(atlas.indicators.values(), key=lambda one: -most_rows(one, places))
    # Whatever is asked of the others, they have fewer rows than the largest might have.
    assert all(most_rows(one, places) <= usual.rows for one in ordered)
    for indicator in ordered[:LARGEST_TABLES]:
        begun = time.thread_time()
        file = shelf.take(f"{indicator.id}.{kind}", {})
        assert time.thread_time() - begun < usual.seconds
        assert len(file.body) <= usual.megabytes * budget.MEGABYTE


def test_no_call_of_an_assistant_can_cost_more_than_a_file_may(atlas: Atlas) -> None:
    """The longest list there may be, of the figure that is computed from the most."""
    usual, tools = Budget(), Tools(atlas)
    places = [place.id for place in atlas.regions("county")[:MOST]]
    begun = time.thread_time()
    answers: list[Any] = [tools.find_place("区"), tools.find_indicator("业")]
    assert [len(one) for one in answers] == [MOST, MOST]
    for indicator in ("lq_manufacturing", "gdp_per_capita", "gdp"):
        year = max(y for reach in REACHES for y in years_of(atlas.indicators[indicator], reach))
        answers.append(tools.compare_places(indicator, places, year))
        assert len(answers[-1]["figures"]) == MOST
    assert time.thread_time() - begun < usual.seconds
    assert max(len(json.dumps(one)) for one in answers) < usual.megabytes * budget.MEGABYTE
    # One more is refused before it is looked for.
    call = {"name": "compare_places", "arguments": {"indicator": "gdp", "year": "2020"}}
    call["arguments"]["places"] = [*places, places[0]]  # type: ignore[index]
    said = refused(call, {"compare_places": tools.compare_places})
    assert said == f"places must be at most {MOST} texts."
