from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.view import (
    CHOICES,
    DEFAULT_LAYERS,
    LAYERS,
    MAX_REGIONS,
    METHODS,
    PARAMETERS,
    PARTS,
    View,
    Vocabulary,
    parse,
)

if TYPE_CHECKING:
    from geodata.records import Lang

LANGUAGES: tuple[Lang, ...] = ("zh", "en")
REGIONS = ("110000", "120000", "130000", "110112", "133100", "130209")
WORDS = Vocabulary(
    circles={"article": ("capital", "tianjin", "shijiazhuang"), "ring2010": ("ringcapital",)},
    years={
        "lq_manufacturing": {"county": ("2010", "2020"), "city": ("2010", "2020")},
        "gdp": {"city": tuple(str(y) for y in range(2013, 2026))},
    },
    usual={"lq_manufacturing": {"county": "2020", "city": "2020"}, "gdp": {"city": "2024"}},
    regions=frozenset(REGIONS),
    filters={"clusters": ("digital", "equipment"), "parks": ("hitech",)},
    scheme="article",
    indicator="lq_manufacturing",
)
DEFAULT = View(scheme="article", indicator="lq_manufacturing", year="2020")


def test_nothing_is_the_first_visit() -> None:
    assert parse("", WORDS) == (DEFAULT, ())
    assert parse(None, WORDS) == (DEFAULT, ())
    assert parse("?", WORDS) == (DEFAULT, ())


def test_every_parameter_is_read() -> None:
    view, fallen = parse(
        "?scheme=article&circle=tianjin,capital&level=city&indicator=gdp&year=2014&classes=quantile"
        "&k=7&regions=110000,120000&benchmark=CN&census=2010&layers=fill,clusters.digital&lang=en",
        WORDS,
    )
    assert fallen == ()
    assert view == View(
        scheme="article",
        circle=("tianjin", "capital"),
        level="city",
        indicator="gdp",
        year="2014",
        classes="quantile",
        k=7,
        regions=("110000", "120000"),
        benchmark="CN",
        census="2010",
        layers=("fill", "clusters.digital"),
        lang="en",
    )
    assert view.circle_keys == ("article/tianjin", "article/capital")


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, known in CHOICES.items() for v in known])
def test_every_choice_is_read_and_written(name: str, value: str) -> None:
    view, fallen = parse(f"?{name}={value}", WORDS)
    assert (getattr(view, name), fallen) == (value, ())
    assert (f"{name}={value}" in view.query()) is (value != CHOICES[name][0])


def test_the_parts_of_an_address_are_all_its_parameters_once() -> None:
    assert sorted(name for names in PARTS.values() for name in names) == sorted(PARAMETERS)


def test_a_first_visit_holds_the_default_of_each_choice() -> None:
    assert {name: getattr(DEFAULT, name) for name in CHOICES} == {
        name: known[0] for name, known in CHOICES.items()
    }


@pytest.mark.parametrize("name", PARAMETERS)
def test_an_unknown_value_falls_back_and_is_named(name: str) -> None:
    view, fallen = parse(f"?{name}=%3Cscript%3Ealert(1)%3C/script%3E", WORDS)
    expected = (
        DEFAULT
        if name != "layers"
        else View(scheme="article", indicator="lq_manufacturing", year="2020", layers=())
    )
    assert view == expected
    assert fallen == (name,)


def test_the_known_part_of_a_list_is_kept() -> None:
    view, fallen = parse("?regions=110000,999999,110000,120000", WORDS)
    assert view.regions == ("110000", "120000")
    assert fallen == ("regions",)


@pytest.mark.parametrize(
    ("query", "same", "fallen"),
    [
        ("?regions=JJJ", "", ()),
        ("?regions=article/tianjin&lang=en", "?circle=tianjin&lang=en", ()),
        ("?regions=ring2010/ringcapital", "?scheme=ring2010&circle=ringcapital", ()),
        ("?scheme=ring2010&regions=article/tianjin", "?scheme=ring2010", ("regions",)),
        ("?circle=capital&regions=JJJ", "?circle=capital", ("regions",)),
        ("?regions=JJJ,110000", "?regions=110000", ("regions",)),
        ("?regions=article/nowhere", "", ("regions",)),
    ],
)
def test_a_whole_named_as_a_region_is_the_choice_it_stands_for(
    query: str, same: str, fallen: tuple[str, ...]
) -> None:
    assert parse(query, WORDS) == (parse(same, WORDS)[0], fallen)


def test_regions_beyond_the_most_are_left_out() -> None:
    many = [f"1301{i:02d}" for i in range(MAX_REGIONS + 5)]
    words = replace(WORDS, regions=frozenset(many))
    view, fallen = parse("?regions=" + ",".join(many), words)
    assert view.regions == tuple(many[:MAX_REGIONS])
    assert fallen == ("regions",)


def test_a_year_the_indicator_lacks_becomes_the_usual() -> None:
    view, fallen = parse("?indicator=gdp&level=city&year=1999", WORDS)
    assert (view.year, fallen) == ("2024", ("year",))


