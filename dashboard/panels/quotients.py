"""Location quotients: where they lie on a scale of doublings, their colour, their words."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

from dashboard.numbers import NO_DATA, number, percent
from dashboard.palette import DIVERGING

if TYPE_CHECKING:
    from geodata.records import IndustryRow
    from geodata.studies.specialisation import Sampled

LIMIT = 3.0
"""Bars end at 2 ** ±LIMIT (1/8 and 8): beyond, an arrow says so and the number tells."""
CLASSES = (0.5, 0.8, 1.0, 1.25, 2.0)
COLOURS = DIVERGING[:3] + DIVERGING[4:]
"""The diverging colours without the centre, which would vanish on the paper."""


def position(lq: float) -> float:
    """Place a quotient on the axis: doublings from 1, held within the limits."""
    return -LIMIT if lq <= 0 else max(-LIMIT, min(LIMIT, log2(lq)))


def clipped(lq: float) -> bool:
    """Return whether a bar ends before its value (0 has no place on a scale of doublings)."""
    return lq <= 0 or abs(log2(lq)) > LIMIT


def colour(lq: float) -> str:
    """Return the class colour of a quotient as it is printed, blue below one and ochre above."""
    return COLOURS[sum(round(lq, 2) >= limit for limit in CLASSES)]


def quotient_text(row: IndustryRow) -> str:
    """Write a quotient; brackets say that it rests on too few workers to be stable."""
    if row.lq is None:
        return NO_DATA
    written = "<0.01" if 0 < row.lq < 0.005 else number(row.lq, 2)  # noqa: PLR2004
    return written if row.stable else f"({written})"


def quotient_word(one: Sampled) -> str:
    """Write a quotient, in brackets where it rests on too few workers."""
    written = number(one.lq.value, 2)
    return written if one.stable else f"({written})"


def interval_text(limits: tuple[float | None, float | None]) -> str:
    """Write the limits of a quotient; a dash where they are unknown."""
    low, high = limits
    return NO_DATA if low is None else f"{number(low, 2)}–{number(high, 2)}"


def share_column(row: IndustryRow) -> str:
    """Write the share of an industry in employment; hundredths where tenths would show nothing."""
    tiny = row.share is not None and 0 < row.share < 0.0005  # noqa: PLR2004
    return percent(row.share, 2 if tiny else 1)
