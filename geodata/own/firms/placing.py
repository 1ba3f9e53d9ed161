"""Where each row of a register is: by its point, else by code and name, else by its registrar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.own.firms.cells import is_missing, plain, registrar_of
from geodata.own.firms.points import FAULTS, is_coarse, system_of
from geodata.own.firms.register import ADDRESS
from geodata.own.firms.rules import NONE, NOWHERE, Rules
from geodata.own.firms.shifts import TO_WGS
from geodata.own.firms.taking import distinct, point_reason, take, take_points
from geodata.own.texts import together
from geodata.own.words import number

SILENT: Final = ("no_place", "address_alone", "address_unread")
"""Reasons for which a row is where it was registered."""

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from geodata.own.firms.points import Points
    from geodata.own.place import Found

    Coordinates = NDArray[np.float64]
    Numbers = NDArray[np.int16]
    Spots = tuple[Numbers, Numbers, Numbers]


@dataclass(frozen=True, slots=True)
class Sites:
    """Where rows are, as arrays of shape (rows,).

    `place` is a position among the places of the rules, -1 where refused; `how` and `refused` are
    keys by number, of which one is 0; `lon` and `lat` are WGS84, NaN where a row was placed without
    its point, and without meaning where it was refused.
    `point` and `id` tell cells that were refused, `notes` what else is told.
    """

    place: Numbers
    how: Numbers
    refused: Numbers
    lon: Coordinates
    lat: Coordinates
    point: Numbers
    id: Numbers
    notes: tuple[Numbers, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What codes, names and registrars say: place, how, refusal, and the cells of the registrar."""

    place: Numbers
    how: Numbers
    refused: Numbers
    id: Numbers


def place_rows(table: pa.Table, rules: Rules) -> Sites:
    """Return where the rows of a register are.

    A point counts before code and name; where they are in other counties the row is marked. What
    has no point is where code and name say, and where these are empty, where it was registered.

    Parameters
    ----------
    table
        Columns under the names of the register.
    rules
        What decides.
    """
    named = name_rows(table, rules)
    rows = table.num_rows
    none = np.zeros(rows, np.int16)
    if not rules.register.has_points:
        nothing = np.full(rows, np.nan)
        return Sites(named.place, named.how, named.refused, nothing, nothing, none, named.id, ())
    points, lon, lat, unknown = _points(table, rules)
    fault = np.where(unknown, number("point_system"), point_reason(points.fault))
    fault = fault.astype(np.int16, copy=False)
    county = rules.raster.county_of(lon, lat)
    there = fault == 0
    inside = there & (county != NOWHERE)
    apart = inside & (named.place != NOWHERE)
    if apart.any():
        apart &= ~_lies_in(county, named.place, rules)
    coarse = inside & is_coarse(points.lon, points.lat)
    empty = fault == number("point_empty")
    nameless = named.refused == number("no_place")
    asked = bool(rules.gazetteer)
    why = np.where(nameless & ~(empty & asked), fault, named.refused)
    refused = np.where(inside, NONE, np.where(there, number("out"), why))
    place = np.where(inside, county, np.where(refused > 0, NOWHERE, named.place))
    how = np.where(inside, number("by_point"), np.where(refused > 0, NONE, named.how))
    lost = ~inside & (place != NOWHERE)
    if lost.any():
        lon, lat = np.where(lost, np.nan, lon), np.where(lost, np.nan, lat)
    return Sites(
        place=place.astype(np.int16, copy=False),
        how=how.astype(np.int16, copy=False),
        refused=refused.astype(np.int16, copy=False),
        lon=lon,
        lat=lat,
        point=np.where(empty, NONE, fault).astype(np.int16, copy=False),
        id=named.id,
        notes=(
            (apart * number("code_apart")).astype(np.int16, copy=False),
            (coarse * number("coarse")).astype(np.int16, copy=False),
        ),
    )


def name_rows(table: pa.Table, rules: Rules) -> Named:
    """Return what codes, names and registrars say of where the rows are."""
    rows, roles = table.num_rows, rules.register.roles
    none = np.zeros(rows, np.int16)
    columns = [roles[role] for role in ("code", "name") if role in roles]
    columns += rules.register.within
    place, how = np.full(rows, NOWHERE, np.int16), none
    refused = np.full(rows, number("no_place"), np.int16)
    if columns and rules.gazetteer:
        place, how, refused = _asked(table, columns, rules)
    if ADDRESS in roles and rules.gazetteer:
        place, how, refused = _by_address(table, rules, (place, how, refused))
    if "id" not in roles or not rules.gazetteer:
        return Named(place, how, refused, none)
    area = take(table[roles["id"]], registrar_of, "")
    codes, where = np.unique(area.values, return_inverse=True)
    found = [rules.gazetteer.code(one) if one else None for one in codes.tolist()]
    spots = np.array([_position(one, rules) if one else NOWHERE for one in found], np.int16)[where]
    nowhere = np.array([number(one.reason if one else "") for one in found], np.int16)[where]
    silent = np.isin(refused, [number(one) for one in SILENT])
    use = silent & (spots != NOWHERE)
    why = np.where(area.reason > 0, area.reason, nowhere)
    lost = silent & ~use & (why > 0)
    return Named(
        place=np.where(use, spots, place).astype(np.int16, copy=False),
        how=np.where(use, number("registered"), how).astype(np.int16, copy=False),
        refused=np.where(use, NONE, np.where(lost, why, refused)).astype(np.int16, copy=False),
        id=area.reason,
    )


