"""What the reader is looking at: the query string, parsed and checked in one place.

A `View` is the whole state of the page. `parse` never raises: what it does not know falls back to
the default and is reported by the name of its parameter alone, so nothing a stranger sends comes
back as text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, get_args
from urllib.parse import parse_qsl, urlencode

from dashboard.chosen import whole_chosen
from dashboard.numbers import MOST_DECIMALS
from geodata.ids import CENSUS_YEARS, MOST_CIRCLES, PROVINCES
from geodata.measures.coupling import WEIGHT
from geodata.measures.similarity import LIKENESSES
from geodata.measures.space import WEIGHTS
from geodata.measures.specialisation import INDUSTRIES, SECTORS
from geodata.measures.workforce import BENCHMARKS
from geodata.own.firms.cube import FIRST_YEAR
from geodata.own.firms.divisions import divisions
from geodata.records import MAP_LEVELS, REGION_ID, Lang, Level
from geodata.studies.claim_records import load_claims
from geodata.studies.gap import Weighting
from geodata.studies.gravity import GRAVITY, LEAST, MASSES, MOST
from geodata.studies.groups import Among
from geodata.studies.hierarchy import Family, Measure
from geodata.studies.links import KINDS
from geodata.studies.stories import PRESET_STORIES
from geodata.studies.systems_coupled import WEIGHINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

INDUSTRY_KEYS: Final = tuple(SECTORS[letter].removeprefix("emp_") for letter in INDUSTRIES)
USUAL_INDUSTRY, USUAL_EXPONENT = "manufacturing", "2"
USUAL_ACROSS: Final = "tertiary_education_share"
"""What lies across in the scatter of two indicators; the map's own lies upwards."""
ONE_MAP, YEARS, INDICATORS, PAIRED, ALL_YEARS = "one", "years", "indicators", "paired", "all"
"""One map; two side by side, of another year or of the indicator `View.across`, or both indicators
on one; small ones."""
EARLIEST: Final = "earliest"
"""The other year, until a reader chooses one."""
EXPONENTS: Final = tuple(
    f"{tenths / 10:g}" for tenths in range(round(10 * LEAST), round(10 * MOST) + 1)
)
USUAL_ALPHA: Final = f"{WEIGHT:g}"
ALPHAS: Final = tuple(f"{twentieths / 20:g}" for twentieths in range(1, 20))
TOUR_STEPS: Final = 6
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "draw": ("circles", "areas"),
    "benchmark": tuple(BENCHMARKS),
    "census": CENSUS_YEARS[::-1],
    "industry": (USUAL_INDUSTRY, *(key for key in INDUSTRY_KEYS if key != USUAL_INDUSTRY)),
    "paint": ("lq", "change", "lisa", "hot"),
    "weights": WEIGHTS,
    "links": (GRAVITY, *KINDS),
    "mass": tuple(MASSES),
    "exponent": (USUAL_EXPONENT, *(one for one in EXPONENTS if one != USUAL_EXPONENT)),
    "among": get_args(Among),
    "likeness": tuple(LIKENESSES),
    "family": get_args(Family),
    "weighting": get_args(Weighting),
    "system": (REGION_ID, *PROVINCES, *(f"c{n}" for n in range(1, MOST_CIRCLES + 1))),
    "size": get_args(Measure),
    "weighing": WEIGHINGS,
    "alpha": (USUAL_ALPHA, *(one for one in ALPHAS if one != USUAL_ALPHA)),
    "maps": (ONE_MAP, YEARS, INDICATORS, PAIRED, ALL_YEARS),
    "claim": tuple(claim.id for claim in load_claims()),
    "story": ("none", *PRESET_STORIES),
    "tour": ("none", *(str(step) for step in range(1, TOUR_STEPS + 1))),
}
"""Parameters with a fixed list of values, each a field of `View`; the first one is the default.

The systems c1, c2 … are the circles in the order of the scheme, so that a choice outlives it.
"""
BESIDE: Final = {name: CHOICES[name][0] for name in ("story", "tour")}
"""What stands beside the figures and changes none of them, as a reader finds it at first."""
PARAMETERS: Final = (
    "scheme",
    "over",
    "circle",
    "level",
    "indicator",
    "year",
    "classes",
    "k",
    "regions",
    "across",
    "then",
    "firms",
    "division",
    "since",
    "until",
    *CHOICES,
    "layers",
    "lang",
)
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "scope": ("scheme", "over", "circle"),
    "level": ("level",),
    "layers": ("layers",),
    "colour": ("indicator", "year", "classes", "k", "maps", "then"),
    "regions": ("regions",),
    "across": ("across",),
    "firms": ("firms", "division"),
    "since": ("since", "until"),
    **{name: (name,) for name in CHOICES if name != "maps"},
    "lang": ("lang",),
}
"""How the browser cuts up an address, so that only what has changed is asked of the server."""
DIVISIONS_ASKED: Final = ("all", *divisions())
"""All firms of a register together, or those of a division of GB/T 4754-2017."""
DECADE, LATEST = "decade", "latest"
"""Ten years before, and the last year that a register tells of, until a reader chooses others."""
YEARS_ASKED: Final = tuple(str(year) for year in range(FIRST_YEAR, 2100))
"""Any year that a register may tell of; whether it does, its charts say."""
METHODS: Final = ("auto", "fisher", "quantile", "equal")
LAYERS: Final = (
    "fill",
    "circles",
    "cities",
    "lines",
    "labels",
    "clusters",
    "parks",
    "computing",
    "gates",
)
LAYOUT_LAYERS: Final = ("circles", "cities", "lines", "labels")
"""Layers that show the layout without figures."""
DEFAULT_LAYERS: Final = ("fill", *LAYOUT_LAYERS)
MAX_REGIONS: Final = 10
MOST_OVER: Final = 2
"""Schemes of circles drawn over the chosen one."""
MAX_QUERY: Final = 4000
MIN_CLASSES, MAX_CLASSES = 3, 7
MAX_LIMIT: Final = 1e12


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The ids a query may name, taken from the atlas.

    `circles` maps a scheme to its circle ids; `years` maps an indicator to its years by level,
    `usual` to the year shown when none is asked for; `filters` maps a layer to the ids it can be
    narrowed to. `firms` are the registers of firms that a reader has brought along.
    """

    circles: Mapping[str, Collection[str]]
    years: Mapping[str, Mapping[Level, tuple[str, ...]]]
    usual: Mapping[str, Mapping[Level, str]]
    regions: Collection[str]
    filters: Mapping[str, Collection[str]]
    scheme: str
    indicator: str
    firms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The state of the page; every field holds a value the atlas knows.

    `limits` are the reader's own class limits (ascending, inner limits only); when it is not
    empty `classes` is "own" and `k` is one more than the number of limits. `draw` is how totals are
    drawn; rates and shares are areas always. `firms` is a register that a reader has brought along,
    "" the first.
    """

    scheme: str
    indicator: str
    year: str
    level: Level = "county"
    circle: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    classes: str = "auto"
    limits: tuple[float, ...] = ()
    k: int = 5
    regions: tuple[str, ...] = ()
    draw: str = CHOICES["draw"][0]
    benchmark: str = CHOICES["benchmark"][0]
    census: str = CHOICES["census"][0]
    industry: str = CHOICES["industry"][0]
    paint: str = CHOICES["paint"][0]
    weights: str = CHOICES["weights"][0]
    links: str = CHOICES["links"][0]
    mass: str = CHOICES["mass"][0]
    exponent: str = CHOICES["exponent"][0]
    among: str = CHOICES["among"][0]
    likeness: str = CHOICES["likeness"][0]
    family: str = CHOICES["family"][0]
    weighting: str = CHOICES["weighting"][0]
    system: str = CHOICES["system"][0]
    size: str = CHOICES["size"][0]
    across: str = USUAL_ACROSS
    firms: str = ""
    division: str = DIVISIONS_ASKED[0]
    since: str = DECADE
    until: str = LATEST
    weighing: str = CHOICES["weighing"][0]
    alpha: str = CHOICES["alpha"][0]
    maps: str = ONE_MAP
    then: str = EARLIEST
    claim: str = CHOICES["claim"][0]
    story: str = CHOICES["story"][0]
    tour: str = CHOICES["tour"][0]
    layers: tuple[str, ...] = DEFAULT_LAYERS
    lang: Lang = "zh"

    @property
    def circle_keys(self) -> tuple[str, ...]:
        """Atlas keys ("scheme/circle") of the chosen circles."""
        return tuple(f"{self.scheme}/{c}" for c in self.circle)

    def shows(self, layer: str) -> bool:
        """Tell whether a layer is on, narrowed or not."""
        return any(token.split(".")[0] == layer for token in self.layers)

    def narrowed(self, layer: str) -> tuple[str, ...]:
        """Return the ids a layer is narrowed to; empty means all."""
        return tuple(t.split(".", 1)[1] for t in self.layers if t.startswith(layer + "."))

    def query_home(self) -> str:
        """Return the query of a first visit in the same language."""
        return "" if self.lang == "zh" else "?lang=en"

    def query(self, **changes: Any) -> str:  # noqa: ANN401 - the fields' own types
        """Return the query string of this view, changed as told, defaults left out.

        A change of indicator or level without a year lets the year fall to the latest one.
        """
        view = replace(self, **changes)
        fields = {
            "scheme": view.scheme,
            "over": ",".join(one for one in view.over if one != view.scheme),
            "circle": ",".join(view.circle),
            "level": view.level,
            "indicator": view.indicator,
            "year": "" if {"indicator", "level"} & set(changes) - {"year"} else view.year,
            "classes": ",".join(f"{x:.12g}" for x in view.limits) or view.classes,
            "k": str(view.k) if not view.limits else "",
            "regions": ",".join(view.regions),
            "across": view.across,
            "then": view.then,
            "firms": view.firms,
            "division": view.division,
            "since": view.since,
            "until": view.until,
            **{name: getattr(view, name) for name in CHOICES},
            "layers": ",".join(view.layers) or "none",
            "lang": view.lang,
        }
        if "year" in changes:
            fields["year"] = view.year
        return "?" + urlencode(
            {k: v for k, v in fields.items() if v and v != DEFAULTS.get(k)}, safe=",."
        )


