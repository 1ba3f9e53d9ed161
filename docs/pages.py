"""Fills the pages of the site: files of the repository, notes of methods, the drawing of rooms.

A line `<!-- made: WHAT … -->` of a page gives way to what a function of `MADE` returns, so that
nothing on the site is a copy. Links between files of the repository become links between pages.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

from dashboard.panels import method, methods
from dashboard.text import text
from docs import drawing
from geodata.catalog.reader import load_catalog
from geodata.records import Lang, Level, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx

    from dashboard.text import Text
    from geodata.catalog.entries import Catalog
    from geodata.records import Indicator, Name

DOCS: Final = Path(__file__).parent
ROOT: Final = DOCS.parent
SHOWN: Final = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
    "geodata/tables/README.md": "facts.md",
}
"""Files of the repository that are pages of the site, by the page that shows them."""

_LINE: Final = re.compile(r"^<!-- made: (.+) -->$", re.MULTILINE)
_LINK: Final = re.compile(r"\]\((?!\w+:|#)([^)\s#]+)(#[^)\s]*)?\)")
_BAR: Final = re.compile(r"\|(?=\S)")
_BROKEN: Final = re.compile(
    r"(?<=[\u3001-\u9fff\uff00-\uffef”—])\n *(?=[\u3001-\u9fff\uff00-\uffef“—])"
)
"""An end of a line within Chinese, where a page would show a space."""
_PICTURE: Final = re.compile(r"(?<!!)\[([^\]]*)\]\(screenshots/([^)\s]+\.png)\)")
"""A link to a picture, which a page is to open and not to save."""
_MARKS: Final = re.compile(r"([\\`*_\[\]<>|$#])")


def setup(app: Sphinx) -> dict[str, bool]:
    """Fill each page as Sphinx reads it."""
    app.connect("source-read", _fill)
    app.connect("autodoc-process-docstring", _keep_bars, priority=900)  # after napoleon
    return {"parallel_read_safe": True}


def _fill(app: Sphinx, page: str, source: list[str]) -> None:
    app.env.note_dependency(__file__)
    source[0] = filled(source[0], DOCS / f"{page}.md")


def _keep_bars(*told: Any) -> None:  # noqa: ANN401 - the arguments of the event
    """Let |x| be an absolute value, as the docstrings have it, and no substitution."""
    lines: list[str] = told[-1]
    lines[:] = [_BAR.sub(r"\\|", line) for line in lines]


def filled(source: str, page: Path) -> str:
    """Return the text of a page with what is made for it, its links leading to pages."""

    def made(line: re.Match[str]) -> str:
        what, *arguments = line[1].split()
        return MADE[what](*arguments)

    whole = _LINE.sub(made, relinked(source, page, page))
    return _PICTURE.sub(r'<a href="_static/\2">\1</a>', _BROKEN.sub("", whole))


def relinked(source: str, file: Path, page: Path) -> str:
    """Return a text with its links, written for where `file` lies, as `page` needs them."""

    def led(link: re.Match[str]) -> str:
        target = Path(os.path.normpath(file.parent / link[1]))
        shown = SHOWN.get(target.relative_to(ROOT).as_posix())
        to = os.path.relpath(DOCS / shown if shown else target, page.parent)
        return f"]({Path(to).as_posix()}{link[2] or ''})"

    return _LINK.sub(led, source)


def file(name: str) -> str:
    """Return a file of the repository as the page that shows it."""
    source = (ROOT / name).read_text(encoding="utf-8")
    return relinked(source, ROOT / name, DOCS / SHOWN[name])


def plain(said: str) -> str:
    """Return words so that Markdown sees no marks in them."""
    return _MARKS.sub(r"\\\1", said)


def notes(lang: Lang) -> str:
    """Return the general part and the note of every chart, as the page of methods has them."""
    t = text(lang)
    catalog = load_catalog()
    more = {"breaks": _breaks(catalog, t), "statuses": _statuses(catalog, lang)}
    lines = [f"## {t('methods.general')}"]
    fields = methods.fields(t)
    for section in methods.SECTIONS:
        said = t(f"methods.text_{section}", **fields.get(section, {}))
        lines += [f"### {t(f'methods.{section}')}", *map(plain, said.split("\n"))]
        lines += [more[section]] if section in more else []
    for page, charts in methods.noted().items():
        lines.append(f"## {t(f'shell.page_{page}')}")
        for chart in charts:
            room = f"method_{page}.{chart}"
            lines.append(f"({page}-{chart}-{lang})=\n### {t(f'{room}.title')}")
            lines += [
                f"{t(f'shell.method_{part}')}\n: {_said(t(f'{room}.{part}'))}"
                for part in method.PARTS
            ]
    lines.append(f"## {t('methods.glossary')}")
    lines += [
        f"{t(f'methods.word_{word}')}\n: {_said(t(f'methods.means_{word}'))}"
        for word in methods.glossary_words()
    ]
    return "\n\n".join(lines)


def _breaks(catalog: Catalog, t: Text) -> str:
    head = methods.break_head(t)
    rows = methods.break_rows(catalog.indicators, catalog.breaks_of, t)
    lines = [head, ["---"] * len(head), *([plain(said) for said in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _statuses(catalog: Catalog, lang: Lang) -> str:
    return "\n".join(f"- {catalog.terms['status', one][lang]}" for one in get_args(Status))


def _said(words: str) -> str:
    return plain(words).replace("\n", "\n\n  ")


def indicators() -> str:
    """Return the catalogue by theme: names, id, unit, definition, levels and breaks."""
    catalog = load_catalog()
    lines: list[str] = []
    for theme, name in catalog.themes:
        lines.append(f"## {name.zh} · {name.en}")
        shown = [one for one in catalog.indicators.values() if one.theme == theme]
        lines += ["\n: ".join(_entry(one, catalog)) for one in shown]
    return "\n\n".join(lines)


def _entry(one: Indicator, catalog: Catalog) -> Iterator[str]:
    unit = plain(one.unit) or "—"
    yield f"**{plain(one.name.zh)}** · {plain(one.name.en)} · `{one.id}`（{unit}）"
    yield from _both(one.definition)
    for level in get_args(Level):
        for line in catalog.breaks:
            if (line.indicator, line.level) == (one.id, level):
                yield f"*{line.year}*：{plain(line.reason.zh)} · {plain(line.reason.en)}"


def _both(name: Name) -> Iterator[str]:
    yield from (plain(said).replace("\n", " ") for said in (name.zh, name.en) if said)


def rooms() -> str:
    """Return the drawing of the rooms, and below it the same in words."""
    return f"```{{raw}} html\n{drawing.svg()}\n{drawing.told()}\n```"


def measures() -> str:
    """Return the directives that take the docstrings of every module of measures."""
    modules = sorted(path.stem for path in (ROOT / "geodata" / "measures").glob("[a-z]*.py"))
    return "\n\n".join(
        f"### {one}\n\n```{{eval-rst}}\n.. automodule:: geodata.measures.{one}\n   :members:\n```"
        for one in modules
    )


MADE: Final[dict[str, Callable[..., str]]] = {
    "file": file,
    "notes": notes,
    "indicators": indicators,
    "measures": measures,
    "rooms": rooms,
}
