"""Whatever note, unit or kind an answer of the atlas carries is there in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geodata.catalog import load_catalog, load_notes
from geodata.catalog.notes import FILES
from geodata.errors import FactsError
from geodata.facts import statistics
from geodata.ids import CENSUS_YEARS
from geodata.measures.workforce import BENCHMARKS
from geodata.places.sites import read_metrics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geodata.atlas import Atlas
    from geodata.records import Level, Site, Value

CHINESE = re.compile("[一-鿿]")
LEVELS: tuple[Level, ...] = ("county", "city", "province")
CARS = "value: automotive output value of the three places (source says more than 840 bn yuan)"
SPLIT_TABLES = ("clusters", "parks", "anchors", "flows", "roles")


def of_value(value: Value | None) -> Iterator[str]:
    """Yield the notes of a figure."""
    if value is not None:
        yield from value.note


def of_sites(sites: tuple[Site, ...]) -> Iterator[str]:
    """Yield the notes of sites and of their published sizes."""
    for site in sites:
        yield from site.note
        yield from of_value(site.scale)


def of_profile(atlas: Atlas, place: str, scheme: str) -> Iterator[str]:
    """Yield the notes of a place's circles, members and key figures."""
    profile = atlas.profile(place, scheme)
    yield from (membership.note for membership in profile.memberships)
    yield from (note for _, _, note in profile.members)
    for figure in profile.figures:
        yield from of_value(figure.value)
        for comparison in figure.comparisons:
            yield from of_value(comparison.value)


def of_plan(atlas: Atlas, place: str) -> Iterator[str]:
    """Yield the notes of what the plan names for a place, and of the evidence."""
    for item in atlas.plan(place):
        yield item.note
        for evidence in item.evidence:
            yield from of_sites(evidence.sites)
            for _, value in evidence.values:
                yield from of_value(value)


def of_industry(atlas: Atlas, place: str) -> Iterator[str]:
    """Yield the notes and reasons of a place's industries, in both censuses."""
    for year in CENSUS_YEARS:
        for benchmark in BENCHMARKS:
            industry = atlas.industry(place, year, benchmark)
            yield from industry.reason
            yield from of_value(industry.total)


def of_figures(atlas: Atlas, wholes: tuple[str, ...]) -> Iterator[str]:
    """Yield the notes of all figures of all indicators, of regions and of wholes."""
    for indicator in atlas.indicators.values():
        for level, years in indicator.years.items():
            for year in years:
                column = atlas.values(indicator.id, year, level)
                for value in column.values:
                    yield from of_value(value)
        for whole in wholes:
            for year in atlas.years(indicator.id, whole):
                yield from of_value(atlas.value(indicator.id, whole, year))


@pytest.fixture(scope="module")
def answered(atlas: Atlas) -> frozenset[str]:
    """Ask the atlas everything and keep the notes of its answers."""
    circles = tuple(circle.key for scheme in atlas.schemes for circle in scheme.circles)
    regions = dict.fromkeys(p.id for level in LEVELS for p in atlas.regions(level))
    found: set[str] = set()
    for sites in (atlas.all_clusters(), atlas.all_parks(), atlas.anchors()):
        found.update(of_sites(sites))
    for place in (*regions, *circles, "JJJ"):
        found.update(of_plan(atlas, place), of_industry(atlas, place))
        for scheme in atlas.schemes:
            found.update(of_profile(atlas, place, scheme.id))
    found.update(of_figures(atlas, (*circles, "JJJ")))
    return frozenset(found - {""})


@pytest.fixture(scope="module")
def tabled() -> frozenset[str]:
    """Collect the notes of the tables of places, asked for today or not."""
    found = {
        fragment
        for table in SPLIT_TABLES
        for note in statistics.read_table(table)["note"]
        for fragment in str(note).split("; ")
    }
    return frozenset((found | set(statistics.read_table("circles")["note"])) - {""})


def test_every_note_of_every_answer_has_chinese(atlas: Atlas, answered: frozenset[str]) -> None:
    assert len(answered) > 450
    untranslated = {note for note in answered if atlas.note(note, "zh") == note}
    assert sorted(note for note in untranslated if re.search("[A-Za-z]", note)) == []


