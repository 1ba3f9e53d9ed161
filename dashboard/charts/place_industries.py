"""The industries of one place: each quotient on the line of its interval, 2020 beside 2010."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dashboard.asked import asks
from dashboard.charts import doublings
from dashboard.charts.listed import SLIM, Column, Listing, listing, segments
from dashboard.charts.record import Canvas, Chart, Key, Panel, undrawn
from dashboard.charts.rows import both_words, joined, value_row
from dashboard.charts.standings import rows as standing_rows
from dashboard.lettering import plain
from dashboard.numbers import NO_DATA, number, percent
from dashboard.palette import INK, SERIES
from dashboard.panels.quotients import interval_text, quotient_word
from dashboard.wording import listing as listed
from dashboard.wording import why_not, year_text
from geodata.ids import CENSUS_YEARS, NATION
from geodata.records import REGION_ID, FigureId, Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Place
    from geodata.studies.specialisation import Sampled, Standing

NAME: Final = "place_industries"
BEFORE, NOW = CENSUS_YEARS
NAMED: Final = 3
ROW: Final = 17
"""Pixels of a row: all of them fit half a sheet."""


@dataclass(frozen=True, slots=True)
class Special:
    """An industry of a place: its key, its name in full and short, how the place stands in it."""

    key: str
    name: Name
    short: Name
    standing: Standing

    @property
    def now(self) -> Sampled:
        """Return how it stands by the latest census."""
        return self.standing.sampled[NOW]


def reference_of(scene: Scene, place: Place, view: View) -> str:
    """Return what the quotients of a place are measured against; the whole against the nation."""
    return NATION if view.benchmark == REGION_ID and _whole(scene, place) else view.benchmark


def _whole(scene: Scene, place: Place) -> bool:
    """Return whether a place is the whole region, by this or the name of a circle."""
    counties = scene.atlas.regions
    circle = place.kind == "circle" and counties("county", place.id) == counties("county")
    return circle or place.id == REGION_ID


def specials(scene: Scene, place: Place, benchmark: str) -> list[Special]:
    """Return the industries of a place with counts, the most special first."""
    atlas = scene.atlas
    found = [
        Special(key, *_names(scene, key), standing)
        for key, standing in atlas.specialisation.industries(place.id, benchmark)
        if NOW in standing.sampled
    ]
    return sorted(found, key=lambda one: -(one.now.lq.value or 0))


def _names(scene: Scene, key: str) -> tuple[Name, Name]:
    """Return the name of an industry in full and short."""
    sector = scene.atlas.indicators[f"lq_{key}"].sector
    return scene.atlas.term("industry", sector), scene.atlas.term("industry_short", sector)


def leading(found: Sequence[Special]) -> list[Special]:
    """Return the industries whose whole interval lies above one, on workers enough."""
    return [one for one in found if one.now.stable and one.now.low > 1]


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart, of the place of the page."""
    t, place = context.t, scene.subject(view)
    benchmark = reference_of(scene, place, view)
    found, title = specials(scene, place, benchmark), t("place.industries")
    subject = place.label
    if not found:
        why = why_not(scene.atlas.industry(place.id, NOW).reason, context)
        why = t("place.industries_none", place=place.label[context.lang], why=why)
        return [undrawn(NAME, title, subject, why)]
    changed = [one for one in found if one.standing.change.value is not None]
    reasons = dict.fromkeys(n for one in found for n in one.standing.change.note if not changed)
    why = why_not(tuple(reasons), context)
    keys = [Key(t("place.key_now", year=NOW), SERIES[0], "dot")]
    keys += [Key(t("place.key_before", year=BEFORE), "muted", "hollow")] if changed else []
    return [
        Chart(
            NAME,
            title,
            subject,
            partial(industries_chart, found, benchmark, context),
            lambda: tuple(
                replace(row, benchmark=benchmark if benchmark != view.benchmark else "")
                for row in rows(found, context)
            ),
            lead=t(
                "place.industries_lead",
                year=year_text(NOW, t),
                reference=context.word("benchmark", benchmark),
                n=number(found[0].now.workers),
            ),
            say=(_said(found, context),),
            notes=(
                t("place.industries_read"),
                *([] if changed else [t("place.no_change", why=why or NO_DATA)]),
            ),
            key=tuple(keys),
            source_ids=tuple(dict.fromkeys(i for one in found for i in one.now.lq.source_ids)),
        )
    ]


