"""The division of functions: producer services over manufacturing, core over periphery, by year."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.axes import ROOMY, axis, joined, rules
from dashboard.charts.choices import region_of
from dashboard.charts.compared import break_lines
from dashboard.charts.record import Canvas, Chart, Key, Panel, Reported, undrawn
from dashboard.charts.rows import both_words, value_row
from dashboard.lettering import base_layout
from dashboard.numbers import number
from dashboard.palette import INK, SERIES
from dashboard.wording import listing
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Place, Value
    from geodata.studies.division import Division, Line

NAME: Final = "division"
HEIGHT: Final = 260
MARGIN: Final = {"l": 30, "r": 16, "t": 16, "b": 28}
STEP: Final = 3
"""Years from one tick to the next."""
SHORT: Final = 3
"""A run of at most so many years has its numbers right above or below."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart, or say why core and periphery cannot be compared."""
    t, found = context.t, scene.atlas.divisions.of(view.scheme)
    whole, title = region_of(scene), t("linkages.division")
    scheme = scene.atlas.scheme(view.scheme).name[t.lang]
    if not found.lines:
        return [undrawn(NAME, title, whole.label, t("linkages.division_none", scheme=scheme))]
    lacking = tuple(_lacking(found, context))
    if not found.runs:
        return [undrawn(NAME, title, whole.label, t("linkages.division_empty"), lacking)]
    main = found.lines[0]
    return [
        Chart(
            NAME,
            title,
            whole.label,
            partial(division_chart, found, t),
            lambda: tuple(rows(found, whole, context)),
            lead=t("linkages.division_lead", scheme=scheme),
            say=(
                t(
                    "linkages.division_say",
                    core=cores(main)[t.lang],
                    n=len(main.periphery),
                    runs=_runs(found, main.values, t),
                ),
            ),
            notes=(
                t(
                    "linkages.division_narrow",
                    core=cores(main)[t.lang],
                    runs=_runs(found, main.narrow, t),
                ),
                *break_lines(found.breaks, context),
                *lacking,
            ),
            key=tuple(
                Key(_named(line, t), colour, "line", width=2)
                for line, colour in zip(found.lines, SERIES, strict=False)
            ),
            source_ids=found.source_ids,
        )
    ]


def cores(line: Line) -> Name:
    """Name the core of a line."""
    return Name("、".join(p.name.zh for p in line.core), ", ".join(p.name.en for p in line.core))


def _named(line: Line, t: Text) -> str:
    return t("linkages.division_core", core=cores(line)[t.lang], n=len(line.periphery))


def _runs(found: Division, values: Sequence[Value], t: Text) -> str:
    """Write both ends of each run of years."""
    of = {value.year: number(value.value, 2) for value in values}
    return listing(
        (
            t(
                "linkages.division_run",
                first=run[0],
                last=run[-1],
                start=of[run[0]],
                end=of[run[-1]],
            )
            for run in found.runs
        ),
        t,
    )


def _lacking(found: Division, context: Context) -> Iterator[str]:
    years: dict[tuple[Place, ...], list[str]] = {}
    for year, places in found.lacking.items():
        years.setdefault(places, []).append(year)
    for places, of in years.items():
        yield context.t(
            "linkages.division_lacking",
            places=listing((place.label[context.lang] for place in places), context.t),
            year=listing(of, context.t),
        )


def rows(found: Division, whole: Place, context: Context) -> Iterator[Row]:
    """Yield the ratio by year, with and without transport, for each core."""
    for at, line in enumerate(found.lines):
        for part, values in (("", line.values), ("_narrow", line.narrow)):
            words = both_words(f"linkages.division_item{part}", core=cores(line))
            for value in values:
                yield value_row(whole, (f"division_{at}{part}", words), value, context)


def division_chart(found: Division, t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw a line for each core; it stops where figures are missing or their scope changes.

    Where there is little room only the first has numbers.
    """
    theme = canvas.theme
    known = [v for line in found.lines for v in line.values if v.value is not None]
    first, last = (int(end(v.year for v in known)) for end in (min, max))
    layout = base_layout(theme, HEIGHT, dict(MARGIN))
    ticks = list(range(last, first - 1, -STEP))[::-1]
    layout["xaxis"] = axis(
        theme, range=[first - 0.8, last + 0.8], tickvals=ticks, tickangle=0, showgrid=False
    )
    highest = max(v.value or 0 for v in known)
    layout["yaxis"] = axis(theme, range=[0, 1.12 * highest], nticks=6)
    layout["shapes"] = rules({b.year for b in found.breaks}, theme, first, last)
    drawn = zip(found.lines, SERIES, strict=False)
    ink = INK[theme].text
    data = [_line(found, line, (colour, ink), t) for line, colour in drawn]
    if canvas.width < ROOMY:
        data = [data[0], *({**one, "mode": "lines+markers"} for one in data[1:])]
    return {"data": data, "layout": layout}


def _line(found: Division, line: Line, colours: tuple[str, str], t: Text) -> dict[str, Any]:
    colour, ink = colours
    sides = _sides(found, line)
    exact = {v.year: v.value for v in line.values if v.value is not None}
    x, y = joined(found.runs, {year: round(value, 3) for year, value in exact.items()})
    narrow: Mapping[str, str] = {v.year: number(v.value, 2) for v in line.narrow}
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "name": _named(line, t),
        "x": x,
        "y": y,
        "text": [number(exact[str(year)], 2) if str(year) in sides else "" for year in x],
        "textposition": [sides.get(str(year), "top center") for year in x],
        "textfont": {"size": 10.5, "color": ink},
        "cliponaxis": False,
        "line": {"width": 2, "color": colour},
        "marker": {"size": 6, "color": colour},
        "connectgaps": False,
        "hovertext": [
            ""
            if year is None
            else t(
                "linkages.division_hover",
                year=str(year),
                ratio=number(exact[str(year)], 2),
                narrow=narrow[str(year)],
            )
            for year in x
        ],
        "hoverinfo": "text",
    }


def _sides(found: Division, line: Line) -> dict[str, str]:
    """Return where the first and the last number of each run stand, off the line itself."""
    sides = {}
    for run in found.runs:
        pairs = ((run[0], run[1:2], "right"), (run[-1], run[-2:-1], "left"))
        for year, beside, hand in pairs:
            higher = any((line.of(one).value or 0) > (line.of(year).value or 0) for one in beside)
            side = "center" if len(run) <= SHORT else hand
            sides[year] = f"{'bottom' if higher else 'top'} {side}"
    return sides


PANEL = Panel(
    "linkages",
    NAME,
    charts,
    (NAME,),
    ("scope",),
    reported=(Reported("linkages.division", 36, ("region",)),),
)
