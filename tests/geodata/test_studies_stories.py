"""Stories: each figure from the tables, and no sentence that its figures do not carry."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from geodata.atlas import Atlas
from geodata.build import cache
from geodata.build.atlas_data import assemble, read_frames
from geodata.errors import FactsError
from geodata.records import LANGUAGES
from geodata.studies.stories import HEADLINES, PRESET_STORIES, gaps

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.build.cache import Manifest
    from geodata.studies.stories import Sentence


@pytest.fixture(scope="module")
def sentences(atlas: Atlas) -> dict[str, Sentence]:
    return {one.id: one for one in atlas.stories.sentences}


def figure(sentence: Sentence, name: str) -> float:
    value = sentence.figures[name].value.value
    assert value is not None
    return value


def test_five_lines_and_three_sentences_for_each_view(atlas: Atlas) -> None:
    assert len(atlas.stories.story(HEADLINES)) == 5
    assert {len(atlas.stories.story(name)) for name in PRESET_STORIES} == {3}


def gdp(atlas: Atlas, place: str, year: str, indicator: str = "gdp") -> float:
    value = atlas.value(indicator, place, year).value
    assert value is not None
    return value


def test_the_two_cities_are_apart_as_their_output_says(
    atlas: Atlas, sentences: dict[str, Sentence]
) -> None:
    told = sentences["two_cities_apart"]
    by_hand = gdp(atlas, "110000", "2024") / gdp(atlas, "120000", "2024")
    assert figure(told, "now") == pytest.approx(by_hand)
    whole = sum(gdp(atlas, place, "2013") for place in ("110000", "120000", "130000"))
    share = 100 * gdp(atlas, "120000", "2013") / whole
    assert figure(told, "share_then") == pytest.approx(share)


def test_tongzhou_has_a_share_of_the_people_of_one_census(
    atlas: Atlas, sentences: dict[str, Sentence]
) -> None:
    people = [atlas.value("population", place, "2020").value for place in ("110112", "110000")]
    assert people[0] is not None
    assert people[1] is not None
    by_hand = 100 * people[0] / people[1]
    assert figure(sentences["wings_tongzhou"], "p1") == pytest.approx(by_hand)


def test_the_output_of_tongzhou_is_held_against_that_of_the_city_as_first_published(
    atlas: Atlas, sentences: dict[str, Sentence]
) -> None:
    district = atlas.value("gdp", "110112", "2022")
    assert district.note == ("preliminary vintage",)
    assert district.value is not None
    by_hand = 100 * district.value / gdp(atlas, "110000", "2022", "gdp_published")
    assert figure(sentences["wings_tongzhou"], "g") == pytest.approx(by_hand)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_gap_has_its_figure_and_every_figure_its_sources(
    sentences: dict[str, Sentence], lang: str
) -> None:
    for one in sentences.values():
        assert set(gaps(one.words["zh" if lang == "zh" else "en"])) <= set(one.figures)
        assert all(figure.value.source_ids for figure in one.figures.values())


def test_every_story_belongs_to_claims_that_there_are(atlas: Atlas) -> None:
    for one in atlas.stories.sentences:
        assert atlas.claims.finding(one.claim).claim.id == one.claim


FAULTS = {
    "untrue": ("story_figures", ",2013,2,\n", ",2013,2,> 9\n", "不再满足", "does not meet"),
    "figure that is missing": (
        "story_figures",
        "gdp(120000),2024",
        "gdp(120000),1899",
        "不认识的名称",
        "no gdp of",
    ),
    "gap without a figure": (
        "stories",
        "{now.year}年北京",
        "{nov.year}年北京",
        "各有一处",
        "must stand",
    ),
    "story": ("stories", ",headlines,", ",headline,", "不可用", "is not one of"),
    "claim": ("stories", ",two_cities,", ",two_city,", "不可用", "is not one of"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_in_the_tables_names_line_and_cure(
    manifest: Manifest, tmp_path: Path, kind: str
) -> None:
    file, good, bad, zh, en = FAULTS[kind]
    for room in ("tables", "catalog"):
        shutil.copytree(cache.SOURCE_ROOT / room, tmp_path / room)
    path = tmp_path / "catalog" / f"{file}.csv"
    text = path.read_text(encoding="utf-8")
    assert good in text
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(FactsError) as told:
        _ = Atlas(assemble(read_frames(manifest.folder), tmp_path)).stories.sentences
    fault = told.value.faults[0]
    assert fault.file == f"catalog/{file}.csv"
    assert fault.line is not None
    assert zh in fault.zh
    assert en in fault.en
