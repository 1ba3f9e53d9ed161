"""The checker of finished figures finds what it is for, and nothing where nothing is wrong."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dashboard.charts.record import Key
from dashboard.palette import CIRCLES, SEQUENTIAL
from dashboard.print import checks
from dashboard.print.errors import ExportError
from dashboard.print.exporter import passed
from dashboard.print.floors import POINTS
from dashboard.print.paper import Print
from dashboard.print.sheet import Sheet
from dashboard.web import journal

FRAME = (10.0, 10.0, 200.0, 190.0)
RIGHT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200">
<rect x="220" y="20" width="60" height="40" fill="#1f5873"/>
<path d="M10,100L200,100" fill="none" stroke="#20272b" stroke-width="0.5"/>
<text x="225" y="45" font-size="11" fill="#ffffff">0.99</text>
<text x="20" y="60" font-size="11" fill="#20272b" aria-hidden="true" stroke="#ffffff">秦皇岛</text>
<text x="20" y="60" font-size="11" fill="#20272b">秦皇岛</text>
<text x="20" y="80" font-size="11" fill="#20272b">Tangshan</text>
</svg>"""
ZOOM = 0.85
"""At which 11 pixels are 7.01 points, and half a pixel 0.32."""


def kinds(svg: str, use: str = "report") -> set[str]:
    """Return the kinds of faults of a figure."""
    return {one.kind for one in checks.faults(svg, use, ZOOM, FRAME)}  # type: ignore[arg-type]


def test_nothing_is_wrong_with_what_is_right() -> None:
    assert kinds(RIGHT) == set()
    # a line between two points is filled with nothing, whatever its fill is
    leader = '<path d="M10,90L60,70" stroke="#20272b" stroke-width="0.7"/>'
    assert kinds(RIGHT.replace("<rect", f"{leader}<rect")) == set()


@pytest.mark.parametrize(
    ("was", "becomes", "kind"),
    [
        # 10 px × 0.85 × 0.75 = 6.4 points: enough for Latin (see below), not for Chinese
        ('font-size="11" fill="#20272b">秦', 'font-size="10" fill="#20272b">秦', "type"),
        ('y="80" font-size="11"', 'y="80" font-size="9"', "type"),
        # 0.4 px × 0.85 × 0.75 = 0.26 points
        ('stroke-width="0.5"', 'stroke-width="0.4"', "line"),
        ('x="20" y="80"', 'x="25" y="64"', "met"),
        ('x="20" y="80"', 'x="170" y="80"', "cut by the frame"),
        ('x="20" y="80"', 'x="380" y="80"', "off the sheet"),
        ('fill="#1f5873"', 'fill="#6aa6ac"', "faint"),
        ('fill="#20272b">Tangshan', 'fill="#a0a0a0">Tangshan', "faint"),
    ],
)
def test_each_fault_is_found_and_named(was: str, becomes: str, kind: str) -> None:
    assert RIGHT.count(was) == 1
    assert kinds(RIGHT.replace(was, becomes)) == {kind}


def test_latin_may_be_smaller_than_chinese_and_slides_ask_for_more() -> None:
    assert kinds(RIGHT.replace('y="80" font-size="11"', 'y="80" font-size="9.5"')) == set()
    small = [one for one in checks.faults(RIGHT, "slide", ZOOM) if one.kind == "type"]
    assert [one.what for one in small] == ["0.99", "秦皇岛", "Tangshan"]
    assert small[0].value == pytest.approx(11 * ZOOM * POINTS)


def test_type_that_is_scaled_down_is_measured_as_it_is_seen() -> None:
    scaled = RIGHT.replace('<text x="225" y="45"', '<text transform="scale(0.5)" x="450" y="90"')
    assert kinds(scaled) == {"type"}


def test_neighbouring_classes_are_compared_in_the_palette_of_the_print() -> None:
    keys = [Key(str(at), colour) for at, colour in enumerate(SEQUENTIAL)]
    keys += [Key("circle", colour, "ring") for colour in CIRCLES]
    for palette in ("colour", "safe", "grey"):
        assert list(checks.alike(keys, palette)) == []
    near = [Key("a", "#6aa6ac"), Key("b", "#70a9af")]
    assert [one.kind for one in checks.alike(near, "colour")] == ["alike"]


def test_a_figure_with_a_grave_fault_does_not_leave_and_a_lesser_one_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = Sheet({"layout": {}}, 400, 200, ZOOM, (90.0, 45.0))
    main: Any = SimpleNamespace(lang="en", title="Title", stem="stem")
    logged: list[Any] = []
    monkeypatch.setattr(journal.faults, "warning", lambda _, **more: logged.append(more))
    passed(RIGHT, made, main, Print())
    assert logged == []
    small = RIGHT.replace('y="80" font-size="11"', 'y="80" font-size="9"')
    with pytest.raises(ExportError, match=r"type is smaller.*Tangshan"):
        passed(small, made, main, Print())
    passed(RIGHT.replace('x="20" y="80"', 'x="25" y="64"'), made, main, Print())
    assert [one["extra"]["fields"]["fault"].partition(":")[0] for one in logged] == ["met"]
