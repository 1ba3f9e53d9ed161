"""The industries as an address names them: keys such as "manufacturing"."""

from __future__ import annotations

from typing import Final

from geodata.errors import UnknownNameError
from geodata.measures.specialisation import INDUSTRIES, SECTORS

SECTOR_OF: Final = {SECTORS[letter].removeprefix("emp_"): letter for letter in INDUSTRIES}
"""Key of an industry, as in catalog/industries.csv → section of GB/T 4754."""


def sector_of(industry: str) -> str:
    """Return the section of an industry.

    Raises
    ------
    UnknownNameError
        If there is no industry of that key.
    """
    try:
        return SECTOR_OF[industry]
    except KeyError:
        message = f"There is no industry {industry!r}; choose {', '.join(SECTOR_OF)}."
        raise UnknownNameError(message) from None
