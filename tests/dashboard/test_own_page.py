"""The page /own without a browser: a file on its way from upload to map, and who is refused."""

from __future__ import annotations

import json
import re
import stat
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import numpy as np
import pytest
from werkzeug.test import Client

from dashboard.site import Site
from dashboard.web import limits
from dashboard.web.limits import Policy
from geodata.own import child, incoming, reading, store
from geodata.own.firms.shifts import wgs_to_gcj

if TYPE_CHECKING:
    from pathlib import Path

    from werkzeug.test import TestResponse

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest

TABLE = """\
地区,年份,企业数（家）
三河市,2020,180
新华区,2020,75
抚宁县,2009,44
<script>alert(1)</script>,2020,3
合计,2020,299
"""


class Reader:
    """Asks the page as its script does."""

    def __init__(self, site: Site) -> None:
        self.client = Client(site)
        page = self.ask("/own").text
        (told,) = re.findall(r'data-own="([^"]*)"', page)
        (self.token,) = re.findall(r'"token": "([^"]+)"', unescape(told))

    def ask(self, path: str, method: str = "GET", **how: Any) -> TestResponse:  # noqa: ANN401
        address = {"REMOTE_ADDR": "127.0.0.1"}
        return self.client.open(
            path,
            base_url="http://127.0.0.1:8050",
            method=method,
            environ_overrides=address,
            buffered=True,
            **how,
        )

    def put(self, content: bytes, called: str = "mine.csv") -> TestResponse:
        headers = {"X-Own-Token": self.token, "X-File-Name": called}
        return self.ask("/own/upload", "PUT", data=content, headers=headers)

    def post(self, what: str, given: object, lang: str = "zh") -> TestResponse:
        headers = {"X-Own-Token": self.token}
        return self.ask(f"/own/{what}?lang={lang}", "POST", json=given, headers=headers)


APART = reading._in_child  # noqa: SLF001 - the process that most tests do without


def opened_here(path: Path, out: Path, sheet: str) -> dict[str, object]:
    """Open a file in this process: one for each takes most of the time of a test."""
    return {**child.convert(path, out, sheet), "file": str(out)}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory, atlas: Atlas, manifest: Manifest) -> Any:  # noqa: ANN401 - a generator of one
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(store.ENVIRONMENT, str(tmp_path_factory.mktemp("own")))
        patch.setattr(reading, "_in_child", opened_here)
        yield Reader(Site(atlas, manifest, Policy(per_minute=0, own="here")))


@pytest.fixture(autouse=True)
def _nothing_kept(reader: Reader) -> Any:  # noqa: ANN401 - a generator of nothing
    assert reader.token
    yield
    for name in store.names():
        store.remove(name)


def test_a_file_is_received_looked_at_kept_and_on_the_map(reader: Reader) -> None:
    handed = reader.put(TABLE.encode(), "%E6%88%91%E7%9A%84.csv").get_json()
    assert handed["called"] == "我的.csv"
    file = {**handed, "name": "firms"}
    shown = reader.post("preview", file).text
    assert [*re.findall("(?:归位|待定|拒收) [0-9]", shown)] == ["归位 1", "待定 2", "拒收 2"]
    assert "没有叫这个名称的地方" in shown
    # Nothing that the file says is taken for more than words.
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    kept = reader.post("keep", file)
    assert kept.get_json() == {"address": "/?indicator=own.firms.1"}
    assert "own.firms.1" in reader.ask("/data/catalog.json").text
    row = next(
        line
        for line in reader.ask("/data/own.firms.1.csv").text.splitlines()
        if ",131082,三河市," in line and ",2020," in line
    )
    assert ",180,家,own," in row
    assert store.load("firms").manifest["source"]["name"] == "我的.csv"
    page = reader.ask("/own?lang=en").text
    assert "1 / 5" in page
    assert "/own/refused/firms.csv" in page
    refused = reader.ask("/own/refused/firms.csv")
    assert refused.text.startswith("\ufeff地区,年份")
    assert reader.post("remove", {"name": "firms"}).status_code == 200
    assert store.names() == []
    assert reader.ask("/data/own.firms.1.csv").status_code == 404


