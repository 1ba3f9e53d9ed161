"""Choices of print, breaking of lines, palettes and what makes a map a map."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.record import Key
from dashboard.colours import contrast
from dashboard.lettering import width_of
from dashboard.map.fill import stepped
from dashboard.palette import CIRCLES, DIVERGING, INK, SEQUENTIAL, SERIES
from dashboard.papers import PALETTES, SIZES, Palette
from dashboard.print import cartography, inks
from dashboard.print.outlines import hatched, outlined
from dashboard.print.paper import Print, read
from dashboard.print.pen import Pen
from dashboard.print.repaint import repainted
from dashboard.wrap import NOT_FIRST, NOT_LAST, lines, marked_up

BOUNDS = (113.45, 36.03, 119.87, 42.62)


def test_choices_are_read_and_unknown_ones_named() -> None:
    told = {"sheet": "slide", "words": "both", "palette": "grey", "dpi": "96", "width": "120"}
    choice, fallen = read({**told, "transparent": "1", "size": "gdp"}, "zh")
    assert fallen == ()
    assert (choice.size, choice.words, choice.palette, choice.dpi) == ("slide", "both", "grey", 96)
    assert choice.width == 120
    assert choice.transparent
    assert choice.langs == ("zh", "en")
    wrong = {"sheet": "a0", "words": "fr", "palette": "", "dpi": "72", "width": "-3"}
    choice, fallen = read(wrong, "en")
    assert sorted(fallen) == ["dpi", "palette", "sheet", "width", "words"]
    assert (choice.size, choice.langs) == ("a4-half", ("en",))


@pytest.mark.parametrize("width", ["nan", "inf", "1e999", "39", "421", "x"])
def test_a_width_beyond_reason_is_not_taken(width: str) -> None:
    assert read({"width": width}, "zh")[0].width is None


def test_an_own_width_keeps_the_shape() -> None:
    paper = Print("a4-half", width=85).paper
    assert (paper.width, paper.height) == (85, SIZES["a4-half"].height / 2)  # type: ignore[operator]


@given(st.text("京津冀（，。）ab c1", max_size=80), st.integers(40, 300))
def test_lines_keep_the_words_and_the_rules_of_the_scripts(words: str, width: int) -> None:
    broken = lines(words, width)
    assert "".join("".join(broken).split()) == "".join(words.split())
    assert all(line == line.strip() != "" for line in broken)
    for line, after in pairwise(broken):
        assert width_of(line) <= width
        # Beside a mark only where the line has no other place at which it could end.
        if after[0] in NOT_FIRST or line[-1] in NOT_LAST:
            assert not places("".join(line.split())), (line, after)


def places(line: str) -> list[int]:
    """Return where a line without spaces can be parted beside no mark."""
    return [
        at
        for at, (last, first) in enumerate(pairwise(line), 1)
        if last not in NOT_LAST and first not in NOT_FIRST
    ]


@pytest.mark.parametrize(
    ("words", "width", "broken"),
    [
        # 12 pixels a full-width character, 6.66 a digit or small letter, 3.24 a space or "c":
        # of 57 pixels 57 / 1.02 = 55.9 are used, and （b。，。 takes 54.7.
        (" （b。，。京b京a", 57, ["（b。，。", "京b京a"]),
        # of 47 pixels 46.1: "cb ））。" takes 52.6 and is held together, so the word is cut
        ("）1京  cb ））。", 47, ["）1京", "c", "b ））。"]),
        ("京津冀（首都）", 49, ["京津冀", "（首都）"]),
        # curly quotes are as wide as ideographs there: “b” takes 30.66
        ("a“b”，c", 32, ["a", "“b”", "，c"]),
        ("））））））", 25, ["））", "））", "））"]),
        ("2013–2024 1.5%", 40, ["2013–", "2024", "1.5%"]),
        ("有成效（2010–2020年）", 110, ["有成效", "（2010–2020年）"]),
        ("连线指向2020年", 70, ["连线指向", "2020年"]),
        ("2010—2020年", 60, ["2010—", "2020年"]),  # too wide for one
        ("area 1,552 km²", 60, ["area", "1,552 km²"]),
        ("中1,552 平方公里", 93, ["中", "1,552 平方公里"]),
        ("from 4.66 %.", 62, ["from", "4.66 %."]),
        ("强度 = 100", 52, ["强度", "= 100"]),
        ("GDP: β-convergence", 90, ["GDP:", "β-convergence"]),
        ("exponent b = 2", 70, ["exponent", "b = 2"]),
        ("生产总值（亿元）", 90, ["生产总值", "（亿元）"]),
        ("one\ntwo", 100, ["one", "two"]),
        ("   ", 57, []),
        ("", 57, []),
    ],
)
def test_lines_end_where_the_rules_allow(words: str, width: int, broken: list[str]) -> None:
    assert lines(words, width) == broken


def test_lines_break_at_spaces_and_between_ideographs() -> None:
    assert lines("one two", width_of("one t")) == ["one", "two"]
    assert lines("京津冀，首都", width_of("京津冀") + 3) == ["京津", "冀，首", "都"]


def test_markup_in_words_is_shown_and_not_obeyed() -> None:
    assert marked_up(["<b>x</b>", "&"]) == "&lt;b&gt;x&lt;/b&gt;<br>&amp;"


def test_quotes_of_words_without_ideographs_are_straight() -> None:
    """Those that are curly are as wide as an ideograph in the type of figures."""
    assert marked_up(["the “core” of Beijing’s ring"]) == 'the "core" of Beijing\'s ring'
    assert marked_up(["“核心”城市"]) == "“核心”城市"


def test_bounds_are_widened_to_fill_the_sheet_and_never_cut() -> None:
    for width, height in ((600, 300), (300, 600)):
        west, south, east, north = cartography.filled(BOUNDS, width, height)
        across = math.radians(east - west)
        up = cartography.mercator(north) - cartography.mercator(south)
        assert up / across == pytest.approx(height / width)
        assert west <= BOUNDS[0] + 1e-9
        assert south <= BOUNDS[1] + 1e-9
        assert east >= BOUNDS[2] - 1e-9
        assert north >= BOUNDS[3] - 1e-9


def test_the_scale_is_that_of_the_middle_latitude() -> None:
    # A degree of longitude at 60° N is half of one at the equator: 111.195 km / 2.
    north = cartography.latitude_of(2 * cartography.mercator(60))
    bounds = (0.0, 0.0, 1.0, north)
    assert cartography.km_per_pixel(bounds, 100) == pytest.approx(1.11195 / 2, rel=1e-4)


def test_a_scale_bar_is_round_and_takes_a_part_of_the_map() -> None:
    for width in (200, 500, 1200):
        km = cartography.bar_km(BOUNDS, width)
        assert km in cartography.ROUND
        assert 0.09 < km / cartography.km_per_pixel(BOUNDS, width) / width <= 0.24


def test_the_safe_palette_changes_every_class_and_circle() -> None:
    for colour in (*DIVERGING, *SEQUENTIAL, *CIRCLES):
        assert inks.inked(colour, "safe") != colour
        assert inks.inked(colour, "colour") == colour
    assert inks.inked("rgba(181,67,47,0.26)", "safe") == "rgba(213,94,0,0.26)"
    assert inks.inked("制造业", "grey") == "制造业"


def test_grey_has_one_direction_and_no_colour() -> None:
    for scale in (DIVERGING, SEQUENTIAL):
        greys = [inks.inked(colour, "grey") for colour in scale]
        assert greys == sorted(greys, reverse=True)
    for colour in (*CIRCLES, INK["light"].accent, "#123456"):
        red, green, blue = (inks.inked(colour, "grey")[i : i + 2] for i in (1, 3, 5))
        assert red == green == blue


def test_in_grey_point_layers_differ_by_shape() -> None:
    dots = [{"type": "scattergeo", "marker": {"color": colour}} for colour in inks.SYMBOLS]
    made = repainted({"data": dots, "layout": {}}, "grey")["data"]
    assert len({dot["marker"]["symbol"] for dot in made}) == len(inks.SYMBOLS)


def areas(colour: str, z: list[int]) -> dict[str, object]:
    """Return a square by the address /geo/a, outlined in a colour, with no data where z is -1."""
    ink = INK["light"]
    return {
        "type": "choropleth",
        "geojson": "/geo/a",
        "locations": [str(at) for at in range(len(z))],
        "z": z,
        "zmin": -2.5,
        "colorscale": stepped((ink.land, ink.no_data, SEQUENTIAL[0])),
        "marker": {"line": {"color": colour, "width": 2.0}},
    }


def test_in_grey_the_lines_of_circles_are_black_and_differ_by_dash_and_width() -> None:
    made = repainted({"data": [areas(one, [0]) for one in CIRCLES], "layout": {}}, "grey")["data"]
    lines = [(one["meta"]["dash"], one["marker"]["line"]) for one in made]
    assert {line["color"] for _, line in lines} == {"#000000"}
    assert len({(dash, line["width"]) for dash, line in lines}) == len(CIRCLES)
    # up to four circles, as schemes usually have, no two share a dash
    assert len({dash for dash, _ in lines[:4]}) == 4
    pens = [Pen(100, 100, (0, 0, 0, 0), INK["light"], grey=True) for _ in CIRCLES]
    for pen, colour in zip(pens, CIRCLES, strict=True):
        pen.mark(Key("", colour, "ring"), (0, 0))
    swatches = [pen.shapes[0]["line"]["dash"] for pen in pens]
    assert swatches == [dash for dash, _ in lines]


def test_in_grey_the_lines_of_charts_are_black_and_differ_by_dash_and_width() -> None:
    """As those of the map do: two things side by side share neither colour nor pattern."""
    colours = (*CIRCLES, *SERIES)
    drawn = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "line": {"width": 2, "color": colour},
            "marker": {"size": 5, "color": colour},
        }
        for colour in colours
    ]
    made = repainted({"data": drawn, "layout": {}}, "grey")["data"]
    assert {one["line"]["color"] for one in made} == {"#000000"}
    assert {one["marker"]["color"] for one in made} == {"#000000"}
    assert len({(one["line"]["dash"], one["line"]["width"]) for one in made}) == len(colours)
    for one, colour in zip(made, colours, strict=True):
        pen = Pen(100, 100, (0, 0, 0, 0), INK["light"], grey=True)
        pen.mark(Key("", colour, "line"), (0, 0))
        assert pen.shapes[0]["line"]["dash"] == one["line"]["dash"]
        assert pen.shapes[0]["line"]["width"] == one["line"]["width"]


def test_in_grey_no_data_is_hatched_on_the_map_and_in_the_key() -> None:
    (made,) = repainted({"data": [areas("#57636a", [0, -1, -2])], "layout": {}}, "grey")["data"]
    assert made["meta"]["hatched"] == ["1"]
    pen = Pen(100, 100, (0, 0, 0, 0), INK["light"], grey=True)
    pen.mark(Key("", INK["light"].no_data), (0, 0))
    assert sum(shape["type"] == "line" for shape in pen.shapes) > 2


def test_hatches_and_dashes_are_cut_from_the_shapes() -> None:
    square = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
    hole = [[1.0, 1.0], [1.0, 3.0], [3.0, 3.0], [3.0, 1.0], [1.0, 1.0]]
    held = {
        "/geo/a": {
            "features": [
                {"id": "0", "geometry": {"type": "Polygon", "coordinates": [square, hole]}}
            ]
        }
    }
    # along x - y = 0, the diagonal, the hole parts the line in two
    middle = [cut for cut in hatched([square, hole], 2.0) if cut[0][0] == cut[0][1]]
    assert middle == [((0.0, 0.0), (1.0, 1.0)), ((3.0, 3.0), (4.0, 4.0))]
    trace = areas("#000000", [-1]) | {"meta": {"dash": "7px,3px", "hatched": ["0"]}}
    figure = {"data": [trace], "layout": {"geo": {"lonaxis": {"range": [0, 4]}}}}
    area, dashed, lines = outlined(figure, held)["data"]
    assert area["marker"]["line"]["width"] == 0
    assert dashed["line"] == {"color": "#000000", "width": 2.0, "dash": "7px,3px"}
    assert dashed["lon"][:5] == [0.0, 4.0, 4.0, 0.0, 0.0]
    assert len(lines["lon"]) > 3 * 40
    under = {**figure, "data": [{**trace, "geojson": f"/atlas{trace['geojson']}"}]}
    assert outlined(under, held)["data"][1:] == [dashed, lines]
    assert outlined({"data": [areas("#000000", [0])], "layout": {}}, held)["data"] == [
        areas("#000000", [0])
    ]


@pytest.mark.parametrize("palette", PALETTES)
def test_words_on_marks_are_black_or_white_as_the_palette_asks_for(palette: Palette) -> None:
    bars = {"type": "bar", "textposition": "inside", "marker": {"color": CIRCLES[4]}}
    discs = {"type": "scatter", "mode": "markers+text", "marker": {"color": [*CIRCLES[:3]]}}
    for trace in repainted({"data": [bars, discs], "layout": {}}, palette)["data"]:
        marks = trace["marker"]["color"]
        grounds = [marks] if isinstance(marks, str) else marks
        inside = trace.get("textfont", {}).get("color", "#ffffff")
        inks_ = [inside] * len(grounds) if isinstance(inside, str) else inside
        for ink, ground in zip(inks_, grounds, strict=True):
            assert contrast(ink, ground) >= 4.5
