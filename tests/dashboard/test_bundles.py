"""The sheets and the scripts of a page, each in one file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import pytest

from dashboard.web.bundles import MIME, SCRIPTS, SHEETS, apart, bare, bundle
from dashboard.web.packing import A_YEAR
from dashboard.web.shipped import ASSETS

if TYPE_CHECKING:
    from flask.testing import FlaskClient

SOURCE = """/* Of two
   lines. */
  "use strict";
  const one = "/* no comment */"; // what it is
  // a line
  /* a */ two();
"""


def test_comments_on_lines_of_their_own_and_indentation_stay_away() -> None:
    kept = '"use strict";\nconst one = "/* no comment */"; // what it is\n/* a */ two();\n'
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


@pytest.mark.parametrize("path", list(MIME))
def test_a_page_asks_for_it_by_a_name_that_is_kept_for_ever(client: FlaskClient, path: str) -> None:
    (named,) = re.findall(rf'"({path}\?\w+)"', client.get("/?lang=en").text)
    answer = client.get(named, headers={"Accept-Encoding": "br"})
    assert answer.mimetype == MIME[path]
    assert brotli.decompress(answer.data) == bundle(path).content
    assert (answer.cache_control.max_age, answer.cache_control.immutable) == (A_YEAR, True)


def test_what_says_that_a_script_did_not_come_comes_by_itself(client: FlaskClient) -> None:
    scripts = re.findall(r'<script src="/assets/([^"?]+)', client.get("/").text)
    assert scripts == ["first.js", "asking.js", "page.js"]
