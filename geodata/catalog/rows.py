"""Rows of the catalogue's files: how they are read, and what their cells may hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast, get_args

from geodata.catalog.entries import Reach
from geodata.errors import FactsError
from geodata.facts.files import Line, already, no_column, read_csv
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

N = TypeVar("N", int, float)
FOLDER: Final = Path(__file__).parent


class CatalogRow(Line):
    """A row of a file of the catalogue; a column that the file lacks is a fault of the file."""

    __slots__ = ()

    def __getitem__(self, column: str) -> str:
        """Return the cell of `column`, or say which column which file lacks."""
        if column not in self.cells:
            raise FactsError(no_column(self.file, column))
        return self.cells[column]

    def name(self, prefix: str = "") -> Name:
        """Return the text in both languages, both of which must be there."""
        zh, en = self[f"{prefix}zh"], self[f"{prefix}en"]
        if not zh or not en:
            what = Name(
                f"{prefix}zh 与 {prefix}en 两列都要有文字；请补上缺少的中文或英文。",
                "both the Chinese and the English text are needed; fill "
                f"{prefix}zh and {prefix}en.",
            )
            raise FactsError(self.fault(what))
        return Name(zh, en)

    def items(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell that ';' joins."""
        return tuple(item for item in self[column].split(";") if item)

    def as_number(self, of: Callable[[str], N], column: str, default: str = "") -> N:
        """Return a cell as a number, `default` where it is empty."""
        text = self[column] or default
        try:
            return of(text)
        except ValueError:
            kind = Name("整数", "a whole number") if of is int else Name("数字", "a number")
            what = Name(
                f"{column} 列的“{text}”不是{kind.zh}；请更正。",
                f"column {column}: {text!r} is not {kind.en}; correct it.",
            )
            raise FactsError(self.fault(what)) from None

    def one_of(self, allowed: tuple[str, ...], column: str) -> str:
        """Return a cell that holds one of a few words."""
        text = self[column]
        if text not in allowed:
            words = [word for word in allowed if word]
            what = Name(
                f"{column} 列的“{text}”不可用；请更正为 {'、'.join(words)} 之一。",
                f"column {column}: {text!r} is not one of {', '.join(words)}; correct it.",
            )
            raise FactsError(self.fault(what))
        return text

    def reach(self) -> Reach:
        """Return the cell `level` as a reach."""
        return cast("Reach", self.one_of(get_args(Reach), "level"))


def read_rows(folder: Path, name: str) -> list[CatalogRow]:
    """Read a file of the catalogue.

    Raises
    ------
    FactsError
        If it cannot be read or a line has too few or too many cells.
    """
    lines = read_csv(folder / f"{name}.csv", f"catalog/{name}.csv")
    return [CatalogRow(line.file, line.number, line.cells) for line in lines]


def expanded(
    rows: Iterable[CatalogRow], words: Iterable[Mapping[str, str]]
) -> Iterator[CatalogRow]:
    """Yield each row; one with `{key}` in its first cell once for each set of words."""
    for row in rows:
        if "{key}" not in next(iter(row.cells.values())):
            yield row
            continue
        for own in words:
            cells = {column: _filled(text, own) for column, text in row.cells.items()}
            yield CatalogRow(row.file, row.number, cells)


def _filled(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda m: words.get(m[1], m[0]), text)


def refuse_twice(rows: Iterable[CatalogRow], *columns: str) -> None:
    """Raise FactsError if two rows of a file have the same cells in `columns`."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        if key in seen:
            raise FactsError(row.fault(already(" ".join(key), seen[key])))
        seen[key] = row.number
