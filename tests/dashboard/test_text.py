"""The words: none missing, none left over, the same placeholders in both languages."""

from __future__ import annotations

import ast
import csv
import re
from string import Formatter
from typing import TYPE_CHECKING, Final, get_args

import pytest

from dashboard import papers
from dashboard.app import SAID
from dashboard.charts import (
    beijing,
    clusters_map,
    coagglomeration,
    planned,
    primacy_years,
    shift,
)
from dashboard.companion import Why
from dashboard.data.wanted import FORMATS
from dashboard.map.categories import HOT, LISA, REST
from dashboard.map.paired import THIRDS
from dashboard.map.points import LAYER_COLOURS
from dashboard.pages import address, clusters, compare, firms, linkages, search
from dashboard.pages.callbacks import PAGES
from dashboard.pages.data import SECTIONS as SECTIONS_OF_DATA
from dashboard.pages.explore import SECTIONS
from dashboard.pages.frame import OWN_NOTICES
from dashboard.pages.presets import PRESETS
from dashboard.pairing import Why as WhyAlone
from dashboard.panels import methods, spread, taking
from dashboard.panels.claims import HEADS as CLAIM_HEADS
from dashboard.panels.data_table import LOCALE, WIDTHS
from dashboard.panels.industries_near import HEADS as INDUSTRY_HEADS
from dashboard.panels.method import PARTS
from dashboard.panels.place import FIGURE_HEADS
from dashboard.panels.place_beside import MARKET_HEADS
from dashboard.panels.roles import HEADS as ROLE_HEADS
from dashboard.panels.verdicts import HEADS as VERDICT_HEADS
from dashboard.print.checks import GRAVE
from dashboard.print.report_beyond import HEADS as NEAR_HEADS
from dashboard.text import FOLDER, text, words
from dashboard.view import CHOICES, LAYERS, METHODS, PARAMETERS
from dashboard.web.journal import TOLD
from dashboard.web.stale import REASONS
from geodata.facts.printed import INDEX_PARTS
from geodata.facts.sources import CATALOG
from geodata.figures import COLUMNS
from geodata.measures import verdict
from geodata.measures.coupling import GRADES
from geodata.records import LEVELS, PlaceKind, Role, Test
from geodata.studies.claim_records import PARTS as CLAIM_PARTS
from geodata.studies.drawn_circles import By
from geodata.studies.groups import Reason
from geodata.studies.links import KINDS, Span
from geodata.studies.news import Kind as NewsKind
from geodata.studies.pairs import Bar
from geodata.studies.roles import Verdict
from geodata.studies.timeline import KINDS as MILESTONE_KINDS
from tests.conftest import ROOT
from tests.dashboard.own_words import OWN_FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from geodata.records import Lang


TABLES: Final = sorted(path.stem for path in FOLDER.glob("*.csv"))
ROOMS: Final = [room for room in TABLES if not room.startswith("method_")]
"""Method notes are looked up by chart: see test_panels_method.py."""
KEY: Final = re.compile(rf"({'|'.join(ROOMS)})\.[a-z0-9_{{}}]+")
OPEN: Final = "{}"
NARROWED: Final = {t for preset in PRESETS.values() for t in preset.get("layers", ()) if "." in t}
"""Layers narrowed to an industry, which look like keys."""
LINKAGE_HEADS: Final = (
    *("pair", "minutes", "index", "ends", "figure", "value", "period"),
    *("rank", "place", "innovation_side", "industry_side", "c", "t", "d", "grade"),
)
LINKAGE_WORDS: Final = (*("coupled_depends", "coupled_steady", "chain_empty", "too_few"),)
TOOLS: Final = ("zoom_in", "zoom_out", "reset", "lasso", "clear")

