from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from dashboard.map.fill import NO_DATA, OUTSIDE, Fill, make_fill, recommended, trace_update
from dashboard.palette import INK, faded
from dashboard.print.inks import inked
from dashboard.text import text
from geodata.records import Column, Indicator, Lang, Name, Role, Status, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

CODES = ("a", "b", "c", "d", "e")
INDICATOR = Indicator(
    "output",
    Name("产值", "Output"),
    "economy",
    "亿元",
    "amount",
    1,
    Name("", ""),
    {"county": ("2019", "2020")},
)
SPLIT: dict[str, Role] = {"a": "core", "b": "radiated", "c": "partial", "d": "excluded"}
WORDS = {
    ("unit", "亿元"): Name("亿元", "100 million yuan"),
    ("status", "official"): Name("官方发布", "Official"),
    ("status", "secondary"): Name("间接来源", "Secondary"),
}
MIDDLE = "#f7eecb"
BELOW, ABOVE = ("#6f9fbf", "#cbdde6"), ("#f3d5b5", "#cf8147")


def term(vocabulary: str, key: str) -> Name:
    return WORDS[(vocabulary, key)]


def column(year: str, values: Sequence[float | None], odd: Status = "secondary") -> Column:
    """Return five places; the fourth has a status of its own."""
    statuses: list[Status] = ["official", "official", "official", odd, "official"]
    return Column(
        "output",
        year,
        "county",
        "亿元",
        CODES,
        tuple(Value(v, "亿元", year, s) for v, s in zip(values, statuses, strict=True)),
        (4, 3, None, 2, 1),
    )


COLUMNS = (column("2019", (1, 2, 3, 4, 5)), column("2020", (10, 20, None, 40, 1500.25)))


def fill(limits: tuple[float, ...] = (15, 45), roles: dict[str, Role] | None = None) -> Fill:
    return make_fill(INDICATOR, COLUMNS, "2020", method="own", k=3, limits=limits, roles=roles)


def update(one: Fill, lang: Lang = "zh") -> dict[str, Any]:
    return trace_update(one, text(lang), INK["light"], term)


def test_without_a_circle_every_place_has_its_class() -> None:
    found = update(fill())
    assert found["z"] == [0, 1, NO_DATA, 1, 2]
    assert len(found["colorscale"]) == 2 * (2 + 3), "land, no data and three classes, none pale"


def test_a_circle_leaves_out_what_is_not_in_it() -> None:
    found = update(fill(roles=SPLIT))
    assert found["z"] == [0, 4, NO_DATA, OUTSIDE, OUTSIDE], "b: class 1 of the pale three"


def test_only_radiated_and_partial_places_are_pale() -> None:
    found = update(fill(roles=SPLIT))
    colours = fill().colours
    assert [colour_of(found, z) for z in found["z"]] == [
        colours[0],  # the core, 10: in full
        faded(colours[1], INK["light"].pale),  # radiated, 20
        INK["light"].no_data,  # in part, without a figure
        *[INK["light"].land] * 2,  # excluded, and not in the circle
    ]
    full = update(fill(roles={"a": "wing", "b": "member"}))
    assert full["z"] == [0, 1, OUTSIDE, OUTSIDE, OUTSIDE]
    assert len(full["colorscale"]) == 2 * (2 + 3)


def test_a_pale_colour_of_print_is_the_pale_one_of_its_palette() -> None:
    pale = faded(fill().colours[-1], INK["light"].pale)
    assert pale == "rgba(21,74,99,0.45)"
    assert inked(pale, "safe") == "rgba(37,52,148,0.45)"  # #253494, the deepest of YlGnBu


def test_a_circle_without_places_leaves_nothing() -> None:
    assert update(fill(roles={}))["z"] == [OUTSIDE] * 5


def colour_of(found: dict[str, Any], z: int) -> str:
    """Return the colour that Plotly takes for `z` from a stepped scale."""
    share = (z - found["zmin"]) / (found["zmax"] - found["zmin"])
    below = [colour for edge, colour in found["colorscale"] if edge <= share]
    return str(below[-1])


def test_every_code_meets_its_own_colour() -> None:
    one = fill()
    found = update(one)
    ink = INK["light"]
    assert [colour_of(found, z) for z in (OUTSIDE, NO_DATA, 0, 1, 2)] == [
        ink.land,
        ink.no_data,
        *one.colours,
    ]
    assert len({ink.land, ink.no_data, *one.colours}) == 5


def test_numbers_stand_as_they_are_printed() -> None:
    found = update(fill())
    assert [row[0] for row in found["customdata"]] == ["10.0", "20.0", "–", "40.0", "1,500.2"]
    assert [row[1] for row in found["customdata"]] == [4, 3, "–", 2, 1]


def test_the_common_status_stands_once_and_the_other_with_its_place() -> None:
    found = update(fill())
    assert [row[2] for row in found["customdata"]] == ["", "", "", "间接来源", ""]
    assert found["hovertemplate"].count("官方发布") == 1


def test_a_place_without_a_figure_has_no_part_in_the_common_status() -> None:
    one = fill()
    values = tuple(
        replace(v, status=None) if v.value is None else replace(v, status="secondary")
        for v in one.column.values
    )
    found = update(replace(one, column=replace(one.column, values=values)))
    assert [row[2] for row in found["customdata"]] == [""] * 5
    assert "间接来源" in found["hovertemplate"]


