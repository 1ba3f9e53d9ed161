"""The indices of the region: each release by itself, bases never joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.atlas import Atlas


def test_the_newest_release_has_its_five_parts_and_its_base(atlas: Atlas) -> None:
    newest = {(r.base, r.year): r for r in atlas.regional_index.releases}["2014", "2024"]
    assert newest.total.value == 154.1
    assert newest.total.unit == "2014=100"
    assert {part: value.value for part, value in newest.parts.items()} == {
        "innovation": 194.9,
        "coordination": 145.2,
        "green": 171.2,
        "openness": 106.7,
        "sharing": 152.7,
    }


def test_the_older_base_stands_beside_and_never_in_one_series(atlas: Atlas) -> None:
    older = {r.year: r for r in atlas.regional_index.releases if r.base == "2010"}
    assert older["2018"].total.value == 160.13
    assert older["2018"].total.unit == "2010=100"
    years = {
        base: {r.year for r in atlas.regional_index.releases if r.base == base}
        for base in ("2014", "2010")
    }
    assert not years["2014"] & years["2010"]


def test_the_year_before_follows_from_the_rise_of_the_same_release(atlas: Atlas) -> None:
    found = {(r.base, r.year): r for r in atlas.regional_index.releases}
    # 154.1 − 4.9 = 149.2, where the release before had printed 148.8.
    before = found["2014", "2024"].before
    assert before is not None
    assert (before.value, before.year, before.status) == (149.2, "2023", "computed")
    assert found["2014", "2020"].before is None
    # 160.13 − 6.14 = 153.99 and 167.72 − 7.59 = 160.13: the older releases agree.
    older = [found["2010", year].before for year in ("2018", "2019")]
    assert [value.value for value in older if value] == [153.99, 160.13]


def test_releases_that_compute_a_year_anew_are_breaks(atlas: Atlas) -> None:
    found = [(a.year, a.value, b.value) for a, b in atlas.regional_index.breaks]
    # 138.9 − 7.7, 145.0 − 5.1, 148.8 − 5.6, 154.1 − 4.9
    assert found == [
        ("2020", 119.33, 131.2),
        ("2021", 138.9, 139.9),
        ("2022", 145.0, 143.2),
        ("2023", 148.8, 149.2),
    ]


def test_nankai_has_its_own_scale(atlas: Atlas) -> None:
    assert [(v.year, v.value, v.unit) for v in atlas.regional_index.nankai] == [
        ("2018", 0.38, "指数"),
        ("2023", 0.58, "指数"),
    ]
