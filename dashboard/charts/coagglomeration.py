"""Co-agglomeration: whether producer services stand in the counties of manufacturing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.axes import axis
from dashboard.charts.choices import region_of
from dashboard.charts.listed import Column, Listing, interval_lines, listing
from dashboard.charts.record import Canvas, Chart, Panel, Reported, undrawn
from dashboard.charts.rows import both_words, joined, value_row
from dashboard.numbers import number
from dashboard.palette import INK, SERIES
from dashboard.wording import listing as written_list
from geodata.studies.coagglomeration import ALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Name, Place
    from geodata.studies.coagglomeration import Pair, Together

NAME: Final = "coagglomeration"
THOUSAND: Final = 1000
"""The index is small, and usually written in thousandths."""
ROOM: Final = 0.08
VERDICTS: Final = ("together", "apart", "open")


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart, or say which figures are missing."""
    t, found = context.t, scene.atlas.coagglomeration.of(view.census)
    title, whole = t("linkages.coagglomeration"), region_of(scene)
    lacking = _lacking(found, context)
    if not found.pairs:
        why = t("linkages.coagglomeration_none", year=found.year)
        return [undrawn(NAME, title, whole.label, why, lacking)]
    first = found.pairs[0]
    return [
        Chart(
            NAME,
            title,
            whole.label,
            partial(coagglomeration_chart, found.pairs, context),
            lambda: tuple(rows(found, whole, context)),
            lead=t("linkages.coagglomeration_lead", year=found.year, n=found.counties),
            say=(
                t(
                    "linkages.coagglomeration_say",
                    **_words(first),
                    verdict=t(f"linkages.coagglomeration_{verdict_of(first)}"),
                ),
                _each(found.pairs[1:], context),
            ),
            notes=(
                t("linkages.coagglomeration_limit"),
                t("linkages.coagglomeration_read"),
                *lacking,
            ),
            source_ids=first.index.source_ids,
        )
    ]


def verdict_of(pair: Pair) -> str:
    """Return whether the two stand "together" or "apart", or whether that is "open"."""
    if not pair.apart:
        return "open"
    return "together" if pair.low > 0 else "apart"


def _each(pairs: Sequence[Pair], context: Context) -> str:
    """Name the sections by their verdict."""
    t, of = (
        context.t,
        {verdict: [p for p in pairs if verdict_of(p) == verdict] for verdict in VERDICTS},
    )
    told = (
        t(
            f"linkages.coagglomeration_{key}_of",
            services=written_list((service_name(p, context)[t.lang] for p in own), t),
        )
        for key, own in of.items()
        if own
    )
    return t("linkages.coagglomeration_each", told=t("compare.semicolon").join(told))


def _lacking(found: Together, context: Context) -> tuple[str, ...]:
    if not found.lacking:
        return ()
    names = written_list((place.label[context.lang] for place in found.lacking), context.t)
    return (context.t("linkages.coagglomeration_lacking", places=names),)


def _words(pair: Pair) -> dict[str, str]:
    numbers = {"index": pair.index.value, "low": pair.low, "high": pair.high}
    return {key: _thousandths(one) for key, one in numbers.items()}


def _thousandths(value: float | None) -> str:
    return number(None if value is None else THOUSAND * value, 1, signed=True)


def service_name(pair: Pair, context: Context) -> Name:
    """Name the services of a pair."""
    if pair.service == ALL:
        return both_words("linkages.coagglomeration_all")
    return context.term("industry_short", pair.service)


def rows(found: Together, whole: Place, context: Context) -> Iterator[Row]:
    """Yield the index of each pair with its limits, as computed."""
    for pair in found.pairs:
        name = both_words("linkages.coagglomeration_item", service=service_name(pair, context))
        yield value_row(whole, (f"gamma_{pair.service}", name), pair.index, context)
        for part, limit in (("low", pair.low), ("high", pair.high)):
            words = joined(name, both_words(f"export.item_{part}"))
            value = replace(pair.index, value=limit)
            yield value_row(whole, (f"gamma_{pair.service}_{part}", words), value, context)


def coagglomeration_chart(
    pairs: Sequence[Pair], context: Context, canvas: Canvas
) -> dict[str, Any]:
    """Draw a dot for each pair on a line for its interval, in thousandths; 0 is marked."""
    theme, t = canvas.theme, context.t
    ink = INK[theme]
    about = Listing(
        names=[service_name(pair, context)[t.lang] for pair in pairs],
        chosen=[pair.service == ALL for pair in pairs],
        columns=[Column(t("linkages.column_gamma"), [_words(pair)["index"] for pair in pairs], 64)],
        width=canvas.width,
    )
    layout, written = listing(about, theme)
    ends = [(round(THOUSAND * p.low, 2), round(THOUSAND * p.high, 2)) for p in pairs]
    low, high = min(0.0, *(a for a, _ in ends)), max(0.0, *(b for _, b in ends))
    pad = ROOM * (high - low)
    layout["xaxis"] |= axis(theme, range=[low - pad, high + pad], nticks=6, tickangle=0) | {
        "zeroline": True,
        "zerolinecolor": ink.muted,
        "zerolinewidth": 1.2,
    }
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [round(THOUSAND * (p.index.value or 0), 2) for p in pairs],
        "y": list(range(len(pairs))),
        "hovertext": [t("linkages.coagglomeration_hover", **_words(p)) for p in pairs],
        "hoverinfo": "text",
        "marker": {
            "size": 9,
            "color": [SERIES[0] if p.apart else ink.paper for p in pairs],
            "line": {"width": 1.6, "color": SERIES[0]},
        },
        "name": "gamma",
    }
    return {"data": [interval_lines(ends, theme), dots, *written], "layout": layout}


PANEL = Panel(
    "linkages",
    NAME,
    charts,
    (NAME,),
    ("census",),
    reported=(Reported("linkages.coagglomeration", 37, ("region",)),),
)
