"""Columns of a register as arrays: each distinct cell is read once, however often it stands there.

A reason or a note is told by its position among the keys of `words.csv`, 0 for none.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
from pyarrow import compute

from geodata.own.firms.cells import FILLER_STAFF, FIRST_FIRM, Cell, day_of
from geodata.own.firms.points import FAULTS, Points, faults_of, read_points
from geodata.own.numbers import MOST_KNOWN
from geodata.own.words import number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

HERE: Final = "+08:00"
EPOCH: Final = 1970
DAYS: Final = "datetime64[D]"
FILLER_DAY: Final = date(1900, 1, 1)
FOR_EVER: Final = date(2099, 12, 31)
"""From here on the end of a firm is no end."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A column: values of shape (n,), and the reason and the note of each."""

    values: NDArray[Any]
    reason: NDArray[np.int16]
    note: NDArray[np.int16]


def take(
    column: pa.ChunkedArray,
    read: Callable[[str], Cell[Any]],
    nothing: Any,  # noqa: ANN401 - of any kind
    known: dict[str, tuple[Any, int, int]] | None = None,
) -> Taken:
    """Return a column read cell by distinct cell.

    Parameters
    ----------
    column
        Of any type; what is no text is read as Arrow writes it.
    read
        Reads a cell.
    nothing
        The value where a cell has none; it tells the kind of the array.
    known
        Cells that were read before by the same `read`; those read now are added.
    """
    codes, texts = distinct(column)
    known = {} if known is None else known
    if len(known) > MOST_KNOWN:
        known.clear()
    for text in texts:
        if text not in known:
            cell = read(text)
            value = nothing if cell.value is None else cell.value
            known[text] = value, int(number(cell.reason)), int(number(cell.note))
    kind = None if isinstance(nothing, str) else np.asarray(nothing).dtype
    values, reason, note = zip(*[known[text] for text in texts], strict=True)
    return Taken(np.array(values, kind)[codes], _spread(reason, codes), _spread(note, codes))


def _spread(numbers: Sequence[int], codes: NDArray[np.intp]) -> NDArray[np.int16]:
    """Return the number of each row; mostly there is none to be told."""
    if not any(numbers):
        return np.zeros(len(codes), np.int16)
    return np.array(numbers, np.int16)[codes]


def distinct(column: pa.ChunkedArray) -> tuple[NDArray[np.intp], list[str]]:
    """Return the distinct cells of a column as text, and which of them each row has."""
    one = _joined(column)
    if not pa.types.is_dictionary(one.type):
        one = one.dictionary_encode()
    texts = one.dictionary.cast(pa.string()).to_pylist()
    codes = _values(one.indices.cast(pa.int64()), len(texts))
    return codes, ["" if text is None else text for text in (*texts, "")]


def frequencies(column: pa.ChunkedArray) -> Counter[str]:
    """Return how often each cell stands in a column."""
    codes, texts = distinct(column)
    counts = np.bincount(codes, minlength=len(texts)).tolist()
    return Counter({text: n for text, n in zip(texts, counts, strict=True) if n})


def take_points(lon: pa.ChunkedArray, lat: pa.ChunkedArray) -> Points:
    """Return the points of two columns of numbers or of text."""
    if pa.types.is_floating(lon.type) and pa.types.is_floating(lat.type):
        x, y = (_floats(one) for one in (lon, lat))
        return Points(x, y, faults_of(x, y))
    return read_points(*(_texts(one) for one in (lon, lat)))


def take_years(column: pa.ChunkedArray, today: date, *, closing: bool = False) -> Taken:
    """Return the years of a column of days, of years or of text; 0 where there is none."""
    if not pa.types.is_temporal(column.type):
        return take(column, lambda cell: _year(day_of(cell, today, closing=closing)), 0)
    if pa.types.is_timestamp(column.type) and column.type.tz:
        # A moment that is told in another time is of this day here.
        column = column.cast(pa.timestamp(column.type.unit, HERE))
    days = _joined(compute.cast(column, pa.date32(), safe=False).cast(pa.int32()))
    empty = _empty(days)
    # Beyond both ends all is alike, and a filler such as 9999-12-31 needs no table of its days.
    ends = _day(date(FIRST_FIRM, 1, 1)) - 1, _day(FOR_EVER)
    told = np.clip(_values(days, 0), *ends)
    every = np.arange(ends[0], ends[1] + 1).astype(DAYS).astype("datetime64[Y]").astype(np.int64)
    years = (every + EPOCH).astype(np.int16, copy=False)[told - ends[0]]
    reason = np.zeros(len(told), np.int16)
    reason[told > _day(today)] = number("future")
    reason[told == _day(FILLER_DAY)] = number("filler")
    reason[told == ends[0]] = number("bad_date")
    reason[empty | (closing & (told == ends[1]))] = 0
    years[(reason > 0) | empty | (told == ends[1])] = 0
    return Taken(years, reason, np.zeros(len(told), np.int16))


def take_staff(column: pa.ChunkedArray, read: Callable[[str], Cell[int]]) -> Taken:
    """Return a column of people; whole numbers within bounds need not be read as text."""
    if not pa.types.is_integer(column.type):
        return take(column, read, -1)
    least, most = compute.min_max(column).as_py().values()
    if least is None or least < 0 or most >= min(FILLER_STAFF):
        return take(column, read, -1)
    values = _values(_joined(column.cast(pa.int64())), -1)
    none = np.zeros(len(values), np.int16)
    return Taken(values, none, none)


def point_reason(fault: NDArray[np.int8]) -> NDArray[np.int16]:
    """Return the reasons of faults of points."""
    return np.array([number(one) for one in FAULTS], np.int16)[fault]


def _year(cell: Cell[str]) -> Cell[int]:
    return Cell(int(cell.value[:4]) if cell.value else None, cell.reason, cell.note)


def _day(day: date) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))


def _floats(column: pa.ChunkedArray) -> NDArray[np.float64]:
    return _values(_joined(compute.cast(column, pa.float64())), np.nan)


def _joined(column: pa.ChunkedArray) -> pa.Array:
    """Return the chunks of a column as one; those of some kinds are not combined by themselves."""
    one = column.combine_chunks()
    if isinstance(one, pa.ChunkedArray):
        one = pa.concat_arrays(one.chunks) if one.num_chunks else pa.array([], one.type)
    return one


def _values(numbers: pa.Array, nothing: float) -> NDArray[Any]:
    """Return numbers as they lie in memory, `nothing` where there is none.

    Arrow's own ways to and from arrays load pandas, which each process that counts would pay for.
    """
    kind = numbers.type.to_pandas_dtype()
    ends = numbers.offset, numbers.offset + len(numbers)
    values = np.frombuffer(numbers.buffers()[1] or b"", kind)[slice(*ends)]
    if not numbers.null_count:
        return values
    return np.where(_empty(numbers), np.asarray(nothing, kind), values)


def _empty(array: pa.Array) -> NDArray[np.bool_]:
    """Tell which cells are empty."""
    told = array.buffers()[0]
    if told is None or not array.null_count:
        return np.zeros(len(array), np.bool_)
    ends = array.offset, array.offset + len(array)
    bits = np.unpackbits(np.frombuffer(told, np.uint8), count=ends[1], bitorder="little")
    return np.asarray(bits[slice(*ends)] == 0)


def _texts(column: pa.ChunkedArray) -> list[str]:
    texts = column.cast(pa.string()).to_pylist()
    return ["" if text is None else text for text in texts]
