"""Why a row was placed or refused and how to mend it, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.facts.files import read_csv
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS: Final = Path(__file__).with_name("words.csv")


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason in both languages and, for a refusal, its cure."""

    why: Name
    cure: Name


@cache
def reasons() -> Mapping[str, Reason]:
    """Return the reasons by key.

    Raises
    ------
    FactsError
        If the table of words cannot be read.
    """
    lines = read_csv(WORDS, WORDS.name, ("key", "zh", "en", "cure_zh", "cure_en"))
    return {
        line["key"]: Reason(Name(line["zh"], line["en"]), Name(line["cure_zh"], line["cure_en"]))
        for line in lines
    }


@cache
def keys() -> tuple[str, ...]:
    """Return the keys of reasons and notes; the first, "", is none."""
    return ("", *reasons())


@cache
def _positions() -> Mapping[str, np.int16]:
    return {key: np.int16(at) for at, key in enumerate(keys())}


def number(key: str) -> np.int16:
    """Return the position of a key, of the kind of the arrays it goes into."""
    return _positions()[key]