def test_every_note_of_the_tables_of_places_has_chinese(tabled: frozenset[str]) -> None:
    notes = load_notes()
    assert len(tabled) > 200
    assert sorted(n for n in tabled if notes.zh(n) is None) == []


def test_the_chinese_is_chinese(answered: frozenset[str], tabled: frozenset[str]) -> None:
    notes = load_notes()
    said = {note: notes.zh(note) or note for note in answered | tabled}
    english = {note: words for note, words in said.items() if re.search("[a-z]{2}", words)}
    assert english == {}
    unbalanced = {w for w in said.values() for a, b in ("（）", "“”") if w.count(a) != w.count(b)}
    assert unbalanced == set()


def test_the_english_keeps_chinese_only_as_printed(atlas: Atlas, answered: frozenset[str]) -> None:
    said = {atlas.note(note, "en") for note in answered}
    left = {words for words in said if CHINESE.search(words)}
    assert left
    assert {words for words in left if "printed as " not in words} == set()


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("2025: 82 projects, investment 22.35 bn yuan", "223.5亿元"),
        (
            "projects over 100 m yuan from 2014 to September 2021, investment 291.72 bn yuan",
            "亿元以上项目，投资2917.2亿元",
        ),
        ("output value 2024, source says over 125.72 bn yuan", "原文为“超过1257.2亿元”"),
        (
            CARS,
            "原文为“超过8400亿元”",
        ),
        (
            "102 over 10 bn, 17 over 50 bn, 7 over 100 bn yuan",
            "超百亿元102个，超五百亿元17个，超千亿元7个",
        ),
        ("2.3 trillion yuan over ten years", "2.3万亿元"),
        ("38,000 subsidiaries by the same source", "3.8万家"),
        ("28,000 racks built", "2.8万架"),
        ("planned, 370,500 sq m", "37.05万平方米"),
        ("source says over", "原文为“超过”"),
        ("source says about", "原文为“约”"),
        (
            "without most of 沧州渤海新区 (printed area 1,718 against 2,243 in the outline)",
            "不含沧州渤海新区的大部分（公布面积1,718，底图轮廓2,243平方公里）",
        ),
    ],
)
def test_numbers_are_exact_in_chinese_units(english: str, chinese: str) -> None:
    assert chinese in (load_notes().zh(english) or "")


def test_english_replaces_whole_names_only() -> None:
    notes = load_notes(names={"唐山市": "Tangshan", "雄县": "Xiongxian"})
    assert notes.en("without 唐山市、雄县") == "without Tangshan, Xiongxian"
    assert notes.en("雄县: then 任县 (130526)") == "Xiongxian: then Renxian (130526)"
    assert notes.en("without 唐山市某区") == "without 唐山市某区"
    assert notes.en("third-party compilation") == "third-party compilation"


def test_a_fragment_stands_in_one_file_only(tmp_path: Path) -> None:
    (tmp_path / "notes_en.csv").write_text("words,en\n", encoding="utf-8")
    for name in FILES:
        text = "fragment,pattern,zh\nplace only,,只有地点\n"
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(FactsError, match=r"already in catalog/notes_zh\.csv, line 2"):
        load_notes(tmp_path)


@pytest.mark.parametrize(
    ("table", "column", "vocabulary"),
    [
        ("clusters", "industry", "cluster_industry"),
        ("clusters", "kind", "cluster_kind"),
        ("clusters", "level", "cluster_level"),
        ("clusters", "scale_unit", "unit"),
        ("parks", "kind", "park_kind"),
        ("parks", "metric_unit", "unit"),
        ("anchors", "kind", "anchor_kind"),
        ("anchors", "role", "anchor_role"),
        ("circles", "role", "role"),
        ("flows", "indicator", "flow"),
        ("flows", "unit", "unit"),
        ("roles", "aspect", "plan_aspect"),
    ],
)
def test_every_word_of_the_tables_is_named(table: str, column: str, vocabulary: str) -> None:
    words = set(statistics.read_table(table)[column]) - {""}
    terms = load_catalog().terms
    assert words
    assert sorted(w for w in words if (vocabulary, w) not in terms) == []


def test_every_metric_and_every_term_has_both_languages() -> None:
    terms = load_catalog().terms
    assert {m for m, _ in read_metrics().values() if ("site_metric", m) not in terms} == set()
    assert [key for key, name in terms.items() if not (name.zh and name.en)] == []
