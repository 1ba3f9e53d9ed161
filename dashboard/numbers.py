"""How a figure is written: thousands separated, decimals by indicator, a dash for no data."""

from __future__ import annotations

NO_DATA = "–"
MINUS = "−"


def number(value: float | None, decimals: int = 0, *, signed: bool = False) -> str:
    """Write `value` with `decimals` places, a true minus sign and, if `signed`, a plus."""
    if value is None:
        return NO_DATA
    shown = f"{value:+,.{decimals}f}" if signed else f"{value:,.{decimals}f}"
    if float(shown.replace(",", "")) == 0:
        shown = shown.lstrip("+-")
    return shown.replace("-", MINUS)


def percent(share: float | None, decimals: int = 1) -> str:
    """Write a share in 0..1 as a percentage."""
    return NO_DATA if share is None else f"{number(share * 100, decimals)}%"
