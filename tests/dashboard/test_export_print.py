"""Choices of print, breaking of lines, palettes and what makes a map a map."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.lettering import width_of
from dashboard.palette import CIRCLES, DIVERGING, INK, SEQUENTIAL
from dashboard.papers import SIZES
from dashboard.print import cartography, inks, labels
from dashboard.print.paper import Print, read
from dashboard.print.wrap import NOT_FIRST, NOT_LAST, lines, marked_up

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
        ("a“b”，c", 20, ["a", "“b”", "，c"]),
        ("））））））", 25, ["））", "））", "））"]),
        ("2013–2024 1.5%", 40, ["2013–", "2024", "1.5%"]),
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
    shapes = {
        inks.repainted({"marker": {"color": colour}}, "grey")["marker"]["symbol"]
        for colour in inks.SYMBOLS
    }
    assert len(shapes) == len(inks.SYMBOLS)


def test_names_on_a_map_move_to_a_free_side() -> None:
    def named(lon: float, size: int) -> dict[str, object]:
        return {
            "type": "scattergeo",
            "mode": "markers+text",
            "lon": [lon],
            "lat": [39.0],
            "text": ["雄安新区"],
            "textposition": "middle right",
            "textfont": {"size": size},
            "marker": {"size": 8},
        }

    near = labels.placed([named(115.0, 13), named(115.3, 13)], BOUNDS, (520, 690))
    assert near[0]["textposition"] != near[1]["textposition"] or near[0]["textposition"] != [
        "middle right"
    ]
    small = labels.placed([named(115.0, 10)], BOUNDS, (260, 345))
    assert small[0]["textfont"]["size"] == 6.2  # not smaller than 62 %
    assert small[0]["textposition"] == ["middle right"]
