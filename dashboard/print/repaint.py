"""A figure in another palette of print: its colours, and marks that do without them.

In grey lines differ by dash, point layers by shape, and what has no data is hatched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.colours import legible
from dashboard.palette import INK
from dashboard.print.inks import BORDER, DASHES, SYMBOLS, inked, solid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.papers import Palette

LINES: Final = frozenset({"line", "font", "textfont", "tickfont"})
"""What of a circle is black in grey, where its areas differ by their grey."""
BLACK: Final = "#000000"
OUTLINE: Final = {"color": BLACK, "width": 1.4}
"""The edge of a dot in grey."""
INSIDE: Final = frozenset({"inside", "middle center"})


def repainted(figure: Mapping[str, Any], palette: Palette) -> dict[str, Any]:
    """Return data and layout with every colour in another palette.

    What a reader of paper tells apart without colours is left in `meta` of its trace, for
    `dashboard.print.outlines`: `dash` of the lines of areas, and `hatched`, the areas without data.
    """
    if palette == "colour":
        return dict(figure)
    traces = [_trace(trace, palette) for trace in figure["data"]]
    layout: dict[str, Any] = _part(figure["layout"], palette)
    return {"data": traces, "layout": layout}


def _trace(trace: Mapping[str, Any], palette: Palette) -> dict[str, Any]:
    made: dict[str, Any] = dict(trace)
    if palette == "grey" and trace["type"] == "choropleth":
        made |= _areas(trace)
    if palette == "grey" and solid(str(trace.get("line", {}).get("color", ""))) in DASHES:
        made |= _dashed(trace)
    marker = trace.get("marker", {})
    if palette == "grey" and str(marker.get("color")) in SYMBOLS:
        symbol = SYMBOLS[marker["color"]]
        made["marker"] = {
            **marker,
            "symbol": symbol,
            "opacity": 1,
            "color": "#ffffff",
            "line": OUTLINE,
        }
    painted: dict[str, Any] = _part(made, palette)
    if on := _grounds(trace):
        inks = [legible(inked(one, palette)) for one in on]
        flat = inks[0] if isinstance(marker.get("color"), str) else inks
        painted["textfont"] = {**painted.get("textfont", {}), "color": flat}
    return painted


def _dashed(trace: Mapping[str, Any]) -> dict[str, Any]:
    """Return line and points of a line in grey: black, in the pattern of its colour."""
    line, marker = trace["line"], trace.get("marker", {})
    dash, times = DASHES[solid(line["color"])]
    drawn = {**line, "color": BLACK, "dash": dash, "width": line.get("width", 2) * times}
    own = {"marker": {**marker, "color": BLACK}} if marker.get("color") == line["color"] else {}
    return {"line": drawn, **own}


def _areas(trace: Mapping[str, Any]) -> dict[str, Any]:
    """Return lines and `meta` of areas in grey."""
    marker, meta = trace.get("marker", {}), dict(trace.get("meta") or {})
    line = marker.get("line", {})
    colour = solid(line.get("color", ""))
    if colour == INK["light"].county_line:
        line = {**line, "color": BORDER}
    if colour in DASHES:
        meta["dash"], times = DASHES[colour]
        line = {**line, "width": line["width"] * times}
    steps = [step for _, step in trace["colorscale"][::2]]
    without = {at for at, step in enumerate(steps) if step == INK["light"].no_data}
    meta["hatched"] = [
        code
        for code, z in zip(trace["locations"], trace["z"], strict=True)
        if round(z - trace["zmin"] - 0.5) in without
    ]
    return {"marker": {**marker, "line": line}, "meta": meta}


def _grounds(trace: Mapping[str, Any]) -> list[str]:
    """Return the colours that the words of a trace stand on, where they stand on marks."""
    meta, marker = trace.get("meta"), trace.get("marker", {}).get("color", [])
    if isinstance(meta, dict) and "on" in meta:
        return list(meta["on"])
    usual = "middle center" if "markers+text" in str(trace.get("mode")) else ""
    if str(trace.get("textposition", usual)) not in INSIDE or trace["type"] == "scattergeo":
        return []
    colours = [marker] if isinstance(marker, str) else list(marker)
    return colours if all(str(one).startswith("#") for one in colours) else []


def _part(part: Any, palette: Palette, name: str = "") -> Any:  # noqa: ANN401 - any part of a figure
    if isinstance(part, dict):
        return {
            key: _part(value, palette, name if key == "color" else key)
            for key, value in part.items()
        }
    if isinstance(part, list | tuple):
        return [_part(value, palette, name) for value in part]
    if not isinstance(part, str):
        return part
    if palette == "grey" and name in LINES and solid(part) in DASHES:
        return BLACK
    return inked(part, palette)
