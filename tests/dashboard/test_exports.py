"""Taking figures away, from the page and from the terminal, with a Chrome that only pretends."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from flask import Flask

from dashboard import printing, tasks
from dashboard.command import _parser
from dashboard.pages import exports
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery
from dashboard.print.chrome import Chrome, Shot
from dashboard.print.errors import BusyError, ExportError, NoChromeError
from dashboard.print.exhibits import exhibit
from dashboard.print.exporter import Exporter
from dashboard.web import wire as web
from tests.effort import yardsticks

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from dashboard.print.about import About
    from dashboard.print.exhibit import Exhibit
    from dashboard.scene import Scene
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest


class Pretender(Chrome):
    """Draws nothing; raises `error` for the figures that are told."""

    def __init__(self, error: ExportError | None = None, bad: str = "") -> None:
        super().__init__(dict, "serif")
        self.error, self.bad = error, bad

    def picture(self, figure: Any, shot: Shot, *, patient: bool = False) -> bytes:  # noqa: ANN401
        del patient
        if self.error and self.bad in str(figure):
            raise self.error
        return b'<svg class="x"><g/></svg>' if shot.kind == "svg" else bytes(64)

    def document(self, page: str, about: About) -> bytes:
        del about
        return b"%PDF" + page.encode()


Asking = Callable[[Chrome], "FlaskClient"]


@pytest.fixture
def asking(scene: Scene, tmp_path: Path) -> Asking:
    """Give what asks a server that draws with a Chrome; all these servers share one turn."""

    def with_chrome(chrome: Chrome) -> FlaskClient:
        server = Flask(__name__)
        files = exports.Files(Gallery(scene, PAGES), Exporter(chrome), tmp_path)
        exports.serve(server, files)
        return server.test_client()

    return with_chrome


@pytest.mark.parametrize(("kind", "suffix"), [("svg", "svg"), ("pdf", "pdf"), ("bundle", "zip")])
def test_a_figure_comes_as_a_file_with_a_name_that_says_what(
    asking: Asking, kind: str, suffix: str
) -> None:
    answer = asking(Pretender()).get(f"/export/explore/map.{kind}?circle=capital")
    assert answer.status_code == 200
    name = f"LQ制造业_首都都市圈_2020.{suffix}"
    assert quote(name) in answer.headers["Content-Disposition"]
    assert "attachment" in answer.headers["Content-Disposition"]


def plain_name(answer: TestResponse) -> str:
    found = re.search(r'filename="([^"]+)"', answer.headers["Content-Disposition"])
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("explore/map.csv", "explore_map_LQ-Manufacturing_Beijing-Tianjin-Hebei_2020.csv"),
        ("compare/slope.csv", "compare_slope_Beijing-Tianjin-Hebei_2013-2024.csv"),
    ],
)
def test_a_file_has_a_name_in_ascii_too(asking: Asking, address: str, name: str) -> None:
    assert plain_name(asking(Pretender()).get(f"/export/{address}")) == name


def test_no_two_figures_have_one_name_in_ascii(asking: Asking) -> None:
    client = asking(Pretender())
    queries = ("", "?lang=en", "?circle=capital", "?regions=110112", "?sheet=slide", "?dpi=96")
    addresses = [f"/export/explore/{chart}.csv{q}" for chart in ("map", "ranking") for q in queries]
    addresses += [f"/export/linkages/matrix.csv?among={kind}" for kind in ("county", "city")]
    names = [plain_name(client.get(address)) for address in addresses]
    assert len(set(names)) == len(names)
    assert all(name.isascii() and not set(name) & set("()/ ") for name in names)


def test_a_pdf_is_the_page_of_its_figure_alone(asking: Asking) -> None:
    answer = asking(Pretender()).get("/export/explore/map.pdf?circle=capital&lang=en")
    page = answer.data.decode()
    assert '<html lang="en">' in page
    assert "<title>Manufacturing: location quotient" in page
    size = re.search(r"@page { size: ([\d.]+)mm ([\d.]+)mm; margin: 0 }", page)
    assert size is not None
    assert [float(side) for side in size.groups()] == pytest.approx([170, 124], abs=0.1)
    assert page.count("<svg ") == 1


def test_a_png_is_refused_for_what_its_svg_is_refused_for(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture of dots cannot be read back; its drawing as vectors is read in its stead."""
    small = (
        '<svg class="main-svg"><g><text x="9" y="20" style="font-size: 3px; fill: rgb(0, 0, 0)">'
        "Tangshan</text></g></svg>"
    )
    monkeypatch.setattr(Pretender, "picture", lambda *_, **__: small.encode())
    for kind in ("png", "svg", "bundle"):
        answer = asking(Pretender()).get(f"/export/explore/map.{kind}?lang=en")
        assert answer.status_code == 422, kind
        assert "Tangshan" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "address",
    ["explore/none.svg", "nowhere/map.svg", "explore/map.exe", "explore/map.svg/x", "../run.py"],
)
def test_what_there_is_not_is_404(asking: Asking, address: str) -> None:
    assert asking(Pretender()).get(f"/export/{address}").status_code == 404


