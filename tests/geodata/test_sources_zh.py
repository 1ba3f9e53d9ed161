"""The Chinese of the sources says what the record says: every number, every Chinese name."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, cast

import pytest

from geodata.build import cache
from geodata.build.steps import write_facts
from geodata.catalog import FOLDER, Notes, in_language, load_notes, note_faults
from geodata.catalog.rows import read_rows
from geodata.errors import FactsError
from geodata.facts.check import find_faults
from geodata.facts.files import CHINESE, TABLES, read_lines, split_notes
from geodata.facts.sources import NEEDED, Rendering, load_renderings, load_titles
from geodata.records import Source

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.atlas import Atlas
    from geodata.build.steps import BuildContext

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MONTH = re.compile(rf"\b({'|'.join(MONTHS)})[a-z]*\b(?=[- ]\w)")
SCALES = {"trillion": 12, "bn": 9, "million": 6, "万亿": 12, "亿": 8, "万": 4, "": 0}
NUMBER = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)(?: ?(trillion|bn|million|万亿|亿|万))?")
IN_WORDS = {
    "H1 ": "上半年",
    "Q1-Q3 ": "前三季度",
    "Q1 ": "第一季度",
    "phase 2 ": "二期",
    "Tianhe-1 ": "天河一号",
}
"""What has a digit in English and none in Chinese."""
ENGLISH_WORDS = re.compile(r"(?<![\w/.])[a-z]{3,} [a-z]{2,}(?![\w/.])")
RECORDED = {line["source_id"]: line for line in read_lines(TABLES, "sources.csv", ["source_id"])}
RENDERINGS = load_renderings()
ENGLISH = load_titles()
FRAGMENTS = sorted({f for line in RECORDED.values() for f in split_notes(line["note"])})


def numbers(words: str) -> Counter[Decimal]:
    """Return the numbers of a text in either language: months count, ordinals are words."""
    for part in IN_WORDS:
        words = words.replace(part, "")
    words = re.sub(r"\b\d+th\b", "", words)
    words = re.sub(r"\b10 000\b", "10000", words)
    words = MONTH.sub(lambda found: f" {MONTHS.index(found[1]) + 1} ", words)
    found = (Decimal(n.replace(",", "")).scaleb(SCALES[s]) for n, s in NUMBER.findall(words))
    return Counter(number.normalize() for number in found)


def chinese(words: str) -> set[str]:
    """Return the runs of Chinese in a text."""
    return set(CHINESE.findall(words))


@pytest.fixture(scope="module")
def notes() -> Notes:
    """Read the notes of the catalogue once."""
    return load_notes()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("investment 22.35 bn yuan, 43,900 units", ["22350000000", "43900"]),
        ("投资223.5亿元，4.39万家", ["22350000000", "43900"]),
        ("H1 2025, Jan-Nov 2024, 4th census", ["2025", "1", "11", "2024"]),
        ("21 March 2024; 2.3 trillion", ["21", "3", "2024", "2300000000000"]),
        ("2026-02-02与2026年2月2日", ["2026", "2", "2", "2026", "2", "2"]),
    ],
)
def test_numbers_are_read_in_both_languages(words: str, expected: list[str]) -> None:
    assert numbers(words) == Counter(Decimal(n).normalize() for n in expected)


@pytest.mark.parametrize("source_id", sorted(RENDERINGS))
def test_a_rendering_keeps_every_number_and_every_chinese_name(source_id: str) -> None:
    for word in ("title", "publisher", "date"):
        recorded, said = RECORDED[source_id][word], getattr(RENDERINGS[source_id], word)
        if not said:
            continue
        assert said != recorded
        before, after = numbers(recorded), numbers(said)
        if word == "title" and CHINESE.search(recorded):
            # A title that is on record in both languages names its year twice.
            assert set(before) == set(after), (recorded, said)
        else:
            assert before == after, (recorded, said)
        assert all(run in said for run in chinese(recorded)), (recorded, said)


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_note_has_chinese_and_keeps_every_number(fragment: str, notes: Notes) -> None:
    said = notes.zh(fragment)
    assert said, f"put the Chinese of {fragment!r} into catalog/notes_sources_zh.csv"
    assert numbers(fragment) == numbers(said), said
    assert all(run in said for run in chinese(fragment)), said
    assert all(zh in said for part, zh in IN_WORDS.items() if part in fragment), said
    assert not ENGLISH_WORDS.search(said), said
    assert not said.endswith("。")


def test_no_note_of_sources_is_kept_that_no_source_has() -> None:
    rows = read_rows(FOLDER, "notes_sources_zh")
    plain = [row["fragment"] for row in rows if not row["pattern"]]
    assert sorted(set(plain) - set(FRAGMENTS)) == []
    for row in rows:
        if row["pattern"]:
            assert any(re.fullmatch(row["fragment"], fragment) for fragment in FRAGMENTS)


def test_a_reader_of_chinese_finds_no_english_but_names_of_publications(atlas: Atlas) -> None:
    english = {row["source_id"]: row.items("kept") for row in read_rows(FOLDER, "sources_zh")}
    for source_id in atlas.source_ids():
        said = atlas.source(source_id, "zh")
        left = english.get(source_id, ())
        for word in NEEDED:
            words = getattr(said, word)
            assert word in left or not words or CHINESE.search(words), words
            assert word in left or not ENGLISH_WORDS.search(words), words
        assert all(words.count("（") == words.count("）") for words in (said.title, said.note))


def test_titles_of_english_publications_stay_as_published(atlas: Atlas) -> None:
    for source_id in ("citypopulation", "people2026_en", "portwatch", "gazetteer_geonames"):
        source = atlas.source(source_id, "zh")
        assert source.title == atlas.source(source_id).title
        assert not source.rendered
    assert atlas.source("people2026_en", "zh").publisher == "新华社 / 人民网"


def test_a_title_counts_as_rendered_unless_the_record_has_it_in_chinese(atlas: Atlas) -> None:
    listed = atlas.source("bh_listed2022", "zh")
    assert (listed.title, listed.publisher) == ("滨海新区上市科技企业", "天津日报")
    assert listed.rendered
    census = atlas.source("census7_county", "zh")
    assert census.title.startswith("中国2020年人口普查分县资料，转录自")
    assert census.date == "2022（转录2023-07-13）"
    assert not census.rendered
    assert not atlas.source("tjgb_130000_2024", "zh").rendered
    # A Chinese file name in an English description is no title on record.
    assert atlas.source("csmar_county", "zh").rendered
    assert atlas.source("gp_strata", "zh").rendered


def test_an_english_reader_is_told_titles_in_english_and_which_are_translated(
    atlas: Atlas,
) -> None:
    for i in atlas.source_ids():
        told, recorded = atlas.source(i, "en"), atlas.source(i)
        first = next(filter(str.isalpha, told.title))
        assert first.isascii(), told.title
        assert told.rendered == (told.title != recorded.title)
        assert told.rendered == (not next(filter(str.isalpha, recorded.title)).isascii())
    yearbook = atlas.source("ccsy2020", "en")
    assert yearbook.title.startswith("China City Statistical Yearbook 2020 (data of 2019)")
    assert atlas.source("ccsy2020").title.startswith("中国城市统计年鉴2020 (2019年数据)")
    bulletin = atlas.source("tjgb_131100_2025", "en").title
    assert (
        bulletin == "Hengshui Statistical Bulletin on National Economic and Social Development 2025"
    )


def test_a_translation_names_the_years_and_numbers_of_its_title(atlas: Atlas) -> None:
    """A year of four figures in a title is in its translation, as a number is."""
    years = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
    for i in atlas.source_ids():
        told, recorded = atlas.source(i, "en"), atlas.source(i)
        assert set(years.findall(recorded.title)) <= set(years.findall(told.title)), i


def test_the_record_itself_is_untouched(atlas: Atlas) -> None:
    for source_id, line in RECORDED.items():
        source = atlas.source(source_id)
        assert (source.title, source.publisher) == (line["title"], line["publisher"])
        assert source.note == line["note"]
        told = ENGLISH[source_id].publisher if source_id in ENGLISH else ""
        assert atlas.source(source_id, "en").publisher == (told or line["publisher"])


def test_a_note_is_joined_as_each_language_does() -> None:
    notes = Notes({"old figure": "旧数字"}, (), {"辛集": "Xinji"})
    source = Source("a", "甲", "乙", "2020", None, "old figure; incl. 辛集")
    assert in_language(source, "zh", None, notes).note == "旧数字；incl. 辛集"
    assert in_language(source, "en", None, notes).note == "old figure; incl. Xinji"
    found = in_language(source, "zh", Rendering("", "丙", ""), notes)
    assert (found.title, found.publisher, found.date) == ("甲", "丙", "2020")


def appended(folder: Path, *lines: str) -> Path:
    """Return a copy of the catalogue with lines added to the Chinese of the sources."""
    copy = folder / "catalog"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py*", "__pycache__"))
    with (copy / "sources_zh.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    return copy


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("nobody,某书,,,", "source 'nobody' is unknown; correct it"),
        ("bh_listed2022,又一题名,,,", "bh_listed2022 is already in line "),
        ("gp_gdp296,,,,date", "'date' cannot be kept; write title or publisher."),
        ("anping2024,某题名,,,title", "the title is kept and has Chinese beside it; choose one."),
    ],
)
def test_check_names_the_line_that_does_not_fit(tmp_path: Path, line: str, fault: str) -> None:
    copy = appended(tmp_path, line)
    number = len((copy / "sources_zh.csv").read_text(encoding="utf-8").splitlines())
    faults = find_faults(catalog=copy)
    assert any(
        one.en.startswith(f"catalog/sources_zh.csv, line {number}: {fault}")
        and one.zh.startswith(f"catalog/sources_zh.csv 第 {number} 行：")
        for one in faults
    )


@pytest.mark.parametrize("word", NEEDED)
def test_a_source_without_publication_is_a_fault(tmp_path: Path, word: str) -> None:
    tables = tmp_path / "tables"
    shutil.copytree(TABLES, tables)
    line = RECORDED["h_port_2022"]
    path = tables / "sources.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f",{line[word]},", ",,", 1), encoding="utf-8", newline="\n")
    (fault,) = find_faults(tables)
    where = f"tables/sources.csv, line {line.number}: "
    assert fault.en.startswith(f"{where}source 'h_port_2022' has no {word}")
    assert "删去" in fault.zh


@pytest.mark.parametrize("host", ["chaxiaohao.com", "www.gov.cn", "https://china.org.cn/"])
def test_a_bare_address_is_no_publisher(tmp_path: Path, host: str) -> None:
    tables = tmp_path / "tables"
    shutil.copytree(TABLES, tables)
    line = RECORDED["h_port_2022"]
    path = tables / "sources.csv"
    text = path.read_text(encoding="utf-8")
    cell = f",{line['publisher']},"
    path.write_text(text.replace(cell, f",{host},", 1), encoding="utf-8", newline="\n")
    found = [f for f in find_faults(tables) if "bare address" in f.en]
    assert all(f.en.startswith("tables/sources.csv, line ") and "删去" in f.zh for f in found)
    assert len(found) == 1


def test_no_figure_rests_on_a_page_without_publisher(atlas: Atlas) -> None:
    """A question page names no publication; what it says of Tangshan in 2024 stays out."""
    publishers = {line["publisher"] for line in RECORDED.values()}
    assert not [p for p in publishers if p.isascii() and "." in p and " " not in p]
    assert atlas.source("zgc2025_en").publisher.startswith("China Internet Information Center")


@pytest.mark.parametrize("indicator", ["population_yearend", "urbanization"])
def test_people_of_hebei_2024_lead_to_a_title_that_covers_them(
    atlas: Atlas, indicator: str
) -> None:
    value = atlas.value(indicator, "130000", "2024")
    assert value.value == {"population_yearend": 7378, "urbanization": 63.42}[indicator]
    (source,) = value.source_ids
    assert "年末常住人口与城镇化率" in atlas.source(source).title


@pytest.mark.parametrize("word", NEEDED)
def test_check_names_a_source_that_is_without_chinese(tmp_path: Path, word: str) -> None:
    copy = appended(tmp_path)
    path = copy / "sources_zh.csv"
    cells = ["滨海新区上市科技企业", "天津日报"]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(cells[NEEDED.index(word)], "", 1), encoding="utf-8")
    (fault,) = find_faults(catalog=copy)
    number = RECORDED["bh_listed2022"].number
    assert fault.en.startswith(f"tables/sources.csv, line {number}: the {word} of 'bh_listed2022'")


def test_check_names_the_part_of_a_note_that_is_without_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = shutil.copytree(TABLES, tmp_path / "tables")
    path = tables / "sources.csv"
    number = len(path.read_text(encoding="utf-8").splitlines()) + 1
    known = next(fragment for fragment in FRAGMENTS if "," not in fragment and '"' not in fragment)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"new2026,GDP（某公报）,某局,2026,,{known}; an odd new note\n")
    monkeypatch.setattr(cache, "SOURCE_ROOT", tmp_path)
    with pytest.raises(FactsError) as caught:
        write_facts(cast("BuildContext", None))  # which `check` runs first
    (fault,) = caught.value.faults
    assert fault.en == (
        f"tables/sources.csv, line {number}: the note 'an odd new note' of 'new2026' has no "
        "Chinese; add it to catalog/notes_sources_zh.csv."
    )
    assert fault.zh == (
        f"tables/sources.csv 第 {number} 行：来源“new2026”的说明“an odd new note”没有中文；"
        "请在 catalog/notes_sources_zh.csv 中补上。"
    )


def test_check_finds_every_note_of_today_in_chinese() -> None:
    assert [*note_faults(TABLES)] == []
