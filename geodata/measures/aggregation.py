"""Wholes from parts: what may be added up, what is recomputed, what is refused.

Amounts are added; shares, rates and densities are never averaged but computed again from added
ingredients. A part without a figure is named, not estimated.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from geodata.ids import OWN
from geodata.records import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.records import Status

PERCENT: Final = 100.0


def add(parts: Sequence[Value]) -> Value:
    """Add figures of one unit and one year.

    Parameters
    ----------
    parts
        At least one figure, all with a value.

    Returns
    -------
    Value
        The figure itself where there is one only; else as `computed` gives it.

    Raises
    ------
    ValueError
        If there is no part, a part has no value, or units or years differ.
    """
    numbers = [p.value for p in parts if p.value is not None]
    if not parts or len(numbers) < len(parts):
        message = "Nothing to add, or a part without a figure; leave such parts out and name them."
        raise ValueError(message)
    if len({(p.unit, p.year) for p in parts}) > 1:
        kinds = sorted({f"{p.unit} {p.year}" for p in parts})
        message = f"Figures in {', '.join(kinds)} cannot be added; use one unit and one year."
        raise ValueError(message)
    if len(parts) == 1:
        return parts[0]
    # As decimals the sum is exact: neither the order of the parts nor binary noise can show.
    total = float(sum(Decimal(repr(number)) for number in numbers))
    return computed(total, parts[0].unit, parts[0].year, parts)


def computed(
    number: float | None, unit: str, year: str, parts: Sequence[Value], *notes: str
) -> Value:
    """Return a computed figure with the sources and notes of all its parts, each once.

    Where a part is a reader's own, so is the figure.
    """
    sources = {s for p in parts for s in p.source_ids}
    fragments = dict.fromkeys((*notes, *(n for p in parts for n in p.note)))
    status: Status = OWN if any(p.status == OWN for p in parts) else "computed"
    return Value(number, unit, year, status, tuple(sorted(sources)), tuple(fragments))


def derive(operation: str, parts: Sequence[float], scale: float = 1.0) -> float | None:
    """Compute a derived figure from its ingredients.

    Parameters
    ----------
    operation
        "share": 100 · first / second; "ratio" and "density": scale · first / second; "sum": all
        added; "share_of_sum": 100 · first / all added.
    parts
        The ingredients in the order of the catalogue.
    scale
        Factor for "ratio" and "density", such as 10,000 for 亿元 / 万人 → 元.

    Returns
    -------
    float or None
        None where the denominator is zero.

    Raises
    ------
    ValueError
        If the operation is none of these: such a figure is not computed for a whole.
    """
    whole = math.fsum(parts)
    if operation == "sum":
        return whole
    if operation == "share_of_sum":
        return PERCENT * parts[0] / whole if whole else None
    factors = {"share": PERCENT, "ratio": scale, "density": scale}
    if operation not in factors:
        message = f"Operation {operation!r} is not computed for a whole; use {sorted(factors)}."
        raise ValueError(message)
    return factors[operation] * parts[0] / parts[1] if parts[1] else None
