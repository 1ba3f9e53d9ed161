"""The tables behind charts hold the atlas's own figures, unrounded, each with its sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery, charts_of
from dashboard.print.errors import EmptyError
from dashboard.print.paper import Print
from dashboard.wording import sentences
from tests.dashboard.asked import asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.print.exhibit import Exhibit
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.atlas import Atlas

CHARTS = [(page.path, chart) for page in PAGES.values() for chart in charts_of(page)]
SEARCHES = ("", "?lang=en&circle=tianjin", "?regions=130100,131125")


@pytest.fixture
def exhibit(scene: Scene, read: Callable[[str], View]) -> Callable[..., Exhibit]:
    def make(path: str, chart: str, search: str = "") -> Exhibit:
        view = read(asked(chart, search))
        return Gallery(scene, PAGES).exhibits(PAGES[path], chart, view, Print(words=view.lang))[0]

    return make


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize(("path", "chart"), CHARTS)
def test_every_figure_names_its_sources_and_its_year(
    exhibit: Callable[..., Exhibit], path: str, chart: str, search: str
) -> None:
    made = exhibit(path, chart, search)
    known = [row for row in made.rows if row.value is not None]
    assert known
    for row in known:
        assert row.source_ids, row
        assert row.year, row
        assert row.item_name.zh, row
        assert row.item_name.en, row
    listed = {source.id for source in made.sources}
    assert {i for row in made.rows for i in row.source_ids} <= listed
    assert made.rows[0].item_name[made.lang]


def test_quotients_come_with_workers_and_interval(
    exhibit: Callable[..., Exhibit], atlas: Atlas
) -> None:
    rows = exhibit("/clusters", "specialists", "?regions=110112").rows
    (tongzhou,) = atlas.specialisation.standings("manufacturing", ["110112"])
    sampled = tongzhou.sampled["2020"]
    own = {row.item: row.value for row in rows if row.id == "110112"}
    assert own == {
        "lq_manufacturing": sampled.lq.value,
        "lq_manufacturing_low": sampled.low,
        "lq_manufacturing_high": sampled.high,
        "lq_manufacturing_count": sampled.count,
    }
    assert len(rows) == 4 * 16, "fifteen places and the selected one"


def test_sizes_hold_all_places_and_changes_both_years(
    exhibit: Callable[..., Exhibit], atlas: Atlas
) -> None:
    counties = [place.id for place in atlas.regions("county")]
    found = atlas.specialisation.standings("manufacturing", counties)
    rows = exhibit("/clusters", "sizes").rows
    counts = {row.id: row.value for row in rows if row.item == "lq_manufacturing_count"}
    assert counts == {s.place.id: s.sampled["2020"].count for s in found if "2020" in s.sampled}
    changes = exhibit("/clusters", "changes").rows
    drawn = {row.id: row.value for row in changes if row.item == "lq_change_manufacturing"}
    of = {s.place.id: s for s in found}
    assert drawn == {code: of[code].change.value for code in drawn}
    assert len(drawn) == 14
    years = {(row.id, row.year) for row in changes if row.item == "lq_manufacturing"}
    assert years == {(code, year) for code in drawn for year in ("2010", "2020")}


def test_components_of_shift_add_up_to_the_change(exhibit: Callable[..., Exhibit]) -> None:
    rows = exhibit("/clusters", "shift", "?regions=130100").rows
    of = {row.item: row.value or 0.0 for row in rows}
    assert len(of) == 5 * 20
    for sector in "ABCDEFGHIJKLMNOPQRST":
        parts = sum(of[f"{sector}_{part}"] for part in ("national", "mix", "local"))
        assert parts == pytest.approx(of[f"{sector}_after"] - of[f"{sector}_before"], abs=1e-6)
    assert of["C_before"] == 87_844
    assert {row.status for row in rows if row.item == "C_before"} == {"official"}


def test_contracts_keep_the_missing_years_as_gaps(
    exhibit: Callable[..., Exhibit], atlas: Atlas
) -> None:
    found = atlas.links.contracts()
    main = [r for r in exhibit("/linkages", "contracts").rows if r.item == "tech_contract_value"]
    assert [r.year for r in main if r.value is None] == list(found.missing)
    assert [r.value for r in main if r.value is not None] == [v.value for v in found.series]


def test_the_matrix_has_every_pair_once(exhibit: Callable[..., Exhibit], atlas: Atlas) -> None:
    found = atlas.structure.similarity("city", "2020")
    rows = exhibit("/linkages", "matrix").rows
    n = len(found.among.places)
    assert len(rows) == n * (n - 1) // 2
    at = {place.id: number for number, place in enumerate(found.among.places)}
    assert all(row.value == found.matrix[at[row.id], at[row.item]] for row in rows)


def test_the_chain_has_both_sides_and_the_degree(
    exhibit: Callable[..., Exhibit], atlas: Atlas
) -> None:
    found = atlas.chains.match("city", "2020")
    rows = exhibit("/linkages", "chain").rows
    assert [(row.id, row.value) for row in rows] == [
        (c.place.id, x) for c in found.chains for x in (c.innovation.value, c.industry.value, c.d)
    ]


@pytest.mark.parametrize(("chart", "groups"), [("theil", "province"), ("theil-circle", "article")])
def test_theil_is_the_sum_of_its_parts(
    exhibit: Callable[..., Exhibit], atlas: Atlas, chart: str, groups: str
) -> None:
    rows = exhibit("/compare", chart).rows
    found = atlas.gap.splits("revised", "population", groups)
    assert {r.year for r in rows} == {split.year for split in found.years}
    for split in found.years:
        own = {r.item: r.value or 0.0 for r in rows if r.year == split.year}
        assert own["theil"] == split.theil.value
        assert own["theil"] == pytest.approx(sum(own.values()) - own["theil"], abs=1e-12)


def test_growth_is_between_the_two_heads(exhibit: Callable[..., Exhibit], atlas: Atlas) -> None:
    for chart, period in (("beta", ("2020", "2023")), ("beta-earlier", ("2013", "2017"))):
        made = exhibit("/compare", chart)
        found = atlas.gap.growth(period)
        assert [r.value for r in made.rows] == [
            x for c in found.cities for x in (c.first.value, c.last.value, c.growth)
        ]
        assert f"{period[0]}—{period[1]}" in made.title


def test_the_timeline_has_its_series_and_every_milestone(
    exhibit: Callable[..., Exhibit], atlas: Atlas
) -> None:
    made = exhibit("/compare", "timeline", "?regions=130100,130200")
    events = [row for row in made.rows if row.item.startswith("milestone_")]
    assert [row.item_name for row in events] == [m.title for m in atlas.timeline.milestones]
    assert all(row.value is None and row.source_ids for row in events)
    drawn = [atlas.comparison.series("gdp", code) for code in ("130100", "130200")]
    assert [(r.id, r.year, r.value) for r in made.rows if r not in events] == [
        (one.place.id, v.year, v.value) for one in drawn for v in one.points
    ]
    named = "".join(made.notes)
    assert all(m.title.zh in named for m in atlas.timeline.milestones)


def test_series_and_indices_are_those_of_the_study(
    exhibit: Callable[..., Exhibit], atlas: Atlas
) -> None:
    codes = ("130100", "130200", "110112")
    search = f"?regions={','.join(codes)}&indicator=gdp&level=city"
    drawn = [one for c in codes if (one := atlas.comparison.series("gdp", c)).runs]
    rows = exhibit("/compare", "multiples", search).rows
    assert [(r.id, r.year, r.value) for r in rows] == [
        (one.place.id, v.year, v.value) for one in drawn for v in one.points
    ]
    found = atlas.comparison.indices(codes)
    rows = exhibit("/compare", "indices", search).rows
    indexed = [(r.item, r.id, r.value) for r in rows if r.item.endswith("_index")]
    assert indexed == [
        (f"{one.indicator.id}_index", code, cell)
        for one in found
        for code, cell in zip(codes, one.cells, strict=True)
    ]
    assert [r.value for r in rows if r.id == "JJJ"] == [one.whole.value for one in found]


def test_sizes_and_spreads_are_those_of_the_study(
    exhibit: Callable[..., Exhibit], atlas: Atlas
) -> None:
    system = atlas.hierarchy.system("JJJ", "gdp")
    rows = exhibit("/compare", "rank_size", "?size=gdp").rows
    assert [(r.id, r.value) for r in rows] == [(c.place.id, c.value.value) for c in system.cities]
    spreads = atlas.gap.spreads()
    rows = exhibit("/compare", "sigma").rows
    assert [(r.year, r.value) for r in rows] == [
        (s.year, v.value) for s in spreads.years for v in (s.theil, s.gini, s.variation, s.sigma)
    ]


def test_each_split_has_the_legend_of_its_own_groups(exhibit: Callable[..., Exhibit]) -> None:
    by_province, by_circle = (
        exhibit("/compare", chart).keys for chart in ("theil", "theil-circle")
    )
    assert [k.words for k in by_province] == ["组间", "组内：河北省"]
    assert len({k.colour for k in by_circle}) == len(by_circle) == len({k.words for k in by_circle})
    assert not any("河北省" in key.words for key in by_circle)


def test_an_export_without_a_chart_says_why(exhibit: Callable[..., Exhibit]) -> None:
    with pytest.raises(EmptyError, match="雄安新区"):
        exhibit("/clusters", "shift", "?regions=133100")


@pytest.mark.parametrize(("path", "chart"), CHARTS)
def test_titles_and_file_names_say_of_what_and_when(
    exhibit: Callable[..., Exhibit], path: str, chart: str
) -> None:
    zh, en = exhibit(path, chart), exhibit(path, chart, "?lang=en")
    assert en.stem.isascii()
    if chart == "industry":  # of one census, the other stands beside it
        assert all("2020" in words for words in (zh.title, zh.stem, en.title, en.stem))
        return
    years = {y for row in zh.rows if row.value is not None for y in re.findall(r"\d{4}", row.year)}
    for words in (zh.title, zh.stem, en.title, en.stem):
        assert min(years) in words
        assert words.count(min(years)) == 1 or min(years) == "2020"


def test_no_space_stands_between_chinese_sentences() -> None:
    assert sentences(["甲。", "", "乙（丙）：", "丁"]) == "甲。乙（丙）：丁"
    assert sentences(["One.", "Two “three”", "four."]) == "One. Two “three” four."
