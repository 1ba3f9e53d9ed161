"""How figures, years, sources and notes are written; every word in both languages; sizes."""

from __future__ import annotations

import csv
import gzip
import re
import string
from pathlib import Path

import pytest
from dash import html
from plotly.io.json import to_json_plotly

import dashboard
from dashboard.charts import industry, ranking
from dashboard.charts.ranking_bars import Ranking
from dashboard.panels.components import Footnotes, source_text
from dashboard.panels.identity import identity
from dashboard.panels.plan import plan
from dashboard.panels.sites import sites
from dashboard.text import FOLDER, text
from dashboard.wording import (
    decimals_of,
    decimals_of_column,
    letter,
    quantity_text,
    share_text,
    spans,
    undated,
    year_text,
)
from geodata.records import Lang, Source, Status, Value
from tests.dashboard import panel_fixtures as made

ROOM = Path(dashboard.__file__).parent


@pytest.mark.parametrize(
    ("year", "zh", "en"),
    [
        ("2020", "2020年", "2020"),
        ("2021-2025", "2021—2025年", "2021–2025"),
        ("2024H1", "2024年上半年", "first half of 2024"),
        ("2023-02", "2023年2月", "2023-02"),
        ("1988-05-10", "1988年5月10日", "1988-05-10"),
        ("2024-01/2024-11", "2024年1—11月", "2024, months 1 to 11"),
        ("2023-07/2024-06", "2023年7月至2024年6月", "2023-07 to 2024-06"),
        ("", "年份未注明", "year not stated"),
        ("mid-2025", "mid-2025", "mid-2025"),
    ],
)
def test_years_periods_and_dates(year: str, zh: str, en: str) -> None:
    assert year_text(year, text("zh")) == zh
    assert year_text(year, text("en")) == en


@pytest.mark.parametrize(
    ("value", "status", "decimals"),
    [
        (621.03, "official", 2),
        (36000.0, "official", 0),
        (0.61, "secondary", 2),
        (1.23456789, "computed", 3),
        (123456.789, "computed", 0),
        (0.034567, "computed", 5),
        (0.0, "computed", 0),
        (None, None, 0),
    ],
)
def test_decimals_as_printed_or_four_digits_of_a_computed_figure(
    value: float | None, status: Status | None, decimals: int
) -> None:
    assert decimals_of(Value(value, "", "2020", status)) == decimals


def test_units_stand_after_their_numbers_as_each_language_counts() -> None:
    value = Value(621.03, "亿元", "2023")
    assert quantity_text(value, made.context("en")) == "62.103 billion yuan"
    assert quantity_text(value, made.context("zh")) == "621.03 亿元"
    assert quantity_text(Value(11.34, "%", "2020"), made.context("zh")) == "11.34%"


@pytest.mark.parametrize(
    ("share", "words"),
    [(None, "–"), (0, "0.0%"), (0.5, "50.0%"), (0.0004, "0.04%"), (0.00001, "<0.01%")],
)
def test_shares(share: float | None, words: str) -> None:
    assert share_text(share) == words


@pytest.mark.parametrize(
    ("lang", "name", "year", "left"),
    [
        ("zh", "采矿业区位商变化（2010—2020年）", "2010-2020", "采矿业区位商变化"),
        ("zh", "常住人口变化（2010—2020年普查）", "2010-2020", "常住人口变化（普查）"),
        ("zh", "第一产业占比（2003年以来）", "2003", "第一产业占比（2003年以来）"),
        ("en", "Mining: change of share, 2010–2020", "2010-2020", "Mining: change of share"),
    ],
)
def test_a_span_of_years_is_said_once(lang: Lang, name: str, year: str, left: str) -> None:
    assert undated(name, year, text(lang)) == left


def test_letters_go_on_after_z() -> None:
    assert [letter(i) for i in (0, 25, 26, 52)] == ["a", "z", "aa", "ba"]