# A key that is put together from parts: every word that may stand in the gap.
LOOKED_UP: Final = ("place", "claim")
"""What the data are asked for by a word."""
FAMILIES: Final[Mapping[str, Sequence[str]]] = {
    **OWN_FAMILIES,
    "shell.search_{}": search.FOUND,
    "web.stray_{}": (address.UNKNOWN, address.REPEATED),
    "export.alt_{}": ("map", "chart"),
    "export.fault_{}": [one.replace(" ", "_") for one in GRAVE],
    "data.places_{}": ("present", "total"),
    "clusters.{}": ("islands", "left_out"),
    "clusters.beijing_{}": tuple(beijing.MARKS),
    "clusters.beijing_{}_short": tuple(beijing.MARKS),
    "clusters.beijing_{}_told": tuple(beijing.MARKS),
    "clusters.column_{}": ("lq", "count", "share", "change"),
    "clusters.entry_{}": ("worse", "chance", "level", "better"),
    "clusters.entry_item_{}": ("density", "own"),
    "clusters.relatedness_{}": ("all", "none"),
    "clusters.relatedness_head_{}": INDUSTRY_HEADS,
    "clusters.hover_{}": (*shift.PARTS, *clusters_map.PATTERNS),
    "clusters.kind_{}": (*LISA, *HOT, *REST),
    "clusters.map_{}": CHOICES["paint"],
    "clusters.measure_{}": [measure for measure, _ in spread.MEASURES],
    "clusters.n_{}": ("county", "city"),
    "clusters.nav_{}": clusters.NAMES,
    "clusters.over_{}": ("compared", "all"),
    "clusters.paint_{}": CHOICES["paint"],
    "clusters.part_{}": ("change", *shift.PARTS),
    "clusters.strength_{}": ("specialisation", "size", "growth", "mean", "percentile", "rank"),
    "clusters.structure_{}": ("krugman", "herfindahl", "diversity"),
    "clusters.weights_{}": CHOICES["weights"],
    "clusters.weights_{}_short": CHOICES["weights"],
    "findings.turn_{}": ("holds", "fails"),
    "findings.{}_at": ("holds", "fails"),
    "findings.head_{}": CLAIM_HEADS,
    "place.related_head_{}": NEAR_HEADS,
    "findings.outcome_{}": (*get_args(verdict.Outcome), "told"),
    "findings.part_{}": CLAIM_PARTS,
    "findings.verdict_{}": verdict.VERDICTS,
    "place.head_{}": (*FIGURE_HEADS, *MARKET_HEADS),
    "place.take_{}": taking.TAKEN,
    "place.is_{}": (*get_args(PlaceKind), "municipality"),
    "place.rank_{}": LEVELS,
    "second.maps_{}": CHOICES["maps"],
    "second.why_{}": (*get_args(Why), "no_fill"),
    "paired.{}": THIRDS,
    "paired.why_{}": [why for why in get_args(WhyAlone) if why],
    "tour.{}": ("back", "next"),
    "tour.title_{}": CHOICES["tour"][1:],
    "tour.words_{}": CHOICES["tour"][1:],
    "linkages.{}": LINKAGE_WORDS,
    "linkages.among_{}": CHOICES["among"],
    "linkages.coagglomeration_{}": coagglomeration.VERDICTS,
    "linkages.coagglomeration_{}_of": coagglomeration.VERDICTS,
    "linkages.division_item{}": ("", "_narrow"),
    "linkages.functions_{}": ("professionals", "production"),
    "linkages.grade_{}": [name for _, name in GRADES],
    "linkages.head_{}": (*LINKAGE_HEADS, *ROLE_HEADS),
    "linkages.lead_{}": tuple(KINDS),
    "linkages.likeness_{}": CHOICES["likeness"],
    "linkages.link_{}": CHOICES["links"],
    "linkages.mass_{}": CHOICES["mass"],
    "linkages.matrix_{}": CHOICES["likeness"],
    "linkages.matrix_lead_{}": CHOICES["among"],
    "linkages.nav_{}": tuple(linkages.SECTIONS),
    "linkages.partners_{}": ("supplied", "taken"),
    "linkages.weighing_{}": CHOICES["weighing"],
    "linkages.weighed_{}": CHOICES["weighing"],
    "linkages.planned_{}": (*planned.PARTS, *get_args(By), "jaccard", "untold"),
    "linkages.planned_{}_named": (*planned.PARTS, "untold"),
    "linkages.quadrant_{}": ("both", "innovation", "industry", "neither"),
    "linkages.span_{}": get_args(Span),
    "linkages.ties_{}": CHOICES["links"],
    "linkages.unit_{}": CHOICES["links"],
    "linkages.verdict_{}": get_args(Verdict),
    "linkages.without_{}": get_args(Reason),
    "linkages.{}_alike": ("most", "least"),
    "methods.test_{}": [test for test in get_args(Test) if test],
    "methods.verdict_{}": VERDICT_HEADS,
    "compare.family_{}": CHOICES["family"],
    "compare.class_{}": ("cities", "expected"),
    "compare.kind_{}": MILESTONE_KINDS,
    "compare.measure_{}": ("year", "n", "theil", "gini", "variation", "sigma"),
    "compare.index_{}": ("total", "rise", *INDEX_PARTS),
    "compare.measures_{}": CHOICES["weighting"],
    "compare.primacy_{}": ("scope", "year", "first", "two", "four", "share"),
    "compare.years_{}": (*primacy_years.DECIMALS, "low", "high"),
    "compare.section_{}": tuple(compare.SECTIONS),
    "compare.size_{}": CHOICES["size"],
    "compare.theil_lead_{}": CHOICES["weighting"],
    "compare.weighting_{}": CHOICES["weighting"],
    "shell.asking_{}": SAID,
    "shell.table_{}": ("place", "item", "value", "unit", "year"),
    "export.{}": (
        *("chart", "kind", *taking.CHOICES),
        *(
            taking.word_of("chart", name)
            for page in PAGES.values()
            for panel in page.panels
            for name in panel.names
            if len(panel.names) > 1
        ),
        *(taking.word_of("kind", value) for value in papers.FILES),
        *(taking.word_of(name, v) for name, values in taking.CHOICES.items() for v in values),
    ),
    "export.cite_{}": taking.CITED,
    "export.by_{}": ("county", "city"),
    "export.item_{}": (
        *(*shift.YEAR_OF, "low", "high", "count", "theil", "between"),
        *("supplied", "taken"),
    ),
    "export.level_{}": ("county", "city"),
    "export.measure_{}": ("lq", "share", "benchmark", "count", "before"),
    "origin.{}": (
        "value",
        "year",
        "status",
        "definition",
        "subtotal",
        "note",
        "sources",
        "figure",
    ),
    "map.method_{}": ("fisher", "quantile", "equal", "around", "own"),
    "methods.break_{}": ("year", "reason", "of"),
    "methods.means_{}": methods.glossary_words(),
    "methods.text_{}": methods.SECTIONS,
    "methods.word_{}": methods.glossary_words(),
    "methods.{}": (*methods.SECTIONS, "glossary"),
    "data.api_{}": tuple(FORMATS),
    "data.api_{}s": LOOKED_UP,
    "data.near_{}": LOOKED_UP,
    "data.no_{}": LOOKED_UP,
    "data.column_{}": COLUMNS,
    "data.grid_{}": [word.lower() for word in LOCALE],
    "data.head_{}": tuple(WIDTHS),
    "data.section_{}": SECTIONS_OF_DATA,
    "data.news_{}": get_args(NewsKind),
    "data.source_{}": ("title", "publisher", "date", "figures", "id"),
    "panel.column_{}": ("lq", "share", "count"),
    "panel.date_{}": ("year", "month", "day"),
    "panel.half_{}": ("1", "2"),
    "panel.kind_{}": get_args(PlaceKind),
    "panel.mark_{}": ("revised", "preliminary", "secondary", "computed", "own"),
    "panel.ranked_{}": sorted({*get_args(Role)} - {"core", "wing", "member"}),
    "panel.scatter_{}": [bar for bar in get_args(Bar) if bar],
    "panel.{}": ("kind", "layout", "circles"),
    "shell.draw_{}": CHOICES["draw"],
    "shell.classes_{}": (*METHODS, "own"),
    "shell.filter_{}": ("clusters", "parks"),
    "shell.layer_{}": (*LAYERS, *LAYER_COLOURS),
    "shell.level_{}": ("county", "city"),
    "shell.method_{}": PARTS,
    "shell.nav_{}": tuple(SECTIONS),
    "shell.notice_{}": OWN_NOTICES,
    "shell.p_{}": [name for name in PARAMETERS if name not in OWN_NOTICES],
    "shell.page_{}": [*(page.name for page in PAGES.values()), "own", firms.PAGE.name],
    "shell.preset_{}": tuple(PRESETS),
    "shell.preset_{}_hint": tuple(PRESETS),
    "shell.{}": TOOLS,
    "web.error_{}": (*(str(status) for status in sorted(TOLD)), "other"),
    "web.stale_{}": (*REASONS.values(), "other"),
}


