"""The facts as frames: every published figure, its sources, and the tables of places and firms."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

import pandas as pd

from geodata.errors import FactsError, UnknownNameError
from geodata.facts.cells import Observation, unfold
from geodata.facts.files import TABLES, Line, read_lines
from geodata.facts.places import PLACE_TABLES
from geodata.records import Name

SOURCE_COLUMNS = ("source_id", "title", "publisher", "date", "url", "note")
OBSERVATION_COLUMNS = Observation._fields


def read_observations(folder: Path = TABLES) -> pd.DataFrame:
    """Return every published figure, one row each.

    Returns
    -------
    pandas.DataFrame
        Columns `region_code`, `region_name`, `zone_code`, `indicator`, `sector`, `category`,
        `year`, `value` (float64, in `unit`), `unit`, `source_ids` (';'-joined), `status`, `note`
        ('; '-joined); all but `value` are text and never missing. The first seven without
        `value`, with `source_ids`, are unique. Rows follow tables.csv and the lines of each table.

    Raises
    ------
    FactsError
        At the first figure that breaks a rule, with the number of further faults.
    """
    found = unfold(folder)
    if found.faults:
        raise FactsError(*found.faults)
    return pd.DataFrame(found.observations, columns=list(OBSERVATION_COLUMNS))


def read_sources(folder: Path = TABLES) -> pd.DataFrame:
    """Return the sources: `title`, `publisher`, `date`, `url` and `note`, indexed by `source_id`.

    Raises
    ------
    FactsError
        If the file cannot be read, or an id is empty or given twice.
    """
    lines = read_lines(folder, "sources.csv", SOURCE_COLUMNS)
    seen: set[str] = set()
    for line in lines:
        if not line["source_id"] or line["source_id"] in seen:
            what = Name(
                f"来源代号“{line['source_id']}”为空或重复；请另取一个代号。",
                f"source_id {line['source_id']!r} is empty or given twice; give it another id.",
            )
            raise FactsError(line.fault(what))
        seen.add(line["source_id"])
    return _frame(lines, SOURCE_COLUMNS).set_index("source_id")


def read_table(name: str, folder: Path = TABLES) -> pd.DataFrame:
    """Return a table of places or firms as it stands, all text, '' where a cell is empty.

    Parameters
    ----------
    name
        One of `PLACE_TABLES`: regions, circles, parks, firms …
    folder
        The folder of facts.

    Raises
    ------
    UnknownNameError
        If there is no such table.
    FactsError
        If the file cannot be read or lacks a column.
    """
    if name not in PLACE_TABLES:
        message = f"There is no table {name!r}; the tables are {', '.join(PLACE_TABLES)}."
        raise UnknownNameError(message)
    table = PLACE_TABLES[name]
    return _frame(read_lines(folder, table.file, table.columns), table.columns)


def _frame(lines: list[Line], columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {column: [line[column] for line in lines] for column in columns}, dtype="str"
    )


def read_trusted_hosts(folder: Path = TABLES) -> Mapping[str, str]:
    """Return the hosts a reader would trust, each with the reason."""
    lines = read_lines(folder, "trusted_hosts.csv", ["host", "why"])
    return MappingProxyType({line["host"]: line["why"] for line in lines})


def source_link(url: str, trusted: Mapping[str, str] | None = None) -> str | None:
    """Return `url` if a reader would trust its host, else None.

    Parameters
    ----------
    url
        The address of a source; '' where none is on record.
    trusted
        Hosts by name, by default `read_trusted_hosts()`; pass it when asking often. A host is
        trusted if it is listed or lies under a listed one.
    """
    if any(character.isspace() or not character.isprintable() for character in url):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or port is not None or "@" in parts.netloc:
        return None
    hosts = read_trusted_hosts() if trusted is None else trusted
    labels = host.split(".")
    listed = any(".".join(labels[start:]) in hosts for start in range(len(labels)))
    return url if listed else None