@pytest.mark.parametrize(
    ("error", "status"),
    [(BusyError("later"), 503), (NoChromeError("none"), 501), (ExportError("boxes"), 422)],
)
def test_what_cannot_be_drawn_is_a_sentence(
    asking: Asking, error: ExportError, status: int
) -> None:
    answer = asking(Pretender(error)).get("/export/explore/map.png")
    assert answer.status_code == status
    assert answer.text == f"{error}\n"
    assert answer.mimetype == "text/plain"
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_without_a_temporary_folder_chrome_is_not_tried_and_the_cure_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere() -> str:
        raise FileNotFoundError

    monkeypatch.setattr(tempfile, "gettempdir", nowhere)
    chrome = Chrome(dict, "serif")
    with pytest.raises(NoChromeError, match="--tmpfs /tmp"):
        chrome.picture({}, Shot("png", 1, 1, 1))
    chrome.close()


def test_one_picture_is_made_at_one_time(asking: Asking) -> None:
    inside: list[int] = []
    client = asking(Pretender())

    class Crowded(Pretender):
        def picture(self, figure: Any, shot: Shot, *, patient: bool = False) -> bytes:  # noqa: ANN401
            inside.append(client.get("/export/explore/map.svg").status_code)
            inside.append(client.get("/export/explore/map.csv").status_code)
            return super().picture(figure, shot, patient=patient)

    client = asking(Crowded())
    assert client.get("/export/explore/map.svg").status_code == 200
    assert inside == [503, 200]
    assert client.get("/export/explore/map.svg").status_code == 200


def test_data_and_the_browsers_own_figure_need_no_chrome(asking: Asking) -> None:
    client = asking(Pretender(NoChromeError("none")))
    rows = list(csv.DictReader(io.StringIO(client.get("/export/explore/map.csv").text[1:])))
    assert len(rows) == 199
    told = client.get("/export/explore/map.json?sheet=one-column").get_json()
    assert told["figure"]["layout"]["width"] == told["width"]
    assert told["figure"]["data"][0]["geojson"].startswith(web.GEO)


def test_the_largest_workbook_is_written_within_its_share_of_the_processor(asking: Asking) -> None:
    address = "/export/linkages/matrix.xlsx?among=county"
    assert asking(Pretender()).get(address).status_code == 200
    # Half a second where a yardstick takes ten milliseconds; each server begins with nothing kept.
    assert yardsticks(lambda: asking(Pretender()).get(address)) < 50


def test_what_cannot_be_used_is_refused_and_named(asking: Asking) -> None:
    query = "?sheet=%00&words=<script>&width=1e999&circle='&year=2090&nothing=1&level=city&level=x"
    answer = asking(Pretender()).get(f"/export/explore/map.csv{query}")
    assert answer.status_code == 400
    said = answer.get_data(as_text=True)
    for name in ("sheet", "words", "width", "circle", "year", "不认识的名称", "a name said twice"):
        assert name in said
    assert "script" not in said
    assert "nothing" not in said


def test_the_application_answers_there(client: FlaskClient) -> None:
    answer = client.get("/export/explore/industry.xlsx?regions=110112")
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def printed(  # noqa: PLR0913, PLR0917 - what a line has
    line: list[str],
    folder: Path,
    atlas: Atlas,
    manifest: Manifest,
    monkeypatch: pytest.MonkeyPatch,
    chrome: Chrome | None = None,
) -> tuple[int, list[str]]:
    monkeypatch.setattr(printing, "Chrome", lambda *_: chrome or Pretender())
    said: list[str] = []
    arguments = _parser().parse_args(["export", *line, "--out", str(folder)])
    return printing.run(arguments, atlas, manifest, said.append), said


