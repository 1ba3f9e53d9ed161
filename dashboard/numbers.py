"""How a figure is written: thousands separated, decimals by indicator, a dash for no data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_DATA = "–"
MINUS = "−"
MOST_DECIMALS = 6
"""More are never written."""


def number(value: float | None, decimals: int = 0, *, signed: bool = False) -> str:
    """Write `value` with `decimals` places, a true minus sign and, if `signed`, a plus."""
    if value is None:
        return NO_DATA
    shown = f"{value:+,.{decimals}f}" if signed else f"{value:,.{decimals}f}"
    if float(shown.replace(",", "")) == 0:
        shown = shown.lstrip("+-")
    return shown.replace("-", MINUS)


def decimals_of(values: Iterable[float]) -> int:
    """Return the fewest decimals with which all `values` are written in full."""
    exact = list(values)
    return next(
        (n for n in range(MOST_DECIMALS) if all(round(x, n) == x for x in exact)), MOST_DECIMALS
    )


def percent(share: float | None, decimals: int = 1) -> str:
    """Write a share in 0..1 as a percentage."""
    return NO_DATA if share is None else f"{number(share * 100, decimals)}%"
