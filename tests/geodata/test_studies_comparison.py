"""Places side by side: series without false lines, key figures of one year, indices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.errors import UnknownNameError
from geodata.studies.yearly import YEARS

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.studies.hierarchy import Family
    from geodata.studies.yearly import Series

CIRCLES = ("article/capital", "article/tianjin", "article/shijiazhuang")


def numbers(series: Series) -> dict[str, float]:
    return {v.year: v.value for v in series.points if v.value is not None}


def test_a_series_spans_all_years_with_gaps_as_none(atlas: Atlas) -> None:
    series = atlas.comparison.series("gdp", "130600")
    assert tuple(v.year for v in series.points) == YEARS
    assert min(numbers(series)) == "2018"
    # Revised after the 4th census, then preliminary, then after the 5th: no line across.
    assert series.runs == (("2018",), ("2019", "2020", "2021", "2022", "2023"), ("2024", "2025"))
    assert [b.year for b in series.breaks] == ["2019", "2024"]


def test_families_are_two_series(atlas: Atlas) -> None:
    revised = atlas.comparison.series("gdp", "120000", "revised")
    published = atlas.comparison.series("gdp", "120000", "published")
    assert (numbers(revised)["2014"], numbers(published)["2014"]) == (10_640.6, 15_726.93)
    assert ("2018", "2019") not in [run[-2:] for run in published.runs]
    again = atlas.comparison.series("gdp_published", "120000", "revised")
    assert numbers(again) == numbers(revised)


def test_a_series_breaks_where_its_members_change(atlas: Atlas) -> None:
    """Dingzhou has GDP of 2020 alone, and from 2019 figures are preliminary: no line joins."""
    series = atlas.comparison.series("gdp", "article/shijiazhuang")
    runs = (("2018",), ("2019",), ("2020",), ("2021", "2022", "2023"), ("2024",))
    assert series.runs == runs
    assert [(years, [p.id for p in parts]) for years, parts in series.outside] == [
        (("2018", "2019", "2021", "2022", "2023", "2024"), ["130682"])
    ]
    dingzhou = atlas.value("gdp", "130682", "2020").value or 0
    assert numbers(series)["2020"] == pytest.approx(5_935 + 1_560 + 2_200 + dingzhou)
    assert min(numbers(series)) == "2018"
    point = series.points[YEARS.index("2021")]
    assert "no figure for and so without: 定州市" in point.note
    assert point.status == "computed"
    assert not series.partial


def test_the_capital_circle_has_a_subtotal_of_beijing_and_no_total(atlas: Atlas) -> None:
    series = atlas.comparison.series("gdp", "article/capital")
    assert numbers(series)["2023"] == 43_761
    assert [p.id for p in series.partial] == ["110000"]
    assert not series.catalogued
    assert numbers(atlas.comparison.series("gdp_per_capita", "article/capital")) == {}


def test_gdp_per_head_is_computed_for_every_place(atlas: Atlas) -> None:
    """Tianjin circle 2023: (16,737 + 9,133 + 4,440 + 3,608) over its residents."""
    people = 1_364 + 771.95 + 726.46 + 547.83
    circle = atlas.comparison.series("gdp_per_capita", "article/tianjin")
    assert numbers(circle)["2023"] == pytest.approx(10_000 * 33_918 / people)
    city = atlas.comparison.series("gdp_per_capita", "110000")
    assert numbers(city)["2023"] == pytest.approx(10_000 * 43_761 / 2_185.8)
    assert [b.year for b in city.breaks] == ["2019", "2024"]


@pytest.mark.parametrize("asked", ["gdp_per_capita", "gdp_per_capita_alike"])
def test_a_name_stands_for_one_series_of_gdp_per_head(atlas: Atlas, asked: str) -> None:
    """Beijing 2023: 43,761 here and 47,353.7 as revised, over 2,185.8."""
    here = atlas.comparison.indicator(asked)
    assert here.name == atlas.indicator("gdp_per_capita_alike").name
    assert "各市同口径" in here.name.zh
    own = numbers(atlas.comparison.series(asked, "110000"))["2023"]
    assert round(own) == round(10_000 * 43_761 / 2_185.8) == 200_206
    revised = atlas.value("gdp_per_capita", "110000", "2023").value or 0
    assert round(revised) == round(10_000 * 47_353.7 / 2_185.8) == 216_642

    published = atlas.comparison.indicator(asked, "published").name
    assert "当时公布" in published.zh
    assert "first published" in published.en
    assert published not in {one.name for one in atlas.indicators.values()}


@pytest.mark.parametrize("family", ["revised", "published"])
def test_no_other_indicator_is_called_otherwise_than_in_the_catalogue(
    atlas: Atlas, family: Family
) -> None:
    for name in atlas.indicators:
        found = atlas.comparison.indicator(name, family)
        if (found.id, family) != ("gdp_per_capita_alike", "published"):
            assert found == atlas.indicator(found.id)


def test_every_reason_of_a_year_is_kept_and_no_reason_of_other_places(atlas: Atlas) -> None:
    """2020 is about the cities of Hebei, the population of 2024 about Baoding alone."""

    def reasons(place: str, indicator: str = "gdp_per_capita") -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for b in atlas.comparison.series(indicator, place).breaks:
            found.setdefault(b.year, []).append(b.reason.zh)
        return {year: "；".join(of) for year, of in found.items()}

    census = "2024年起为第五次全国经济普查后口径，水平提高；以前年份未修订"
    baoding = "2024年起保定不含定州和雄安新区"
    hebei = "2019年及以前河北各市为第七次人口普查修订前的估计数"
    for place in ("110000", "120000"):
        assert reasons(place)["2024"] == census
        assert set(reasons(place)) == {"2019", "2024"}
    assert (reasons("130200")["2020"], reasons("130200")["2024"]) == (hebei, census)
    assert reasons("130600")["2024"] == f"{census}；{baoding}"
    # A circle of Tianjin, Tangshan, Langfang and Cangzhou: Hebei matters, Baoding does not.
    circle = reasons("article/tianjin")
    assert (circle["2020"], circle["2024"]) == (hebei, census)
    assert "2022" in reasons("130200", "rd_expenditure")
    assert reasons("110000", "rd_expenditure") == {}
    beijing = atlas.comparison.series("gdp_per_capita", "110000")
    assert ("2019", "2020", "2021", "2022", "2023") in beijing.runs


def test_the_region_has_the_breaks_of_any_of_its_places(atlas: Atlas) -> None:
    breaks = atlas.comparison.series("trade_total", "JJJ").breaks
    assert "2019年起京津改用城市统计年鉴数" in [b.reason.zh for b in breaks]


def test_baoding_has_no_gdp_per_head_where_scopes_differ(atlas: Atlas) -> None:
    assert max(numbers(atlas.comparison.series("gdp_per_capita", "130600"))) == "2023"
    assert max(numbers(atlas.comparison.series("gdp", "130600"))) == "2025"


def test_a_share_of_a_circle_is_computed_again_from_its_ingredients(atlas: Atlas) -> None:
    cities = ("130100", "131100", "130500")
    parts = [
        [atlas.value(f"gdp_{s}", c, "2022").value or 0 for c in cities]
        for s in ("primary", "secondary", "tertiary")
    ]
    series = atlas.comparison.series("gdp_tertiary_share", "article/shijiazhuang")
    expected = 100 * sum(parts[2]) / sum(sum(p) for p in parts)
    assert numbers(series)["2022"] == pytest.approx(expected)


def test_a_circle_most_of_whose_members_have_no_figures_is_not_drawn(atlas: Atlas) -> None:
    series = atlas.comparison.series("gdp", "sjz2025/shijiazhuang")
    assert numbers(series) == {}
    assert series.runs == ()
    assert "没有一年可作合计" in series.reason.zh


def test_what_cannot_be_added_up_is_not_drawn_for_a_circle(atlas: Atlas) -> None:
    series = atlas.comparison.series("income_per_capita", "article/tianjin")
    assert series.reason.en.endswith("not drawn.")


@pytest.mark.parametrize(
    "indicator", ["gdp", "gdp_per_capita", "retail_sales", "population_yearend"]
)
def test_no_run_spans_a_break(atlas: Atlas, indicator: str) -> None:
    for place in (*CIRCLES, "JJJ", "110000", "130000", "130600"):
        series = atlas.comparison.series(indicator, place)
        for run in series.runs:
            assert not [b for b in series.breaks if run[0] < b.year <= run[-1]]


def test_key_figures_stand_in_the_latest_year_most_places_have(atlas: Atlas) -> None:
    rows = {r.indicator.id: r for r in atlas.comparison.rows([*CIRCLES, "130100"])}
    assert rows["gdp_alike"].year == "2024"
    assert [v.value is None for v in rows["gdp_alike"].cells] == [True, False, False, False]
    assert {v.year for v in rows["gdp_alike"].cells} == {"2024"}
    subtotals = [s.value.value if s else None for s in rows["gdp_alike"].subtotals]
    assert subtotals == [49_843.1, None, None, None]
    assert rows["population"].year == "2020"
    assert rows["population_change"].cells[0].value is None


def test_key_figures_follow_the_family(atlas: Atlas) -> None:
    rows = atlas.comparison.rows(["120000"], ("gdp", "population"), "published")
    assert [r.indicator.id for r in rows] == ["gdp_published", "population"]


def test_an_index_is_a_rate_over_that_of_the_region(atlas: Atlas) -> None:
    found = {i.indicator.id: i for i in atlas.comparison.indices([*CIRCLES, "130100"])}
    head = found["gdp_per_capita_alike"]
    assert head.year == "2024"
    region = 10_000 * (49_843.1 + 18_024.32 + 47_526.9) / (2_183.2 + 1_364 + 7_378)
    assert head.whole.value == pytest.approx(region)
    tianjin = (18_024.32 + 10_003.9 + 4_722.8 + 3_904.6) / (1_364 + 772.28 + 722.77 + 546.9)
    assert head.cells[0] is None
    assert head.cells[1] == pytest.approx(100 * 10_000 * tianjin / region)


def test_a_place_without_a_rate_has_a_gap_in_its_row(atlas: Atlas) -> None:
    found = {i.indicator.id: i for i in atlas.comparison.indices(["110000", "110108"])}
    assert found["gdp_per_capita_alike"].cells[1] is None
    assert found["urban_share_census"].cells[1] is not None


def test_yearly_indicators_are_told_from_those_of_the_censuses(atlas: Atlas) -> None:
    assert atlas.comparison.is_yearly("gdp")
    assert not atlas.comparison.is_yearly("lq_manufacturing")
    assert not atlas.comparison.is_yearly("population")


def test_unknown_names_are_refused(atlas: Atlas) -> None:
    with pytest.raises(UnknownNameError):
        atlas.comparison.series("wealth", "110000")
    with pytest.raises(UnknownNameError):
        atlas.comparison.series("gdp", "999999")


def test_every_yearly_indicator_answers_for_every_circle_and_province(atlas: Atlas) -> None:
    places = [c.key for s in atlas.schemes for c in s.circles] + ["JJJ", "130000", "133100"]
    for indicator in filter(atlas.comparison.is_yearly, atlas.indicators):
        for place in places:
            series = atlas.comparison.series(indicator, place)
            assert bool(numbers(series)) != bool(series.reason.zh)


def test_figures_of_the_catalogue_are_told_from_those_put_together_here(atlas: Atlas) -> None:
    tangshan = atlas.comparison.series("gdp", "130200")
    assert tangshan.catalogued == set(numbers(tangshan))
    head = atlas.comparison.series("gdp_per_capita", "130200")
    assert numbers(head)
    assert head.catalogued == set(numbers(head))
    published = atlas.comparison.series("gdp_per_capita", "130200", "published")
    assert "2017" not in published.catalogued
    rows = {r.indicator.id: r for r in atlas.comparison.rows(["130200", "JJJ"])}
    assert rows["gdp_alike"].catalogued == (True, True)
    assert rows["gdp_per_capita_alike"].catalogued == (True, True)
    share = atlas.comparison.series("gdp_tertiary_share", CIRCLES[1])
    assert share.catalogued == set(numbers(share)) != set()
    index = {i.indicator.id: i for i in atlas.comparison.indices(["130200"])}
    assert index["gdp_per_capita_alike"].catalogued == (True,)
    assert index["urban_share_census"].catalogued == (True,)