def sources() -> list[Path]:
    return sorted((ROOT / "dashboard").rglob("*.py"))


def is_note(key: str) -> bool:
    return key.startswith("method_")


def literals(path: Path) -> Iterator[str]:
    """Yield the strings of a file, `{}` for each gap of an f-string; docstrings are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else OPEN for part in node.values
            )
        elif isinstance(node, ast.Constant) and id(node) not in prose | inside:
            yield str(node.value)


def found() -> set[str]:
    """Return every key in the source, whole or with gaps."""
    keys = {one for path in sources() for one in literals(path) if KEY.fullmatch(one)}
    return keys - NARROWED


def gaps(word: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(word) if field is not None}


def test_every_key_has_a_word_in_both_languages() -> None:
    whole = {key for key in found() if OPEN not in key}
    assert len(whole) > 100
    for lang in ("zh", "en"):
        assert sorted(whole - set(words(lang))) == []


def test_the_families_of_keys_are_those_of_the_source() -> None:
    assert {key for key in found() if OPEN in key} == set(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family_has_a_word(family: str) -> None:
    keys = {family.replace(OPEN, member) for member in FAMILIES[family]}
    assert sorted(keys - set(words("zh"))) == []


def test_every_word_is_used() -> None:
    whole = {key for key in found() if OPEN not in key}
    built = {f.replace(OPEN, member) for f, members in FAMILIES.items() for member in members}
    headings = {f"{panel.page}.{panel.name}" for page in PAGES.values() for panel in page.panels}
    kept = {key for key in words("zh") if not is_note(key)}
    assert sorted(kept - whole - built - headings) == []


def test_a_key_stands_in_one_file_once() -> None:
    for room in TABLES:
        with (FOLDER / f"{room}.csv").open(encoding="utf-8", newline="") as file:
            keys = [row["key"] for row in csv.DictReader(file)]
        assert len(set(keys)) == len(keys), room


def test_both_languages_fill_the_same_gaps() -> None:
    zh, en = words("zh"), words("en")
    assert [key for key in zh if gaps(zh[key]) != gaps(en[key])] == []


def test_english_is_english() -> None:
    chinese = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
    assert {key: word for key, word in words("en").items() if chinese.search(word)} == {}


def test_no_space_parts_a_number_from_its_per_cent_sign() -> None:
    """As figures are written everywhere (`dashboard.numbers.percent`)."""
    files = [*FOLDER.glob("*.csv"), *CATALOG.glob("*.csv")]
    parted = re.compile(r"[\d}] %(?!\{)")
    told = [(file.name, one) for file in files for one in parted.findall(file.read_text("utf-8"))]
    assert len(files) > 20
    assert told == []


def test_chinese_punctuation_is_chinese() -> None:
    """Between Chinese characters there stands no half-width comma, colon or stop."""
    half = re.compile(r"[\u4e00-\u9fff][,;:!?][\u4e00-\u9fff]")
    assert {key: word for key, word in words("zh").items() if half.search(word)} == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_word_is_filled(lang: Lang) -> None:
    t = text(lang)
    assert "3" in t("map.more", n=3)
    assert t("map.up_to", high="1.25") == "≤ 1.25"
    with pytest.raises(KeyError):
        t("map.no_such_word")


def test_no_chinese_word_hides_in_the_source() -> None:
    """Names of languages, punctuation and the fonts' names aside, words live in the tables."""
    letters = re.compile(r"[\u4e00-\u9fff]")
    # These speak on the console, in both languages at once.
    names = r"checking|cli|command|headlines|loading|owning|printing|serving|shipped|tasks"
    terminal = re.compile(names)
    hidden = {
        f"{path.name}: {one}"
        for path in sources()
        if not terminal.fullmatch(path.stem)
        for one in literals(path)
        if letters.search(one) and one != "中文"
    }
    assert hidden == set()


