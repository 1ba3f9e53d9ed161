"""What a data address asks for: name and query, read strictly.

A page may fall back to a default; a program that misspells a parameter must not be given other
figures than it asked for. So everything unknown is refused, with a sentence that lists what there
is and never repeats what was sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from dashboard.text import text
from dashboard.web.root import rooted
from geodata.figures import REACHES, Reach, Wanted, all_years, years_of
from geodata.lookup import LATEST
from geodata.measures.workforce import BENCHMARKS
from geodata.records import LEVELS, REGION_ID, Name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from geodata.atlas import Atlas
    from geodata.records import Indicator, Lang

Format = Literal["csv", "json", "geojson", "parquet"]
FORMATS: Final[Mapping[str, Format]] = {
    "csv": "csv",
    "json": "json",
    "geojson": "geojson",
    "parquet": "parquet",
}
PARAMETERS: Final = ("level", "year", "circle", "scheme", "benchmark")
OF_CSV: Final = "bom"
BAD, MISSING = 400, 404


class RefusedError(Exception):
    """A request that cannot be answered as asked; the words are for the one who asked."""

    def __init__(self, status: int, word: str, **fields: object) -> None:
        """Keep the status, and the word of text/data.csv with what fills it, names in both."""
        super().__init__(word)
        self.status = status
        self.zh = text("zh")(word, **_spoken(fields, "zh"))
        self.en = text("en")(word, **_spoken(fields, "en"))


def _spoken(fields: Mapping[str, object], lang: Lang) -> dict[str, object]:
    return {name: one[lang] if isinstance(one, Name) else one for name, one in fields.items()}


def read_name(name: str, atlas: Atlas) -> tuple[Indicator, Format]:
    """Read `<indicator>.<format>`.

    Raises
    ------
    RefusedError
        404 if there is no such indicator or format.
    """
    stem, _, ending = name.rpartition(".")
    if ending not in FORMATS:
        raise RefusedError(MISSING, "data.no_format", known=", ".join(FORMATS))
    if stem not in atlas.indicators:
        raise no_indicator(atlas)
    return atlas.indicators[stem], FORMATS[ending]


def no_indicator(atlas: Atlas) -> RefusedError:
    """Return the refusal of a name that is no indicator's: it says where all of them are."""
    catalog, known = rooted("/data/catalog.json"), len(atlas.indicators)
    return RefusedError(MISSING, "data.no_indicator", n=known, catalog=catalog)


def read_query(
    query: Mapping[str, list[str]], indicator: Indicator, kind: Format, atlas: Atlas
) -> Wanted:
    """Read the parameters of a table.

    Parameters
    ----------
    query
        Parameter → its values in the order sent.
    indicator, kind
        Of the address.
    atlas
        Knows the names.

    Returns
    -------
    Wanted
        Without `level` all levels of regions that have figures (a map layer: the first), without
        `year` all years (a map layer: the latest), without `scheme` the first one.

    Raises
    ------
    RefusedError
        400 where a parameter is unknown, given twice, or names what the atlas does not have; 404
        where it has that, but not of this indicator, level or scheme.
    """
    allowed = PARAMETERS + ((OF_CSV,) if kind == "csv" else ())
    given = single(query, allowed)
    one = kind == "geojson"
    levels = _levels(given.get("level"), indicator, one=one)
    scheme = choice(given, "scheme", [s.id for s in atlas.schemes])
    circles = {c.id for s in atlas.schemes for c in s.circles}
    here = [c.id for c in atlas.circles(scheme)]
    return Wanted(
        indicator=indicator.id,
        levels=levels,
        years=_years(given.get("year"), indicator, levels, all_years(atlas), one=one),
        scheme=scheme,
        circles=_some(given.get("circle"), "circle", here, circles),
        benchmark=choice(given, "benchmark", [REGION_ID, *BENCHMARKS]),
        bom=choice(given, OF_CSV, ["1", "0"]) == "1",
    )


def single(query: Mapping[str, list[str]], allowed: Collection[str]) -> dict[str, str]:
    """Return the parameters, each given once and known.

    Raises
    ------
    RefusedError
        400 otherwise.
    """
    if not set(query) <= set(allowed):
        if not allowed:
            raise RefusedError(BAD, "data.no_parameters")
        raise RefusedError(BAD, "data.no_parameter", known=", ".join(allowed))
    for name, values in query.items():
        if len(values) > 1:
            raise RefusedError(BAD, "data.twice", name=name)
    return {name: values[0] for name, values in query.items()}


def choice(given: Mapping[str, str], name: str, known: list[str]) -> str:
    """Return one of the known values, the first where none is given; RefusedError otherwise."""
    value = given.get(name, known[0])
    if value not in known:
        raise _unknown(name, known)
    return value


def _unknown(name: str, known: Collection[str], status: int = BAD) -> RefusedError:
    return RefusedError(status, "data.no_value", name=name, known=", ".join(dict.fromkeys(known)))


def _some(
    value: str | None, name: str, known: Collection[str], elsewhere: Collection[str]
) -> tuple[str, ...]:
    """Return the values of a comma list in the order of the known ones; () where none is given.

    What is only known `elsewhere` is well asked for and not there.
    """
    if value is None:
        return ()
    wanted = set(value.split(","))
    if not wanted <= set(known):
        raise _unknown(name, known, MISSING if wanted <= {*known, *elsewhere} else BAD)
    return tuple(k for k in known if k in wanted)


def _is_list(value: str | None) -> bool:
    """Tell whether several values are named, be they the same."""
    return value is not None and "," in value


def _levels(value: str | None, indicator: Indicator, *, one: bool) -> tuple[Reach, ...]:
    there = [level for level in LEVELS if indicator.years.get(level)]
    known = [*there, *(r for r in REACHES if r not in LEVELS)]
    levels = _some(value, "level", known, REACHES)
    if one and _is_list(value):
        raise RefusedError(BAD, "data.one_only", name="level")
    found = levels or there[: 1 if one else None]
    return tuple(reach for reach in REACHES if reach in found)


def _years(
    value: str | None,
    indicator: Indicator,
    levels: tuple[Reach, ...],
    elsewhere: Collection[str],
    *,
    one: bool,
) -> tuple[str, ...]:
    known = sorted({y for level in levels for y in years_of(indicator, level)})
    if value is None and one:
        value = LATEST
    named = (
        None
        if value is None
        else ",".join(known[-1] if y == LATEST else y for y in value.split(","))
    )
    years = _some(named, "year", known, elsewhere)
    if one and _is_list(value):
        raise RefusedError(BAD, "data.one_only", name="year")
    return years or tuple(known)
