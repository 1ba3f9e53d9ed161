"""Scripts that Dash's page asks for and no page of the atlas needs.

Dash names the script of its own table on every page, and a collection that teaches old browsers
what was new in 2015; those that draw our maps know all of it. Of that collection Dash still calls
one part, the runner of its generators. It is cut out of the file that the installed Dash brings
along, and only where that is the very file on which the cut was tried: else the page asks for all.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Final

TABLE: Final = "/dash_table/"
COLLECTION: Final = "/deps/polyfill@"
FILE: Final = "polyfill@7.12.1.min.js"
TRIED: Final = "0cfe60c763e1913c287406bb509ffcfe9959794334cfc6c2b9c1c6e97cfc7e4e"
"""SHA-256 of the collection on which the cut was tried."""

_RUNNER: Final = re.compile(
    r":\[(function\(\w,\w,\w\)\{(?:(?!:\[function).)*regeneratorRuntime=.*?\}),\{\}\]", re.DOTALL
)
"""The module that defines the runner: all modules are functions of a table."""


@cache
def collection() -> str:
    """Return the collection that the installed Dash brings along; "" where it has none."""
    file = files("dash") / "deps" / FILE
    return file.read_text(encoding="utf-8") if file.is_file() else ""


@cache
def is_tried() -> bool:
    """Tell whether the installed collection is the one on which the cut was tried."""
    return hashlib.sha256(collection().encode("utf-8")).hexdigest() == TRIED


def runner() -> str:
    """Return a script with the runner of generators alone; none where the cut was not tried."""
    found = _RUNNER.search(collection()) if is_tried() else None
    return f"({found[1]})(null, {{ exports: {{}} }});\n" if found else ""


def needed(scripts: str) -> str:
    """Return the lines of a page that ask for scripts, without those that it does not need."""
    spared = (TABLE, COLLECTION) if is_tried() else (TABLE,)
    return "\n".join(line for line in scripts.splitlines() if not any(s in line for s in spared))