def test_the_browser_has_no_words_of_its_own_but_the_title() -> None:
    script = (ROOT / "assets" / "atlas.js").read_text(encoding="utf-8")
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", script, flags=re.DOTALL)
    chinese = set(re.findall(r'"([^"\n]*[\u4e00-\u9fff][^"\n]*)"', code))
    assert chinese <= set(words("zh").values())


@pytest.mark.parametrize(
    ("key", "lang", "words"),
    [
        ("compare.rank_gap", "zh", "为法则预期值的{factor}倍"),
        ("compare.beta_flat", "zh", "未见显著的收敛或分化"),
        ("panel.no_sites", "zh", "列名的集群"),
        ("clusters.sizes_key", "zh", "专业化程度高、规模大"),
        ("method_clusters.strength.read", "zh", "专业化程度高、规模大、增长快"),
        ("clusters.weights_queen", "zh", "邻接（Queen，共边或共点）"),
        ("linkages.gravity_lead", "zh", "城市规模以{mass}计"),
        ("clusters.left_out", "zh", "缺数据的县不参与权重计算"),
        ("map.pale", "en", "area under its influence"),
    ],
)
def test_a_sentence_is_written_as_a_planner_writes_it(key: str, lang: Lang, words: str) -> None:
    assert words in text(lang)(key)
