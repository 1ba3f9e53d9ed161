"""Own figures on the site: seen at this machine with their band, kept nowhere, by nobody else."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.test import Client

from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery, figures_of
from dashboard.pages.reports import gathered
from dashboard.print.errors import EmptyError
from dashboard.print.paper import Print
from dashboard.print.words import head
from dashboard.scene import Scene, vocabulary
from dashboard.serving import audience
from dashboard.site import Site
from dashboard.view import parse
from dashboard.web.limits import Policy
from geodata.facts.statistics import read_table
from geodata.ids import OWN, OWN_ID
from geodata.own import store
from geodata.own.importing import keep, read_own
from geodata.places.regions import build_regions
from tests.dashboard.conftest import unstilled
from tests.dialogue import DEPENDENCIES, UPDATE, questions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.test import TestResponse

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest
    from geodata.records import Lang

SECRET = 48_213
"""The figure of 三河市 in 2020, which no publication has."""
ADDRESS = "/data/own.mine.1.csv"
BAND: dict[Lang, str] = {
    "zh": "自有数据，未公布；图谱未核对",
    "en": "Own data, not published; not checked by the atlas",
}
STRANGERS: dict[str, dict[str, Any]] = {
    "through a proxy": {"headers": {"X-Forwarded-For": "203.0.113.9"}},
    "through a proxy of RFC 7239": {"headers": {"Forwarded": "for=203.0.113.9"}},
    "through a proxy that says nothing": {"environ_overrides": {"SERVER_PROTOCOL": "HTTP/1.0"}},
    "under a name that leads here": {"headers": {"Host": "evil.example:8050"}},
    "by a page of another site": {"headers": {"Sec-Fetch-Site": "cross-site"}},
    "by a page of another port": {"headers": {"Sec-Fetch-Site": "same-site"}},
    "with another origin": {"headers": {"Origin": "http://evil.example"}},
    "from the network": {"environ_overrides": {"REMOTE_ADDR": "192.168.1.7"}},
}


def bring(folder: Path, name: str = "mine") -> None:
    regions = build_regions(read_table("regions"))
    codes = [*regions.codes("county"), *regions.codes("city"), "130000"]
    rows = [
        f"{code},{year},{SECRET if (code, year) == ('131082', 2020) else at + year},{at % 7}"
        for at, code in enumerate(codes)
        for year in (2018, 2019, 2020)
    ]
    path = folder / "firms.csv"
    path.write_text("\n".join(["区划代码,年份,企业数（家）,增速（%）", *rows]), encoding="utf-8")
    keep(read_own(path, name), path, name)


@pytest.fixture(scope="module")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("own")
        patch.setenv(store.ENVIRONMENT, str(folder / "data"))
        bring(folder)
        yield folder


@pytest.fixture(scope="module")
def site(own_folder: Path, atlas: Atlas, manifest: Manifest) -> Site:
    assert own_folder.is_dir()
    return Site(atlas, manifest, Policy(per_minute=0, mcp=True, own="here"))


def ask(site: Site, path: str, **how: Any) -> TestResponse:  # noqa: ANN401 - as werkzeug has it
    how.setdefault("environ_overrides", {})
    how["environ_overrides"] = {"REMOTE_ADDR": "127.0.0.1", **how["environ_overrides"]}
    return Client(site).open(path, base_url="http://127.0.0.1:8050", buffered=True, **how)


def callback(site: Site, name: str, search: str, path: str = "/", **how: Any) -> TestResponse:  # noqa: ANN401
    told = questions(ask(site, DEPENDENCIES).get_json())
    body = told[name].post(search, path=path, theme="light", screen=None)
    return ask(site, UPDATE, method="POST", data=body, content_type="application/json", **how)


def test_the_reader_here_has_his_figures_under_data(site: Site) -> None:
    answer = ask(site, ADDRESS)
    assert answer.status_code == 200
    (row,) = (
        one for one in answer.text.splitlines() if ",131082,三河市," in one and ",2020," in one
    )
    assert f",{SECRET},家,own,own.mine," in row
    listed = ask(site, "/data/catalog.json").get_json()
    ids = [one["id"] for one in listed["indicators"]]
    assert [one for one in ids if one.startswith(OWN_ID)] == ["own.mine.1", "own.mine.2"]


@pytest.mark.parametrize("stranger", STRANGERS)
def test_nobody_else_has_them(site: Site, stranger: str) -> None:
    how = STRANGERS[stranger]
    assert ask(site, ADDRESS, **how).status_code == 404
    assert "own.mine" not in ask(site, "/data/catalog.json", **how).text
    # The same question, first asked by the reader: nothing that was kept for him is given away.
    search = "?indicator=own.mine.1&year=2020"
    mine = callback(site, "page", search).text
    assert "own.mine" in mine
    assert '"bring"' in mine
    theirs = callback(site, "page", search, **how).text
    assert "own.mine" not in theirs
    assert '"bring"' not in theirs


@pytest.mark.parametrize("own", ["no", "anybody"])
def test_a_policy_says_who_sees_them(
    own: str, own_folder: Path, atlas: Atlas, manifest: Manifest
) -> None:
    assert own_folder.is_dir()
    site = Site(atlas, manifest, replace(Policy(per_minute=0), own=own))  # type: ignore[arg-type]
    there = 404 if own == "no" else 200
    assert ask(site, ADDRESS).status_code == there
    assert ask(site, ADDRESS, **STRANGERS["from the network"]).status_code == there
    assert ask(site, ADDRESS, **STRANGERS["through a proxy"]).status_code == 404
    assert ask(site, ADDRESS, **STRANGERS["by a page of another site"]).status_code == 404


@pytest.mark.parametrize(
    ("host", "policy", "own"),
    [
        ("127.0.0.1", Policy(), "here"),
        ("0.0.0.0", Policy(), "no"),  # noqa: S104 - what is not to be
        ("0.0.0.0", Policy(own="anybody"), "anybody"),  # noqa: S104
        ("127.0.0.1", Policy(proxies=1), "no"),
        ("127.0.0.1", Policy(prefix="/atlas"), "no"),
        ("127.0.0.1", Policy(proxies=1, own="anybody"), "no"),
    ],
)
def test_by_itself_a_server_shows_them_on_loopback_alone(
    host: str, policy: Policy, own: str
) -> None:
    with socket.create_server((host, 0)) as sock:
        assert audience(policy, sock).own == own


@pytest.mark.parametrize(
    "path",
    [
        "/",
        ADDRESS,
        "/data/own.mine.1.json",
        "/data/own.mine.1.parquet",
        "/data/catalog.json",
        "/data/own.mine.1.metadata.json",
        "/data/places.json?place=131082",
        "/export/explore/ranking.csv?indicator=own.mine.1",
        "/rows/explore/map?indicator=own.mine.1",
        "/data/nothing.csv",
    ],
)
def test_no_answer_with_them_is_kept_on_the_way(site: Site, path: str) -> None:
    for encoding in ("identity", "br"):
        answer = ask(site, path, headers={"Accept-Encoding": encoding})
        assert answer.headers["Cache-Control"] == "no-store", path
        assert "ETag" not in answer.headers
        assert "Access-Control-Allow-Origin" not in answer.headers
    told = callback(site, "page", "?indicator=own.mine.1")
    assert told.headers["Cache-Control"] == "no-store"


def test_what_holds_none_of_them_is_kept_as_before(site: Site, manifest: Manifest) -> None:
    outlines = ask(site, f"/geo/{manifest.products['county-overview.geojson']}")
    assert "immutable" in outlines.headers["Cache-Control"]
    assert "max-age" in ask(site, "/assets/app.css").headers["Cache-Control"]
    published = ask(site, "/data/gdp.csv", **STRANGERS["through a proxy"])
    assert published.headers["Cache-Control"] == "public, max-age=3600"
    assert published.headers["Access-Control-Allow-Origin"] == "*"


def found_by_tools(site: Site, **how: Any) -> TestResponse:  # noqa: ANN401
    call = {"name": "find_indicator", "arguments": {"words": "企业数"}}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    return ask(site, "/_mcp", method="POST", json=message, **how)


def test_assistants_see_them_only_where_told(site: Site, atlas: Atlas, manifest: Manifest) -> None:
    ask(site, "/")
    answer = found_by_tools(site)
    assert answer.status_code == 200
    assert "own.mine" not in answer.text
    policy = Policy(per_minute=0, mcp=True, own="here", own_to_assistants=True)
    told = Site(atlas, manifest, policy)
    assert "own.mine" in found_by_tools(told).text
    assert found_by_tools(told, **STRANGERS["through a proxy"]).status_code in {404, 405}


def test_a_running_site_follows_the_folder(site: Site, own_folder: Path) -> None:
    assert ask(site, "/data/own.more.1.csv").status_code == 404
    bring(own_folder, "more")
    assert ask(site, "/data/own.more.1.csv").status_code == 200
    store.remove("more")
    assert ask(site, "/data/own.more.1.csv").status_code == 404
    assert ask(site, ADDRESS).status_code == 200


@pytest.fixture(scope="module")
def own_scene(own_folder: Path, atlas: Atlas, manifest: Manifest) -> Scene:
    assert own_folder.is_dir()
    own = atlas.with_own(store.names(), lambda _, error: pytest.fail(str(error)))
    return Scene(own, lambda product: f"/geo/{manifest.products[product]}", vocabulary(own))


def test_every_figure_with_them_that_leaves_says_so(own_scene: Scene) -> None:
    gallery, seen = Gallery(own_scene, PAGES), set()
    search = "?indicator=own.mine.1&year=2020&regions=131082,131000"
    for lang, band in BAND.items():
        view, fallen = parse(f"{search}&lang={lang}", own_scene.vocabulary)
        assert fallen == ()
        for page in PAGES.values():
            for name in figures_of(page):
                try:
                    (made,) = gallery.exhibits(page, name, view, Print(words=lang))
                except EmptyError:
                    continue
                rows = (*made.rows, *made.beside)
                own = [row for row in rows if row.item.startswith(OWN_ID)]
                said = made.subtitle.partition(" · ")[0]
                others = [r for r in rows if r not in own and r.value is not None]
                if own and not others:
                    assert said == band, name
                    assert made.alt.startswith(band)
                elif own:
                    assert said == own_scene.atlas.term(OWN, "some")[view.lang], name
                else:
                    assert "未公布" not in made.subtitle, name
                    assert "not published" not in made.subtitle, name
                seen |= {name} if own else set()
    assert {"map", "ranking", "multiples", "keys", "place_trend", "figures"} <= seen


def test_every_panel_with_them_says_so_on_screen(site: Site, own_scene: Scene) -> None:
    chosen, some = (own_scene.atlas.term(OWN, word).zh for word in ("chosen", "some"))
    for path, more in {"/": {BAND["zh"], some}, "/data": {BAND["zh"]}, "/place": {some}}.items():
        search = "?indicator=own.mine.1&year=2020&regions=131082"
        over = {chosen} if path != "/place" else {None}
        assert bands(callback(site, "page", search, path)) == over | more, path
    search = "?indicator=own.mine.1&year=2020"
    assert bands(callback(site, "compare-places", search, "/compare")) == {BAND["zh"], some}
    told = callback(site, "controls", search).get_json()["response"]["view"]["data"]["settings"]
    assert chosen in told["own-band"]["children"]
    # Beside a published indicator no panel has the band but that of key figures, own ones included.
    assert bands(callback(site, "page", "?indicator=gdp")) == {None, some}
    assert bands(callback(site, "rank", "?indicator=gdp")) == set()


def bands(answer: TestResponse) -> set[str | None]:
    """Return the words of the bands in an answer."""
    return set(_bands(unstilled(answer.get_json())))


def _bands(found: Any) -> Iterator[str | None]:  # noqa: ANN401 - any JSON
    if isinstance(found, list):
        yield from (one for part in found for one in _bands(part))
    elif isinstance(found, dict):
        if found.get("className") == "own-band":
            words = found["children"]
            yield (words[0] if isinstance(words, list) and words else words) or None
        yield from (one for part in found.values() for one in _bands(part))


def test_a_report_on_a_place_says_so(own_scene: Scene) -> None:
    view, _ = parse("?indicator=own.mine.1&year=2020&regions=131082", own_scene.vocabulary)
    place = own_scene.atlas.place("131082")
    told = gathered(Gallery(own_scene, PAGES), place, view, "http://127.0.0.1")
    some = own_scene.atlas.term(OWN, "some").zh
    assert told.subtitle.startswith(some)
    (figures,) = (one for one in told.sections if any("48,213" in "".join(r) for r in one.table))
    assert some in figures.paragraphs
    pictures = [one.figure for one in told.sections if one.figure]
    with_own = [one for one in pictures if any(row.status == OWN for row in one.rows)]
    assert with_own
    assert all(one.subtitle.startswith((some, BAND["zh"])) for one in with_own)


def test_paper_has_the_band_above_the_scope(own_scene: Scene) -> None:
    view, _ = parse("?indicator=own.mine.1&year=2020", own_scene.vocabulary)
    exhibits = Gallery(own_scene, PAGES).exhibits(PAGES["/"], "map", view, Print(words="both"))
    written = head(exhibits, 600).lines
    bold = ["".join(line.words) for line in written if line.bold]
    assert bold[1:] == [BAND["zh"], BAND["en"]]
    plain = ["".join(line.words) for line in written if line.muted]
    assert not any("自有" in line for line in plain)
    scoped = [line for line in plain if line.startswith("范围：")]
    assert len(scoped) == 1
