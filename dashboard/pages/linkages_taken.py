"""What can be taken away from the Linkages page, with the figures behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.rows import both_words
from dashboard.pages import linkages
from dashboard.pages.taken import Chart, charts
from dashboard.print import chart_rows
from geodata.ids import BEIJING
from geodata.records import REGION_ID, Name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context

CONTRACTS = "tech_contract_value"


def contract_rows(scene: Scene, _view: View, context: Context) -> Iterable[Row]:
    """Return the contracts by year, the missing years among them."""
    terms = (CONTRACTS, f"{CONTRACTS}_unreconciled")
    names = (scene.atlas.term("flow", terms[0]), scene.atlas.term("flow", terms[1]))
    found = scene.atlas.links.contracts()
    return chart_rows.contracts(found, scene.atlas.place(BEIJING), names, context)


def matrix_rows(scene: Scene, view: View, context: Context) -> Iterable[Row]:
    """Return every pair once."""
    asked = (view.among, view.census, view.likeness, view.scheme)
    return chart_rows.matrix(scene.atlas.structure.similarity(*asked), context)


def chain_rows(scene: Scene, view: View, context: Context) -> Iterable[Row]:
    """Return both sides of the chain in every place."""
    found = scene.atlas.chains.match(view.among, view.census, view.scheme)
    return chart_rows.chain(found, context)


def beijing(scene: Scene, _view: View) -> Name:
    """Name the place that the contracts come from."""
    return scene.atlas.place(BEIJING).name


def compared(scene: Scene, view: View) -> Name:
    """Name the places compared."""
    if view.among == "circle":
        return scene.atlas.scheme(view.scheme).name
    among = both_words(f"linkages.among_{view.among}")
    whole = scene.atlas.place(REGION_ID).name
    return Name(whole.zh + among.zh, f"{whole.en}, {among.en}")


EXHIBITS = {
    **charts(
        "linkages",
        {
            "contracts": Chart(
                lambda scene, view, _: [linkages.contracts_of(scene, view, "light")],
                contract_rows,
                beijing,
            ),
            "matrix": Chart(lambda *asked: [linkages.matrix_of(*asked)], matrix_rows, compared),
            "chain": Chart(lambda *asked: [linkages.chain_of(*asked)], chain_rows, compared),
        },
    ),
}
