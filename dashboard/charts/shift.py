"""Shift–share: what the nation, the industries and the place itself brought, by industry."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.listed import Column, Listing, listing
from dashboard.charts.record import Canvas, Chart, Key, Panel, undrawn
from dashboard.charts.rows import both_words, joined, value_row
from dashboard.lettering import plain
from dashboard.numbers import number
from dashboard.palette import INK, SERIES
from dashboard.panels.components import place_link
from dashboard.wording import Context, sentences
from dashboard.wording import listing as listed
from geodata.ids import CENSUS_YEARS
from geodata.measures.workforce import UNIT
from geodata.records import Value
from geodata.studies.specialisation import PERIOD, SUMMED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.palette import Theme
    from dashboard.panels.components import Footnotes
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Name, Status
    from geodata.studies.shifts import PlaceShift, Shift

NAME = "shift"
PARTS = ("national", "mix", "local")
COLOURS = {"national": "#9aa5a8", "mix": SERIES[0], "local": SERIES[1]}
YEAR_OF = {
    "before": CENSUS_YEARS[0],
    "after": CENSUS_YEARS[-1],
    "national": PERIOD,
    "mix": PERIOD,
    "local": PERIOD,
}
"""What a row holds, and of when it is."""
PRINTED = frozenset({"before", "after"})
"""Counts that stand in the census tables; the components are computed from them."""
ROOM = 1.06
HOVERS = {part: f"clusters.hover_{part}" for part in PARTS}
"""Part → the key of what a bar says of it."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: of the selected places, or of the circles, or of the whole."""
    return [chart([scene.atlas.shifts.of(place.id) for place in scene.subjects(view)], context)]


def chart(found: Sequence[PlaceShift], context: Context) -> Chart:
    """Return the chart of the first place that can be compared, with all of them in a table."""
    t, title = context.t, context.t("clusters.shift")
    known = [one for one in found if one.total]
    refused = [_reason(one, context) for one in found if not one.total]
    if not known:
        return undrawn(NAME, title, found[0].place.label, sentences(refused))
    first = known[0]
    name = first.place.label[context.lang]
    return Chart(
        NAME,
        title,
        first.place.label,
        partial(shift_chart, first, t, context.term),
        lambda: tuple(rows(first, context)),
        lead=t("clusters.shift_lead"),
        say=(t("clusters.shift_of", place=name, parts=_parts(first, context)),),
        notes=(
            *(_range(one, context) for one in known),
            *refused,
            t("clusters.shift_key", place=name),
        ),
        key=(
            *(Key(t(f"clusters.part_{part}"), COLOURS[part], "dot") for part in PARTS),
            Key(t("clusters.part_change"), "text", "diamond-open"),
        ),
        below=lambda feet: [_totals(known, context, feet)],
        beside=lambda: total_rows(known, context),
    )


def _parts(one: PlaceShift, context: Context) -> str:
    parts = ("change", *PARTS)
    said = (
        f"{context.t(f'clusters.part_{part}')} {percent(getattr(one.total, part), one)}"
        for part in parts
    )
    return listed(said, context.t)


def percent(workers: float, one: PlaceShift) -> str:
    """Write a part in per cent of all of the place's workers of the first year."""
    return f"{number(points(workers, one), 1, signed=True)}%"


def _totals(known: Sequence[PlaceShift], context: Context, feet: Footnotes) -> Component:
    t = context.t
    parts = ("change", *PARTS)
    heads = [html.Th(t(f"clusters.part_{part}"), className="num") for part in parts]
    lines: list[Any] = [
        html.Tr(
            [
                html.Th(
                    [place_link(one.place, context), *feet.mark(one.source_ids, one.notes)],
                    scope="row",
                ),
                *(
                    html.Td(percent(getattr(one.total, part), one), className="num")
                    for part in parts
                ),
            ]
        )
        for one in known
    ]
    head = html.Tr([html.Th(t("clusters.place")), *heads])
    return html.Table([html.Thead(head), html.Tbody(lines)], className="shifts")


def _range(one: PlaceShift, context: Context) -> str:
    """Say how far the local part rests on how the sample's part of the people moved."""
    t, name = context.t, one.place.label[context.lang]
    if one.fractions is None or one.evened is None or one.total is None:
        return t("clusters.shift_no_range", place=name)
    (first, last), (before, after) = one.fractions
    even, local = one.evened, one.total.local
    fields = {
        "place": name,
        "first": number(first, 2),
        "last": number(last, 2),
        "before": number(before, 2),
        "after": number(after, 2),
        "local": percent(local, one),
        "even": percent(even, one),
    }
    alike = even * local > 0
    return (
        t("clusters.shift_range", **fields) if alike else t("clusters.shift_range_open", **fields)
    )


