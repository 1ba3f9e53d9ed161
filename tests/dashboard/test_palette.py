"""Classes and circles are told apart, by every eye in the palette that is made for it."""

from __future__ import annotations

from itertools import combinations, pairwise, product

import numpy as np
import pytest

from dashboard.colours import ciede2000, contrast, difference
from dashboard.colours import lab as in_lab
from dashboard.map.categories import HOT, LISA, QUIET
from dashboard.map.points import LAYER_COLOURS
from dashboard.palette import CIRCLES, DIVERGING, HEAT, INK, PAIRED, SEQUENTIAL, Theme, classes
from dashboard.papers import PALETTES, Palette
from dashboard.print.inks import inked
from geodata.ids import MOST_CIRCLES
from tests.dashboard.test_contrast import LEAST

TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
"""IEC 61966-2-1, linear sRGB to CIE XYZ (D65)."""
SIGHT = {
    "full": np.eye(3),
    "without red": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "without green": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}
"""Machado, Oliveira and Fernandes (2009), severity 1, for linear sRGB."""


def lab(colour: str, sight: str = "full") -> np.ndarray:
    """Return CIELAB of a colour as someone sees it."""
    srgb = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ SIGHT[sight] @ linear / (0.95047, 1.0, 1.08883)
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def rgb(colour: str) -> np.ndarray:
    """Return red, green and blue, 0 to 255."""
    return np.array([*bytes.fromhex(colour[1:])])


def nearest(colours: list[str], sight: str = "full") -> float:
    """Return the least difference of two colours, ΔE*ab of 1976."""
    return min(
        float(np.linalg.norm(lab(one, sight) - lab(other, sight)))
        for one, other in combinations(colours, 2)
    )


def test_differences_are_measured_as_cie_has_them() -> None:
    assert lab("#ffffff") == pytest.approx([100, 0, 0], abs=0.02)
    assert lab("#ff0000") == pytest.approx([53.24, 80.09, 67.20], abs=0.02)


def test_each_circle_of_the_largest_scheme_has_a_colour_of_its_own() -> None:
    assert len(CIRCLES) == MOST_CIRCLES
    assert nearest([*CIRCLES]) >= 28
    assert [one for one in CIRCLES if contrast(one, "#ffffff") < LEAST] == []


def test_the_first_circles_keep_their_colours() -> None:
    """A map of three circles looks as it did; those colours are quoted in print."""
    assert CIRCLES[:3] == ("#b5432f", "#2a6f97", "#6a7b35")


@pytest.mark.parametrize("sight", SIGHT)
def test_in_the_safe_palette_every_eye_tells_the_circles_apart(sight: str) -> None:
    assert nearest([inked(one, "safe") for one in CIRCLES], sight) >= 17


SHARMA = [
    # Sharma, Wu & Dalal (2005), table 1: pairs 1, 7, 17, 21, 23 and 34 of the test data
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((50, 2.5, 0), (50, 3.2592, 0.3350), 1.0000),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]
TOLD_APART = 8
"""Least ΔE of CIEDE2000 of what a map has to tell apart."""
PALE_APART = 7
"""As much of what is drawn pale, whose outline says it as well."""
SHOWN: list[tuple[Palette, Theme]] = [*((one, "light") for one in PALETTES), ("colour", "dark")]


@pytest.mark.parametrize(("one", "other", "apart"), SHARMA)
def test_ciede2000_is_that_of_the_published_pairs(
    one: tuple[float, float, float], other: tuple[float, float, float], apart: float
) -> None:
    assert ciede2000(one, other) == pytest.approx(apart, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(apart, abs=5e-5)


def test_colours_of_the_product_are_measured_as_those_of_the_tests() -> None:
    for colour in (*SEQUENTIAL, *CIRCLES):
        assert in_lab(colour) == pytest.approx(lab(colour), abs=1e-6)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(
    "ramp", [SEQUENTIAL, DIVERGING, HEAT], ids=["sequential", "diverging", "heat"]
)
def test_neighbouring_classes_are_told_apart(ramp: tuple[str, ...], palette: Palette) -> None:
    near = {
        (one, other): round(difference(inked(one, palette), inked(other, palette)), 1)
        for k in range(2, len(ramp) + 1)
        for one, other in pairwise(classes(ramp, k))
    }
    assert {pair: apart for pair, apart in near.items() if apart < TOLD_APART} == {}


@pytest.mark.parametrize(("palette", "theme"), [one for one in SHOWN if one[0] != "grey"])
def test_nine_classes_of_two_indicators_are_told_apart_and_from_all_else(
    palette: Palette, theme: Theme
) -> None:
    """A map of two indicators is not printed in grey, see `print.sheet`."""
    nine = [inked(one, palette) for one in PAIRED]
    others = [INK[theme].land, INK[theme].no_data, *LAYER_COLOURS.values()]
    near = {
        pair: round(difference(*pair), 1)
        for pair in (*combinations(nine, 2), *product(nine, others))
        if difference(*pair) < TOLD_APART
    }
    assert near == {}
    assert nearest(nine, "without red") > TOLD_APART < nearest(nine, "without green")


@pytest.mark.parametrize(("palette", "theme"), SHOWN)
def test_a_class_is_neither_taken_for_no_data_nor_for_outside(
    palette: Palette, theme: Theme
) -> None:
    """In grey what has no data is white as well, and hatched: see `test_no_data_is_hatched`."""
    ink = INK[theme]
    others = [ink.land] if palette == "grey" else [ink.land, ink.no_data]
    named = {*SEQUENTIAL, *DIVERGING, *LISA.values(), *HOT.values(), QUIET}
    near = {
        (colour, other): round(difference(inked(colour, palette), inked(other, palette)), 1)
        for colour in named
        for other in others
    }
    assert {pair: apart for pair, apart in near.items() if apart < TOLD_APART} == {}
    if palette != "grey":
        assert difference(ink.land, ink.no_data) >= TOLD_APART


def test_in_the_dark_what_a_circle_only_radiates_to_is_told_from_outside_and_no_data() -> None:
    """It lies between its class and what is outside, which is no brighter than most of it."""
    ink = INK["dark"]
    sea, outside = (rgb(colour) for colour in (ink.sea, ink.land))
    pale = {
        colour: "#" + bytes((ink.pale * rgb(colour) + (1 - ink.pale) * sea).astype(int)).hex()
        for colour in (*SEQUENTIAL[:4], *DIVERGING)
    }
    near = {
        (colour, other): round(difference(shown, other), 1)
        for colour, shown in pale.items()
        for other in (ink.land, ink.no_data)
    }
    assert {pair: apart for pair, apart in near.items() if apart < PALE_APART} == {}
    assert sum(rgb(shown).sum() > outside.sum() for shown in pale.values()) > len(pale) / 2


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_has_no_class_is_told_from_it_and_points_from_all_fills(theme: Theme) -> None:
    ink = INK[theme]
    plain = {"outside": ink.land, "no data": ink.no_data}
    lowest = {"lowest amount": SEQUENTIAL[0], "neutral": DIVERGING[3], "lowest": DIVERGING[0]}
    kinds = {**plain, **lowest}
    near = {
        (one, other): difference(kinds[one], kinds[other])
        for one, other in combinations(kinds, 2)
        if {one, other} != {"lowest amount", "neutral"}  # never on one map
    }
    assert {pair: apart for pair, apart in near.items() if apart < 8} == {}
    fills = (*SEQUENTIAL, *DIVERGING, *plain.values())
    points = [*LAYER_COLOURS.values(), ink.wing]
    assert [(a, b) for a in points for b in fills if difference(a, b) < 8] == []