def _asked(table: pa.Table, columns: Sequence[str], rules: Rules) -> Spots:
    """Ask the gazetteer once for each set of cells that stands in the table."""
    taken = [distinct(table[column]) for column in columns]
    key = np.zeros(table.num_rows, np.int64)
    for codes, texts in taken:
        key = np.unique(key, return_inverse=True)[1] * len(texts) + codes
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    cells = [[texts[codes[at]] for codes, texts in taken] for at in first.tolist()]
    found = [_meant(one, rules) for one in cells]
    place = np.array([_position(one, rules) for one in found], np.int16)
    reason = np.array([number(one.reason) for one in found], np.int16)
    good = place != NOWHERE
    how, refused = np.where(good, reason, NONE), np.where(good, NONE, reason)
    return (
        place[which],
        how[which].astype(np.int16, copy=False),
        refused[which].astype(np.int16, copy=False),
    )


def _by_address(table: pa.Table, rules: Rules, told: Spots) -> Spots:
    """Find the counties of rows that code and name bring to a city at best, by their addresses."""
    from geodata.own.addresses import Addresses  # noqa: PLC0415 - points need no gazetteer

    assert rules.gazetteer  # noqa: S101 - asked only where there is one
    reads = Addresses(rules.gazetteer)
    codes, texts = distinct(table[rules.register.roles[ADDRESS]])
    heads = [reads.head(text) for text in texts]
    known = list(dict.fromkeys(heads))
    order = {head: at for at, head in enumerate(known)}
    head = np.array([order[one] for one in heads], np.int64)[codes]
    empty = np.array([is_missing(plain(text)) for text in texts], np.bool_)[codes]
    place, how, refused = (one.copy() for one in told)
    open_ = (place >= len(rules.raster.codes)) | (refused == number("no_place"))
    rows = np.flatnonzero(open_ & ~empty)
    first, which = together([head[rows], place[rows] + 1], len(rows))
    above = [place[at] for at in rows[first].tolist()]
    found = [
        reads.meaning(known[head[at]], rules.places[wide] if wide != NOWHERE else "")
        for at, wide in zip(rows[first].tolist(), above, strict=True)
    ]
    spots = np.array([_position(one, rules) for one in found], np.int16)
    reason = np.array([number(one.reason) for one in found], np.int16)
    # An address that names no county tells no more than the city did.
    moved = (spots[which] != place[rows]) | (spots[which] == NOWHERE)
    rows, spots, reason = rows[moved], spots[which][moved], reason[which][moved]
    place[rows] = spots
    how[rows] = np.where(spots != NOWHERE, reason, NONE)
    refused[rows] = np.where(spots != NOWHERE, NONE, reason)
    return place, how, refused


def _meant(cells: Sequence[str], rules: Rules) -> Found:
    from geodata.own.joining import meaning  # noqa: PLC0415 - points need no gazetteer

    assert rules.gazetteer  # noqa: S101 - asked only where there is one
    roles = rules.register.roles
    code = cells[0] if "code" in roles else None
    rest = cells if code is None else cells[1:]
    name, *within = rest if "name" in roles else ("", *rest)
    return meaning(rules.gazetteer, code, name, within, None)


def _position(found: Found, rules: Rules) -> int:
    if not found.placed or found.codes[0] not in rules.places:
        return int(NOWHERE)
    return rules.places.index(found.codes[0])


def _lies_in(county: Numbers, other: Numbers, rules: Rules) -> NDArray[np.bool_]:
    """Tell which counties are the other place, or lie in it."""
    size = len(rules.places)
    within = np.eye(size, size + 1, dtype=np.bool_)
    for at, above in enumerate(rules.above):
        within[at, list(above)] = True
    # Position -1, no place, is the last column.
    return np.asarray(within[county, other])


def _points(
    table: pa.Table, rules: Rules
) -> tuple[Points, Coordinates, Coordinates, NDArray[np.bool_]]:
    """Return points as written and in WGS84, and which of them name no system that is known."""
    roles = rules.register.roles
    points = take_points(table[roles["lon"]], table[roles["lat"]])
    rows = np.arange(table.num_rows)
    if "crs" not in roles:
        lon, lat = TO_WGS[rules.system](points.lon, points.lat)
        return points, lon, lat, np.zeros(len(rows), np.bool_)
    codes, texts = distinct(table[roles["crs"]])
    systems = [system_of(one) for one in texts]
    lon, lat = points.lon.copy(), points.lat.copy()
    for at, system in enumerate(systems):
        here = np.flatnonzero(codes == at)
        if system and here.size:
            lon[here], lat[here] = TO_WGS[system](lon[here], lat[here])
    unknown = np.array([one is None for one in systems], np.bool_)[codes]
    return points, lon, lat, unknown & (points.fault == FAULTS.index(""))
