"""How far colours lie apart: contrast as WCAG 2 has it, difference as CIE has it (CIEDE2000)."""

from __future__ import annotations

from functools import lru_cache
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt
from typing import Final

Lab = tuple[float, float, float]

TO_XYZ: Final = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
"""IEC 61966-2-1, linear sRGB to CIE XYZ."""
WHITE: Final = (0.95047, 1.0, 1.08883)
"""D65."""
VIVID: Final = 25.0**7
"""Chroma 25 to the seventh power, about which CIEDE2000 bends its axes."""


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of #rrggbb, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Return how light a colour (#rrggbb) is, from 0 to 1, as WCAG 2 measures it."""
    red, green, blue = map(_linear, channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return how much two colours (#rrggbb) differ in lightness, from 1 to 21, as WCAG 2 does."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def legible(ground: str) -> str:
    """Return black or white, whichever stands out more from a ground: by 4.58 at least."""
    return max("#000000", "#ffffff", key=lambda ink: contrast(ink, ground))


def over(colour: str, opacity: float, ground: str) -> str:
    """Return the colour that is seen where `colour` lies with an opacity of 0 to 1 on a ground."""
    pairs = zip(channels(colour), channels(ground), strict=True)
    return "#" + "".join(f"{round(top * opacity + low * (1 - opacity)):02x}" for top, low in pairs)


def lab(colour: str) -> Lab:
    """Return CIELAB (D65) of a colour (#rrggbb)."""
    linear = tuple(map(_linear, channels(colour)))
    sums = (sum(a * b for a, b in zip(row, linear, strict=True)) for row in TO_XYZ)
    x, y, z = (_root(value / white) for value, white in zip(sums, WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@lru_cache(maxsize=1024)
def difference(one: str, other: str) -> float:
    """Return ΔE of CIEDE2000 between two colours (#rrggbb): 0 where they are the same."""
    return ciede2000(lab(one), lab(other))


def ciede2000(one: Lab, other: Lab) -> float:
    """Return the difference of two colours in CIELAB, all weights 1.

    References
    ----------
    CIE 142-2001; Sharma, Wu & Dalal (2005), Color Research and Application 30(1), 21-30, whose
    equations (2) to (22) these are.
    """
    mean = (hypot(*one[1:]) + hypot(*other[1:])) / 2
    bent = 1.5 - 0.5 * sqrt(mean**7 / (mean**7 + VIVID))
    first, second = (_polar(bent * a, b) for _, a, b in (one, other))
    grey = first[0] * second[0] == 0
    turn = 0.0 if grey else (second[1] - first[1] + 180) % 360 - 180
    hue = first[1] + second[1] if grey else (first[1] + turn / 2) % 360
    light, chroma = (one[0] + other[0]) / 2, (first[0] + second[0]) / 2
    away = (light - 50) ** 2
    by_light = (other[0] - one[0]) / (1 + 0.015 * away / sqrt(20 + away))
    by_chroma = (second[0] - first[0]) / (1 + 0.045 * chroma)
    apart = 2 * sqrt(first[0] * second[0]) * sin(radians(turn / 2))
    by_hue = apart / (1 + 0.015 * chroma * _hue_weight(hue))
    blue = 60 * exp(-(((hue - 275) / 25) ** 2))
    twist = -2 * sqrt(chroma**7 / (chroma**7 + VIVID)) * sin(radians(blue))
    return sqrt(by_light**2 + by_chroma**2 + by_hue**2 + twist * by_chroma * by_hue)


def _hue_weight(hue: float) -> float:
    terms = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    return 1 + sum(part * cos(radians(times * hue + shift)) for part, times, shift in terms)


def _polar(a: float, b: float) -> tuple[float, float]:
    """Return chroma and hue in degrees; grey has hue 0."""
    return hypot(a, b), degrees(atan2(b, a)) % 360


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004


def _root(share: float) -> float:
    """Return the cube root of CIELAB, straight near black."""
    return float(share ** (1 / 3)) if share > 216 / 24389 else (24389 / 27 * share + 16) / 116
