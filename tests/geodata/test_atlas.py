"""The one object the screen asks: figures, profiles, words, and how fast it answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geodata.atlas import Atlas
from geodata.catalog.chosen import COLUMNS, Chosen, ranks
from geodata.errors import CacheError, UnknownNameError
from geodata.records import Name, Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geodata.records import Column, KeyFigure, Profile


TIANJIN_CIRCLE = ("120000", "130200", "130900", "131000")


def figure(profile: Profile, indicator: str) -> KeyFigure:
    return next(f for f in profile.figures if f.indicator.id == indicator)


def at(column: Column, code: str) -> Value:
    return dict(zip(column.codes, column.values, strict=True))[code]


def test_a_column_has_all_regions_of_its_level_in_order(atlas: Atlas) -> None:
    column = atlas.values("population", "2020", "county")
    assert column.codes == tuple(p.id for p in atlas.regions("county"))
    assert column.present == 199
    assert column.unit == "万人"
    found = at(column, "110108")
    assert (found.value, found.source_ids) == (313.3469, ("census7_county",))
    assert column.rank[column.codes.index("110105")] == 1


def test_gaps_are_values_of_none_and_have_no_rank(atlas: Atlas) -> None:
    column = atlas.values("gdp", "2020", "county")
    assert column.present < 199
    for value, rank in zip(column.values, column.rank, strict=True):
        assert (value.value is None) == (rank is None)
        assert value.unit == "亿元"


def test_columns_are_kept(atlas: Atlas) -> None:
    assert atlas.values("gdp", "2020", "city") is atlas.values("gdp", "2020", "city")


def test_a_year_of_another_level_gives_an_empty_column(atlas: Atlas) -> None:
    assert atlas.values("co2", "2017", "city").present == 0


def test_quotients_follow_the_benchmark(atlas: Atlas) -> None:
    for benchmark in ("JJJ", "CN"):
        column = atlas.values("lq_information_software", "2020", "city", benchmark)
        rows = atlas.industry("110000", "2020", benchmark).rows
        expected = next(r.lq for r in rows if r.sector == "I")
        assert at(column, "110000").value == expected
        assert atlas.value("lq_information_software", "110000", "2020", benchmark).value == expected


def test_unstable_quotients_say_so(atlas: Atlas) -> None:
    column = atlas.values("lq_mining", "2020", "county")
    dacheng = at(column, "131025")
    assert dacheng.value == 0
    assert dacheng.note == ("rests on fewer than 30 sampled workers",)
    assert column.present == 199


def test_changes_of_quotients_need_comparable_places(atlas: Atlas) -> None:
    period = "2010-2020"
    beijing = atlas.value("lq_information_software", "110000", "2020").value or 0
    before = atlas.value("lq_information_software", "110000", "2010").value or 0
    change = atlas.value("lq_change_information_software", "110000", period)
    assert (change.value, change.year) == (beijing - before, period)
    column = atlas.values("lq_change_information_software", period, "county")
    refused = at(column, "130104")
    assert refused.value is None
    assert refused.note[0] == "2010 and 2020 are not comparable"


def test_circles_and_the_whole_have_quotients(atlas: Atlas) -> None:
    for place in ("article/tianjin", "JJJ"):
        row = next(r for r in atlas.industry(place).rows if r.sector == "C")
        assert atlas.value("lq_manufacturing", place, "2020").value == row.lq
    assert atlas.aggregate("article/tianjin", "lq_manufacturing", "2020").value.value


def test_a_series_has_every_year_of_the_level(atlas: Atlas) -> None:
    found = atlas.series("gdp", ["130500", "article/tianjin"])
    years = atlas.indicators["gdp"].years["city"]
    values = {v.year: v.value for v in found["130500"]}
    assert tuple(values) == years
    # Xingtai has no revised GDP before 2018.
    assert values["2017"] is None
    assert values["2018"] is not None
    assert [v.year for v in found["article/tianjin"]][-1] == years[-1]


def test_breaks_come_with_their_reasons(atlas: Atlas) -> None:
    found = atlas.breaks("gdp", "city")
    assert [b.year for b in found] == ["2019", "2024", "2025"]
    assert "第五次全国经济普查" in found[1].reason.zh


def test_regions_of_a_circle_are_its_full_members(atlas: Atlas) -> None:
    assert len(atlas.regions("county", "article/capital")) == 19
    cities = [p.id for p in atlas.regions("city", "article/shijiazhuang")]
    assert cities == ["130100", "130500", "131100"]
    assert atlas.regions("city", "sjz2025/shijiazhuang") == ()


def test_a_circle_and_the_whole_are_places(atlas: Atlas) -> None:
    circle = atlas.place("article/capital")
    assert (circle.kind, circle.parent, circle.name.zh) == ("circle", "JJJ", "首都都市圈")
    assert atlas.place("JJJ").name == Name("京津冀", "Beijing–Tianjin–Hebei")
    assert atlas.circle("article/capital").name == circle.name
    assert [c.id for c in atlas.circles("article")] == ["capital", "tianjin", "shijiazhuang"]
    assert atlas.scheme("sjz2025").year == "2025"
    assert atlas.roles(["article/capital"], "county")["110112"] == "wing"
    assert "article/capital#partial" in atlas.circle_groups("article")


def test_the_profile_of_a_wing(atlas: Atlas) -> None:
    found = atlas.profile("110112")
    assert [p.id for p in found.parents] == ["110000", "JJJ"]
    assert [n.zh for n in found.layout] == ["两翼"]
    first = found.memberships[0]
    assert (first.circle.key, first.role, first.via.id) == ("article/capital", "wing", "110112")
    population = figure(found, "population")
    assert population.value.value == 184.0295
    assert (population.rank, population.of) == (7, 199)
    circle, whole = population.comparisons
    assert circle.share == pytest.approx(184.0295 / 2309.8535)
    assert whole.share == pytest.approx(184.0295 / 11036.9339)


def test_rates_are_compared_without_a_share(atlas: Atlas) -> None:
    density = figure(atlas.profile("110112"), "population_density")
    assert {c.share for c in density.comparisons} == {None}


def test_a_place_is_not_compared_with_a_whole_that_lacks_a_part(atlas: Atlas) -> None:
    gdp = figure(atlas.profile("110000"), "gdp")
    assert [c.place.id for c in gdp.comparisons] == ["JJJ"]


def test_gdp_of_the_three_is_the_revised_series(atlas: Atlas) -> None:
    """2020: 38,503.6 + 14,230.8 + 36,821.5; 2023: 47,353.7 + 17,211.8 + 45,660.0."""
    assert atlas.value("gdp", "JJJ", "2020").value == pytest.approx(89_555.9)
    assert atlas.value("gdp", "JJJ", "2023").value == pytest.approx(110_225.5)
    people = 2_185.8 + 1_364 + 7_393
    head = atlas.value("gdp_per_capita", "JJJ", "2023").value
    assert head == pytest.approx(10_000 * 110_225.5 / people)


def test_each_year_of_gdp_says_what_it_is(atlas: Atlas) -> None:
    def status(place: str, year: str) -> str | None:
        return atlas.value("gdp", place, year).status

    assert [status("110000", y) for y in ("2018", "2023", "2024", "2025")] == [
        *["revised"] * 3,
        "preliminary",
    ]
    assert [status("130100", y) for y in ("2018", "2019", "2023", "2024", "2025")] == [
        "revised",
        *["preliminary"] * 4,
    ]
    assert "revised after the 5th economic census" in atlas.value("gdp", "130000", "2023").note
    assert "final verification" in atlas.value("gdp", "120000", "2024").note


def test_shares_set_figures_of_one_kind_in_proportion(atlas: Atlas) -> None:
    """GDP 2024: revised 49,670.2 of 115,049.6; preliminary 8,203.4 of 115,394.32."""
    beijing = figure(atlas.profile("110000"), "gdp").comparisons[-1]
    assert beijing.share == pytest.approx(49_670.2 / (49_670.2 + 17_931.3 + 47_448.1))
    shijiazhuang = figure(atlas.profile("130100"), "gdp").comparisons[-1]
    assert shijiazhuang.share == pytest.approx(8_203.4 / (49_843.1 + 18_024.32 + 47_526.9))
    tianjin = figure(atlas.profile("120000"), "gdp").comparisons[0]
    circle = sum(atlas.value("gdp_alike", c, "2024").value or 0 for c in TIANJIN_CIRCLE)
    assert tianjin.place.id == "article/tianjin"
    assert tianjin.value.value == pytest.approx(circle)
    assert tianjin.share == pytest.approx(18_024.32 / circle)


def test_a_rank_needs_most_places_of_the_level(atlas: Atlas) -> None:
    # Only eight cities have a GDP of 2025.
    gdp = figure(atlas.profile("130100"), "gdp")
    assert (gdp.value.year, gdp.of) == ("2024", 13)


def test_the_profile_of_a_circle(atlas: Atlas) -> None:
    found = atlas.profile("article/capital")
    roles = [(p.id, role) for p, role, _ in found.members]
    assert roles[:3] == [("110000", "core"), ("110112", "wing"), ("133100", "wing")]
    assert found.missing_members is None
    assert atlas.profile("plan2026/commuting").missing_members == 11
    assert found.memberships == ()
    gdp = figure(found, "gdp")
    assert gdp.rank is None
    assert [p.id for p in gdp.lacking] == ["133100"]
    # Beijing alone is not the circle: there is no figure per head, and why is said.
    assert figure(found, "gdp_per_capita").value.value is None


def test_a_city_holding_members_is_part_of_a_circle(atlas: Atlas) -> None:
    memberships = {m.circle.key: m for m in atlas.profile("130100").memberships}
    part = memberships["sjz2025/shijiazhuang"]
    assert (part.role, part.via.id) == ("partial", "130100")
    assert part.note == "17 of 22 county units are full members"
    assert memberships["plan2026/industry"].via.id == "130000"


def test_a_province_belongs_only_to_circles_that_hold_all_of_it(atlas: Atlas) -> None:
    keys = [m.circle.key for m in atlas.profile("130000").memberships]
    assert keys == ["plan2026/industry"]


def test_the_profile_of_the_whole_names_the_layout(atlas: Atlas) -> None:
    found = atlas.profile("JJJ")
    assert [n.zh for n in found.layout] == ["双城引领", "两翼齐飞", "三圈联动"]
    assert figure(found, "population").value.value == 11036.9339
    assert figure(found, "population").comparisons == ()


def test_notes_name_zones_and_the_approximation_of_xiongan(atlas: Atlas) -> None:
    assert "石家庄高新技术产业开发区" in atlas.profile("130108").notes[0].zh
    assert atlas.profile("130102").notes == ()
    assert "Xiongxian" in atlas.profile("133100").notes[0].en


def test_profiles_follow_the_scheme(atlas: Atlas) -> None:
    compared = figure(atlas.profile("130102", "sjz2025"), "population").comparisons
    assert compared[0].place.id == "sjz2025/shijiazhuang"


@pytest.mark.parametrize("level", ["county", "city", "province"])
def test_every_place_answers_everything(atlas: Atlas, level: str) -> None:
    for place in atlas.regions(level):  # type: ignore[arg-type]
        profile = atlas.profile(place.id)
        assert len(profile.figures) >= 4
        assert profile.parents[-1].id == "JJJ"
        for key in profile.figures:
            assert (key.rank is not None) == (key.of > 0)
            assert key.value.source_ids
        assert atlas.plan(place.id)


def test_a_figure_of_a_year_that_few_places_have_stands_without_a_rank(atlas: Atlas) -> None:
    """Chongli's GDP is known to 2015 only, when most counties of its level had none."""
    gdp = figure(atlas.profile("130709"), "gdp")
    found = [atlas.value("gdp", "130709", year) for year in atlas.years("gdp", "130709")]
    assert gdp.value == [value for value in found if value.value is not None][-1]
    assert (gdp.rank, gdp.of) == (None, 0)


