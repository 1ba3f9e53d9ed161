"""What `run.py check` prints of the headline measures can be redone from the figures it names."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import pytest

from dashboard.headlines import headline_lines
from geodata.measures.space import SEED
from geodata.measures.verdict import VERDICTS

if TYPE_CHECKING:
    from geodata.atlas import Atlas


@pytest.fixture(scope="module")
def lines(atlas: Atlas) -> list[str]:
    return headline_lines(atlas)


def under(lines: list[str], heading: str) -> list[str]:
    """Return the lines below a heading."""
    at = next(n for n, line in enumerate(lines) if line.startswith(heading))
    rest = lines[at + 1 :]
    end = next((n for n, line in enumerate(rest) if not line.startswith(" ")), len(rest))
    return rest[:end]


def test_each_measure_says_its_formula_and_each_line_its_year_and_sources(
    lines: list[str], atlas: Atlas
) -> None:
    assert [line.partition(" ")[0] for line in lines if not line.startswith(" ")] == [
        "主要测度",
        "首位度",
        "石家庄在河北",
        "泰尔指数（人均地区生产总值，人口加权）Theil,",
        "莫兰指数（县级，Queen",
        "合计的规则",
        "论断与公开数字",
        "短文",
        "数据的改动",
    ]
    rule = lines.index("合计的规则 The rule of totals")
    figures = [line for line in lines[:rule] if line.startswith(" ")]
    assert len(figures) == 4 + 2 + 2 + 3
    for line in figures:
        assert re.search(r", 20\d\d: ", line)
        cited = re.fullmatch(r".*\[(.+)\]", line)
        assert cited
        for source in cited[1].split(", "):
            assert atlas.source(source).title


def test_each_claim_is_listed_with_its_verdict_and_all_are_counted(
    lines: list[str], atlas: Atlas
) -> None:
    counted, *listed = under(lines, "论断与公开数字")
    assert len(listed) == len(atlas.claims.claims)
    for verdict in VERDICTS:
        n = sum(line.endswith(f": {verdict}") for line in listed)
        assert f"{n} {verdict}" in counted


def test_the_rule_of_totals_is_told_with_what_it_withheld(lines: list[str], atlas: Atlas) -> None:
    """Count again: a figure of some member, and none of the circle."""
    found = under(lines, "合计的规则")
    assert "95%" in found[0]
    assert "95%" in found[1]
    keys = [c.key for scheme in atlas.schemes for c in scheme.circles]
    withheld = [
        (indicator, key, year)
        for key in keys
        for indicator in atlas.indicators
        if not indicator.startswith("lq_")
        for year in atlas.years(indicator, key)
        if atlas.whole(indicator, key, year).used
        and atlas.value(indicator, key, year).value is None
    ]
    assert ("gdp", "sjz2025/shijiazhuang", "2020") in withheld
    assert f"{len(withheld):,} 个不作合计 withheld" in found[2]


def test_the_rule_of_totals_names_the_circle_whose_primacy_a_part_leaves_open(
    lines: list[str],
) -> None:
    told = under(lines, "合计的规则")[3]
    assert "信都区" in told
    assert "全部计入为3.46，全不计入为6.26" in told
    assert "3.46 with all of it, 6.26 with none" in told


def test_theil_by_circle_is_told_without_its_lone_city(lines: list[str]) -> None:
    by_circle = next(line for line in lines if "按都市圈" in line)
    assert re.search(r"组间 between 89\.\d%，不计 without 北京市 Beijing 64\.\d%", by_circle)


def test_primacy_is_the_first_city_over_the_next(lines: list[str], atlas: Atlas) -> None:
    line = under(lines, "首位度")[0]
    year = re.findall(r", (20\d\d): ", line)[0]
    column = atlas.values("population_yearend", year, "city")
    sizes = sorted((v.value for v in column.values if v.value is not None), reverse=True)
    assert f"S₂ {sizes[0] / sizes[1]:.3f}, S₄ {sizes[0] / sum(sizes[1:4]):.3f}" in line
    assert "P₁ 北京市 Beijing" in line
    # From 2024 on Baoding is counted without Dingzhou and Xiong'an, and the line says so.
    assert year == "2023"
    assert "2024年起保定的年末常住人口不含定州和雄安新区" in line


def test_shijiazhuang_is_set_against_the_province_and_the_largest_other(
    lines: list[str], atlas: Atlas
) -> None:
    line = under(lines, "石家庄在河北")[1]
    year = re.findall(r", (20\d\d): ", line)[0]
    own, hebei, tangshan = (
        atlas.value("gdp_alike", place, year).value or 0 for place in ("130100", "130000", "130200")
    )
    assert f": {100 * own / hebei:.2f}%, ÷ 唐山市 Tangshan {own / tangshan:.3f}" in line


def test_theil_is_split_in_a_year_with_every_city(lines: list[str], atlas: Atlas) -> None:
    """Baoding's GDP and population differ in scope from 2024 on."""
    by_province, by_circle = under(lines, "泰尔指数")
    assert ", 2023: " in by_province
    people, gdp = (
        {c: v.value or 0 for c, v in zip(column.codes, column.values, strict=True) if c != "133100"}
        for column in (atlas.values(i, "2023", "city") for i in ("population_yearend", "gdp_alike"))
    )
    p, s = sum(people.values()), sum(gdp.values())
    total = sum(gdp[c] / s * math.log(gdp[c] / s / (people[c] / p)) for c in gdp)
    assert f"T {total:.4f} = " in by_province
    assert f"T {total:.4f} = " in by_circle
    for line in (by_province, by_circle):
        whole, between, within = (
            float(n) for n in re.findall(r"T ([\d.]+) = ([\d.]+) \+ ([\d.]+)", line)[0]
        )
        assert whole == pytest.approx(between + within, abs=1.1e-4)


def test_moran_says_permutations_and_seed(lines: list[str]) -> None:
    found = under(lines, "莫兰指数")
    assert [line.split()[0] for line in found] == [
        "制造业区位商",
        "信息软件区位商",
        "大专及以上人口占比（普查）",
    ]
    for line in found:
        assert f"n 199, 置换 permutations 999, 种子 seed {SEED}" in line
        assert "E(I) −0.0051" in line
        assert "p 0.002" in line
