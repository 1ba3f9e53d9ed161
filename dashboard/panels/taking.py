"""The export button of a map or chart: a small menu of formats, sizes, languages and palettes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.attributes import data
from dashboard.papers import DPI, FIGURES, FILES, NARROWEST, PALETTES, SIZES, WIDEST, WORDS
from dashboard.static import Static, kept
from dashboard.web.root import rooted
from dashboard.web.wire import REPORT

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.text import Text

CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "sheet": tuple(SIZES),
    "dpi": tuple(str(dpi) for dpi in reversed(DPI)),
    "words": WORDS,
    "palette": PALETTES,
}
"""Parameters of `dashboard.print.paper` that the menu offers, the usual value first."""

CITED: Final = ("link", "text", "bibtex", "gbt", "embed", "copy", "copied", "manual")
"""Words of the fold for citing, see `_citing`."""
TAKEN: Final = ("docx", "pptx", "pdf")
"""Kinds of documents that a report leaves as."""
MENU, FIGURES_MENU = "export-menu", "figures-menu"
"""Names by which the page keeps what is in every menu."""
WIDTHS: Final = {"min": NARROWEST, "max": WIDEST}


def button(page: str, t: Text, *charts: str) -> Component:
    """Return the folded menu; assets/export.js fetches what is chosen.

    Of several charts under one heading the menu asks which.
    """
    which = [_choice("chart", charts, charts[0], t)] if len(charts) > 1 else []
    return _menu(page, charts[0], ("export.button", MENU), which, t)


def documents(name: str, query: str, lead: str, t: Text) -> Component:
    """Return the links to a report as documents, behind the words that say what it is of."""
    links = [
        html.A(
            t(f"place.take_{kind}"),
            href=rooted(f"{REPORT}{name}.{kind}") + query,
            download="",
            className="take",
        )
        for kind in TAKEN
    ]
    return html.P([lead, *links], className="place-ways place-take")


def figures_button(page: str, t: Text, table: str) -> Component:
    """Return the menu of a table, which leaves as figures alone."""
    return _menu(page, table, ("export.button_table", FIGURES_MENU), [], t)


def _menu(page: str, name: str, menu: tuple[str, str], rows: list[list[Any]], t: Text) -> Component:
    attributes = {"className": "export", "data-page": page, "data-chart": name}
    label, rest = menu
    inside: list[list[Any]] = [
        ["summary", {}, [t(label)]],
        ["div", {"className": "export-menu"}, [*rows, kept(f"{rest}-{t.lang}")]],
    ]
    return Static([["details", attributes, inside]])


def kept_menus(t: Text) -> dict[str, list[Any]]:
    """Return what is the same in all menus of a page, which keeps it."""
    chosen = [
        _choice("kind", FILES, FILES[0], t),
        *(_choice(name, values, _usual(name, values, t), t) for name, values in CHOICES.items()),
        _row(
            t("export.width"),
            ["input", {"name": "width", "type": "number", "step": 1, **WIDTHS}, []],
        ),
        _row(t("export.transparent"), ["input", {"name": "transparent", "type": "checkbox"}, []]),
    ]
    told = {"making": "export.making", "own": "export.own_browser", "failed": "export.failed"}
    ends = [
        ["button", {"type": "button", "className": "export-go"}, [t("export.go")]],
        ["p", {"role": "status", **data(**{name: t(key) for name, key in told.items()})}, []],
        _citing(t),
    ]
    figures = _choice("kind", FIGURES, FIGURES[0], t)
    return {f"{MENU}-{t.lang}": [*chosen, *ends], f"{FIGURES_MENU}-{t.lang}": [figures, *ends]}


def _citing(t: Text) -> list[Any]:
    """Return the fold that assets/cite.js fills: link, citations and the code to embed."""
    attributes = {
        "className": "cite",
        **{f"data-{name}": t(f"export.cite_{name}") for name in CITED},
    }
    return ["details", attributes, [["summary", {}, [t("export.cite")]], ["div", {}, []]]]


def word_of(name: str, value: str) -> str:
    """Return the rest of the key by which a choice is called."""
    return f"{name}_{value.replace('-', '_')}"


def _usual(name: str, values: tuple[str, ...], t: Text) -> str:
    return t.lang if name == "words" else values[0]


def _choice(name: str, values: tuple[str, ...], usual: str, t: Text) -> list[Any]:
    options = [
        ["option", {"value": value}, [t(f"export.{word_of(name, value)}")]] for value in values
    ]
    return _row(t(f"export.{name}"), ["select", {"name": name, "defaultValue": usual}, options])


def _row(label: str, control: list[Any]) -> list[Any]:
    return ["label", {}, [["span", {}, [label]], control]]
