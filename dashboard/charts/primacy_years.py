"""Primacy and the rank–size slope of a city system year by year, each on a scale of its own."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.axes import axis, joined, rules
from dashboard.charts.choices import family_of
from dashboard.charts.compared import break_lines, measure_of, scope_of, subject_of
from dashboard.charts.record import Canvas, Chart, Key, Panel, Reported, Row, undrawn
from dashboard.charts.rows import both_words, value_row, with_sources
from dashboard.charts.rows import joined as named
from dashboard.lettering import base_layout, plain
from dashboard.numbers import number
from dashboard.palette import INK, SERIES
from dashboard.wording import Context, listing, named_unit, spans
from geodata.ids import HOLDING
from geodata.records import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Indicator, Place
    from geodata.studies.courses import Course, SystemYear

NAME: Final = "primacy_years"
RULE: Final = {"two": 2.0, "four": 12 / 13, "slope": 1.0}
"""What the rank–size rule gives."""
DECIMALS: Final = {"two": 2, "four": 2, "share": 1, "slope": 2}
ROW, TOP, BOTTOM, SIDE, BETWEEN = 190, 40, 24, 14, 34
"""Pixels of a row of panels, above and below its lines, at its sides and between panels."""
LEAST, MOST = 165, 4
"""Pixels of the slimmest panel, and panels in a row at most."""
ROOM: Final = 0.2
"""Part of the span of the figures that is left free above and below, for the words."""
LACKING: Final = 6
"""Cities without a figure that are named; of more their number is told."""


@dataclass(frozen=True, slots=True)
class Strand:
    """One line of a panel: a figure by year, with half its interval where it has one."""

    name: str
    values: dict[str, float]
    colour: str
    margins: dict[str, float]


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: a city system over the years, or why it has none."""
    t, lang = context.t, context.lang
    found = scene.atlas.courses.of(scope_of(scene, view), measure_of(view), family_of(view))
    entry = scene.atlas.indicators[found.indicator]
    title, subject = t("compare.primacy_years"), subject_of([found.scope], entry.name)
    if not found.years:
        return [undrawn(NAME, title, subject, found.reason[lang])]
    figures = [value for one in found.years for value in (one.two, *one.shares)]
    return [
        Chart(
            NAME,
            title,
            subject,
            partial(course_chart, found, t),
            lambda: tuple(rows(found, entry, context)),
            lead=t(
                "compare.years_lead",
                scope=found.scope.name[lang],
                n=found.n,
                name=named_unit(entry, context),
            ),
            say=(*(remark[lang] for remark in found.remarks), said(found, t), slope_said(found, t)),
            notes=(
                t("compare.years_read"),
                *break_lines(found.breaks, context),
                *_scopes(found, context),
                *_lacking(found, context),
            ),
            key=tuple(
                Key(place.label[lang], SERIES[at], "line") for at, place in enumerate(found.leaders)
            ),
            source_ids=tuple(dict.fromkeys(i for value in figures for i in value.source_ids)),
        )
    ]


def said(found: Course, t: Text) -> str:
    """Tell the latest year, and the change over the latest run of years that may be joined."""
    last = found.years[-1]
    words = t(
        "compare.years_latest",
        year=last.year,
        two=number(last.two.value, DECIMALS["two"]),
        shares=listing(
            (
                t("compare.years_share_said", place=place.label[t.lang], share=_share(value))
                for place, value in zip(found.leaders, last.shares, strict=True)
            ),
            t,
        ),
    )
    run = next((run for run in reversed(found.runs) if len(run) > 1), None)
    if run is None:
        return words + t("compare.years_no_run")
    by_year = {one.year: one for one in found.years}
    start, end = by_year[run[0]], by_year[run[-1]]
    changes = (
        t(
            "compare.years_from_to",
            place=place.label[t.lang],
            before=_share(before),
            after=_share(after),
        )
        for place, before, after in zip(found.leaders, start.shares, end.shares, strict=True)
    )
    return words + t(
        "compare.years_run",
        first=start.year,
        last=end.year,
        before=number(start.two.value, DECIMALS["two"]),
        after=number(end.two.value, DECIMALS["two"]),
        shares=listing(changes, t),
    )


def slope_said(found: Course, t: Text) -> str:
    """Tell the slope of the latest year with its interval, or why none is drawn."""
    last = found.years[-1]
    if last.line is None:
        return t("compare.years_few", n=found.n)
    low, high = last.line.limits
    return t(
        "compare.years_slope_said",
        year=last.year,
        slope=number(last.line.exponent, 2),
        low=number(low, 2),
        high=number(high, 2),
        n=found.n,
    )


