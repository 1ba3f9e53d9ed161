"""What the figures of all pages share on paper: credits, sources and file names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.print.names import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.record import Row
    from dashboard.wording import Context
    from geodata.records import Lang, Name, Source


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


def file_stem(parts: Sequence[Name], lang: Lang, year: str) -> str:
    """Return the stem of a file name: what of, what, when."""
    return stem([*(part[lang] for part in parts), year], ascii_only=lang == "en")


def plain_stem(address: Sequence[str], parts: Sequence[Name], year: str) -> str:
    """Return the stem in ASCII: page and chart, and in English of what and when.

    A part that is known in Chinese alone is left out.
    """
    return stem([*address, *(part.en for part in parts), year], ascii_only=True)
