"""How alike cities are by a reader's own firms in two years, one on each side of the diagonal."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dashboard.charts.choices import region_of
from dashboard.charts.circles import circles_of
from dashboard.charts.matrix import classes, matrix_chart
from dashboard.charts.own_registers import nothing, own_row, own_value, register_of
from dashboard.charts.own_years import counted, years_of
from dashboard.charts.record import Chart, Panel
from dashboard.charts.rows import both_words, joined
from dashboard.numbers import number
from dashboard.wording import listing
from geodata.own.firms.figures import LEAST
from geodata.studies.groups import FEWEST, Comparable
from geodata.studies.structure import Similarity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.own.firms.structure import Years
    from geodata.own.firms.study import OwnFirms
    from geodata.records import Place

    Matrices = tuple[NDArray[np.float64], NDArray[np.float64]]
    """The coefficients of the first and of the last year."""

NAME: Final = "likeness"


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: the cities, pair by pair."""
    t, own, subject = context.t, register_of(scene, view), region_of(scene).label
    years, why = years_of(own, view)
    if why:
        return [nothing(NAME, subject, context=context, **why)]
    cities = scene.atlas.regions("city")
    ids = [one.id for one in cities]
    whole = [own.structures.likeness(ids, year, view.likeness) for year in years]
    known = np.flatnonzero(np.isfinite([np.diag(one) for one in whole]).all(0))
    places = [cities[at] for at in known.tolist()]
    if len(places) < FEWEST:
        return [nothing(NAME, subject, "firms.likeness_few", context, n=LEAST, fewest=FEWEST)]
    first, last = (one[np.ix_(known, known)] for one in whole)
    without = [one.label[context.lang] for one in cities if one not in places]
    few = t("firms.likeness_without", places=listing(without, t), n=LEAST) if without else ""
    form = t(f"linkages.likeness_{view.likeness}")
    drawn = Similarity(
        kind="city",
        year=f"{years[0]}-{years[1]}",
        likeness=view.likeness,
        among=Comparable(tuple(places), (), ()),
        # Each pair stands there twice: once for each year.
        matrix=np.tril(first) + np.triu(last, 1),
        source_ids=(own.source_id,),
    )
    return [
        Chart(
            NAME,
            t("firms.likeness"),
            subject,
            partial(matrix_chart, drawn, circles_of(scene, view), t),
            lambda: tuple(rows(own, places, (first, last), years, context)),
            lead=t("firms.likeness_lead", form=form, since=years[0], until=years[1]),
            say=(t("firms.likeness_say", **_change((first, last), years)),),
            notes=(
                t("firms.likeness_read"),
                *([few] if few else []),
                *counted(own, years, t),
            ),
            key=tuple(classes()),
            source_ids=(own.source_id,),
        )
    ]


def _change(of: Matrices, years: Years) -> dict[str, Any]:
    """Return the mean of all pairs in both years, and how many grew more alike."""
    first, last = (one[np.tril_indices(len(one), -1)] for one in of)
    return {
        "since": years[0],
        "until": years[1],
        "first": number(float(first.mean()), 3),
        "last": number(float(last.mean()), 3),
        "n": len(first),
        "more": int((last > first).sum()),
    }


def rows(
    own: OwnFirms, places: Sequence[Place], of: Matrices, years: Years, context: Context
) -> Iterator[Row]:
    """Yield each pair in both years: the first place, and the second as the item."""
    for other, one in combinations(range(len(places)), 2):
        first, second = places[other], places[one]
        words = joined(second.label, both_words("firms.likeness"))
        for matrix, year in zip(of, years, strict=True):
            value = own_value(own, float(matrix[one, other]), "", str(year))
            yield own_row(first, (f"firms_likeness_{second.id}", words), value, context)


PANEL = Panel(
    "firms",
    NAME,
    charts,
    (NAME,),
    ("firms", "since", "regions", "likeness"),
    "column",
)
