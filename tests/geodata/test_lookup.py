"""Names in Chinese, English and pinyin, codes and ids lead to one place or indicator."""

from __future__ import annotations

import pytest

from geodata.errors import UnknownNameError
from geodata.lookup import Lookup
from geodata.naming import bare, spans
from geodata.records import Place
from tests.effort import yardsticks


@pytest.fixture(scope="module")
def lookup(atlas: object) -> Lookup:
    return Lookup(atlas)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("石家庄市", "130100"),
        ("石家庄", "130100"),
        ("Shijiazhuang", "130100"),
        ("shijiazhuang shi", "130100"),
        ("Shíjiāzhuāng", "130100"),
        ("130100", "130100"),
        (130100, "130100"),
        ("北京", "110000"),
        ("河北", "130000"),
        ("河北区", "120105"),
        ("承德", "130800"),
        ("承德县", "130821"),
        ("Chengde County", "130821"),
        ("大厂", "131028"),
        ("石家庄桥西区", "130104"),
        ("张家口市桥西区", "130703"),
        ("Qiaoxi, Zhangjiakou", "130703"),
        ("Zhangjiakou Qiaoxi", "130703"),
        ("雄安新区", "133100"),
        ("雄安", "133100"),
        ("xiongan", "133100"),
        ("京津冀", "JJJ"),
        ("jjj", "JJJ"),
        ("天津都市圈", "article/tianjin"),
        ("tianjin dushiquan", "article/tianjin"),
        ("Tianjin metropolitan circle", "article/tianjin"),
        ("capital", "article/capital"),
        ("plan2026/commuting", "plan2026/commuting"),
        ("石家庄都市圈", "article/shijiazhuang"),
        ("通勤圈", "plan2026/commuting"),
    ],
)
def test_a_place_goes_by_many_names(lookup: Lookup, words: str | int, code: str) -> None:
    assert lookup.place(words).id == code


@pytest.mark.parametrize("words", ["桥西区", "桥西", "Qiaoxi", "qiaoxi qu", "新华区", "Jizhou"])
def test_a_name_of_two_places_is_neither(lookup: Lookup, words: str) -> None:
    with pytest.raises(UnknownNameError, match="fits 2 places"):
        lookup.place(words)


def test_a_circle_is_that_of_the_scheme_asked_for(lookup: Lookup) -> None:
    assert lookup.circle("石家庄都市圈", "sjz2025").id == "sjz2025/shijiazhuang"
    assert lookup.circle("shijiazhuang").id == "article/shijiazhuang"


def test_every_place_is_found_by_its_code_and_by_both_its_labels(lookup: Lookup) -> None:
    lost = []
    for place in lookup.places("1") + lookup.places("JJJ"):
        for words in (place.id, place.label.zh, place.label.en):
            found = lookup.place(words)
            if found != place:
                lost.append((words, found.id))
    assert lost == []


def test_every_indicator_is_found_by_its_id_and_both_its_names(lookup: Lookup) -> None:
    for one in lookup.indicators("a") + lookup.indicators("i"):
        assert lookup.indicator(one.id) == one
        assert lookup.indicator(one.name.zh) == one
        assert lookup.indicator(one.name.en) == one


@pytest.mark.parametrize(
    ("words", "indicator"),
    [
        ("GDP", "gdp"),
        ("制造业区位商", "lq_manufacturing"),
        ("zhizaoye quweishang", "lq_manufacturing"),
        ("Manufacturing: location quotient", "lq_manufacturing"),
        ("财政自给率", "fiscal_self_sufficiency"),
        ("常住人口", "population"),
        ("resident population (census)", "population"),
    ],
)
def test_an_indicator_goes_by_many_names(lookup: Lookup, words: str, indicator: str) -> None:
    assert lookup.indicator(words).id == indicator


def test_pinyin_finds_what_it_is_a_part_of(lookup: Lookup) -> None:
    assert all("区位商" in one.name.zh for one in lookup.indicators("quweishang"))
    assert lookup.indicators("quweishang")
    assert {p.kind for p in lookup.places("dushiquan")} == {"circle"}


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Xiong'an New Area", "xiongannewarea"),
        ("０—14岁", "014岁"),
        ("（ ）", ""),
        (130100, "130100"),
    ],
)
def test_spellings_differ_in_letters_and_digits_only(words: object, left: str) -> None:
    assert bare(words) == left


def test_marks_without_number_do_not_hold_a_search_up() -> None:
    marks = "\u0301\u0316"  # in the order that is not the standard's
    assert yardsticks(lambda: bare("a" + marks * 50_000), 1) < 100
    assert bare(f"a{marks}é") == "ae"


@pytest.mark.parametrize(
    ("years", "told"),
    [
        (["2010", "2020"], "2010, 2020"),
        (["2010", "2013", "2014", "2015"], "2010, 2013–2015"),
        (["2010-2020"], "2010-2020"),
        ([], ""),
    ],
)
def test_only_years_in_a_row_are_joined(years: list[str], told: str) -> None:
    assert spans(years) == told


def test_a_place_is_shown_with_its_signs_written_out() -> None:
    from geodata.records import Name  # noqa: PLC0415

    shown = Place("<1>", "county", Name("甲&", "A"), Name("甲&", "A"))._repr_html_()
    assert "&lt;1&gt;" in shown
    assert "甲&amp; A" in shown
