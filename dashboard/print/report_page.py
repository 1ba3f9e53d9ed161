"""A report as the page that Chrome prints as PDF: the same sections, figures as vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.lettering import plain
from dashboard.print.office import caption, readable
from dashboard.print.svg import ON_A_PAGE
from dashboard.text import text, tongue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.print.office import Picture
    from dashboard.print.report import Report
    from geodata.records import Lang


def html_of(report: Report, lang: Lang, picture: Picture) -> str:
    """Return the page: headings, figures and tables with captions, sources."""
    t = text(lang)
    parts = [f"<h1>{plain(report.title)}</h1><p class=sub>{plain(report.subtitle)}</p>"]
    figures = tables = 0
    for section in report.sections:
        parts.append(f"<section><h2>{plain(section.heading)}</h2>")
        if section.figure:
            figures += 1
            drawn = readable(section.figure, picture, "svg", lang).decode()
            below = plain(caption("figure", figures, section.figure.title, lang))
            parts.append(f"<figure>{drawn}<figcaption>{below}</figcaption></figure>")
        parts += [f"<p>{plain(paragraph)}</p>" for paragraph in section.paragraphs]
        if section.table:
            tables += 1
            above = caption("table", tables, section.caption, lang)
            parts += table_of(section.table, above)
        parts.append("</section>")
    parts.append(f"<h2>{plain(t('export.report_sources'))}</h2>")
    parts += [f"<p>[{n}] {plain(line)}</p>" for n, line in enumerate(report.sources, 1)]
    parts += [f"<p>{plain(line)}</p>" for line in report.credits]
    return (
        f'<!doctype html><html lang="{tongue(lang)}"><head><meta charset="utf-8">'
        f"<title>{plain(report.title)}</title><style>{STYLE}{ON_A_PAGE}</style></head>"
        f"<body>{''.join(parts)}</body></html>"
    )


def table_of(rows: tuple[tuple[str, ...], ...], above: str) -> Iterator[str]:
    """Yield a table under its caption, its head at the top of each page."""
    head, *others = rows
    yield f"<table><caption>{plain(above)}</caption><thead><tr>"
    yield from (f"<th scope=col>{plain(words)}</th>" for words in head)
    yield "</tr></thead><tbody>"
    for row in others:
        yield from ("<tr>", *(f"<td>{plain(words)}</td>" for words in row), "</tr>")
    yield "</tbody></table>"


STYLE: Final = """
@page { size: A4; margin: 20mm }
body { font: 10.5pt/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  margin: 0 }
h1 { font-size: 20pt; margin: 0 }
h2 { font-size: 13pt; margin: 1.2em 0 .3em; break-after: avoid; break-inside: avoid }
figure { margin: 0; break-inside: avoid }
figure svg { width: 170mm; height: auto; display: block }
figcaption, caption { font-size: 9pt; color: #5c676d; text-align: left }
p { margin: .3em 0; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt } tr { break-inside: avoid }
th, td { text-align: left; border-bottom: .5pt solid #c9cdcb; padding: 2pt 4pt }
"""
