"""The page of a place as a document, and the ways that lead to the page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from plotly.utils import PlotlyJSONEncoder

from dashboard.charts.place_said import said
from dashboard.pages import place, reports
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery
from dashboard.pages.screen import Screen
from dashboard.panels.identity import identity
from dashboard.panels.taking import TAKEN
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from dashboard.scene import Scene
    from dashboard.view import View

LANGFANG = "131000"


def test_the_report_says_what_the_page_says(scene: Scene, read: Callable[[str], View]) -> None:
    gallery = Gallery(scene, PAGES)
    for lang in LANGUAGES:
        view = read(f"?regions={LANGFANG}&lang={lang}")
        told = reports.gathered(gallery, scene.atlas.place(LANGFANG), view, "https://x")
        headings = [section.heading for section in told.sections]
        context = scene.context(view)
        t = context.t
        names = ("what", "planned", "claimed", "trend", "alike", "markets")
        wanted = [t(f"place.{name}") for name in names]
        assert [one for one in headings if one in wanted] == wanted
        assert told.sections[0].paragraphs == (
            said(scene, scene.atlas.place(LANGFANG), view, context),
        )
        assert told.link.startswith("https://x/place?")
        assert "regions=131000" in told.link
        minutes = next(s for s in told.sections if s.heading == t("place.markets")).table
        assert "21" in minutes[1][1]
        assert all(len(row) == len(s.table[0]) for s in told.sections for row in s.table)


def test_a_place_leaves_as_a_document_of_three_kinds(
    scene: Scene, read: Callable[[str], View], client: FlaskClient
) -> None:
    view = read(f"?regions={LANGFANG}")
    links = json.dumps(place.head_of(scene, view, Screen()), cls=PlotlyJSONEncoder)
    for kind in TAKEN:
        assert f"/report/place.{kind}?" in links
    usual = read("")
    views = (view, read(f"?regions={LANGFANG}&lang=en"), read(f"?regions={LANGFANG}&census=2010"))
    names = [reports.plain_stem(scene.atlas.place(LANGFANG), one, usual) for one in views]
    assert names[0] == f"place_{LANGFANG}"
    assert len({*names}) == len(names), "curl would write one report over another"
    assert client.get("/report/place.exe").status_code == 404
    assert client.get("/report/nothing.pdf").status_code == 404


def test_the_panel_of_a_selected_place_leads_to_its_page(
    scene: Scene, read: Callable[[str], View]
) -> None:
    view = read("?regions=130703&lang=en")
    made = identity(scene.atlas.profiles(["130703"]), scene.context(view))
    [link] = [one for one in made._traverse() if getattr(one, "className", "") == "place-page"]  # type: ignore[no-untyped-call]  # noqa: SLF001
    assert urlsplit(link.href).path == "/place"
    assert parse_qs(urlsplit(link.href).query)["regions"] == ["130703"]
    assert parse_qs(urlsplit(link.href).query)["lang"] == ["en"]
