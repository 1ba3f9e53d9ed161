"""GDP per head of the cities in a first and a last year; a line joins years on one basis only."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.axes import axis, joined, rules
from dashboard.charts.choices import family_of, region_of
from dashboard.charts.compared import break_lines, figures
from dashboard.charts.leaders import LINE, TYPE
from dashboard.charts.record import Canvas, Chart, Key, Panel, Reported, Row
from dashboard.charts.rows import value_row
from dashboard.labels import Wanted, chosen
from dashboard.lettering import base_layout, plain, width_of
from dashboard.numbers import number
from dashboard.palette import INK, SERIES
from dashboard.wording import Context, listing, named_unit
from geodata.records import FULL_ROLES
from geodata.studies.yearly import PER_HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Break, Indicator, Place, Value
    from geodata.studies.yearly import Series

FIRST: Final = "2013"
LAST: Final = "2024"
OTHERS, CHOSEN = SERIES[:2]
HEIGHT: Final = 420
TOP: Final = 14
BOTTOM: Final = 28
BESIDE: Final = 16
"""Pixels between an end of a line and its label."""
SPARE: Final = 12
"""Pixels between a label and the edge, for type that is wider than estimated."""
SHIFTS: Final = range(0, HEIGHT, 2)
"""Pixels by which a label may stand away from its point, the nearest first."""
SLIM: Final = 600
"""Pixels below which names stand on the right only, and two years under the axis."""


@dataclass(frozen=True, slots=True)
class Slope:
    """A city with a figure in both years: the first and last year of each span on one basis."""

    series: Series
    values: dict[str, Value]
    spans: tuple[tuple[str, ...], ...]

    @property
    def place(self) -> Place:
        """Return the city."""
        return self.series.place

    @property
    def breaks(self) -> tuple[Break, ...]:
        """Return the breaks between the two years."""
        return tuple(b for b in self.series.breaks if FIRST < b.year <= LAST)

    def level(self, year: str) -> float:
        """Return GDP per head, in yuan."""
        return self.values[year].value or 0.0


def slope_of(series: Series) -> Slope | None:
    """Return a city's slope; None where it has no figure in one of the years."""
    values = {v.year: v for v in series.points if v.value is not None and FIRST <= v.year <= LAST}
    if not {FIRST, LAST} <= values.keys():
        return None
    runs = [[year for year in run if year in values] for run in series.runs]
    spans = tuple(tuple(dict.fromkeys((run[0], run[-1]))) for run in runs if run)
    return Slope(series, values, spans)


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart."""
    t, comparison, family = context.t, scene.atlas.comparison, family_of(view)
    indicator = comparison.indicator(PER_HEAD, family)
    cities = (p.id for p in scene.atlas.regions("city") if p.kind == "city")
    found = [comparison.series(PER_HEAD, city, family) for city in cities]
    slopes = [one for series in found if (one := slope_of(series))]
    own = chosen_cities(slopes, scene, view)
    breaks = [b for one in slopes for b in one.breaks]
    marks = [one.values[year] for one in slopes for span in one.spans for year in span]
    return [
        Chart(
            "slope",
            t("compare.slope"),
            region_of(scene).label,
            partial(slope_chart, slopes, indicator, [p.id for p in own], t),
            lambda: rows(slopes, indicator, context),
            lead=t(
                "compare.slope_lead", first=FIRST, last=LAST, name=named_unit(indicator, context)
            ),
            say=tuple(_range(slopes, year, t) for year in (FIRST, LAST) if slopes),
            notes=(*_parted(slopes, t), *_left_out(found, t), *break_lines(breaks, context)),
            key=(Key(listing((p.label[t.lang] for p in own), t), CHOSEN, "line"),) if own else (),
            source_ids=tuple(dict.fromkeys(i for v in marks for i in v.source_ids)),
            empty="" if slopes else t("compare.slope_none", first=FIRST, last=LAST),
        )
    ]


def chosen_cities(slopes: Sequence[Slope], scene: Scene, view: View) -> list[Place]:
    """Return the cities drawn that are chosen, or full members of a chosen circle."""
    members = {
        member.place
        for circle in scene.atlas.circles(view.scheme)
        if circle.id in view.circle
        for member in circle.members
        if member.role in FULL_ROLES
    }
    return [one.place for one in slopes if one.place.id in members | {*view.regions}]


def _range(slopes: Sequence[Slope], year: str, t: Text) -> str:
    """Name the highest and the lowest city of a year, and how many times one is the other."""
    low, *_, high = sorted(slopes, key=lambda one: one.level(year)) * 2
    return t(
        "compare.slope_range",
        year=year,
        n=len(slopes),
        high=high.place.label[t.lang],
        top=number(high.level(year)),
        low=low.place.label[t.lang],
        bottom=number(low.level(year)),
        ratio=number(high.level(year) / low.level(year), 2),
    )


def _parted(slopes: Sequence[Slope], t: Text) -> list[str]:
    """Name the cities whose two years are not on one basis."""
    parted = [one.place.label[t.lang] for one in slopes if one.spans != ((FIRST, LAST),)]
    cities = listing(parted, t)
    return [t("compare.slope_parted", first=FIRST, last=LAST, cities=cities)] if parted else []


def _left_out(found: Sequence[Series], t: Text) -> list[str]:
    """Name the cities without a figure, by year."""
    lines = []
    for year in (FIRST, LAST):
        without = [
            one.place.label[t.lang]
            for one in found
            if all(v.value is None for v in one.points if v.year == year)
        ]
        if without:
            lines.append(t("compare.slope_without", year=year, cities=listing(without, t)))
    return lines


def rows(slopes: Sequence[Slope], indicator: Indicator, context: Context) -> Iterator[Row]:
    """Yield each mark: GDP per head at both ends of each span on one basis."""
    for one in slopes:
        for year in (year for span in one.spans for year in span):
            row = value_row(one.place, (indicator.id, indicator.name), one.values[year], context)
            yield replace(row, catalogued=year in one.series.catalogued)


def slope_chart(
    slopes: Sequence[Slope],
    indicator: Indicator,
    selected: Sequence[str],
    t: Text,
    canvas: Canvas,
) -> dict[str, Any]:
    """Draw a line for each span on one basis; each city has its figure at both ends.

    Parameters
    ----------
    slopes
        The cities, one at least; the axis is logarithmic, so that equal growth is equally steep.
    indicator
        What is drawn, of which the numbers can be asked.
    selected
        Ids of the cities whose lines stand out.
    t
        Words.
    canvas
        What it is drawn on.
    """
    theme, slim = canvas.theme, canvas.width < SLIM

    def words(one: Slope, year: str) -> str:
        name = one.place.label[t.lang].removesuffix(t("compare.suffix"))
        value = number(one.level(year))
        return value if slim and year == FIRST else f"{name} {value}"

    left, right = (
        round(max(width_of(words(one, year), TYPE) for one in slopes)) + BESIDE + SPARE
        for year in (FIRST, LAST)
    )
    levels = [math.log10(v.value or 1.0) for one in slopes for v in one.values.values()]
    pad = 0.05 * (max(levels) - min(levels) or 1.0)
    low, high = min(levels) - pad, max(levels) + pad
    layout = base_layout(theme, HEIGHT, {"l": left, "r": right, "t": TOP, "b": BOTTOM})
    first, last = int(FIRST), int(LAST)
    ends = sorted({int(year) for one in slopes for span in one.spans for year in span})
    layout["xaxis"] = axis(
        theme,
        range=[first, last],
        tickvals=[first, last] if slim else ends,
        showgrid=False,
    )
    layout["yaxis"] = axis(theme, range=[low, high], showticklabels=False, showgrid=False)
    layout["shapes"] = rules({b.year for one in slopes for b in one.breaks}, theme, first, last)
    inner = HEIGHT - TOP - BOTTOM
    layout["annotations"] = [
        label
        for year in (FIRST, LAST)
        for label in _labels(slopes, year, (low, high, inner), words, theme)
    ]
    return {"data": [_line(one, indicator, selected, t) for one in slopes], "layout": layout}


def _labels(
    slopes: Sequence[Slope],
    year: str,
    plot: tuple[float, float, float],
    words: Callable[[Slope, str], str],
    theme: Theme,
) -> Iterator[dict[str, Any]]:
    """Yield the labels of one side, from the middle outwards, so that none passes another.

    `plot` is the lowest and highest value of the axis and its height in pixels.
    """
    low, high, inner = plot
    ink, left = INK[theme], year == FIRST
    found = sorted(slopes, key=lambda one: -one.level(year))
    levels = [math.log10(one.level(year)) for one in found]
    middle = len(found) // 2
    order = [*range(middle, len(found)), *reversed(range(middle))]
    wanted = []
    for at in order:
        height = (high - levels[at]) / (high - low) * inner
        away = 1 if at >= middle else -1
        heights = (height + away * shift for shift in SHIFTS)
        wanted.append(Wanted([(0, y - LINE / 2, 1, y + LINE / 2) for y in heights]))
    for at, place in zip(order, chosen(wanted), strict=True):
        one, shift = found[at], SHIFTS[place or 0] * (1 if at >= middle else -1)
        yield {
            "x": int(year),
            "y": round(levels[at], 4),
            "ax": -BESIDE if left else BESIDE,
            "ay": shift,
            "xanchor": "right" if left else "left",
            "text": plain(words(one, year)),
            "font": {"size": TYPE, "color": ink.text},
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 0.7,
            "standoff": 5,
            "arrowcolor": ink.muted,
            "borderpad": 0,
        }


def _line(one: Slope, indicator: Indicator, selected: Sequence[str], t: Text) -> dict[str, Any]:
    """Draw a city: its spans, parted at each break."""
    x, y = joined(one.spans, {year: v.value or 0.0 for year, v in one.values.items()})
    name = one.place.label[t.lang]
    colour = CHOSEN if one.place.id in selected else OTHERS
    told = (
        "" if year is None else t("compare.slope_hover", place=name, year=year, value=number(value))
        for year, value in zip(x, y, strict=True)
    )
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": plain(name),
        "x": x,
        "y": [None if value is None else round(math.log10(value), 4) for value in y],
        "customdata": [one.place.id] * len(x),
        **figures(one.series, indicator, x),
        "line": {"width": 2.6 if one.place.id in selected else 1.6, "color": colour},
        "marker": {"size": 6, "color": colour},
        "connectgaps": False,
        "cliponaxis": False,
        "hovertext": [plain(line) for line in told],
        "hoverinfo": "text",
    }


PANEL = Panel(
    "compare",
    "slope",
    charts,
    ("slope",),
    ("family", "scope", "regions"),
    "sheet",
    reported=(Reported("compare.slope", 70),),
)
