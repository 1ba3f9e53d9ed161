"""The catalogue: every indicator, where its figures come from and what it may be compared with.

The catalogue is data (the csv files of this folder). `rows` reads them, `reader` checks them,
`derive` computes what is computed, `notes` has the Chinese of the tables' notes, `sources` what a
reader of each language is told of publications.
"""

from geodata.catalog.entries import (
    Catalog,
    Choice,
    Comparability,
    Recipe,
    ScopeNote,
    Union,
    Unused,
)
from geodata.catalog.notes import Notes, load_notes, note_faults
from geodata.catalog.reader import load_catalog
from geodata.catalog.rows import FOLDER
from geodata.catalog.sources import in_language

__all__ = [
    "FOLDER",
    "Catalog",
    "Choice",
    "Comparability",
    "Notes",
    "Recipe",
    "ScopeNote",
    "Union",
    "Unused",
    "in_language",
    "load_catalog",
    "load_notes",
    "note_faults",
]
