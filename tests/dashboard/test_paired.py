"""Two indicators on one map: thirds, colours, key, figures that leave, and why there is none."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.charts import clusters_map
from dashboard.charts.explore_map import PANEL
from dashboard.lettering import width_of
from dashboard.map.fill import NO_DATA, OUTSIDE
from dashboard.map.paired import LEAST, class_of
from dashboard.pages.callbacks import PAGES
from dashboard.pages.explore import SECOND
from dashboard.pages.gallery import Gallery
from dashboard.pages.screen import Screen
from dashboard.pages.second import PAIRED_WITH
from dashboard.pages.settings import settings
from dashboard.pairing import common_years
from dashboard.palette import PAIRED
from dashboard.papers import SIZES
from dashboard.print.errors import ExportError
from dashboard.print.paper import Print
from dashboard.print.sheet import sheet
from dashboard.text import words
from dashboard.view import CHOICES

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts.record import Chart
    from dashboard.map.paired import Paired
    from dashboard.scene import Scene
    from dashboard.view import View
    from tests.dashboard.conftest import Reader

BOTH = "?maps=paired&indicator=lq_manufacturing&across=tertiary_education_share"
YEARS = "?maps=paired&level=city&indicator=gdp_tertiary_share&across=gdp_secondary_share"


def chart(scene: Scene, view: View) -> Chart:
    (found,) = PANEL.charts(scene, view, scene.context(view))
    return found


def paired_of(scene: Scene, view: View) -> Paired:
    found = scene.pairing(view).paired
    assert found
    return found


def test_thirds_hold_equally_many_figures_of_all_years(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view = read(BOTH)
    fill = paired_of(scene, view).first
    figures = [
        v.value for column in scene.columns(view) for v in column.values if v.value is not None
    ]
    counts = fill.classes.counts(figures)
    assert len(counts) == 3
    assert max(counts) - min(counts) <= 0.02 * len(figures), (
        "figures that read the same stay together"
    )
    inside = paired_of(scene, read(f"{BOTH}&circle=tianjin")).first
    assert inside.classes == fill.classes


def test_each_place_has_the_colour_of_its_pair_of_thirds(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view = read(f"{BOTH}&circle=capital")
    paired, traces = paired_of(scene, view), scene.colours(view, "light")
    assert traces
    areas, sizes = traces[0], traces[1]
    assert sizes["marker"]["size"] == []
    scale, seen = areas["colorscale"][::2], set()
    for code, (one, other), z in zip(paired.codes, paired.values(), areas["z"], strict=True):
        if not paired.first.inside(code):
            assert z == OUTSIDE
        elif one is None or other is None:
            assert z == NO_DATA
        else:
            at = class_of((paired.first.classes.of(one), paired.second.classes.of(other)))
            assert z % LEAST == at
            assert (z >= LEAST) is paired.first.pale(code)
            if z < LEAST:
                assert scale[z - OUTSIDE][1] == PAIRED[at]
            seen.add(at)
    assert len(seen) > 3
    (key,) = [key for key in chart(scene, view).key if key.grid]
    assert key.grid
    assert sum(key.grid.counts) == sum(z >= 0 for z in areas["z"])


def reach(figure: dict[str, Any]) -> float:
    """Return how far the words of a sheet reach to the right, in parts of its width."""
    layout = figure["layout"]
    left, width = layout["margin"]["l"], layout["width"]
    inner = width - left - layout["margin"]["r"]
    reached: float = max(
        (left + one["x"] * inner + width_of(unescape(line), one["font"]["size"])) / width
        for one in layout["annotations"]
        for line in one["text"].split("<br>")
        if one.get("xanchor") == "left"
    )
    return reached


@pytest.mark.parametrize(
    "query",
    [
        "?maps=paired&indicator=beds_per_1000&across=emp_wholesale_retail&year=2020",
        "?maps=paired&indicator=population_male&across=emp_manufacturing&year=2020&lang=en",
    ],
)
def test_the_key_of_both_lies_on_a_sheet_of_any_size(
    scene: Scene, read: Callable[[str], View], query: str
) -> None:
    view = read(query)
    for size in SIZES:
        choice = Print(size, view.lang)
        exhibits = Gallery(scene, PAGES).exhibits(PAGES["/"], "map", view, choice)
        assert reach(sheet(exhibits, choice).figure) < 1, size


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_place_says_both_figures_and_its_class(
    scene: Scene, read: Callable[[str], View], lang: str
) -> None:
    view = read(f"{BOTH}&lang={lang}")
    traces = scene.colours(view, "light")
    assert traces
    names = [scene.atlas.indicators[i].name[view.lang] for i in (view.indicator, view.across)]
    assert all(name in traces[0]["hovertemplate"] for name in names)
    told = dict(
        zip((p.id for p in scene.atlas.regions("county")), traces[0]["customdata"], strict=True)
    )
    exported = {(row.id, row.item): row for row in chart(scene, view).rows()}
    (item,) = {item for _, item in exported if item.endswith("_thirds")}
    assert told["110108"][2] == exported["110108", item].note


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("?maps=paired&indicator=gdp&across=gdp", "same"),
        ("?maps=paired&across=gdp_per_capita", "no_level"),
        (f"{YEARS}&circle=shijiazhuang", "few"),
        (f"{BOTH}&layers=circles", "no_fill"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_where_two_do_not_go_together_a_sentence_says_why(
    scene: Scene, read: Callable[[str], View], query: str, why: str, lang: str
) -> None:
    view = read(f"{query}&lang={lang}")
    assert scene.pairing(view).why == why
    context = scene.context(view)
    said = str(PAIRED_WITH.children(scene, view, Screen(renderer="geo")))
    start = context.t(f"paired.why_{why}").partition("{")[0]
    assert start in said
    assert not any(key.grid for key in chart(scene, view).key)
    assert SECOND.children(scene, view, Screen()) == []


def test_a_year_that_one_lacks_is_told_with_those_that_both_have(
    scene: Scene, read: Callable[[str], View]
) -> None:
    found = {}
    for one in scene.vocabulary.years:
        view = read(f"?maps=paired&indicator={one}")
        why = scene.pairing(view).why
        if why in {"no_year", "no_common"}:
            found[why] = view
            assert (why == "no_year") is bool(common_years(view, scene.atlas.indicators))
    assert set(found) == {"no_year", "no_common"}
    view = found["no_year"]
    (said,) = [note for note in chart(scene, view).notes if view.year in note]
    assert all(year in said for year in common_years(view, scene.atlas.indicators))


def test_years_that_both_have_are_held_and_no_other(
    reader: Reader, scene: Scene, read: Callable[[str], View]
) -> None:
    held = reader.ask("years", YEARS)["years"]["data"]
    common = common_years(read(YEARS), scene.atlas.indicators)
    possible = [year for year in common if scene.pairing(read(f"{YEARS}&year={year}")).paired]
    assert [one["year"] for one in held.values()] == possible
    assert 2 < len(possible) < len(common), "in some years too few places have both"
    for one in held.values():
        traces = reader.ask("recolour", f"{YEARS}&year={one['year']}")["recoloured"]["data"][
            "traces"
        ]
        assert one["traces"] == {"0": {"z": traces["0"]["z"]}}


def test_what_leaves_is_both_figures_and_the_class(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view = read(BOTH)
    (made,) = Gallery(scene, PAGES).exhibits(PAGES["/"], "map", view, Print(words="zh"))
    items = {row.item for row in made.rows}
    thirds = "lq_manufacturing_tertiary_education_share_thirds"
    assert items == {view.indicator, view.across, thirds}
    classes = {row.value for row in made.rows if row.item == thirds and row.value}
    assert classes <= {10.0 * one + other for one in (1, 2, 3) for other in (1, 2, 3)}
    assert all(row.source_ids for row in made.rows if row.value is not None)
    drawn = sheet([made], Print(words="zh"))
    fills = [shape.get("fillcolor") for shape in drawn.figure["layout"]["shapes"]]
    assert sorted(colour for colour in fills if colour in PAIRED) == sorted(PAIRED)
    annotations = drawn.figure["layout"]["annotations"]
    written = unescape(" ".join(one["text"].replace("<br>", " ") for one in annotations))
    (key,) = [key for key in made.keys if key.grid]
    assert key.grid
    assert all(limit in written for limits in key.grid.ranges for limit in limits)
    with pytest.raises(ExportError, match="灰度"):
        sheet([made], Print(words="zh", palette="grey"))


def test_the_controls_of_one_indicator_are_hidden(
    scene: Scene, read: Callable[[str], View]
) -> None:
    for query, hidden in ((BOTH, True), ("?maps=one", False)):
        assert settings(scene, read(query))["classification"]["hidden"] is hidden
    assert "paired" in CHOICES["maps"]


def test_no_sentence_claims_more_than_two_figures() -> None:
    said = " ".join(
        w for lang in ("zh", "en") for k, w in words(lang).items() if k.startswith("paired.")
    )
    assert not any(
        word in said.lower() for word in ("correlat", "相关性", "相关关系", "导致", "cause")
    )


def test_other_pages_stay_as_they_are(scene: Scene, read: Callable[[str], View]) -> None:
    both, alone = (clusters_map.colours(scene, read(q), "light") for q in ("?maps=paired", ""))
    assert both == alone
