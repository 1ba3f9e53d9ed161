"""The rooms of the house: their order, and what the files in them import."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]

# From left to right; a module imports only what stands to its left. Modules of one group are
# neighbours that may not know one another; files of one room (geodata/measures) may.
ROOMS: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "geodata.ids",
        "geodata.records",
        "geodata.errors",
        "geodata.scarce geodata.seals",
        "geodata.places.regions",
        "geodata.facts",
        "geodata.catalog",
        "geodata.places",
        "geodata.measures",
        "geodata.build",
        "geodata.studies",
        "geodata.own",
        "geodata.atlas",
        "geodata.figures geodata.naming",
        "geodata.lookup geodata.outlines",
        "geodata.library",
        "geodata",
        "dashboard",
        "dashboard.release",
        "dashboard.attributes dashboard.numbers dashboard.palette dashboard.static dashboard.text",
        "dashboard.colours",
        "dashboard.papers",
        "dashboard.labels dashboard.lettering",
        "dashboard.units dashboard.wrap",
        "dashboard.asked dashboard.chosen dashboard.wording",
        "dashboard.view",
        "dashboard.web",
        "dashboard.data",
        "dashboard.assistants dashboard.headlines",
        "dashboard.map dashboard.companion",
        "dashboard.pairing",
        "dashboard.scene",
        "dashboard.panels",
        "dashboard.charts",
        "dashboard.print",
        "dashboard.pages",
        "dashboard.app dashboard.tasks",
        "dashboard.site dashboard.loading",
        "dashboard.checking dashboard.owning dashboard.printing dashboard.serving dashboard.stdio",
        "dashboard.cli",
        "dashboard.command dashboard.wsgi",
        "dashboard.__main__ run",
    )
)


def sources() -> list[Path]:
    return [
        ROOT / "run.py",
        *sorted((ROOT / "geodata").rglob("*.py")),
        *sorted((ROOT / "dashboard").rglob("*.py")),
    ]


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> int | None:
    """Return the place of a module from left to right, or None for what is not ours."""
    while module:
        for number, group in enumerate(ROOMS):
            if module in group:
                return number
        module = module.rpartition(".")[0]
    return None


def imports(path: Path) -> Iterator[str]:
    """Yield the dotted names a file imports, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: say the full name instead of a relative import"
            # `from geodata import layout` imports geodata.places.layout.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
