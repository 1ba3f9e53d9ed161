"""The English names of places, parks and clusters follow one way of writing."""

from __future__ import annotations

import re

import pytest

from geodata.facts import statistics
from geodata.places.regions import build_regions

TABLES = ("regions", "other_regions", "anchors", "circles", "parks", "clusters", "roles")
OPEN = {"安": "an", "恩": "en", "鄂": "e", "奥": "ao", "欧": "ou", "阿": "a"}
"""Syllables without a consonant, set apart from the one before by an apostrophe (GB/T 16159)."""
SHORT = re.compile(r"\b(BTH|ETDZ|NEV|CXO|Jing-Ji|Jing-Jin|Kuangqu)\b")
SPLIT = re.compile(r"\b[A-Z][a-z]+ (an|en|ao|ou)\b")


def named() -> list[tuple[str, str, str]]:
    """Return table, Chinese and English of all that has both names."""
    found = []
    for table in (*TABLES, "timeline"):
        for row in statistics.read_table(table).to_dict("records"):
            for zh, en in (
                ("name_zh", "name_en"),
                ("circle_zh", "circle_en"),
                ("title_zh", "title_en"),
            ):
                if row.get(zh):
                    found.append((table, row[zh], row[en]))
    return found


@pytest.mark.parametrize("table", [*TABLES, "timeline"])
def test_no_name_is_split_or_shortened(table: str) -> None:
    names = [en for of, _, en in named() if of == table]
    assert names
    assert [en for en in names if SPLIT.search(en) or SHORT.search(en)] == []
    assert [en for en in names if re.search(r"(Beijing|Tianjin|Binhai)-[A-Z]", en)] == [], "en dash"


def test_an_open_syllable_is_set_apart() -> None:
    """文安 is Wen'an, 西安 Xi'an; at the head of a name nothing is set apart."""
    rows = statistics.read_table("regions").to_dict("records")
    inner = [(r["name_en"], s) for r in rows for z, s in OPEN.items() if z in r["name_zh"][1:]]
    assert {"Wen'an", "Qian'an", "Gu'an", "Xiong'an New Area"} <= {en for en, _ in inner}
    assert [en for en, syllable in inner if f"'{syllable}" not in en] == []
    assert [
        r["name_en"] for r in rows if "'" in r["name_en"] and not set(OPEN) & set(r["name_zh"])
    ] == []


def test_kinds_of_units_are_named_in_full() -> None:
    rows = statistics.read_table("regions").to_dict("records")
    for ending, name in (("矿区", "Mining District"), ("自治县", "Autonomous County")):
        ours = {r["name_en"] for r in rows if r["name_zh"].endswith(ending)}
        assert ours == {r["name_en"] for r in rows if r["name_en"].endswith(name)}
        assert len(ours) >= 3
    assert {r["name_en"] for r in rows if r["name_zh"] == "大厂回族自治县"} == {
        "Dachang Hui Autonomous County"
    }


def test_a_site_bears_the_name_of_its_place() -> None:
    """大城 is Daicheng, for the county and for its cluster."""
    places = {r["region_code"]: r for r in statistics.read_table("regions").to_dict("records")}
    seen = 0
    for table, column in (("clusters", "region_codes"), ("parks", "region_code")):
        for row in statistics.read_table(table).to_dict("records"):
            for code in row[column].split(";"):
                place = places.get(code)
                if place and row["name_zh"].startswith(place["name_zh"][:2]):
                    assert place["name_en"].split()[0] in row["name_en"], row["name_en"]
                    seen += 1
    assert seen > 50


def test_namesakes_carry_their_city() -> None:
    regions = build_regions(statistics.read_table("regions"))
    label = {code: place.label for code, place in regions.places.items()}
    assert (label["130104"].zh, label["130703"].zh) == ("桥西区（石家庄）", "桥西区（张家口）")
    assert (label["130105"].zh, label["130902"].zh) == ("新华区（石家庄）", "新华区（沧州）")
    assert (label["130902"].en, label["120119"].en) == ("Xinhua (Cangzhou)", "Jizhou (Tianjin)")
    assert (label["131103"].en, label["131103"].zh) == ("Jizhou (Hengshui)", "冀州区")
    assert (label["130434"].en, label["130533"].en) == ("Weixian (Handan)", "Weixian (Xingtai)")
    for lang in ("zh", "en"):
        shown = [one[lang] for one in label.values()]
        assert len(set(shown)) == len(shown)
