"""Names on the map: of cities beside their dots, of circles inside their areas, none over another.

They are set for the smallest map that is first shown: on a larger or nearer one the same places
only have more room. Neither of Plotly's renderers finds places for names: MapLibre leaves out what
collides, and of vectors one lies over the other.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from dashboard.labels import Box, Wanted, around, chosen, cost, eased, fitting
from dashboard.lettering import FONT, width_of
from dashboard.map.room import SHEET, Room, pixels
from dashboard.text import text
from geodata.records import PARALLELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geodata.records import Strip

    Point = tuple[float, float]

BOLD: Final = 1.06
"""How much wider bold type is."""
LINE: Final = 1.2
"""Height of a line in parts of the type's size."""
APART: Final = (3.0, 3.5)
"""Pixels kept free beside a name, and above and below it: MapLibre keeps whole lines apart."""
SIDES: Final = {
    "top center": (0, -1),
    "middle right": (1, 0),
    "bottom center": (0, 1),
    "middle left": (-1, 0),
    "top right": (1, -1),
    "bottom right": (1, 1),
    "top left": (-1, -1),
    "bottom left": (-1, 1),
}
"""Where a name may stand about its dot, as Plotly says it, across and down, the best first."""
INSCRIBED: Final = 0.35
"""Half the side of a square in a disc, in parts of its width."""
TRIED: Final = 60
"""How many places of a circle's name are tried nearest to its middle, and about as many beyond."""
ALONG: Final = (0.5, 0.25)
"""How much of a name lies over the area of its circle where it does not fit in, or at least."""
TIERS: Final = 2 + len(ALONG)
"""Kinds of places of a circle's name: in its area off all points, in it, and so far along it."""
GAP: Final = re.compile(rf" |(?={text('zh')('map.name_parts')})")
"""Where a name may be cut into lines: at a space, and before the last part of a Chinese one."""
ASIDE: Final = re.compile(r" ?[（(]")
"""Where that begins which a map does not say of a circle."""
MOST_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Style:
    """How places of a kind are marked: pixels of the dot, and the type of the name."""

    dot: float
    type: int
    bold: bool = False

    @property
    def font(self) -> dict[str, Any]:
        """Return the type as Plotly says it."""
        weight = {"weight": 700} if self.bold else {}
        return {"size": self.type, "family": FONT, **weight}

    def wide(self, words: str) -> float:
        """Return the pixels that a line takes."""
        return width_of(words, self.type) * (BOLD if self.bold else 1)

    def size(self, lines: Sequence[str]) -> Point:
        """Return the width and height in pixels that lines take."""
        return max(map(self.wide, lines)), self.type * (1 + LINE * (len(lines) - 1))


CITY: Final = Style(15, 13, bold=True)
WING: Final = Style(11, 13, bold=True)
TOWN: Final = Style(5, 11)
CIRCLE: Final = Style(0, 13, bold=True)


@dataclass(frozen=True, slots=True)
class Stand:
    """On which side of its dot a name stands, and its lines."""

    side: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A dot with a name: where it is, what it is called, and how it is marked."""

    at: Point
    name: str
    style: Style

    @property
    def stands(self) -> list[Stand]:
        """Return how its name may stand, the best first."""
        return [Stand(side, lines) for lines in _written(self.name, self.style) for side in SIDES]

    @property
    def dot(self) -> Box:
        """Return the box of the dot."""
        return around(pixels(*self.at), self.style.dot * INSCRIBED)

    def box(self, stand: Stand) -> Box:
        """Return the box of the name where it stands, as both renderers set it."""
        (x, y), (across, down) = pixels(*self.at), SIDES[stand.side]
        wide, tall = self.style.size(stand.lines)
        clear = self.style.dot / 2
        right = across * (wide / 2 + max(clear, self.style.type / 2) + APART[0])
        low = down * (tall / 2 + max(clear, self.style.type / 4) + APART[1])
        return _about((x + right, y + low), (wide, tall))


@dataclass(frozen=True, slots=True)
class Named:
    """A circle to be named, and how far it reaches."""

    name: str
    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the middle of a circle's name stands, and its lines."""

    at: Point
    lines: tuple[str, ...]

    @property
    def box(self) -> Box:
        """Return the box of the name."""
        return _about(pixels(*self.at), CIRCLE.size(self.lines))


