"""Data classes: places, circles, figures with their provenance, and the words they are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Final, Literal, get_args

Lang = Literal["zh", "en"]
Level = Literal["county", "city", "province"]
PlaceKind = Literal["county", "city", "new_area", "province", "circle", "region"]
Role = Literal["core", "wing", "member", "radiated", "partial", "excluded"]
Kind = Literal["amount", "share", "rate", "index"]
SiteKind = Literal["cluster", "park", "anchor"]
Test = Literal["", "level", "change", "told", "untested"]
"""How an item of the plan is judged by the figures."""
DECIDING: Final[frozenset[Test]] = frozenset({"level", "change"})
"""Tests that may say for or against; the others only tell."""
Status = Literal["official", "revised", "preliminary", "secondary", "computed", "own"]
"""`own` is what a reader brought along and nobody published, and what is computed from it."""

LANGUAGES: Final[tuple[Lang, ...]] = get_args(Lang)
"""Chinese first."""
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
"""Levels of regions, the finest first."""
MAP_LEVELS: Final = LEVELS[:2]
"""Levels that the map can show."""
CITY_KINDS: Final[frozenset[PlaceKind]] = frozenset({"city", "new_area"})
"""Kinds of places that rank among the cities."""
WHOLE_KINDS: Final[frozenset[PlaceKind]] = frozenset({"circle", "region"})
"""Kinds of places that are put together of regions of several levels."""
PARALLELS: Final = 25
"""Parallels of a degree along which areas are measured, some 4.4 km from one to the next."""
Strip = tuple[int, float, float]
"""A stretch of land along a parallel: its number from the equator, west and east end in degrees."""

REGION_ID = "JJJ"
"""Place id of the three places together, as in the tables."""

FULL_ROLES: frozenset[Role] = frozenset({"core", "wing", "member"})
"""Roles that make a place a full member of a circle; the others are only shown."""
PARTIAL_ROLES: frozenset[Role] = frozenset({"radiated", "partial"})
"""Roles of what lies in a circle in part, or under its influence."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in both languages."""

    zh: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        """Return the name in `lang`."""
        return self.zh if lang == "zh" else self.en


def _card(title: Name, cells: dict[str, str]) -> str:
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(cell)}</td></tr>"
        for name, cell in cells.items()
        if cell
    )
    return f"<table><caption>{escape(title.zh)} {escape(title.en)}</caption>{rows}</table>"


@dataclass(frozen=True, slots=True)
class Place:
    """Anything that can be selected.

    `id` is a region code ("130100"), a circle key ("article/capital") or "JJJ" for the whole.
    `label` tells namesakes apart by their city (桥西区（石家庄）); elsewhere it is `name`.
    """

    id: str
    kind: PlaceKind
    name: Name
    label: Name
    parent: str = ""
    prefecture: str = ""
    province: str = ""
    lon: float | None = None
    lat: float | None = None
    drawn_area_km2: float | None = None

    def _repr_html_(self) -> str:
        """Return the place as a notebook shows it."""
        return _card(self.label, {"id": self.id, "kind": self.kind, "parent": self.parent})


@dataclass(frozen=True, slots=True)
class Value:
    """One figure as a reader may quote it; `value` is None where no figure exists.

    `note` holds fragments in the language of the tables (English); `dashboard.text` has them
    in Chinese. `source_ids` name rows of sources.csv, for computed figures those of all parts.
    """

    value: float | None
    unit: str
    year: str
    status: Status | None = None
    source_ids: tuple[str, ...] = ()
    note: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureId:
    """What names a figure of the catalogue.

    `benchmark` is the reference of a location quotient; "" leaves it to the view.
    """

    indicator: str
    place: str
    year: str
    benchmark: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a circle its members with a figure make up, see `geodata.measures.coverage`.

    `n` members `of` all, those counted that no source names, None where nobody counts them;
    `people` is what they hold of the people of the circle in per cent, by the census of the year
    `census`, None where some members are not known.
    """

    n: int
    of: int | None
    people: float | None
    census: str
    is_total: bool

    @property
    def members(self) -> str:
        """Return the members as they are written: "2/13", "3/?" where nobody counts them."""
        return f"{self.n}/{'?' if self.of is None else self.of}"


@dataclass(frozen=True, slots=True)
class Subtotal:
    """What some members of a circle add up to where that is no total; without share or rank."""

    value: Value
    used: tuple[Place, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Column:
    """One indicator in one year for all places of a level, in the order of `codes`.

    `rank` is 1 for the largest value among the places with a value (ties share a rank).
    """

    indicator: str
    year: str
    level: Level
    unit: str
    codes: tuple[str, ...]
    values: tuple[Value, ...]
    rank: tuple[int | None, ...]

    @property
    def present(self) -> int:
        """Number of places with a value."""
        return sum(v.value is not None for v in self.values)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A catalogue entry. `years` maps a level to the years with at least one value, ascending."""

    id: str
    name: Name
    theme: str
    unit: str
    kind: Kind
    decimals: int
    definition: Name
    years: dict[Level, tuple[str, ...]]
    ingredients: tuple[str, ...] = ()
    sector: str = ""
    diverging_at: float | None = None
    summable: bool = False

    def _repr_html_(self) -> str:
        """Return the entry as a notebook shows it."""
        years = {f"{level} 年份": ", ".join(of) for level, of in self.years.items()}
        defined = {"定义": self.definition.zh, "definition": self.definition.en}
        return _card(self.name, {"id": self.id, "单位 unit": self.unit, **defined, **years})


