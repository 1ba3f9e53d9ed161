"""The ids that the code names by itself; all others come from the tables."""

from __future__ import annotations

from typing import Final

BEIJING: Final = "110000"
TIANJIN: Final = "120000"
HEBEI: Final = "130000"
MUNICIPALITIES: Final = (BEIJING, TIANJIN)
"""Each is a city and a province at once."""
PROVINCES: Final = (*MUNICIPALITIES, HEBEI)
"""The three places, Beijing, Tianjin and Hebei, in the order of their codes."""

NATION: Final = "CN"
"""Place id of the country as a reference."""

DEFAULT_SCHEME: Final = "article"
"""The scheme of circles that is meant where none is named."""
MOST_CIRCLES: Final = 12
"""Circles of one scheme at most: so many colours can be told apart on a map."""
