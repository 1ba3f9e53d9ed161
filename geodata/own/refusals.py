"""Rows and cells that were refused, as columns: a long table may have a million of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from geodata.own.words import keys, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

NO_COLUMN: Final = -1
NO_CHOICE: Final = 0


class Refusal(NamedTuple):
    """A row that was refused, or one cell of a row: its place in the table and the reason.

    `codes` are the regions among which a person may choose.
    """

    at: int
    reason: str
    column: int | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusals:
    """Refusals as aligned arrays, in the order of the rows.

    `reason` is a position among `keys()`, `column` -1 where the whole row is meant, and `choice` a
    position among `choices`, of which the first is none.
    """

    at: NDArray[np.intp]
    reason: NDArray[np.int16]
    column: NDArray[np.int16]
    choice: NDArray[np.int32]
    choices: Sequence[tuple[str, ...]]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.at)

    def __iter__(self) -> Iterator[Refusal]:
        """Yield them one by one."""
        arrays = (self.at, self.reason, self.column, self.choice)
        for at, reason, column, choice in zip(*(one.tolist() for one in arrays), strict=True):
            where = None if column == NO_COLUMN else column
            yield Refusal(at, keys()[reason], where, self.choices[choice])

    def some(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> Refusals:
        """Return some of them."""
        return Refusals(
            self.at[which],
            self.reason[which],
            self.column[which],
            self.choice[which],
            self.choices,
        )

    def of(self, reasons: Iterable[str]) -> Refusals:
        """Return those for one of some reasons."""
        return self.some(np.isin(self.reason, [number(one) for one in reasons]))

    def why(self) -> Counter[str]:
        """Count them by reason."""
        return named(self.reason)

    def examples(self) -> dict[str, Refusal]:
        """Return the first for each reason."""
        _, first = np.unique(self.reason, return_index=True)
        return {one.reason: one for one in self.some(first)}


class Told:
    """Refusals as they are told, part by part."""

    def __init__(self) -> None:
        self._parts: list[tuple[NDArray[np.generic], ...]] = []
        self._choices: dict[tuple[str, ...], int] = {(): NO_CHOICE}

    def tell(
        self,
        at: NDArray[np.intp],
        reason: NDArray[np.int16] | np.int16,
        column: NDArray[np.int16] | int | None = None,
        choice: NDArray[np.int32] | int = NO_CHOICE,
    ) -> None:
        """Refuse rows, or cells of a column; what is one for all may be given once."""
        where = NO_COLUMN if column is None else column
        given = ((reason, np.int16), (where, np.int16), (choice, np.int32))
        spread = (np.broadcast_to(np.asarray(one, kind), at.shape) for one, kind in given)
        self._parts.append((at.astype(np.intp, copy=False), *spread))

    def choice(self, codes: tuple[str, ...]) -> int:
        """Return the position of regions among which a person may choose."""
        return self._choices.setdefault(codes, len(self._choices))

    def all(self) -> Refusals:
        """Return all in the order of the rows; those of one row as they were told."""
        at, reason, column, choice = map(np.concatenate, zip(*self._parts, strict=True))
        told = Refusals(at, reason, column, choice, tuple(self._choices))
        return told.some(np.argsort(at, kind="stable"))


def named(numbers: NDArray[np.int16]) -> Counter[str]:
    """Count keys by their numbers; what is 0 is told nothing of."""
    counts = np.bincount(numbers, minlength=len(keys()))[1:]
    return Counter({key: int(n) for key, n in zip(keys()[1:], counts, strict=True) if n})
