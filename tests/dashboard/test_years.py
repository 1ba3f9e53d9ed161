"""All years of an indicator: what the slider shows without asking is what is answered for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import pytest

from dashboard.map.figure import SIZED

if TYPE_CHECKING:
    from dashboard.scene import Scene
    from tests.dashboard.conftest import Reader

MOST_BYTES = 6_000
VIEWS = (
    "?indicator=gdp_tertiary_share",
    "?indicator=gdp&lang=en",
    "?indicator=gdp&level=city&circle=capital",
    "?indicator=gdp_tertiary_share&circle=tianjin&regions=110112",
)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("search", VIEWS)
def test_each_year_is_what_is_answered_for_it(reader: Reader, search: str, theme: str) -> None:
    held = reader.ask("years", search, theme=theme)["years"]["data"]
    assert len(held) > 2
    scales = []
    for one in held.values():
        there = f"{search}&year={one['year']}"
        traces = reader.ask("recolour", there, theme=theme)["recoloured"]["data"]["traces"]
        told = reader.ask("describe", there, theme=theme)["described"]["data"]
        assert one["legend"] == told["legend"]
        assert one["traces"]["0"]["z"] == traces["0"]["z"]
        sizes = one["traces"].get(str(SIZED), {}).get("marker")
        assert sizes == (
            traces[str(SIZED)]["marker"] if any(traces[str(SIZED)]["marker"]["size"]) else None
        )
        scales.append([traces["0"][name] for name in ("zmin", "zmax", "colorscale")])
    assert all(scale == scales[0] for scale in scales), "`z` stands for one colour in all years"


def test_all_years_of_every_indicator_are_small(reader: Reader, scene: Scene) -> None:
    large = {
        (indicator, level): size
        for indicator, years in scene.vocabulary.years.items()
        for level in ("county", "city")
        if len(years.get(level, ())) > 1
        for size in [len(brotli.compress(asked(reader, indicator, level), quality=5))]
        if size > MOST_BYTES
    }
    assert large == {}


def asked(reader: Reader, indicator: str, level: str) -> bytes:
    answer: bytes = reader.post("years", f"?indicator={indicator}&level={level}").data
    return answer


def test_a_map_without_colours_has_no_years(reader: Reader) -> None:
    assert reader.ask("years", "?layers=circles")["years"]["data"] == {}
    assert reader.ask("years", "", path="/compare") == {}
