"""Codes and names of any year and spelling: one place, or a refusal that says why."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from geodata.errors import FactsError
from geodata.own import history as history_module
from geodata.own.history import load_history
from geodata.own.place import Gazetteer
from geodata.own.words import reasons

CASES = Path(__file__).with_name("own_cases")


def rows(name: str, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    text = (CASES / name).read_bytes().decode(encoding)
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(load_history())


def expected(name: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (r["cell"], r["status"], tuple(c for c in r["codes"].split(";") if c)) for r in rows(name)
    ]


@pytest.mark.parametrize("case", expected("01_codes.expected.csv"))
def test_each_spelling_of_a_code(
    gazetteer: Gazetteer, case: tuple[str, str, tuple[str, ...]]
) -> None:
    cell, answer, codes = case
    found = gazetteer.code(cell)
    assert (found.answer, found.codes) == (answer, codes)


@pytest.mark.parametrize("case", expected("02_names.expected.csv"))
def test_each_spelling_of_a_name(
    gazetteer: Gazetteer, case: tuple[str, str, tuple[str, ...]]
) -> None:
    cell, answer, codes = case
    found = gazetteer.name(cell)
    assert (found.answer, found.codes) == (answer, codes)


@pytest.mark.parametrize(
    ("code", "year", "answer", "codes"),
    [
        ("132401", 1982, "split", ("130602", "130606")),  # 保定市 with its districts
        ("132401", 1990, "one", ("130682",)),  # 定州市
        ("139001", 1990, "one", ("130481",)),  # 武安市, counties directly under the province
        ("139001", 2020, "one", ("130682",)),  # 定州市 in the statistics' own list
        ("139001", 2010, "several", ("130481", "130682")),
        ("110102", 2009, "sum", ("110102",)),
        ("110102", 2010, "one", ("110102",)),
        ("131002", 1995, "split", ("131002", "131003")),  # 安次区 before 广阳区 was made of it
        ("131002", 2005, "one", ("131002",)),
        ("120107", 2009, "sum", ("120116",)),  # a yearbook lists it a year longer
        ("110100", 2010, "none", ()),  # 密云 and 延庆 were counties until 2015
        ("110100", 2018, "one", ("110000",)),
        ("130600", 1990, "none", ()),  # 保定地区 was beside the city until 1994
        ("130600", 1995, "one", ("130600",)),
        ("132400", None, "none", ()),
        ("110200", None, "none", ()),
        ("91131082MA0AAAAA0A", None, "one", ("131082",)),
        ("1.30102E+05", None, "one", ("130102",)),
        ("1.30E+05", None, "none", ()),
        ("1.30102E+11", None, "one", ("130102",)),
        ("9.11101E+17", None, "none", ()),  # a credit code that has lost its digits
    ],
)
def test_a_code_means_what_it_meant_in_its_year(
    gazetteer: Gazetteer, code: str, year: int | None, answer: str, codes: tuple[str, ...]
) -> None:
    found = gazetteer.code(code, year)
    assert (found.answer, found.codes) == (answer, codes)


@pytest.mark.parametrize(
    ("asked", "answer", "codes"),
    [
        (("桥西区", (), 2023), "several", ("130104", "130703")),  # 邢台's is 信都区 by then
        (("桥西区", ("河北省", "石家庄市"), None), "one", ("130104",)),
        (("新华区", ("北京市",), None), "none", ()),
        (("东城区", (), 2009), "sum", ("110101",)),
        (("邯郸", (), None), "one", ("130400",)),  # as in speech: the city
        (("邯郸市", (), 1985), "none", ()),
        (("廊坊地区", (), None), "none", ()),
        (("正定新区", (), None), "none", ()),  # a zone, never the county
        (("正定区", (), None), "none", ()),
        (("大厂县", (), None), "one", ("131028",)),
        (("雄县", ("雄安新区",), None), "one", ("130638",)),
        (("雄县", ("保定市",), None), "one", ("130638",)),
        (("天津市河北区", (), None), "one", ("120105",)),
        (("河北", (), None), "one", ("130000",)),
        (("石家庄市桥东区", (), None), "split", ("130102", "130104")),
        (("Haidian District", (), None), "one", ("110108",)),
        (("Chengde County", (), None), "one", ("130821",)),
        (("Qiaoxi", (), None), "several", ("130104", "130703")),
        (("北京市合计", (), None), "whole", ()),
        (("赵", (), None), "none", ()),
        (("朝阳区", ("吉林省", "长春市"), None), "out", ()),  # not Beijing's
        (("朝阳区", ("长春市",), None), "none", ()),
        (("桥西区", ("130100",), None), "one", ("130104",)),
        (("桥西区", ("130100.0", "13"), None), "one", ("130104",)),
        (("新华区（平顶山市）", (), None), "none", ()),
        (("辽宁/朝阳/双塔区", (), None), "out", ()),
        (("上海市", (), None), "out", ()),
        (("广西", (), None), "out", ()),
        (("涞源县", ("河北省", "保定地区"), None), "one", ("130630",)),
        (("朝阳区", ("北京市", "市辖区"), None), "one", ("110105",)),
        (("三河市（县级市）", (), None), "one", ("131082",)),
    ],
)
def test_a_name_is_read_with_what_stands_beside_it(
    gazetteer: Gazetteer,
    asked: tuple[str, tuple[str, ...], int | None],
    answer: str,
    codes: tuple[str, ...],
) -> None:
    found = gazetteer.name(*asked)
    assert (found.answer, found.codes) == (answer, codes)


def test_every_answer_has_words_in_both_languages(gazetteer: Gazetteer) -> None:
    words = reasons()
    codes = [use.code for use in load_history().all()]
    found = [gazetteer.code(code, year) for code in codes for year in (None, 1982, 2005, 2020)]
    assert {one.reason for one in found} <= words.keys()
    refused = {one.reason for one in found if not one.placed}
    assert [key for key in refused if not (words[key].cure.zh and words[key].cure.en)] == []


def test_the_counties_of_the_last_year_are_those_of_the_atlas() -> None:
    history = load_history()
    last = max(use.last for use in history.all())
    today = {u.code: u.name for u in history.all() if u.last == last and u.code[2:4] != "90"}
    places = history.regions.places
    assert today == {code: places[code].name.zh for code in history.regions.codes("county")}


def test_each_code_since_the_nineties_leads_to_places_of_today() -> None:
    history = load_history()
    counties = {*history.regions.codes("county")}
    assert {c for use in history.all() for c in use.became} == counties
    # What became of some suburbs and mining districts of the eighties is not on record.
    assert {use.last for use in history.all() if not use.became} <= {*range(1980, 1989)}


def test_every_change_is_of_a_county_that_was_there_and_names_its_publication() -> None:
    history = load_history()
    ends = {(use.code, use.name, str(use.last)): use.became for use in history.all()}
    with (Path(history_module.__file__).with_name("changes.csv")).open(encoding="utf-8") as file:
        changes = list(csv.DictReader(file))
    for change in changes:
        became = tuple(change["became"].split(";"))
        assert ends[change["code"], change["name"], change["last"]] == became, change
        assert (len(became) > 1) == (change["kind"] == "divided"), change
        assert change["source"], change
    assert len({(c["code"], c["last"]) for c in changes}) == len(changes)


def test_the_parts_of_a_merged_county_are_those_of_its_time() -> None:
    history = load_history()
    (binhai,) = {
        history.parts(use) for use in history.all() if use.name in {"塘沽区", "汉沽区", "大港区"}
    }
    assert binhai == {"120107", "120108", "120109"}
    (xicheng,) = history.uses["110102"]
    assert history.parts(xicheng, 2009) == {"110102", "110104"}
    assert history.parts(xicheng, 2015) == history.parts(xicheng) == {"110102"}


def test_a_missing_package_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_module, "PACKAGE", "no_such_package")
    with pytest.raises(FactsError, match="reinstall"):
        history_module.load_history.__wrapped__()
