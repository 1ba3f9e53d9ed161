"""Beijing's industries as location quotients: one row each, a mark for each thing counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.asked import asks, marked
from dashboard.charts import doublings
from dashboard.charts.listed import SLIM, Column, Listing, listing
from dashboard.lettering import plain, width_of
from dashboard.numbers import NO_DATA, number, percent
from dashboard.palette import CIRCLES, INK
from geodata.ids import BEIJING, NATION
from geodata.records import FigureId
from geodata.studies.beijing import CENSUS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.studies.beijing import Quotient, Section

MARKS: Final[dict[str, tuple[str, str]]] = {
    "employees": ("circle", CIRCLES[0]),
    "value_added": ("diamond", CIRCLES[1]),
    "residents": ("square", CIRCLES[2]),
}
"""Symbol and colour of each thing counted."""
LEAST, BESIDE = 46, 8
"""Pixels of a column at least, and beside its heading."""
TINY: Final = 0.00005
"""A share that two decimals of a percent would write as nothing."""


def sections_chart(
    rows: Sequence[Section], chosen: str, t: Text, theme: Theme, width: int
) -> dict[str, Any]:
    """Draw the three quotients of each section on an axis of doublings.

    Parameters
    ----------
    rows
        The sections, from above.
    chosen
        The section whose name stands out.
    t, theme, width
        Words, colours, and pixels of the whole.
    """
    values = {
        "employees": [one.employees.lq.value if one.employees else None for one in rows],
        "value_added": [one.value_added.lq.value for one in rows],
        "residents": [one.residents.lq for one in rows],
    }
    shown = values if width >= SLIM else {}
    about = Listing(
        names=[one.name[t.lang] for one in rows],
        chosen=[one.sector == chosen for one in rows],
        columns=[
            _column(t(f"clusters.beijing_{key}_short"), [_word(x) for x in of])
            for key, of in shown.items()
        ],
        width=width,
    )
    layout, written = listing(about, theme)
    within = doublings.limits(x for of in values.values() for x in of if x)
    layout["xaxis"] |= doublings.axis(within, theme, about.room)
    names = [one.name[t.lang] for one in rows]
    residents = FigureId("lq_%{customdata}", BEIJING, CENSUS, NATION)
    keys = [one.residents.indicator.removeprefix("emp_") for one in rows]
    traces = [
        _dots(key, names, of, within, (t, theme))
        | ({"customdata": keys, **asks(residents)} if key == "residents" else {})
        for key, of in values.items()
    ]
    return {"data": [*traces, *written], "layout": layout}


def divisions_chart(
    rows: Sequence[Quotient], chosen: str, t: Text, theme: Theme, width: int
) -> dict[str, Any]:
    """Draw the quotient of each division by employees; parameters as `sections_chart`."""
    columns = [Column(t("clusters.column_lq"), [_word(one.lq.value) for one in rows], 48)]
    if width >= SLIM:
        columns += [
            Column(t("clusters.beijing_persons"), [number(one.amount.value) for one in rows], 62),
            Column(t("clusters.column_share"), [_share(one.share) for one in rows], 58),
        ]
    names = [f"{one.sector[1:]} {one.name[t.lang]}" for one in rows]
    about = Listing(names, [one.sector[0] == chosen for one in rows], columns, width)
    layout, written = listing(about, theme)
    quotients = [one.lq.value for one in rows]
    within = doublings.limits(x for x in quotients if x)
    layout["xaxis"] |= doublings.axis(within, theme, about.room)
    return {
        "data": [_dots("employees", names, quotients, within, (t, theme)), *written],
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
    about: tuple[Text, Theme],
) -> dict[str, Any]:
    t, theme = about
    symbol, colour = MARKS[key]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [None if x is None else doublings.at(x, within) for x in values],
        "y": list(range(len(values))),
        "hovertext": [
            f"<b>{plain(name)}</b><br>{t(f'clusters.beijing_{key}')} {marked(_word(x))}"
            for name, x in zip(names, values, strict=True)
        ],
        "hoverinfo": "text",
        "marker": {
            "symbol": symbol,
            "size": 9,
            "color": colour,
            "line": {"width": 1, "color": INK[theme].paper},
        },
        "name": t(f"clusters.beijing_{key}"),
    }
