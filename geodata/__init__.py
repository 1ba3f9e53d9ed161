"""The data side of the atlas: facts, boundaries, layout, catalogue and measures.

Knows geography and economics; imports neither Dash nor Plotly. In a notebook::

    import geodata as jjj

    jjj.map("制造业区位商", 2020, circle="天津都市圈")
    jjj.table("gdp", level="city")
    jjj.place("石家庄")
    jjj.search("gdp per head")
    jjj.own_table("my-firms")

Importing it loads nothing; what these need is loaded when they are asked the first time.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.library import atlas, indicator, place, search, table
    from geodata.library import mapped as map  # noqa: A004 - a map is a map here
    from geodata.own.frame import own_table

__all__ = ["atlas", "indicator", "map", "own_table", "place", "search", "table"]


def __getattr__(name: str) -> object:
    """Return a function of `geodata.library` or `geodata.own` once it is asked for."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    home = "geodata.own.frame" if name == "own_table" else "geodata.library"
    return getattr(import_module(home), {"map": "mapped"}.get(name, name))


def __dir__() -> list[str]:
    return sorted(__all__)
