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

HOLDING: Final = ("province", "region")
"""Kinds of places that are made of cities."""

SHIJIAZHUANG: Final = "130100"
BAODING: Final = "130600"
XIONGAN: Final = "133100"
XIONGAN_COUNTIES: Final = frozenset({"130629", "130632", "130638"})
"""Xiong'an has no county rows of its own: its three counties keep Baoding's codes."""

NATION: Final = "CN"
"""The country as a place to compare with."""
NATION_CODE: Final = "000000"
"""The country in the tables of statistics."""

CENSUS_YEARS: Final = ("2010", "2020")
CENSUS_TABLES: Final = ("census6_county", "census7_county")
"""The sources that hold their figures by county."""

OWN: Final = "own"
"""Theme and status of the figures that a reader has brought along: nobody has published them."""
OWN_ID: Final = f"{OWN}."
"""Begins the ids of their indicators and sources; no published one has a point in it."""

OWN_KINDS: Final = ("table", "firms")
"""What a file of their own may be: a row a place, or a row a firm."""
OWN_SYSTEMS: Final = ("wgs84", "gcj02", "bd09")
"""Systems of coordinates that points of firms may be in."""

DEFAULT_SCHEME: Final = "article"
"""The scheme of circles that is meant where none is named."""
MOST_CIRCLES: Final = 12
"""Circles of one scheme at most: so many colours can be told apart on a map."""
