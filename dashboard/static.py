"""Make one component of a whole tree of words, tables and links.

Dash tells every component on the page of each one that is new, so that the time a page takes to
appear grows with the square of their number: 2,400 of them took ten seconds. What no callback
touches needs none of this. `static` sends it as plain lists, of which assets/static.js makes the
same elements: to the reader, to searching, printing and screen readers nothing is different.
What stands in many places of a page and never changes is sent once, by `Kept`, and named there.
"""

from __future__ import annotations

from copy import copy
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dash import dcc, html
from dash.development.base_component import Component

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE_LINK = "link"
"""Tag of a link within the atlas, which loads nothing anew."""
KEPT = "kept"
"""Tag of what the page keeps by its name."""
LIVE = frozenset({"id", "n_clicks", "n_clicks_timestamp", "disable_n_clicks", "refresh"})
"""Properties by which a callback could reach an element, or that only Dash understands."""
BOOKKEEPING = frozenset({"available_properties", "available_wildcard_properties"})
"""What Dash keeps in a component beside its properties."""


class Static(Component):
    """Elements that never change by themselves.

    Parameters
    ----------
    tree
        Words, numbers and elements; an element is a list of its tag, its properties as React
        names them, and its own tree.
    """

    _namespace = "dashboard"
    _type = "Static"

    def __init__(self, tree: list[Any]) -> None:
        """Keep the tree."""
        self._prop_names = ["tree"]
        self._valid_wildcard_attributes = []
        super().__init__(tree=tree)  # type: ignore[no-untyped-call]


class Kept(Component):
    """What a page says once: it stands ahead of all that names it, and shows nothing itself.

    Parameters
    ----------
    trees
        Trees as those of `Static`, by name.
    """

    _namespace = "dashboard"
    _type = "Kept"

    def __init__(self, trees: dict[str, list[Any]]) -> None:
        """Keep the trees."""
        self._prop_names = ["trees"]
        self._valid_wildcard_attributes = []
        super().__init__(trees=trees)  # type: ignore[no-untyped-call]


def kept(name: str) -> list[Any]:
    """Return the element that stands for what the page keeps by a name."""
    return [KEPT, {"name": name}, []]


def static(component: Component) -> Component:
    """Return the same to see with as few components as can be.

    Elements of HTML and links without an id become static. Anything else (a graph, a control, an
    element with an id) stays alive and so do the elements around it; what stands beside it is
    stilled.

    Parameters
    ----------
    component
        Any component; it is not altered.

    Returns
    -------
    Component
        One `Static`, or a copy that holds some, or the component where nothing is static.
    """
    living: set[int] = set()
    _note_living(component, living)
    return _stilled(component, living)


def _stilled(component: Component, living: set[int]) -> Component:
    if id(component) not in living:
        return Static(elements(component))
    children = getattr(component, "children", None)
    if not isinstance(children, Component | list | tuple):
        return component
    alive = copy(component)
    if isinstance(children, Component):
        alive.children = _stilled(children, living)
    else:
        alive.children = _siblings(children, living)
    return alive


def _siblings(children: Sequence[Any], living: set[int]) -> list[Any]:
    """Make one component of each run of static siblings that holds an element."""
    shown: list[Any] = []
    there = (child for child in children if child is not None)
    for alive, run in groupby(there, lambda child: id(child) in living):
        if alive:
            shown += [
                _stilled(child, living) if isinstance(child, Component) else child for child in run
            ]
            continue
        tree = [one for child in run for one in elements(child)]
        shown += [Static(tree)] if any(isinstance(one, list) for one in tree) else tree
    return shown


def _note_living(child: object, living: set[int]) -> bool:
    """Note by its id whatever may change by itself or holds what may; tell whether `child` does.

    All of a tree is looked at, and each part of it once.
    """
    if isinstance(child, list | tuple):
        alive = True in [_note_living(one, living) for one in child]
    elif not isinstance(child, Component) or isinstance(child, Static):
        return False
    else:
        given = vars(child)
        known = isinstance(child, dcc.Link) or type(child).__module__.startswith(html.__name__)
        within = _note_living(given.get("children"), living)
        alive = within or not known or bool(LIVE & given.keys())
    if alive:
        living.add(id(child))
    return alive


def elements(child: Any) -> list[Any]:  # noqa: ANN401 - words, numbers, elements
    """Write an element as a list, and words as they are; what is static already gives its own.

    A static tree leaves no element of its own behind: around a summary it would cut it off from
    its details, around a row from its table.
    """
    if isinstance(child, list | tuple):
        return [one for item in child for one in elements(item)]
    if not isinstance(child, Component):
        return [] if child is None else [child]
    if isinstance(child, Static):
        return list(vars(child)["tree"])
    # Dash's own `to_plotly_json` says the same and takes three times as long.
    properties = {
        name: value
        for name, value in vars(child).items()
        if name not in BOOKKEEPING and not name.startswith("_")
    }
    tree = elements(properties.pop("children", None))
    if isinstance(child, dcc.Link):
        return [[PAGE_LINK, properties, tree or [properties["href"]]]]
    return [[type(child).__name__.lower(), properties, tree]]
