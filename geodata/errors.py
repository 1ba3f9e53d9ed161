"""What can go wrong on the data side; each message is one sentence for the reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.records import Name


class AtlasError(Exception):
    """Something the reader can mend; the message says what, where and how."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file of facts and how to mend it; `line` is None for the whole file."""

    file: str
    line: int | None
    what: Name

    @property
    def zh(self) -> str:
        """The Chinese sentence."""
        where = self.file if self.line is None else f"{self.file} 第 {self.line} 行"
        return f"{where}：{self.what.zh}"

    @property
    def en(self) -> str:
        """The English sentence."""
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{where}: {self.what.en}"

    def __str__(self) -> str:
        """Return both sentences, a line each, Chinese first."""
        return f"{self.zh}\n{self.en}"


class FactsError(AtlasError, ValueError):
    """A file of facts breaks the rules it is read by: the first fault, and the others found."""

    def __init__(self, first: Fault, *others: Fault) -> None:
        """Keep all faults; only the first is told."""
        super().__init__(first, *others)
        self.faults = (first, *others)

    def __str__(self) -> str:
        """Tell the first fault, and where the others are to be had."""
        first, more = self.faults[0], len(self.faults) - 1
        if not more:
            return str(first)
        return (
            f"{first.zh}（另有 {more} 处，用 jjj-atlas check 全部列出。）\n"
            f"{first.en} ({more} more; `jjj-atlas check` lists all of them.)"
        )


class BoundaryError(AtlasError, RuntimeError):
    """The boundary files are missing, altered or do not add up."""


class CacheError(AtlasError, RuntimeError):
    """The cache folder cannot be read or written, or holds something else."""


class UnknownNameError(AtlasError, KeyError):
    """A region, circle, indicator, year or benchmark that the atlas does not hold."""

    def __str__(self) -> str:
        """Show the sentence itself, where KeyError would show its quoted repr."""
        return str(self.args[0]) if self.args else ""
