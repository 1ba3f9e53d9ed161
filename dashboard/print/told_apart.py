"""Words by which the files of one figure differ: each choice without which it would be another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

from dashboard.charts.captions import short_name
from dashboard.charts.compared import scope_of
from dashboard.charts.rows import both_words
from dashboard.data.formats import digest
from dashboard.view import DEFAULT_LAYERS, parse
from geodata.records import Name
from geodata.studies.industries import sector_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dashboard.scene import Scene
    from dashboard.view import View

MOST: Final = 3
"""Places that the name of a file says."""
KEYS: Final = {
    "level": "shell.level_{}",
    "classes": "shell.classes_{}",
    "k": "export.said_k",
    "draw": "shell.draw_{}",
    "paint": "clusters.paint_{}",
    "weights": "clusters.weights_{}_short",
    "links": "linkages.ties_{}",
    "mass": "linkages.mass_{}",
    "exponent": "export.said_exponent",
    "among": "linkages.among_{}",
    "likeness": "linkages.likeness_{}",
    "family": "compare.family_{}",
    "weighting": "compare.weighting_{}",
    "size": "compare.size_{}",
    "weighing": "linkages.weighing_{}",
    "alpha": "export.said_alpha",
    "maps": "second.maps_{}",
}
"""Parameters of an address whose values have words of their own."""


def told_apart(
    scene: Scene, view: View, another: Callable[[View], bool], but: str = ""
) -> Iterator[Name]:
    """Yield the choices of a view that show in a figure.

    Parameters
    ----------
    scene, view
        Where the words are, and what the reader chose.
    another
        Tells whether the figure is another at another view.
    but
        A parameter that is told in another way.
    """
    asked = dict(parse_qsl(view.query().lstrip("?")))
    for name in [one for one in asked if one not in {"lang", but}]:
        left = {one: value for one, value in asked.items() if one != name}
        without, _ = parse(urlencode(left), scene.vocabulary)
        if without != view and another(without):
            yield from said(name, scene, view)


def said(name: str, scene: Scene, view: View) -> list[Name]:
    """Return the value of a parameter of an address in words, each of several by itself."""
    if name in MADE:
        return MADE[name](scene, view)
    if name == "classes" and view.limits:
        return [_same("-".join(f"{limit:g}" for limit in view.limits))]
    value = str(getattr(view, name))
    return [both_words(KEYS[name].format(value), value=value) if name in KEYS else _same(value)]


def places(scene: Scene, view: View) -> list[Name]:
    """Name the chosen places; of many the first, their number and a mark of them all."""
    names = [scene.atlas.place(one).label for one in view.regions]
    if len(names) <= MOST:
        return names
    *first, last = names[:MOST]
    more = both_words("export.places_more", names=last, n=len(names))
    return [*first, more, _same(digest(",".join(view.regions)))]


def layers(view: View) -> list[Name]:
    """Name the layers that are on beyond the usual ones, and the usual ones that are off."""
    more = [one for one in view.layers if one not in DEFAULT_LAYERS]
    off = [one for one in DEFAULT_LAYERS if not view.shows(one)]
    on = dict.fromkeys(one.partition(".")[0] for one in more)
    narrowed = [one for one in more if "." in one]
    return [
        *(both_words(f"shell.layer_{one}") for one in on),
        *(both_words("export.said_without", name=both_words(f"shell.layer_{one}")) for one in off),
        *([_same(digest(",".join(narrowed)))] if narrowed else []),
    ]


def _same(words: str) -> Name:
    return Name(words, words)


def _schemes(scene: Scene, view: View) -> list[Name]:
    return [scene.atlas.scheme(view.scheme).name]


def _over(scene: Scene, view: View) -> list[Name]:
    schemes = (scene.atlas.scheme(one).name for one in view.over)
    return [both_words("export.said_over", name=one) for one in schemes]


def _circles(scene: Scene, view: View) -> list[Name]:
    return [scene.atlas.place(one).label for one in view.circle_keys]


def _benchmark(scene: Scene, view: View) -> list[Name]:
    whose = scene.atlas.term("benchmark", view.benchmark)
    return [both_words("export.said_benchmark", name=whose)]


MADE: Final[Mapping[str, Callable[[Scene, View], list[Name]]]] = {
    "scheme": _schemes,
    "over": _over,
    "circle": _circles,
    "regions": places,
    "indicator": lambda scene, view: [short_name(scene.atlas.indicators[view.indicator])],
    "across": lambda scene, view: [short_name(scene.atlas.indicators[view.across])],
    "benchmark": _benchmark,
    "industry": lambda scene, view: [scene.atlas.term("industry", sector_of(view.industry))],
    "system": lambda scene, view: [scene.atlas.place(scope_of(scene, view)).name],
    "claim": lambda scene, view: [scene.atlas.claims.finding(view.claim).claim.name],
    "layers": lambda _, view: layers(view),
}
"""Parameters whose values are places, indicators, claims or terms."""
