"""Which column of a table is what: by its name, else by what stands in it, or as a map says."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from geodata.facts.files import read_csv
from geodata.own.errors import OwnError, headers_told
from geodata.own.numbers import MISSING, NotANumberError, number_of, year_of
from geodata.own.spelling import asides, bare, clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.own.place import Gazetteer
    from geodata.own.reading import Sheet
    from geodata.records import Kind

ROLES: Final = Path(__file__).with_name("columns.csv")
SAMPLE: Final = 200
"""Rows from which the contents of a column are understood."""
MOSTLY: Final = 0.6
KEYS: Final = frozenset(
    {"code", "name", "within", "year", "sheet", "borders", "values", "leave", "places"}
)
KINDS: Final = ("amount", "rate")
"""What is measured: parts of an amount may be added."""
VALUE_KEYS: Final = frozenset({"unit", "kind", "zh", "en"})
RATE: Final = re.compile(
    "率|比重|占比|比例|同比|环比|增速|增长|人均|户均|平均|指数|系数|密度|单价|均价|/|每"
    "|排名|位次|名次|得分|评分|年龄"
)
RATE_WORDS: Final = frozenset(
    [
        "rate",
        "share",
        "ratio",
        "pct",
        "percent",
        "growth",
        "index",
        "density",
        "average",
        "mean",
        "median",
        "per",
    ]
)
RATE_UNITS: Final = frozenset({"%", "‰", "％", "百分点", "pct", "percent", "倍"})
LABEL: Final = re.compile(
    "(?:编号|序号|代码|编码|号码|电话|手机|手机号|邮编|经度|纬度)$|^序$"
    r"|(?i:(?:^|[\W_])(?:id|code|no|fid|gid|oid|objectid|zip|phone|tel)\.?$)|(?<=[a-z])I[dD]$"
    "|^(?i:index|lon|lng|longitude|lat|latitude|unnamed.*)$"
)
"""Headers of numbers that name and measure nothing: ids, codes, telephones, points."""
LIKE_NUMBER: Final = re.compile(r"[(△▲▼约-]?[+-]?[\d,]*\.?\d+[)*%]?(?:[千万亿]?[家个户人元吨]?)")
"""What looks like a figure: its column is one of figures, and such cells are refused."""
YEARLY: Final = re.compile(r"^(.*?)[\s_\-:：(（]*((?:19|20)\d\d)\s*年?(?:末|底|度)?[)）]?(.*)$")
BASE: Final = re.compile(
    r"[按以]?(?:19|20)\d\d\s*年?(?:的|固定)?(?:不变价格?|可比价格?|价格|价(?!值)|为?基期|为基年"
    r"|\s*[=＝为]\s*1(?:00)?(?:%|％)?(?!\d))(?:计算的?)?"
)
"""Years that are no year of the figures: of the prices they are in, or of the base of an index."""
LATER: Final = re.compile(r"^[\s_\-:：]*(.*)$")


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured: its name in both languages, unit, and whether parts may be added."""

    zh: str
    en: str
    unit: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Figures:
    """A column of figures: its place in the table, what it measures, and its year if it has one.

    `marked` are per cents of which each cell says so and the header does not.
    """

    at: int
    measure: Measure
    year: int | None = None
    marked: bool = False


@dataclass(frozen=True)
class Columns:
    """What each column of a table is; None and empty where there is no such column.

    `today` says that figures of all years are for the divisions of today; `left` names the columns
    that are not read; `places` are the codes that a person gives for cells that mean several.
    """

    code: int | None
    name: int | None
    within: tuple[int, ...]
    year: int | None
    fixed_year: int | None
    figures: tuple[Figures, ...]
    today: bool = False
    left: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ColumnMap:
    """What a person says about the columns of a table; anything left out is understood anew."""

    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sheet(self) -> str:
        """The sheet of a spreadsheet, "" for the first with rows."""
        return str(self.said.get("sheet", ""))


