"""The points of the map: cities and wings, clusters, parks, computing sites, gates, names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.lettering import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.text import Text
    from geodata.records import Site

SHOWN_NAMES = 6
"""Names listed in the hover of a place that holds several sites."""
LAYER_COLOURS = {
    "clusters": "#cc22aa",
    "parks": "#22aa22",
    "computing": "#8822cc",
    "gates": "#aa8800",
}


@dataclass(frozen=True, slots=True)
class Dot:
    """One marker: where, what it says on hover, what a click selects, how many sites it holds."""

    lon: float
    lat: float
    hover: str
    target: str
    count: int = 1
    label: str = ""


def site_dots(sites: Iterable[Site], t: Text) -> list[Dot]:
    """Gather sites by their point; sites without a point are left to the panels."""
    gathered: dict[tuple[float, float], list[Site]] = {}
    for site in sites:
        if site.lon is not None and site.lat is not None:
            gathered.setdefault((site.lon, site.lat), []).append(site)
    return [
        Dot(lon, lat, _hover(here, t), here[0].regions[0] if here[0].regions else "", len(here))
        for (lon, lat), here in gathered.items()
    ]


def _hover(sites: Sequence[Site], t: Text) -> str:
    names = [plain(s.name[t.lang]) for s in sites[:SHOWN_NAMES]]
    if len(sites) > SHOWN_NAMES:
        names.append(t("map.more", n=len(sites) - SHOWN_NAMES))
    if all(s.at_label for s in sites):
        names.append(f"<i>{t('map.at_label')}</i>")
    return "<br>".join(names)
