"""The table of the Methods page that leaves: every statement that is tested, and its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.charts.record import tabled
from dashboard.charts.tables_linkages import evidence_rows
from dashboard.panels.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dash.development.base_component import Component

    from dashboard.charts.record import Row
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context


def _verdicts(scene: Scene, view: View) -> Component:
    return verdicts(scene.atlas.role_evidence.tested(), scene.context(view))


def _rows(scene: Scene, _: View, context: Context) -> Iterator[Row]:
    return evidence_rows(scene.atlas.role_evidence.tested(), context)


VERDICTS: Final = tabled("methods", "verdicts", _verdicts, _rows)
