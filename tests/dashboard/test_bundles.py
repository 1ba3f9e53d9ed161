"""The sheets and the scripts of a page, each in one file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import pytest

from dashboard.web import dash_scripts
from dashboard.web.bundles import ALONE, MIME, SCRIPTS, SHEETS, apart, bare, bundle
from dashboard.web.dash_scripts import needed, runner
from dashboard.web.packing import A_YEAR
from dashboard.web.shipped import ASSETS

if TYPE_CHECKING:
    from dash import Dash
    from flask.testing import FlaskClient

SOURCE = """/* Of two
   lines. */
  "use strict";
  const one = "/* no comment */"; // what it is
  // a line
  /* a */ two("a // b"); // "words"
"""


def test_comments_and_indentation_stay_away_but_nothing_that_may_be_words() -> None:
    kept = '"use strict";\nconst one = "/* no comment */";\n/* a */ two("a // b"); // "words"\n'
    assert bare(SOURCE) == kept


@pytest.mark.parametrize("kind", ["css", "js"])
def test_no_words_of_ours_go_on_over_a_line(kind: str) -> None:
    """What `bare` takes away at the beginning of a line is never part of what is said."""
    for file in ASSETS.glob(f"*.{kind}"):
        for line in bare(file.read_text(encoding="utf-8")).splitlines():
            assert line.count("`") % 2 == 0, (file.name, line)
            assert not line.endswith("\\"), (file.name, line)


@pytest.mark.parametrize("path", [SHEETS, SCRIPTS])
def test_every_sheet_and_script_is_in_it_once(path: str) -> None:
    kind = path.rpartition(".")[2]
    content = bundle(path).content.decode("utf-8")
    files = [one for one in ASSETS.glob(f"*.{kind}") if one.stem not in apart(kind)]
    assert len(files) > 10
    for file in files:
        assert content.count(bare(file.read_text(encoding="utf-8"))) == 1, file.name


@pytest.mark.parametrize("path", ALONE)
def test_a_script_of_its_own_goes_without_comments_and_is_known_again(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path, headers={"Accept-Encoding": "br"})
    source = (ASSETS / path.rpartition("/")[2]).read_text(encoding="utf-8")
    assert brotli.decompress(answer.data).decode("utf-8") == bare(source) != source
    known = {"Accept-Encoding": "br", "If-None-Match": answer.headers["ETag"]}
    assert client.get(path, headers=known).status_code == 304


@pytest.mark.parametrize("path", [SHEETS, SCRIPTS])
def test_a_page_asks_for_it_by_a_name_that_is_kept_for_ever(client: FlaskClient, path: str) -> None:
    (named,) = re.findall(rf'"({path}\?\w+)"', client.get("/?lang=en").text)
    answer = client.get(named, headers={"Accept-Encoding": "br"})
    assert answer.mimetype == MIME[path]
    assert brotli.decompress(answer.data) == bundle(path).content
    assert (answer.cache_control.max_age, answer.cache_control.immutable) == (A_YEAR, True)


def test_what_says_that_a_script_did_not_come_comes_by_itself(client: FlaskClient) -> None:
    scripts = re.findall(r'<script src="/assets/([^"?]+)', client.get("/").text)
    assert scripts == ["first.js", "asking.js", "page.js"]


def test_a_page_names_all_scripts_of_dash_but_its_table_and_those_for_old_browsers(
    app: Dash, client: FlaskClient
) -> None:
    def named(page: str) -> set[str]:
        return {*re.findall(r'<script src="/_dash-component-suites/([^"]+)', page)}

    with app.server.test_request_context("/"):
        every = named(app._generate_scripts_html())  # noqa: SLF001 - what Dash itself would ask for
    left = {one.split(".v")[0] for one in every - named(client.get("/methods").text)}
    assert left == {
        "dash/dash_table/bundle",
        "dash/deps/polyfill@7",
    }
    assert named(client.get("/methods").text) < every


def test_the_installed_collection_is_the_one_on_which_the_cut_was_tried() -> None:
    """After an upgrade: try the cut in a browser (test_insides.py), then set TRIED anew."""
    assert dash_scripts.is_tried()
    assert runner().count("regeneratorRuntime=") == 1
    assert 0.05 < len(runner()) / len(dash_scripts.collection()) < 0.1
    assert bundle(SCRIPTS).content.startswith(runner().encode("utf-8"))


def test_another_collection_is_asked_for_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    tags = ["x/dash/deps/polyfill@9.js", "x/dash/dash_table/bundle.js", "x/dash/dcc/dcc.js"]
    monkeypatch.setattr(dash_scripts, "is_tried", lambda: False)
    assert needed("\n".join(tags)).splitlines() == [tags[0], tags[2]]
    assert runner() == ""
