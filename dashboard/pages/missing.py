"""What a reader is shown at an address where there is nothing: a page of the atlas, by itself."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from dashboard.pages.plain import Plain, written
from dashboard.text import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.text import Text
    from geodata.records import Lang

MAIN: Final = """<main class="missing"><h2>{missing}</h2><p>{hint}</p>{near}
<p class="reference">{reference}</p></main>"""


def missing(
    lang: str,
    names: Iterable[tuple[str, str]],
    number: str,
    root: str = "",
    near: Sequence[tuple[str, str]] | None = None,
) -> str:
    """Return the page in HTML.

    Parameters
    ----------
    lang
        "en" for English, anything else for Chinese.
    names
        Path and the rest of the word `shell.page_<name>` of each page.
    number
        The id of the request.
    root
        What stands before every path.
    near
        Where a place was asked for, those that may have been meant: name and address of each.
    """
    spoken: Lang = "en" if lang == "en" else "zh"
    t = text(spoken)
    page, hint = "shell.missing", "shell.missing_hint"
    if near is not None:
        page, hint = "place.missing", "place.missing_hint"
    main = MAIN.format(
        missing=escape(t(page)),
        hint=escape(t(hint)),
        near=_listed(near or (), t),
        reference=escape(t("shell.missing_id", id=number)),
    )
    subtitle = f"<p>{escape(t('shell.subtitle'))}</p>"
    return written(Plain("missing", t(page), main, subtitle=subtitle), spoken, names, root)


def _listed(near: Sequence[tuple[str, str]], t: Text) -> str:
    """Return the nearest places as links; nothing where there are none."""
    if not near:
        return ""
    links = "".join(f'<li><a href="{escape(href)}">{escape(name)}</a></li>' for name, href in near)
    return f"<p>{escape(t('place.near'))}</p><ul>{links}</ul>"
