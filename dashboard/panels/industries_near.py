"""The industries from the least to the most complex, each with the one nearest to it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from dashboard.numbers import number
from geodata.measures.specialisation import INDUSTRIES
from geodata.studies.relatedness import nearest

if TYPE_CHECKING:
    from dashboard.wording import Context
    from geodata.studies.relatedness import Space

HEADS: Final = ("industry", "held", "near", "complexity")
"""What is told of an industry; `clusters.relatedness_head_<name>` names it."""


def industries(space: Space, context: Context) -> list[tuple[str, str, str, str]]:
    """Return what is told of each industry, in the order of `HEADS`."""
    return [
        (
            context.term("industry_short", INDUSTRIES[at])[context.lang],
            str(int(space.specialised[:, at].sum())),
            "".join(near_said(*one, context) for one in nearest(space, INDUSTRIES[at], 1)),
            number(known(space.industries_complexity[at]), 2),
        )
        for at in np.argsort(space.industries_complexity, kind="stable")
    ]


def near_said(sector: str, proximity: float, context: Context) -> str:
    """Name an industry that is near to another, and how near it is."""
    name = context.term("industry_short", sector)[context.lang]
    return context.t("clusters.relatedness_one", industry=name, near=number(proximity, 2))


def known(value: float) -> float | None:
    """Return a figure, None where there is none."""
    return None if np.isnan(value) else float(value)
