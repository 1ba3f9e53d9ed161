"""What a reader is shown at an address where there is nothing: a page of the atlas, by itself."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from dashboard.pages.plain import Plain, written
from dashboard.text import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.text import Text
    from geodata.records import Lang


@dataclass(frozen=True, slots=True)
class Kind:
    """The keys of what is said where something of a kind is not there."""

    page: str
    hint: str
    near: str


PLACE: Final = Kind("place.missing", "place.missing_hint", "place.near")
CLAIM: Final = Kind("findings.missing", "findings.missing_hint", "findings.near")


@dataclass(frozen=True, slots=True)
class Sought:
    """What was asked for by a name that is none: of what is nearest name and address."""

    kind: Kind
    near: Sequence[tuple[str, str]]


MAIN: Final = """<main class="missing"><h2>{missing}</h2><p>{hint}</p>{near}
<p class="reference">{reference}</p></main>"""


def missing(
    lang: Lang,
    names: Iterable[tuple[str, str]],
    number: str,
    root: str = "",
    sought: Sought | None = None,
) -> str:
    """Return the page in HTML.

    Parameters
    ----------
    lang
        Its language.
    names
        Path and the rest of the word `shell.page_<name>` of each page.
    number
        The id of the request.
    root
        What stands before every path.
    sought
        What was asked for by its name.
    """
    t = text(lang)
    page, hint = "shell.missing", "shell.missing_hint"
    if sought:
        page, hint = sought.kind.page, sought.kind.hint
    main = MAIN.format(
        missing=escape(t(page)),
        hint=escape(t(hint)),
        near=_listed(sought, t) if sought else "",
        reference=escape(t("shell.missing_id", id=number)),
    )
    subtitle = f"<p>{escape(t('shell.subtitle'))}</p>"
    return written(Plain("missing", t(page), main, subtitle=subtitle), lang, names, root)


def _listed(sought: Sought, t: Text) -> str:
    """Return what is nearest as links; nothing where there is nothing near."""
    if not sought.near:
        return ""
    links = "".join(
        f'<li><a href="{escape(href)}">{escape(name)}</a></li>' for name, href in sought.near
    )
    return f"<p>{escape(t(sought.kind.near))}</p><ul>{links}</ul>"
