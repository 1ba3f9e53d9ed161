"""Industry structure of the selection: quotients of one place, or of several side by side."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.charts.industry_bars import industry_chart, least_width
from dashboard.charts.record import Caption, Chart, Key, Panel, Reported, Row
from dashboard.charts.rows import both_words, joined, value_row
from dashboard.numbers import number
from dashboard.panels.components import HINT
from dashboard.panels.quotients import CLASSES, COLOURS, quotient_text
from dashboard.panels.side_by_side import MOST
from dashboard.text import Text, text
from dashboard.wording import Context, listing, year_text
from geodata.ids import CENSUS_YEARS, NATION
from geodata.records import LANGUAGES, REGION_ID, Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dash.development.base_component import Component

    from dashboard.panels.components import Footnotes
    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Industry, IndustryRow, Lang

NAMED = 3
"""Industries that the sentence on specialisation names."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart, of the selected places, or of the circles, or of the whole."""
    places = scene.subjects(view)
    # Against itself the whole region has a quotient of 1 everywhere: the nation says more.
    itself = view.benchmark == REGION_ID == places[0].id
    benchmark = NATION if itself else view.benchmark
    return [chart([scene.atlas.industry(p.id, view.census, benchmark) for p in places], context)]


def chart(industries: Sequence[Industry], context: Context) -> Chart:
    """Return the chart of places, all of one year against one benchmark."""
    t = context.t
    known = [one for one in industries if any(row.lq is not None for row in one.rows)]
    shown = known[:MOST]
    names = Name(*(_listed(shown, lang) for lang in LANGUAGES))
    absent = (*silent(industries, known, context), *withheld(industries, context))
    rest = [t("panel.beyond", shown=MOST, n=len(known))] if len(known) > MOST else []
    made = Chart(
        "industry",
        t("panel.industry"),
        names,
        partial(industry_chart, shown, t, context.term),
        lambda: tuple(row for one in shown for row in rows(one, context)),
    )
    if not shown:
        return replace(
            made, empty=t("panel.no_industry"), notes=tuple(withheld(industries, context))
        )
    return replace(
        made,
        lead=basis(shown[0], context),
        say=tuple(specialised(shown, context)),
        notes=(*reading(shown, context), *absent, *rest),
        key=(*quotient_keys(context), *mark_keys(shown, context)),
        least=least_width(len(shown)),
        below=lambda feet: [_ask(t), _totals(shown, context, feet)],
        beside=lambda: total_rows(shown, context),
        caption=Caption(
            (names, both_words("export.industry_stem")),
            title=t(
                "export.industry_title",
                places=names[t.lang],
                year=year_text(shown[0].year, t),
            ),
            year=shown[0].year,
            heading=t("export.quotient_heading"),
        ),
    )


def _listed(shown: Sequence[Industry], lang: Lang) -> str:
    return listing((one.place.label[lang] for one in shown), text(lang))


def basis(one: Industry, context: Context) -> str:
    """Say what is compared with what."""
    benchmark = context.word("benchmark", one.benchmark)
    return context.t("panel.basis", year=year_text(one.year, context.t), benchmark=benchmark)


def specialised(industries: Sequence[Industry], context: Context) -> list[str]:
    """Name the industries with the highest stable quotients above one, per place."""
    t = context.t
    lines = []
    for one in industries:
        rows = [r for r in one.rows if r.stable and r.lq is not None and r.lq > 1]
        rows.sort(key=lambda row: -(row.lq or 0))
        top = [f"{r.name[context.lang]} {quotient_text(r)}" for r in rows[:NAMED]]
        words = t("panel.specialised", top=listing(top, t)) if top else t("panel.not_specialised")
        name = one.place.label[context.lang]
        lines.append(words if len(industries) == 1 else t("panel.of_place", place=name, say=words))
    return lines


def reading(industries: Sequence[Industry], context: Context) -> list[str]:
    """Explain the marks that the figure shows, and only those, and what it lacks."""
    t = context.t
    found = [row for one in industries for row in one.rows if row.lq is not None]
    notes = [t("panel.read_scale")]
    if any(not row.stable for row in found):
        notes.append(t("panel.read_unstable"))
    if any(row.lq_before is not None for row in found):
        notes.append(t("panel.read_shift"))
    notes.append(t("panel.read_sample"))
    for one in industries:
        name = one.place.label[context.lang]
        if not one.comparable:
            reason = listing((context.note(r) for r in one.reason), t) or t("panel.reason_unknown")
            notes.append(t("panel.not_comparable", place=name, reason=reason))
        if one.lacking:
            names = listing((p.label[context.lang] for p in one.lacking), t)
            notes.append(t("panel.industry_lacking", place=name, places=names))
    return notes


