"""Plotly's script with those traces alone that the atlas draws.

The whole script has 47 of them, and what all of these need, which each reader would fetch, and his
browser read, before the map stands. No script of others is kept here: it is cut, in a few tenths of
a second, from the one that the installed Plotly brings along, module by module as its bundler wrote
them, and only where that is the very script on which the cut was tried. Any other is given whole.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from dashboard.web.packing import Packed
from dashboard.web.root import rooted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flask import Flask, Response

TRACES: Final = frozenset(
    ["bar", "choropleth", "choroplethmap", "heatmap", "scatter", "scattergeo", "scattermap"]
)
"""The traces that charts and maps draw."""
CORE: Final = frozenset({"scatter"})
"""Those that no script of Plotly's is without."""
TRIED: Final = "3b6e15d45dbb7fca5bd2094291e961ddc5472cd887009e6009a56dab668d721f"
"""SHA-256 of the script on which the cut was tried."""
PATH: Final = "/_dash-component-suites/plotly/package_data/plotly.min.js"
"""Where Dash looks for the script."""
MIME: Final = "text/javascript"

_MODULE: Final = re.compile(r"var ([\w$]+)=W\((?:\([\w$,]*\)|[\w$]+)=>\{")
"""A module of the bundle begins: a function that is run when the first other one calls it."""
_CALL: Final = re.compile(r"(?<![\w$.])([\w$]+)\(\)")
_REGISTER: Final = re.compile(r"\.register\(\[((?:[\w$]+\(\),?)+)\]\)")
_ELSEWHERE: Final = re.compile(r"exports=([\w$]+)\(\)\}")
_TRACE: Final = re.compile(r'moduleType:"trace",name:"(\w+)"')
_SHARED: Final = re.compile(r"(?<![\w$])(?:Ea|Fp)\(")
"""What stands between modules: it has no function around it, and others use its names."""
_END: Final = "});"


class Unknown(ValueError):  # noqa: N818 - no error of a reader's
    """A script that is not built as the one on which the cut was tried."""


def cut(script: str, traces: Iterable[str] = TRACES) -> str:
    """Return Plotly's script with some traces alone, and the modules that these need.

    Raises
    ------
    Unknown
        If the script is not made of modules as expected, or lacks one of the traces.
    """
    starts = [(found[1], found.start()) for found in _MODULE.finditer(script)]
    registered = _REGISTER.search(script, starts[-1][1] if starts else 0)
    if not registered:
        message = "Plotly's script ends in no module that registers its traces."
        raise Unknown(message)
    last = script.index(_END, registered.end()) + len(_END)
    ends = [*(start for _, start in starts[1:]), last]
    modules = {name: script[at:end] for (name, at), end in zip(starts, ends, strict=True)}
    every = [call.removesuffix("()") for call in registered[1].split(",")]
    chosen = {trace: name for name in every for trace in _traces(modules, name)}
    wanted = set(traces) - CORE
    if missing := wanted - chosen.keys():
        message = f"Plotly's script has no trace {', '.join(sorted(missing))}."
        raise Unknown(message)
    kept = ",".join(f"{name}()" for name in sorted(chosen[trace] for trace in wanted))
    root = starts[-1][0]
    modules[root] = modules[root].replace(registered[1], kept)
    bare = {n for n, body in modules.items() if body.endswith(_END) and not _SHARED.search(body)}
    live = _reached(modules, [root, *(modules.keys() - bare)])
    inner = "".join(body for name, body in modules.items() if name in live)
    return script[: starts[0][1]] + inner + script[last:]


def _traces(modules: Mapping[str, str], name: str) -> list[str]:
    """Return the trace that a module is, itself or the one that it hands on."""
    handed = _ELSEWHERE.search(modules[name])
    return _TRACE.findall(modules[handed[1]] if handed else modules[name])


def _reached(modules: Mapping[str, str], first: Iterable[str]) -> set[str]:
    """Return the names of modules and of all that these call."""
    reached: set[str] = set()
    ahead = list(first)
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += modules.keys() & set(_CALL.findall(modules[name]))
    return reached


def whole() -> bytes:
    """Return the script that the installed Plotly brings along."""
    return (files("plotly") / "package_data" / "plotly.min.js").read_bytes()


@cache
def is_tried() -> bool:
    """Tell whether the installed script is the one on which the cut was tried."""
    return hashlib.sha256(whole()).hexdigest() == TRIED


@cache
def plotly_script() -> Packed:
    """Return the cut script."""
    return Packed.of(cut(whole().decode("utf-8")).encode("utf-8"))


def serve_plotly(server: Flask) -> None:
    """Answer with the cut script where Dash looks for the whole one; Dash answers without this."""
    if not is_tried():
        return

    @server.get(PATH)
    def plotly() -> Response:
        return plotly_script().answer(MIME)


def early() -> str:
    """Return what brings the script before Dash asks for it, for the head of a page with charts."""
    name = f"?{plotly_script().digest}" if is_tried() else ""
    return f'<link rel="preload" as="script" data-plotly href="{rooted(PATH + name)}">'
