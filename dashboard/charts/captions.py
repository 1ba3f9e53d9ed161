"""What figures say on paper of scope, filters, figures and notes; see `record.Caption`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.rows import both_words
from dashboard.numbers import number
from dashboard.text import words
from dashboard.units import unit_in
from dashboard.wording import listing, sentences, year_text
from geodata.records import REGION_ID, Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Indicator

STOPS = "\u3002."
"""What a sentence ends with, and a title does not."""
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


def quotient_note(indicator: str, view: View, context: Context) -> tuple[str, ...]:
    """Say what a location quotient is and from which sample, where an indicator is one."""
    if not indicator.startswith(QUOTIENT):
        return ()
    key = "export.quotient_change" if indicator.startswith(CHANGE) else "export.quotient"
    return (context.t(key, name=context.word("benchmark", view.benchmark)),)


def notes_of(rows: Sequence[Row], context: Context, most: int = 2) -> list[str]:
    """Return the notes that stand on the most figures, and how figures were come by."""
    t = context.t
    counts: dict[str, int] = {}
    for row in rows:
        if row.note and row.value is not None:
            counts[row.note] = counts.get(row.note, 0) + 1
    common = sorted(counts, key=lambda note: -counts[note])[:most]
    known = sum(row.value is not None for row in rows)
    noted = [
        note if counts[note] == known else t("export.noted", note=note, n=counts[note])
        for note in common
    ]
    statuses = sorted({row.status for row in rows if row.status and row.value is not None})
    said = listing((context.word("status", one) for one in statuses), t)
    return [*noted, *([t("export.statuses", statuses=said)] if statuses else [])]


def extremes(found: Iterable[tuple[Name, float | None]], decimals: int, context: Context) -> str:
    """Say which of the named has the highest and the lowest value, for those who hear it."""
    t, named = context.t, list(found)
    known = sorted(
        ((value, name[context.lang]) for name, value in named if value is not None),
        key=lambda pair: -pair[0],
    )
    if not known:
        return t("export.alt_empty")
    (high_value, high), (low_value, low) = known[0], known[-1]
    return t(
        "export.alt_range",
        n=len(known),
        of=len(named),
        high=high,
        high_value=number(high_value, decimals),
        low=low,
        low_value=number(low_value, decimals),
    )


def titled(what: str, subject: str, years: str, context: Context) -> str:
    """Name what is shown, of whom, and of when unless the words say it."""
    what = what.rstrip(STOPS)
    when = unsaid(years, what + subject)
    key = "export.chart_title" if when else "export.of_scope"
    return context.t(key, scope=subject, what=what, year=when.replace("-", "–"))


def unsaid(years: str, said: str) -> str:
    """Return the years unless they are said."""
    return "" if all(year in said for year in years.split("-")) else years


def short_name(indicator: Indicator) -> Name:
    """Return what an indicator is called in a file name."""
    if not indicator.id.startswith(QUOTIENT) or indicator.id.startswith(CHANGE):
        return indicator.name
    mark = both_words("export.lq_mark")
    sector = Name(indicator.name.zh.replace(mark.zh, ""), indicator.name.en.partition(":")[0])
    return Name(f"LQ{sector.zh}", f"LQ-{sector.en}")


def heading(indicator: Indicator, context: Context) -> str:
    """Name an indicator with its unit."""
    name, unit = indicator.name[context.lang], unit_in(indicator.unit, context.lang)
    return (
        context.t("panel.name_unit", name=name, unit=context.word("unit", unit)) if unit else name
    )


def method_of(page: str, note: str, context: Context) -> str:
    """Return formula, definition and reading of a chart's method note, where it has one."""
    keys = [f"method_{page}.{note}.{part}" for part in ("formula", "definition", "read")]
    known = words(context.lang)
    return sentences(known[key] for key in keys if key in known)
