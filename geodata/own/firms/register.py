"""Which column of an enterprise register is what: by its name, or as a map says."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geodata.own.columns import refuse_twins, roles_in
from geodata.own.errors import OwnError
from geodata.own.firms.cells import WORDS_OF_STATUS
from geodata.own.firms.divisions import EDITIONS
from geodata.own.spelling import asides, bare, clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROLES: Final = Path(__file__).with_name("columns.csv")
AT: Final = ("lon", "lat")
SINGLE: Final = (
    *(*AT, "crs", "code", "name", "industry", "founded", "closed", "status", "staff"),
    *("capital", "currency", "id", "address"),
)
"""Roles that one column has at most."""
POINT: Final = frozenset(AT)
WITHIN: Final = "within"
PRIVATE: Final = "private"
"""Names, persons and telephones: not kept, unless a person says so."""
ADDRESS: Final = "address"
"""Of it the names of places count; it is not kept either."""
ANY_STATUS: Final = frozenset({"状态", "status"})
"""Words for a status of whatever it may be."""
KEYS: Final = frozenset({*SINGLE, WITHIN, "sheet", "edition", "statuses", "keep", "leave"})
ROLES_OF_FIRMS: Final = (*SINGLE, WITHIN)
PLACING: Final = frozenset({"code", "name", "id", ADDRESS, WITHIN})


@dataclass(frozen=True)
class Register:
    """The columns of a register, by name.

    `roles` has a header for each role there is, `within` those of provinces and cities, `keep`
    those that a person wants kept, `left` those that are not read. `edition` of the industries and
    `statuses` (word → yes or no) are what a person says.
    """

    roles: Mapping[str, str]
    within: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    edition: int | None = None
    statuses: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_points(self) -> bool:
        """Whether there are longitude and latitude."""
        return set(self.roles) >= POINT

    def units_of(self, role: str) -> str:
        """Return what the header of a role has in brackets: 注册资本（万元） → 万元."""
        beside = asides(clean(self.roles.get(role, "")))[1]
        return beside[-1] if beside else ""


def read_register(
    header: Sequence[str], said: Mapping[str, Any] | None = None, keep: Sequence[str] = ()
) -> Register:
    """Say what each column of a register is.

    Parameters
    ----------
    header
        The names of its columns.
    said
        What a person says (`KEYS`); comes first.
    keep
        Columns to be kept although they may name persons.

    Raises
    ------
    OwnError
        If a column that is named is not there, two share a name, or none tells a place.
    """
    refuse_twins(header)
    said = said or {}
    _check(said)
    roles = {role: _there(header, str(said[role])) for role in SINGLE if role in said}
    named = said.get(WITHIN, [])
    within = [_there(header, str(w)) for w in (named if isinstance(named, list) else [named])]
    kept = tuple(_there(header, str(one)) for one in (*keep, *said.get("keep", [])))
    leave = said.get("leave", [])
    for column in header:
        role = roles_in(ROLES).get(bare(asides(clean(column))[0]))
        taken = column in {*roles.values(), *within, *leave}
        if taken or role in {None, PRIVATE}:
            continue
        if role == WITHIN:
            within.append(column)
        else:
            roles.setdefault(str(role), column)
    if "name" not in roles and "code" not in roles and within:
        roles["name"] = within.pop()
    if not (set(roles) >= POINT or PLACING & set(roles)):
        raise OwnError(of="no_firm_places")
    used = {*roles.values(), *within, *kept}
    left = tuple(one for one in header if one and one not in used)
    edition, statuses = said.get("edition"), said.get("statuses", {})
    return Register(roles, tuple(within), tuple(dict.fromkeys(kept)), left, edition, statuses)


def is_register(header: Sequence[str]) -> bool:
    """Tell whether the columns are those of firms.

    These are points, credit codes, days and industries, or what becomes of a firm; a column that
    is merely called a status may be one of places, where there are others that no register has.
    """
    words = {bare(asides(clean(column))[0]) for column in header if column}
    found = {roles_in(ROLES).get(word) for word in words}
    lives = any(roles_in(ROLES).get(word) == "status" for word in words - ANY_STATUS)
    only = "status" in found and None not in found
    return found >= POINT or "id" in found or found >= {"founded", "industry"} or lives or only


def is_private(column: str) -> bool:
    """Tell whether a column names firms, persons or where they can be reached."""
    return roles_in(ROLES).get(bare(asides(clean(column))[0])) in {PRIVATE, ADDRESS}


def _check(said: Mapping[str, Any]) -> None:
    wrong = set() if said.get("edition", EDITIONS[0]) in EDITIONS else {"edition"}
    statuses = said.get("statuses", {})
    if not isinstance(statuses, dict) or set(statuses.values()) - set(WORDS_OF_STATUS):
        wrong.add("statuses")
    wrong |= {one for one in ("keep", "leave") if not isinstance(said.get(one, []), list)}
    if wrong:
        raise OwnError(of="firm_map", wrong=", ".join(sorted(wrong)))


def _there(header: Sequence[str], name: str) -> str:
    if name not in header:
        raise OwnError(of="no_column", name=name, known="、".join(filter(None, header)))
    return name
