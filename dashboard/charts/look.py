"""How a chart of places looks: words, theme, the circles' colours, who is selected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dashboard.palette import Theme
    from dashboard.text import Text


@dataclass(frozen=True, slots=True)
class Look:
    """What a chart needs besides its records; `colours` maps the id of a circle to its colour."""

    t: Text
    theme: Theme
    colours: Mapping[str, str] = field(default_factory=dict)
    selected: Collection[str] = ()
