"""One strip of the industry figure: bars, the shift since 2010, arrows and numbers of a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.asked import asks
from dashboard.lettering import plain
from dashboard.numbers import number, percent
from dashboard.palette import INK
from dashboard.panels.quotients import LIMIT, clipped, colour, position, quotient_text, share_column
from geodata.records import FigureId

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.palette import Theme
    from dashboard.text import Text
    from geodata.records import Industry, IndustryRow, Name

EDGE = 12
"""Pixels beyond the limits, where the arrows stand."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Where one place is drawn: its axis, the pixels per doubling and its columns."""

    axis: str
    unit: float
    columns: dict[str, int]
    domain: tuple[float, float] = (0, 1)

    @property
    def limit(self) -> float:
        """Return where the bars' part of the axis ends, arrows included."""
        return LIMIT + EDGE / self.unit

    @property
    def ends(self) -> dict[str, float]:
        """Return the right edge of each column in axis units."""
        at, ends = self.limit, {}
        for key, width in self.columns.items():
            at += width / self.unit
            ends[key] = at
        return ends


def traces(
    industry: Industry,
    strip: Strip,
    about: tuple[Text, Theme, Sequence[str]],
    term: Callable[[str, str], Name],
) -> list[dict[str, Any]]:
    """Return the traces of one place; `about` holds words, theme and the sectors in row order."""
    t, theme, order = about
    at = {sector: y for y, sector in enumerate(order)}
    benchmark = plain(term("benchmark", industry.benchmark)[t.lang])
    full = {row.sector: plain(term("industry", row.sector)[t.lang]) for row in industry.rows}
    drawn = [(at[row.sector], row, row.lq) for row in industry.rows if row.lq is not None]
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "y": [y for y, _, _ in drawn],
            "x": [round(position(lq), 4) for _, _, lq in drawn],
            "marker": {
                "color": [colour(lq) for _, _, lq in drawn],
                "line": {"width": 0},
                "pattern": {
                    "shape": ["" if row.stable else "/" for _, row, _ in drawn],
                    "size": 5,
                    "solidity": 0.35,
                },
            },
            **_asks(industry),
            "hovertext": [_hover(row, full[row.sector], benchmark, t) for _, row, _ in drawn],
            "hoverinfo": "text",
            "name": "lq",
        },
        *_shift(drawn, theme),
        *_arrows(drawn, strip, theme),
        *_numbers(industry, strip, at, theme),
    ]
    return [{**trace, "xaxis": f"x{strip.axis}"} for trace in traces]


def _asks(industry: Industry) -> dict[str, Any]:
    """Name the quotient of each bar."""
    place, year, benchmark = industry.place.id, industry.year, industry.benchmark
    keys = (row.indicator.removeprefix("emp_") for row in industry.rows if row.lq is not None)
    return asks(FigureId(f"lq_{key}", place, year, benchmark) for key in keys)


def _hover(row: IndustryRow, name: str, benchmark: str, t: Text) -> str:
    lines = [
        f"<b>{name}</b>",
        t("panel.hover_lq", lq=plain(quotient_text(row))),
        t(
            "panel.hover_share",
            share=share_column(row),
            benchmark=benchmark,
            other=percent(row.benchmark_share, 2),
        ),
        t("panel.hover_count", n=number(row.count)),
    ]
    if not row.stable:
        lines.append(t("panel.hover_unstable"))
    if row.lq_before is not None:
        lines.append(t("panel.hover_before", lq=number(row.lq_before, 2)))
    return "<br>".join(lines)


def _shift(drawn: Sequence[tuple[int, IndustryRow, float]], theme: Theme) -> list[dict[str, Any]]:
    """Join each comparable 2010 value, a hollow point, to the end of its bar."""
    ink = INK[theme]
    pairs = [
        (y, position(row.lq_before), position(lq))
        for y, row, lq in drawn
        if row.lq_before is not None
    ]
    if not pairs:
        return []
    line_x: list[float | None] = []
    line_y: list[float | None] = []
    for y, before, now in pairs:
        line_x += [round(before, 4), round(now, 4), None]
        line_y += [y, y, None]
    common = {"type": "scatter", "hoverinfo": "skip"}
    return [
        {
            **common,
            "mode": "lines",
            "x": line_x,
            "y": line_y,
            "line": {"width": 1.2, "color": ink.muted},
            "name": "shift",
        },
        {
            **common,
            "mode": "markers",
            "x": [round(before, 4) for _, before, _ in pairs],
            "y": [y for y, _, _ in pairs],
            "marker": {
                "size": 7,
                "color": ink.paper,
                "line": {"width": 1.4, "color": ink.text},
            },
            "name": "2010",
        },
    ]


def _arrows(
    drawn: Sequence[tuple[int, IndustryRow, float]], strip: Strip, theme: Theme
) -> list[dict[str, Any]]:
    """Point outwards from bars that end before their value."""
    ends = [(y, position(lq)) for y, _, lq in drawn if clipped(lq)]
    if not ends:
        return []
    away = 6 / strip.unit
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [round(x + (away if x > 0 else -away), 3) for _, x in ends],
            "y": [y for y, _ in ends],
            "marker": {
                "symbol": ["triangle-right" if x > 0 else "triangle-left" for _, x in ends],
                "size": 8,
                "color": INK[theme].text,
            },
            "hoverinfo": "skip",
            "cliponaxis": False,
            "name": "beyond",
        }
    ]


def _numbers(
    industry: Industry, strip: Strip, at: dict[str, int], theme: Theme
) -> list[dict[str, Any]]:
    """Write the columns of numbers, right-aligned at their edges."""
    ink = INK[theme]
    written: dict[str, Callable[[IndustryRow], str]] = {
        "lq": quotient_text,
        "share": share_column,
        "count": lambda row: number(row.count),
    }
    colours = [ink.text if row.stable else ink.muted for row in industry.rows]
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": [round(end, 3)] * len(industry.rows),
            "y": [at[row.sector] for row in industry.rows],
            "text": [plain(written[key](row)) for row in industry.rows],
            "textposition": "middle left",
            "textfont": {"color": colours if key == "lq" else ink.muted},
            "hoverinfo": "skip",
            "cliponaxis": False,
            "name": key,
        }
        for key, end in strip.ends.items()
    ]
