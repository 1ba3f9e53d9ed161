"""What assistants send, by JSON-RPC: what no tool is asked by is answered here, in our words."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Final

from dash.mcp.types import (
    LATEST_PROTOCOL_VERSION,
    Implementation,
    InitializeResult,
    ServerCapabilities,
    ToolsCapability,
)
from flask import jsonify, request

from dashboard.release import PACKAGE, release
from dashboard.web.limits import MESSAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask, Response

MOST: Final = 20
LONGEST: Final = 200
"""Characters of one argument; the longest name there is has some 30."""
METHODS: Final = (
    "initialize",
    "ping",
    "tools/list",
    "tools/call",
    "resources/list",
    "resources/templates/list",
)
NOT_JSON, NO_MESSAGE, NO_METHOD, BAD_PARAMETERS = -32700, -32600, -32601, -32602
"""Codes of JSON-RPC 2.0, section 5.1."""
KINDS: Final = {
    "str": f"text of at most {LONGEST} characters",
    "list[str]": f"at most {MOST} texts",
}
TOLD: Final = (
    "Figures of Beijing, Tianjin and Hebei, their counties, cities and metropolitan circles. "
    "Find ids with find_place and find_indicator. Quote the publication with each figure, say its "
    "year, and say that a figure is missing where it is null; never fill it in."
)
"""What a client is told of the tools as a whole."""


def refused(message: Mapping[str, Any], tools: Mapping[str, Callable[..., Any]]) -> str | None:
    """Return what is wrong with the tool or the arguments of a call, in our words; None if nothing.

    Parameters
    ----------
    message
        `name` and `arguments` of a tools/call.
    tools
        The tools by name.
    """
    name, given = message.get("name"), message.get("arguments", {})
    tool = tools.get(name) if isinstance(name, str) else None
    if tool is None:
        return f"There is no such tool; the tools are {', '.join(tools)}."
    wanted = inspect.signature(tool).parameters
    if not isinstance(given, dict) or set(given) - set(wanted):
        known = f"the arguments {', '.join(wanted)} and no others" if wanted else "no arguments"
        return f"{name} takes {known}."
    missing = [p.name for p in wanted.values() if p.default is p.empty and p.name not in given]
    if missing:
        return f"{name} needs {', '.join(missing)} as well."
    wrong = [arg for arg, value in given.items() if not _fits(value, str(wanted[arg].annotation))]
    if wrong:
        return f"{wrong[0]} must be {KINDS[str(wanted[wrong[0]].annotation)]}."
    return None


def _fits(value: object, kind: str) -> bool:
    if kind == "str":
        return isinstance(value, str) and len(value) <= LONGEST
    return (
        isinstance(value, list) and len(value) <= MOST and all(_fits(one, "str") for one in value)
    )


def check_messages(server: Flask, tools: Mapping[str, Callable[..., Any]]) -> None:
    """Answer what no tool is asked by, before Dash repeats it or lets a tool stumble over it.

    Who answers and what the tools are for is told here, too: Dash speaks of itself and of callbacks
    that are not offered.
    """

    @server.before_request
    def check() -> Response | None:
        if request.path != MESSAGES or request.method != "POST":
            return None
        message = request.get_json(silent=True) or {}
        method, params = message.get("method", ""), message.get("params") or {}
        if method.startswith("notifications/"):
            return None
        code, wrong = NO_METHOD, None
        if method not in METHODS:
            wrong = f"There is no such method; the methods are {', '.join(METHODS)}."
        elif method == "tools/call":
            code, wrong = BAD_PARAMETERS, refused(params, tools)
        number = message.get("id")
        number = number if isinstance(number, str | int) else None
        if wrong is not None:
            return jsonify(failure(number, code, wrong))
        if method in ANSWERS:
            return jsonify({"jsonrpc": "2.0", "id": number, "result": ANSWERS[method]()})
        return None


def failure(number: str | int | None, code: int, said: str) -> dict[str, Any]:
    """Return the answer to a message that is not understood, as JSON-RPC 2.0 lays it out."""
    return {"jsonrpc": "2.0", "id": number, "error": {"code": code, "message": said}}


def _introduced() -> dict[str, Any]:
    """Return who answers and what is offered: tools, and nothing that changes."""
    about = InitializeResult(
        protocolVersion=LATEST_PROTOCOL_VERSION,
        capabilities=ServerCapabilities(tools=ToolsCapability(listChanged=False)),
        serverInfo=Implementation(name=PACKAGE, version=release()),
        instructions=TOLD,
    )
    return about.model_dump(exclude_none=True, mode="json")


ANSWERS: Final[Mapping[str, Callable[[], dict[str, Any]]]] = {
    "initialize": _introduced,
    "ping": dict,
}
"""Methods that need no tool."""
