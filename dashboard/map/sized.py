"""A total as circles whose area is proportional to it, over areas left plain.

One scale holds for all years of the places shown, so that a circle of one size means the same in
every year of the slider, and the places of a chosen circle can be told apart.
"""

from __future__ import annotations

from math import floor, log10, sqrt
from typing import TYPE_CHECKING, Any, Final

from dashboard.map.fill import common_status, hover
from dashboard.palette import SEQUENTIAL, faded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.map.fill import Fill, Term
    from dashboard.text import Text

COLOUR: Final = SEQUENTIAL[-2]
OPACITY: Final = 0.62
PALE: Final = 0.45
"""Opacity, beside `OPACITY`, of the circles of places that a circle of cities only radiates to."""
LARGEST: Final[Mapping[str, int]] = {"county": 44, "city": 68, "province": 68}
"""Pixels of the circle of the highest value of the places shown in all years, by level."""
NO_CIRCLES: Final[Mapping[str, Any]] = {
    "marker": {"size": [], "color": COLOUR},
    "meta": [],
    "hovertemplate": "",
}
"""What is told of the circles where there are none."""
EXAMPLES: Final = 3
"""Circles of the legend."""
ROUND: Final = (1, 2, 5)


def diameter(fill: Fill, value: float) -> float:
    """Return the pixels of a circle; nothing that is not above zero has one.

    The area is proportional to the value: diameter = largest × √(value / highest). Nothing is
    added for the eye, which takes large circles for smaller than they are (Flannery 1971, The
    Canadian Cartographer 8).
    """
    high = fill.highest or 0.0
    if min(value, high) <= 0:
        return 0.0
    return max(0.1, round(LARGEST[fill.column.level] * sqrt(value / high), 1))


def circles_update(fill: Fill, t: Text, term: Term) -> dict[str, Any]:
    """Return what a change of indicator or year tells of the circles: their sizes.

    Sizes, and colours where they differ, stand in the order of the areas; all else of the trace
    follows from the areas, see `laid_out`.
    """
    column = fill.column
    sizes = [
        diameter(fill, value.value) if fill.inside(code) and value.value is not None else 0
        for code, value in zip(column.codes, column.values, strict=True)
    ]
    if not fill.sized or not any(sizes):
        return dict(NO_CIRCLES)
    pale = faded(COLOUR, PALE)
    colours = [pale if fill.pale(code) else COLOUR for code in column.codes]
    return {
        "marker": {"size": sizes, "color": colours if fill.has_pale else COLOUR},
        "hovertemplate": hover(fill, t, term, common_status(column), first=1),
    }


def laid_out(
    circles: Mapping[str, Any],
    areas: Mapping[str, Any],
    points: Sequence[tuple[float, float]],
) -> dict[str, Any]:
    """Return the trace of circles, as assets/map.js makes it of news; small ones above large ones.

    Parameters
    ----------
    circles
        What `circles_update` returns.
    areas
        The trace of areas: `locations`, `text` and `customdata`. A circle says what its area says,
        and names its place first: a click on it selects the place.
    points
        Longitude and latitude of the label points of the areas.
    """
    marker = circles["marker"]
    sizes, colours = marker["size"], marker["color"]
    order = sorted((at for at, size in enumerate(sizes) if size), key=lambda at: -sizes[at])
    return {
        **circles,
        "lon": [points[at][0] for at in order],
        "lat": [points[at][1] for at in order],
        "text": [areas["text"][at] for at in order],
        "customdata": [[areas["locations"][at], *areas["customdata"][at]] for at in order],
        "marker": {
            "size": [sizes[at] for at in order],
            "color": colours if isinstance(colours, str) else [colours[at] for at in order],
        },
    }


def unsized(fill: Fill) -> int:
    """Count the places shown whose value is zero or negative, which no circle can say."""
    values = zip(fill.column.codes, fill.column.values, strict=True)
    return sum(fill.inside(code) and v.value is not None and v.value <= 0 for code, v in values)


def examples(fill: Fill) -> list[tuple[float, float]]:
    """Return round values and the pixels of their circles for the legend, the largest first."""
    high = fill.highest or 0.0
    if high <= 0:
        return []
    power = floor(log10(high))
    series = [
        digit * 10.0**exponent for exponent in range(power, power - 4, -1) for digit in ROUND[::-1]
    ]
    # Two steps of 1, 2, 5 apart the diameters differ by more than the height of their words.
    chosen = [round(value, 9) for value in series if value <= high][::2][:EXAMPLES]
    return [(value, diameter(fill, value)) for value in chosen]
