"""Circles as planned beside circles as measured: how many places are in both, or in one alone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.charts.choices import region_of
from dashboard.charts.listed import SLIM, Column, Listing, listing
from dashboard.charts.record import Canvas, Chart, Key, Panel, Reported, Row
from dashboard.charts.rows import both_words, joined, value_row, with_sources
from dashboard.lettering import plain
from dashboard.numbers import NO_DATA, number
from dashboard.palette import INK, SERIES
from dashboard.wording import Context, sentences
from dashboard.wording import listing as listed
from geodata.records import Name, Value
from geodata.studies.drawn_circles import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dash.development.base_component import Component

    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Place
    from geodata.studies.drawn_circles import Compared

NAME: Final = "planned"
PARTS: Final = {
    "shared": SERIES[1],
    "only_measured": SERIES[0],
    "only_planned": SERIES[2],
}
"""Colour of what is in both sets, and in one alone."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: every circle with a leading city as core, by both measures."""
    t, lang, study = context.t, context.lang, scene.atlas.drawn_circles
    found = study.compared(view.mass, float(view.exponent))
    drawn = [one for one in found if one.found.jaccard is not None]
    coreless = listed((_circle(scene, one.key)[lang] for one in study.coreless()), t)
    return [
        Chart(
            NAME,
            t("linkages.planned"),
            region_of(scene).label,
            partial(planned_chart, scene, drawn, t),
            lambda: tuple(rows(scene, found, context)),
            lead=t("linkages.planned_lead", minutes=number(LIMIT)),
            say=(said(scene, drawn, context),),
            notes=(
                *_notes(scene, found, context),
                t("linkages.planned_coreless", circles=coreless),
            ),
            key=tuple(Key(t(f"linkages.planned_{part}"), of) for part, of in PARTS.items()),
            source_ids=tuple(
                dict.fromkeys(i for one in found for value in one.values for i in value.source_ids)
            ),
            below=lambda _: [
                *(html.P(one, className="panel-remark") for one in _commuters(scene, context)),
                _members(scene, found, context),
            ],
        )
    ]


def _circle(scene: Scene, key: str) -> Name:
    """Name a circle with the year of its scheme, by which those of one name are told apart."""
    name, year = scene.atlas.place(key).label, scene.atlas.scheme(key.partition("/")[0]).year
    if year in name.zh:
        return name
    return both_words("linkages.planned_circle", name=name, year=int(year))


def _row_name(scene: Scene, one: Compared) -> Name:
    return joined(_circle(scene, one.circle.key), both_words(f"linkages.planned_{one.by}"))


def said(scene: Scene, found: Sequence[Compared], context: Context) -> str:
    """Tell the circle, or circles, that agree best with the hour by rail."""
    by_rail = [one for one in found if one.by == "rail"]
    best = max(one.found.jaccard or 0.0 for one in by_rail)
    closest = (
        _circle(scene, one.circle.key)[context.lang] for one in by_rail if one.found.jaccard == best
    )
    circles = listed(closest, context.t)
    return context.t("linkages.planned_said", circles=circles, jaccard=number(best, 2))


def _notes(scene: Scene, found: Sequence[Compared], context: Context) -> list[str]:
    """Count the members without a published time, and name the circles not named in full."""
    t, lang = context.t, context.lang
    by_rail = [one for one in found if one.by == "rail"]
    untold = [
        t(
            "linkages.planned_untold_in",
            circle=_circle(scene, one.circle.key)[lang],
            n=len(one.untold),
        )
        for one in by_rail
        if one.untold
    ]
    unnamed = [
        _circle(scene, one.circle.key)[lang]
        for one in by_rail
        if not one.circle.all_named or one.circle.missing is None
    ]
    empty = [_row_name(scene, one)[lang] for one in found if one.found.jaccard is None]
    return [
        t("linkages.planned_read"),
        *([t("linkages.planned_untold_of", circles=listed(untold, t))] if untold else []),
        *([t("linkages.planned_open", circles=listed(unnamed, t))] if unnamed else []),
        *([t("linkages.planned_empty", circles=listed(empty, t))] if empty else []),
    ]


def _commuters(scene: Scene, context: Context) -> Iterator[str]:
    for flow in scene.atlas.drawn_circles.commuting():
        yield context.t(
            "linkages.planned_commuting",
            origin=flow.origin.name[context.lang],
            destination=flow.destination.name[context.lang],
            n=number(flow.value.value),
            year=flow.value.year,
        )