def _reason(one: PlaceShift, context: Context) -> str:
    reasons = listed((context.note(reason) for reason in one.reasons), context.t)
    return context.t("clusters.no_shift", place=one.place.label[context.lang], reason=reasons)


def rows(found: PlaceShift, context: Context) -> Iterator[Row]:
    """Yield both counts and the three components of each industry, in sampled workers."""
    printed: Status = "computed" if found.place.kind in SUMMED else "official"
    for row in found.rows:
        for part, year in YEAR_OF.items():
            status: Status = printed if part in PRINTED else "computed"
            amount = float(getattr(row, part))
            value = Value(amount, UNIT, year, status, found.source_ids, found.notes)
            words = joined(row.name, both_words(f"export.item_{part}"))
            yield value_row(found.place, (f"{row.sector}_{part}", words), value, context)


def total_rows(known: Sequence[PlaceShift], context: Context) -> Iterator[Row]:
    """Yield the change of all industries of each place and its parts, in per cent of 2010."""
    for one in known:
        for part in ("change", *PARTS):
            amount = points(getattr(one.total, part), one)
            value = Value(amount, "%", PERIOD, "computed", one.source_ids, one.notes)
            words = both_words(f"clusters.part_{part}")
            yield value_row(one.place, (f"total_{part}", words), value, context)


def shown(of: PlaceShift) -> list[Shift]:
    """Return the industries in which the place had workers in either year, largest change first."""
    rows = [row for row in of.rows if row.before or row.after]
    return sorted(rows, key=lambda row: -row.change)


def points(part: float, of: PlaceShift) -> float:
    """Return sampled workers in per cent of all of the place's in 2010."""
    return 100 * part / of.total.before if of.total and of.total.before else 0.0


def shift_chart(
    of: PlaceShift,
    t: Text,
    term: Callable[[str, str], Name],
    canvas: Canvas,
    hovers: Mapping[str, str] = HOVERS,
) -> dict[str, Any]:
    """Draw a stacked bar per industry in per cent of the place's workers of 2010.

    Positive and negative components run to their sides of zero; a mark stands at their sum.
    """
    rows, theme = shown(of), canvas.theme

    def named(row: Shift) -> str:
        return term("industry", row.sector)[t.lang]

    changes = [points(row.change, of) for row in rows]
    words = [number(change, 1, signed=True) for change in changes]
    about = Listing(
        names=[term("industry_short", row.sector)[t.lang] for row in rows],
        chosen=[False] * len(rows),
        columns=[Column(t("clusters.column_points"), words, 60)],
        width=canvas.width,
    )
    layout, written = listing(about, theme)
    layout |= {"barmode": "relative", "bargap": 0.35}
    layout["xaxis"] |= _axis(rows, of, theme)
    bars = [_bars(rows, part, of, partial(t, hovers[part]), named) for part in PARTS]
    mark = {
        "type": "scatter",
        "mode": "markers",
        "x": [round(change, 3) for change in changes],
        "y": list(range(len(rows))),
        "marker": {
            "symbol": "diamond",
            "size": 8,
            "color": INK[theme].paper,
            "line": {"width": 1.4, "color": INK[theme].text},
        },
        "hoverinfo": "skip",
        "name": "change",
    }
    return {"data": [*bars, mark, *written], "layout": layout}


def _bars(
    rows: Sequence[Shift],
    part: str,
    of: PlaceShift,
    hover: Callable[..., str],
    named: Callable[[Shift], str],
) -> dict[str, Any]:
    lengths = [round(points(getattr(row, part), of), 3) for row in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "x": lengths,
        "y": list(range(len(rows))),
        "marker": {"color": COLOURS[part], "line": {"width": 0}},
        "hovertext": [
            hover(
                industry=plain(named(row)),
                points=number(length, 2, signed=True),
                n=number(getattr(row, part), signed=True),
            )
            for row, length in zip(rows, lengths, strict=True)
        ],
        "hoverinfo": "text",
        "name": part,
    }


def _axis(rows: Sequence[Shift], of: PlaceShift, theme: Theme) -> dict[str, Any]:
    """Span the sums of the positive and of the negative components."""
    ink = INK[theme]
    high = low = 0.0
    for row in rows:
        parts = [points(getattr(row, part), of) for part in PARTS]
        high = max(high, sum(p for p in parts if p > 0))
        low = min(low, sum(p for p in parts if p < 0))
    pad = ((high - low) or 1) * (ROOM - 1)
    return {
        "range": [low - pad, high + pad],
        "tickfont": {"size": 11, "color": ink.muted},
        "gridcolor": ink.grid,
        "zeroline": True,
        "zerolinecolor": ink.muted,
        "fixedrange": True,
        "nticks": 6,
        "ticksuffix": "%",
    }


PANEL = Panel("clusters", NAME, charts, (NAME,), ("scope", "regions"))
