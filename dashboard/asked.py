"""Numbers of a figure that can be asked where they come from.

The label of a mark holds such a number between `<span>` and `</span>`. `meta` of the trace names
the figures of the catalogue in the order in which a label holds them; what differs from mark to
mark stands there as in a hover template. assets/twin.js reads both, and takes a name with an
empty place or year for none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from geodata.records import FigureId

BETWEEN: Final = "|"
"""Stands between the parts of the name of a figure."""


def name_of(figure: FigureId) -> str:
    """Write what names a figure; a benchmark of the view is left out."""
    parts = (figure.indicator, figure.place, figure.year, figure.benchmark)
    return BETWEEN.join(parts if figure.benchmark else parts[:3])


def marked(written: str) -> str:
    """Mark a number within a label as one that can be asked."""
    return f"<span>{written}</span>"


def asks(*figures: FigureId) -> dict[str, Any]:
    """Return the property of a trace that names the numbers marked in its labels, in order."""
    return {"meta": [name_of(figure) for figure in figures]}
