"""Which years an indicator has, and for how many places: well-known ones, and rules for all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geodata.catalog import load_catalog
from geodata.catalog.choose import priority
from geodata.catalog.series import region_codes
from geodata.facts import statistics

if TYPE_CHECKING:
    from geodata.atlas import Atlas


@pytest.fixture(scope="module")
def counted(atlas: Atlas) -> dict[str, tuple[int, int]]:
    """Return present and total by "indicator level year"."""
    found = atlas.coverage()
    columns = zip(*(found[name] for name in found.columns), strict=True)
    return {f"{i} {level} {year}": (present, total) for i, level, year, present, total in columns}


@pytest.mark.parametrize(
    ("key", "present", "total"),
    [
        ("population county 2020", 199, 199),
        ("population city 2010", 14, 14),
        ("gdp city 2017", 10, 14),
        ("gdp city 2023", 13, 14),
        ("gdp province 2024", 3, 3),
        ("emp_share_manufacturing county 2010", 194, 199),
        ("emp_share_change_manufacturing county 2010-2020", 149, 199),
        ("population_change county 2010-2020", 153, 199),
        ("population_density county 2020", 199, 199),
        ("urban_lq_manufacturing city 2019", 13, 14),
    ],
)
def test_coverage_of_closed_tables(
    counted: dict[str, tuple[int, int]], key: str, present: int, total: int
) -> None:
    assert counted[key] == (present, total)


def test_an_observed_indicator_covers_the_places_its_sources_print(
    counted: dict[str, tuple[int, int]],
) -> None:
    catalog, observations = load_catalog(), statistics.read_observations()
    codes = region_codes(statistics.read_table("regions"))
    single = observations[observations["year"].str.fullmatch(r"\d{4}")]
    kept = single[~single["note"].str.contains("|".join(map(re.escape, catalog.withheld)))]
    facts = dict(iter(kept.groupby(["indicator", "sector", "category"])))
    for choice in catalog.choices:
        # Xiong'an is summed and sampled workers of none are set to nought: both add figures.
        summed = choice.united or choice.indicator.startswith("emp_")
        if summed or choice.indicator not in catalog.indicators:
            continue
        rows = facts[choice.fact, choice.sector, choice.category]
        for year in sorted(set(rows["year"])):
            printed = rows[rows["year"] == year]
            if not choice.first <= int(year) <= choice.last:
                continue
            named = [
                priority(choice.sources, ids, year) is not None for ids in printed["source_ids"]
            ]
            places = set(printed["region_code"][named]) & codes[choice.reach] - choice.left_out
            found = counted.get(f"{choice.indicator} {choice.reach} {year}", (0, 0))[0]
            if choice.reach not in {"region", "nation"}:
                assert found == len(places), (choice.indicator, choice.reach, year)


def test_coverage_never_exceeds_the_places_there_are(counted: dict[str, tuple[int, int]]) -> None:
    assert all(0 < present <= total for present, total in counted.values())


def test_years_come_from_the_figures(atlas: Atlas) -> None:
    assert atlas.indicators["population"].years == {
        "county": ("2010", "2020"),
        "city": ("2010", "2020"),
        "province": ("2010", "2020"),
    }
    assert atlas.indicators["lq_mining"].years["county"] == ("2010", "2020")
    assert atlas.indicators["lq_change_mining"].years["county"] == ("2010-2020",)
    assert "county" not in atlas.indicators["pm25"].years
    assert all(entry.years for entry in atlas.indicators.values())


def test_breaks_lie_within_the_years_of_their_series(atlas: Atlas) -> None:
    for entry in load_catalog().breaks:
        years = atlas.indicators[entry.indicator].years[entry.level]
        assert years[0] < entry.year <= years[-1], entry
