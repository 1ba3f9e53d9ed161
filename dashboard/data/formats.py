"""Tables as files: CSV, JSON and Parquet of the same rows."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import TYPE_CHECKING, Any, Final

from geodata.figures import COLUMNS, flat, frame_of, plain, source_record, spoken
from geodata.outlines import CRS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.atlas import Atlas
    from geodata.figures import DataRow, Wanted
    from geodata.outlines import Outlines
    from geodata.records import Value
    from geodata.studies.provenance import Ingredient

BOM: Final = "\ufeff"
DICTIONARY: Final = 16 * 2**20
"""Bytes of different outlines in one file; all counties take some two million."""
ONE_YEAR: Final = r"\d{4}"
MARK: Final = 6
"""Letters of a digest, of sixteen million."""
FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula, full-width signs included."""


def to_csv(rows: Sequence[DataRow], wanted: Wanted) -> bytes:
    """Write a table as CSV in UTF-8, lines ended as RFC 4180 says.

    Text that a spreadsheet would take for a formula begins with an apostrophe; numbers are
    written in full and never altered.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(cell) for cell in flat(row, wanted).values()])
    return ((BOM if wanted.bom else "") + out.getvalue()).encode()


def _cell(cell: Any) -> str:  # noqa: ANN401 - text, a number or nothing
    if cell is None:
        return ""
    return str(plain(cell)) if isinstance(cell, float) else harmless(cell)


def digest(told: str) -> str:
    """Return a few letters by which file names differ that would be the same."""
    return hashlib.sha256(told.encode()).hexdigest()[:MARK]


def harmless(words: str) -> str:
    """Return words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(FORMULA) else words


def to_parquet(rows: Sequence[DataRow], wanted: Wanted, outlines: Outlines) -> bytes:
    """Write a table as GeoParquet 1.1: figures as numbers, outlines with their bounds, else text.

    `NUMBERS` are float64; `year` is a whole number where each of the table is one year, and text
    where there are spans. An outline that comes again every year is written once, as an entry of a
    dictionary.
    """
    import geopandas as gpd  # noqa: PLC0415 - only where such a file is asked for

    cells = frame_of(rows, wanted)
    if cells["year"].str.fullmatch(ONE_YEAR).all():
        cells["year"] = cells["year"].astype("int32")
    shapes = [outlines.shapes(row.level, wanted.scheme).get(row.place.id) for row in rows]
    buffer = io.BytesIO()
    gpd.GeoDataFrame(cells, geometry=gpd.GeoSeries(shapes, crs=CRS)).to_parquet(
        buffer,
        index=False,
        compression="zstd",
        write_covering_bbox=True,
        schema_version="1.1.0",
        dictionary_pagesize_limit=DICTIONARY,
    )
    return buffer.getvalue()


def to_json(rows: Sequence[DataRow], wanted: Wanted, atlas: Atlas) -> bytes:
    """Write a table as JSON: the indicator, its rows with nested ingredients, and the sources."""
    indicator = atlas.indicators[wanted.indicator]
    used = {s for row in rows for value in _values(row) for s in value.source_ids}
    body = {
        "indicator": indicator.id,
        "name": spoken(indicator.name),
        "definition": spoken(indicator.definition),
        "unit": indicator.unit,
        "rows": [_record(row, wanted) for row in rows],
        "sources": {id_: source_record(atlas, id_) for id_ in sorted(used)},
    }
    return dump(body)


def dump(body: Any) -> bytes:  # noqa: ANN401 - any JSON
    """Write JSON in UTF-8; what is no number never becomes one that JSON does not know."""
    return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _values(row: DataRow) -> list[Value]:
    return [row.value, *(part.value for part in row.ingredients)]


def _record(row: DataRow, wanted: Wanted) -> dict[str, Any]:
    cells = flat(row, wanted)
    return cells | {
        "value": plain(row.value.value),
        "subtotal": plain(cells["subtotal"]),
        "source_ids": list(row.value.source_ids),
        "note_zh": list(row.note_zh),
        "note_en": list(row.note_en),
        "ingredients": [ingredient_record(part) for part in row.ingredients],
    }


def value_record(value: Value) -> dict[str, Any]:
    """Return a figure with its unit, year, status and the ids of its sources."""
    return {
        "value": plain(value.value),
        "unit": value.unit,
        "year": value.year,
        "status": value.status or "",
        "sources": list(value.source_ids),
    }


def ingredient_record(part: Ingredient) -> Mapping[str, Any]:
    """Return an ingredient with its own provenance."""
    return {
        "indicator": part.indicator,
        "place": part.place,
        "year": part.value.year,
        "value": plain(part.value.value),
        "unit": part.value.unit,
        "status": part.value.status or "",
        "source_ids": list(part.value.source_ids),
    }
