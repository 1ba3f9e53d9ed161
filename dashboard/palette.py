"""The colours of the atlas, for both themes.

Neighbouring classes, and each class and what stands for no data or for places outside, lie at
least 8 apart (ΔE of CIEDE2000), in every palette of print and in both themes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Theme = Literal["light", "dark"]

SEQUENTIAL = ("#e6efc9", "#c0dac8", "#93c1bb", "#6aa6ac", "#4b8b9c", "#2c7788", "#154a63")
"""Pale lime to deep blue in equal steps: amounts and shares."""
DIVERGING = ("#6f9fbf", "#9dbfd3", "#cbdde6", "#f7eecb", "#f3d5b5", "#e6ad7a", "#cf8147")
"""Blue below, cream at, ochre above the centre: location quotients and changes."""
PAIRED = (
    *("#e6efc9", "#dabe8b", "#c88d50"),
    *("#93c0c0", "#a29087", "#91615b"),
    *("#0694b6", "#4d678b", "#583961"),
)
"""Of two indicators in thirds: pale, blue the more of the first, ochre the more of the second,
dark violet where both are high. Row by row of the first, from its lowest third."""
HEAT = ("#fff5c8", "#fac858", "#f29a36", "#e56f31", "#d34f2e", "#a62a35", "#6b1237")
"""Pale yellow to dark red: how dense points are, over areas of `SEQUENTIAL`."""
CIRCLES = (
    *("#b5432f", "#2a6f97", "#6a7b35", "#7b5aa6", "#9a6c16", "#4b7f78"),
    *("#4a2626", "#a31a61", "#0f3d1f", "#a8626e", "#541048", "#1a8434"),
)
"""Of circles, and of nothing else (see `circle_colours`); each carries white type.

The last six lie as far from all before them as white type allows: any two differ by 28 or more in
CIELAB (ΔE*ab of 1976).
"""

SERIES = (
    *("#5661c4", "#c77d00", "#0e93a8", "#d0288c", "#4a9e1f", "#9a3fe0"),
    *("#e0525f", "#8f8f00", "#a3836a", "#e040e0", "#7f9a88", "#858b96"),
)
"""Of what is no circle: cities and provinces side by side, parts of a sum, outcomes.

Each stands out from the paper of both themes by 3 to 1 at least.
"""


@dataclass(frozen=True, slots=True)
class Ink:
    """Surfaces and lines of one theme.

    Areas are light in both themes, so that a class keeps its colour; `label` is for type on them,
    `arc` for lines across them and `wing` for the wings. `pale` is the opacity of the colours of
    places that a circle only radiates to or holds in part, over the sea.
    """

    paper: str
    land: str
    sea: str
    text: str
    muted: str
    grid: str
    county_line: str
    strong_line: str
    no_data: str
    accent: str
    label: str
    arc: str
    wing: str
    pale: float


INK: dict[Theme, Ink] = {
    "light": Ink(
        paper="#ffffff",
        land="#f4f2ec",
        sea="#e9eef1",
        text="#20272b",
        muted="#5c676d",
        grid="#e3e5e2",
        county_line="#ffffff",
        strong_line="#57636a",
        no_data="#cdcdca",
        accent="#c81e4b",
        label="#20272b",
        arc="#333f8a",
        wing="#c81e4b",
        pale=0.45,
    ),
    "dark": Ink(
        paper="#1b2024",
        land="#7b8286",
        sea="#14181b",
        text="#e7eaea",
        muted="#a3adb2",
        grid="#343c42",
        county_line="#e4e4df",
        strong_line="#3d474d",
        no_data="#b9bcba",
        accent="#ef8b74",
        label="#14191c",
        arc="#2f3c9c",
        wing="#c81e4b",
        pale=0.7,
    ),
}


def circle_colours(ids: Iterable[str], first: Iterable[str]) -> dict[str, str]:
    """Return the colour of each circle of a scheme by its id.

    Parameters
    ----------
    ids
        Its circles in their order, `geodata.ids.MOST_CIRCLES` at most.
    first
        The circles of the scheme that the atlas opens with. They have the first colours and keep
        them in every scheme; others take those that are left, theirs last.
    """
    kept = dict(zip(first, CIRCLES, strict=False))
    wanted = tuple(ids)
    taken = {kept[one] for one in wanted if one in kept}
    rest = (*CIRCLES[len(kept) :], *kept.values())
    free = (colour for colour in rest if colour not in taken)
    return {one: kept.get(one) or next(free) for one in wanted}


def classes(colours: tuple[str, ...], k: int) -> tuple[str, ...]:
    """Return `k` colours spread over `colours`, both ends kept."""
    if k == 1:
        return (colours[len(colours) // 2],)
    step = (len(colours) - 1) / (k - 1)
    return tuple(colours[round(i * step)] for i in range(k))


def faded(colour: str, alpha: float) -> str:
    """Return `colour` (#rrggbb) with an opacity of 0 to 1."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"
