"""How far two pictures of one figure are apart, whoever drew them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 24
"""Pixels of a block's side: about two lines of notes, so that hinting of type evens out."""
SHAPE = 0.02
"""Part by which the heights of pictures of one width may differ: a few pixels in rounding."""


def blocks(picture: Image.Image, across: int, down: int) -> NDArray[np.float64]:
    """Return the mean colour of each block of a picture on white, rows × columns × 3, of 255."""
    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture)
    small = ground.convert("RGB").resize((across, down), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float64)


def apart(one: bytes, other: bytes) -> float:
    """Return the greatest difference of the colour of a block, of 255 levels of a channel.

    A difference in type is of its pixels alone and small in the mean of a block; what is filled
    with another colour, or is not there, is a difference of its whole block.

    Parameters
    ----------
    one
        A picture at the size of its figure, whose pixels the blocks are of.
    other
        One of any size; pictures of another shape have nothing in common.
    """
    first, second = (Image.open(io.BytesIO(png)).convert("RGBA") for png in (one, other))
    if abs(first.height / first.width * second.width / second.height - 1) > SHAPE:
        return 255.0
    grid = round(first.width / BLOCK), round(first.height / BLOCK)
    return float(np.abs(blocks(first, *grid) - blocks(second, *grid)).max())


def is_plain(png: bytes) -> bool:
    """Tell whether a picture has next to no colours: one of ground, and a few more at most."""
    return Image.open(io.BytesIO(png)).convert("RGB").getcolors(8) is not None
