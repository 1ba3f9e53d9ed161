"""Fails a build whose pages lead nowhere, or fetch anything from another host."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from sphinx.errors import ExtensionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

LEADS: Final = frozenset({("a", "href")})
"""What a reader may follow to another host; all else is fetched with the page."""
FETCHES: Final = frozenset({("link", "href"), ("img", "src"), ("script", "src"), ("source", "src")})


class Page(HTMLParser):
    """What a page names and where it can be entered."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.anchors: set[str] = set()
        self.links: list[tuple[tuple[str, str], str]] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the anchors and the links of a tag."""
        for name, value in attrs:
            if name in {"id", "name"} and value:
                self.anchors.add(value)
            if (tag, name) in LEADS | FETCHES and value:
                self.links.append(((tag, name), value))


def broken(folder: Path) -> Iterator[str]:
    """Yield a line for each link of a built site that leads nowhere or fetches from elsewhere.

    Parameters
    ----------
    folder
        The built site; all its pages are read.
    """
    pages = {path.resolve(): Page(path) for path in sorted(folder.rglob("*.html"))}
    for path, page in pages.items():
        for kind, link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                if kind in FETCHES and parts.scheme != "data":
                    yield f"{path.relative_to(folder.resolve())}: fetches {link}"
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            if not target.is_file():
                yield f"{path.relative_to(folder.resolve())}: no file for {link}"
            elif anchor and target in pages and anchor not in pages[target].anchors:
                yield f"{path.relative_to(folder.resolve())}: no anchor for {link}"


def setup(app: Sphinx) -> dict[str, bool]:
    """Look at the links once all is written."""
    app.connect("build-finished", _refuse)
    return {"parallel_read_safe": True}


def _refuse(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    found = list(broken(Path(app.outdir)))
    if found:
        raise ExtensionError("\n".join(found))
