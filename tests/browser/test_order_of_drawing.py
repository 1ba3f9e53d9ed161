"""MapLibre draws the traces in the order of the figure, whatever was drawn before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.driving import PLOT

if TYPE_CHECKING:
    from tests.browser.driving import Desk

pytestmark = pytest.mark.maplibre
ORDER = f"""() => {{
  const traces = {PLOT}._fullData.map(({{ uid, visible }}) => visible && `trace-layer-${{uid}}-`);
  const layers = {PLOT}._fullLayout.map._subplot.map.getLayersOrder();
  const names = (layer) => layer.startsWith('plotly-layout-layer') ? 'names' : -1;
  const of = (layer) => traces.findIndex((trace) => trace && layer.includes(trace));
  return layers.map((layer) => of(layer) < 0 ? names(layer) : of(layer)).filter((at) => at !== -1);
}}"""
"""Numbers of the traces that MapLibre's layers belong to, the lowest first, and the names.

A trace that holds nothing is not visible and lies anywhere."""
FIRST_MARK = f"() => {PLOT}.data.findIndex((trace) => trace.hovertext)"


def assert_in_order(desk: Desk) -> None:
    order = desk.page.evaluate(ORDER)
    traces = [at for at in order if at != "names"]
    assert traces
    assert traces == sorted(traces)
    if "names" in order:
        mark = desk.page.evaluate(FIRST_MARK)
        assert max(order[: order.index("names")]) < mark


@pytest.mark.parametrize(
    "start", ["?regions=130828", pytest.param("?indicator=gdp&level=city", marks=pytest.mark.soak)]
)
def test_layers_lie_in_the_order_of_the_traces(desk: Desk, start: str) -> None:
    desk.visit(start)
    assert_in_order(desk)
    for change in (
        "?regions=130828&indicator=gdp",
        "?regions=130828",
        "?regions=130828&indicator=gdp&level=city",
        "?regions=131000&layers=circles&indicator=gdp",
        "?indicator=gdp",
    ):
        desk.move(change)
        assert_in_order(desk)
