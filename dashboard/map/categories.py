"""Areas coloured by class instead of by number: where likes cluster, hot and cold spots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.lettering import plain
from dashboard.map.fill import OUTSIDE, stepped
from dashboard.numbers import number
from dashboard.palette import DIVERGING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.palette import Ink
    from dashboard.text import Text
    from geodata.studies.space import HotPattern, LocalPattern

LISA = {
    "HH": DIVERGING[-1],
    "HL": DIVERGING[-3],
    "LH": DIVERGING[2],
    "LL": DIVERGING[0],
}
HOT = {"hot": DIVERGING[-1], "cold": DIVERGING[0]}
QUIET = DIVERGING[3]
"""Colour of a place that does not stand out."""
REST = ("none", "na")
"""Places that do not stand out, and those that could not be examined."""


@dataclass(frozen=True, slots=True)
class Classed:
    """Places by class.

    `kinds` are the classes in the order of the legend and their colours, without `REST`; `inside`
    are the places shown (None for all). `statistic` names the figure of the hover.
    """

    codes: Sequence[str]
    of: Sequence[str]
    figures: Sequence[tuple[float | None, float | None, float | None]]
    kinds: Mapping[str, str]
    statistic: str
    inside: frozenset[str] | None = None

    def shown(self, code: str) -> bool:
        """Tell whether a place is inside."""
        return self.inside is None or code in self.inside

    def counts(self) -> dict[str, int]:
        """Count the places inside by class, `REST` included."""
        seen = [k for c, k in zip(self.codes, self.of, strict=True) if self.shown(c)]
        return {kind: seen.count(kind) for kind in (*self.kinds, *REST)}


def classed_local(pattern: LocalPattern, inside: frozenset[str] | None) -> Classed:
    """Return the counties by their LISA class."""
    return Classed(
        codes=[p.place.id for p in pattern.places],
        of=[p.kind for p in pattern.places],
        figures=[(p.statistic, p.p, p.q) for p in pattern.places],
        kinds=LISA,
        statistic="lisa",
        inside=inside,
    )


def classed_hot(pattern: HotPattern, inside: frozenset[str] | None) -> Classed:
    """Return the counties by their Gi* class."""
    return Classed(
        codes=[p.place.id for p in pattern.places],
        of=[p.kind for p in pattern.places],
        figures=[(p.z, p.p, p.q) for p in pattern.places],
        kinds=HOT,
        statistic="hot",
        inside=inside,
    )


def classed_update(classed: Classed, title: str, t: Text, ink: Ink) -> dict[str, Any]:
    """Return the properties of the area trace, as `figures.fill.trace_update` does."""
    order = ["outside", *REST, *classed.kinds]
    palette = (ink.land, QUIET, ink.no_data, *classed.kinds.values())
    return {
        "z": [
            OUTSIDE + (order.index(kind) if classed.shown(code) else 0)
            for code, kind in zip(classed.codes, classed.of, strict=True)
        ],
        "zmin": OUTSIDE - 0.5,
        "zmax": OUTSIDE + len(order) - 0.5,
        "colorscale": stepped(palette),
        "customdata": [
            [t(f"clusters.kind_{kind}"), number(statistic, 2), _chance(p), _chance(q)]
            for kind, (statistic, p, q) in zip(classed.of, classed.figures, strict=True)
        ],
        "hovertemplate": (
            f"<b>%{{text}}</b><br>{plain(title)}<br><b>%{{customdata[0]}}</b><br>"
            f"{t(f'clusters.hover_{classed.statistic}')}<extra></extra>"
        ),
    }


def _chance(p: float | None) -> str:
    if p is None:
        return "–"
    return "<0.001" if p < 0.001 else number(p, 3)  # noqa: PLR2004 - three decimals
