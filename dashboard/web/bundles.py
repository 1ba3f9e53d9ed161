"""The style sheets of every page in one file, and its scripts in another.

Some forty files of three kilobytes each cost as much in headers as in what they say, and a browser
reads one sooner. Comments and indentation stay here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from dashboard.web.dash_scripts import runner
from dashboard.web.packing import Packed, best
from dashboard.web.root import rooted
from dashboard.web.shipped import ASSETS

if TYPE_CHECKING:
    from flask import Flask, Response

APART: Final = frozenset({"first", "asking", "own"})
"""Scripts of a file of their own: what comes before all else, what says that another did not come,
and that of the page /own."""
SHEETS: Final = "/assets/page.css"
SCRIPTS: Final = "/assets/page.js"
ALONE: Final = tuple(f"/assets/{stem}.js" for stem in sorted(APART))
MIME: Final = {SHEETS: "text/css", **dict.fromkeys((SCRIPTS, *ALONE), "text/javascript")}

_COMMENT: Final = re.compile(r"(?ms)^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n")
_REMARK: Final = re.compile(r"(?m)[ \t]+// [^\n\"'`]*$")
"""A comment behind a line; one with quotes may be part of words, and goes along."""
_INDENT: Final = re.compile(r"(?m)^[ \t]+")


def bare(source: str) -> str:
    """Return a sheet or script without comments and without indentation.

    None of ours has words that go on over a line.
    """
    return _INDENT.sub("", _REMARK.sub("", _COMMENT.sub("", source)))


@cache
def bundle(path: str) -> Packed:
    """Return all sheets, all scripts behind what Dash's own need, in the order of names, or one."""
    kind = path.rpartition(".")[2]
    together = sorted(one for one in ASSETS.glob(f"*.{kind}") if one.stem not in apart(kind))
    files = [ASSETS / path.rpartition("/")[2]] if path in ALONE else together
    first = runner() if path == SCRIPTS else ""
    content = first + "".join(bare(one.read_text(encoding="utf-8")) for one in files)
    return Packed.of(content.encode("utf-8"), best)


def apart(kind: str) -> frozenset[str]:
    """Return the names of sheets or scripts that stand by themselves."""
    return APART if kind == "js" else frozenset({"own"})


def serve_bundles(server: Flask) -> None:
    """Answer with each of them."""

    def answer(path: str) -> Response:
        return bundle(path).answer(MIME[path])

    for path in MIME:
        server.add_url_rule(path, path, answer, defaults={"path": path})


def sheets() -> str:
    """Return what asks for the sheets, for the head of a page."""
    return f'<link rel="stylesheet" href="{rooted(SHEETS)}?{bundle(SHEETS).digest}">'


def scripts() -> str:
    """Return what asks for the scripts, for the end of a page."""
    addresses = (rooted("/assets/asking.js"), f"{rooted(SCRIPTS)}?{bundle(SCRIPTS).digest}")
    return "".join(f'<script src="{address}"></script>' for address in addresses)
