"""An axis of doublings for location quotients: as far from 1 to 2 as from 1 to a half."""

from __future__ import annotations

from math import ceil, floor, log2
from typing import TYPE_CHECKING, Any

from dashboard.lettering import width_of
from dashboard.palette import INK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.palette import Theme

FURTHEST = 7
"""Doublings from 1 that an axis reaches at most (1/128 and 128)."""
PAD = 0.03
"""Room beyond both ends, as a share of the axis."""
TYPE, FREE = 11, 5
"""Pixels of type on the axis, and between two numbers; where they are short, fewer have one."""
Limits = tuple[int, int]


def limits(quotients: Iterable[float]) -> Limits:
    """Return the doublings between which all positive quotients lie; 1 is always within."""
    found = [log2(lq) for lq in quotients if lq > 0]
    low, high = floor(min([*found, -0.01])), ceil(max([*found, 0.01]))
    return max(low, -FURTHEST), min(high, FURTHEST)


def at(lq: float, within: Limits) -> float:
    """Return where a quotient stands, held within the axis; 0 stands at its lower end."""
    low, high = within
    return float(low) if lq <= 0 else round(max(low, min(high, log2(lq))), 3)


def word(doublings: int) -> str:
    """Write a tick: 1/8 … 1 … 8."""
    return str(2**doublings) if doublings >= 0 else f"1/{2**-doublings}"


def axis(within: Limits, theme: Theme, room: float) -> dict[str, Any]:
    """Return an axis of `room` pixels with grid lines at doublings and a stronger one at 1."""
    low, high = within
    widest = max(width_of(word(one), TYPE) for one in range(low, high + 1))
    step = max(1, ceil((high - low) * (widest + FREE) / room))
    ticks: Sequence[int] = [one for one in range(low, high + 1) if one % step == 0]
    ink = INK[theme]
    pad = PAD * (high - low)
    return {
        "range": [low - pad, high + pad],
        "tickvals": ticks,
        "tickangle": 0,
        "ticktext": [word(one) for one in ticks],
        "tickfont": {"size": TYPE, "color": ink.muted},
        "gridcolor": ink.grid,
        "zeroline": True,
        "zerolinecolor": ink.muted,
        "zerolinewidth": 1.2,
        "fixedrange": True,
    }
