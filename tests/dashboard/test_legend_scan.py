"""Every legend against every figure printed beside it, over the whole catalogue."""

from __future__ import annotations

from itertools import chain, product
from math import inf
from typing import TYPE_CHECKING

import pytest

from dashboard.charts.map_keys import ranges
from dashboard.map.classes import classify
from dashboard.map.fill import make_fill, trace_update
from dashboard.numbers import number
from dashboard.palette import INK
from dashboard.text import text
from dashboard.view import MAX_CLASSES, METHODS, MIN_CLASSES
from tests.dashboard.panel_fixtures import context

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.map.classes import Classes
    from geodata.atlas import Atlas
    from geodata.records import Column, Indicator, Level

KS = range(MIN_CLASSES, MAX_CLASSES + 1)
MOST_MOVED = 0.02


def mapped(atlas: Atlas) -> Iterator[tuple[Indicator, list[Column]]]:
    """Yield every indicator with its columns of all years, level by level."""
    for indicator in atlas.indicators.values():
        for level in ("county", "city"):
            years = indicator.years.get(level, ())
            if years:
                yield indicator, [atlas.values(indicator.id, y, level, "JJJ") for y in years]


def read(written: str) -> float:
    return float(written.replace(",", "").replace("−", "-"))


def ends(words: str) -> tuple[float, float]:
    """Return the ends of a class as it is written: above the first, up to the second."""
    if words.startswith("≤ "):
        return -inf, read(words[2:])
    if words.startswith("> "):
        return read(words[2:]), inf
    low, _, high = words.partition(" – ")
    return (read(low), read(high)) if high else (-inf, inf)


def decimals(words: str) -> set[int]:
    """Return the decimals with which the limits of a class are written."""
    written = words.removeprefix("≤ ").removeprefix("> ").split(" – ")
    return {len(end.partition(".")[2]) for end in written}


def faults(classes: Classes, figures: Sequence[tuple[float, float]]) -> list[str]:
    """Say what a reader of the legend would find wrong; `figures` are values and what is read."""
    words = ranges(classes, context("zh"))
    limits = [ends(one) for one in words]
    found = [
        f"looks empty: {w}" for w, (low, high) in zip(words, limits, strict=True) if low >= high
    ]
    if len(set.union(*map(decimals, words))) != 1:
        found.append(f"decimals differ: {words}")
    for value, printed in figures:
        low, high = limits[classes.of(value)]
        # one class alone runs from the lowest figure to the highest, both of them in it
        if not (low < printed or not classes.limits) or printed > high:
            found.append(f"{printed} in {words[classes.of(value)]}")
    return found


def test_no_figure_contradicts_the_class_it_is_coloured_in(atlas: Atlas) -> None:
    wrong: dict[tuple[str, ...], list[str]] = {}
    for indicator, columns in mapped(atlas):
        known = [v.value for c in columns for v in c.values if v.value is not None]
        figures = [(x, read(number(x, indicator.decimals))) for x in set(known)]
        for method, k in product(METHODS, KS):
            classes = make_fill(indicator, columns, columns[0].year, method=method, k=k).classes
            if found := faults(classes, figures):
                wrong[indicator.id, columns[0].level, method, str(k)] = found
    assert wrong == {}


def test_default_limits_move_few_places_and_never_a_class(atlas: Atlas) -> None:
    shares, rounder = {}, 0
    for indicator, columns in mapped(atlas):
        years = [[v.value for v in c.values if v.value is not None] for c in columns]
        got = make_fill(indicator, columns, columns[0].year, method="auto", k=5).classes
        if got.method == "around":
            continue
        pooled = tuple(chain.from_iterable(years))
        exact = classify(
            pooled, got.method, 5, centre=indicator.diverging_at, decimals=indicator.decimals
        )
        assert got.k == exact.k
        assert got.rounded == (got.limits != exact.limits)
        rounder += got.rounded
        for column, year in zip(columns, years, strict=True):
            moved = sum(got.of(x) != exact.of(x) for x in year)
            if year and moved > MOST_MOVED * len(year):
                shares[indicator.id, column.level, column.year] = moved / len(year)
        centre = indicator.diverging_at
        if centre is not None:
            away = [round(limit - centre, 6) for limit in got.limits]
            beyond = max(centre - min(pooled), max(pooled) - centre, 0)
            shorter = min(centre - min(pooled), max(pooled) - centre)
            assert beyond >= shorter
            assert all(-x in away for x in away if abs(x) < shorter), (indicator.id, got.limits)
    assert shares == {}
    assert rounder


@pytest.mark.parametrize("level", ["county", "city"])
def test_what_the_map_colours_and_prints_is_what_the_legend_says(
    atlas: Atlas, level: Level
) -> None:
    indicator = atlas.indicators["gdp"]
    columns = [atlas.values("gdp", y, level, "JJJ") for y in indicator.years[level]]
    for column in columns:
        fill = make_fill(indicator, columns, column.year, method="auto", k=5)
        shown = trace_update(fill, text("zh"), INK["light"], atlas.term)
        words = ranges(fill.classes, context("zh"))
        for z, (written, *_) in zip(shown["z"], shown["customdata"], strict=True):
            assert (z < 0) == (written == "–")
            if z >= 0:
                low, high = ends(words[z])
                assert low < read(written) <= high, (written, words[z])
