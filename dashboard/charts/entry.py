"""The back-test: how often counties entered an industry, by the density that they had before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.axes import axis
from dashboard.charts.choices import region_of
from dashboard.charts.listed import Column, Listing, interval_lines, listing
from dashboard.charts.record import Canvas, Chart, Panel, undrawn
from dashboard.charts.rows import both_words, joined, value_row
from dashboard.numbers import number, percent
from dashboard.palette import INK, SERIES
from geodata.records import Name, Value
from geodata.studies.industries import sector_of
from geodata.studies.relatedness import FEWEST
from geodata.studies.specialisation import PERIOD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.measures.discrimination import Discrimination
    from geodata.records import Place
    from geodata.studies.relatedness import BackTest, Part

NAME: Final = "entry"
CHANCE: Final = 0.5
"""The area of a score that tells nothing."""
ROOM: Final = 1.06
PERCENT: Final = 100


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart, and what it says of all industries and of the chosen one."""
    t, study, whole = context.t, scene.atlas.relatedness, region_of(scene)
    found, title = study.back_test(), t("clusters.entry")
    if found.density is None or found.own is None:
        return [undrawn(NAME, title, whole.label, t("clusters.entry_none"))]
    name = context.term("industry", sector_of(view.industry))
    return [
        Chart(
            NAME,
            title,
            whole.label,
            partial(entry_chart, found.parts, t),
            lambda: tuple(rows(found, whole, context)),
            lead=t(
                "clusters.entry_lead",
                counties=found.counties,
                pairs=number(found.pairs),
                entries=number(found.entries),
            ),
            say=(
                _told(found.density, found.own, t),
                _of_industry(study.back_test(view.industry), name, t),
            ),
            notes=(t("clusters.entry_read"), t("clusters.entry_left_out", n=found.left_out)),
            source_ids=found.source_ids,
        )
    ]


def _told(density: Discrimination, own: Discrimination, t: Text) -> str:
    """Tell both areas and what they carry."""
    return t(
        "clusters.entry_auc",
        **_limits(density),
        own=number(own.auc, 2),
        own_low=number(own.low, 2),
        own_high=number(own.high, 2),
        verdict=t(f"clusters.entry_{verdict(density, own)}"),
    )


def verdict(density: Discrimination, own: Discrimination) -> str:
    """Return how density compares: with "chance", or with the quotient by itself."""
    if density.low <= CHANCE:
        return "chance"
    if density.low > own.high:
        return "better"
    return "worse" if density.high < own.low else "level"


def _of_industry(found: BackTest, name: Name, t: Text) -> str:
    told = {
        "industry": name[t.lang],
        "pairs": number(found.pairs),
        "entries": number(found.entries),
    }
    if found.density is None:
        return t("clusters.entry_few", **told, fewest=FEWEST)
    below = t("clusters.entry_below") if found.density.high < CHANCE else ""
    return t("clusters.entry_of", **told, **_limits(found.density), below=below)


def _limits(found: Discrimination) -> dict[str, str]:
    return {part: number(getattr(found, part), 2) for part in ("auc", "low", "high")}


def rows(found: BackTest, whole: Place, context: Context) -> Iterator[Row]:
    """Yield the share of each group with its limits, then both areas with theirs."""

    def value(one: float, unit: str = "") -> Value:
        return Value(one, unit, PERIOD, "computed", found.source_ids)

    for at, part in enumerate(found.parts, 1):
        name = both_words(
            "clusters.entry_item", **{key: Name(one, one) for key, one in _ends(part).items()}
        )
        yield value_row(whole, (f"entry_{at}", name), value(PERCENT * part.share, "%"), context)
        for end, limit in (("low", part.low), ("high", part.high)):
            words = joined(name, both_words(f"export.item_{end}"))
            limited = value(PERCENT * limit, "%")
            yield value_row(whole, (f"entry_{at}_{end}", words), limited, context)
    for key, area in (("density", found.density), ("own", found.own)):
        name = both_words(f"clusters.entry_item_{key}")
        for end in ("auc", "low", "high") if area else ():
            words = name if end == "auc" else joined(name, both_words(f"export.item_{end}"))
            yield value_row(whole, (f"auc_{key}_{end}", words), value(getattr(area, end)), context)


def _ends(part: Part) -> dict[str, str]:
    return {"start": number(part.start, 3), "end": number(part.end, 3)}


def entry_chart(parts: Sequence[Part], t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw a dot for the share of each group on a line for its interval."""
    theme = canvas.theme
    about = Listing(
        names=["–".join(_ends(part).values()) for part in parts],
        chosen=[False] * len(parts),
        columns=[
            Column(t("clusters.entry_share"), [percent(part.share) for part in parts], 84),
            Column(t("clusters.entry_pairs"), [number(part.n) for part in parts], 52),
        ],
        width=canvas.width,
    )
    layout, written = listing(about, theme)
    most = PERCENT * ROOM * max(part.high for part in parts)
    layout["xaxis"] |= axis(theme, range=[0, most], nticks=5, ticksuffix="%", tickangle=0)
    ends = [(round(PERCENT * p.low, 2), round(PERCENT * p.high, 2)) for p in parts]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [round(PERCENT * part.share, 2) for part in parts],
        "y": list(range(len(parts))),
        "hovertext": [
            t(
                "clusters.entry_hover",
                **_ends(part),
                n=number(part.n),
                entries=number(part.entries),
                low=percent(part.low),
                high=percent(part.high),
            )
            for part in parts
        ],
        "hoverinfo": "text",
        "marker": {
            "size": 9,
            "color": SERIES[0],
            "line": {"width": 1.2, "color": INK[theme].text},
        },
        "name": "entry",
    }
    return {"data": [interval_lines(ends, theme), dots, *written], "layout": layout}


PANEL = Panel("clusters", NAME, charts, (NAME,), ("industry",))
