"""The colours of circles are told apart, by every eye in the palette that is made for it."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from dashboard.palette import CIRCLES
from dashboard.print.inks import inked
from geodata.ids import MOST_CIRCLES
from tests.dashboard.test_contrast import LEAST, contrast

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