def test_footnotes_are_numbered_once_in_order_of_use() -> None:
    feet = Footnotes(made.context())
    marks = [feet.mark(["census"], ["x"]), feet.mark(["seed2024", "census"]), feet.mark((), ["x"])]
    assert [made.said(mark[0]) for mark in marks] == ["1,a", "1,2", "a"]
    assert feet.mark() == []
    words = "".join(made.said(part) for part in feet.close())
    assert words.index("北京市人口普查年鉴2020") < words.index("京津冀布局")
    assert words.startswith("ax")


def test_only_a_trusted_link_is_a_link() -> None:
    trusted, untold = (source_text(made.SOURCES[key], text("zh")) for key in ("seed2024", "census"))
    assert made.said(html.P(trusted)) == "京津冀布局 · 经济学报 · 2024"
    title = trusted[0]
    assert (title.href, title.target, title.rel) == (
        "https://example.gov.cn/a",
        "_blank",
        "noopener",
    )
    assert untold == ["北京市人口普查年鉴2020 · 北京市统计局 · 2022 · 未记录网址"]
    odd = Source("x", "题名", "", "", "javascript:alert(1)")
    assert source_text(odd, text("zh")) == ["题名 · 未记录网址"]


def test_every_word_stands_in_both_languages_with_the_same_placeholders() -> None:
    with (FOLDER / "panel.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            fields = [
                {name for _, name, _, _ in string.Formatter().parse(row[lang]) if name}
                for lang in ("zh", "en")
            ]
            assert fields[0] == fields[1], row["key"]


def test_every_key_used_exists_and_every_key_is_used() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in sorted(ROOM.rglob("*.py"))
        if path.parent != FOLDER  # its docstring shows how a key is used
    )
    used = set(re.findall(r"[\"']panel\.([a-z_0-9]+)[\"']", code))
    stems = re.findall(r"f\"panel\.([a-z_0-9]+)\{", code)
    with (FOLDER / "panel.csv").open(encoding="utf-8", newline="") as file:
        known = {row["key"] for row in csv.DictReader(file)}
    assert used <= known
    unused = {k for k in known - used if not any(k.startswith(stem) for stem in stems)}
    assert not unused - {"kind", "layout", "circles"}


def test_no_panel_renders_text_as_markup() -> None:
    for path in (*(ROOM / "panels").glob("*.py"), *(ROOM / "charts").glob("*.py")):
        code = path.read_text(encoding="utf-8")
        assert "dangerously" not in code
        assert "Markdown" not in code


def test_five_panels_of_one_region_stay_small() -> None:
    here = made.context()
    places = (made.TONGZHOU, made.QIAOXI)
    ranks = Ranking(made.column((1.0, 2.0, None)), places)
    ranked = ranking.chart(ranks, made.POPULATION, here, made.REGION.name, tuple)
    panels = [
        identity([made.profile()], here),
        made.on_page(industry.PANEL, industry.chart([made.industry()], here)),
        sites([(made.TONGZHOU, [made.cluster(), made.park()] * 4)], here),
        plan([(made.TONGZHOU, made.plan_items())], here),
        made.on_page(ranking.PANEL, ranked),
    ]
    written = to_json_plotly(panels).encode()
    # The charts bring their method notes and the menus of what leaves: some 5 kB;
    # a place brings the link to its page and the ways to take that along.
    assert len(written) <= 46_500
    assert len(gzip.compress(written)) <= 8_000


def test_numbers_in_a_row_are_written_as_a_span() -> None:
    assert spans([1, 2, 3, 4, 7, 8, 10], str) == ["1–4", "7", "8", "10"]
    assert spans([0, 1, 2, 25, 26], letter) == ["a–c", "z", "aa"]
    assert spans([], str) == []


@pytest.mark.parametrize(
    ("figures", "decimals"),
    [
        ((4.93, 8.6215), 2),  # not 4.9300
        ((996.0, 843.7), 1),
        ((2189.3095, 120.5401), 4),
        ((1.0, 2.0), 0),
    ],
)
def test_a_column_has_one_precision_that_no_figure_is_padded_far_beyond(
    figures: tuple[float, ...], decimals: int
) -> None:
    column = [Value(figure, "亿吨", "2024", "official") for figure in figures]
    assert decimals_of_column(column) == {"亿吨": decimals}
