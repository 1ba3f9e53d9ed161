"""Several maps in one drawing of vectors, each in a subplot of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD: Final = 20
"""Pixels above a map of several for its title."""


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


def laid_in_rows(figure: dict[str, Any], columns: int, row: int) -> dict[str, Any]:
    """Lay the maps of a figure out in rows of so many pixels, each below its title."""
    layout = figure["layout"]
    panes: dict[str, str] = layout["meta"]["panes"]
    rows = -(-len(panes) // columns)
    head = HEAD / row / rows
    placed: dict[str, Any] = {"annotations": [], "height": rows * row, "dragmode": False}
    for at, (name, title) in enumerate(panes.items()):
        left, top = at % columns / columns, 1 - at // columns / rows
        low = max(0, top - 1 / rows)  # in floating point the last row may begin below the sheet
        placed[name] = {
            **layout[name],
            "domain": {"x": [left, left + 1 / columns], "y": [low, top - head]},
        }
        words = {"text": f"<b>{title}</b>", "showarrow": False, "font": {"size": 12}}
        corner = {"x": left, "y": top, "xanchor": "left", "yanchor": "top"}
        placed["annotations"].append({"xref": "paper", "yref": "paper", **corner, **words})
    return {**figure, "layout": {**layout, **placed}}