def test_an_indicator_without_the_level_brings_its_own() -> None:
    view, fallen = parse("?indicator=gdp", WORDS)
    assert (view.level, view.year, fallen) == ("city", "2024", ())
    assert parse("?indicator=gdp&level=county", WORDS)[1] == ("level",)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("0.5,1,2", (0.5, 1.0, 2.0)),
        ("-3,0", (-3.0, 0.0)),
        ("2,1", ()),
        ("1,1", ()),
        ("1", ()),
        ("1,2,3,4,5,6,7", ()),
        ("nan,1", ()),
        ("1,inf", ()),
        ("1,x", ()),
        ("0.000001,1", (0.000001, 1.0)),
        ("0.0000001,1", ()),
        ("1,123456789.123456", ()),
    ],
)
def test_own_limits_are_two_to_six_ascending_numbers(text: str, limits: tuple[float, ...]) -> None:
    view, fallen = parse(f"?classes={text}", WORDS)
    assert view.limits == limits
    assert view.classes == ("own" if limits else "auto")
    assert view.k == (len(limits) + 1 if limits else 5)
    assert fallen == (() if limits else ("classes",))


def test_a_layer_is_on_whole_or_narrowed() -> None:
    view, _ = parse("?layers=parks,clusters.digital,clusters.equipment", WORDS)
    assert view.shows("parks")
    assert view.shows("clusters")
    assert not view.shows("fill")
    assert view.narrowed("clusters") == ("digital", "equipment")
    assert view.narrowed("parks") == ()
    assert parse("?layers=none", WORDS) == (
        View(scheme="article", indicator="lq_manufacturing", year="2020", layers=()),
        (),
    )


def test_a_query_too_long_to_read_is_ignored_whole() -> None:
    assert parse("?lang=en&x=" + "a" * 5000, WORDS) == (DEFAULT, ("query",))


def test_a_query_leaves_defaults_out() -> None:
    assert DEFAULT.query() == "?scheme=article&indicator=lq_manufacturing&year=2020"


def test_a_change_of_indicator_lets_the_year_fall_to_the_latest() -> None:
    view = parse("?indicator=gdp&year=2014", WORDS)[0]
    assert "year" not in view.query(indicator="lq_manufacturing")
    assert "year=2014" in view.query(regions=("110000",))
    assert "year=2010" in view.query(indicator="lq_manufacturing", level="county", year="2010")


def test_the_home_address_keeps_the_language() -> None:
    assert DEFAULT.query_home() == ""
    assert parse("?lang=en", WORDS)[0].query_home() == "?lang=en"


@st.composite
def views(draw: st.DrawFn) -> View:
    scheme = draw(st.sampled_from(list(WORDS.circles)))
    indicator = draw(st.sampled_from(list(WORDS.years)))
    level = draw(st.sampled_from(list(WORDS.years[indicator])))
    limits = draw(
        st.just(())
        | st.lists(st.integers(-1000, 1000), min_size=2, max_size=6, unique=True).map(
            lambda numbers: tuple(float(n) for n in sorted(numbers))
        )
    )
    tokens = [*LAYERS, "clusters.digital", "parks.hitech"]
    return View(
        scheme=scheme,
        circle=tuple(draw(st.lists(st.sampled_from(list(WORDS.circles[scheme])), unique=True))),
        level=level,
        indicator=indicator,
        year=draw(st.sampled_from(WORDS.years[indicator][level])),
        limits=limits,
        classes="own" if limits else draw(st.sampled_from(METHODS)),
        k=len(limits) + 1 if limits else draw(st.integers(3, 7)),
        regions=tuple(draw(st.lists(st.sampled_from(REGIONS), unique=True))),
        benchmark=draw(st.sampled_from(["JJJ", "CN", "YRD", "GD", "110000", "130000"])),
        census=draw(st.sampled_from(["2020", "2010"])),
        layers=tuple(draw(st.lists(st.sampled_from(tokens), unique=True))),
        lang=draw(st.sampled_from(LANGUAGES)),
    )


@given(views())
def test_a_view_comes_back_from_its_query(view: View) -> None:
    assert parse(view.query(), WORDS) == (view, ())


@given(st.text(max_size=300))
def test_anything_at_all_gives_a_view_the_atlas_knows(text: str) -> None:
    view, fallen = parse(text, WORDS)
    assert parse(view.query(), WORDS) == (view, ())
    assert set(fallen) <= {*PARAMETERS, "query"}


@given(st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=40)))
def test_hostile_values_never_reach_the_query(fields: dict[str, Any]) -> None:
    view, _ = parse("?" + urlencode(fields), WORDS)
    for name, value in parse_qsl(view.query().lstrip("?")):
        assert name in PARAMETERS
        assert not set(value) & set("<>\"'`\0")


def test_the_default_layers_are_layers() -> None:
    assert set(DEFAULT_LAYERS) <= set(LAYERS)
