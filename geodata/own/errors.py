"""What can be wrong with a table as a whole; rows are refused with the reasons of `words.csv`."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geodata.errors import AtlasError
from geodata.facts.files import read_csv
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FAULTS: Final = Path(__file__).with_name("faults.csv")
TOLD: Final = 200
"""Characters of a header that a sentence names."""


class OwnError(AtlasError, ValueError):
    """A table, a map of columns or a set that cannot be used; a sentence in each language.

    Parameters
    ----------
    of
        A key of `faults.csv`.
    **fields
        What its sentences name.
    """

    def __init__(self, *, of: str, **fields: object) -> None:
        name = _faults()[of]
        super().__init__(f"{name.zh.format(**fields)}\n{name.en.format(**fields)}")
        self.of = of
        self.fields = fields

    def __reduce__(self) -> tuple[partial[OwnError], tuple[()]]:
        """Let a process that counts hand the error over."""
        return partial(OwnError, of=self.of, **{k: str(v) for k, v in self.fields.items()}), ()


@cache
def _faults() -> Mapping[str, Name]:
    lines = read_csv(FAULTS, FAULTS.name, ("key", "zh", "en"))
    return {line["key"]: Name(line["zh"], line["en"]) for line in lines}


def headers_told(header: Iterable[str]) -> str:
    """Return the names of columns as a sentence names them, the first where there are many."""
    return "、".join(filter(None, header))[:TOLD]
