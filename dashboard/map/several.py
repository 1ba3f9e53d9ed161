"""Several maps in one drawing of vectors, each in a subplot of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def several(figures: Sequence[dict[str, Any]], titles: Sequence[str]) -> dict[str, Any]:
    """Put `geo` figures into one; where each of them goes is left to whoever lays the sheet out.

    Parameters
    ----------
    figures
        One or more of `map_chart`, for the renderer "geo".
    titles
        What stands over each; `layout.meta.panes` holds them by the names of the subplots.

    Returns
    -------
    dict
        Data and layout.
    """
    names = [subplot(at) for at in range(len(figures))]
    first = figures[0]["layout"]
    panes = {name: one["layout"]["geo"] for name, one in zip(names, figures, strict=True)}
    titled = dict(zip(names, titles, strict=True))
    return {
        "data": [
            {**trace, "geo": name}
            for name, one in zip(names, figures, strict=True)
            for trace in one["data"]
        ],
        "layout": {**first, **panes, "meta": {**first["meta"], "panes": titled}},
    }


def subplot(at: int) -> str:
    """Return what Plotly calls the subplot with this number, from 0."""
    return "geo" if at == 0 else f"geo{at + 1}"