@dataclass(frozen=True, slots=True)
class Break:
    """No growth is computed from a year before `year` to one at or after it.

    `places` are the codes of the provinces and cities that it is about, none where it is all.
    """

    indicator: str
    level: Level
    year: str
    reason: Name
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A place in a circle, in its role, by whose definition."""

    place: str
    role: Role
    source_ids: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Circle:
    """A metropolitan circle of one scheme. `key` is "scheme/circle".

    `missing` is the number of members that the publication has but no source names
    (0 = all known, None = the boundary is open or not counted).
    """

    key: str
    scheme: str
    id: str
    name: Name
    members: tuple[Member, ...]
    missing: int | None = 0
    note: Name = field(default=Name("", ""))

    @property
    def all_named(self) -> bool:
        """Whether no member is unknown: none uncounted, and none of which a part is not told."""
        return not self.missing and not (self.missing is None and self.in_part)

    @property
    def in_part(self) -> tuple[str, ...]:
        """Members of which only a part belongs, and no figure is known; they are in no sum."""
        return tuple(m.place for m in self.members if m.role == "partial")


@dataclass(frozen=True, slots=True)
class Scheme:
    """A published definition of circles."""

    id: str
    name: Name
    year: str
    definition: Name
    source_ids: tuple[str, ...]
    circles: tuple[Circle, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A key figure against a larger place, in one kind of figure; our share of it for amounts."""

    place: Place
    indicator: Indicator
    value: Value
    share: float | None = None


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure and its rank in its level; a circle without a total has None and a `subtotal`."""

    indicator: Indicator
    value: Value
    rank: int | None
    of: int
    comparisons: tuple[Comparison, ...] = ()
    lacking: tuple[Place, ...] = ()
    subtotal: Subtotal | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """One circle that a place belongs to, and in what role; `via` is the listed unit it lies in."""

    circle: Circle
    role: Role
    via: Place
    note: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """Identity of a place: its key figures and its standing, in a plan if `layout_sources`."""

    place: Place
    parents: tuple[Place, ...]
    layout: tuple[Name, ...]
    memberships: tuple[Membership, ...]
    members: tuple[tuple[Place, Role, str], ...]
    missing_members: int | None
    figures: tuple[KeyFigure, ...]
    notes: tuple[Name, ...] = ()
    layout_sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndustryRow:
    """One industry of a place.

    `count` are sampled workers (10 % long form); `share` and `benchmark_share` are in 0..1;
    `lq` = share / benchmark_share; `stable` is False when it rests on fewer than 30 workers.
    `share_before` and `lq_before` are those of 2010, None where not comparable or absent.
    """

    sector: str
    indicator: str
    name: Name
    count: int | None
    share: float | None
    benchmark_share: float | None
    lq: float | None
    stable: bool
    share_before: float | None = None
    lq_before: float | None = None


@dataclass(frozen=True, slots=True)
class Industry:
    """Industry structure of a place in a census year against a benchmark.

    `comparable` is False when 2010 and 2020 cannot be compared; `reason` then says why.
    `lacking` names counties whose counts are missing from a circle's sum.
    """

    place: Place
    year: str
    benchmark: str
    total: Value
    rows: tuple[IndustryRow, ...]
    comparable: bool
    reason: tuple[str, ...] = ()
    lacking: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """A named cluster, chain, park, computing site, anchor, port or airport.

    `scale` is the published size (revenue, output, firms, computing power ...) where there is
    one; `metric` says of what. `at_label` marks points drawn at a region's label point.
    `counted_as` is the id of the site that this row is another figure of, '' for what is no
    site, such as a ranking or a total, and None for a site of its own.
    """

    id: str
    name: Name
    what: SiteKind
    kind: str
    level: str
    industry: str
    regions: tuple[str, ...]
    lon: float | None
    lat: float | None
    year: str
    scale: Value | None
    metric: str
    source_ids: tuple[str, ...]
    note: tuple[str, ...] = ()
    at_label: bool = False
    counted_as: str | None = None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A circle's total of a summable indicator: what went in and what it lacks."""

    circle: Circle
    indicator: str
    value: Value
    used: tuple[Place, ...]
    lacking: tuple[Place, ...]
    subtotal: Subtotal | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A publication; `link` is set only for hosts a reader would trust.

    `rendered` says that the atlas translated the title, `original` is then the one on record.
    """

    id: str
    title: str
    publisher: str
    date: str
    link: str | None
    note: str = ""
    rendered: bool = False
    original: str = ""
