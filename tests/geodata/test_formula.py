"""Formulas: the figures they read, the sources they keep, and what they refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.atlas import Atlas
from geodata.build.atlas_data import assemble, read_frames
from geodata.studies.claim_measures import functions, groups
from geodata.studies.formula import FormulaError, Formulas

if TYPE_CHECKING:
    from geodata.build.cache import Manifest


@pytest.fixture(scope="module")
def formulas(manifest: Manifest) -> Formulas:
    data = assemble(read_frames(manifest.folder), manifest.folder)
    atlas = Atlas(data)
    return Formulas(atlas, functions(atlas, data, atlas.hierarchy), groups(data))


@pytest.mark.parametrize(
    ("formula", "year", "by_hand"),
    [
        # Tables: nbs_gdp_revised, rd_bulletin, flows, census_2020; the sums are done here.
        ("gdp(110000)", "2024", 49_670.2),
        ("2 * (1 + 3) - -1 / 2", "2024", 8.5),
        ("rd_intensity(110000) / rd_intensity(130000)", "2023", 6.73 / 2.08),
        (
            "100 * rd_expenditure(120000) / rd_expenditure(provinces)",
            "2013",
            100 * 428.1 / (1185 + 428.1 + 281.9),
        ),
        ("flow(tech_contract_value, 110000, JH)", "2016", 154.7),
        ("flow(tech_contract_value, 110000, JH, year=2013)", "2016", 71.2),
        ("nation(TOTAL)", "2023", 1_294_271.7),
        ("highest(rd_intensity(c) for c in provinces)", "2023", 6.73),
        ("lowest(rd_intensity(c) for c in (120000, 130000))", "2023", 2.08),
        ("mean(rd_intensity(110000, year=y) for y in (2013, 2023))", "2013", (6.08 + 6.73) / 2),
        ("site(bj_compute2025q1) / site(bj_compute2023)", "2025", 33_000 / 12_000),
    ],
)
def test_a_formula_is_what_it_says(
    formulas: Formulas, formula: str, year: str, by_hand: float
) -> None:
    assert formulas.term(formula, year).number == pytest.approx(by_hand, rel=1e-9)


def test_a_municipality_is_read_where_it_has_the_figure(formulas: Formulas) -> None:
    """Beijing's technology contracts of 2013 stand among the provinces only."""
    found = formulas.term("tech_contract_value(110000)", "2013")
    assert found.number > 0
    assert [part.value.year for part in found.parts] == ["2013"]


def test_real_growth_chains_the_printed_rates(formulas: Formulas) -> None:
    """Beijing: 1.9 % is chained with the next; one city needs no weights."""
    rates = [formulas.term("gdp_growth_published(110000)", str(y)).number for y in (2023, 2024)]
    by_hand = 100 * ((1 + rates[0] / 100) * (1 + rates[1] / 100) - 1)
    assert formulas.term("grown(110000, since=2022)", "2024").number == pytest.approx(by_hand)


def test_growth_of_several_is_weighted_by_the_first_year(formulas: Formulas) -> None:
    both = formulas.term("grown(110000, 120000, since=2023)", "2024").number
    rates = [formulas.term(f"gdp_growth_published({c})", "2024").number for c in (110000, 120000)]
    sizes = [formulas.term(f"gdp_alike({c})", "2023").number for c in (110000, 120000)]
    by_hand = (rates[0] * sizes[0] + rates[1] * sizes[1]) / sum(sizes)
    assert both == pytest.approx(by_hand)


def test_structures_are_unlike_by_half_at_most_twice(formulas: Formulas) -> None:
    found = formulas.term("unlike(110000, 120000)", "2020").number
    assert 0 < found < 2
    assert found == formulas.term("unlike(120000, 110000)", "2020").number
    assert formulas.term("unlike(110000, 110000)", "2020").number == 0


def test_concentration_is_one_over_n_where_all_are_equal(formulas: Formulas) -> None:
    one = formulas.term("concentration(emp_manufacturing, 110000)", "2020")
    assert one.number == 1
    thirteen = formulas.term("concentration(emp_manufacturing, cities)", "2020").number
    assert 1 / 13 < thirteen < 1


def test_a_formula_keeps_every_figure_once_with_its_source(formulas: Formulas) -> None:
    found = formulas.term("gdp(110000) / (gdp(110000) + gdp(120000))", "2024")
    assert [part.of.en for part in found.parts] == ["Beijing", "Tianjin"]
    assert [part.id.place for part in found.parts if part.id] == ["110000", "120000"]
    value = found.value("", "2024")
    assert value.status == "computed"
    assert set(value.source_ids) == {s for p in found.parts for s in p.value.source_ids}


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("gdp(110000", "is no formula"),
        ("", "is no formula"),
        ("__import__('os').system('true')", "not understood"),
        ("gdp(110000) ** 2", "not understood"),
        ("[1, 2]", "not understood"),
        ("gdp(110000).value", "not understood"),
        ("open('/etc/passwd')", "no indicator 'open'"),
        ("gdp(999999)", "999999"),
        ("gdp(lambda: 1)", "not understood"),
        ("gdp(110000) / (gdp(110000) - gdp(110000))", "divisor is zero"),
        ("rd_expenditure(130000, year=2025)", "2025"),
        ("income_per_capita(130000, year=2025)", "no figure in 2025"),
        ("flow(tech_contract_value, 110000, JH)", "no source gives"),
        ("site(nowhere)", "no site nowhere"),
        ("nation(TOTAL)", "no figure in 2024"),
        ("highest(gdp(c) for c in nowhere)", "not understood"),
        ("highest(gdp(c) for c in cities if c)", "not understood"),
    ],
)
def test_what_cannot_be_computed_says_why_in_both_languages(
    formulas: Formulas, formula: str, says: str
) -> None:
    year = "2014" if "flow" in formula else "2024"
    with pytest.raises(FormulaError, match=says) as told:
        formulas.term(formula, year)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in told.value.what.zh)
