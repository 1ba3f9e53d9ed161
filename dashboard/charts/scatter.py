"""Any two indicators of the places on the map, and a line over them where it means something."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from dashboard.charts.captions import quotient_note, scope, titled
from dashboard.charts.record import Caption, Chart, Key, Panel, Reported, Row, undrawn
from dashboard.charts.rows import both_words, joined, value_row
from dashboard.charts.scatter_points import scatter_chart
from dashboard.numbers import number
from dashboard.palette import SERIES
from dashboard.units import counted
from dashboard.wording import Context, listing, named_unit, undated, year_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Indicator, Name
    from geodata.studies.pairs import Pair

NAME: Final = "scatter"
LACKING: Final = 6
"""Places without a figure that are named; of more their number is told."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: the indicator of the map upwards, the chosen other one across."""
    t, lang, atlas = context.t, context.lang, scene.atlas
    roles = scene.roles(view)
    found = atlas.pairs.of(
        (view.across, view.indicator), view.level, view.year, roles or (), view.benchmark
    )
    title = t("panel.scatter")
    subject = joined(found.second.name, found.first.name)
    if not found.points:
        lacking = found.first if not found.years[0] else found.second
        why = t(
            "panel.scatter_none" if all(found.years) else "panel.scatter_no_level",
            name=lacking.name[lang],
            level=t(f"shell.level_{view.level}"),
        )
        return [undrawn(NAME, title, subject, why)]
    values = [value for _, *pair in found.points for value in pair]
    return [
        Chart(
            NAME,
            title,
            subject,
            partial(scatter_chart, found, {*view.regions}, context),
            lambda: tuple(rows(found, context)),
            lead=t(
                "panel.scatter_lead",
                up=_told(found.second, found.years[1], context),
                across=_told(found.first, found.years[0], context),
                n=len(found.points),
            ),
            say=(said(found, context),),
            notes=(
                *_references(found, view, context),
                *_notes(found, context),
                *_lacking(found, context),
            ),
            hint=t("panel.scatter_hint"),
            key=_key(found, context),
            source_ids=tuple(dict.fromkeys(i for v in values for i in v.source_ids)),
            caption=_caption(scope(scene, view), title, found, context),
        )
    ]


def _caption(where: Name, title: str, found: Pair, context: Context) -> Caption:
    """Say on paper of whose places it is."""
    subject, years = joined(found.second.name, found.first.name), "-".join(sorted({*found.years}))
    what = f"{title} · {subject[context.lang]}"
    names = (where, both_words("panel.scatter_stem"), subject)
    return Caption(names, titled(what, where[context.lang], years, context), year=years)


def _told(indicator: Indicator, year: str, context: Context) -> str:
    name = undated(named_unit(counted(indicator, context.lang), context), year, context.t)
    return context.t("panel.scatter_of", name=name, year=year_text(year, context.t))


def said(found: Pair, context: Context) -> str:
    """Tell the correlation with its interval, or why there is none to tell."""
    t, line = context.t, found.line
    if line is None:
        return t(f"panel.scatter_{found.bar}", n=len(found.points))
    key = "panel.scatter_r" if line.low > 0 or line.high < 0 else "panel.scatter_r_nothing"
    return t(key, r=number(line.r, 2), low=number(line.low, 2), high=number(line.high, 2), n=line.n)


def _references(found: Pair, view: View, context: Context) -> tuple[str, ...]:
    """Say of each quotient what it is and against what place."""
    both = (quotient_note(one.id, view, context) for one in (found.first, found.second))
    return tuple(dict.fromkeys(note for notes in both for note in notes))


def _notes(found: Pair, context: Context) -> list[str]:
    t = context.t
    logs = [
        one.name[context.lang]
        for one, log in zip((found.first, found.second), found.logs, strict=True)
        if log
    ]
    return [
        *([t("panel.scatter_logs", names=listing(logs, t))] if logs else []),
        *([t("panel.scatter_read")] if found.line else []),
        *([t("panel.scatter_years")] if found.years[0] != found.years[1] else []),
    ]


def _lacking(found: Pair, context: Context) -> list[str]:
    if not found.lacking:
        return []
    t = context.t
    names = listing((p.label[context.lang] for p in found.lacking[:LACKING]), t)
    if len(found.lacking) > LACKING:
        names = t("export.places_more", names=names, n=len(found.lacking))
    return [t("panel.scatter_lacking", names=names)]


def _key(found: Pair, context: Context) -> tuple[Key, ...]:
    line = Key(context.t("panel.scatter_line"), SERIES[0], "line")
    return (line,) if found.line else ()


def rows(found: Pair, context: Context) -> Iterator[Row]:
    """Yield both figures of each place."""
    for place, one, other in found.points:
        yield value_row(place, (found.first.id, found.first.name), one, context)
        if found.first.id != found.second.id:
            yield value_row(place, (found.second.id, found.second.name), other, context)


PANEL = Panel(
    "explore",
    NAME,
    charts,
    (NAME,),
    ("scope", "level", "colour", "regions", "across", "benchmark"),
    heading="panel.scatter",
    reported=(Reported("panel.scatter", 55, ("region", "circle")),),
)
