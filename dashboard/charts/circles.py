"""What the charts of places by circle share: colours, who is selected, key, what is left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.charts.choices import region_of
from dashboard.charts.record import Key
from dashboard.charts.rows import both_words
from dashboard.palette import INK, SERIES
from dashboard.wording import listing
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Place
    from geodata.studies.groups import Comparable


@dataclass(frozen=True, slots=True)
class Circles:
    """The colours of the circles on the map by their ids, and the ids of what is selected."""

    colours: Mapping[str, str] = field(default_factory=dict)
    selected: Collection[str] = ()

    def colour(self, circle: Place | None, theme: Theme) -> str:
        """Return the colour of a circle; of none, or one not on the map, the muted ink."""
        return self.colours.get(circle.id if circle else "", INK[theme].muted)

    def of(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the colours of things side by side: of circles their own, of others the series'.

        `ids` are those of 12 others at most.
        """
        rest = iter(SERIES)
        return {one: self.colours.get(one) or next(rest) for one in ids}


def circles_of(scene: Scene, view: View) -> Circles:
    """Return the circles of the scheme in the colours of the map, and the selection."""
    return Circles(scene.circle_colours(view.scheme), {*view.regions, *view.circle_keys})


def target(place: Place) -> str:
    """Return what a click on a place selects."""
    return f"circle:{place.id}" if place.kind == "circle" else place.id


def compared(scene: Scene, view: View) -> Name:
    """Name the places compared."""
    if view.among == "circle":
        return scene.atlas.scheme(view.scheme).name
    whole, among = region_of(scene).name, both_words(f"linkages.among_{view.among}")
    return Name(whole.zh + among.zh, f"{whole.en}, {among.en}")


def circle_key(among: Comparable, circles: Circles, context: Context) -> tuple[Key, ...]:
    """Name the circles in the colours that they have on the map."""
    outside = context.t("linkages.outside")
    return tuple(
        Key(
            group.circle.name[context.lang] if group.circle else outside,
            circles.colours.get(group.circle.id if group.circle else "", "muted"),
            "dot",
        )
        for group in among.groups
    )


def left_out(among: Comparable, context: Context) -> list[str]:
    """Name the places that cannot be compared, by reason."""
    found: dict[str, list[str]] = {}
    for lack in among.lacking:
        found.setdefault(lack.reason, []).append(lack.place.label[context.lang])
    t = context.t
    return [t(f"linkages.without_{why}", places=listing(of, t)) for why, of in found.items()]