def _share(value: Value) -> str:
    return f"{number(value.value, DECIMALS['share'])}%"


def _scopes(found: Course, context: Context) -> list[str]:
    """Say what the figures of a city cover, and in which years."""
    t = context.t
    return [
        t(
            "compare.years_scope",
            place=place.label[context.lang],
            years=_years(years, t),
            scope=context.note(note),
        )
        for place, note, years in found.scopes
    ]


def _lacking(found: Course, context: Context) -> list[str]:
    """Name the cities without a figure, by the years that are left out for them."""
    t = context.t
    lines = []
    for years, places in found.lacking:
        names = listing((place.label[context.lang] for place in places[:LACKING]), t)
        if len(places) > LACKING:
            names = t("export.places_more", names=names, n=len(places))
        lines.append(t("compare.lacking", years=_years(years, t), cities=names))
    return lines


def _years(years: Sequence[str], t: Text) -> str:
    return listing(spans([int(year) for year in years], str), t)


def rows(found: Course, entry: Indicator, context: Context) -> Iterator[Row]:
    """Yield indices and slope of the scope and the shares of its leading cities, by year."""
    for one in found.years:
        for key, value in _figures(one).items():
            item = (f"primacy_{key}", named(entry.name, both_words(f"compare.years_{key}")))
            yield replace(value_row(found.scope, item, value, context), catalogued=False)
        for place, value in zip(found.leaders, one.shares, strict=True):
            item = ("primacy_share", named(entry.name, both_words("compare.years_share")))
            yield replace(value_row(place, item, value, context), catalogued=False)


def _figures(one: SystemYear) -> dict[str, Value]:
    """Return what a system has in a year, the ends of the interval of its slope too."""
    found = {"two": one.two} | ({"four": one.four} if one.four else {})
    if one.line is None:
        return found
    low, high = one.line.limits
    ends = {"slope": one.line.exponent, "low": low, "high": high}
    return found | {
        key: with_sources(Value(x, "", one.year, "computed"), one.two, *one.shares)
        for key, x in ends.items()
    }


