"""What print sets no smaller and draws no thinner, in every format and language."""

from __future__ import annotations

import pytest

from dashboard.papers import LEAST_LINE, SIZES, TYPES
from dashboard.print.floors import LEAST_TYPE, NAMES, POINTS, Floors, raised, zooms


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chinese", [True, False])
def test_the_least_type_of_every_size_is_that_of_its_use(size: str, *, chinese: bool) -> None:
    kind = TYPES[SIZES[size].use]
    least = kind.least(chinese=chinese)
    found = zooms(SIZES[size].use, float("inf"), chinese=chinese)
    # of journals the Chinese floor, 7 points, is what Latin names have at most
    usual = max(kind.names, least * NAMES / LEAST_TYPE)
    assert found[0] * NAMES * POINTS == pytest.approx(usual)
    assert least == (12 if size == "slide" else 7 if chinese else 6)
    assert found[-1] * LEAST_TYPE * POINTS == pytest.approx(least)
    assert found == sorted(found, reverse=True)
    assert zooms(SIZES[size].use, found[-1] * 0.99, chinese=chinese) == []


def test_type_and_lines_are_raised_to_the_floors_and_no_line_is_added() -> None:
    figure = {
        "data": [
            {
                "marker": {"size": 5, "line": {"width": [0.2, 3]}},
                "textfont": {"size": 8},
                "width": 0.1,
            }
        ],
        "layout": {
            "xaxis": {"tickfont": {"size": 9}, "gridwidth": 0.1, "linewidth": 0},
            "shapes": [{"line": {"width": 0}}],
            "width": 300,
        },
    }
    floors = Floors.at(0.5)
    assert floors.line == pytest.approx(LEAST_LINE / 0.75 / 0.5)
    made = raised(figure, floors)
    (trace,), layout = made["data"], made["layout"]
    assert trace["marker"] == {"size": 5, "line": {"width": [floors.line, 3]}}
    assert (trace["textfont"]["size"], trace["width"]) == (LEAST_TYPE, 0.1)
    assert layout["xaxis"] == {
        "tickfont": {"size": LEAST_TYPE},
        "gridwidth": floors.line,
        "linewidth": 0,
    }
    assert (layout["shapes"][0]["line"]["width"], layout["width"]) == (0, 300)
