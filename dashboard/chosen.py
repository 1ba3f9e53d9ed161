"""What an address chooses where it names the three places, or a circle, as if it were a region.

Neither is one: a page is about the three places where nothing is chosen, and about a circle where
`circle` says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.records import REGION_ID

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def whole_chosen(
    given: Mapping[str, str], circles: Mapping[str, Collection[str]]
) -> Mapping[str, str]:
    """Take a whole that is named as the region for the choice that it stands for.

    Parameters
    ----------
    given
        Parameter → value.
    circles
        Scheme → the ids of its circles.

    Returns
    -------
    Mapping
        As given where circles are chosen, too, or of another scheme.
    """
    named, others = given.get("regions"), {k: v for k, v in given.items() if k != "regions"}
    if named is None or "circle" in given:
        return given
    if named == REGION_ID:
        return others
    scheme, _, circle = named.partition("/")
    if circle not in circles.get(scheme, ()) or given.get("scheme", scheme) != scheme:
        return given
    return {**others, "scheme": scheme, "circle": circle}