def course_chart(found: Course, t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw each figure in a panel of its own scale; gaps and breaks are left open.

    Parameters
    ----------
    found
        A course with one year at least.
    t, canvas
        Words, and what it is drawn on.
    """
    theme, panels = canvas.theme, _strands(found, t)
    most = max(1, min(MOST, canvas.width // LEAST))
    down = math.ceil(len(panels) / most)
    across = math.ceil(len(panels) / down)
    height = down * ROW
    inner = canvas.width - 2 * SIDE
    wide = (inner - BETWEEN * (across - 1)) / across
    layout = base_layout(theme, height, {"l": SIDE, "r": SIDE, "t": 0, "b": 0})
    layout.update(annotations=[], shapes=[])
    data: list[dict[str, Any]] = []
    first, last = int(found.years[0].year), int(found.years[-1].year)
    room = 0.08 * max(1, last - first) + 0.5
    for at, (key, strands) in enumerate(panels.items()):
        row, column = divmod(at, across)
        ref = "" if at == 0 else str(at + 1)
        left = column * (wide + BETWEEN) / inner
        layout[f"xaxis{ref}"] = axis(
            theme,
            domain=[round(left, 4), round(left + wide / inner, 4)],
            anchor=f"y{ref}",
            range=[first - room, last + room],
            tickvals=[first, last],
            showgrid=False,
        )
        layout[f"yaxis{ref}"] = axis(
            theme,
            domain=[
                round(1 - ((row + 1) * ROW - BOTTOM) / height, 4),
                round(1 - (row * ROW + TOP) / height, 4),
            ],
            anchor=f"x{ref}",
            range=_span(strands, RULE.get(key)),
            showticklabels=False,
            showgrid=False,
        )
        layout["annotations"] += [_title(t(f"compare.years_{key}"), ref)]
        layout["annotations"] += _ends(strands, key, ref)
        layout["shapes"] += [
            _level(ref, INK[theme].grid),
            *([_level(ref, INK[theme].muted, RULE[key])] if key in RULE else []),
            *rules({b.year for b in found.breaks}, theme, first, last, ref),
        ]
        data += [_line(found, one, key, ref, theme) for one in strands]
    return {"data": data, "layout": layout}


def _strands(found: Course, t: Text) -> dict[str, list[Strand]]:
    """Return the lines of each panel."""
    years = found.years
    four = {one.year: one.four.value or 0.0 for one in years if one.four}
    lines = {one.year: one.line for one in years if one.line}
    slope = {year: line.exponent for year, line in lines.items()}
    margins = {year: line.limits[1] - line.exponent for year, line in lines.items()}
    two = {one.year: one.two.value or 0.0 for one in years}
    return {
        "share": [
            Strand(
                place.label[t.lang],
                {one.year: one.shares[at].value or 0.0 for one in years},
                SERIES[at],
                {},
            )
            for at, place in enumerate(found.leaders)
        ],
        "two": [_single("two", two, t)],
        **({"four": [_single("four", four, t)]} if four else {}),
        **({"slope": [_single("slope", slope, t, margins)]} if slope else {}),
    }


def _single(
    key: str, values: dict[str, float], t: Text, margins: dict[str, float] | None = None
) -> Strand:
    return Strand(t(f"compare.years_{key}"), values, "", margins or {})


def _span(strands: Sequence[Strand], rule: float | None) -> list[float]:
    found = [x for one in strands for x in one.values.values()]
    found += [
        one.values[year] + side * margin
        for one in strands
        for year, margin in one.margins.items()
        for side in (-1, 1)
    ]
    found += [rule] if rule is not None else []
    low, high = min(found), max(found)
    room = ROOM * (high - low or abs(high) or 1.0)
    return [round(low - room, 4), round(high + 1.4 * room, 4)]


def _title(words: str, ref: str) -> dict[str, Any]:
    return {
        "text": plain(words),
        "xref": f"x{ref} domain",
        "yref": f"y{ref} domain",
        "x": 0,
        "y": 1,
        "yshift": 4,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": 12},
    }


def _ends(strands: Sequence[Strand], key: str, ref: str) -> list[dict[str, Any]]:
    """Write the first and the last figure away from breaks, of two lines one above, one below."""
    ordered = sorted(strands, key=lambda one: -list(one.values.values())[-1])
    return [
        {
            "text": number(one.values[year], DECIMALS[key]),
            "x": int(year),
            "y": round(one.values[year] + (one.margins.get(year, 0.0)), 4),
            "xref": f"x{ref}",
            "yref": f"y{ref}",
            "yshift": 10 if at == 0 else -11,
            "xanchor": side,
            "xshift": 8 if side == "right" else -8,
            "showarrow": False,
            "font": {"size": 11},
        }
        for at, one in enumerate(ordered)
        for year, side in ((min(one.values), "right"), (max(one.values), "left"))
    ]


def _level(ref: str, colour: str, at: float | None = None) -> dict[str, Any]:
    """Return the floor of a panel, or a dashed line at a value."""
    low = {"yref": f"y{ref} domain", "y0": 0, "y1": 0, "line": {"width": 1, "color": colour}}
    line = {"width": 1, "color": colour, "dash": "dash"}
    where = low if at is None else {"yref": f"y{ref}", "y0": at, "y1": at, "line": line}
    return {
        "type": "line",
        "xref": f"x{ref} domain",
        "x0": 0,
        "x1": 1,
        "layer": "below",
        **where,
    }


def _line(found: Course, one: Strand, key: str, ref: str, theme: Theme) -> dict[str, Any]:
    kept = [tuple(year for year in run if year in one.values) for run in found.runs]
    x, y = joined([run for run in kept if run], one.values)
    colour = one.colour or INK[theme].text
    decimals = DECIMALS[key]
    margins = [one.margins.get(str(year), 0.0) for year in x]
    bars = {"type": "data", "array": margins, "thickness": 1.2, "width": 3, "color": colour}
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": [None if value is None else round(value, 4) for value in y],
        "xaxis": f"x{ref}",
        "yaxis": f"y{ref}",
        "line": {"width": 1.8, "color": colour},
        "marker": {"size": 5, "color": colour},
        "connectgaps": False,
        "cliponaxis": False,
        **({"error_y": bars} if one.margins else {}),
        "hovertemplate": f"{plain(one.name)}<br>%{{x}}  %{{y:.{decimals}f}}<extra></extra>",
        "name": plain(one.name),
    }


def _by_output(view: View, place: Place) -> View:
    """Return the view of the cities of a place by their output, which is published every year."""
    return replace(view, system=place.id, size="gdp")


PANEL = Panel(
    "compare",
    NAME,
    charts,
    (NAME,),
    ("scope", "colour", "family", "system", "size"),
    "sheet",
    reported=(Reported("compare.primacy_years", 68, HOLDING, _by_output),),
)
