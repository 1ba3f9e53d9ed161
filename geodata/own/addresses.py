"""Which county an address lies in, by the names that it begins with.

Roads and estates are called after places, too: only what stands at the beginning counts, and a
county only below its province or city, since counties of other provinces have the same names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from geodata.own.place import Found
from geodata.own.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.own.place import Gazetteer

LEFT_OUT: Final = re.compile("^(?:中国|[(（]?市辖区[)）]?|[,，、;；/]+)")
"""What stands between the names of an address and names nothing."""
ROAD: Final = re.compile("^(?:路|街|巷|桥|大街|大道|胡同)")
"""After the name of a county: a road that is called after it."""
VAGUE: Final = frozenset({"divided", "namesakes", "no_record"})
"""Reasons for which the county is not told although the city above it is."""


@dataclass(frozen=True, slots=True)
class Head:
    """What an address begins with: names and codes of provinces and cities, and of a county.

    `away` says that it is in another province.
    """

    above: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    county: str = ""
    away: bool = False

    @property
    def text(self) -> str:
        """The names without the rest of the address, which may be somebody's home."""
        return "".join(self.above) + self.county


class Addresses:
    """Reads addresses.

    Parameters
    ----------
    gazetteer
        What names mean.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def head(self, cell: str) -> Head:
        """Return the names that an address begins with."""
        text = clean(cell)
        if any(text.startswith(one) for one in self._gazetteer.elsewhere):
            return Head(away=True)
        names, codes, county = self._read(text)
        return Head(tuple(names), tuple(codes), county)

    def shortened(self, cell: str) -> str:
        """Return an address without what stands behind the names of places."""
        return self.head(cell).text

    def meaning(self, head: Head, within: str = "") -> Found:
        """Return the county of an address, or at least its city.

        Parameters
        ----------
        head
            What it begins with.
        within
            The code of the province or city that stands in other columns, "" for none.
        """
        if head.away:
            return Found("none", (), "not_there") if within else Found("out", (), "out")
        known = [*([within] if within else []), *head.codes]
        if not known:
            return Found("none", (), "address_alone" if head.county else "address_unread")
        wide = self._gazetteer.within(known)
        if wide is None:
            return Found("none", (), "not_there")
        if not head.county:
            return Found("one", (wide,), "by_address")
        found = self._gazetteer.name(head.county, known)
        if found.placed:
            return Found("one", found.codes, "by_address")
        return Found("one", (wide,), "by_address") if found.reason in VAGUE else found

    def _read(self, text: str) -> tuple[list[str], list[str], str]:
        text = LEFT_OUT.sub("", text)
        if county := self._county(text):
            return [], [], county
        for names, full in ((self._full, True), (self._short, False)):
            name = _beginning(text, names)
            if not name:
                continue
            above, codes, county = self._read(text[len(name) :])
            # 北京路 is a road, but 北京海淀区 is a place.
            if full or county or above:
                return [name, *above], [names[name], *codes], county
        return [], [], ""

    def _county(self, text: str) -> str:
        name = _beginning(text, self._gazetteer.counties)
        return "" if name in self._full or ROAD.match(text[len(name) :]) else name

    @cached_property
    def _full(self) -> Mapping[str, str]:
        return self._gazetteer.wide

    @cached_property
    def _short(self) -> Mapping[str, str]:
        return self._gazetteer.heads


def _beginning(text: str, names: Mapping[str, object]) -> str:
    """Return the longest of some names that a text begins with."""
    longest = max(map(len, names))
    ends = range(min(longest, len(text)), 1, -1)
    return next((text[:end] for end in ends if text[:end] in names), "")
