"""What the charts of an industry's location quotients share: the places and their rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.charts.captions import scope
from dashboard.charts.rows import both_words, joined, value_row
from dashboard.panels.scope import Scope, each, scope_of
from geodata.records import Name
from geodata.studies.specialisation import sampled_workers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.studies.specialisation import Standing


@dataclass(frozen=True, slots=True)
class Standings:
    """Where places stand in an industry.

    Attributes
    ----------
    asked
        Industry, year, benchmark, places and selection.
    compared
        The standing of the places compared.
    beside
        Of selected places that are not among them, such as cities beside counties.
    item
        The id and the name of the location quotient.
    subject
        The industry in the places compared.
    """

    asked: Scope
    compared: Sequence[Standing]
    beside: Sequence[Standing]
    item: tuple[str, Name]
    subject: Name

    @property
    def all(self) -> tuple[Standing, ...]:
        """Return the places compared and those beside them."""
        return (*self.compared, *self.beside)


def standings_of(scene: Scene, view: View) -> Standings:
    """Return where the places of a view stand; the study keeps them for all charts that ask."""
    atlas, asked = scene.atlas, scope_of(scene, view)
    found = atlas.specialisation.standings(asked.industry, asked.codes, asked.benchmark)
    known = set(asked.codes)
    beside = each(scene, asked, [code for code in asked.selected if code not in known])
    quotient = atlas.indicators[f"lq_{asked.industry}"]
    where, industry = scope(scene, view), atlas.term("industry", asked.sector)
    subject = Name(where.zh + industry.zh, f"{where.en}, {industry.en}")
    return Standings(asked, found, beside, (quotient.id, quotient.name), subject)


def rows(
    found: Iterable[Standing], years: Sequence[str], item: tuple[str, Name], context: Context
) -> Iterator[Row]:
    """Yield quotient, sampled workers and the limits of the interval (95 %), by place and year."""
    key, name = item
    for one in found:
        for year in years:
            sampled = one.sampled.get(year)
            if sampled is None:
                continue
            low, high = (replace(sampled.lq, value=x) for x in (sampled.low, sampled.high))
            parts = {"low": low, "high": high, "count": sampled_workers(one, year)}
            yield value_row(one.place, item, sampled.lq, context)
            for part, value in parts.items():
                words = joined(name, both_words(f"export.item_{part}"))
                yield value_row(one.place, (f"{key}_{part}", words), value, context)
