"""The entries of a map's key: class limits with counts, circles of totals, outlines, layers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from dashboard.charts.record import Key
from dashboard.map.fill import BENEATH
from dashboard.map.points import LAYER_COLOURS
from dashboard.map.schemes import PATTERNS, full_shapes
from dashboard.map.sized import COLOUR, examples, unsized
from dashboard.numbers import decimals_of, number
from dashboard.wording import undated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.map.classes import Classes
    from dashboard.map.figure import Outline
    from dashboard.map.fill import Fill
    from dashboard.wording import Context
    from geodata.records import Name

DERIVED: Final = frozenset({"fisher", "quantile", "equal"})
"""Methods that find limits from the figures; with a centre from their distances to it."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What colours a map: its name, year and unit, the entries of its key, and how to read it."""

    name: str = ""
    unit: str = ""
    keys: Sequence[Key] = ()
    notes: tuple[str, ...] = ()


def explained(fill: Fill | None, context: Context) -> Explained:
    """Explain the areas; without an indicator say that there is none."""
    if fill is None:
        return Explained(unit=context.t("map.plain"))
    column = fill.column
    unit = context.word("unit", column.unit) if column.unit else ""
    return Explained(
        undated(fill.indicator.name[context.lang], column.year, context.t),
        " · ".join(part for part in (column.year, unit) if part),
        fill_keys(fill, context),
        (basis(fill, context), *([context.t("map.pale")] if fill.has_pale else [])),
    )


def basis(fill: Fill, context: Context) -> str:
    """Say how the limits were found, or what the size of a circle says."""
    if fill.sized:
        return context.t("map.proportional")
    t, classes = context.t, fill.classes
    found, centre = t(f"map.method_{classes.method}"), fill.indicator.diverging_at
    if classes.method in DERIVED and centre is not None:
        found = t("map.mirrored", method=found, centre=number(centre, 0))
    if classes.rounded:
        found = t("map.rounded", method=found)
    return f"{found} · {t('map.fixed')}"


def fill_keys(fill: Fill, context: Context) -> list[Key]:
    """Return the classes from the highest with the places in each, no data last.

    Only places inside the chosen circles are counted, those drawn pale too. Totals have circles of
    round values in place of classes: there is only what has a circle, and what has none.
    """
    inside = [
        v for c, v in zip(fill.column.codes, fill.column.values, strict=True) if fill.inside(c)
    ]
    known = [v.value for v in inside if v.value is not None]
    keys = _circle_keys(fill, known, context) if fill.sized else _class_keys(fill, known, context)
    if len(known) < len(inside):
        keys.append(Key(context.t("map.no_data"), "no_data", count=len(inside) - len(known)))
    return keys


def _class_keys(fill: Fill, known: Sequence[float], context: Context) -> list[Key]:
    rows = zip(ranges(fill.classes, context), fill.colours, fill.classes.counts(known), strict=True)
    return [Key(words, colour, count=count) for words, colour, count in rows][::-1]


def _circle_keys(fill: Fill, known: Sequence[float], context: Context) -> list[Key]:
    without = unsized(fill)
    keys = [
        Key("", COLOUR, "nested", sizes=tuple(size_words(fill))),
        Key(context.t("map.sized"), COLOUR, "disc", len(known) - without),
    ]
    return [*keys, *([Key(context.t("map.unsized"), BENEATH, count=without)] * bool(without))]


def size_words(fill: Fill) -> list[tuple[str, float]]:
    """Return the values of the key's circles as they are written, and their diameters."""
    found = examples(fill)
    decimals = decimals_of(value for value, _ in found)
    return [(number(value, decimals), size) for value, size in found]


def outline_keys(outlines: Sequence[Outline], context: Context) -> list[Key]:
    """Return the circles in their colours, and what a thin line means where there is one."""
    keys = [Key(o.name, o.colour, "ring") for o in outlines]
    if any(shape.endswith("#partial") for o in outlines for shape in o.shapes):
        keys.append(Key(context.t("map.thin"), "muted", "thin"))
    return keys


def over_keys(schemes: Sequence[tuple[Name, Sequence[Outline]]], context: Context) -> list[Key]:
    """Return the schemes over the chosen one, each in its pattern of lines, and their circles.

    Only circles that have a line stand below their scheme.
    """
    keys: list[Key] = []
    for (name, circles), (mark, _) in zip(schemes, PATTERNS, strict=False):
        keys.append(Key(name[context.lang], "text", mark))
        keys += [Key(one.name, one.colour, mark) for one in circles if full_shapes(one)]
    return keys


def layer_keys(counts: Mapping[str, int], context: Context) -> list[Key]:
    """Return the point layers that are on, with their sites."""
    return [
        Key(context.t(f"shell.layer_{name}"), colour, "dot", counts[name])
        for name, colour in LAYER_COLOURS.items()
        if name in counts
    ]


def ranges(classes: Classes, context: Context) -> list[str]:
    """Write each class as a range, all limits with one number of decimals, enough for each.

    The outer ones are open, since other years may lie beyond.
    """
    t = context.t
    if classes.low is None or classes.high is None:
        return [t("map.no_data")] * classes.k
    if not classes.limits:
        ends = dict.fromkeys(number(x, classes.decimals) for x in (classes.low, classes.high))
        return [" – ".join(ends)]
    decimals = decimals_of(classes.limits)
    written = [number(limit, decimals) for limit in classes.limits]
    return [
        t("map.up_to", high=written[0]),
        *(t("map.between", low=low, high=high) for low, high in pairwise(written)),
        t("map.over", low=written[-1]),
    ]