DEFAULTS: Final[Mapping[str, str]] = {
    "level": "county",
    "classes": "auto",
    "k": "5",
    "across": USUAL_ACROSS,
    "then": EARLIEST,
    "division": DIVISIONS_ASKED[0],
    "since": DECADE,
    "until": LATEST,
    **{name: values[0] for name, values in CHOICES.items()},
    "layers": ",".join(DEFAULT_LAYERS),
    "lang": "zh",
}
"""Values that need not stand in a query; those of scheme and indicator come from the atlas."""


def parse(search: Any, vocabulary: Vocabulary) -> tuple[View, tuple[str, ...]]:  # noqa: ANN401
    """Read a query string into a view.

    Parameters
    ----------
    search
        The part of the address from "?" on; anything at all is allowed, what is no text is "".
    vocabulary : Vocabulary
        What the atlas knows.

    Returns
    -------
    tuple
        The view, and the names of the parameters that fell back (wholly or in part), in the
        order of `PARAMETERS`; "query" stands for a query too long to read.
    """
    search = search if isinstance(search, str) else ""
    if len(search) > MAX_QUERY:
        return parse("", vocabulary)[0], ("query",)
    given = dict(reversed(parse_qsl(search.lstrip("?"), max_num_fields=None)))
    reader = _Reader(whole_chosen(given, vocabulary.circles))
    scheme = reader.one("scheme", vocabulary.circles, vocabulary.scheme)
    indicator = reader.one("indicator", vocabulary.years, vocabulary.indicator)
    level, year = _level_and_year(reader, vocabulary, indicator)
    limits = reader.limits()
    view = View(
        scheme=scheme,
        circle=reader.some("circle", vocabulary.circles[scheme].__contains__, MOST_CIRCLES),
        over=reader.some("over", (set(vocabulary.circles) - {scheme}).__contains__, MOST_OVER),
        level=level,
        indicator=indicator,
        year=year,
        limits=limits,
        classes="own" if limits else reader.one("classes", METHODS, "auto"),
        k=len(limits) + 1 if limits else int(reader.one("k", "34567", "5")),
        regions=reader.some("regions", vocabulary.regions.__contains__, MAX_REGIONS),
        across=reader.one("across", vocabulary.years, USUAL_ACROSS),
        then=reader.one("then", {EARLIEST, *_all_years(vocabulary)}, EARLIEST),
        firms=reader.one("firms", vocabulary.firms, ""),
        division=reader.one("division", DIVISIONS_ASKED, DIVISIONS_ASKED[0]),
        since=reader.one("since", {DECADE, *YEARS_ASKED}, DECADE),
        until=reader.one("until", {LATEST, *YEARS_ASKED}, LATEST),
        **{name: reader.one(name, known, known[0]) for name, known in CHOICES.items()},
        layers=reader.layers(vocabulary.filters),
        lang=reader.lang(),
    )
    return view, tuple(name for name in PARAMETERS if name in reader.fallen)


