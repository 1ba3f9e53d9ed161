"""Where an export finds no room, no Chrome or Ctrl-C: one sentence, whole files, no trace."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from dashboard import printing
from dashboard.command import _parser
from dashboard.papers import DPI, PALETTES, SIZES, WORDS
from dashboard.print import chrome, names
from dashboard.print.errors import ExportError, NoChromeError
from tests.dashboard.test_exports import Pretender

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest


def test_letters_without_a_font_are_named_as_far_as_a_sentence_holds_them() -> None:
    zh, en = chrome.boxes_said("京津冀").splitlines()
    assert "“京津冀”" in zh
    assert "“京津冀”" in en
    zh, en = chrome.boxes_said("甲乙丙丁戊己庚辛壬癸").splitlines()
    assert "“甲乙丙丁戊己庚辛”等10个字" in zh
    assert "“甲乙丙丁戊己庚辛” and others, 10 letters in all" in en


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_disk_that_is_full_is_one_sentence_and_leaves_the_file_that_was(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415 - systems with the limit alone have it

    path = tmp_path / "figure.svg"
    names.write(path, b"before")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, usual[1]))
    try:
        with pytest.raises(ExportError) as caught:
            names.write(path, bytes(5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    zh, en = str(caught.value).splitlines()
    assert "写不下" in zh
    assert "腾出空间" in zh
    assert en.startswith(f"There is no room for {path} (File too large)")
    assert [one.name for one in tmp_path.iterdir()] == ["figure.svg"]
    assert path.read_bytes() == b"before"


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_ctrl_c_while_a_file_is_written_leaves_no_part_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "figure.svg"
    names.write(path, b"before")
    usual = getattr(Path, step)

    def interrupted(self: Path, *about: bytes) -> None:
        if step == "write_bytes":
            usual(self, about[0][:10])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, step, interrupted)
    with pytest.raises(KeyboardInterrupt):
        names.write(path, bytes(5000))
    assert [one.name for one in tmp_path.iterdir()] == ["figure.svg"]
    assert path.read_bytes() == b"before"


def test_a_temporary_folder_without_room_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chrome.require_room()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=3_200_000))
    with pytest.raises(NoChromeError) as caught:
        chrome.require_room()
    zh, en = str(caught.value).splitlines()
    assert "只剩 3 MB" in zh
    assert "has 3 MB left" in en
    assert "TMPDIR" in zh
    assert "TMPDIR" in en


def test_the_help_names_what_each_option_may_be(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "999")  # a narrow terminal breaks names at their hyphens
    with pytest.raises(SystemExit):
        _parser().parse_args(["export", "--help"])
    said = set(capsys.readouterr().out.replace(",", " ").split())
    assert said >= {*SIZES, *WORDS, *PALETTES, *map(str, DPI)}


def test_what_fails_for_one_reason_is_said_once(
    tmp_path: Path,
    atlas: Atlas,
    manifest: Manifest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(printing, "Chrome", lambda *_: Pretender(NoChromeError("no Chrome")))
    line = ["export", "?", "--each", "city", "--chart", "industry", "--format", "svg,csv"]
    arguments = _parser().parse_args([*line, "--out", str(tmp_path)])
    assert printing.run(arguments, atlas, manifest, lambda _: None) == 1
    said = capsys.readouterr().err
    assert said.startswith("失败 13 项 failed:\n- ")
    assert said.count("no Chrome") == 1
    assert "…（共 13 项 in all）: no Chrome" in said
    kept = [path.suffix for path in tmp_path.iterdir()]
    assert kept == [".csv"] * 13