def test_places_side_by_side_are_asked_the_same_figures(atlas: Atlas) -> None:
    tongzhou, xiongan = atlas.profiles(["110112", "133100"])
    assert figure(tongzhou, "emp_sample_total").value.value == 79387  # of the census of 2020
    assert figure(xiongan, "emp_sample_total").value.year == "2020"
    assert "emp_sample_total" not in {f.indicator.id for f in atlas.profile("110112").figures}


def test_nothing_is_missing_beside_another_place_that_the_atlas_has(atlas: Atlas) -> None:
    """One place of each kind, with each other: a gap is a figure that no year has."""
    places = ["110112", "130709", "131100", "133100", "130000", "article/capital", "JJJ"]
    profiles = atlas.profiles(places)
    asked = {f.indicator.id for p in profiles for f in p.figures}
    for profile in profiles:
        shown = {f.indicator.id for f in profile.figures}
        for key in asked - shown:
            years = atlas.years(key, profile.place.id)
            assert all(atlas.value(key, profile.place.id, y).value is None for y in years)


def test_every_source_of_every_column_is_known(atlas: Atlas) -> None:
    for indicator in atlas.indicators.values():
        for level, years in indicator.years.items():
            for value in atlas.values(indicator.id, years[-1], level).values:  # noqa: PD011
                assert all(atlas.source(s).title for s in value.source_ids)


