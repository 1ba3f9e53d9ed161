"""The data addresses described as OpenAPI 3.1, from the same names that they are read by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.data.describe import CSVW, ROOM
from dashboard.data.news import MEDIA as ATOM
from dashboard.data.news import NAME as NEWS
from dashboard.text import text
from dashboard.web.root import root
from geodata.figures import COLUMNS, REACHES, all_years
from geodata.lookup import LATEST
from geodata.measures.workforce import BENCHMARKS
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.data.wanted import Format
    from geodata.atlas import Atlas

JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"
MEDIA: Final[Mapping[Format, str]] = {
    "csv": "text/csv",
    "json": JSON,
    "geojson": GEOJSON,
    "parquet": "application/vnd.apache.parquet",
}
OBJECT: Final = {"type": "object"}
MANY: Final = {"400", "404", "414", "429"}


def description(atlas: Atlas) -> dict[str, Any]:
    """Return the document served at /data/openapi.json."""
    paths = {f"{ROOM}{{indicator}}.{kind}": _table(kind, atlas) for kind in MEDIA}
    paths[f"{ROOM}{{indicator}}.metadata.json"] = _get(
        "metadata", _words("data.api_metadata"), CSVW, OBJECT, [_indicator(atlas)]
    )
    paths[f"{ROOM}catalog.json"] = _get("catalog", _words("data.api_catalog"), JSON, OBJECT, [])
    paths[f"{ROOM}layout.geojson"] = _get(
        "layout", _words("data.api_layout"), GEOJSON, OBJECT, [_one("scheme", _schemes(atlas))]
    )
    for one in ("place", "claim"):
        asked = {"name": one, "in": "query", "schema": {"type": "string"}}
        words = _words(f"data.api_{one}s")
        paths[f"{ROOM}{one}s.json"] = _get(f"{one}s", words, JSON, OBJECT, [asked])
    lang = _one("lang", list(LANGUAGES))
    paths[f"{ROOM}{NEWS}"] = _get("news", _words("data.api_news"), ATOM, {"type": "string"}, [lang])
    paths[f"{ROOM}openapi.json"] = _get("openapi", _words("data.api_openapi"), JSON, OBJECT, [])
    about = f"{_words('data.api')} {_words('data.rights')}"
    return {
        "openapi": "3.1.0",
        "info": {"title": _words("shell.title"), "version": "1", "description": about},
        "servers": [{"url": root() or "/"}],
        "paths": paths,
        "components": {"schemas": {"Error": _error()}},
    }


def _words(word: str, **fields: object) -> str:
    """Return a word in both languages."""
    return f"{text('en')(word, **fields)} {text('zh')(word, **fields)}"


def _table(kind: Format, atlas: Atlas) -> dict[str, Any]:
    one = kind == "geojson"
    circles = dict.fromkeys(c.id for s in atlas.schemes for c in s.circles)
    parameters = [
        _indicator(atlas),
        _list("level", list(REACHES), _words("data.api_level"), one=one),
        _list("year", [LATEST, *all_years(atlas)], _words("data.api_year"), one=one),
        _list("circle", list(circles), _words("data.api_circle")),
        _one("scheme", _schemes(atlas)),
        _one("benchmark", list(BENCHMARKS)),
    ]
    if kind == "csv":
        parameters.append(_one("bom", ["1", "0"]))
    schema = OBJECT if kind in {"json", "geojson"} else {"type": "string"}
    summary = _words(f"data.api_{kind}", columns=", ".join(COLUMNS))
    return _get(kind, summary, MEDIA[kind], schema, parameters)


def _schemes(atlas: Atlas) -> list[str]:
    return [scheme.id for scheme in atlas.schemes]


def _indicator(atlas: Atlas) -> dict[str, Any]:
    known = {"type": "string", "enum": list(atlas.indicators)}
    return {"name": "indicator", "in": "path", "required": True, "schema": known}


def _one(name: str, known: list[str]) -> dict[str, Any]:
    schema = {"type": "string", "enum": known, "default": known[0]}
    return {"name": name, "in": "query", "schema": schema}


def _list(name: str, known: list[str], words: str, *, one: bool = False) -> dict[str, Any]:
    schema = {"type": "array", "minItems": 1, "items": {"type": "string", "enum": known}}
    return {
        "name": name,
        "in": "query",
        "description": words,
        "style": "form",
        "explode": False,
        "schema": schema | ({"maxItems": 1} if one else {}),
    }


def _get(
    name: str, words: str, media: str, schema: Mapping[str, Any], parameters: list[dict[str, Any]]
) -> dict[str, Any]:
    refusal = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    answers: dict[str, Any] = {
        "200": {"description": words, "content": {media: {"schema": schema}}},
        "304": {"description": "unchanged"},
    }
    answers |= {code: {"description": "refused", "content": refusal} for code in sorted(MANY)}
    return {
        "get": {
            "operationId": name,
            "summary": words,
            "parameters": parameters,
            "responses": answers,
        }
    }


def _error() -> dict[str, Any]:
    fields = ("id", "zh", "en")
    return {
        "type": "object",
        "required": ["status", *fields],
        "properties": {"status": {"type": "integer"}, **{f: {"type": "string"} for f in fields}},
    }