def _members(scene: Scene, found: Sequence[Compared], context: Context) -> Component:
    """Name the places of each circle by where they are."""
    t, lang = context.t, context.lang
    lines = []
    for one in found:
        parts = [
            t(f"linkages.planned_{part}_named", places=listed((p.label[lang] for p in places), t))
            for part, places in _sets(scene, one).items()
            if places
        ]
        if one.parts:
            names = listed((p.label[lang] for p in one.parts), t)
            parts.append(t("linkages.planned_parts", places=names))
        lines.append(html.Li([html.B(_row_name(scene, one)[lang]), " ", sentences(parts)]))
    summary = html.Summary(t("linkages.planned_members"))
    return html.Details([summary, html.Ul(lines, className="panel-reading")], className="without")


def rows(scene: Scene, found: Sequence[Compared], context: Context) -> Iterator[Row]:
    """Yield the counts and the agreement of each circle, with the names as a note."""
    lang, t = context.lang, context.t
    for one in found:
        place = scene.atlas.place(one.circle.key)
        year = max((v.year for v in one.values), default="")
        of = with_sources(Value(None, "", year, "computed"), *one.values)
        for part, places in _sets(scene, one).items():
            words = joined(*(both_words(f"linkages.planned_{key}") for key in (one.by, part)))
            item = (f"{one.by}_{part}", words)
            row = value_row(place, item, replace(of, value=len(places)), context)
            yield replace(row, note=listed((p.label[lang] for p in places), t), catalogued=False)
        agreed = (one.by, "jaccard")
        item = ("_".join(agreed), joined(*(both_words(f"linkages.planned_{k}") for k in agreed)))
        row = value_row(place, item, replace(of, value=one.found.jaccard), context)
        yield replace(row, catalogued=False)


def _sets(scene: Scene, one: Compared) -> dict[str, Sequence[Place]]:
    """Return the places of each part, and by rail those of which no time is published."""
    found = {part: [*map(scene.atlas.place, getattr(one.found, part))] for part in PARTS}
    return {**found, **({"untold": one.untold} if one.by == "rail" else {})}


def planned_chart(
    scene: Scene, found: Sequence[Compared], t: Text, canvas: Canvas
) -> dict[str, Any]:
    """Draw a bar of counted places for each circle and measure, with the agreement beside it.

    Parameters
    ----------
    scene, found
        The circles, and what is drawn of them.
    t, canvas
        Words, and what it is drawn on.
    """
    names = [_circle(scene, one.circle.key)[t.lang] for one in found]
    words = [NO_DATA if (j := one.found.jaccard) is None else number(j, 2) for one in found]
    by = [t(f"linkages.planned_{one.by}") for one in found]
    columns = [
        Column(t("linkages.planned_jaccard"), words, 64 if canvas.width >= SLIM else 58),
        Column(t("linkages.planned_by"), by, 58),
    ]
    once = [n if at == 0 or n != names[at - 1] else "" for at, n in enumerate(names)]
    about = Listing(once, [False] * len(names), columns, canvas.width)
    layout, written = listing(about, canvas.theme)
    sets = [_sets(scene, one) for one in found]
    most = max(sum(len(own[part]) for part in PARTS) for own in sets)
    layout["barmode"] = "stack"
    layout["xaxis"] |= {
        "range": [0, most + 0.3],
        "dtick": 2,
        "fixedrange": True,
        "gridcolor": INK[canvas.theme].grid,
        "tickfont": {"size": 11, "color": INK[canvas.theme].muted},
    }
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "name": part,
            "y": list(range(len(found))),
            "x": [len(getattr(one.found, part)) for one in found],
            "marker": {"color": colour, "line": {"width": 0.8, "color": INK[canvas.theme].paper}},
            "width": 0.62,
            "hovertext": [
                f"<b>{plain(_row_name(scene, one)[t.lang])}</b>"
                f"<br>{plain(t(f'linkages.planned_{part}'))}  "
                + plain(listed((place.label[t.lang] for place in own[part]), t))
                for one, own in zip(found, sets, strict=True)
            ],
            "hoverinfo": "text",
        }
        for part, colour in PARTS.items()
    ]
    return {"data": [*bars, *written], "layout": layout}


PANEL = Panel(
    "linkages",
    NAME,
    charts,
    (NAME,),
    ("mass", "exponent"),
    reported=(Reported("linkages.planned", 39, ("region",)),),
)