def test_sources_are_linked_only_where_trusted(atlas: Atlas) -> None:
    assert atlas.source("seed2024").link is None
    assert atlas.source("seed2024").publisher.startswith("经济参考报")
    assert (atlas.source("plan2026_gov").link or "").startswith("https://www.beijing.gov.cn/")


def test_words_have_both_languages(atlas: Atlas) -> None:
    assert atlas.term("role", "wing") == Name("两翼", "Wing")
    assert atlas.note("total row as printed", "en") == "total row as printed"
    assert atlas.note("total row as printed", "zh") != "total row as printed"
    assert atlas.note("never seen", "zh") == "never seen"
    assert atlas.themes[0] == ("population", Name("人口", "Population"))


def test_all_notes_that_wholes_make_have_chinese(atlas: Atlas) -> None:
    keys = [c.key for s in atlas.schemes for c in s.circles] + ["JJJ"]
    asked = ("population", "gdp", "gdp_per_capita", "population_change", "gdp_growth", "lq_mining")
    notes = {
        note
        for key in keys
        for indicator in asked
        for year in atlas.years(indicator, key)
        for note in atlas.value(indicator, key, year).note
    }
    notes |= {r for key in keys for r in atlas.industry(key).reason}
    assert [n for n in notes if atlas.note(n, "zh") == n] == []


