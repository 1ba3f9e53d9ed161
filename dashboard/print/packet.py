"""The packet for a publisher: figures for print and for editing, data, sources, and what they ask.

Beside the figures stand the credit, what was changed in the boundaries, and what the national rules
ask before a map is published: facts with their sources, in both languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.print import tables
from dashboard.print.about import REVIEW
from dashboard.print.bundle import archived
from dashboard.print.words import foot_lines
from dashboard.text import text
from geodata.places import drawn
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dashboard.print.exhibit import Exhibit
    from geodata.records import Lang

VECTORS: Final = ("svg", "pdf")
SUFFIX: Final = "packet.zip"
REGULATION: Final = "http://www.lawinfochina.com/display.aspx?id=21392&lib=law"
DAILY: Final = "http://news.dfce.com.cn/gundong/2023/0829/082023_212132.html"
TIANJIN: Final = "http://lwja.top/yaowen/2021/0907/51727.html"
TIANDITU: Final = "http://m.qinvps.com/blog/1730035732842821.html"
RULES: Final = (
    ("publish.rule_review", "publish.regulation", {"clause": "15", "link": REGULATION}),
    ("publish.rule_who", "publish.regulation", {"clause": "16", "link": REGULATION}),
    ("publish.rule_unchanged", "publish.provisions", {"clause": "5–6"}),
    ("publish.rule_provinces", "publish.provisions", {"clause": "7"}),
    ("publish.rule_standard", "publish.daily", {"link": DAILY}),
    ("publish.rule_edited", "publish.tianjin", {"link": TIANJIN}),
)
"""Key of what is asked, key of where it is written, and what that key is filled with."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A figure of a packet: its exhibits, the leading language first, and its pictures by kind."""

    exhibits: list[Exhibit]
    pictures: Mapping[str, bytes]

    @property
    def main(self) -> Exhibit:
        """Return the exhibit in the leading language."""
        return self.exhibits[0]

    def title(self, lang: Lang) -> str:
        """Return the title in a language, or as it is printed where it is not in that one."""
        return next((one.title for one in self.exhibits if one.lang == lang), self.main.title)


@dataclass(frozen=True, slots=True)
class Told:
    """What a packet says of itself: the view's address, today's date, and charts not drawn.

    These by name, with the reason in each language.
    """

    link: str
    date: str
    undrawn: tuple[tuple[str, Mapping[Lang, str]], ...] = ()


def zipped(figures: Sequence[Packed], told: Told) -> bytes:
    """Return the packet of a view as a zip.

    Parameters
    ----------
    figures
        At least one, the first of which names the packet.
    told
        Address, date, and charts left out with the reason.
    """
    files: dict[str, bytes] = {}
    for figure in figures:
        stem = figure.main.stem
        files |= {f"figures/{stem}.{kind}": made for kind, made in figure.pictures.items()}
        files[f"data/{stem}.csv"] = tables.csv_of(figure.main)
        files[f"data/{stem}.xlsx"] = tables.xlsx_of(figure.main, told.link, told.date)
    sources = {source.id: source for one in figures for source in one.main.cited}
    files["sources.csv"] = tables.sources_csv(sources.values())
    langs: list[Lang] = sorted(LANGUAGES, key=lambda lang: lang != figures[0].main.lang)
    texts = {"README.txt": [readme(lang, figures, told) for lang in langs]}
    texts["credit.txt"] = [credit(exhibits, told) for exhibits in in_each(figures)]
    if any(one.main.is_map for one in figures):
        texts["boundaries.txt"] = [changes(lang) for lang in langs]
        texts["publication.txt"] = [rules(lang, figures) for lang in langs]
    files |= {name: ("\n\n".join(parts) + "\n").encode() for name, parts in texts.items()}
    return archived(files)


def in_each(figures: Sequence[Packed]) -> Iterator[list[Exhibit]]:
    """Yield the exhibits of all figures in each language that they were asked for in."""
    yield from map(list, zip(*(one.exhibits for one in figures), strict=True))


def readme(lang: Lang, figures: Sequence[Packed], told: Told) -> str:
    """Say which figures and files a packet holds, and which charts are not in it."""
    t = text(lang)
    first = figures[0]
    is_map = any(one.main.is_map for one in figures)
    files = ["publish.file_pdf", "publish.file_svg", "publish.file_data", "publish.file_sources"]
    files += ["publish.file_credit"]
    files += (
        ["publish.file_boundaries", "publish.file_publication"] if is_map else ["publish.no_map"]
    )
    return "\n".join(
        [
            t("publish.heading", title=first.title(lang)),
            *(one.subtitle for one in first.exhibits if one.lang == lang),
            t("export.date", date=told.date),
            t("export.readme_link", link=told.link),
            "",
            t("publish.figures"),
            *(
                t("publish.figure", n=number, title=one.title(lang), stem=one.main.stem)
                for number, one in enumerate(figures, 1)
            ),
            *(t("publish.undrawn", name=name, reason=why[lang]) for name, why in told.undrawn),
            "",
            t("publish.files"),
            *map(t, files),
        ]
    )


def credit(exhibits: Iterable[Exhibit], told: Told) -> str:
    """Return what stands at the foot of each figure: sources, notes, credit and date."""
    blocks = (
        [one.title, *foot_lines(one), text(one.lang)("export.date", date=told.date)]
        for one in exhibits
    )
    return "\n\n".join("\n".join(lines) for lines in blocks)


def changes(lang: Lang) -> str:
    """List what was changed in the boundaries between their source and the maps."""
    t = text(lang)
    listed = (
        t(
            "publish.change_source",
            package=drawn.PACKAGE,
            version=drawn.PACKAGE_VERSION,
            digest=drawn.DISTRICT_SHA256,
            n=sum(drawn.COUNTIES_OF_PROVINCE.values()),
        ),
        t("publish.change_crs", source=drawn.SOURCE_CRS, drawn=drawn.DRAWN_CRS),
        t(
            "publish.change_simplified",
            metres=drawn.OVERVIEW_TOLERANCE_M,
            decimals=drawn.DECIMALS,
        ),
        t("publish.change_joined"),
        t("publish.change_drawn"),
        t("publish.change_coloured"),
    )
    credit_line = t("publish.credit_line", credit=t("shell.credit"), xiongan=t("shell.xiongan"))
    return "\n".join([t("publish.changes"), *numbered(listed), credit_line])


def rules(lang: Lang, figures: Sequence[Packed]) -> str:
    """Tell what is asked before a map is published, with sources, and what these maps are."""
    t = text(lang)
    asked = (
        f"{t(what)}\n   {t('publish.source', source=t(where, **filled))}"
        for what, where, filled in RULES
    )
    credit_lines = (line for one in figures for line in one.main.credits)
    numbers = dict.fromkeys(number for line in credit_lines for number in REVIEW.findall(line))
    here = (
        *(t("publish.here_number", number=number, link=TIANDITU) for number in numbers),
        t("publish.here_changed"),
    )
    lines = [t("publish.rules"), t("publish.rules_say"), "", *numbered(asked), ""]
    return "\n".join([*lines, t("publish.here"), *here])


def numbered(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines with their numbers before them."""
    return (f"{number}. {line}" for number, line in enumerate(lines, 1))
