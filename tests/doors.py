"""The numbers of a page that can be asked where they come from, read without a browser."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dash._utils import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dash.development.base_component import Component

PATTERN = re.compile(r"%\{(\w+)(?:\[(\d+)\])?(?::([^}]+))?\}")


@dataclass(frozen=True)
class Door:
    """A number on the page: the chart or panel it stands in, its name, and what is written."""

    where: str
    figure: str
    written: str


def doors(body: Component) -> list[Door]:
    """Return the numbers of a page that can be asked, and the marks of its charts."""
    return list(within(json.loads(to_json(body)), ""))  # type: ignore[no-untyped-call]


def within(found: Any, panel: str) -> Iterator[Door]:  # noqa: ANN401 - any JSON
    if isinstance(found, list):
        element = len(found) == 3 and isinstance(found[0], str) and isinstance(found[1], dict)
        parts = [(found[1], found[2])] if element else [({}, one) for one in found]
    elif isinstance(found, dict):
        properties = found.get("props", {})
        if found.get("type") == "Graph":
            yield from of_chart(properties["id"], properties["figure"])
            return
        parts = [(properties, properties.get("tree", properties.get("children")))]
    else:
        return
    for properties, inside in parts:
        named = re.match(r"panel panel-(\w+)", str(properties.get("className")))
        here = named[1] if named else panel
        if "data-figure" in properties:
            yield Door(here, properties["data-figure"], " ".join(words(inside)))
        yield from within(inside, here)


def words(found: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    if isinstance(found, str):
        yield found
    elif isinstance(found, list):
        element = len(found) == 3 and isinstance(found[1], dict)
        for one in [found[2]] if element else found:
            yield from words(one)
    elif isinstance(found, dict):
        yield from words(found["props"].get("children"))


def of_chart(graph: str, figure: dict[str, Any]) -> Iterator[Door]:
    for trace in figure["data"]:
        meta = trace.get("meta", ())
        # Marks have names in a list; what print needs of a trace stands in a dict.
        for at, name in enumerate(() if isinstance(meta, dict) else meta):
            label = trace.get("hovertemplate") or trace["hovertext"]
            told = filled(label if isinstance(label, str) else label[at], trace, at)
            # The label of a mark, freed of markup, is what can be asked.
            if name:
                yield Door(graph, name, html.unescape(re.sub("<.*?>", " ", told)))


def filled(pattern: str, trace: dict[str, Any], at: int) -> str:
    def value(found: re.Match[str]) -> str:
        key, part, form = found.groups()
        known = trace[key][at]
        if part is not None and known is not None:
            known = known[int(part)]
        if known is None:
            return ""
        return format(known, form) if form else str(known)

    return PATTERN.sub(value, pattern)
