"""Figures that differ have names that differ, and what does not show in one is not in its name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import figures_of
from dashboard.print.errors import ExportError
from dashboard.print.names import LONGEST
from dashboard.view import CHOICES

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.scene import Scene
    from dashboard.view import View

FIGURES = [(page, name) for page in PAGES.values() for name in figures_of(page)]
SEARCHES = (
    "",
    "circle=capital",
    "circle=capital,tianjin",
    "scheme=ring2010",
    "over=ring2010",
    "level=city",
    "indicator=gdp",
    "indicator=gdp&draw=areas",
    "indicator=gdp&year=2022",
    "across=gdp_per_capita",
    "classes=quantile",
    "classes=0.5,1,2",
    "k=4",
    "layers=fill",
    "regions=130200",
    "regions=130200,130300,120000,110000",
    "regions=130200,130300,120000,130100",
    "maps=years",
    "maps=years&then=2010",
    "maps=all",
    "exponent=1",
    "alpha=0.3",
    *(
        f"{name}={CHOICES[name][1]}"
        for name in (
            *("benchmark", "census", "industry", "paint", "links", "mass", "among", "likeness"),
            *("family", "weighting", "system", "size", "weighing", "claim"),
        )
    ),
)


@pytest.mark.parametrize(("page", "name"), FIGURES, ids=[f"{p.name}-{n}" for p, n in FIGURES])
def test_figures_that_differ_have_names_that_differ(
    page: object, name: str, scene: Scene, read: Callable[[str], View]
) -> None:
    make = figures_of(page)[name]  # type: ignore[arg-type]
    of_stem, of_plain = defaultdict(set), defaultdict(set)
    for search in SEARCHES:
        view = read(f"?{search}")
        try:
            made = make(scene, view, scene.context(view))
        except ExportError:
            continue  # nothing to take away there
        held = (made.title, made.rows, made.beside, made.keys, made.notes)
        of_stem[made.stem].add(held)
        of_plain[made.plain].add(held)
        assert len(made.stem.encode()) <= LONGEST + 1
    told = [{stem: len(held) for stem, held in of.items()} for of in (of_stem, of_plain)]
    assert told == [dict.fromkeys(of, 1) for of in (of_stem, of_plain)]


@pytest.mark.parametrize(
    ("address", "stem"),
    [
        (
            "/ scatter ?circle=capital",
            "散点图_制造业区位商-·-大专及以上人口占比（普查）_首都都市圈_2020",
        ),
        ("/ map ?benchmark=CN&k=4", "LQ制造业_京津冀_参照全国_2020"),
        ("/ map ?indicator=gdp&benchmark=CN", "地区生产总值_京津冀_2020"),
        ("/ map ?layers=fill,circles,cities,lines,parks", "LQ制造业_京津冀_园区_无地名注记_2020"),
        ("/linkages map ?exponent=1", "引力联系强度_京津冀_指数1_2024"),
        ("/compare sigma ?weighting=equal&k=4", "σ-收敛_京津冀人均地区生产总值_各市等权_2013-2024"),
    ],
)
def test_a_name_says_what_shows_and_nothing_else(
    address: str, stem: str, scene: Scene, read: Callable[[str], View]
) -> None:
    page, name, search = address.split(" ")
    view = read(search)
    made = figures_of(PAGES[page])[name](scene, view, scene.context(view)).stem
    assert made == stem
