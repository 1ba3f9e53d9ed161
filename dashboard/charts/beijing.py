"""Beijing's industries in 2023: three things counted beside one another, each named."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dashboard.asked import asks
from dashboard.charts import doublings
from dashboard.charts.listed import SLIM, Column, Listing, fitting, listing
from dashboard.charts.record import Canvas, Chart, Key, Panel
from dashboard.charts.rows import both_words, joined, value_row
from dashboard.lettering import plain, width_of
from dashboard.numbers import NO_DATA, number, percent
from dashboard.palette import INK, SERIES
from dashboard.wording import listing as listed
from geodata.ids import BEIJING, NATION
from geodata.records import FigureId
from geodata.studies.beijing import CENSUS
from geodata.studies.industries import sector_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.charts.record import Row, Shape
    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.atlas import Atlas
    from geodata.studies.beijing import Quotient, Section

NAMES: Final = ("beijing", "beijing-divisions")
MARKS: Final[dict[str, tuple[Shape, str]]] = {
    "employees": ("dot", SERIES[0]),
    "value_added": ("diamond", SERIES[1]),
    "residents": ("square", SERIES[2]),
}
"""Mark and colour of each thing counted."""
HIGHEST: Final = 3
"""Sections and divisions that are named."""
LEAST, BESIDE = 46, 8
"""Pixels of a column at least, and beside its heading."""
TINY: Final = 0.00005
"""A share that two decimals of a percent would write as nothing."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the sections and the divisions, the chosen industry marked."""
    chosen = sector_of(view.industry)
    return [_sections(scene.atlas, chosen, context), _divisions(scene.atlas, chosen, context)]


def _sections(atlas: Atlas, chosen: str, context: Context) -> Chart:
    """Return the quotients of the sections by employees, value added and residents."""
    t, found = context.t, atlas.beijing.sections
    employed = sorted((one.employees for one in found if one.employees), key=lambda one: one.sector)
    sources = {
        "employees": sorted({i for one in employed for i in one.lq.source_ids}),
        "value_added": sorted({i for one in found for i in one.value_added.lq.source_ids}),
        "residents": atlas.industry(BEIJING, CENSUS, NATION).total.source_ids,
    }
    highest = sorted(found, key=lambda one: -(one.value_added.lq.value or 0))[:HIGHEST]
    first = listed(
        (f"{one.name[t.lang]} {number(one.value_added.lq.value, 2)}" for one in highest), t
    )
    enterprises = listed((one.name[t.lang] for one in employed if one.basis == "enterprises"), t)
    return Chart(
        NAMES[0],
        t("clusters.beijing_by_section"),
        atlas.place(BEIJING).label,
        partial(sections_chart, found, chosen, t),
        lambda: tuple(section_rows(atlas, context)),
        lead=t("clusters.beijing_lead"),
        say=(t("clusters.beijing_sections", n=len(found), first=first),),
        notes=(t("clusters.beijing_unlike", names=enterprises),),
        key=tuple(
            Key(
                t(f"clusters.beijing_{name}_told"),
                colour,
                shape,
                source_ids=tuple(sources[name]),
            )
            for name, (shape, colour) in MARKS.items()
        ),
    )


def _divisions(atlas: Atlas, chosen: str, context: Context) -> Chart:
    """Return the quotients of the divisions of industry and construction by employees."""
    t, found = context.t, atlas.beijing.divisions
    first = listed((f"{one.name[t.lang]} {number(one.lq.value, 2)}" for one in found[:HIGHEST]), t)
    return Chart(
        NAMES[1],
        t("clusters.beijing_by_division"),
        atlas.place(BEIJING).label,
        partial(divisions_chart, found, chosen, t),
        lambda: tuple(division_rows(atlas, context)),
        lead=t("clusters.beijing_lead"),
        say=(t("clusters.beijing_divisions", n=len(found), first=first),),
        below_said=(t("clusters.beijing_cut", n=len(found)),),
    )


def section_rows(atlas: Atlas, context: Context) -> Iterator[Row]:
    """Yield the quotients of Beijing's sections by employees, value added and residents."""
    place = atlas.place(BEIJING)
    for one in atlas.beijing.sections:
        census = f"lq_{one.residents.indicator.removeprefix('emp_')}"
        values = {
            "employees": one.employees.lq if one.employees else None,
            "value_added": one.value_added.lq,
            "residents": atlas.value(census, BEIJING, CENSUS, NATION),
        }
        for part, value in values.items():
            words = joined(one.name, both_words(f"clusters.beijing_{part}"))
            if value is not None:
                yield value_row(place, (f"{one.sector}_{part}", words), value, context)


