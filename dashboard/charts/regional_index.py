"""The bureau's index of the region: each release by itself, joined to nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.charts.axes import axis
from dashboard.charts.choices import region_of
from dashboard.charts.record import Canvas, Chart, Key, Panel, Reported, Row
from dashboard.charts.rows import both_words, value_row
from dashboard.lettering import base_layout
from dashboard.numbers import NO_DATA, number
from dashboard.palette import INK, SERIES
from dashboard.wording import Context, decimals_of, listing, year_text
from geodata.facts.printed import INDEX_PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dash.development.base_component import Component

    from dashboard.palette import Theme
    from dashboard.panels.components import Footnotes
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from geodata.records import Place
    from geodata.studies.regional_index import RegionalIndex, Release

HEIGHT: Final = 250
COLOURS: Final = {"2014": SERIES[1], "2010": SERIES[0]}
"""Colour of a base year."""
ROOM: Final = 12
"""Index points above and below."""


def charts(scene: Scene, _: View, context: Context) -> list[Chart]:
    """Return the one chart: every release with its base, and where releases disagree."""
    t, found, whole = context.t, scene.atlas.regional_index, region_of(scene)
    newest = found.releases[0].base
    latest = max((r for r in found.releases if r.base == newest), key=lambda r: r.year)
    nankai = _nankai(found, t)
    return [
        Chart(
            "regional_index",
            t("compare.regional_index"),
            whole.label,
            partial(index_chart, found.releases, t),
            lambda: rows(found, whole, context),
            lead=t(
                "compare.index_lead",
                year=latest.year,
                index=number(latest.total.value, 1),
                base=newest,
            ),
            notes=(_breaks(found, t),),
            key=tuple(
                Key(t("compare.index_base", base=base), colour, "dot")
                for base, colour in COLOURS.items()
            ),
            source_ids=latest.total.source_ids,
            below=lambda feet: [
                html.Div(_table(found, context, feet), className="scroll-x", tabIndex=0),
                html.P([nankai, *feet.mark(_sources(found))], className="panel-remark"),
            ],
            below_said=(nankai,),
        )
    ]


def _breaks(found: RegionalIndex, t: Text) -> str:
    """Say of which years a later release has another value."""
    breaks = (
        t(
            "compare.index_break",
            year=first.year,
            first=number(first.value, 1),
            later=number(later.value, 1),
        )
        for first, later in found.breaks
    )
    return t("compare.index_breaks", breaks=listing(breaks, t))


def _nankai(found: RegionalIndex, t: Text) -> str:
    """Tell the index of Nankai, which is drawn nowhere."""
    values = (f"{year_text(v.year, t)} {number(v.value, 2)}" for v in found.nankai)
    return t("compare.index_nankai", values=listing(values, t))


def _sources(found: RegionalIndex) -> list[str]:
    return sorted({i for v in found.nankai for i in v.source_ids})


def _table(found: RegionalIndex, context: Context, feet: Footnotes) -> Component:
    t = context.t
    heads = ("total", "rise", *INDEX_PARTS)
    names = [html.Th(t(f"compare.index_{name}"), className="num") for name in heads]
    ordered = sorted(found.releases, key=lambda r: (r.base, r.year), reverse=True)
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(t("compare.index_release")), *names])),
            html.Tbody([_row(release, context, feet) for release in ordered]),
        ],
        className="figures beside index-table",
    )


def _row(release: Release, context: Context, feet: Footnotes) -> Component:
    t = context.t
    shown = [release.total, release.rise, *map(release.parts.get, INDEX_PARTS)]
    decimals = max(decimals_of(v) for v in shown if v)
    words = [number(v.value, decimals) if v else NO_DATA for v in shown]
    name = html.Th(
        [
            year_text(release.year, t),
            *feet.mark(release.total.source_ids, release.total.note),
            html.Small(t("compare.index_base", base=release.base)),
        ],
        scope="row",
    )
    return html.Tr([name, *(html.Td(word, className="num") for word in words)])


def rows(found: RegionalIndex, whole: Place, context: Context) -> Iterator[Row]:
    """Yield each release of the bureau's index with its parts and its rise, then Nankai's."""
    for one in found.releases:
        values = {"total": one.total, "rise": one.rise, **one.parts}
        for part, value in values.items():
            if value is not None:
                words = both_words(f"compare.index_{part}")
                yield value_row(whole, (f"index_{one.base}_{part}", words), value, context)
    for value in found.nankai:
        words = both_words("compare.index_of_nankai")
        yield value_row(whole, ("nankai_index", words), value, context)


def index_chart(releases: Sequence[Release], t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw each release as a dot, with a line from the year before as that release has it.

    Lines of two releases do not meet where the later one has computed the year anew.
    """
    theme = canvas.theme
    values = [v for r in releases for v in (r.total.value, r.before.value if r.before else None)]
    known = [v for v in values if v is not None]
    years = [int(r.year) for r in releases]
    layout = base_layout(theme, HEIGHT, {"l": 40, "r": 12, "t": 14, "b": 26})
    layout["xaxis"] = axis(
        theme, range=[min(years) - 1.4, max(years) + 0.6], dtick=1, showgrid=False
    )
    layout["yaxis"] = axis(theme, range=[min(known) - ROOM, max(known) + ROOM])
    lines = [_line(r) for r in releases if r.before]
    dots = [_dots([r for r in releases if r.base == base], base, (t, theme)) for base in COLOURS]
    return {"data": [*lines, *dots], "layout": layout}


def _line(release: Release) -> dict[str, Any]:
    year = int(release.year)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [year - 1, year],
        "y": [release.before.value if release.before else None, release.total.value],
        "line": {"width": 1.6, "color": COLOURS[release.base]},
        "hoverinfo": "skip",
        "name": f"line {release.base} {release.year}",
    }


def _dots(releases: Sequence[Release], base: str, about: tuple[Text, Theme]) -> dict[str, Any]:
    t, theme = about
    words = [number(r.total.value, 1) for r in releases]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [int(r.year) for r in releases],
        "y": [r.total.value for r in releases],
        "text": words,
        "textposition": "top center",
        "textfont": {"size": 11, "color": INK[theme].text},
        "cliponaxis": False,
        "hovertext": [
            t("compare.index_hover", year=r.year, index=number(r.total.value, 2), base=base)
            for r in releases
        ],
        "hoverinfo": "text",
        "marker": {"size": 9, "color": COLOURS[base]},
        "name": t("compare.index_base", base=base),
    }


PANEL = Panel(
    "compare",
    "regional_index",
    charts,
    ("regional_index",),
    (),
    "sheet",
    reported=(Reported("compare.regional_index", 72, ("region",)),),
)
