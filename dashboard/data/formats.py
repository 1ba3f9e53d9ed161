"""Tables as files: CSV, JSON and Parquet of the same rows."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from dashboard.data.rows import depends_on_benchmark
from dashboard.data.wanted import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.data.rows import Row
    from dashboard.data.wanted import Wanted
    from geodata.atlas import Atlas
    from geodata.records import Value
    from geodata.studies.provenance import Ingredient

COLUMNS: Final = (
    "indicator",
    "level",
    "region_code",
    "name_zh",
    "name_en",
    "role",
    "year",
    "value",
    "unit",
    "status",
    "source_ids",
    "note_zh",
    "note_en",
    "benchmark",
    "ingredients",
    "subtotal",
    "members",
    "people_percent",
)
NUMBERS: Final = frozenset({"value", "subtotal", "people_percent"})
BOM: Final = "\ufeff"
FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula, full-width signs included."""


def flat(row: Row, wanted: Wanted) -> dict[str, Any]:
    """Return a row as cells: text, and numbers or None."""
    value, coverage = row.value, row.coverage
    return {
        "indicator": wanted.indicator,
        "level": row.level,
        "region_code": row.place.id,
        "name_zh": row.place.label.zh,
        "name_en": row.place.label.en,
        "role": row.role,
        "year": value.year,
        "value": value.value,
        "unit": value.unit,
        "status": row.status,
        "source_ids": ";".join(value.source_ids),
        "note_zh": "；".join(row.note_zh),
        "note_en": "; ".join(row.note_en),
        "benchmark": wanted.benchmark if depends_on_benchmark(wanted.indicator) else "",
        "ingredients": "; ".join(_in_words(part) for part in row.ingredients),
        "subtotal": row.subtotal.value.value if row.subtotal else None,
        "members": coverage.members if coverage else "",
        "people_percent": coverage.people if coverage else None,
    }


def to_csv(rows: Sequence[Row], wanted: Wanted) -> bytes:
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


def harmless(words: str) -> str:
    """Return words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(FORMULA) else words


def plain(number: float | None) -> float | int | None:
    """Return a whole number without its ".0"; exactly the same number in any case."""
    return int(number) if number is not None and number.is_integer() else number


def to_parquet(rows: Sequence[Row], wanted: Wanted) -> bytes:
    """Write a table as Parquet: `NUMBERS` float64, everything else text."""
    frame = pd.DataFrame([flat(row, wanted) for row in rows], columns=list(COLUMNS))
    kinds = {name: "float64" if name in NUMBERS else "str" for name in COLUMNS}
    buffer = io.BytesIO()
    frame.astype(kinds).to_parquet(buffer, index=False)
    return buffer.getvalue()


def to_json(rows: Sequence[Row], wanted: Wanted, atlas: Atlas) -> bytes:
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


def source_record(atlas: Atlas, source_id: str) -> dict[str, Any]:
    """Return a publication as a record; `link` is None where no trusted address is known."""
    source = atlas.source(source_id)
    return {
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date,
        "link": source.link,
        "note": source.note,
    }


def _values(row: Row) -> list[Value]:
    return [row.value, *(part.value for part in row.ingredients)]


def _record(row: Row, wanted: Wanted) -> dict[str, Any]:
    cells = flat(row, wanted)
    return cells | {
        "value": plain(row.value.value),
        "subtotal": plain(cells["subtotal"]),
        "source_ids": list(row.value.source_ids),
        "note_zh": list(row.note_zh),
        "note_en": list(row.note_en),
        "ingredients": [ingredient_record(part) for part in row.ingredients],
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


def _in_words(part: Ingredient) -> str:
    value = part.value
    origin = ", ".join(filter(None, (value.status, *value.source_ids)))
    amount = f"{plain(value.value)} {value.unit}".rstrip()
    return f"{part.indicator}[{part.place} {value.year}] = {amount} ({origin})"
