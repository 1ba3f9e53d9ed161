"""The data side of the atlas: facts, boundaries, layout, catalogue and measures.

Knows geography and economics; imports neither Dash nor Plotly. In a notebook::

    import geodata as jjj

    jjj.map("制造业区位商", 2020, circle="天津都市圈")
    jjj.table("gdp", level="city")
    jjj.place("石家庄")
    jjj.search("gdp per head")

Importing it loads nothing; what these need is loaded when they are asked the first time.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.library import atlas, indicator, place, search, table
    from geodata.library import mapped as map  # noqa: A004 - a map is a map here

__all__ = ["atlas", "indicator", "map", "place", "search", "table"]


def __getattr__(name: str) -> object:
    """Return a function of `geodata.library` once it is asked for."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module("geodata.library"), {"map": "mapped"}.get(name, name))


def __dir__() -> list[str]:
    return sorted(__all__)
