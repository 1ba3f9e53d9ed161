"""The address as callbacks know it: its parts to wait for, and the view it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from dash import Input, State

from dashboard.view import PARAMETERS, View, Vocabulary, parse
from dashboard.web.answers import noted
from dashboard.web.root import root
from geodata.records import MAP_LEVELS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dashboard.scene import Scene

Held = TypeVar("Held")
ADDRESS = State("url", "search")
PATH = State("url", "pathname")
THEME = State("theme", "data")
SCREEN = State("screen", "data")
UNKNOWN, REPEATED = "unknown", "repeated"


def view_of(scene: Scene, search: Any) -> View:  # noqa: ANN401 - whatever is sent
    """Read the address; what a callback reads of it is noted, since its answer is kept by that."""
    return noted(parse(search, scene.vocabulary)[0])


def accepted(search: Any, view: View, fallen: Collection[str]) -> str:  # noqa: ANN401 - as above
    """Return the query of the same view with the parameters that an address itself names.

    What fell back stands in it as the view has it, and what is unknown not at all: a link may hold
    it, and a page that is led to by it has nothing to ask anew.
    """
    if not isinstance(search, str) or "query" in fallen:
        return ""
    given = dict(reversed(parse_qsl(search.lstrip("?"))))
    usual = dict(parse_qsl(view.query().lstrip("?")))
    known = [name for name in given if name in PARAMETERS]
    kept = {name: usual.get(name, "") if name in fallen else given[name] for name in known}
    query = urlencode({name: value for name, value in kept.items() if value}, safe=",")
    return f"?{query}" if query else ""


def stray(search: Any, known: Collection[str] = PARAMETERS) -> tuple[str, ...]:  # noqa: ANN401
    """Return what is of no use in a query as a whole: a name that is not known, one said twice.

    Of what is said twice the first counts. Names are never repeated to whoever sent them.
    """
    names = [name for name, _ in parse_qsl(search.lstrip("?"))] if isinstance(search, str) else []
    used = [name for name in names if name in known]
    found = {UNKNOWN: len(used) < len(names), REPEATED: len(set(used)) < len(used)}
    return tuple(kind for kind, is_so in found.items() if is_so)


def lone_levels(words: Vocabulary) -> dict[str, list[str]]:
    """Return by level of the map the indicators that have figures at no other one.

    The map has that level whatever the address says.
    """
    found = {
        one: [level for level in MAP_LEVELS if years.get(level)]
        for one, years in words.years.items()
    }
    return {level: [one for one in found if found[one] == [level]] for level in MAP_LEVELS}


def part(*names: str) -> list[Input]:
    """Return the parts of the address that a callback waits for, named as in `view.PARTS`."""
    return [Input(f"part-{name}", "data") for name in names]


def at(path: Any, pages: Mapping[str, Held]) -> Held | None:  # noqa: ANN401 - whatever is sent
    """Return what `pages` holds for a path; None where it is the path of no page."""
    return pages.get(path.removeprefix(root())) if isinstance(path, str) else None
