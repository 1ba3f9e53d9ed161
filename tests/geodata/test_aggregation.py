"""What is added up, computed again or refused for circles, and that nothing counts twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.measures.aggregation import add, computed, derive
from geodata.measures.primacy import primacy, ratio, share, telling_years
from geodata.places.regions import outermost
from geodata.records import Value

if TYPE_CHECKING:
    from geodata.atlas import Atlas

WHOLE = frozenset(range(12))
amounts = st.lists(st.decimals(0, 10**6, places=4).map(float), min_size=2, max_size=12)


def value(number: float | None, *notes: str, unit: str = "亿元", year: str = "2020") -> Value:
    return Value(number, unit, year, "official", (f"s{number}",), notes)


def sets(parts: list[frozenset[int]]) -> dict[str, frozenset[str]]:
    named = {f"u{at}": frozenset(map(str, part)) for at, part in enumerate(parts)}
    return {**named, **{str(n): frozenset({str(n)}) for n in WHOLE}}


def test_nested_and_repeated_units_count_once() -> None:
    known = {"city": frozenset("abc"), "a": frozenset("a"), "d": frozenset("d")}
    assert outermost(["a", "d", "city", "d"], known) == ("d", "city")


def test_equal_units_count_once() -> None:
    assert outermost(["x", "y"], {"x": frozenset("a"), "y": frozenset("a")}) == ("x",)


def test_units_that_overlap_in_part_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap in part"):
        outermost(["x", "y"], {"x": frozenset("ab"), "y": frozenset("bc")})


@given(st.permutations(range(12)), st.integers(1, 11), st.data())
def test_a_partition_with_repeats_and_parts_of_parts_covers_the_whole_once(
    order: list[int], cut: int, data: st.DataObject
) -> None:
    known = sets([frozenset(order[:cut]), frozenset(order[cut:])])
    extra = data.draw(st.lists(st.sampled_from([str(n) for n in order]), max_size=6))
    listed = data.draw(st.permutations(["u0", "u1", "u0", *extra]))
    kept = outermost(listed, known)
    assert sum(len(known[u]) for u in kept) == 12
    assert frozenset[str]().union(*(known[u] for u in kept)) == frozenset(map(str, WHOLE))


@given(amounts, st.randoms())
def test_the_order_of_the_parts_cannot_show(numbers: list[float], random: object) -> None:
    parts = [value(n) for n in numbers]
    shuffled = list(parts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert add(parts).value == add(shuffled).value


@given(amounts, st.data())
def test_the_sum_over_a_partition_is_the_whole(numbers: list[float], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(numbers) - 1))
    parts = [value(n) for n in numbers]
    assert add([add(parts[:cut]), add(parts[cut:])]).value == add(parts).value


def test_sums_are_exact_decimals() -> None:
    assert add([value(0.1), value(0.2)]).value == 0.3


def test_a_sum_is_computed_and_names_all_sources_and_notes() -> None:
    found = add([value(1.0, "a", "b"), value(2.0, "b", "c")])
    assert found == Value(3.0, "亿元", "2020", "computed", ("s1.0", "s2.0"), ("a", "b", "c"))


def test_one_part_stays_as_published() -> None:
    only = value(1.0, "a")
    assert add([only]) is only


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([], "Nothing to add"),
        ([value(1.0), value(None)], "without a figure"),
        ([value(1.0), value(1.0, unit="万人")], "cannot be added"),
        ([value(1.0), value(1.0, year="2019")], "cannot be added"),
    ],
)
def test_what_does_not_fit_is_not_added(parts: list[Value], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        add(parts)


@pytest.mark.parametrize(
    ("operation", "parts", "scale", "expected"),
    [
        ("share", [1.0, 4.0], 1.0, 25.0),
        ("ratio", [6.0, 4.0], 10_000.0, 15_000.0),
        ("density", [3.0, 6.0], 10.0, 5.0),
        ("sum", [1.0, 2.0, 3.0], 1.0, 6.0),
        ("share_of_sum", [1.0, 2.0, 1.0], 1.0, 25.0),
        ("share", [1.0, 0.0], 1.0, None),
        ("share_of_sum", [0.0, 0.0], 1.0, None),
    ],
)
def test_derived_figures(
    operation: str, parts: list[float], scale: float, expected: float | None
) -> None:
    assert derive(operation, parts, scale) == expected


def test_an_average_is_no_way_to_derive() -> None:
    with pytest.raises(ValueError, match="'mean' is not computed"):
        derive("mean", [1.0, 2.0])


def test_own_notes_of_a_computed_figure_come_first() -> None:
    assert computed(1.0, "%", "2020", [value(2.0, "x")], "why").note == ("why", "x")


def test_primacy_by_hand() -> None:
    cities = {"a": value(60.0), "b": value(90.0), "c": value(30.0)}
    of_whole, second, to_second = primacy(cities, "a", value(240.0))
    assert of_whole.value == 25.0
    assert second == "b"
    assert to_second.value == pytest.approx(2 / 3)
    assert of_whole.unit == "%"


def test_primacy_needs_every_city() -> None:
    with pytest.raises(ValueError, match="all cities"):
        primacy({"a": value(1.0), "b": value(None)}, "a", value(3.0))
    with pytest.raises(ValueError, match="at least two"):
        primacy({"a": value(1.0)}, "a", value(3.0))


@pytest.mark.parametrize("calculate", [share, ratio])
def test_shares_need_one_year_and_a_whole(calculate: object) -> None:
    for whole in (value(None), value(0.0), value(2.0, year="2019")):
        with pytest.raises(ValueError, match="one year"):
            calculate(value(1.0), whole)  # type: ignore[operator]


def test_telling_years_are_the_first_the_last_before_a_break_and_the_latest() -> None:
    years = ["2018", "2019", "2020", "2023", "2024"]
    assert telling_years(years, ["2024", "2019"]) == ["2018", "2023", "2024"]
    assert telling_years([], ["2024"]) == []


def test_a_circle_adds_its_cities(atlas: Atlas) -> None:
    found = atlas.aggregate("article/tianjin", "gdp", "2020")
    # Tianjin, Tangshan, Cangzhou, Langfang, as in the yearbook.
    assert found.value.value == 14_084 + 7_211 + 3_700 + 3_301
    assert [p.id for p in found.used] == ["120000", "130200", "130900", "131000"]
    assert found.lacking == ()
    assert found.value.status == "computed"


def test_gdp_per_head_of_a_circle_is_computed_again(atlas: Atlas) -> None:
    found = atlas.aggregate("article/tianjin", "gdp_per_capita", "2020").value
    people = 1386.84 + 771.8 + 730.08 + 546.41
    assert found.value == pytest.approx(28_296 / people * 10_000)
    assert found.unit == "元"


def test_tongzhou_and_xinji_are_counted_once(atlas: Atlas) -> None:
    capital = atlas.aggregate("article/capital", "population", "2020")
    assert capital.value.value == 2309.8535  # 2189.3095 + 27.3164 + 45.3723 + 47.8553
    assert [p.id for p in capital.used] == ["110000", "133100"]
    used = atlas.aggregate("article/shijiazhuang", "population", "2020").used
    assert "130181" not in [p.id for p in used]


def test_a_missing_part_is_named_and_not_estimated(atlas: Atlas) -> None:
    """Beijing holds 94.8 % of the people of the capital circle: what it has is no total."""
    found = atlas.aggregate("article/capital", "gdp", "2020")
    assert found.value.value is None
    assert found.value.note[0].startswith("no total: 1 of 2 members")
    assert [p.id for p in found.lacking] == ["133100"]
    assert found.subtotal
    assert found.subtotal.value.value == 36_103
    assert "雄安新区" in found.subtotal.value.note[-1]


def test_a_rate_with_a_missing_part_is_refused(atlas: Atlas) -> None:
    found = atlas.aggregate("article/capital", "gdp_per_capita", "2020")
    assert found.value.value is None
    assert found.value.note[0].startswith("no total")
    assert found.subtotal is None
    assert [p.id for p in found.lacking] == ["133100"]


def test_rates_without_ingredients_are_refused(atlas: Atlas) -> None:
    found = atlas.aggregate("article/tianjin", "gdp_growth", "2020")
    assert found.value.value is None
    assert found.value.note == ("cannot be added up or averaged over its parts",)


def test_shares_of_a_circle_come_from_added_counts(atlas: Atlas) -> None:
    found = atlas.value("urban_share_census", "article/capital", "2020")
    urban = 1916.6433 + 14.5215 + 18.6713 + 23.5236
    assert found.value == pytest.approx(100 * urban / 2309.8535)


def test_changes_need_every_part_to_be_comparable(atlas: Atlas) -> None:
    assert atlas.value("population_change", "article/capital", "2010-2020").value is None
    tianjin = atlas.value("population_change", "article/tianjin", "2010-2020").value
    then, now = (atlas.value("population", "article/tianjin", y).value for y in ("2010", "2020"))
    assert then
    assert now
    assert tianjin == pytest.approx(100 * (now / then - 1))


def test_the_three_places_are_added_only_where_all_three_have_a_figure(atlas: Atlas) -> None:
    parts = [atlas.value("gdp", p, "2020").value or 0 for p in ("110000", "120000", "130000")]
    assert atlas.value("gdp", "JJJ", "2020").value == pytest.approx(sum(parts))
    # Hebei has no technology contracts of 2025 by place of seller.
    assert atlas.value("tech_contract_value", "130000", "2025").value is None
    assert atlas.value("tech_contract_value", "JJJ", "2025").value is None


def test_a_figure_published_of_the_three_places_is_preferred(atlas: Atlas) -> None:
    found = atlas.value("rd_expenditure", "JJJ", "2023")
    assert (found.value, found.source_ids) == (4458.4, ("jjj_index2023",))


def test_a_zone_that_holds_a_part_of_a_city_has_no_total(atlas: Atlas) -> None:
    """All of Baoding in the sum would overstate the zone; without it the sum is a part."""
    found = atlas.aggregate("outline2015/central", "population", "2020")
    assert found.value.value is None
    assert found.value.note[0].startswith("no total: of some members only a part")
    assert found.subtotal
    assert [p.id for p in found.used] == ["110000", "120000", "131000"]
    assert found.subtotal.coverage.members == "3/?"
    assert atlas.value("gdp_per_capita", "outline2015/central", "2023").value is None