@lru_cache(maxsize=64)
def arranged(
    marked: tuple[Marked, ...],
    circles: tuple[Named, ...],
    land: tuple[Strip, ...],
    points: tuple[Box, ...] = (),
) -> tuple[tuple[Stand, ...], tuple[Spot | None, ...]]:
    """Return how names stand by their dots, and where the names of circles do.

    Where all cannot stand clear of one another with the circles' each in its own area or along it,
    cities are named first, and a circle without room as near to its area as the land goes.

    Parameters
    ----------
    marked
        The cities, the most important first.
    circles
        The circles of a scheme.
    land
        How far the land reaches, beyond which no name of a circle goes.
    points
        Other points of the map: of the places that a name may have it takes one that covers little
        of them.

    Returns
    -------
    tuple
        A stand for each city; a spot for each circle, None for one without an area.
    """
    dots = [one.dot for one in marked]
    ways = [_clear_of(points, one) for one in marked]
    stands = [[one.box(stand) for stand in own] for one, own in zip(marked, ways, strict=True)]
    found = fitting(stands, dots, SHEET) or [
        at or 0 for at in chosen(map(Wanted, stands), dots, SHEET)
    ]
    kept: dict[int, int] = {}
    held: dict[int, list[Spot]] = {}
    ground = Room(land)
    whole = [Room(one.strips) for one in circles]
    places = [
        _Places(one, (Room(one.strips, whole[:at] + whole[at + 1 :]), own), ground, dots, points)
        for at, (one, own) in enumerate(zip(circles, whole, strict=True))
    ]
    for at in range(len(circles)):
        for tier in range(TIERS):
            # where one has no room in its area, those before it may make some
            trial = {one: max(tier, number) for one, number in kept.items()} | {at: tier}
            tried = {one: places[one].tier(number) for one, number in trial.items()}
            if fits := fitting([*stands, *_boxes(tried)], dots, SHEET):
                found, kept, held = fits, trial, tried
                break
    if points:
        held = {one: [*spots, *places[one].anywhere] for one, spots in held.items()}
        found = eased([*stands, *_boxes(held)], found, dots, points, SHEET)
    at_circles = zip(held.items(), found[len(stands) :], strict=True)
    told = {one: spots[at] for (one, spots), at in at_circles}
    stood = [own[at] for own, at in zip(ways, found, strict=False)]
    met = [*dots, *(one.box(stand) for one, stand in zip(marked, stood, strict=True))]
    for at, one in enumerate(circles):
        if one.strips and at not in told:
            told[at] = places[at].near([*met, *(spot.box for spot in told.values())])
    return tuple(stood), tuple(map(told.get, range(len(circles))))


def _boxes(held: Mapping[int, Sequence[Spot]]) -> list[list[Box]]:
    """Return the boxes of where names of circles may stand."""
    return [[spot.box for spot in spots] for spots in held.values()]


def _clear_of(points: Sequence[Box], one: Marked) -> list[Stand]:
    """Return how a name may stand, first where it covers least of the points."""
    return sorted(one.stands, key=lambda stand: cost(one.box(stand), points))


