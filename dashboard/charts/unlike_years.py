"""What keeps maps of several years of one indicator from being read as change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.compared import break_lines, listed
from geodata.ids import CENSUS_TABLES, CENSUS_YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.map.fill import Fill
    from dashboard.scene import Scene
    from dashboard.wording import Context
    from geodata.records import Place


def unlike_years(scene: Scene, fills: Sequence[Fill], context: Context) -> tuple[str, ...]:
    """Say which breaks lie between the years shown, and which places two censuses cut otherwise.

    Maps of two indicators are not compared with each other: of them nothing is said.
    """
    first, years = fills[0].column, sorted(fill.column.year for fill in fills)
    if any(fill.column.indicator != first.indicator for fill in fills):
        return ()
    breaks = scene.atlas.breaks(first.indicator, first.level)
    crossed = [one for one in breaks if years[0] < one.year <= years[-1]]
    apart = list(_cut_otherwise(scene, fills))
    said = [_apart(apart, context)] if apart else []
    return (*said, *break_lines(crossed, context))


def _cut_otherwise(scene: Scene, fills: Sequence[Fill]) -> Iterator[Place]:
    """Yield the places shown whose figures of both censuses may not be compared."""
    told = [_counted_in(fills, *census) for census in zip(CENSUS_YEARS, CENSUS_TABLES, strict=True)]
    for code in fills[0].column.codes:
        if code in scene.atlas.provenance.incomparable and all(code in one for one in told):
            yield scene.atlas.place(code)


def _counted_in(fills: Sequence[Fill], year: str, table: str) -> set[str]:
    """Return the places that a map shows with a figure of a census."""
    return {
        code
        for fill in fills
        if fill.column.year == year
        for code, value in zip(fill.column.codes, fill.column.values, strict=True)
        if fill.inside(code) and value.value is not None and table in value.source_ids
    }


def _apart(places: Sequence[Place], context: Context) -> str:
    return context.t("second.apart", places=listed(places)[context.lang])
