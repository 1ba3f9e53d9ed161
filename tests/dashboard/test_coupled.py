"""The panel of coupling coordination: what weights do is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.charts.coupled import PANEL
from dashboard.charts.record import Canvas
from dashboard.charts.shown import shown
from geodata.studies.systems_coupled import WEIGHINGS
from tests.dashboard import panel_fixtures as made

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View


@pytest.mark.parametrize(
    ("search", "parts"),
    [
        ("", ("权重：熵权", "位次随权重而变", "河北省 第二产业增加值，不算")),
        ("?weighing=innovation", ("权重：重创新",)),
        ("?lang=en", ("Ranks of 2023 depend on the weights", "left out, lacking")),
    ],
)
def test_what_is_said(
    scene: Scene, read: Callable[[str], View], search: str, parts: tuple[str, ...]
) -> None:
    words = made.said(shown(PANEL, scene, read(search), Canvas(430)))
    assert [part for part in parts if part not in words] == []


def test_rows_hold_every_weighing(scene: Scene, read: Callable[[str], View]) -> None:
    (chart,) = PANEL.charts(scene, read(""), scene.context(read("")))
    rows = list(chart.rows())
    assert {row.item for row in rows} == {f"coupled_{one}" for one in WEIGHINGS}
    assert all(row.source_ids for row in rows)
    drawn = chart.draw(Canvas(430))["data"]
    latest = {row.id: row.value for row in rows if row.item == "coupled_entropy"}
    assert [one["y"][-1] for one in drawn] == pytest.approx(list(latest.values()), abs=1e-4)
