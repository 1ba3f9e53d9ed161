"""Which divisions of a reader's own firms are concentrated beyond what chance and size explain."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.axes import axis
from dashboard.charts.choices import region_of
from dashboard.charts.listed import Column, Listing, fitting, listing
from dashboard.charts.own_registers import (
    division_name,
    division_of,
    nothing,
    own_row,
    own_value,
    register_of,
)
from dashboard.charts.record import Canvas, Chart, Panel
from dashboard.charts.rows import both_words, joined
from dashboard.numbers import number
from dashboard.palette import INK, SERIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.own.firms.study import Gamma, OwnFirms
    from geodata.records import Place

NAME: Final = "gamma"
DECIMALS: Final = 4
CLEAR: Final = 0.05
"""γ from which Ellison and Glaeser call an industry highly concentrated."""
ROOM: Final = 0.06


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: all divisions with enough firms, the chosen one marked."""
    t, own, place = context.t, register_of(scene, view), region_of(scene)
    found = own.gammas
    if not found:
        return [nothing(NAME, place.label, "firms.gamma_none", context)]
    high = [one for one in found if one.gamma >= CLEAR]
    by = t("firms.by_staff" if own.by_staff else "firms.by_firms")
    say = t(
        "firms.gamma_say",
        n=len(found),
        high=len(high),
        first=division_name(found[0].division)[context.lang],
        gamma=number(found[0].gamma, DECIMALS),
    )
    return [
        Chart(
            NAME,
            t("firms.gamma"),
            place.label,
            partial(gamma_chart, found, division_of(view), context),
            lambda: tuple(rows(own, found, place, context)),
            lead=t("firms.gamma_lead", by=by),
            say=(say,),
            notes=(t("firms.gamma_read"),),
            source_ids=(own.source_id,),
            tall=True,
        )
    ]


def rows(own: OwnFirms, found: Sequence[Gamma], place: Place, context: Context) -> Iterator[Row]:
    """Yield γ and the firms of each division."""
    year = str(own.last)
    for one in found:
        name = division_name(one.division)
        kinds = {"gamma": (one.gamma, ""), "count": (float(one.firms), own.unit)}
        for kind, (value, unit) in kinds.items():
            item = (
                f"firms_{kind}_{one.division:02}",
                joined(name, both_words(f"firms.column_{kind}")),
            )
            yield own_row(place, item, own_value(own, value, unit, year), context)


def gamma_chart(
    found: Sequence[Gamma], chosen: int | None, context: Context, canvas: Canvas
) -> dict[str, Any]:
    """Draw a bar for each division from 0, as many as the paper has room for."""
    t, ink = context.t, INK[canvas.theme]
    shown = found[: fitting(canvas.height)]
    about = Listing(
        names=[division_name(one.division)[t.lang] for one in shown],
        chosen=[one.division == chosen for one in shown],
        columns=[
            Column(t("firms.column_gamma"), [number(g.gamma, DECIMALS) for g in shown], 66),
            Column(t("firms.column_count"), [number(g.firms) for g in shown], 72),
        ],
        width=canvas.width,
    )
    layout, written = listing(about, canvas.theme)
    low, high = min(0.0, *(g.gamma for g in shown)), max(CLEAR, *(g.gamma for g in shown))
    pad = ROOM * (high - low)
    layout["xaxis"] |= axis(canvas.theme, range=[low - pad, high + pad], nticks=5, tickangle=0)
    layout["xaxis"] |= {"zeroline": True, "zerolinecolor": ink.muted}
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [round(g.gamma, 5) for g in shown],
        "y": list(range(len(shown))),
        "marker": {"color": [SERIES[0] if g.gamma >= CLEAR else ink.muted for g in shown]},
        "hovertext": [number(g.gamma, DECIMALS) for g in shown],
        "hoverinfo": "text",
        "name": "gamma",
    }
    return {"data": [bars, *written], "layout": layout}


PANEL = Panel("firms", NAME, charts, (NAME,), ("firms",), "sheet")
