"""The atlas in a notebook: `import geodata as jjj`, then maps, tables, places and a search.

Everything is read from the last build in the cache; nothing is fetched or computed anew.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

import pandas as pd

from geodata.build import cache
from geodata.errors import CacheError
from geodata.figures import (
    REACHES,
    Reach,
    Wanted,
    depends_on_benchmark,
    frame_of,
    rows_of,
    source_record,
    spoken,
    years_of,
)
from geodata.ids import DEFAULT_SCHEME
from geodata.lookup import LATEST, Lookup
from geodata.measures.workforce import BENCHMARKS
from geodata.naming import nothing, spans
from geodata.outlines import CRS, Outlines
from geodata.records import LEVELS, REGION_ID, Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import geopandas as gpd

    from geodata.atlas import Atlas
    from geodata.records import Indicator, Place

    Year = str | int
    Years = Year | Iterable[Year] | None

F = TypeVar("F", bound=pd.DataFrame)

BOUNDARIES: Final = "天地图 Tianditu, GS(2024)0650, simplified, not authoritative"


class Opened:
    """A loaded atlas with its names and outlines."""

    def __init__(self, folder: Path) -> None:
        """Read the build of the present facts.

        Raises
        ------
        CacheError
            If the folder has none; the sentence lists what it has.
        """
        from geodata.atlas import Atlas  # noqa: PLC0415 - looking for a build needs no atlas

        manifest = cache.load_manifest(folder)
        if manifest is None:
            raise _no_build(folder)
        self.atlas: Atlas = Atlas.load(manifest.folder)
        self.names = Lookup(self.atlas)
        self.outlines = Outlines(manifest)


_opened = lru_cache(maxsize=1)(Opened)


def atlas() -> Atlas:
    """Return the atlas behind the figures, for all that the functions here do not ask.

    Raises
    ------
    CacheError
        If nothing was built yet; `jjj-atlas build` does, in some ten seconds.
    """
    return _now().atlas


def place(name: str | int, scheme: str | None = None) -> Place:
    """Return a county, city, province or metropolitan circle.

    Parameters
    ----------
    name
        In Chinese, English or pinyin, a code or an id: "石家庄", "Tangshan", 130100, "JJJ".
    scheme
        Id of the scheme of circles; without it the first that has a circle of this name.

    Raises
    ------
    UnknownNameError
        If the name fits several places, or none; the sentence lists them, or what is like it.
    """
    return _now().names.place(name, scheme)


def indicator(name: str) -> Indicator:
    """Return an entry of the catalogue: name, unit, definition, and the years it has.

    Parameters
    ----------
    name
        In Chinese, English or pinyin, or the id: "gdp", "制造业区位商".

    Raises
    ------
    UnknownNameError
        If the name fits several indicators, or none; the sentence lists them, or what is like it.
    """
    return _now().names.indicator(name)


def search(words: str) -> pd.DataFrame:
    """Return the indicators and places that hold the words, the best first.

    Parameters
    ----------
    words
        In Chinese or English; several words need not stand together.

    Returns
    -------
    pandas.DataFrame
        `kind` (indicator, or the kind of a place), `id`, `name_zh`, `name_en`, `unit`, `years`
        (by level).
    """
    names = _now().names
    rows = [("indicator", i.id, i.name, i.unit, _span(i)) for i in names.indicators(words)]
    rows += [(p.kind, p.id, p.label, "", "") for p in names.places(words)]
    columns = ["kind", "id", "name_zh", "name_en", "unit", "years"]
    flattened = [(kind, id_, n.zh, n.en, *others) for kind, id_, n, *others in rows]
    return pd.DataFrame(flattened, columns=columns, dtype="str")


def table(  # noqa: PLR0913 - the choices of a data address
    indicator: str,
    year: Years = None,
    *,
    level: Reach | None = None,
    circle: str | None = None,
    scheme: str | None = None,
    benchmark: str = REGION_ID,
) -> pd.DataFrame:
    """Return figures as a table, as `/data/<indicator>.csv` has them.

    Parameters
    ----------
    indicator
        Name or id, such as "gdp" or "制造业区位商".
    year
        One, several, "latest", or None for all.
    level
        county, city, province, circle or region; None for all that have figures.
    circle, scheme
        Only the full members of this metropolitan circle.
    benchmark
        Reference of location quotients: JJJ, CN, YRD or GD.

    Returns
    -------
    pandas.DataFrame
        A row for each place and year, gaps included: `value` in `unit`, with `status`,
        `source_ids`, notes and, where computed, `ingredients`. `attrs` holds the provenance.

    Raises
    ------
    UnknownNameError
        If a name fits nothing or several, or a year has no figures; the sentence lists what there
        is.
    CacheError
        If nothing was built yet.
    """
    opened = _now()
    found = opened.names.indicator(indicator)
    levels = _levels(found, level)
    wanted = _wanted(
        opened,
        indicator=found,
        levels=levels,
        year=year,
        circle=circle,
        scheme=scheme,
        benchmark=benchmark,
    )
    return _described(frame_of(rows_of(wanted, opened.atlas), wanted), opened, wanted)


def mapped(  # noqa: PLR0913 - the choices of a data address
    indicator: str,
    year: Year = LATEST,
    *,
    level: Reach | None = None,
    circle: str | None = None,
    scheme: str | None = None,
    benchmark: str = REGION_ID,
) -> gpd.GeoDataFrame:
    """Return the figures of one level and year with the outlines of the places.

    Parameters
    ----------
    indicator, circle, scheme, benchmark
        As for `table`.
    year
        One year, by default the latest.
    level
        county, city, province, circle or region; by default the finest that has the year.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns of `table` and `geometry` in longitude and latitude (OGC:CRS84), of counties,
        prefectures, provinces or circles; None for the three places together. `attrs` holds the
        provenance.

    Raises
    ------
    UnknownNameError
        As `table`.
    CacheError
        If nothing was built yet.
    """
    import geopandas as gpd  # noqa: PLC0415 - a table needs no geometry

    opened = _now()
    found = opened.names.indicator(indicator)
    levels = _levels(found, level)
    (one,) = opened.names.years(found, levels, str(year))
    wanted = _wanted(
        opened,
        indicator=found,
        levels=[_finest(found, levels, one)],
        year=one,
        circle=circle,
        scheme=scheme,
        benchmark=benchmark,
    )
    cells = frame_of(rows_of(wanted, opened.atlas), wanted)
    shapes = opened.outlines.shapes(wanted.levels[0], wanted.scheme)
    geometry = [shapes.get(code) for code in cells["region_code"]]
    return _described(gpd.GeoDataFrame(cells, geometry=geometry, crs=CRS), opened, wanted)


def _now() -> Opened:
    return _opened(cache.default_folder())


def _levels(indicator: Indicator, level: str | None) -> list[Reach]:
    if level is None:
        return [one for one in LEVELS if indicator.years.get(one)]
    for one in REACHES:
        if one == level:
            return [one]
    raise nothing(Name("级别", "level"), level, [Name(one, one) for one in REACHES])


def _finest(indicator: Indicator, levels: Sequence[Reach], year: str) -> Reach:
    return next(one for one in levels if year in years_of(indicator, one))


def _wanted(  # noqa: PLR0913 - what a table is made of
    opened: Opened,
    *,
    indicator: Indicator,
    levels: Sequence[Reach],
    year: Years,
    circle: str | None,
    scheme: str | None,
    benchmark: str,
) -> Wanted:
    schemes = {one.id: one.name for one in opened.atlas.schemes}
    if scheme is not None and scheme not in schemes:
        known = [Name(f"{name.zh}（{id_}）", f"{name.en} ({id_})") for id_, name in schemes.items()]
        raise nothing(Name("都市圈方案", "scheme of circles"), scheme, known)
    if benchmark not in BENCHMARKS:
        known = [Name(one, one) for one in BENCHMARKS]
        raise nothing(Name("参照", "benchmark"), benchmark, known)
    key = opened.names.circle(circle, scheme).id if circle else f"{scheme or DEFAULT_SCHEME}/"
    of, _, circle_id = key.partition("/")
    return Wanted(
        indicator=indicator.id,
        levels=tuple(levels),
        years=opened.names.years(indicator, levels, year),
        scheme=of,
        circles=(circle_id,) if circle_id else (),
        benchmark=benchmark,
    )


def _described(frame: F, opened: Opened, wanted: Wanted) -> F:
    """Put the provenance on a frame, as plain words and lists that every format can keep."""
    known = opened.atlas.indicators[wanted.indicator]
    used = sorted({id_ for ids in frame["source_ids"] for id_ in ids.split(";") if id_})
    frame.attrs = {
        "indicator": known.id,
        "name": spoken(known.name),
        "definition": spoken(known.definition),
        "unit": known.unit,
        "levels": [*wanted.levels],
        "years": [*wanted.years],
        "circle": f"{wanted.scheme}/{wanted.circles[0]}" if wanted.circles else "",
        "scheme": wanted.scheme if wanted.circles or "circle" in wanted.levels else "",
        "benchmark": wanted.benchmark if depends_on_benchmark(known.id) else "",
        "breaks": [
            {"level": one.level, "year": one.year, "reason": spoken(one.reason)}
            for level in wanted.levels
            if level in LEVELS
            for one in opened.atlas.breaks(known.id, level)
        ],
        "sources": {id_: source_record(opened.atlas, id_) for id_ in used},
        "boundaries": BOUNDARIES if "geometry" in frame else "",
    }
    return frame


def _span(indicator: Indicator) -> str:
    return "; ".join(f"{lv} {spans(years)}" for lv, years in indicator.years.items() if years)


def _no_build(folder: Path) -> CacheError:
    """Return the error of a cache without the build of the present facts, and what it has."""
    try:
        others = sorted(path.name for path in folder.glob("build-*"))
    except OSError:
        others = []
    zh = f"其中只有 {'、'.join(others)}" if others else "其中没有任何图层"
    en = f"it has {', '.join(others)} only" if others else "it has none at all"
    return CacheError(
        f"缓存文件夹 {folder} 中没有与现有数据和代码相符的图层，{zh}；"
        "请先运行 jjj-atlas build（约十秒）。\n"
        f"The cache folder {folder} holds no build of the present facts and code, {en}; run "
        "`jjj-atlas build` first (some ten seconds)."
    )