def read_map(path: Path, keys: frozenset[str] = KEYS) -> ColumnMap:
    """Read a map of columns.

    Parameters
    ----------
    path
        A TOML file.
    keys
        What may stand in it; others for firms.

    Raises
    ------
    OwnError
        If it is no TOML, or has a key that means nothing.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OwnError(of="bad_map", file=path, why=error) from None
    return checked(said, path.name, keys)


def checked(said: Mapping[str, Any], file: str, keys: frozenset[str] = KEYS) -> ColumnMap:
    """Return what a person says about columns, be it from a file or from the page.

    Raises
    ------
    OwnError
        If a key means nothing.
    """
    values = said.get("values", {})
    shaped = isinstance(values, dict) and all(isinstance(one, dict) for one in values.values())
    wrong = set(said) - keys
    wrong |= {k for one in values.values() for k in set(one) - VALUE_KEYS} if shaped else {"values"}
    for one in values.values() if shaped else ():
        wrong |= {str(one["kind"])} if one.get("kind", "amount") not in KINDS else set()
    wrong |= {"borders"} if said.get("borders", "today") not in {"today", "then"} else set()
    wrong |= {"places"} if not _all_words(said.get("places", {})) else set()
    if wrong:
        raise _unknown_keys(file, wrong, keys)
    return ColumnMap(said)


def understand(
    sheet: Sheet, gazetteer: Gazetteer, said: ColumnMap, title: str, year: int | None
) -> Columns:
    """Say what each column of a table is.

    Parameters
    ----------
    sheet
        The table as text.
    gazetteer
        Tells codes and names from other words.
    said
        What a person says; comes first.
    title
        What a column measures whose header is a year alone.
    year
        The year of all figures, where a person gives one.

    Raises
    ------
    OwnError
        If two columns have one name, a column that is named is not there, or no column has places
        or none has figures.
    """
    refuse_twins(sheet.header)
    used = _named(sheet, said)
    leave = {sheet.header.index(one) for one in said.said.get("leave", []) if one in sheet.header}
    for at, header in enumerate(sheet.header):
        if at in leave:
            continue
        role = roles_in(ROLES).get(bare(asides(clean(header))[0]))
        if role and at not in used.values():
            used.setdefault(_key(role, at), at)
    _by_contents(sheet, gazetteer, used, leave)
    within = tuple(at for key, at in used.items() if key.startswith("within"))
    if "code" not in used and "name" not in used and within:
        *within_, name = within
        within, used["name"] = tuple(within_), name
    if "code" not in used and "name" not in used:
        raise OwnError(of="no_places", columns=headers_told(sheet.header))
    given = said.said.get("year")
    fixed = year if year is not None else given if isinstance(given, int) else None
    taken = {*used.values(), *leave}
    figures = _figures(sheet, said, taken, title)
    if not figures:
        raise OwnError(of="no_figures")
    read = {*used.values(), *(one.at for one in figures)}
    left = tuple(h for at, h in enumerate(sheet.header) if at not in read and h)
    today = said.said.get("borders") == "today"
    return Columns(
        code=used.get("code"),
        name=used.get("name"),
        within=within,
        year=used.get("year"),
        fixed_year=fixed,
        figures=figures,
        today=today,
        left=left,
        places={clean(cell): gazetteer.known(code) for cell, code in _places(said).items()},
    )


def _places(said: ColumnMap) -> Mapping[str, str]:
    return cast("Mapping[str, str]", said.said.get("places", {}))


def _all_words(places: object) -> bool:
    """Tell whether this is words by words, each a code."""
    return isinstance(places, dict) and all(isinstance(one, str) for one in places.values())


def _unknown_keys(file: str, wrong: set[str], keys: frozenset[str]) -> OwnError:
    named, below = ", ".join(sorted(keys)), ", ".join(sorted(VALUE_KEYS))
    return OwnError(
        of="map_keys", file=file, wrong=", ".join(sorted(wrong)), keys=named, below=below
    )


@cache
def roles_in(path: Path) -> Mapping[str, str]:
    """Return the roles of columns by the words of headers, as a table of such words has them."""
    return {line["word"]: line["role"] for line in read_csv(path, path.name, ("word", "role"))}


def _key(role: str, at: int) -> str:
    return f"{role} {at:04}" if role == "within" else role


def refuse_twins(header: Sequence[str]) -> None:
    """Refuse a header in which two columns share a name.

    Raises
    ------
    OwnError
        If there are such.
    """
    twice = [name for name, count in Counter(header).items() if name and count > 1]
    if twice:
        raise OwnError(of="twins", names="、".join(twice))


def _named(sheet: Sheet, said: ColumnMap) -> dict[str, int]:
    """Return the columns that a map names."""
    used: dict[str, int] = {}
    for role in ("code", "name", "within", "year"):
        words = said.said.get(role, [])
        for word in words if isinstance(words, list) else [words]:
            if role != "year" or isinstance(word, str):
                at = _position(sheet, str(word))
                used[_key(role, at)] = at
    return used


def _position(sheet: Sheet, name: str) -> int:
    if name not in sheet.header:
        raise OwnError(of="no_column", name=name, known="、".join(filter(None, sheet.header)))
    return sheet.header.index(name)


def _sample(sheet: Sheet, at: int) -> list[str]:
    """Return the filled cells of a column, the first of them."""
    cells = (clean(cell) for cell in sheet.cells[at][: SAMPLE * 2])
    return [cell for cell in cells if cell.casefold() not in MISSING][:SAMPLE]


def _by_contents(sheet: Sheet, gazetteer: Gazetteer, used: dict[str, int], leave: set[int]) -> None:
    """Find codes and names in columns whose header says nothing.

    Beside provinces or cities only names are looked for: were none found, a county would be read
    as the city that it lies in, and figures may look like codes.
    """
    if "code" in used or "name" in used:
        return
    beside = any(key.startswith("within") for key in used)
    for at in range(len(sheet.header)):
        cells = _sample(sheet, at)
        if at in used.values() or at in leave or not cells:
            continue
        for key, ask in (("code", gazetteer.code), ("name", gazetteer.name)):
            if beside and key == "code":
                continue
            good = sum(ask(cell).answer not in {"none", "out", "whole"} for cell in cells)
            if key not in used and good >= MOSTLY * len(cells):
                used[key] = at
                break


def _figures(sheet: Sheet, said: ColumnMap, taken: set[int], title: str) -> tuple[Figures, ...]:
    named = cast("dict[str, dict[str, str]]", said.said.get("values", {}))
    if named:
        positions = [_position(sheet, name) for name in named]
    else:
        free = (at for at in range(len(sheet.header)) if at not in taken and sheet.header[at])
        positions = [
            at
            for at in free
            if not LABEL.search(asides(clean(sheet.header[at]))[0]) and _numeric(_sample(sheet, at))
        ]
    return tuple(_measured(sheet, at, named.get(sheet.header[at], {}), title) for at in positions)


def _numeric(cells: Sequence[str]) -> bool:
    """Tell whether most cells are figures, or look so and are to be mended."""

    def good(cell: str) -> bool:
        try:
            number_of(cell.removesuffix("%"))
        except NotANumberError:
            return bool(LIKE_NUMBER.fullmatch(cell))
        return True

    return bool(cells) and sum(map(good, cells)) >= MOSTLY * len(cells)


def _measured(sheet: Sheet, at: int, said: Mapping[str, str], title: str) -> Figures:
    """Read what a column measures from its header: 企业数（家）, 2020年产值, 2020."""
    base = "、".join(clean(one[0]) for one in BASE.finditer(sheet.header[at]))
    header = BASE.sub("", sheet.header[at]).strip()
    plain, units = asides(clean(header))
    year = None
    if dated := YEARLY.match(header):
        year = year_of(dated[2])
        rest = (dated[1] + LATER.sub(r"\1", dated[3])).strip(" _-:：年")
        plain, units = asides(clean(rest))
        plain = plain or title
    plain = f"{plain or title}（{base}）" if base else plain
    units = [one for one in (each.strip(",;、") for each in units) if one and year_of(one) is None]
    cells = _sample(sheet, at)
    percent = bool(cells) and sum(c.endswith("%") for c in cells) > len(cells) / 2
    told = said.get("unit") or (units[-1] if units else "")
    unit = told or ("%" if percent else "")
    words = {*re.findall("[a-z]+", plain.casefold())}
    rate = unit in RATE_UNITS or "/" in unit or RATE.search(plain) or words & RATE_WORDS
    kind = cast("Kind", said.get("kind") or ("rate" if rate else "amount"))
    zh = said.get("zh") or plain
    return Figures(at, Measure(zh, said.get("en") or zh, unit, kind), year, percent and not told)