def test_what_a_person_answers_counts(reader: Reader) -> None:
    file = {**reader.put(TABLE.encode()).get_json(), "name": "firms"}
    shown = reader.post("preview", file, "en").text
    # 新华区 is in Shijiazhuang and in Cangzhou; 抚宁县 was divided in 2015.
    (options,) = re.findall(r'data-place="新华区">(.*?)</select>', shown)
    assert re.findall(r'value="(\d+)"', options) == ["130105", "130902"]
    assert 'data-place="抚宁县"' in shown
    said = {"places": {"新华区": "130902"}}
    answered = reader.post("preview", {**file, "said": said}).text
    assert "归位 2" in answered
    assert "待定 1" in answered
    reader.post("keep", {**file, "said": said})
    lines = reader.ask("/data/own.firms.1.csv").text.splitlines()
    assert any(",130902,新华区" in line and ",75,家,own," in line for line in lines)
    assert not any(",130105,新华区" in line and ",75," in line for line in lines)


def test_a_column_is_what_a_person_says(reader: Reader) -> None:
    table = "地区,年份,企业数（家）,员工\n三河市,2020,180,10086\n香河县,2020,60,10010\n"
    file = {**reader.put(table.encode()).get_json(), "name": "firms"}
    assert 'data-unit="员工"' in reader.post("preview", file).text
    said = {"leave": ["员工"], "values": {"企业数（家）": {"kind": "rate", "unit": "户"}}}
    shown = reader.post("preview", {**file, "said": said}).text
    assert 'data-unit="员工"' not in shown
    reader.post("keep", {**file, "said": said})
    (one,) = store.load("firms").manifest["measures"]
    assert (one["kind"], one["unit"]) == ("rate", "户")


def test_figures_without_a_year_wait_for_one(reader: Reader) -> None:
    file = {**reader.put("地区,企业数\n三河市,5\n".encode()).get_json(), "name": "firms"}
    shown = reader.post("preview", file).text
    assert 'id="own-year"' in shown
    assert re.search(r'id="own-keep" disabled', shown)
    kept = reader.post("keep", file)
    assert kept.status_code == 422
    assert kept.get_json()["said"] == "表中没有说这些数字是哪一年的；请填年份，图上才能显示。"
    assert reader.post("keep", {**file, "year": 2020}).status_code == 200
    assert store.load("firms").manifest["measures"][0]["years"] == [2020]


def test_what_was_answered_is_not_asked_again(reader: Reader) -> None:
    file = {**reader.put(TABLE.encode()).get_json(), "name": "firms"}
    said = {"places": {"新华区": "130902"}}
    reader.post("keep", {**file, "said": said})
    again = {**reader.put(TABLE.replace("75", "76").encode()).get_json(), "name": "firms"}
    assert "归位 2" in reader.post("preview", again).text
    # Of a table with other columns nothing of it is true.
    other = {**reader.put("地区,年份,产值\n新华区,2020,1\n".encode()).get_json(), "name": "firms"}
    reader.post("keep", {**again, "said": {"values": {"企业数（家）": {"kind": "rate"}}}})
    assert "产值" in reader.post("preview", other).text


STRANGERS: dict[str, dict[str, str]] = {
    "without the token": {"X-Own-Token": ""},
    "with another token": {"X-Own-Token": "x" * 43},
    "from another origin": {"Origin": "http://evil.example"},
    "from another site": {"Sec-Fetch-Site": "cross-site"},
    "under another name": {"Host": "evil.example"},
    "through a proxy": {"X-Forwarded-For": "203.0.113.9"},
}


def test_nobody_else_hands_in_or_takes_away(reader: Reader) -> None:
    handed = reader.put(TABLE.encode()).get_json()
    reader.post("keep", {**handed, "name": "firms"})
    folder = store.root() / incoming.FOLDER
    before = sorted(folder.iterdir())
    number = reader.put(TABLE.encode()).get_json()["number"]
    given = json.dumps({"number": number, "name": "firms2"}).encode()
    taken = json.dumps({"name": "firms"}).encode()
    asked = (("PUT", "upload", b"a"), ("POST", "keep", given), ("POST", "remove", taken))
    for stranger, headers in STRANGERS.items():
        for method, what, body in asked:
            answer = reader.ask(
                f"/own/{what}",
                method,
                data=body,
                headers={"X-Own-Token": reader.token, **headers},
                content_type="application/json",
            )
            assert answer.status_code in {400, 403, 404, 405}, (stranger, what)
    assert store.names() == ["firms"]
    assert sorted(folder.iterdir()) == sorted([*before, folder / number])


