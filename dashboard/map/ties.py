"""From flows and gravity links to arcs: which ends they have, how wide they are, what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.lettering import plain
from dashboard.map.arcs import Arc, Gathering
from dashboard.numbers import number
from dashboard.units import counted
from geodata.ids import NATION
from geodata.studies.links import KINDS, RAIL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dashboard.map.figure import Point
    from dashboard.text import Text
    from geodata.records import Name, Place, Source, Value
    from geodata.studies.gravity import Gravity, GravityLink
    from geodata.studies.links import End, Flow

LIMITS: Final[Mapping[str, tuple[float, ...]]] = {
    "gravity": (1, 5, 20, 50),
    "contracts": (100, 200, 400, 800),
    "investment": (500, 1000, 1500, 2000),
    "moves": (1000, 3000, 5000, 8000),
    "rail": (30, 60, 90, 120),
}
"""Kind of link → inner class limits, the same for all years and exponents."""
SHORT_IS_STRONG: Final = frozenset({"rail"})
GROUP_SPOTS: Final[Mapping[str, Point]] = {
    "JH": (118.2, 38.55),
    "JJ": (113.5, 39.4),
    "JT": (113.5, 40.3),
    NATION: (113.5, 41.2),
    "BSX": (117.3, 40.15),
}
"""Where the marker of a group stands: having no place of its own, beside the map or at sea."""
SHOWN_FIGURES: Final = 5
"""Figures that the label of a dashed arc lists."""


@dataclass(frozen=True, slots=True)
class Ties:
    """All that the map shows of one kind of link.

    `counts` are the arcs of each class, the weakest first; `loose` the dashed ones; `unplaced`
    the flows that have no two places on the map.
    """

    kind: str
    arcs: tuple[Arc, ...]
    gatherings: tuple[Gathering, ...]
    counts: tuple[int, ...]
    loose: int
    unplaced: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What turns records into the words of a label: texts, terms, publications and years."""

    t: Text
    term: Callable[[str, str], Name]
    source: Callable[[str], Source]
    year: Callable[[str], str]

    def amount(self, value: Value) -> str:
        """Write a figure with its unit and year."""
        value = counted(value, self.t.lang)
        unit = self.term("unit", value.unit)[self.t.lang] if value.unit else ""
        times = "× " if unit[:1].isdigit() else ""
        return f"{self.figure(value)} {times}{unit}".rstrip()

    def figure(self, value: Value) -> str:
        """Write a figure alone, with the decimals it was printed with."""
        return number(value.value, 0 if value.value is None else _decimals(value.value))

    def sources(self, ids: Iterable[str]) -> str:
        """Write the titles of publications on a line of their own."""
        titles = self.t("panel.comma").join(plain(self.source(i).title) for i in ids)
        return f"<i>{titles}</i>"


def rank(kind: str, number: float) -> int:
    """Return the class of a value among the limits of its kind, 0 the weakest."""
    above = sum(number > limit for limit in LIMITS[kind])
    return len(LIMITS[kind]) - above if kind in SHORT_IS_STRONG else above


def gravity_ties(found: Gravity, spots: Callable[[Place], Point | None], words: Words) -> Ties:
    """Return the arcs of gravity links."""
    arcs = []
    for link in found.links:
        start, end = spots(link.one), spots(link.other)
        strength = link.index.value or 0.0
        if start and end:
            arcs.append(
                Arc(
                    start=start,
                    end=end,
                    rank=rank("gravity", strength),
                    hover=_gravity_hover(found, link, words),
                    label="",
                    target=link.other.id,
                    arrow=False,
                )
            )
    return _gathered("gravity", arcs, (), ())


def _gravity_hover(found: Gravity, link: GravityLink, words: Words) -> str:
    lang, t = words.t.lang, words.t
    index, minutes = link.index.value or 0.0, link.minutes
    return "<br>".join(
        [
            f"<b>{plain(link.one.name[lang])} — {plain(link.other.name[lang])}</b>",
            t("linkages.hover_gravity", index=number(index, 2 if index < 1 else 1)),
            t("linkages.hover_minutes", n=words.amount(minutes), year=words.year(minutes.year)),
            t(
                "linkages.hover_mass",
                mass=t(f"linkages.mass_{found.mass}"),
                year=found.year,
                b=f"{found.exponent:g}",
            ),
            words.sources(minutes.source_ids),
        ]
    )


