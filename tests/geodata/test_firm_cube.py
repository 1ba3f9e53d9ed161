"""The cube of firms: counted by hand, the same in any order, in one process and in several."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import Counter
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from geodata.own.errors import OwnError
from geodata.own.firms import running
from geodata.own.firms.cube import STAYS, UNKNOWN, Axes, Cube, Firms, add, cell_of, tally
from geodata.own.firms.figures import present, stock_of
from geodata.own.firms.measured import gammas, survival_of, turnover_of
from geodata.own.firms.parts import Part, parts_of
from geodata.own.firms.preparing import prepare
from geodata.own.firms.register import Register
from tests.benchmarks.firm_points import firms

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path
    from random import Random

    from geodata.own.firms.rules import Rules

AXES = Axes(("a", "b"), 1983)


def some(rows: list[tuple[int, int, int, int, int]]) -> Firms:
    """Return firms by place, division, born, gone and staff, at one point each."""
    place, division, born, gone, staff = (np.array(one) for one in zip(*rows, strict=True))
    return Firms(
        place.astype(np.int16),
        division.astype(np.int8),
        born.astype(np.int16),
        gone.astype(np.int16),
        staff.astype(np.int64),
        capital=staff.astype(np.int64) * 10**12,
        lon=116.005 + place * 0.01,
        lat=np.full(len(rows), 39.005),
    )


ROWS = [
    (0, 39, 1981, STAYS, 10),
    (0, 39, 1981, 1982, 20),
    (0, 39, 1975, 1983, 5),
    (0, 39, 1982, 0, 7),
    (0, 39, 0, STAYS, UNKNOWN),
    (0, 39, 0, 1982, 3),
    (1, 13, 1983, STAYS, 4),
]


def test_a_part_is_counted_as_by_hand() -> None:
    cube = tally(some(ROWS), AXES, Counter(by_point=7))
    # Years: unknown, before 1980, 1980, 1981, 1982, 1983.
    assert cube.born[0, 39].tolist() == [2, 1, 0, 2, 1, 0]
    # The exit of the firm whose birth is not known is no exit of a year.
    assert cube.gone[0, 39].tolist() == [2, 0, 0, 0, 1, 1]
    assert cube.lost[0, 39].tolist() == [0, 0, 0, 0, 1, 0]
    assert stock_of(cube)[0, 39].tolist() == [0, 1, 1, 3, 2, 1]
    assert present(cube)[:, [13, 39]].tolist() == [[0, 2], [1, 0]]
    assert cube.staff[0, 39].tolist() == [0, 0, 0, 10, 0, 0]
    assert cube.capital[1, 13, 5] == 4 * 10**12
    assert cube.told[:, 39].tolist() == [1, 100]
    assert cube.cohorts[39, 3].tolist() == [0, 0, 0, 0, 1, 0, 1]
    assert cube.counts.tolist() == [2, 1]
    lon, lat = cell_of(cube.cells)
    assert lon == pytest.approx([116.005, 116.015])
    assert lat == pytest.approx(39.005)


def test_measures_are_made_of_the_cube_alone() -> None:
    cube = tally(some(ROWS), AXES, Counter())
    # Division 39 has 10 people in place a, 13 has 4 in b, one firm each: nothing can be told.
    assert np.isnan(gammas(cube, 2)[[13, 39]]).all()
    rows = [(0, 39, 1981, STAYS, 3), (1, 39, 1981, STAYS, 1), (1, 13, 1981, STAYS, 2)]
    # Shares 3/4 and 1/4 against 1/2 and 1/2, H = (9 + 1)/16: (1/4 - 5/8) / (3/8) = -1.
    gamma = gammas(tally(some(rows), AXES, Counter()), 2)
    assert gamma[39] == pytest.approx(-1)
    # By firms: 39 has 1/2 and 1/2, all have 1/3 and 2/3, H = 1/2: (1/18 / (4/9) - 1/2) / (1/2).
    by_firms = gammas(tally(some(rows), AXES, Counter()), 2, by_staff=False)
    assert by_firms[39] == pytest.approx(-3 / 4)
    both = turnover_of(cube, [0, 1])
    # With place b: one more comes in 1983.
    assert both.entry.tolist() == [0, 2, 0, 1 / 2]
    rates = turnover_of(cube, [0])
    # 1980 to 1983 begin with stocks of 1, 1, 3 and 2; two come in 1981, one goes in 1982 and 1983.
    assert rates.entry.tolist() == [0, 2, 0, 0]
    assert rates.exit.tolist() == [0, 0, 1 / 3, 1 / 2]
    # Born from 1980 on with years known: two of 1981, of which one went after a year, one of 1983.
    found = survival_of(cube)
    assert found.at_risk.tolist() == [3, 2, 1, 0]
    assert found.share[:3].tolist() == [1, 0.5, 0.5]
    # Of them those of 1981 are in place a and the one of 1983 in b.
    assert survival_of(cube, places=[0]).at_risk.tolist() == [2, 2, 1, 0]
    assert survival_of(cube, places=[1]).at_risk.tolist() == [1, 0, 0, 0]
    assert survival_of(cube, places=[0, 1]).share[:3].tolist() == found.share[:3].tolist()


def test_a_year_after_the_last_is_an_error_and_not_another_division() -> None:
    with pytest.raises(IndexError, match="1984"):
        tally(some([(0, 1, 1984, STAYS, 1)]), AXES, Counter())
    with pytest.raises(IndexError, match="outside"):
        tally(some([(2, 1, 1983, STAYS, 1)]), AXES, Counter())


FIRM = st.tuples(
    st.integers(0, 1),
    st.integers(0, 97),
    st.sampled_from([0, 1950, 1980, 1983]),
    st.sampled_from([STAYS, 0, 1983]),
    st.sampled_from([UNKNOWN, 0, 3, 10**6]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(FIRM, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_parts_add_up_to_the_whole_in_any_order_and_grouping(
    rows: list[tuple[int, int, int, int, int]], chance: Random
) -> None:
    whole = tally(some(rows), AXES, Counter(n=len(rows)))
    parts = [tally(some([row]), AXES, Counter(n=1)) for row in rows]
    chance.shuffle(parts)
    cut = len(parts) // 2
    halves = [add(half) for half in (parts[:cut], parts[cut:]) if half]
    assert add(parts).digest() == whole.digest() == add(halves).digest()
    assert pickle.loads(pickle.dumps(whole)).digest() == whole.digest()  # noqa: S301 - our own


def test_cubes_over_other_places_are_not_added() -> None:
    other = Axes(("a", "c"), 1983)
    cubes = [tally(some(ROWS), axes, Counter()) for axes in (AXES, other)]
    with pytest.raises(ValueError, match="same places"):
        add(cubes)
    with pytest.raises(ValueError, match="one at least"):
        add([])


ROLES = {
    "lon": "lon",
    "lat": "lat",
    "industry": "行业代码",
    "founded": "成立日期",
    "closed": "注销日期",
    "staff": "从业人员",
}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("firms")
    paths = [folder / f"{number}.parquet" for number in range(3)]
    for number, path in enumerate(paths):
        parquet.write_table(firms(3_000, number), path, row_group_size=1_000)
    return [str(one) for one in paths]


@pytest.fixture(scope="module")
def rules(register: list[str]) -> Rules:
    return prepare(Register(ROLES), parquet.read_table(register[0]), date(2025, 12, 31), "wgs84")


@pytest.fixture(scope="module")
def whole(register: list[str], rules: Rules) -> Cube:
    return running.count(parts_of(register), rules)


def test_a_register_is_cut_between_groups(register: list[str]) -> None:
    assert [one.groups for one in parts_of(register[:1], rows=2_000)] == [(0, 1), (2,)]
    assert [one.rows for one in parts_of(register, rows=10)] == [1_000] * 9
    with pytest.raises(OwnError, match="Parquet"):
        parts_of([__file__])


def test_every_row_of_a_register_is_placed_or_refused(whole: Cube) -> None:
    assert sum(whole.rows.values()) == 9_000
    assert whole.born.sum() == whole.rows["by_point"]
    # As they were invented: 2 % lie elsewhere, and 1 % have a bad point of one of four kinds.
    assert 0.02 < whole.rows["out"] / 9_000 < 0.06
    bad = sum(whole.rows[one] for one in whole.rows if one.startswith("point_"))
    assert 0.005 < bad / 9_000 < 0.015
    assert whole.counts.sum() == present(whole).sum()


def test_cells_refused_in_placed_rows_are_counted(
    register: list[str], rules: Rules, tmp_path: Path
) -> None:
    table = parquet.read_table(register[0])
    column, words = ROLES["staff"], pa.array(["many"] * table.num_rows)
    path = tmp_path / "words.parquet"
    table = table.set_column(table.column_names.index(column), column, words)
    parquet.write_table(table, path, row_group_size=1_000)
    cube = running.count(parts_of([str(path)], rows=1_000), rules)
    assert cube.blanked == cube.born.sum() > 0
    assert cube.digest() != running.count(parts_of(register[:1]), rules).digest()


def test_the_cut_makes_no_difference(register: list[str], rules: Rules, whole: Cube) -> None:
    assert running.count(parts_of(register[::-1], rows=1_000), rules).digest() == whole.digest()


def test_processes_give_the_same_digest(register: list[str], rules: Rules, whole: Cube) -> None:
    told: list[int] = []
    cube = running.count(parts_of(register, rows=1_000), rules, 2, tell=told.append)
    assert cube.digest() == whole.digest()
    assert sum(told) == 9_000


def test_a_process_that_counts_loads_neither_pandas_nor_scipy(
    register: list[str], rules: Rules, tmp_path: Path
) -> None:
    # Either costs as much as counting a million firms.
    (tmp_path / "rules").write_bytes(pickle.dumps(rules))
    code = (
        "import pickle, sys; from pathlib import Path;"
        "from geodata.own.firms import parts, running;"
        "rules = pickle.loads(Path(sys.argv[1]).read_bytes());"
        "running.count(parts.parts_of(sys.argv[2:]), rules);"
        "print({'pandas', 'scipy'} & set(sys.modules))"
    )
    line = [sys.executable, "-c", code, str(tmp_path / "rules"), *register]
    done = subprocess.run(line, capture_output=True, check=True, encoding="utf-8")  # noqa: S603
    assert done.stdout.strip() == "set()"


def test_the_parts_of_a_process_that_dies_are_counted_again(
    register: list[str],
    rules: Rules,
    whole: Cube,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mark = tmp_path / "died"
    monkeypatch.setattr(running, "_work", partial(dying, mark))
    cube = running.count(parts_of(register, rows=1_000), rules, 2)
    assert mark.exists()
    assert cube.digest() == whole.digest()


def test_processes_that_die_again_and_again_are_given_up(
    register: list[str], rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_work", dead)
    monkeypatch.setattr(running, "MOST_DEATHS", 0)
    with pytest.raises(OwnError, match="died 1 times"):
        running.count(parts_of(register[:2], rows=3_000), rules, 2)


def test_a_process_tells_what_kept_it_from_counting(rules: Rules) -> None:
    gone = (Part("gone.parquet", (0,), 1),)
    told = running._done(gone, rules, density=True)  # noqa: SLF001 - what a process does
    assert isinstance(told, FileNotFoundError)


WORK = running._work  # noqa: SLF001 - what the two stand for


def dying(mark: Path, pipe: Connection, rules: Rules, density: bool) -> None:  # noqa: FBT001
    if not mark.exists():
        mark.touch()
        pipe.recv()
        os._exit(1)
    WORK(pipe, rules, density)


def dead(_pipe: Connection, _rules: Rules, _density: bool) -> None:  # noqa: FBT001
    os._exit(1)