def test_strangers_have_no_such_page(atlas: Atlas, manifest: Manifest, reader: Reader) -> None:
    proxied = {"X-Forwarded-For": "203.0.113.9"}
    assert reader.ask("/own", headers=proxied).status_code == 404
    assert reader.ask("/own/", headers={}).status_code == 404
    policies = (Policy(), Policy(own="here"))
    for policy in policies:
        site = Site(atlas, manifest, policy)
        network = {"REMOTE_ADDR": "192.168.1.7"}
        asked = Client(site).get("/own", base_url="http://127.0.0.1", environ_overrides=network)
        assert asked.status_code == 404


def test_an_upload_has_a_cap_of_its_own(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    big = TABLE.encode() * (2 * limits.MAX_BODY // len(TABLE.encode()))
    assert len(big) > limits.MAX_BODY
    assert reader.put(big).status_code == 200
    headers = {"X-Own-Token": reader.token}
    assert reader.ask("/own/preview", "POST", data=big, headers=headers).status_code == 413
    assert reader.ask("/own/upload", "PUT", headers=headers).status_code == 411
    with monkeypatch.context() as patch:
        patch.setattr(limits, "MAX_UPLOAD", len(big) - 1)
        assert reader.put(big).status_code == 413
    folder = store.root() / incoming.FOLDER
    before = {one.name for one in folder.iterdir()}
    # Whatever a length says, no more is written.
    with pytest.raises(Exception, match="200 MB"):
        incoming.receive((b"0" * 2**20 for _ in range(201)), limits.MAX_UPLOAD)
    assert {one.name for one in folder.iterdir()} <= before


def test_what_is_handed_in_lies_in_a_folder_of_the_users_own(reader: Reader) -> None:
    handed = reader.put(b"a,b\n1,2\n", "..%2F..%2Fetc%2Fpasswd%00.csv").get_json()
    assert handed["called"] == "passwd.csv"
    path = incoming.path_of(handed["number"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    for _ in range(5):
        reader.put(b"a,b\n1,2\n")
    assert len([*path.parent.iterdir()]) == incoming.MOST_FILES
    gone = reader.post("preview", {**handed, "name": "firms"})
    assert gone.get_json()["said"] == "这个文件已经不在了；请再选一次。"
    for number in ("../current", "", "a" * 32):
        assert reader.post("preview", {"number": number, "name": "a"}).status_code == 422


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\n\n", "文件中没有表；请另选一个。"),
        (b"\xff\xfe\xfd\x00\x81", "既不是 UTF-8 或 GB18030 的文字"),
        (b"PK\x03\x04 no spreadsheet", "读不出来"),
        (b"PAR1 no parquet", "读不出来"),
        (("a" + ",a" * 600).encode(), "最多 500 列"),
        ("地区,年份,数\n\0三河市,2020,=1+1\n".encode(), ""),
    ],
)
def test_a_hostile_file_gets_a_sentence(
    reader: Reader, content: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_in_child", APART)
    handed = reader.put(content)
    if handed.status_code == 200:
        handed = reader.post("preview", {**handed.get_json(), "name": "firms"})
    if said:
        assert handed.status_code == 422
        assert said in handed.get_json()["said"]
    else:
        assert handed.status_code in {200, 422}
    assert store.names() == []


def test_a_settings_body_of_another_shape_is_refused(reader: Reader) -> None:
    handed = reader.put(TABLE.encode()).get_json()
    shapes: tuple[object, ...] = ([], "x", {**handed, "said": []}, {**handed, "year": "2020"})
    for given in shapes:
        assert reader.post("preview", given).status_code == 400
    wrong: tuple[dict[str, object], ...] = (
        {"nothing": 1},
        {"values": []},
        {"places": {"新华区": 1}},
        {"code": "none"},
    )
    for said in wrong:
        assert reader.post("preview", {**handed, "name": "a", "said": said}).status_code == 422
    unknown = {"places": {"新华区": "999999"}}
    told = reader.post("preview", {**handed, "name": "a", "said": unknown}, "en")
    assert told.get_json()["said"].startswith("No place of today has the code 999999")


def test_english_is_complete(reader: Reader) -> None:
    page = reader.ask("/own?lang=en").text
    assert "Drop a table here" in page
    shown = reader.post(
        "preview", {**reader.put(TABLE.encode(), "t.csv").get_json(), "name": "a"}, "en"
    ).text
    for words in (
        "1 placed",
        "2 to be decided",
        "2 refused",
        "Show on map",
        "Why rows are refused",
    ):
        assert words in shown


def test_a_version_is_replaced_only_when_whole(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {**reader.put(TABLE.encode()).get_json(), "name": "firms"}
    reader.post("keep", first)
    before = store.load("firms").folder
    second = {**reader.put(TABLE.replace("180", "999").encode()).get_json(), "name": "firms"}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(store, "_point", full)
        answer = reader.post("keep", second)
    assert answer.status_code in {422, 507, 503}
    assert store.load("firms").folder == before
    assert ",180,家,own," in reader.ask("/data/own.firms.1.csv").text


@pytest.mark.parametrize(
    ("called", "name"),
    [("Firms 2020.xlsx", "firms"), ("我的.csv", "table"), ("a--b_c.csv", "a-b-c")],
)
def test_a_set_is_called_after_its_file(reader: Reader, called: str, name: str) -> None:
    assert reader.put(b"x", quote(called)).get_json()["name"] == name


def firms(*, coded: bool) -> str:
    """Return forty firms in GCJ-02 at one place, with the code of their county or without."""
    lon, lat = wgs_to_gcj(np.full(40, 116.4122), np.full(40, 39.9402))
    rows = (
        f"示例{n},{lon[n]:.6f},{lat[n]:.6f},{'110101' if coded else ''},3911,{2001 + n % 5}"
        for n in range(40)
    )
    header = "企业名称,经度,纬度,区划代码,行业代码,成立日期"
    return "\n".join([header, *rows, "坏,0,0,,3911,2001"])


def test_a_register_is_seen_as_firms_and_its_system_is_asked(reader: Reader) -> None:
    file = {**reader.put(firms(coded=False).encode(), "reg.csv").get_json(), "name": "reg"}
    asked = reader.post("preview", file)
    assert asked.status_code == 200
    assert "经纬度是哪一种坐标系" in asked.text
    assert 'id="own-keep" disabled' in asked.text
    # Kept it cannot be before that is answered.
    refused = reader.post("keep", file)
    assert refused.status_code == 422
    answered = {**file, "kind": "firms", "system": "gcj02"}
    shown = reader.post("preview", answered).text
    assert re.findall("(?:归位|拒收) [0-9]+", shown) == ["归位 40", "拒收 1"]
    assert '<option value="gcj02" selected>' in shown
    assert re.search(r'data-column="经度"[^>]*>.*?<option value="lon" selected>', shown)
    assert "第 42 行" in shown
    # Names of firms are shown as columns and never kept.
    assert reader.post("keep", answered).get_json() == {"address": "/?indicator=own.reg.2"}
    stored = store.load("reg")
    assert stored.counts_firms
    assert stored.manifest["source"]["name"] == "reg.csv"
    assert not any("示例1".encode() in one.read_bytes() for one in stored.folder.iterdir())
    page = reader.ask("/own?lang=en").text
    assert "/firms?firms=reg" in page
    # Another file of that name asks nothing any more.
    again = {**reader.put(firms(coded=False).encode(), "reg.csv").get_json(), "name": "reg"}
    assert "归位 40" in reader.post("preview", again).text


def test_a_person_says_that_a_file_is_no_register(reader: Reader) -> None:
    file = {**reader.put(TABLE.encode()).get_json(), "name": "firms"}
    assert '<option value="table" selected>' in reader.post("preview", file).text
    wrong = reader.post("preview", {**file, "kind": "firms"})
    # As a register it has no column that tells where a firm is: the sentence says so.
    assert wrong.status_code == 422
    assert "没有一列是坐标" in wrong.get_json()["said"]
    assert reader.post("preview", {**file, "kind": "ships"}).status_code == 400
    assert reader.post("preview", {**file, "system": "mars"}).status_code == 400


def test_a_column_of_a_register_is_what_a_person_says(reader: Reader) -> None:
    file = {**reader.put(firms(coded=True).encode(), "reg.csv").get_json(), "name": "reg"}
    said = {"code": "区划代码", "founded": "成立日期", "leave": ["经度", "纬度", "行业代码"]}
    shown = reader.post("preview", {**file, "kind": "firms", "said": said}).text
    # By the code all but the last, which has none; no point is read, so that no system is asked.
    assert re.findall("(?:归位|拒收) [0-9]+", shown) == ["归位 40", "拒收 1"]
    assert 'id="own-system"' not in shown
    # In the middle of a county the codes agree with every system, and tell none.
    open_ = reader.post("preview", {**file, "said": {}, "kind": "firms"}).text
    assert "经纬度是哪一种坐标系" in open_
