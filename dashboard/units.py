"""The units in which a language counts: 亿元 and 万人 are billions and millions in English.

The tables, their addresses and the Data page keep every figure in the unit of its publication;
what is shown elsewhere passes through here. Only the decimal point moves: no digit changes.
"""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeVar

from geodata.catalog.units import load_units
from geodata.records import Column, Indicator, Name, Place, Value
from geodata.studies.hierarchy import System

if TYPE_CHECKING:
    from geodata.measures.hierarchy import RankSize, SizeClass
    from geodata.records import Lang

TABLE: Final = load_units()
ENGLISH: Final = {one.unit: (one.shown, one.places) for one in TABLE}
"""Unit of the tables → the unit in English, and by how many places the decimal point moves."""
YUAN: Final = next(one.unit for one in TABLE if one.key == "yuan")
"""The unit of flows of money in the tables."""
FINER: Final = {unit: -places for unit, places in ENGLISH.values() if places < 0}
"""Unit in English → decimals it takes beyond those of the tables' own unit."""

Found = TypeVar("Found")


def shifted(number: float, places: int) -> float:
    """Return a number with its decimal point moved right, or left where `places` is negative."""
    return float(Decimal(repr(number)).scaleb(places))


def unit_in(unit: str, lang: Lang) -> str:
    """Return the unit in which figures of `unit` are shown in a language."""
    return unit if lang == "zh" else ENGLISH.get(unit, (unit, 0))[0]


def places_in(unit: str, lang: Lang) -> int:
    """Return by how many places the decimal point moves to the right in a language."""
    return 0 if lang == "zh" else ENGLISH.get(unit, (unit, 0))[1]


def counted(found: Found, lang: Lang) -> Found:
    """Return what an answer of the atlas holds in the units of a language.

    Parameters
    ----------
    found
        A figure, a column, an indicator, or any record or sequence that holds some.
    lang
        The language of the screen.

    Returns
    -------
    Found
        The same with other numbers, units and decimals; itself in Chinese. Twice is as once.
    """
    return found if lang == "zh" else _english(found)


def _english(found: Any) -> Any:  # noqa: ANN401 - each kind of record in turn
    if isinstance(found, Value | Column | Indicator):
        return _shown(found)
    if isinstance(found, System):
        return _system(found)
    if isinstance(found, tuple | list):
        return type(found)([_english(one) for one in found])
    if isinstance(found, dict):
        return {key: _english(one) for key, one in found.items()}
    if is_dataclass(found) and not isinstance(found, type | Name | Place):
        held = {one.name: getattr(found, one.name) for one in fields(found)}
        new = {name: _english(one) for name, one in held.items()}
        moved = {name: one for name, one in new.items() if one != held[name]}
        return replace(found, **moved) if moved else found
    return found


def _shown(found: Value | Column | Indicator) -> Value | Column | Indicator:
    unit, places = ENGLISH.get(found.unit, ("", 0))
    if not unit:
        return found
    if isinstance(found, Value):
        number = None if found.value is None else shifted(found.value, places)
        return replace(found, value=number, unit=unit)
    if isinstance(found, Column):
        return replace(found, unit=unit, values=_english(found.values))
    return replace(found, unit=unit, decimals=max(0, found.decimals - places))


def _system(found: System) -> System:
    """Move a city system with its line and its classes, which are in the unit of its cities."""
    unit = found.cities[0].value.unit if found.cities else ""
    places = places_in(unit, "en")
    return replace(
        found,
        cities=_english(found.cities),
        primacy=_english(found.primacy),
        line=found.line and _line(found.line, places),
        classes=tuple(_class(one, places) for one in found.classes),
    )


def _line(line: RankSize, places: int) -> RankSize:
    moved = line.exponent * places * math.log(10)
    return replace(line, intercept=line.intercept + moved)


def _class(one: SizeClass, places: int) -> SizeClass:
    return replace(one, low=shifted(one.low, places), high=shifted(one.high, places))
