"""A set of own figures as a frame, for notebooks."""

from __future__ import annotations

from typing import Final

import pandas as pd

from geodata.facts.statistics import read_table
from geodata.ids import OWN
from geodata.own import store
from geodata.own.records import FIGURES, read_figures
from geodata.places.regions import build_regions

COLUMNS: Final = ("region_code", "name_zh", "name_en", "level", "year", "measure", "value")


def own_table(name: str) -> pd.DataFrame:
    """Return the figures of a table of your own, a row each.

    Parameters
    ----------
    name
        The name it was imported under.

    Returns
    -------
    pandas.DataFrame
        Columns `region_code`, `name_zh`, `name_en`, `level`, `year` ("" where the table told
        none), `measure`, `value`, `unit`, `kind` (amount or rate) and `status`, "own" throughout.
        The first six without the names are unique.

    Raises
    ------
    OwnError
        If there is no such set, or it cannot be read.
    """
    stored = store.load_whole(name)
    regions = build_regions(read_table("regions"))
    measures = stored.manifest["measures"]
    rows = []
    for row in read_figures((stored.folder / FIGURES).read_bytes()):
        place, measure = regions.place(row["region_code"]), measures[int(row["measure"])]
        told = (place.id, place.label.zh, place.label.en, regions.level_of(place.id))
        value = (row["year"], measure["zh"], float(row["value"]), measure["unit"], measure["kind"])
        rows.append((*told, *value, OWN))
    return pd.DataFrame(rows, columns=[*COLUMNS, "unit", "kind", "status"])