def test_coverage_counts_present_and_all(atlas: Atlas) -> None:
    found = atlas.coverage()
    assert list(found.columns) == ["indicator", "level", "year", "present", "total"]
    row = found[(found.indicator == "gdp") & (found.level == "city") & (found.year == "2024")]
    assert row[["present", "total"]].to_numpy().tolist() == [[13, 14]]
    assert (found.present <= found.total).all()
    assert (found.present > 0).all()


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda a: a.place("nowhere"), "no region 'nowhere'"),
        (lambda a: a.profile("article/nowhere"), "no region 'article/nowhere'"),
        (lambda a: a.circle("nowhere"), "no circle 'nowhere'"),
        (lambda a: a.circles("mine"), "no scheme 'mine'"),
        (lambda a: a.scheme("mine"), "no scheme 'mine'"),
        (lambda a: a.circle_groups("mine"), "no scheme 'mine'"),
        (lambda a: a.profile("110000", "mine"), "no scheme 'mine'"),
        (lambda a: a.regions("town"), "no level 'town'"),
        (lambda a: a.regions("city", "nowhere"), "no circle 'nowhere'"),
        (lambda a: a.roles(["nowhere"], "city"), "no circle 'nowhere'"),
        (lambda a: a.values("happiness", "2020", "city"), "no indicator 'happiness'"),
        (lambda a: a.values("gdp", "1990", "city"), "no gdp of '1990'; there is 2006"),
        (lambda a: a.values("gdp", "2020", "town"), "no level 'town'"),
        (lambda a: a.values("lq_mining", "2020", "city", "EU"), "no benchmark 'EU'"),
        (lambda a: a.value("gdp", "article/capital", "1990"), "no gdp of '1990'"),
        (lambda a: a.series("happiness", ["110000"]), "no indicator 'happiness'"),
        (lambda a: a.breaks("happiness", "city"), "no indicator 'happiness'"),
        (lambda a: a.aggregate("nowhere", "gdp", "2020"), "no circle 'nowhere'"),
        (lambda a: a.aggregate("article/capital", "gdp", "1990"), "no gdp of '1990'"),
        (lambda a: a.industry("nowhere"), "no region 'nowhere'"),
        (lambda a: a.source("nobody"), "no source 'nobody'"),
        (lambda a: a.term("role", "friend"), "no term 'friend'"),
    ],
)
def test_unknown_names_are_said_in_a_sentence(
    atlas: Atlas, ask: Callable[[Atlas], object], words: str
) -> None:
    with pytest.raises(UnknownNameError, match=words):
        ask(atlas)