@dataclass(frozen=True, eq=False)
class _Places:
    """Where the name of a circle may lie: in its area off all points; in it; along it.

    Most names fit the first, so that the others are found only where they are asked for.
    """

    circle: Named
    rooms: tuple[Room, Room]
    """Its area where no other circle is, and all of it."""
    land: Room
    dots: Sequence[Box]
    points: Sequence[Box]

    def tier(self, number: int) -> list[Spot]:
        """Return one kind of these places, the best first; there are `TIERS`."""
        if number < TIERS - len(ALONG):
            return self._inside if number else self._clear
        least = ALONG[number - TIERS]
        return [spot for share, spot in self._along if share >= least]

    @cached_property
    def _clear(self) -> list[Spot]:
        return self._within([*self.dots, *self.points])

    @cached_property
    def _inside(self) -> list[Spot]:
        spots = self._within(self.dots)
        return sorted(spots, key=lambda spot: cost(spot.box, self.points))

    @cached_property
    def _along(self) -> list[tuple[float, Spot]]:
        """How much of the name may lie over its area, and where, most of it first."""
        spots = _spots(self.circle, self.land, self.dots)
        return sorted(((self._share(spot), spot) for spot in spots), key=lambda one: -one[0])

    @cached_property
    def anywhere(self) -> list[Spot]:
        """In its area or along it, where a name may go that would cover points."""
        return [*self._inside, *self.tier(TIERS - 1)]

    def near(self, taken: Sequence[Box]) -> Spot:
        """Return where the name lies on land, over its own area as far as can be."""
        aim = _middle(self.circle.strips)
        return min(
            _spots(self.circle, self.land, taken),
            key=lambda spot: (-self._share(spot), math.dist(pixels(*spot.at), pixels(*aim))),
            default=Spot(aim, (self.circle.name,)),
        )

    def _within(self, taken: Sequence[Box]) -> list[Spot]:
        return [spot for room in self.rooms for spot in _spots(self.circle, room, taken)]

    def _share(self, spot: Spot) -> float:
        return self.rooms[1].share(spot.box)


def _spots(circle: Named, room: Room, taken: Sequence[Box]) -> list[Spot]:
    """Return where the name of a circle may stand in a room, in the fewest lines first."""
    if not circle.strips:
        return []
    aim = _middle(circle.strips)
    return [
        Spot(place, lines)
        for lines in _written(circle.name, CIRCLE)
        for place in _some(room.places(CIRCLE.size(lines), taken, aim, APART))
    ]


def _some(places: Sequence[Point]) -> list[Point]:
    """Return the first of many places, and some from all of the rest."""
    rest = places[TRIED:]
    return [*places[:TRIED], *rest[:: len(rest) // TRIED + 1]]


def _written(name: str, style: Style) -> Iterator[tuple[str, ...]]:
    """Yield a name in one line, and in more, each time as even as can be, as it has gaps."""
    name = ASIDE.split(name)[0]
    gaps = [gap for gap in GAP.finditer(name) if 0 < gap.start() < len(name)]
    for cuts in range(min(len(gaps), MOST_LINES - 1) + 1):
        ways = [_cut(name, some) for some in combinations(gaps, cuts)]
        yield min(ways, key=lambda lines: max(map(style.wide, lines)))


def _cut(name: str, gaps: Iterable[re.Match[str]]) -> tuple[str, ...]:
    starts, ends = zip(*((0, 0), *(gap.span() for gap in gaps), (len(name),) * 2), strict=True)
    return tuple(name[one:other] for one, other in zip(ends, starts[1:], strict=False))


def _middle(strips: Sequence[Strip]) -> Point:
    """Return longitude and latitude of the middle of an area."""
    long = [east - west for _, west, east in strips]
    weighed = [
        ((west + east) / 2 * one, number / PARALLELS * one)
        for (number, west, east), one in zip(strips, long, strict=True)
    ]
    lon, lat = (sum(parts) / sum(long) for parts in zip(*weighed, strict=True))
    return lon, lat


def _about(middle: Point, size: Point) -> Box:
    (x, y), (wide, tall) = middle, size
    across, down = wide / 2 + APART[0], tall / 2 + APART[1]
    return x - across, y - down, x + across, y + down
