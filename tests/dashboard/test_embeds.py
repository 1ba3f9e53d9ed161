"""Embedded figures, citations, and who may frame what."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from dashboard.app import create_app
from dashboard.colours import contrast
from dashboard.pages import embeds, exports
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery, charts_of, tables_of
from dashboard.palette import INK, Theme
from dashboard.print.cite import tex
from dashboard.print.errors import ExportError, NoChromeError
from dashboard.print.exporter import Exporter
from dashboard.print.inks import inked
from dashboard.print.paper import Print
from dashboard.print.sheet import sheet
from dashboard.release import release
from dashboard.web.limits import FRAMERS, Policy, PolicyError
from dashboard.web.root import stand_under
from dashboard.web.wire import NO_PAGES
from tests.dashboard.test_contrast import LEAST
from tests.dashboard.test_exports import Pretender

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from dashboard.print.chrome import Shot
    from dashboard.scene import Scene
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

ALL = [
    (page.name, name) for page in PAGES.values() for name in {**charts_of(page), **tables_of(page)}
]
CHARTS = [(page.name, name) for page in PAGES.values() for name in charts_of(page)]
HOST = "https://news.example"


class Watched(Pretender):
    """Tells which figure it is to draw, and as what."""

    def __init__(self, tell: Callable[[dict[str, Any], str], None]) -> None:
        super().__init__()
        self.tell = tell

    def picture(self, figure: Any, shot: Shot, *, patient: bool = False) -> bytes:  # noqa: ANN401
        self.tell(figure, shot.kind)
        return super().picture(figure, shot, patient=patient)


def client_of(scene: Scene, folder: Path, chrome: Pretender) -> FlaskClient:
    server = Flask(__name__)
    embeds.serve(server, exports.Files(Gallery(scene, PAGES), Exporter(chrome), folder))
    return server.test_client()


@pytest.fixture
def asked(scene: Scene, tmp_path: Path) -> FlaskClient:
    return client_of(scene, tmp_path, Pretender())


@pytest.mark.parametrize(
    ("asked_for", "theme"),
    [
        ("", "light"),
        ("theme=light", "light"),
        ("theme=dark", "dark"),
        ("theme=dark&palette=grey", "light"),
    ],
)
def test_an_embedded_figure_has_the_theme_of_its_page(
    scene: Scene, tmp_path: Path, asked_for: str, theme: Theme
) -> None:
    """All of it: the drawing, the page around it, and the words of both; grey is for paper."""
    drawn: list[dict[str, Any]] = []
    chrome = Watched(lambda figure, _: drawn.append(figure))
    page = client_of(scene, tmp_path, chrome).get(f"/embed/slope?{asked_for}").text
    ink = INK[theme]
    assert f'data-theme="{theme}"' in page
    assert f"color: {ink.text}; background: {ink.paper};" in page
    assert f"color-scheme: {theme};" in page
    layout = drawn[-1]["layout"]
    assert layout["template"]["layout"]["paper_bgcolor"] == ink.paper
    assert layout["template"]["layout"]["font"]["color"] == inked(
        ink.text, "grey" if "grey" in asked_for else "colour"
    )


@pytest.mark.parametrize(("page", "name"), CHARTS)
def test_no_words_of_a_dark_figure_are_dark(scene: Scene, page: str, name: str) -> None:
    """Those on a map have a halo and stand on areas that are light in both themes."""
    gallery, dark = Gallery(scene, PAGES), Print(theme="dark", size="a4-full")
    found = gallery.page(page)
    view, _ = gallery.asked(b"regions=130100")
    assert found is not None
    try:
        made = sheet(gallery.exhibits(found, name, view, dark), dark)
    except ExportError:
        return  # nothing to draw in this view
    written = made.figure["layout"]["annotations"]
    colours = {one["font"]["color"] for one in written if "color" in one.get("font", {})}
    assert colours
    assert {one for one in colours if contrast(one, INK["dark"].paper) < LEAST} == set()


def test_under_a_path_figures_and_citations_lead_there_and_are_found(
    scene: Scene, tmp_path: Path
) -> None:
    server = Flask(__name__)
    files = exports.Files(Gallery(scene, PAGES), Exporter(Pretender()), tmp_path)
    embeds.serve(server, files)
    stand_under(server, "/atlas", PAGES, forwarded=False)
    browser, base = server.test_client(), "https://atlas.example"
    told = browser.get("/atlas/cite/compare/slope?lang=en&theme=dark", base_url=base).get_json()
    assert told["link"].startswith(f"{base}/atlas/compare?")
    for form in ("words", "bibtex", "national"):
        assert told["link"] in told[form].replace(r"\_", "_"), form
    (source,) = re.findall(r'src="([^"]+)"', told["embed"])
    url = urlsplit(unescape(source))
    assert (url.netloc, url.path) == ("atlas.example", "/atlas/embed/slope")
    answer = browser.get(f"{url.path}?{url.query}", base_url=base)
    assert answer.status_code == 200
    assert 'data-theme="dark"' in answer.text
    (link,) = re.findall(r'<a href="([^"]+)"', answer.text)
    assert unescape(link) == told["link"]


def test_an_embedded_figure_is_the_drawing_and_its_source_alone(asked: FlaskClient) -> None:
    answer = asked.get("/embed/industry?regions=130100&lang=en&theme=dark")
    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    page = answer.text
    assert page.count("<svg") == 1
    assert '<html lang="en" data-theme="dark">' in page
    assert "<script" not in page
    (title,) = re.findall("<svg[^>]*><title>([^<]+)</title>", page)
    assert f"<title>{title} · Beijing–Tianjin–Hebei Industrial Atlas</title>" in page
    (told,) = re.findall('<meta name="description" content="([^"]+)">', page)
    assert f"<desc>{told}</desc>" in page
    assert "See this figure and all its sources" in page
    (link,) = re.findall(r'<a href="([^"]+)"', page)
    assert parse_qs(urlsplit(unescape(link)).query)["regions"] == ["130100"]
    assert len(page) < 4_000, "without the drawing it is light"


@pytest.mark.parametrize(
    ("address", "path"),
    [("map", "/"), ("map?page=linkages", "/linkages"), ("map?page=clusters", "/clusters")],
)
def test_a_chart_of_several_pages_is_that_of_the_page_named(
    asked: FlaskClient, address: str, path: str
) -> None:
    page = asked.get(f"/embed/{address}").text
    (link,) = re.findall(r'<a href="([^"]+)"', page)
    assert urlsplit(link).path == path


@pytest.mark.parametrize("address", ["nothing", "keys", "industry?page=compare", "map?page=none"])
def test_what_is_no_chart_is_not_found(client: FlaskClient, address: str) -> None:
    answer = client.get(f"/embed/{address}")
    assert answer.status_code == 404
    assert re.search(r"[\u4e00-\u9fff]", answer.text)


@pytest.mark.parametrize("wrong", ["regions=999999", "sheet=a0", "theme=pink", "indicator=none"])
def test_a_wrong_address_is_refused_and_names_what_is_wrong(
    client: FlaskClient, wrong: str
) -> None:
    answer = client.get(f"/embed/industry?{wrong}")
    assert answer.status_code == 400
    assert wrong.partition("=")[0] in answer.text
    assert "嵌入" in answer.text
    assert "embed" in answer.text


def test_without_chrome_there_is_a_sentence(scene: Scene, tmp_path: Path) -> None:
    lacking = client_of(scene, tmp_path, Pretender(NoChromeError("没有 Chrome")))
    answer = lacking.get("/embed/industry")
    assert (answer.status_code, answer.text) == (501, "没有 Chrome\n")


def test_a_frame_asks_again_by_itself_while_another_figure_is_drawn(
    scene: Scene, tmp_path: Path
) -> None:
    """A page that frames several asks for all at once, and its reader draws one at a time."""
    inside: list[TestResponse] = []
    watched = Watched(lambda *_: inside.append(client.get("/embed/ranking")))
    client = client_of(scene, tmp_path, watched)
    assert "Refresh" not in client.get("/embed/map").headers
    (answer,) = inside
    assert answer.status_code == 503
    assert answer.headers["Refresh"] == answer.headers["Retry-After"] == "2"


def test_a_drawing_is_made_once_whatever_name_the_site_is_asked_by(
    scene: Scene, tmp_path: Path
) -> None:
    """Else a stranger could have one drawn anew by each name he thinks of."""
    drawn: list[str] = []
    client = client_of(scene, tmp_path, Watched(lambda _, kind: drawn.append(kind)))
    for host in ("one.example", "two.example"):
        assert f'href="https://{host}/' in client.get("/embed/map", base_url=f"https://{host}").text
    assert drawn == ["svg"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("page", "name"), ALL)
def test_every_figure_and_table_is_cited_with_date_version_and_address(
    asked: FlaskClient, page: str, name: str, lang: str
) -> None:
    answer = asked.get(f"/cite/{page}/{name}?lang={lang}&regions=130100,110112")
    if answer.status_code == 422:
        return  # nothing to draw in this view
    told = answer.get_json()
    forms = ("words", "bibtex", "national")
    for form in forms:
        assert told["link"] in told[form].replace(r"\_", "_"), form
        assert re.search(r"\b20\d\d-\d\d-\d\d\b", told[form]), form
        assert release() in told[form], form
    assert told["national"].endswith(f"[{today(told)}]. {told['link']}.")
    assert ("CM/OL" if name == "map" else "DB/OL") in told["national"]
    entry = told["bibtex"]
    assert entry.startswith("@misc{jjj-atlas-")
    assert entry.count("{") == entry.count("}")
    assert ("embed" in told) == any(
        name in charts_of(one) for one in PAGES.values() if one.name == page
    )


def today(told: dict[str, str]) -> str:
    found = re.search(r"urldate = \{([\d-]+)\}", told["bibtex"])
    assert found
    return found[1]


def test_the_code_to_embed_leads_to_the_figure(asked: FlaskClient) -> None:
    told = asked.get(
        "/cite/linkages/map?lang=en&links=rail&sheet=slide", base_url="https://atlas.example"
    ).get_json()
    found = re.fullmatch(
        r'<iframe src="([^"]+)" title="([^"]+)" loading="lazy" style="[^"]+"></iframe>',
        told["embed"],
    )
    assert found
    url = urlsplit(unescape(found[1]))
    assert (url.netloc, url.path) == ("atlas.example", "/embed/map")
    asked_for = parse_qs(url.query)
    chosen = {"lang": ["en"], "links": ["rail"], "page": ["linkages"], "sheet": ["slide"]}
    assert asked_for.items() >= chosen.items()
    assert asked.get(f"{url.path}?{url.query}").status_code == 200


def test_letters_of_tex_are_written_as_they_stand() -> None:
    assert tex("R&D 50% {a_b} #1 $ ~ ^ \\") == (
        r"R\&D 50\% \{a\_b\} \#1 \$ \textasciitilde{} \textasciicircum{} \textbackslash{}"
    )


@pytest.mark.parametrize("framers", [(), (HOST,)])
def test_only_embedded_figures_may_be_framed_and_only_by_those_named(
    atlas: Atlas, manifest: Manifest, framers: tuple[str, ...]
) -> None:
    browser = create_app(
        atlas, manifest, Policy(per_minute=0, framers=framers)
    ).server.test_client()
    for path in ("/embed/nothing", "/embed/map?theme=pink"):
        headers = browser.get(path).headers
        own = " ".join(["frame-ancestors 'self'", *framers])
        assert headers["Content-Security-Policy"].endswith(own)
        assert "script-src" not in headers["Content-Security-Policy"]
        assert ("X-Frame-Options" in headers) == (not framers)
    for path in (*PAGES, "/export/explore/map.csv", "/rows/explore/map", "/data/", "/healthz"):
        answer = browser.get(path)
        headers = answer.headers
        assert headers["Content-Security-Policy"].endswith("frame-ancestors 'self'"), path
        of_a_page = None if answer.mimetype in NO_PAGES else "SAMEORIGIN"
        assert headers.get("X-Frame-Options") == of_a_page, path


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("", ()),
        ("*", ("*",)),
        (f"{HOST}, https://*.example.org:8443", (HOST, "https://*.example.org:8443")),
    ],
)
def test_origins_are_read_from_the_environment(given: str, read: tuple[str, ...]) -> None:
    assert Policy.from_environment({FRAMERS: given}).framers == read


@pytest.mark.parametrize(
    "given", ["example.org", "https://a.example/path", "https://a; script-src *", "'self'"]
)
def test_what_is_no_origin_is_refused_by_name(given: str) -> None:
    with pytest.raises(PolicyError, match="JJJ_ATLAS_FRAMERS") as told:
        Policy.from_environment({FRAMERS: given})
    assert given in str(told.value)


def test_a_figure_is_cited_without_what_stood_beside_it(scene: Scene) -> None:
    gallery = Gallery(scene, PAGES)
    view, _ = gallery.asked(b"circle=tianjin&story=tianjin&tour=3")
    assert (view.story, view.tour) == ("tianjin", "3")
    link = gallery.link("https://atlas.example.org", PAGES["/"], view)
    plain, _ = gallery.asked(b"circle=tianjin")
    assert link == gallery.link("https://atlas.example.org", PAGES["/"], plain)
    assert "story" not in link
    assert "tour" not in link
