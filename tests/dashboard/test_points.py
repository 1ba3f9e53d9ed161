from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.map.points import LAYER_COLOURS, site_dots
from dashboard.text import text
from geodata.records import Lang, Name, Site
from tests.dashboard.panel_fixtures import HOSTILE, cluster

AT_LABEL = "<i>位置为所在区县的注记点</i>"


def site(name: str, lon: float | None = 114.3, lat: float | None = 38.1) -> Site:
    return replace(cluster(), name=Name(name, f"{name} in English"), lon=lon, lat=lat)


def test_sites_of_one_point_are_one_dot() -> None:
    dots = site_dots([site("一"), site("二", 115.0), site("三")], text("zh"))
    assert [(d.lon, d.lat, d.count) for d in dots] == [(114.3, 38.1, 2), (115.0, 38.1, 1)]
    assert [d.hover for d in dots] == ["一<br>三", "二"]


def test_a_site_without_a_point_is_left_to_the_panels() -> None:
    assert site_dots([site("一", None), site("二", 114.3, None)], text("zh")) == []


def test_a_site_on_the_meridian_of_zero_is_drawn() -> None:
    assert len(site_dots([site("一", 0.0, 0.0)], text("zh"))) == 1


def test_a_click_selects_the_region_of_the_first_site() -> None:
    nowhere = replace(site("一", 116.0), regions=())
    dots = site_dots([site("一"), nowhere], text("zh"))
    assert [d.target for d in dots] == ["130104", ""]


def test_six_names_are_listed_and_the_rest_counted() -> None:
    names = "甲乙丙丁戊己庚辛"
    assert site_dots(map(site, names[:6]), text("zh"))[0].hover.endswith("戊<br>己")
    (dot,) = site_dots(map(site, names), text("zh"))
    assert dot.hover == "甲<br>乙<br>丙<br>丁<br>戊<br>己<br>……另有 2 处"
    assert dot.count == 8


@pytest.mark.parametrize(("lang", "expected"), [("zh", "一"), ("en", "一 in English")])
def test_the_hover_speaks_the_language_of_the_page(lang: Lang, expected: str) -> None:
    assert site_dots([site("一")], text(lang))[0].hover == expected


def test_a_point_is_owned_to_be_a_label_point_only_when_all_its_sites_are() -> None:
    label = replace(site("一"), at_label=True)
    assert site_dots([label], text("zh"))[0].hover == f"一<br>{AT_LABEL}"
    assert site_dots([label, site("二")], text("zh"))[0].hover == "一<br>二"


def test_no_name_is_read_as_markup() -> None:
    hover = site_dots([site(HOSTILE)], text("zh"))[0].hover
    assert hover == "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_each_layer_has_a_colour_of_its_own() -> None:
    assert set(LAYER_COLOURS) == {"clusters", "parks", "computing", "gates"}
    assert len(set(LAYER_COLOURS.values())) == 4
