"""A register in parts: one pure function counts a part, `cube.add` adds what it counted.

A part is some groups of rows of a Parquet file. It is read by one thread, as outlines may not be
shared by threads (`raster`), and no other is in memory with it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from geodata.own.errors import OwnError
from geodata.own.firms.batch import Batch, read_batch, together
from geodata.own.firms.cube import Cube, add, tally
from geodata.own.firms.register import POINT
from geodata.own.firms.where import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geodata.own.firms.register import Register
    from geodata.own.firms.rules import Rules

ROWS: Final = 1_000_000
"""Rows that a part has at most, unless a group has more."""
AT_ONCE: Final = 500_000
"""Rows that are read at once, about: more do not stay near the processor, fewer ask more often."""
TOGETHER: Final = 4
"""Parts that are counted one after the other before their sum is handed over."""


@dataclass(frozen=True, slots=True)
class Part:
    """Groups of rows of a Parquet file, by their numbers, how many rows and how many before."""

    path: str
    groups: tuple[int, ...]
    rows: int
    first: int = 0


Task = tuple[Part, ...]


def parts_of(paths: Sequence[str], rows: int = ROWS) -> list[Part]:
    """Divide files into parts.

    Parameters
    ----------
    paths
        Parquet files with the same columns, by path or address.
    rows
        Rows of a part, about.

    Raises
    ------
    OwnError
        If a file cannot be read.
    """
    parts: list[Part] = []
    for path in paths:
        groups: list[int] = []
        counted = first = 0
        for group, size in enumerate(_sizes(path)):
            if groups and counted + size > rows:
                parts.append(Part(path, tuple(groups), counted, first))
                first += counted
                groups, counted = [], 0
            groups.append(group)
            counted += size
        parts.append(Part(path, tuple(groups), counted, first))
    return parts


def tasks_of(parts: Sequence[Part]) -> list[Task]:
    """Return parts in the groups that one process or worker counts at a time."""
    return [tuple(parts[at : at + TOGETHER]) for at in range(0, len(parts), TOGETHER)]


def batches_of(part: Part, rules: Rules) -> Iterator[tuple[pa.Table, Batch]]:
    """Yield the rows of a part in order, some groups at once: their cells, and what they are."""
    register = rules.register
    columns = columns_of(register)
    coded = [one for role, one in register.roles.items() if role not in POINT]
    with opened(part.path, [*coded, *register.within]) as file:
        step = max(1, len(part.groups) * AT_ONCE // max(1, part.rows))
        for at in range(0, len(part.groups), step):
            some = list(part.groups[at : at + step])
            table = file.read_row_groups(some, columns=columns, use_threads=False)
            yield table, read_batch(table, rules)


def columns_of(register: Register) -> list[str]:
    """Return the columns of a register that are read, none of which names persons."""
    return list(dict.fromkeys((*register.roles.values(), *register.within)))


def count_part(part: Part, rules: Rules, *, density: bool = True) -> Cube:
    """Count a part of a register.

    Parameters
    ----------
    part
        What to read.
    rules
        What decides; the same for each part.
    density
        Whether to count points by cell, too.
    """
    rows, firms, blanked = Counter[str](), [], 0
    for _, batch in batches_of(part, rules):
        rows += batch.rows()
        blanked += batch.blanked()
        firms.append(batch.placed(points=density))
    return tally(together(firms), rules.axes, rows, blanked=blanked, density=density)


def count_parts(task: Task, rules: Rules, *, density: bool = True) -> Cube:
    """Count some parts one after the other, as `count_part` does, and return their sum."""
    return add(count_part(part, rules, density=density) for part in task)


def _sizes(path: str) -> list[int]:
    try:
        with opened(path) as file:
            told = file.metadata
            return [told.row_group(at).num_rows for at in range(told.num_row_groups)]
    except (pa.ArrowException, OSError) as error:
        raise OwnError(of="bad_parquet", why=error) from None
