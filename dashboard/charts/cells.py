"""Figures written into the cells of a heat map, each black or white as its cell asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.colours import legible

if TYPE_CHECKING:
    from collections.abc import Sequence


def written(cells: Sequence[tuple[int, int, str, str]], size: float) -> dict[str, Any]:
    """Return the trace that lies over a heat map.

    `meta.on` are the colours of the cells, from which print chooses again for its palette.

    Parameters
    ----------
    cells
        Column, row, words and the colour (#rrggbb) of each cell that is written into; at least one.
    size
        Pixels of type.
    """
    columns, rows, words, on = zip(*cells, strict=True)
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(columns),
        "y": list(rows),
        "text": list(words),
        "textfont": {"size": size, "color": [legible(one) for one in on]},
        "meta": {"on": list(on)},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
