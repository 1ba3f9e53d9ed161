"""What a reader is shown at an address where there is nothing: a page of the atlas, by itself.

It needs no script and no callback: what stands on it is written here.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from dashboard.text import text, tongue
from dashboard.web.root import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dashboard.text import Text
    from geodata.records import Lang

PAGE: Final = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
{head}
<title>{missing} · {title}</title>
<link rel="stylesheet" href="{root}/assets/app.css">
</head>
<body>
<div class="page page-missing">
<header class="top">
<div class="brand"><h1><a href="{root}/{query}">{title}</a></h1><p>{subtitle}</p></div>
<nav class="pages" aria-label="{pages}">{links}</nav>
<div class="tools"><a href="{other}" lang="{other_language}">{other_name}</a></div>
</header>
<main class="missing"><h2>{missing}</h2><p>{hint}</p>{near}
<p class="reference">{reference}</p></main>
</div>
</body>
</html>
"""
NAMES: Final[Mapping[Lang, str]] = {"zh": "中文", "en": "English"}
"""How the page in the other language offers one."""


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
    english = lang == "en"
    t: Text = text("en" if english else "zh")
    other: Lang = "zh" if english else "en"
    query = "?lang=en" if english else ""
    links = "".join(
        f'<div class="page-link"><a href="{escape(root + path + query)}">'
        f"{escape(t(f'shell.page_{name}'))}</a></div>"
        for path, name in names
    )
    page, hint = "shell.missing", "shell.missing_hint"
    if near is not None:
        page, hint = "place.missing", "place.missing_hint"
    said = {
        "title": t("shell.title"),
        "subtitle": t("shell.subtitle"),
        "pages": t("shell.pages"),
        "missing": t(page),
        "hint": t(hint),
        "reference": t("shell.missing_id", id=number),
        "language": tongue(t.lang),
        "other": "?lang=en" if other == "en" else "?",
        "other_language": tongue(other),
        "other_name": NAMES[other],
        "root": root,
        "query": query,
    }
    return PAGE.format(
        near=_listed(near or (), t),
        head=HEAD.format(root=root),
        links=links,
        **{name: escape(word) for name, word in said.items()},
    )


def _listed(near: Sequence[tuple[str, str]], t: Text) -> str:
    """Return the nearest places as links; nothing where there are none."""
    if not near:
        return ""
    links = "".join(f'<li><a href="{escape(href)}">{escape(name)}</a></li>' for name, href in near)
    return f"<p>{escape(t('place.near'))}</p><ul>{links}</ul>"
