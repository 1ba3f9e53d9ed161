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
        (
            "",
            (
                "熵权，α = 0.5",
                "熵权之下，α在0.28—0.56之间，2023年的位次不变：天津市 > 北京市 > 河北省",
                "0.56—1为北京市 > 天津市 > 河北省",
                "等权之下，α在0.20—0.52之间",
                "河北省 第二产业增加值，不算",
            ),
        ),
        ("?weighing=equal&alpha=0.7", ("等权，α = 0.7", "等权之下，α在0.52—1之间")),
        (
            "?lang=en",
            ("the order of 2023 stays the same for α from 0.28 to 0.56", "left out, lacking"),
        ),
    ],
)
def test_what_is_said(
    scene: Scene, read: Callable[[str], View], search: str, parts: tuple[str, ...]
) -> None:
    words = made.said(shown(PANEL, scene, read(search), Canvas(430)))
    assert [part for part in parts if part not in words] == []


def test_rows_hold_every_weighing(scene: Scene, read: Callable[[str], View]) -> None:
    view = read("?alpha=0.7")
    (chart,) = PANEL.charts(scene, view, scene.context(view))
    rows = list(chart.rows())
    assert {row.item for row in rows} == {f"coupled_{one}" for one in WEIGHINGS}
    assert all(row.source_ids and "α = 0.7" in row.item_name.zh for row in rows)
    drawn = chart.draw(Canvas(430))["data"]
    latest = {row.id: row.value for row in rows if row.item == "coupled_entropy"}
    assert [one["y"][-1] for one in drawn] == pytest.approx(list(latest.values()), abs=1e-4)
