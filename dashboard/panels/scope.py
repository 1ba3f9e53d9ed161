"""What all panels of the clusters page speak of: an industry, a year, a benchmark, places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.wording import listing
from geodata.records import REGION_ID
from geodata.studies.industries import sector_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Circle, Level, Place
    from geodata.studies.specialisation import Standing


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked.

    `sector` is the section of GB/T 4754; `places` are those compared, the full members of
    `circles` where any are chosen; `selected` are the ids the reader has selected.
    """

    industry: str
    sector: str
    year: str
    benchmark: str
    level: Level
    places: Sequence[Place]
    circles: Sequence[Circle] = ()
    selected: Sequence[str] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the ids of the places compared."""
        return tuple(place.id for place in self.places)


def scope_of(scene: Scene, view: View) -> Scope:
    """Return what a view asks: of the full members of the chosen circles, or of all places."""
    atlas = scene.atlas
    places: dict[str, Place] = {}
    for key in view.circle_keys or (None,):
        places |= {place.id: place for place in atlas.regions(view.level, key)}
    order = [place.id for place in atlas.regions(view.level)]
    return Scope(
        industry=view.industry,
        sector=sector_of(view.industry),
        year=view.census,
        benchmark=view.benchmark,
        level=view.level,
        places=[places[code] for code in order if code in places],
        circles=[atlas.circle(key) for key in view.circle_keys],
        selected=view.regions,
    )


def each(scene: Scene, asked: Scope, codes: Sequence[str]) -> tuple[Standing, ...]:
    """Return the standing of places one by one, so that what is kept does not grow with choices."""
    study = scene.atlas.specialisation
    return tuple(study.standings(asked.industry, (code,), asked.benchmark)[0] for code in codes)


def named(asked: Scope, context: Context) -> str:
    """Name the industry as the classification does."""
    return context.term("industry", asked.sector)[context.lang]


def where(asked: Scope, context: Context) -> str:
    """Name the circles, or the three places together."""
    if asked.circles:
        return listing((circle.name[context.lang] for circle in asked.circles), context.t)
    return context.place(REGION_ID).name[context.lang]


def basis(asked: Scope, context: Context) -> str:
    """Say which industry, census, benchmark and places a panel speaks of."""
    return context.t(
        "clusters.basis",
        industry=named(asked, context),
        year=asked.year,
        benchmark=context.word("benchmark", asked.benchmark),
        where=where(asked, context),
    )


def counted(asked: Scope, n: int, context: Context) -> str:
    """Write a number of places of the level."""
    return context.t(f"clusters.n_{asked.level}", n=n)


def named_on_demand(summary: str, places: Sequence[Place], context: Context) -> list[Any]:
    """Count places in a sentence; their names unfold."""
    if not places:
        return []
    names = listing((p.label[context.lang] for p in places), context.t)
    return [html.Details([html.Summary(summary), html.P(names)], className="without")]


def unknown_members(asked: Scope, context: Context) -> list[Component]:
    """Say of each circle what its published list leaves open."""
    t = context.t
    told: list[Component] = []
    for circle in asked.circles:
        name = circle.name[context.lang]
        if circle.missing is None:
            told.append(html.P(t("clusters.members_open", circle=name), className="panel-remark"))
        elif circle.missing:
            words = t("clusters.members_missing", circle=name, n=circle.missing)
            told.append(html.P(words, className="panel-remark"))
    return told