def silent(all_of: Sequence[Industry], known: Sequence[Industry], context: Context) -> list[str]:
    """Name the selected places that have no counts."""
    names = [one.place.label[context.lang] for one in all_of if one not in known]
    if not names:
        return []
    return [context.t("panel.industry_missing", places=listing(names, context.t))]


def withheld(industries: Sequence[Industry], context: Context) -> list[str]:
    """Say why a circle has no workers, and so no quotients."""
    t = context.t
    return [
        t(
            "panel.of_place",
            place=one.place.label[context.lang],
            say=listing(map(context.note, one.reason), t),
        )
        for one in industries
        if one.place.kind == "circle" and one.total.value is None
    ]


def quotient_keys(context: Context) -> list[Key]:
    """Return the classes of the bars, from the highest."""
    t = context.t
    limits = [f"{limit:g}" for limit in CLASSES]
    words = [
        t("export.below", high=limits[0]),
        *(t("export.from_to", low=a, high=b) for a, b in pairwise(limits)),
        t("export.at_least", low=limits[-1]),
    ]
    return [Key(word, colour) for word, colour in zip(words, COLOURS, strict=True)][::-1]


def mark_keys(known: Sequence[Industry], context: Context) -> list[Key]:
    """Return the entries for the marks that the chart shows, and only those."""
    found = [row for one in known for row in one.rows if row.lq is not None]
    keys = []
    if any(not row.stable for row in found):
        keys.append(Key(context.t("export.unstable"), COLOURS[-2], "hatched"))
    if any(row.lq_before is not None for row in found):
        keys.append(Key(context.t("export.before"), "text", "hollow"))
    return keys


def rows(one: Industry, context: Context) -> Iterator[Row]:
    """Yield quotient, shares and sampled workers of each industry of a place."""
    for row in one.rows:
        industry = context.term("industry", row.sector)
        key = row.indicator.removeprefix("emp_")
        # Those of the catalogue by their ids, so that they can be asked where they come from.
        items = {"lq": f"lq_{key}", "before": f"lq_{key}", "count": row.indicator}
        for measure, value, unit, year in _measures(one, row, context):
            yield Row(
                one.place.id,
                one.place.label,
                items.get(measure, f"{measure}_{key}"),
                joined(industry, both_words(f"export.measure_{measure}")),
                value,
                unit,
                year,
                "computed" if measure != "count" else one.total.status or "",
                one.total.source_ids,
                "" if row.stable or measure != "lq" else context.t("panel.hover_unstable"),
                "" if measure == "count" else one.benchmark,
            )


def _measures(
    one: Industry, row: IndustryRow, context: Context
) -> list[tuple[str, float | None, str, str]]:
    people = context.word("unit", one.total.unit) if one.total.unit else ""
    found: list[tuple[str, float | None, str, str]] = [
        ("lq", row.lq, "", one.year),
        ("share", row.share, "", one.year),
        ("benchmark", row.benchmark_share, "", one.year),
        ("count", row.count, people, one.year),
    ]
    if row.lq_before is not None:
        found.append(("before", row.lq_before, "", CENSUS_YEARS[0]))
    return found


def total_rows(shown: Sequence[Industry], context: Context) -> Iterator[Row]:
    """Yield the sampled workers of each place, of all industries."""
    for one in shown:
        item = ("emp_sample_total", both_words("export.measure_total"))
        yield value_row(one.place, item, one.total, context)


def _ask(t: Text) -> Component:
    return html.P(t("panel.read_ask"), className=f"panel-key {HINT}")


def _totals(industries: Sequence[Industry], context: Context, feet: Footnotes) -> Component:
    """Write the sampled workers of each place, with their sources."""
    t = context.t
    written: list[Any] = []
    for one in industries:
        said = t("panel.total_of", place=one.place.label[context.lang], n=number(one.total.value))
        marks = feet.mark(one.total.source_ids, one.total.note)
        written += [*([t("panel.comma")] if written else []), said, *marks]
    return html.P([t("panel.total"), *written], className="panel-key")


PANEL = Panel(
    "explore",
    "industry",
    charts,
    ("industry",),
    ("scope", "benchmark", "regions", "census"),
    heading="panel.industry",
    reported=(Reported("export.report_industry", 30),),
)
