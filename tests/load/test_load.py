from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from dashboard.app import create_app
from tests.benchmarks.memory import growth, verdict
from tests.conftest import ROOT
from tests.dialogue import DEPENDENCIES, UPDATE
from tests.load.fairness import LOOPS, Measured, heavy, p95
from tests.load.kills import Failure, sorted_out
from tests.load.mix import WEIGHTS, Ask, Mix
from tests.load.spent import measure as measure_spent
from tests.load.tally import Request, Step, knee, lost, percentile, read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flask.testing import FlaskClient

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest


@pytest.fixture(scope="module")
def client(atlas: Atlas, manifest: Manifest) -> FlaskClient:
    found: FlaskClient = create_app(atlas, manifest).server.test_client()
    return found


@pytest.fixture
def mix(client: FlaskClient) -> Mix:
    asked, catalog = (client.get(p).get_json() for p in (DEPENDENCIES, "/data/catalog.json"))
    return Mix(asked, catalog, ["110105", "130200"], random.Random(1))  # noqa: S311 - by chance


def statuses(client: FlaskClient, asked: Sequence[Ask]) -> set[int]:
    return {
        client.open(
            one.path,
            method="GET" if one.body is None else "POST",
            data=one.body,
            content_type="application/json",
        ).status_code
        for one in asked
    }


def test_the_mix_is_the_one_that_is_named() -> None:
    assert WEIGHTS == {"colours": 60, "selections": 25, "data": 10, "exports": 5}
    assert sum(WEIGHTS.values()) == 100


def test_whatever_a_reader_asks_is_answered(client: FlaskClient, mix: Mix) -> None:
    assert statuses(client, mix.arrival()) == {200}
    for name in ("colours", "selections", "data", "colours", "data"):
        asked = getattr(mix, name)()
        assert {one.name for one in asked} == {name}
        assert statuses(client, asked) <= {200, 204}


def test_a_figure_is_kept_of_what_is_shown(client: FlaskClient, mix: Mix) -> None:
    mix.selections()
    (asked,) = mix.exports()
    assert re.fullmatch(
        r"/export/explore/(map|ranking|industry)\.\w+\?regions=(110105|130200)", asked.path
    )
    data = re.sub(r"\.\w+\?", ".csv?", asked.path)
    assert statuses(client, [Ask("exports", data)]) == {200}


def test_a_colour_and_a_click_ask_what_the_page_asks(mix: Mix) -> None:
    for asked, callbacks in ((mix.colours(), 4), (mix.selections(), 7)):
        assert len(asked) == callbacks
        assert {one.path for one in asked} == {UPDATE}


def at(begun: float, seconds: float = 0.1, fault: str = "", reader: int = 1) -> Request:
    return Request("colours", begun, seconds, fault, reader)


def test_a_step_counts_answers_errors_and_refusals_apart() -> None:
    requests = [at(n, n / 1000) for n in range(1, 102)]
    requests += [Request("exports", 1, 3.0, "", 1), Request("refused", 1, 0.1, "", 1)]
    step = Step.of(7, [*requests, at(1, 60, "time out")], 52)
    assert (step.readers, step.errors, step.refused, step.rate) == (7, 1, 1, 2)
    assert (step.p50, step.p95) == pytest.approx((51, 96))
    assert step.export95 == 3000


def test_a_percentile_of_nothing_is_no_number() -> None:
    assert percentile([], 95) != percentile([], 95)
    assert percentile([4.0], 95) == 4


@pytest.mark.parametrize(
    ("p95s", "errors", "found"),
    [((10, 20, 21), (0, 0, 0), 2), ((10, 20, 20), (0, 0, 0), None), ((10, 9, 99), (0, 1, 0), 1)],
)
def test_the_knee_is_the_first_error_or_twice_the_first_time(
    p95s: tuple[int, ...], errors: tuple[int, ...], found: int | None
) -> None:
    steps = [Step(n, 1, 1, p, 1, e, 0) for n, (p, e) in enumerate(zip(p95s, errors, strict=True))]
    assert knee(steps) == (None if found is None else steps[found])


