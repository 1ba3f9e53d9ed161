"""A column of text, each distinct cell once in memory however often it stands there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, overload

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Texts(Sequence[str]):
    """Cells as text.

    Parameters
    ----------
    codes
        Which of the distinct cells each row has; shape (rows,).
    distinct
        The distinct cells.
    """

    def __init__(self, codes: NDArray[np.int32], distinct: Sequence[str]) -> None:
        self.codes = codes
        self.distinct = distinct

    @classmethod
    def of(cls, cells: Sequence[str]) -> Texts:
        """Return cells as such; those that are so already as they are."""
        if isinstance(cells, Texts):
            return cells
        return cls.read(pa.chunked_array([pa.array(cells, pa.string())]))

    @classmethod
    def read(cls, column: pa.ChunkedArray) -> Texts:
        """Return a column of Arrow text, in which no cell is lacking."""
        encoded = column.combine_chunks().dictionary_encode()
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.chunk(0)
        return cls(encoded.indices.to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist())

    def chosen(self, at: NDArray[np.intp]) -> pa.Array:
        """Return some of the rows, by position, as a column of Arrow."""
        distinct = pa.array(self.distinct, pa.string())
        return pa.DictionaryArray.from_arrays(pa.array(self.codes[at]), distinct)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.codes)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        """Return the cell of a row, or those of some."""
        if isinstance(at, slice):
            return [self.distinct[code] for code in self.codes[at]]
        return self.distinct[int(self.codes[at])]


def together(
    columns: Iterable[NDArray[np.integer]], rows: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the distinct rows of columns of numbers.

    Parameters
    ----------
    columns
        Numbers from 0, each of shape (rows,).
    rows
        How many rows there are.

    Returns
    -------
    tuple of numpy.ndarray
        The first row of each distinct one, and for each row which of them it is.
    """
    key = np.zeros(rows, np.int64)
    first = which = np.zeros(0, np.intp)
    for column in columns:
        wide = key * (int(column.max(initial=0)) + 1) + column
        _, first, which = np.unique(wide, return_index=True, return_inverse=True)
        key = which
    return first, which
