"""The files that come with the code, and a start that refuses where one of them is missing.

In a checkout the assets lie beside this package, in an install inside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dashboard.text import FOLDER
from geodata.errors import AtlasError

_HERE: Final = Path(__file__).parent.parent
ASSETS: Final = next(
    (found for found in (_HERE / "assets", _HERE.parent / "assets") if found.is_dir()),
    _HERE.parent / "assets",
)
"""Where the style sheets and scripts of the page lie."""

_SHEETS: Final = (
    "app asking clusters compare data export findings forced linkages methods origin own panels "
    "phone place print second tour"
)
_SCRIPTS: Final = (
    "asking atlas brush cite drawing export firms first folds grid histogram insides map near "
    "origin own print repaint schemes search second settings sketch static table tour years"
)
_ROOMS: Final = (
    "clusters compare data export findings firms linkages map methods origin over own paired panel "
    "place publish second shell tour web"
)
_METHODS: Final = "clusters compare data explore findings firms linkages place"

NEEDED: Final[tuple[Path, ...]] = (
    *(ASSETS / f"{name}.css" for name in _SHEETS.split()),
    *(ASSETS / f"{name}.js" for name in _SCRIPTS.split()),
    ASSETS / "favicon.svg",
    ASSETS / "topology" / "world_110m.json",
    *(FOLDER / f"{name}.csv" for name in _ROOMS.split()),
    *(FOLDER / f"method_{name}.csv" for name in _METHODS.split()),
)
"""Every file that a page asks for and no other check would miss; the facts have checks of their
own."""


class ShippedError(AtlasError, RuntimeError):
    """A file that comes with the atlas is not there; the message is in both languages."""


def refuse_gaps() -> None:
    """Refuse to start where a style sheet, a script or a table of words is missing.

    Raises
    ------
    ShippedError
        With the first file, how many more there are, and how to get them back.
    """
    missing = [path for path in NEEDED if not path.is_file()]
    if not missing:
        return
    first, more = missing[0], len(missing) - 1
    zh = f"（另缺 {more} 个）" if more else ""
    en = f" (and {more} more)" if more else ""
    message = (
        f"缺少文件 {first}{zh}；请重新安装 jjj-atlas，或从代码仓库恢复这个文件。\n"
        f"The file {first} is missing{en}; install jjj-atlas again, or restore it from the "
        "repository."
    )
    raise ShippedError(message)
