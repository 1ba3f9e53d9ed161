"""What the exhibits of all pages share: scope, filters, credits, rows and file names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.charts.rows import both_words
from dashboard.map.figure import map_figure
from dashboard.numbers import number
from dashboard.print.names import stem
from dashboard.text import text
from dashboard.units import unit_in
from dashboard.wording import listing, year_text
from geodata.records import REGION_ID, Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.charts.record import Row
    from dashboard.map.figure import Picture
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Indicator, Lang, Source

QUOTIENT, CHANGE = "lq_", "lq_change_"


def scope(scene: Scene, view: View) -> Name:
    """Name what is shown: the chosen circles, else the three places together."""
    keys = view.circle_keys or (REGION_ID,)
    names = [scene.atlas.place(key).name for key in keys]
    return Name("、".join(n.zh for n in names), ", ".join(n.en for n in names))


def subtitle(scene: Scene, view: View, context: Context, more: Iterable[str] = ()) -> str:
    """Write what the reader filtered by: circle, scheme, `more`, selection."""
    t = context.t
    scheme = scene.atlas.scheme(view.scheme).name[view.lang]
    parts = [
        t("export.scope", scope=scope(scene, view)[view.lang]),
        t("export.scheme", scheme=scheme),
        *more,
    ]
    if view.regions:
        names = listing((scene.atlas.place(r).label[view.lang] for r in view.regions), t)
        parts.append(t("export.selected", places=names))
    return " · ".join(parts)


def about_indicator(view: View, context: Context) -> list[str]:
    """Return year, level and, for location quotients, the benchmark."""
    t = context.t
    parts = [
        t("export.year", year=year_text(view.year, t)),
        t("export.level", level=t(f"export.level_{view.level}")),
    ]
    if view.indicator.startswith(QUOTIENT):
        parts.append(t("export.benchmark", name=context.word("benchmark", view.benchmark)))
    return parts


def credits_of(context: Context, *, is_map: bool) -> tuple[str, ...]:
    """Return the credit of the boundaries for a map, none for a chart."""
    t = context.t
    return (t("shell.credit"), t("shell.xiongan")) if is_map else ()


def sources_of(rows: Sequence[Row], context: Context) -> tuple[Source, ...]:
    """Return the publications of all rows, those of most rows first."""
    counts: dict[str, int] = {}
    for row in rows:
        for one in row.source_ids:
            counts[one] = counts.get(one, 0) + 1
    ordered = sorted(counts, key=lambda one: -counts[one])
    return tuple(context.source(one) for one in ordered)


def notes_of(rows: Sequence[Row], context: Context, most: int = 2) -> list[str]:
    """Return the notes that stand on the most figures, and how figures were come by."""
    t = context.t
    counts: dict[str, int] = {}
    for row in rows:
        if row.note and row.value is not None:
            counts[row.note] = counts.get(row.note, 0) + 1
    common = sorted(counts, key=lambda words: -counts[words])[:most]
    known = sum(row.value is not None for row in rows)
    noted = [
        words if counts[words] == known else t("export.noted", note=words, n=counts[words])
        for words in common
    ]
    statuses = sorted({row.status for row in rows if row.status and row.value is not None})
    said = listing((context.word("status", one) for one in statuses), t)
    return [*noted, *([t("export.statuses", statuses=said)] if statuses else [])]


def extremes(rows: Sequence[Row], decimals: int, context: Context) -> str:
    """Say in words which places have the highest and the lowest value, for those who hear it."""
    t = context.t
    known = sorted((r for r in rows if r.value is not None), key=lambda r: -(r.value or 0))
    if not known:
        return t("export.alt_empty")
    top, low = known[0], known[-1]
    return t(
        "export.alt_range",
        n=len(known),
        of=len(rows),
        high=top.name[context.lang],
        high_value=number(top.value, decimals),
        low=low.name[context.lang],
        low_value=number(low.value, decimals),
    )


def file_stem(parts: Name | Sequence[Name], lang: Lang, year: str) -> str:
    """Return the stem of a file name: what of, what, when."""
    named = [parts] if isinstance(parts, Name) else list(parts)
    return stem([*(part[lang] for part in named), year], ascii_only=lang == "en")


def drawn_map(picture: Picture) -> dict[str, Any]:
    """Return the map as data and layout."""
    figure: dict[str, Any] = map_figure(picture).to_plotly_json()
    return figure


def listing_in(lang: Lang, names: Iterable[str]) -> str:
    """Join names as a list within a sentence of a language."""
    return listing(names, text(lang))


def short_name(indicator: Indicator) -> Name:
    """Return what an indicator is called in a file name."""
    if not indicator.id.startswith(QUOTIENT) or indicator.id.startswith(CHANGE):
        return indicator.name
    mark = both_words("export.lq_mark")
    sector = Name(indicator.name.zh.replace(mark.zh, ""), indicator.name.en.partition(":")[0])
    return Name(f"LQ{sector.zh}", f"LQ-{sector.en}")


def unit_of(indicator: Indicator, context: Context) -> str:
    """Return the unit of an indicator in words; empty without one."""
    unit = unit_in(indicator.unit, context.lang)
    return context.word("unit", unit) if unit else ""


def heading(indicator: Indicator, context: Context) -> str:
    """Name an indicator with its unit."""
    name, unit = indicator.name[context.lang], unit_of(indicator, context)
    return context.t("panel.name_unit", name=name, unit=unit) if unit else name