def flow_ties(
    flows: Sequence[Flow], kind: str, spots: Callable[[Place], Point | None], words: Words
) -> Ties:
    """Return the arcs of published flows, one for each pair of ends.

    A pair with a figure of a full year (or a state at its end) of the kind's first indicator has
    an arc to scale; any other pair a dashed one, whose label lists what is published.
    """
    pairs: dict[tuple[str, str], list[Flow]] = {}
    for flow in flows:
        pairs.setdefault((flow.origin.id, flow.destination.id), []).append(flow)
    arcs: list[Arc] = []
    unplaced: list[Flow] = []
    gathered: dict[str, Gathering] = {}
    for own in pairs.values():
        ends = own[0].origin, own[0].destination
        start, end = (_spot(e, spots) for e in ends)
        if not start or not end or start == end:
            unplaced += own
            continue
        arcs.append(_flow_arc(own, kind, start, end, words))
        for e, at in zip(ends, (start, end), strict=True):
            if e.group or e.members[0].kind == "province":
                gathered[e.id] = _gathering(e, at, spots, words)
    return _gathered(kind, arcs, tuple(gathered.values()), tuple(unplaced))


def _flow_arc(own: Sequence[Flow], kind: str, start: Point, end: Point, words: Words) -> Arc:
    scaled = [f for f in own if f.indicator == KINDS[kind][0] and f.span in {"year", "stock"}]
    lead = max(scaled, key=lambda f: f.value.year) if scaled else own[0]
    others = [f for f in own if f is not lead][: SHOWN_FIGURES - 1]
    lang = words.t.lang
    both_ways = lead.indicator == RAIL
    between = " — " if both_ways else " → "
    lines = [
        f"<b>{plain(lead.origin.name[lang])}{between}{plain(lead.destination.name[lang])}</b>",
        *(_figure(f, words) for f in (lead, *others)),
    ]
    if len(own) > SHOWN_FIGURES:
        lines.append(words.t("linkages.hover_more", n=len(own) - SHOWN_FIGURES))
    lines.append(words.sources(dict.fromkeys(lead.value.source_ids)))
    label = words.figure(lead.value) if scaled and not both_ways else ""
    return Arc(
        start=start,
        end=end,
        rank=rank(kind, lead.value.value or 0.0) if scaled else None,
        hover="<br>".join(lines),
        label=f"{label} · {words.year(lead.value.year)}" if label else "",
        target=lead.destination.members[0].id if not lead.destination.group else "",
        arrow=not both_ways,
    )


def _figure(flow: Flow, words: Words) -> str:
    return words.t(
        "linkages.hover_figure",
        name=plain(flow.label[words.t.lang]),
        amount=words.amount(flow.value),
        year=words.year(flow.value.year),
        span=words.t(f"linkages.span_{flow.span}"),
    )


def _spot(end: End, spots: Callable[[Place], Point | None]) -> Point | None:
    if end.group:
        return GROUP_SPOTS.get(end.id)
    return spots(end.members[0])


def _gathering(
    end: End, at: Point, spots: Callable[[Place], Point | None], words: Words
) -> Gathering:
    """Mark a group, with the places of its members, or a province, which is no point either."""
    members = [spot for place in end.members if (spot := spots(place))] if end.group else []
    inside = "hover_group" if members else "hover_outside"
    key = inside if end.group else "hover_province"
    name = end.name[words.t.lang]
    hover = f"<b>{plain(name)}</b><br>{words.t(f'linkages.{key}')}"
    return Gathering(at, name, hover, tuple(members))


def _gathered(
    kind: str, arcs: Sequence[Arc], groups: tuple[Gathering, ...], unplaced: tuple[Flow, ...]
) -> Ties:
    ranks = [arc.rank for arc in arcs]
    counts = tuple(ranks.count(r) for r in range(len(LIMITS[kind]) + 1))
    return Ties(kind, tuple(arcs), groups, counts, ranks.count(None), unplaced)


def _decimals(value: float) -> int:
    return len(f"{value:.10f}".rstrip("0").partition(".")[2])