def test_a_request_in_flight_at_a_kill_is_told_from_any_other_failure() -> None:
    requests = [
        at(9.9, 0.2, "reset", reader=1),
        at(12, 0.1, reader=1),
        at(15, 0.1, "reset", reader=2),
        at(20, 0.1, reader=3),
    ]
    assert lost(requests, [10.0]) == (1, 1, {2})


def test_what_a_kill_cost_is_told_from_a_connection_that_died_meanwhile() -> None:
    failures = [
        Failure(9.9, 10.1, kept=True, what="reset"),
        Failure(12, 12.1, kept=True, what="reset"),
        Failure(13, 13.1, kept=False, what="503"),
    ]
    assert sorted_out(failures, [10.0, 20.0]) == (1, 1, 1)


@pytest.mark.parametrize(("megabytes_a_minute", "share"), [(0.0, 0.0), (1.0, 0.0943)])
def test_growth_is_a_share_of_the_mean_in_ten_minutes(
    megabytes_a_minute: float, share: float
) -> None:
    # The first third, in which memory fills up, is not looked at.
    samples = [(60.0 * n, 100 + megabytes_a_minute * n if n > 2 else 10 * n) for n in range(10)]
    assert growth(samples, 600) == pytest.approx((share, 0), abs=1e-3)


def test_memory_that_goes_up_and_down_has_a_wide_error() -> None:
    _, error = growth([(60.0 * n, 100 + 20 * (n % 2)) for n in range(12)], 600)
    assert error > 0.1


@pytest.mark.parametrize(
    ("share", "error", "said"),
    [(-0.5, 0, "flat"), (0.05, 0, "flat"), (0.06, 0.004, "growing"), (0.4, 0.2, "not told")],
)
def test_memory_grows_only_where_the_line_is_sure(share: float, error: float, said: str) -> None:
    assert verdict(share, error).startswith(said)


def test_a_line_cut_short_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "requests.txt"
    file.write_text('["data", 1.0, 0.5, "", 3]\n["data", 2.0', encoding="utf-8")
    assert read(file) == [Request("data", 1.0, 0.5, "", 3)]


@pytest.mark.soak
@pytest.mark.parametrize("line", ["--readers 2 --seconds 5", "--kill --at 2 --seconds 20"])
def test_the_driver_runs(line: str, manifest: Manifest) -> None:
    assert find_spec("locust"), "python -m pip install -c constraints.txt -e '.[load]'"
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.load.knee", *line.split()],
        cwd=ROOT,
        env={**os.environ, "JJJ_ATLAS_CACHE": str(manifest.folder.parent)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The knee" in done.stdout or "failed otherwise: 0" in done.stdout


def test_no_heavy_file_is_asked_for_twice(client: FlaskClient) -> None:
    """Views of their own: each finds nothing kept, and costs what a first one costs."""
    addresses = [heavy(number) for number in range(1, 3)]
    files = [
        client.get(one.replace(".xlsx", ".csv").replace("county", "city")) for one in addresses
    ]
    assert {one.status_code for one in files} == {200}
    assert len({one.headers["Content-Disposition"] for one in files}) == 2


@pytest.mark.parametrize(
    ("alone", "beset", "got", "fair"),
    [(0.01, 0.02, 15, True), (0.01, 0.0201, 15, False), (0.01, 0.01, 14, False)],
)
def test_it_is_fair_where_nobody_waits_twice_as_long_and_all_are_served(
    alone: float,
    beset: float,
    got: int,
    fair: bool,  # noqa: FBT001 - a case
) -> None:
    assert Measured(alone, beset, got).fair == fair
    assert LOOPS == 8


def test_the_slowest_twentieth_is_what_counts() -> None:
    assert p95([n / 1000 for n in range(1, 100)]) == pytest.approx(0.095)


def test_the_processor_s_time_is_told_by_kind_and_by_part(client: FlaskClient) -> None:
    asked, spent = measure_spent(client.application, readers=2, actions=3)
    assert asked["arrival"] == 2 * 5
    assert asked.total() > asked["arrival"]
    whole = sum(spent[kind] for kind in asked)
    assert set(spent) == {*asked, "view", "compress"}
    assert 0 < spent["compress"] < spent["view"] < whole
