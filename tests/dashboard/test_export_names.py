"""File names: they say what a figure is and stay in their folder; files are whole or not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.print.errors import ExportError
from dashboard.print.names import LONGEST, RESERVED, stem, target, write

if TYPE_CHECKING:
    from pathlib import Path


def test_a_name_says_what_where_and_when() -> None:
    assert stem(["首都都市圈", "LQ制造业", "2020"], ascii_only=False) == "首都都市圈_LQ制造业_2020"
    english = stem(["Beijing–Tianjin–Hebei", "LQ-Manufacturing", "2020"], ascii_only=True)
    assert english == "Beijing-Tianjin-Hebei_LQ-Manufacturing_2020"


@pytest.mark.parametrize(("words", "ascii_only"), [("泰尔指数" * 20, False), ("Theil" * 40, True)])
def test_a_long_name_still_says_when(words: str, ascii_only: bool) -> None:  # noqa: FBT001
    name = stem([words, words, "2013-2024"], ascii_only=ascii_only)
    assert name.endswith("_2013-2024")
    assert name.startswith(words[:4])
    assert LONGEST - 3 < len(name.encode()) <= LONGEST


def test_english_names_tell_sigma_from_beta() -> None:
    names = [stem([f"{letter}-convergence"], ascii_only=True) for letter in "σβ"]
    assert names == ["sigma-convergence", "beta-convergence"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["../../etc/passwd"], "etc-passwd"),
        (["C:\\temp\\x"], "C-temp-x"),
        (["CON"], "CON_"),
        (["nul.txt"], "nul.txt_"),
        (["疏解已有成效。", "2020"], "疏解已有成效_2020"),
        (["", "  "], "figure"),
        ([".hidden"], "hidden"),
        (["a\x00b\nc\u202ed"], "abcd"),
    ],
)
def test_a_hostile_title_becomes_a_plain_name(parts: list[str], expected: str) -> None:
    assert stem(parts, ascii_only=False) == expected


@given(st.lists(st.text(), max_size=4), st.booleans())
def test_no_words_at_all_lead_out_of_the_folder(parts: list[str], ascii_only: bool) -> None:  # noqa: FBT001
    name = stem(parts, ascii_only=ascii_only)
    assert name
    assert not set(name) & set('/\\:*?"<>|\x00\n')
    assert not name.startswith((".", "-"))
    assert len(name.encode()) <= LONGEST + 1
    assert name.partition(".")[0].lower() not in RESERVED
    assert name.isascii() or not ascii_only


@pytest.mark.parametrize("name", ["../x.svg", "/x.svg", "..", ".", "a/b.svg"])
def test_a_target_is_in_the_folder_itself(tmp_path: Path, name: str) -> None:
    assert target(tmp_path, "x.svg") == tmp_path / "x.svg"
    with pytest.raises(ExportError, match="leave the output folder"):
        target(tmp_path, name)


def test_a_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "x.svg").symlink_to(tmp_path.parent / "elsewhere")
    with pytest.raises(ExportError, match="leave the output folder"):
        target(tmp_path, "x.svg")


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "new" / "x.csv"
    write(path, b"one")
    write(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_to_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="Cannot write"):
        write(tmp_path / "file" / "x.csv", b"")
