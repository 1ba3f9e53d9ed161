"""`jjj-atlas import` and `own`, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet

from dashboard import command
from geodata.own import store
from geodata.own.records import FIGURES, REFUSED
from tests.benchmarks.firm_points import firms

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "地区,年份,企业数（家）\n三河市,2020,5\n香河县,2020,6\n假县,2020,7\n"


@pytest.fixture(autouse=True)
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(store.ENVIRONMENT, str(tmp_path / "data"))
    path = tmp_path / "firms.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_table_is_imported_told_listed_and_removed(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["import", str(table), "--as", "mine"]) == 0
    said = capsys.readouterr().out
    assert "3 行 rows = 归位 placed 2 + 拒收 refused 1" in said
    assert "没有叫这个名称的地方 · no place here has this name" in said
    assert str(store.load("mine").folder / REFUSED) in said
    assert command.main(["own", "list"]) == 0
    assert "mine：企业数（2 / 3 行 rows）" in capsys.readouterr().out
    assert command.main(["own", "show", "mine"]) == 0
    said = capsys.readouterr().out
    assert "firms.csv" in said
    assert "企业数（家）：数量 amount；2020" in said
    assert command.main(["own", "report", "mine"]) == 0
    assert "− 1" in capsys.readouterr().out
    assert command.main(["own", "remove", "mine"]) == 0
    assert store.names() == []


def test_a_dry_run_keeps_nothing(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["import", str(table), "--as", "mine", "--dry-run"]) == 0
    assert "Nothing was kept" in capsys.readouterr().out
    assert store.names() == []


def test_under_half_is_exit_code_one(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.write_text("地区,数\n三河市,1\n假县,2\n无此县,3\n", encoding="utf-8")
    assert command.main(["import", str(table), "--as", "mine", "--year", "2020"]) == 1
    assert "under half" in capsys.readouterr().out


@pytest.mark.parametrize(
    "line",
    [["import", "none.csv", "--as", "a"], ["own", "show", "a"], ["own", "remove", "../a"]],
)
def test_a_fault_is_two_sentences_and_exit_code_one(
    line: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(line) == 1
    assert len(capsys.readouterr().err.strip().split("\n")) == 2


@pytest.mark.parametrize(
    "line",
    [
        ["import", "a.csv"],
        ["own"],
        ["own", "show"],
        ["import", "a.csv", "--as", "a", "--year", "20"],
    ],
)
def test_a_mistyped_line_is_exit_code_two(line: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(line)
    assert caught.value.code == 2


REGISTER = (
    "企业名称,区划代码,经度,纬度,行业代码,成立日期\n" + "甲,131082,116.87,39.96,C3911,2001\n" * 3
)


def test_firms_are_imported_told_and_their_names_dropped(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table.write_text(REGISTER + "乙,,,,C3911,2001\n", encoding="utf-8")
    line = ["import", str(table), "--as", "mine", "--kind", "firms", "--crs", "wgs84"]
    assert command.main(line) == 0
    said = capsys.readouterr().out
    assert "4 行 rows = 归位 placed 3 + 拒收 refused 1" in said
    assert "坐标系 System of the points: WGS84" in said
    assert "未读的列 Columns left out: 企业名称" in said
    assert "--as mine --kind firms" in said
    assert command.main(["own", "show", "mine"]) == 0
    said = capsys.readouterr().out
    assert "年末企业数（家）：数量 amount；2001" in said
    assert store.load("mine").manifest["digest"] in said


def test_points_without_a_system_are_a_question(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table.write_text(REGISTER, encoding="utf-8")
    assert command.main(["import", str(table), "--as", "mine", "--kind", "firms"]) == 1
    assert "--crs wgs84" in capsys.readouterr().err
    assert store.names() == []


def test_a_folder_of_parquet_is_counted_in_parts(
    table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    folder = table.parent / "firms"
    folder.mkdir()
    for number in range(2):
        parquet.write_table(firms(2_000, number), folder / f"{number}.parquet")
    line = ["import", str(folder), "--as", "mine", "--kind", "firms", "--year", "2025"]
    line += ["--crs", "wgs84"]
    assert command.main(line) == 0
    said = capsys.readouterr().out
    assert "计数 counted: 4,000 / 4,000 行 rows" in said
    assert "System of the points: WGS84" in said
    # Parts are mended in the files they are from.
    assert "import that file alone" not in said
    told = store.load("mine")
    assert told.manifest["placed"] + told.manifest["refused"] == 4_000
    refused = (told.folder / REFUSED).read_text(encoding="utf-8-sig").splitlines()
    assert len(refused) - 1 == told.manifest["refused"]
    assert "130000,2025,0," in (told.folder / FIGURES).read_text(encoding="utf-8")


def test_a_folder_without_parquet_is_told(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["import", str(table.parent), "--as", "mine", "--kind", "firms"]
    assert command.main(line) == 1
    assert "holds no Parquet file" in capsys.readouterr().err
