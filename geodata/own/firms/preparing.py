"""What has to be known before the rows of a register can be read: places, habits, the system."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from geodata.own.errors import OwnError
from geodata.own.firms.divisions import habit_of
from geodata.own.firms.placing import name_rows
from geodata.own.firms.points import SAMPLE, detect_system
from geodata.own.firms.raster import Raster, build_raster
from geodata.own.firms.register import PLACING
from geodata.own.firms.rules import Rules
from geodata.own.firms.taking import frequencies, take_points
from geodata.own.history import History, load_history
from geodata.own.place import Gazetteer
from geodata.places.boundaries import read_counties
from geodata.records import REGION_ID

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa

    from geodata.own.firms.register import Register


@cache
def counties() -> Raster:
    """Return the raster of the counties as they were published, before the map rounds them.

    Raises
    ------
    BoundaryError
        If the boundaries are missing or altered.
    """
    frame = read_counties()
    return build_raster(tuple(frame["region_code"]), frame.geometry.to_numpy())


def places_of(
    history: History, raster: Raster
) -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
    """Return the codes of all places, those of the raster first, and what each of them lies in."""
    regions = history.regions
    wide = sorted(set(regions.places) - {*raster.codes, REGION_ID})
    codes = (*raster.codes, *wide)
    at = {code: position for position, code in enumerate(codes)}
    above = tuple(
        tuple(at[place.id] for place in regions.parents(code) if place.id != REGION_ID)
        for code in codes
    )
    return codes, above


def prepare(register: Register, table: pa.Table, today: date, system: str | None = None) -> Rules:
    """Return the rules by which the rows of a register are read.

    Parameters
    ----------
    register
        Its columns.
    table
        Its rows, or enough of them to tell its habits by.
    today
        The day after which nothing can have happened.
    system
        The system of the points; None where the rows have to tell.

    Raises
    ------
    OwnError
        If the rows do not tell the system of the points: then a person must.
    """
    history, raster = load_history(), counties()
    places, above = places_of(history, raster)
    gazetteer = Gazetteer(history) if register.within or PLACING & set(register.roles) else None
    column = register.roles.get("industry")
    texts = frequencies(table[column]) if column else Counter[str]()
    habit = habit_of(texts, column or "", register.edition)
    rules = Rules(register, raster, places, above, today, system or "", habit, gazetteer)
    if not register.has_points or "crs" in register.roles or system:
        return rules
    return _with_system(rules, table)


def _with_system(rules: Rules, table: pa.Table) -> Rules:
    roles = rules.register.roles
    # Twice the sample: in many rows code or point are missing.
    step = max(1, table.num_rows // (SAMPLE * 2))
    some = table.take(np.arange(0, table.num_rows, step))
    points = take_points(some[roles["lon"]], some[roles["lat"]])
    named = name_rows(some, rules).place
    county = np.where((named < len(rules.raster.codes)) & (points.fault == 0), named, -1)
    system = detect_system(points.lon, points.lat, county.astype(np.int16), rules.raster)
    if system is None:
        raise OwnError(of="which_system")
    return replace(rules, system=system)
