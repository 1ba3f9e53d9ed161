"""GDP per head and growth: one formula on revised GDP, what was published under its own name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.records import KeyFigure, Level


@pytest.mark.parametrize(
    ("place", "year", "number"),
    [
        # 47,353.7 亿元 over 2,185.8 万人; 17,211.8 over 1,364; 45,660 over 7,393.
        ("110000", "2023", 216_642.4),
        ("120000", "2023", 126_186.2),
        ("130000", "2023", 61_761.1),
        # 49,670.2 over 2,183.2.
        ("110000", "2024", 227_511.0),
    ],
)
def test_gdp_per_head_is_revised_gdp_over_residents(
    atlas: Atlas, place: str, year: str, number: float
) -> None:
    value = atlas.value("gdp_per_capita", place, year)
    assert value.value == pytest.approx(number, abs=0.06)
    assert value.status == "computed"
    parts = atlas.provenance.ingredients("gdp_per_capita", place, year)
    assert [p.indicator for p in parts] == ["gdp", "population_yearend"]


def test_what_was_published_per_head_keeps_its_own_name(atlas: Atlas) -> None:
    assert atlas.value("gdp_per_capita_published", "110000", "2023").value == 200_278
    assert atlas.value("gdp_per_capita_alike", "110000", "2023").value == pytest.approx(
        10_000 * 43_761 / 2_185.8
    )
    assert "当时公布" in atlas.indicator("gdp_per_capita_published").name.zh
    assert "first published" in atlas.indicator("gdp_growth").name.en
    assert "当时公布" in atlas.indicator("gdp_growth").name.zh


PROVINCES = ("110000", "120000", "130000")


def test_a_place_and_the_region_stand_on_one_formula(atlas: Atlas) -> None:
    """Weighted by people the three places give the region, in every year that all have."""
    for year in atlas.indicator("gdp_per_capita").years["province"]:
        values = [atlas.value("gdp_per_capita", p, year).value for p in PROVINCES]
        people = [atlas.value("population_yearend", p, year).value for p in PROVINCES]
        whole = atlas.value("gdp_per_capita", "JJJ", year).value
        if None in (*values, *people):
            assert whole is None
            continue
        pairs = list(zip(values, people, strict=True))
        total = sum(v * p for v, p in pairs if v and p) / sum(p for p in people if p)
        assert whole == pytest.approx(total)


def test_no_line_crosses_a_change_of_kind_of_gdp_per_head_or_growth(atlas: Atlas) -> None:
    def years(indicator: str, level: Level) -> list[str]:
        return [b.year for b in atlas.breaks(indicator, level)]

    assert years("gdp_per_capita", "province") == ["2025"]
    assert years("gdp_per_capita", "city") == ["2019", "2020", "2024", "2025"]
    assert years("gdp_per_capita_alike", "city") == ["2019", "2020", "2024"]
    assert years("gdp_growth", "city") == years("gdp_growth", "province") == ["2019"]


def test_baoding_has_none_per_head_from_2024(atlas: Atlas) -> None:
    for indicator in ("gdp_per_capita", "gdp_per_capita_alike"):
        assert atlas.value(indicator, "130600", "2023").value is not None
        assert atlas.value(indicator, "130600", "2024").value is None


def test_gdp_per_head_is_set_beside_its_own_kind_only(atlas: Atlas) -> None:
    """Tianjin's is revised, 17,931.3 over 1,364 in 2024: no circle of cities has that kind."""

    def head(place: str) -> KeyFigure:
        figures = atlas.profile(place).figures
        return next(f for f in figures if f.indicator.id == "gdp_per_capita")

    tianjin = head("120000")
    assert (tianjin.value.year, round(tianjin.value.value or 0)) == ("2024", 131_461)
    (whole,) = tianjin.comparisons
    region = 10_000 * (49_670.2 + 17_931.3 + 47_448.1) / (2_183.2 + 1_364 + 7_378)
    assert whole.place.id == "JJJ"
    assert whole.value.value == pytest.approx(region)

    # Tangshan's is preliminary, as is that of its circle and of the region beside it.
    circle, whole = head("130200").comparisons
    people = 1_364 + 772.28 + 722.77 + 546.9
    alike = 10_000 * (18_024.32 + 10_003.9 + 4_722.8 + 3_904.6) / people
    assert circle.place.id == "article/tianjin"
    assert circle.value.value == pytest.approx(alike)
    region = 10_000 * (49_843.1 + 18_024.32 + 47_526.9) / (2_183.2 + 1_364 + 7_378)
    assert whole.value.value == pytest.approx(region)


@pytest.mark.parametrize(
    ("place", "number"),
    [
        # Yearbook GDP of 2020 over census residents: Tianjin, Tangshan, Cangzhou and Langfang
        # 28,296 亿元 over 3,434.8862 万人; the three places 86,393.9 over 11,036.9339. Revised GDP
        # of Beijing and Tianjin, which no county has, would give 82,806 and 81,142.
        ("article/tianjin", 82_378.3),
        ("JJJ", 78_277.1),
    ],
)
def test_what_only_counties_have_is_set_beside_wholes_of_their_kind_of_gdp(
    atlas: Atlas, place: str, number: float
) -> None:
    value = atlas.whole("gdp_per_head_census", place, "2020").value
    assert value.value == pytest.approx(number, abs=0.06)
    assert "cities on one basis" in value.note
