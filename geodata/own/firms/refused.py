"""The refused rows of a register, to be looked at in a spreadsheet, mended and imported again."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from geodata.own.records import MARK, RAGGED, TAIL, both, written
from geodata.own.words import keys, reasons

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from geodata.own.firms.batch import Batch
    from geodata.own.reading import Columnar

NOT_TO_MEND: Final = frozenset({"band"})
"""Cells that are as their source has them: counted, and not asked for."""


def refused_table(
    sheet: Columnar,
    batch: Batch,
    roles: Mapping[str, str],
    shown: Sequence[str],
    shorten: Mapping[str, Callable[[str], str]],
) -> bytes:
    """Write rows that were refused, and rows of which a cell was, with reasons and cures.

    Parameters
    ----------
    sheet, batch
        The register, and what was read.
    roles
        Role → column.
    shown
        The columns to write: those that name persons are left out unless they are kept.
    shorten
        What is written of the cells of some of them: of an address the names of places.
    """
    told = _told(batch, roles)
    at = sorted(told)
    taken = pa.array(at, pa.int64())
    places = [sheet.header.index(one) for one in shown]
    columns = [sheet.columns[one].take(taken).to_pylist() for one in places]
    ways = [shorten.get(one, str) for one in shown]
    lines = sheet.lines.take(taken).to_pylist()

    def rows() -> Iterator[Sequence[object]]:
        yield (*shown, *TAIL)
        for step, one in enumerate(at):
            cells = [way(col[step] or "") for way, col in zip(ways, columns, strict=True)]
            yield (*cells, lines[step], *_tail(told[one]))
        for line, broken in sheet.ragged:
            padded = [*broken, *[""] * len(sheet.header)]
            cells = [way(padded[one]) for way, one in zip(ways, places, strict=True)]
            yield (*cells, line, "", *_tail((("", RAGGED),))[1:])

    return MARK.encode() + written(rows())


def _told(batch: Batch, roles: Mapping[str, str]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return column and reason of all that is to be mended, by row."""
    told: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for at in np.flatnonzero(batch.refused).tolist():
        told[at].append(("", keys()[batch.refused[at]]))
    for role, numbers in batch.cells.items():
        for at in np.flatnonzero(numbers).tolist():
            reason = keys()[numbers[at]]
            if reason not in NOT_TO_MEND and ("", reason) not in told.get(at, ()):
                told[at].append((roles.get(role, ""), reason))
    return {at: tuple(found) for at, found in told.items()}


@cache
def _tail(told: tuple[tuple[str, str], ...]) -> tuple[str, str, str]:
    words = [reasons()[reason] for _, reason in told]
    columns = dict.fromkeys(column for column, _ in told if column)
    why, cure = (
        "; ".join(dict.fromkeys(both(one.why if part == 0 else one.cure) for one in words))
        for part in (0, 1)
    )
    return "; ".join(columns), why, cure