def test_one_view_in_several_formats(
    tmp_path: Path, atlas: Atlas, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = ["http://x/?circle=capital", "--format", "svg,csv", "--chart", "map", "--lang", "en"]
    code, said = printed(line, tmp_path, atlas, manifest, monkeypatch)
    assert code == 0
    stem = "LQ-Manufacturing_Capital-metropolitan-circle_2020"
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"{stem}.csv", f"{stem}.svg"]
    assert said[0].startswith("[##############..............] 1/2")


def test_a_figure_for_each_city_and_each_circle(
    tmp_path: Path, atlas: Atlas, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each, number in (("city", 13), ("circle", 3)):
        line = ["?", "--each", each, "--chart", "industry", "--format", "csv"]
        folder = tmp_path / each
        assert printed(line, folder, atlas, manifest, monkeypatch)[0] == 0
        assert len(list(folder.iterdir())) == number


def test_what_fails_is_listed_and_the_rest_is_kept(
    tmp_path: Path,
    atlas: Atlas,
    manifest: Manifest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    chrome = Pretender(ExportError("no luck"), bad="天津都市圈产业结构")
    line = ["?", "--each", "circle", "--chart", "industry", "--format", "svg,csv"]
    assert printed(line, tmp_path, atlas, manifest, monkeypatch, chrome)[0] == 1
    assert len(list(tmp_path.iterdir())) == 5
    assert "- 产业结构_天津都市圈_2020.svg: no luck" in capsys.readouterr().err


def test_a_list_of_views(
    tmp_path: Path, atlas: Atlas, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = tmp_path / "views.csv"
    rows = "view,chart,format,lang\n?circle=tianjin,map,csv,\n?circle=tianjin,map,csv,\n"
    batch.write_text(rows + '"/?regions=110112",industry,"csv,xlsx",en\n', encoding="utf-8-sig")
    folder = tmp_path / "out"
    assert printed(["--batch", str(batch)], folder, atlas, manifest, monkeypatch)[0] == 0
    assert sorted(p.name for p in folder.iterdir()) == [
        "LQ制造业_天津都市圈_2020.csv",
        "LQ制造业_天津都市圈_2020_2.csv",
        "industry_Tongzhou_2020.csv",
        "industry_Tongzhou_2020.xlsx",
    ]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (["?circle=mars"], "circle"),
        (["/nowhere?"], "/nowhere"),
        (["?", "--chart", "pie"], "pie"),
        (["?", "--format", "gif"], "gif"),
        (["?", "--width", "9"], "--width has no “9”; there are: 40–420."),
        (["/methods"], "There is no figure to export on /methods"),
        (["?", "--size", "a5"], "--size has no “a5”; there are: a4-half, a4-full, "),
        (["?", "--lang", "fr"], "--lang has no “fr”; there are: zh, en, both."),
        (["?", "--each", "village"], "--each has no “village”; there are: circle, city, county."),
        (["?", "--dpi", "72"], "--dpi has no “72”; there are: 96, 192, 300."),
        (["--batch", "no-such-file.csv"], "no-such-file.csv"),
    ],
)
def test_a_mistake_is_named_before_anything_is_drawn(  # noqa: PLR0913, PLR0917 - fixtures
    line: list[str],
    named: str,
    tmp_path: Path,
    atlas: Atlas,
    manifest: Manifest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ExportError, match=named):
        printed(line, tmp_path, atlas, manifest, monkeypatch)
    assert list(tmp_path.iterdir()) == []


def test_a_batch_with_other_columns_is_refused(tmp_path: Path) -> None:
    batch = tmp_path / "views.csv"
    batch.write_text("view,colour\n?,red\n", encoding="utf-8")
    with pytest.raises(ExportError, match="columns are view"):
        tasks.read_batch(batch)


def test_a_hostile_stem_stays_in_the_folder(
    tmp_path: Path, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    gallery = Gallery(scene, PAGES)

    def evil(*about: Any) -> Exhibit:  # noqa: ANN401 - what makes an exhibit
        return replace(exhibit(*about), names=lambda: ("../../evil", "evil"))

    monkeypatch.setattr("dashboard.pages.gallery.exhibit", evil)
    printer = printing.Printer(gallery, Exporter(Pretender()), "http://x", lambda _: None)
    arguments = _parser().parse_args(["export", "?", "--out", "x", "--chart", "map"])
    (task,) = tasks.tasks_of(arguments, gallery)
    folder = tmp_path / "a" / "b"
    printer.run([task], folder)
    (reason,) = printer.failed
    assert "leave the output folder" in reason
    assert list(tmp_path.rglob("evil*")) == []
