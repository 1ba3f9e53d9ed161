"""What the studies share: where their figures come from, and answers kept once computed."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings

P = ParamSpec("P")
R = TypeVar("R")


class Study:
    """Measures applied to the atlas.

    Parameters
    ----------
    readings
        The figures of places, with status and sources.
    data
        The tables, the catalogue and the layout behind them.
    """

    def __init__(self, readings: Readings, data: AtlasData) -> None:
        self._readings = readings
        self._data = data


class Kept(Generic[P, R]):
    """A method whose answers each study keeps for itself, by the arguments asked with."""

    def __init__(self, method: Callable[Concatenate[Any, P], R], at_most: int | None) -> None:
        self._method = method
        self._at_most = at_most
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Note the name under which a study will hold its own."""
        self._name = name

    def __get__(self, study: object, owner: type) -> Callable[P, R]:
        """Return the method of a study; a further look finds it in the study itself."""
        bound: Callable[P, R] = partial(self._method, study)
        vars(study)[self._name] = lru_cache(self._at_most)(bound)
        kept: Callable[P, R] = vars(study)[self._name]
        return kept


def kept(
    at_most: int | None = None,
) -> Callable[[Callable[Concatenate[Any, P], R]], Kept[P, R]]:
    """Keep the answers of a method; of more than `at_most` those not asked for longest are lost.

    Arguments must be hashable and given in one way, by position, wherever the method is called.
    """
    return lambda method: Kept(method, at_most)
