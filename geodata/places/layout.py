"""The layout: published schemes of circles, who belongs to them, in what role.

A circle lists units of any level. The most specific listing of a county decides its role:
Tongzhou inside Beijing is a wing, Xiong'an's counties follow 133100 and not Baoding. Members in
full roles (core, wing, member) can be summed; the others are only shown.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, get_args

from geodata.errors import UnknownNameError
from geodata.places.regions import outermost
from geodata.records import FULL_ROLES, PARTIAL_ROLES, Circle, Level, Member, Role, Scheme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.places.regions import Regions
    from geodata.records import Place

STRENGTH: Final[tuple[Role, ...]] = get_args(Role)
"""Roles from the strongest; where several circles are shown, the strongest is drawn."""


class Layout:
    """Schemes and circles over the regions.

    Parameters
    ----------
    schemes
        All schemes, in the order a reader chooses from.
    regions
        The regions they list.
    """

    def __init__(self, schemes: Sequence[Scheme], regions: Regions) -> None:
        self.schemes = tuple(schemes)
        self.regions = regions
        self._circles = {c.key: c for s in schemes for c in s.circles}
        self._county_roles = {key: self._roles_of(c) for key, c in self._circles.items()}

    def scheme(self, scheme: str) -> Scheme:
        """Return a scheme.

        Raises
        ------
        UnknownNameError
            If there is no such scheme.
        """
        for candidate in self.schemes:
            if candidate.id == scheme:
                return candidate
        known = ", ".join(s.id for s in self.schemes)
        message = f"The atlas has no scheme {scheme!r}; choose one of {known}."
        raise UnknownNameError(message)

    def circle(self, key: str) -> Circle:
        """Return a circle by "scheme/circle".

        Raises
        ------
        UnknownNameError
            If there is no such circle.
        """
        try:
            return self._circles[key]
        except KeyError:
            known = ", ".join(self._circles)
            message = f"The atlas has no circle {key!r}; choose one of {known}."
            raise UnknownNameError(message) from None

    def county_roles(self, key: str) -> Mapping[str, tuple[Role, Member]]:
        """Return role and deciding member of every county a circle touches."""
        self.circle(key)
        return self._county_roles[key]

    def counties(self, key: str, roles: frozenset[Role] = FULL_ROLES) -> frozenset[str]:
        """Return the counties of a circle in any of the roles."""
        found = self.county_roles(key).items()
        return frozenset(code for code, (role, _) in found if role in roles)

    def full_units(self, key: str) -> tuple[str, ...]:
        """Return the listed units that can be summed, leaving out those inside another one.

        A unit counts as inside where all its counties are, so Tongzhou is counted once, within
        Beijing, and Xinji once, within Shijiazhuang.
        """
        units = [m.place for m in self.circle(key).members if m.role in FULL_ROLES]
        return outermost(units, self.regions.counties)

    def in_part(self, place: str) -> tuple[Place, ...]:
        """Return the members of a circle that are in no sum as only a part belongs; else none."""
        circle = self._circles.get(place)
        return tuple(self.regions.places[unit] for unit in circle.in_part) if circle else ()

    def roles(self, keys: Sequence[str], level: Level) -> dict[str, Role]:
        """Return the strongest role of each region of a level in the circles.

        A city of which a circle lists only some counties, or which it lists with counties left
        out, is "partial". Regions outside all circles are absent.
        """
        strongest: dict[str, Role] = {}
        for key in keys:
            for code in self.regions.codes(level):
                role = self.role(key, code)
                if role and (code not in strongest or stronger(role, strongest[code])):
                    strongest[code] = role
        return strongest

    def role(self, key: str, region: str) -> Role | None:
        """Return the role of a region in a circle, or None outside it."""
        for member in self.circle(key).members:
            if member.place == region:
                return member.role
        county_roles = self._county_roles[key]
        inside = [county_roles.get(c) for c in self.regions.drawn[region]]
        found = {entry[0] for entry in inside if entry is not None}
        if not found:
            return None
        if None in inside or (len(found) > 1 and found - FULL_ROLES):
            return "partial" if found - {"excluded"} else None
        # All counties belong, so the region has the role of the unit that holds most of them.
        counts = Counter(entry[0] for entry in inside if entry is not None)
        return max(counts, key=lambda r: (counts[r], -STRENGTH.index(r)))

    def via(self, key: str, region: str) -> Member | None:
        """Return the listed unit through which a region belongs to a circle."""
        members = {m.place: m for m in self.circle(key).members}
        if region in members:
            return members[region]
        county_roles = self._county_roles[key]
        deciding = [county_roles[c][1] for c in self.regions.drawn[region] if c in county_roles]
        if not deciding:
            return None
        inside = [m for m in deciding if self.regions.counties_of(region) <= self._set(m)]
        return (inside or deciding)[0]

    def circles_of(self, region: str) -> tuple[tuple[Circle, Role, Member], ...]:
        """Return every circle of every scheme a region belongs to, with role and listed unit."""
        found = []
        for key, circle in self._circles.items():
            role, member = self.role(key, region), self.via(key, region)
            if role and member:
                found.append((circle, role, member))
        return tuple(found)

    def overlaps(self, scheme: str) -> dict[str, tuple[str, ...]]:
        """Return the counties that several circles of a scheme show, with the circles' keys.

        Excluded units do not count as shown.
        """
        shown: dict[str, list[str]] = {}
        for circle in self.scheme(scheme).circles:
            for code, (role, _) in self._county_roles[circle.key].items():
                if role != "excluded":
                    shown.setdefault(code, []).append(circle.key)
        return {code: tuple(keys) for code, keys in sorted(shown.items()) if len(keys) > 1}

    def circle_groups(self, scheme: str) -> dict[str, frozenset[str]]:
        """Return the counties to outline for a scheme.

        Returns
        -------
        dict
            "scheme/circle" → its full members; "…#partial" → counties only radiated or of which
            only a part belongs; "…#excluded" → counties left out by name. Empty groups are absent.
        """
        groups: dict[str, frozenset[str]] = {}
        for circle in self.scheme(scheme).circles:
            groups[circle.key] = self.counties(circle.key)
            for suffix, roles in _SHOWN:
                groups[f"{circle.key}#{suffix}"] = self.counties(circle.key, roles)
        return {key: codes for key, codes in groups.items() if codes}

    def _set(self, member: Member) -> frozenset[str]:
        return self.regions.counties_of(member.place)

    def _roles_of(self, circle: Circle) -> dict[str, tuple[Role, Member]]:
        decided: dict[str, tuple[Role, Member]] = {}
        # From the widest unit to the narrowest, so that the more specific listing stays.
        for member in sorted(circle.members, key=lambda m: -len(self._set(m))):
            for code in self._set(member):
                decided[code] = (member.role, member)
        return decided


_SHOWN: Final[tuple[tuple[str, frozenset[Role]], ...]] = (
    ("partial", PARTIAL_ROLES),
    ("excluded", frozenset({"excluded"})),
)


def stronger(role: Role, other: Role) -> bool:
    """Say whether a role is stronger than another."""
    return STRENGTH.index(role) < STRENGTH.index(other)
