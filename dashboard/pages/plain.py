"""A page of the atlas that needs no script and no callback: what stands on it is written here."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from flask import request

from dashboard.text import text, tongue
from dashboard.web.root import head

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geodata.records import Lang

PAGE: Final = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="{description}">
{head}
<title>{title} · {atlas}</title>
<link rel="stylesheet" href="{root}/assets/app.css">
{more}</head>
<body>
<div class="page page-{name}">
<header class="top">
<div class="brand"><h1><a href="{root}/{query}">{atlas}</a></h1>{subtitle}</div>
<nav class="pages" aria-label="{pages}">{links}</nav>
<div class="tools"><a href="{other}" lang="{other_language}">{other_name}</a></div>
</header>
{main}
</div>
</body>
</html>
"""
NAMES: Final[Mapping[Lang, str]] = {"zh": "中文", "en": "English"}
"""How the page in the other language offers one."""
OTHER: Final[Mapping[Lang, Lang]] = {"zh": "en", "en": "zh"}


@dataclass(frozen=True, slots=True)
class Plain:
    """What is one page's own: its name and title in words, the rest in HTML.

    Without a `description` it has that of the atlas. `more` stands at the end of the head,
    `subtitle` beside the name of the atlas.
    """

    name: str
    title: str
    main: str
    description: str = ""
    more: str = ""
    subtitle: str = ""


def spoken() -> Lang:
    """Return the language that the address of the present request asks for."""
    return "en" if request.args.get("lang") == "en" else "zh"


def written(page: Plain, lang: Lang, names: Iterable[tuple[str, str]], root: str) -> str:
    """Return a page in HTML.

    Parameters
    ----------
    page
        What is its own.
    lang
        Its language.
    names
        Path and the rest of the word `shell.page_<name>` of each page that is led to.
    root
        What stands before every path.
    """
    t, other = text(lang), OTHER[lang]
    query = "?lang=en" if lang == "en" else ""
    links = "".join(
        f'<div class="page-link"{" aria-current=page" if name == page.name else ""}>'
        f'<a href="{escape(root + path + query)}">{escape(t(f"shell.page_{name}"))}</a></div>'
        for path, name in names
    )
    words = {
        "language": tongue(lang),
        "title": page.title,
        "description": page.description or t("shell.description"),
        "atlas": t("shell.title"),
        "pages": t("shell.pages"),
        "other": "?lang=en" if other == "en" else "?",
        "other_language": tongue(other),
        "other_name": NAMES[other],
        "name": page.name,
        "root": root,
        "query": query,
    }
    return PAGE.format(
        head=head(root),
        links=links,
        main=page.main,
        more=page.more,
        subtitle=page.subtitle,
        **{name: escape(word) for name, word in words.items()},
    )