def division_rows(atlas: Atlas, context: Context) -> Iterator[Row]:
    """Yield quotient and employees of each division."""
    place = atlas.place(BEIJING)
    for one in atlas.beijing.divisions:
        for part, value in (("lq", one.lq), ("persons", one.amount)):
            key = "column_lq" if part == "lq" else "beijing_persons"
            words = joined(one.name, both_words(f"clusters.{key}"))
            yield value_row(place, (f"{one.sector}_{part}", words), value, context)


def sections_chart(rows: Sequence[Section], chosen: str, t: Text, canvas: Canvas) -> dict[str, Any]:
    """Draw the three quotients of each section on an axis of doublings.

    Parameters
    ----------
    rows
        The sections, from above.
    chosen
        The section whose name stands out.
    t, canvas
        Words, and what it is drawn on.
    """
    values = {
        "employees": [one.employees.lq.value if one.employees else None for one in rows],
        "value_added": [one.value_added.lq.value for one in rows],
        "residents": [one.residents.lq for one in rows],
    }
    shown = values if canvas.width >= SLIM else {}
    about = Listing(
        names=[one.name[t.lang] for one in rows],
        chosen=[one.sector == chosen for one in rows],
        columns=[
            _column(t(f"clusters.beijing_{key}_short"), [_word(x) for x in of])
            for key, of in shown.items()
        ],
        width=canvas.width,
    )
    layout, written = listing(about, canvas.theme)
    within = doublings.limits(x for of in values.values() for x in of if x)
    layout["xaxis"] |= doublings.axis(within, canvas.theme, about.room)
    names = [one.name[t.lang] for one in rows]
    keys = [one.residents.indicator.removeprefix("emp_") for one in rows]
    residents = asks(FigureId(f"lq_{key}", BEIJING, CENSUS, NATION) for key in keys)
    traces = [
        _dots(key, names, of, within, (t, canvas)) | (residents if key == "residents" else {})
        for key, of in values.items()
    ]
    return {"data": [*traces, *written], "layout": layout}


def divisions_chart(
    rows: Sequence[Quotient], chosen: str, t: Text, canvas: Canvas
) -> dict[str, Any]:
    """Draw the quotient of each division by employees; parameters as `sections_chart`.

    On a canvas with a height it has the first rows, as many as there is room for.
    """
    rows = rows[: fitting(canvas.height)]
    columns = [Column(t("clusters.column_lq"), [_word(one.lq.value) for one in rows], 48)]
    if canvas.width >= SLIM:
        columns += [
            Column(t("clusters.beijing_persons"), [number(one.amount.value) for one in rows], 62),
            Column(t("clusters.column_share"), [_share(one.share) for one in rows], 58),
        ]
    names = [f"{one.sector[1:]} {one.name[t.lang]}" for one in rows]
    about = Listing(names, [one.sector[0] == chosen for one in rows], columns, canvas.width)
    layout, written = listing(about, canvas.theme)
    quotients = [one.lq.value for one in rows]
    within = doublings.limits(x for x in quotients if x)
    layout["xaxis"] |= doublings.axis(within, canvas.theme, about.room)
    return {
        "data": [_dots("employees", names, quotients, within, (t, canvas)), *written],
        "layout": layout,
    }


def _column(title: str, words: Sequence[str]) -> Column:
    return Column(title, words, max(LEAST, round(width_of(title)) + BESIDE))


def _share(share: float) -> str:
    return "<0.01%" if 0 < share < TINY else percent(share, 2)


def _word(quotient: float | None) -> str:
    return NO_DATA if quotient is None else number(quotient, 2)


def _dots(
    key: str,
    names: Sequence[str],
    values: Sequence[float | None],
    within: doublings.Limits,
    about: tuple[Text, Canvas],
) -> dict[str, Any]:
    t, canvas = about
    shape, colour = MARKS[key]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [None if x is None else doublings.at(x, within) for x in values],
        "y": list(range(len(values))),
        "hovertext": [
            f"<b>{plain(name)}</b><br>{t(f'clusters.beijing_{key}')} {_word(x)}"
            for name, x in zip(names, values, strict=True)
        ],
        "hoverinfo": "text",
        "marker": {
            "symbol": "circle" if shape == "dot" else shape,
            "size": 9,
            "color": colour,
            "line": {"width": 1, "color": INK[canvas.theme].paper},
        },
        "name": t(f"clusters.beijing_{key}"),
    }


PANEL = Panel("clusters", NAMES[0], charts, NAMES, ("industry",))
