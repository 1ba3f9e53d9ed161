"""From flows and gravity links to arcs: which ends they have, how wide they are, what they say.

Arcs join places. A sum of several places, or of a whole province, has no spot on the map and no
arc: it is told beside the map.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.lettering import plain
from dashboard.map.arcs import BETWEEN, Arc
from dashboard.numbers import number
from dashboard.units import counted
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
SHOWN_FIGURES: Final = 5
"""Figures that the label of a dashed arc lists."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A flow that is published for several places together: its ends, figure and publications.

    `rank` is the class of the width, None where the figure is not to scale.
    """

    ends: str
    figure: str
    rank: int | None
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ties:
    """All that the map shows of one kind of link.

    `sums` are told beside the map; `counts` are the arcs of each class, the weakest first; `loose`
    the dashed ones; `unplaced` the flows that have no two places on the map.
    """

    kind: str
    arcs: tuple[Arc, ...]
    sums: tuple[Sum, ...]
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
    """Return the arcs of published flows, one for each pair of places, and the sums.

    A pair with a figure of a full year (or a state at its end) of the kind's first indicator has
    an arc to scale; any other pair a dashed one, whose label lists what is published.
    """
    pairs: dict[tuple[str, str], list[Flow]] = {}
    for flow in flows:
        pairs.setdefault((flow.origin.id, flow.destination.id), []).append(flow)
    arcs: list[Arc] = []
    sums: list[Sum] = []
    unplaced: list[Flow] = []
    for own in pairs.values():
        ends = own[0].origin, own[0].destination
        if any(map(_is_sum, ends)) and ends[0].id != ends[1].id:
            sums.append(_sum(own, kind, words))
            continue
        start, end = (spots(e.members[0]) if e.members else None for e in ends)
        if start and end and start != end:
            arcs.append(_flow_arc(own, kind, start, end, words))
        else:
            unplaced += own
    return _gathered(kind, arcs, sums, unplaced)


def _is_sum(end: End) -> bool:
    """Tell whether an end is no place that an arrow could point at."""
    return end.group or end.members[0].kind == "province"


def _lead(own: Sequence[Flow], kind: str) -> tuple[Flow, int | None]:
    """Return the figure that a pair is drawn by, and the class of its width if it is to scale."""
    scaled = [f for f in own if f.indicator == KINDS[kind][0] and f.span in {"year", "stock"}]
    if not scaled:
        return own[0], None
    lead = max(scaled, key=lambda f: f.value.year)
    return lead, rank(kind, lead.value.value or 0.0)


def _sum(own: Sequence[Flow], kind: str, words: Words) -> Sum:
    lead, width = _lead(own, kind)
    ends = " → ".join(plain(end.name[words.t.lang]) for end in (lead.origin, lead.destination))
    figure = words.t(
        "linkages.sum_figure",
        amount=words.amount(lead.value),
        year=words.year(lead.value.year),
        span=words.t(f"linkages.span_{lead.span}"),
    )
    return Sum(ends, figure, width, lead.value.source_ids)


def _flow_arc(own: Sequence[Flow], kind: str, start: Point, end: Point, words: Words) -> Arc:
    lead, width = _lead(own, kind)
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
    label = words.figure(lead.value) if width is not None and not both_ways else ""
    return Arc(
        start=start,
        end=end,
        rank=width,
        hover="<br>".join(lines),
        label=f"{label}{BETWEEN}{words.year(lead.value.year)}" if label else "",
        target=lead.destination.members[0].id,
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


def _gathered(
    kind: str, arcs: Sequence[Arc], sums: Iterable[Sum], unplaced: Iterable[Flow]
) -> Ties:
    ranks = [arc.rank for arc in arcs]
    counts = tuple(ranks.count(r) for r in range(len(LIMITS[kind]) + 1))
    loose = ranks.count(None)
    return Ties(kind, tuple(arcs), tuple(sums), counts, loose, tuple(unplaced))


def _decimals(value: float) -> int:
    return len(f"{value:.10f}".rstrip("0").partition(".")[2])