def test_ranks_share_places() -> None:
    values = [Value(n, "", "2020") for n in (5.0, None, 9.0, 5.0, 1.0)]
    assert ranks(values) == (2, None, 1, 2, 4)


def test_chosen_figures_are_sliced_on_demand() -> None:
    row = ["gdp", "city", "110000", "2020", 1.5, "亿元", "official", "a;b", "x; y"]
    other = [*row[:2], "120000", "2019", float("nan"), "亿元", "", "", ""]
    chosen = Chosen(pd.DataFrame([row, other], columns=list(COLUMNS)))
    assert chosen.years("gdp", "city") == ("2019", "2020")
    found = chosen.value("gdp", "city", "2020", "110000")
    assert found == Value(1.5, "亿元", "2020", "official", ("a", "b"), ("x", "y"))
    assert chosen.value("gdp", "city", "2019", "120000") == Value(None, "亿元", "2019")
    assert chosen.value("gdp", "county", "2020", "110000") is None


@pytest.mark.parametrize("content", [None, "no json", json.dumps({"products": {}})])
def test_a_folder_without_a_finished_build_is_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(CacheError, match="no finished build"):
        Atlas.load(tmp_path)


def test_from_tables_gives_the_same_answers(atlas: Atlas) -> None:
    direct = Atlas.from_tables()
    assert direct.indicators == atlas.indicators
    assert direct.values("gdp", "2024", "city") == atlas.values("gdp", "2024", "city")
    assert direct.profile("110112") == atlas.profile("110112")
    assert direct.industry("130000", "2010", "CN") == atlas.industry("130000", "2010", "CN")


def test_the_three_places_side_by_side_are_of_one_year(atlas: Atlas) -> None:
    years = [
        {f.indicator.id: f.value.year for f in atlas.profile(place).figures}
        for place in ("110000", "120000", "130000")
    ]
    assert years[0]["gdp"] == years[1]["gdp"] == years[2]["gdp"] == "2024"