@pytest.mark.parametrize(
    ("lang", "ranked"),
    [("zh", "排名 %{customdata[1]} / 4"), ("en", "Rank %{customdata[1]} of 4")],
)
def test_the_hover_names_value_unit_year_and_rank(lang: Lang, ranked: str) -> None:
    template = update(fill(), lang)["hovertemplate"]
    unit = WORDS[("unit", "亿元")][lang]
    assert f"<b>%{{customdata[0]}}</b> {unit} · 2020" in template
    assert ranked in template
    assert INDICATOR.name[lang] in template


def test_no_name_is_read_as_markup() -> None:
    hostile = replace(INDICATOR, name=Name("<a href='x'>", "<a href='x'>"))
    template = update(replace(fill(), indicator=hostile))["hovertemplate"]
    assert "<a " not in template
    assert "&lt;a href='x'&gt;" in template


def test_a_year_without_any_figure_can_be_drawn() -> None:
    empty = make_fill(INDICATOR, [column("2020", [None] * 5)], "2020", method="fisher", k=5)
    found = update(empty)
    assert found["z"] == [NO_DATA] * 5
    assert empty.classes.k == 1


def test_the_limits_are_the_same_in_every_year() -> None:
    made = [
        make_fill(INDICATOR, COLUMNS, year, method="quantile", k=3) for year in ("2019", "2020")
    ]
    assert made[0].classes == made[1].classes
    # nine values in three classes: 1 2 3 | 4 5 10 | 20 40 1500.25, parted by interpolation
    assert made[0].classes.counts([1, 2, 3, 4, 5, 10, 20, 40, 1500.25]) == (3, 3, 3)


def test_a_year_that_is_not_there_is_refused() -> None:
    with pytest.raises(StopIteration):
        make_fill(INDICATOR, COLUMNS, "2021", method="fisher", k=5)


def test_the_recommended_limits_of_a_quotient_lie_around_one() -> None:
    quotient = replace(INDICATOR, diverging_at=1)
    assert make_fill(quotient, COLUMNS, "2020", method="auto", k=5).classes.method == "around"


def test_natural_breaks_are_recommended_unless_most_places_fall_in_one_class() -> None:
    even = (1.0, 2.0, 11.0, 12.0, 21.0, 22.0)
    crowded = (1.0, 2.0, 3.0, 4.0, 100.0, 1000.0)
    for centre, k in ((None, 3), (0, 5)):  # around a centre three distances make five classes
        indicator = replace(INDICATOR, diverging_at=centre)
        assert recommended(indicator, even, k) == "fisher"
        assert recommended(indicator, crowded, k) == "quantile"
    assert recommended(replace(INDICATOR, diverging_at=1), crowded, 3) == "around"


@pytest.mark.parametrize(
    ("centre", "limits", "expected"),
    [
        (1, (0.5, 0.8, 1.25, 2.0), (*BELOW, MIDDLE, *ABOVE)),
        (0, (-5, 0, 5), (*BELOW, *ABOVE)),  # parted at the centre: no class holds it inside
        (0, (10, 20), (MIDDLE, *ABOVE)),
        (0, (-20, -10), (*BELOW, MIDDLE)),
        (0, (-1, 1), ("#9dbfd3", MIDDLE, "#e6ad7a")),
        (0, (-1, 1, 5), ("#cbdde6", MIDDLE, *ABOVE)),  # equally pale one step from the centre
    ],
)
def test_colours_turn_at_the_centre(
    centre: float, limits: tuple[float, ...], expected: tuple[str, ...]
) -> None:
    quotient = replace(INDICATOR, diverging_at=centre)
    made = make_fill(quotient, COLUMNS, "2020", method="own", k=len(limits) + 1, limits=limits)
    assert made.colours == expected


def test_the_middle_class_of_a_change_holds_equally_much_on_both_sides() -> None:
    years = [column("2020", (-0.4, -0.1, 0.05, 0.3, 0.9))]
    made = make_fill(
        replace(INDICATOR, diverging_at=0), years, "2020", method="quantile", k=5, limits=()
    )
    # printed distances 0.0 0.1 0.3 0.4 0.9 in three, parted at the 1/3 and 2/3 of their ranks,
    # 0.1 + 0.2 / 3 and 0.3 + 0.1 × 2 / 3, and cut to the one decimal that is printed
    assert made.classes.limits == (-0.3, -0.1, 0.1, 0.3)
    assert made.classes.limits == tuple(-limit for limit in reversed(made.classes.limits))
    assert made.colours == (*BELOW, MIDDLE, *ABOVE)


@pytest.mark.parametrize("k", range(3, 8))
def test_amounts_run_from_the_palest_to_the_deepest(k: int) -> None:
    limits = cast("tuple[float, ...]", tuple(range(k - 1)))
    made = make_fill(INDICATOR, COLUMNS, "2020", method="own", k=k, limits=limits)
    assert (made.colours[0], made.colours[-1]) == ("#e6efc9", "#154a63")
    assert len(set(made.colours)) == k