def _all_years(words: Vocabulary) -> Iterator[str]:
    """Yield the years of every indicator: another one may lack a year that is asked for."""
    return (year for levels in words.years.values() for years in levels.values() for year in years)


def _level_and_year(reader: _Reader, words: Vocabulary, indicator: str) -> tuple[Level, str]:
    """Choose a level the indicator has, and a year it has there (the usual one when not told)."""
    years = words.years[indicator]
    asked = reader.one("level", MAP_LEVELS, MAP_LEVELS[0])
    level: Level = "city" if asked == "city" else "county"
    if not years.get(level):
        level = "city" if level == "county" else "county"
        if "level" in reader.given:
            reader.fallen.add("level")
    return level, reader.one("year", years[level], words.usual[indicator][level])


class _Reader:
    """Takes values out of a query and remembers which ones it had to replace."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = given
        self.fallen: set[str] = set()

    def one(self, name: str, known: Collection[str], default: str) -> str:
        """Return the value when it is known; single characters are never matched in a string."""
        value = self.given.get(name)
        if value is None or value in tuple(known):
            return default if value is None else value
        self.fallen.add(name)
        return default

    def some(self, name: str, known: Callable[[str], bool], most: int) -> tuple[str, ...]:
        """Return the known ones of a comma list, each once, at most `most`."""
        parts = [p for p in self.given.get(name, "").split(",") if p]
        kept = list(dict.fromkeys(p for p in parts if known(p)))[:most]
        if len(kept) < len(dict.fromkeys(parts)):
            self.fallen.add(name)
        return tuple(kept)

    def limits(self) -> tuple[float, ...]:
        """Return the reader's own limits: 2 to 6 ascending numbers that can be written in full."""
        text = self.given.get("classes", "")
        if not text or text in METHODS:
            return ()
        try:
            numbers = tuple(float(part) for part in text.split(","))
        except ValueError:
            return ()
        written = all(x == round(x, MOST_DECIMALS) == float(f"{x:.12g}") for x in numbers)
        in_order = all(a < b for a, b in pairwise(numbers))
        in_range = all(abs(x) < MAX_LIMIT for x in numbers)
        if written and in_order and in_range and MIN_CLASSES - 1 <= len(numbers) <= MAX_CLASSES - 1:
            return numbers
        return ()

    def layers(self, filters: Mapping[str, Collection[str]]) -> tuple[str, ...]:
        """Return the layer tokens; "none" stands for an empty map."""
        if "layers" not in self.given:
            return DEFAULT_LAYERS
        if self.given["layers"] == "none":
            return ()
        known = {*LAYERS, *(f"{name}.{id_}" for name, ids in filters.items() for id_ in ids)}
        return self.some("layers", known.__contains__, len(known))

    def lang(self) -> Lang:
        """Return the language."""
        chosen = self.one("lang", get_args(Lang), "zh")
        return "en" if chosen == "en" else "zh"
