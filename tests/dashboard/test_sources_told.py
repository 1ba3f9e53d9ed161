"""A source is named in the reader's language on screen and in print; the data keep the record."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from dash import html

from dashboard.charts import explore_map
from dashboard.pages.data import body
from dashboard.pages.screen import read as read_screen
from dashboard.panels.origin import Origin, card
from dashboard.print import tables
from dashboard.print.exhibits import exhibit
from dashboard.print.report import full
from dashboard.print.words import short
from tests.dashboard.panel_fixtures import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.atlas import Atlas

LISTED = "bh_listed2022"
ENGLISH = "Listed technology firms of Binhai New Area"
CHINESE = "滨海新区上市科技企业（译题）"


@pytest.fixture
def spoken(scene: Scene, read: Callable[[str], View]) -> Callable[[str], Context]:
    return lambda lang: scene.context(read(f"?lang={lang}"))


def test_a_translated_title_is_marked_in_chinese_only(spoken: Callable[[str], Context]) -> None:
    assert spoken("zh").source(LISTED).title == CHINESE
    assert spoken("zh").source(LISTED).publisher == "天津日报"
    assert spoken("en").source(LISTED).title == ENGLISH
    assert spoken("zh").source("portwatch").title.startswith("IMF PortWatch port nodes")
    assert "译题" not in spoken("zh").source("census7_county").title


def test_print_names_the_same_title(spoken: Callable[[str], Context]) -> None:
    assert short(spoken("zh").source(LISTED), "zh") == f"{CHINESE}（2022）"
    assert full(spoken("zh").source(LISTED)).startswith(f"{CHINESE}. 天津日报. 2022-07-15")
    census = [short(spoken(lang).source("census7_county"), lang) for lang in ("zh", "en")]
    assert census == [
        "中国2020年人口普查分县资料（2022）",
        "Tabulation on the 2020 China Population Census by County (2022)",
    ]


def test_the_list_of_the_data_page_says_what_the_mark_means(
    scene: Scene, read: Callable[[str], View]
) -> None:
    page = said(body(scene, read("?lang=zh"), read_screen(None, "light")))
    assert CHINESE in page
    assert ENGLISH not in page
    assert "标“（译题）”者" in page
    assert ENGLISH in said(body(scene, read("?lang=en"), read_screen(None, "light")))


@pytest.mark.parametrize(
    ("lang", "note"),
    [("zh", "官方公报的转载；初步统计数"), ("en", "reprint of the official bulletin; preliminary")],
)
def test_the_drawer_tells_what_is_noted_of_a_source(
    atlas: Atlas, spoken: Callable[[str], Context], lang: str, note: str
) -> None:
    value = atlas.value("gdp", "130500", "2024")
    assert "tjgb_130500_2024" in value.source_ids
    found = Origin(atlas.place("130500"), atlas.indicators["gdp"], value, (), "")
    assert note in said(html.Div(card(found, spoken(lang))))


@pytest.mark.parametrize(
    ("lang", "starts"), [("zh", "中国2020年人口普查"), ("en", "Tabulation on")]
)
def test_the_file_of_sources_is_in_the_language_of_the_figure(
    scene: Scene, read: Callable[[str], View], lang: str, starts: str
) -> None:
    view = read(f"?indicator=population&year=2020&lang={lang}")
    made = exhibit(explore_map.PANEL, "map", scene, view, scene.context(view))
    file = io.StringIO(tables.sources_csv(made.sources).decode("utf-8-sig"))
    titles = {row["id"]: row["title"] for row in csv.DictReader(file)}
    assert titles["census7_county"].startswith(starts)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", f"{CHINESE} [{ENGLISH}]"),
        ("en", ENGLISH),
    ],
)
def test_the_sources_of_an_export_have_the_original_of_a_translated_title(
    spoken: Callable[[str], Context], lang: str, told: str
) -> None:
    context = spoken(lang)
    assert told in tables.source_record(context.source(LISTED))
    bulletin = tables.source_record(context.source("tjgb_130500_2024"))[1]
    recorded = "邢台2024年国民经济和社会发展统计公报"
    assert bulletin == (
        recorded
        if lang == "zh"
        else "Xingtai Statistical Bulletin on National Economic and Social Development 2024 "
        f"(title translated) [{recorded}]"
    )


def test_the_data_addresses_keep_the_record(client: FlaskClient, atlas: Atlas) -> None:
    found = json.loads(client.get("/data/catalog.json").data)["sources"]
    for source_id in (LISTED, "census7_county", "tjgb_130500_2024"):
        recorded = atlas.source(source_id)
        assert found[source_id]["title"] == recorded.title
        assert found[source_id]["note"] == recorded.note