def _said(found: Sequence[Special], context: Context) -> str:
    """Name the industries that are clearly above the reference, and what changed clearly."""
    t, lang = context.t, context.lang
    top = [
        t(
            "place.one_industry",
            name=one.name[lang],
            lq=quotient_word(one.now),
            interval=interval_text((one.now.low, one.now.high)),
        )
        for one in leading(found)[:NAMED]
    ]
    said = t("place.leading", top=listed(top, t)) if top else t("place.not_leading")
    for key, sign in (("place.risen", 1), ("place.fallen", -1)):
        moved = [one for one in found if one.standing.clear and _moved(one) * sign > 0]
        moved.sort(key=lambda one: -abs(_moved(one)))
        if moved:
            names = [
                f"{one.name[lang]} {number(_moved(one), 2, signed=True)}" for one in moved[:NAMED]
            ]
            said += t(key, names=listed(names, t))
    return said


def _moved(one: Special) -> float:
    return one.standing.change.value or 0.0


def rows(found: Sequence[Special], context: Context) -> Iterator[Row]:
    """Yield quotient, limits and workers of each industry by census, and the change."""
    for one in found:
        name = both_words("place.lq_of", industry=one.name)
        item = (f"lq_{one.key}", name)
        yield from standing_rows([one.standing], CENSUS_YEARS, item, context)
        if one.standing.change.value is not None:
            changed = joined(name, both_words("place.head_change"))
            id_ = f"lq_change_{one.key}"
            yield value_row(one.standing.place, (id_, changed), one.standing.change, context)


def industries_chart(
    found: Sequence[Special], benchmark: str, context: Context, canvas: Canvas
) -> dict[str, Any]:
    """Draw a dot for each quotient on a line for its interval, a hollow one for the census before.

    The axis counts doublings; brackets mark what rests on too few workers.
    """
    t = context.t
    now, ink = [one.now for one in found], INK[canvas.theme]
    before = [
        one.standing.sampled.get(BEFORE) if one.standing.comparable else None for one in found
    ]
    within = doublings.limits(
        x
        for one in (*now, *(b for b in before if b))
        for x in (one.lq.value or 0, one.high, one.low or one.high)
    )
    wide = canvas.width >= SLIM
    changes = [number(one.standing.change.value, 2, signed=True) for one in found]
    columns = [
        Column(t("place.head_lq"), [quotient_word(one) for one in now], 50),
        *(
            [Column(t("place.head_interval"), [interval_text((s.low, s.high)) for s in now], 84)]
            if wide
            else []
        ),
        Column(t("place.head_change"), changes, 62),
        *([Column(t("place.head_share"), [percent(s.share) for s in now], 56)] if wide else []),
    ]
    about = Listing(
        names=[one.name[context.lang] for one in found],
        chosen=[False] * len(found),
        columns=columns,
        width=canvas.width,
        short=[one.short[context.lang] for one in found],
        least=ROW,
    )
    layout, written = listing(about, canvas.theme)
    layout["xaxis"] |= doublings.axis(within, canvas.theme, about.room)
    place = found[0].standing.place
    ends = [(doublings.at(s.low, within), doublings.at(s.high, within)) for s in now]
    lines = {
        "type": "scatter",
        "mode": "lines",
        **segments(ends, range(len(ends))),
        "line": {"width": 2.2, "color": ink.muted},
        "hoverinfo": "skip",
        "name": "interval",
    }
    earlier = [(at, b) for at, b in enumerate(before) if b]
    hollow = {
        "type": "scatter",
        "mode": "markers",
        "x": [doublings.at(b.lq.value or 0, within) for _, b in earlier],
        "y": [at for at, _ in earlier],
        "hovertext": [f"{BEFORE}: {quotient_word(b)}" for _, b in earlier],
        "hoverinfo": "text",
        "marker": {"size": 8, "color": ink.paper, "line": {"width": 1.2, "color": ink.muted}},
        "name": BEFORE,
    }
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [doublings.at(s.lq.value or 0, within) for s in now],
        "y": list(range(len(now))),
        **asks(FigureId(f"lq_{one.key}", place.id, NOW, benchmark) for one in found),
        "hovertext": [
            f"<b>{plain(one.name[context.lang])}</b><br>"
            + plain(t("place.hover", n=number(one.now.count), of=number(one.now.workers)))
            for one in found
        ],
        "hoverinfo": "text",
        "marker": {
            "size": 9,
            "color": [SERIES[0] if s.stable else ink.paper for s in now],
            "line": {"width": 1.2, "color": ink.text},
        },
        "name": NOW,
    }
    return {"data": [lines, hollow, dots, *written], "layout": layout}


PANEL = Panel(
    "place",
    "industries",
    charts,
    (NAME,),
    ("scope", "regions", "benchmark"),
    "leaf",
)
