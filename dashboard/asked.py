"""Numbers that can be asked where they come from: how a figure of the catalogue is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.records import FigureId

BETWEEN: Final = "|"
"""Stands between the parts of the name of a figure."""


def name_of(figure: FigureId) -> str:
    """Write what names a figure; a benchmark of the view is left out."""
    parts = (figure.indicator, figure.place, figure.year, figure.benchmark)
    return BETWEEN.join(parts if figure.benchmark else parts[:3])


def asks(figures: Iterable[FigureId]) -> dict[str, Any]:
    """Return the property of a trace that names the figure of each of its marks, in order.

    A click on a mark asks for its figure (assets/origin.js). One that the catalogue has not is
    named without a place or a year, and cannot be asked.
    """
    return {"meta": [name_of(one) if one.place and one.year else "" for one in figures]}
