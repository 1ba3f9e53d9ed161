"""The catalogue: what it holds, what it refuses, and each operation by hand."""

import csv
import shutil
from pathlib import Path

import pytest

from geodata.catalog import FOLDER, Catalog, Notes, Recipe, load_catalog, load_notes
from geodata.catalog.derive import OPERATIONS, Figure, Figures, Ground, Key, computed, derive
from geodata.catalog.entries import Operation
from geodata.catalog.units import load_units
from geodata.errors import FactsError, UnknownNameError
from geodata.facts import statistics
from geodata.facts.sources import load_renderings, load_titles
from geodata.measures import industry, wholes, workforce
from geodata.places.regions import build_regions
from geodata.places.schemes import build_layout
from geodata.places.sites import read_identity, read_metrics
from geodata.records import Name
from geodata.studies.claim_records import load_claims
from geodata.studies.compute import read_kinds
from geodata.studies.news import read_news
from geodata.studies.sites import read_sections
from geodata.studies.stories import read_stories

GROUND = Ground(areas={}, incomparable=frozenset(), remarks={})


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the catalogue that a test may spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "catalog"))


def spoil(folder: Path, name: str, row: dict[str, str], **cells: str) -> None:
    """Change cells in the rows of a file that hold all cells of `row`."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    hit = [r for r in rows if all(r[k] == v for k, v in row.items())]
    assert hit
    for found in hit:
        found.update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_themes_stand_in_the_order_a_reader_chooses_from(catalog: Catalog) -> None:
    assert [theme for theme, _ in catalog.themes][:4] == [
        "population",
        "economy",
        "structure",
        "lq",
    ]
    assert {entry.theme for entry in catalog.indicators.values()} == {t for t, _ in catalog.themes}


def test_every_name_definition_and_break_is_in_both_languages(catalog: Catalog) -> None:
    names = [entry.name for entry in catalog.indicators.values()]
    names += [entry.definition for entry in catalog.indicators.values()]
    names += [entry.reason for entry in catalog.breaks] + [name for _, name in catalog.themes]
    for name in names:
        assert any("一" <= letter <= "鿿" for letter in name.zh), name
        assert name.en.isprintable(), name
        assert not any("一" <= letter <= "鿿" for letter in name.en), name
        assert "{" not in name.zh + name.en, name


def test_labels_are_told_apart_in_both_languages(catalog: Catalog) -> None:
    for lang in ("zh", "en"):
        labels = [entry.name[lang] for entry in catalog.indicators.values()]
        assert len(labels) == len(set(labels))


def test_each_of_the_nineteen_industries_has_count_share_quotient_and_change(
    catalog: Catalog,
) -> None:
    for prefix in ("emp_", "emp_share_", "emp_share_change_", "lq_", "lq_change_"):
        entry = catalog.indicators[f"{prefix}information_software"]
        assert entry.sector == "I"
        found = [
            i for i in catalog.indicators if i.startswith(prefix) and catalog.indicators[i].sector
        ]
        same = [i for i in found if i.count("_") >= prefix.count("_")]
        assert len({catalog.indicators[i].sector for i in same}) == 19
    assert catalog.indicators["lq_mining"].diverging_at == 1
    assert catalog.indicators["lq_mining"].name == Name("采矿业区位商", "Mining: location quotient")


def test_computed_indicators_declare_ingredients_and_cannot_be_summed_unless_sums(
    catalog: Catalog,
) -> None:
    for name, recipe in catalog.recipes.items():
        assert bool(recipe.ingredients) == bool(recipe.operation), name
        if recipe.operation and recipe.operation != "sum":
            assert not catalog.indicators[name].summable, name


def test_only_amounts_are_summable(catalog: Catalog) -> None:
    for entry in catalog.indicators.values():
        assert entry.summable == (entry.kind == "amount"), entry.id


def test_hidden_ingredients_are_not_offered(catalog: Catalog) -> None:
    assert catalog.recipes["strata_total"].hidden
    assert "strata_total" not in catalog.indicators


def test_breaks_of_gdp_are_those_of_the_censuses(catalog: Catalog) -> None:
    """Of GDP as published, 2018 too: before, the scope of two cities is not stated."""
    assert [b.year for b in catalog.breaks_of("gdp", "city")] == ["2019", "2024", "2025"]
    assert [b.year for b in catalog.breaks_of("gdp", "province")] == ["2025"]
    assert [b.year for b in catalog.breaks_of("gdp_alike", "city")] == ["2019", "2024"]
    assert [b.year for b in catalog.breaks_of("gdp_published", "city")] == ["2018", "2019", "2024"]
    assert catalog.breaks_of("population", "county") == ()


def test_a_break_of_some_places_names_those_of_its_reason(catalog: Catalog) -> None:
    names = {
        "110000": "京",
        "120000": "津",
        "130000": "河北各市",
        "130100": "石家庄",
        "130600": "保定",
    }
    told = [b for b in catalog.breaks if b.places]
    assert told
    for one in told:
        assert all(names[place] in one.reason.zh for place in one.places), one


def test_terms_and_operations_are_asked_by_name(catalog: Catalog) -> None:
    assert catalog.term("industry", "C") == Name("制造业", "Manufacturing")
    assert catalog.term("unit", "亿元").en == "100 million yuan"
    assert catalog.operation("lq_mining") == "lq"
    assert catalog.operation("population") == ""
    with pytest.raises(UnknownNameError, match=r"terms\.csv"):
        catalog.term("unit", "parsec")
    with pytest.raises(UnknownNameError, match="'nothing'"):
        catalog.operation("nothing")


def test_terms_are_sorted_so_that_additions_merge() -> None:
    with (FOLDER / "terms.csv").open(encoding="utf-8", newline="") as file:
        keys = [(row["vocabulary"], row["id"]) for row in csv.DictReader(file)]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    ("name", "row", "cells", "message"),
    [
        ("indicators", {"id": "gdp"}, {"theme": "money"}, "no theme 'money'"),
        ("indicators", {"id": "gdp"}, {"en": ""}, "both the Chinese and the English"),
        ("indicators", {"id": "gdp"}, {"definition_zh": ""}, "both the Chinese and the English"),
        ("indicators", {"id": "gdp"}, {"unit": "贯"}, "terms.csv has no unit '贯'"),
        ("indicators", {"id": "gdp"}, {"kind": "sum"}, "'sum' is not one of amount, share"),
        ("indicators", {"id": "gdp"}, {"decimals": "one"}, "'one' is not a whole number"),
        ("indicators", {"id": "gdp"}, {"id": "area"}, r"area is already in line \d+; keep one"),
        (
            "indicators",
            {"id": "sex_ratio"},
            {"ingredients": "men;women"},
            "unknown ingredients: men, women",
        ),
        ("indicators", {"id": "sex_ratio"}, {"ingredients": ""}, "needs an operation"),
        ("indicators", {"id": "sex_ratio"}, {"operation": "quotient"}, "'quotient' is not one of"),
        ("series", {"indicator": "co2"}, {"from": "2018"}, "years run back"),
        ("series", {"indicator": "co2"}, {"why": ""}, "say why"),
        ("series", {"indicator": "co2"}, {"level": "town"}, "'town' is not one of county"),
        ("series", {"indicator": "co2"}, {"indicator": "co3"}, "'co3' is no observed indicator"),
        ("series", {"indicator": "gdp", "from": "2019"}, {"from": "2018"}, "overlap"),
        ("breaks", {"indicator": "pm25"}, {"indicator": "pm10"}, "no indicator 'pm10'"),
        ("breaks", {"indicator": "pm25"}, {"zh": ""}, "both the Chinese and the English"),
        ("industries", {"sector": "C"}, {"sector": "Z"}, "lacks the names of sector 'Z'"),
        ("comparability", {"region_code": "133100"}, {"comparable": "?"}, "not one of yes, no"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused(
    copy: Path, name: str, row: dict[str, str], cells: dict[str, str], message: str
) -> None:
    spoil(copy, name, row, **cells)
    with pytest.raises(FactsError, match=message):
        load_catalog(copy)


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.csv")))
def test_a_missing_column_is_named(copy: Path, name: str) -> None:
    path = copy / f"{name}.csv"
    head, _, rest = path.read_text(encoding="utf-8").partition("\n")
    lost = head.lstrip("\ufeff").split(",")[0]
    path.write_text(head.replace(lost, "other", 1) + "\n" + rest, encoding="utf-8")
    with pytest.raises(
        FactsError, match=rf"catalog/{name}\.csv, line 1: there is no column '{lost}'; add"
    ):
        read_everything(copy)


def read_everything(folder: Path) -> None:
    """Read the catalogue as an atlas does."""
    load_catalog(folder)
    load_notes(folder)
    load_units(folder)
    load_renderings(folder)
    load_titles(folder)
    load_claims(folder)
    read_stories(folder)
    read_news(folder)
    read_sections(folder)
    read_kinds(folder)
    read_metrics(folder / "site_metrics.csv")
    read_identity(folder / "site_identity.csv")
    regions = build_regions(statistics.read_table("regions"))
    build_layout(statistics.read_table("circles"), regions, folder / "schemes.csv")


def test_a_missing_file_and_a_short_line_are_named(copy: Path) -> None:
    with (copy / "breaks.csv").open("a", encoding="utf-8") as file:
        file.write("gdp,city\n")
    with pytest.raises(FactsError, match=r"catalog/breaks\.csv, line \d+: 2 cells where"):
        load_catalog(copy)
    (copy / "breaks.csv").unlink()
    with pytest.raises(FactsError, match=r"breaks\.csv: it cannot be read"):
        load_catalog(copy)


# Each operation by hand -----------------------------------------------------------------------

A = Key("county", "130102", "2020")
B = Key("county", "130104", "2020")


def figure(value: float, source: str = "book", *notes: str, status: str = "official") -> Figure:
    return Figure(value, status, (source,), notes)


def apply(
    operation: Operation, *parts: Figures, scale: float = 1, ground: Ground = GROUND
) -> Figures:
    recipe = Recipe("x", "", operation, ("a", "b"), scale, (), (), hidden=False)
    return OPERATIONS[operation](recipe, list(parts), ground)


def test_share_is_a_percentage_where_both_parts_exist() -> None:
    found = apply("share", {A: figure(25), B: figure(1)}, {A: figure(200)})
    assert found == {A: Figure(12.5, "computed", ("book",), ())}


def test_a_share_of_nothing_does_not_exist() -> None:
    assert apply("share", {A: figure(0)}, {A: figure(0)}) == {}


def test_share_of_sum_divides_the_first_by_all() -> None:
    found = apply("share_of_sum", {A: figure(1)}, {A: figure(3)}, {A: figure(4)})
    assert found[A].value == 12.5


def test_ratio_is_scaled() -> None:
    # 341.9959 (亿元) over 109.5986 (万人) times 10,000 gives yuan per person.
    found = apply("ratio", {A: figure(341.9959)}, {A: figure(109.5986)}, scale=10000)
    assert found[A].value == pytest.approx(31204.4, abs=0.05)


def test_sum_needs_all_parts() -> None:
    found = apply("sum", {A: figure(67), B: figure(31)}, {A: figure(25)})
    assert {key: f.value for key, f in found.items()} == {A: 92}


def test_density_prefers_the_published_area_and_says_which() -> None:
    ground = GROUND._replace(areas={"130102": 200.0, "130104": 50.0})
    people = {A: figure(20), B: figure(10)}
    found = apply("density", people, {A: figure(100, "yearbook")}, scale=10000, ground=ground)
    assert found[A] == Figure(
        2000, "computed", ("book", "yearbook"), ("density by the published area",)
    )
    assert found[B].value == 2000
    assert found[B].notes == ("density by the area measured on the map",)


def test_no_density_for_a_union_whose_counting_area_is_not_its_outline() -> None:
    ground = GROUND._replace(areas={"130102": 200.0})
    assert apply("density", {A: figure(20, status="computed")}, {}, ground=ground) == {}


def test_change_compares_the_censuses_unless_the_place_may_not_be_compared() -> None:
    before = A._replace(year="2010"), B._replace(year="2010")
    values = {
        before[0]: figure(40, "old"),
        A: figure(50, "new"),
        before[1]: figure(1),
        B: figure(2),
    }
    ground = GROUND._replace(
        incomparable=frozenset({("county", "130104")}), remarks={("county", "130102"): "mind"}
    )
    percent = apply("change_percent", values, ground=ground)
    key = A._replace(year="2010-2020")
    assert percent == {key: Figure(25.0, "computed", ("old", "new"), ("mind",))}
    assert apply("change_points", values, ground=ground)[key].value == 10


def test_lq_against_the_sum_of_cities() -> None:
    here, nation = Key("city", "130100", "2019"), Key("nation", "000000", "2019")
    # 30 of 120 here (25 %) against 200 of 2000 (10 %).
    parts: list[Figures] = [
        {here: figure(30, "city"), nation: figure(200, "sum")},
        {here: figure(120, "city"), nation: figure(2000, "sum")},
    ]
    assert apply("lq_nation", *parts) == {here: Figure(2.5, "computed", ("city", "sum"), ())}
    assert apply("lq_nation", {here: figure(1)}, {here: figure(2)}) == {}


def test_a_computed_figure_carries_all_sources_and_notes_once() -> None:
    parts = [figure(1, "a", "x", "y"), figure(2, "b", "y", "z"), figure(3, "a")]
    assert computed(6, parts, "w") == Figure(6, "computed", ("a", "b"), ("x", "y", "z", "w"))


def test_computed_indicators_may_rest_on_computed_ones_and_stay_in_their_levels(
    catalog: Catalog,
) -> None:
    city = Key("city", "130100", "2020")
    chosen: dict[str, Figures] = {
        "gdp": {A: figure(100), city: figure(900)},
        "population": {A: figure(50), city: figure(300)},
        "emp_mining": {A: figure(30), A._replace(year="2010"): figure(10)},
        "emp_sample_total": {A: figure(100), A._replace(year="2010"): figure(100)},
    }
    found = derive(catalog, chosen, GROUND)
    assert {k: f.value for k, f in found["gdp_per_head_census"].items()} == {A: 20000}
    change = found["emp_share_change_mining"]
    assert {k.year: round(f.value, 9) for k, f in change.items()} == {"2010-2020": 20.0}
    assert found["lq_mining"] == {}


# Notes ------------------------------------------------------------------------------------------


def test_chinese_of_notes_by_fragment_and_by_pattern() -> None:
    notes = load_notes()
    assert notes.zh("scope incl. 辛集") == "含辛集"
    assert notes.zh("then 万全县 (130729)") == "当时为万全县（130729）"
    assert notes.zh("sum of 东城区 and 崇文区 (merged 2010)") == "东城区与崇文区之和（2010年合并）"
    assert notes.zh("excludes 河北衡水高新技术产业开发区, 衡水滨湖新区, counted apart") == (
        "不含普查单列的河北衡水高新技术产业开发区、衡水滨湖新区"
    )
    assert notes.zh("雄县: 2010 and 2020 are not comparable") == "雄县：2010年与2020年不可比"
    assert notes.zh("雄县: something new") is None
    assert notes.zh("something new") is None


@pytest.mark.parametrize(
    "note",
    [
        workforce.ZERO_NOTE,
        workforce.SUM_NOTE,
        workforce.NO_ROW,
        workforce.NO_SECTORS,
        workforce.ZONES_NOTE + "甲、乙",
        wholes.REFUSED,
        wholes.WITHOUT + "甲、乙",
        wholes.INCOMPLETE,
        wholes.UNPUBLISHED,
        wholes.DRAWN_AREA,
        wholes.HEAD_NOTE,
        wholes.ALIKE_NOTE,
        industry.UNSTABLE,
        industry.NOT_COMPARABLE,
        industry.NO_BENCHMARK,
    ],
)
def test_what_the_measures_remark_has_chinese_too(note: str) -> None:
    notes = load_notes()
    assert all(notes.zh(fragment) for fragment in note.split("; "))


def test_a_pattern_must_fit_the_whole_fragment(tmp_path: Path) -> None:
    text = "fragment,pattern,zh\nthen (.+),yes,当时为\\1\nthen now,,彼时此时\n"
    (tmp_path / "notes_zh.csv").write_text(text, encoding="utf-8")
    for name in ("notes_places_zh", "notes_sources_zh"):
        (tmp_path / f"{name}.csv").write_text("fragment,pattern,zh\n", encoding="utf-8")
    (tmp_path / "notes_en.csv").write_text("words,en\n", encoding="utf-8")
    notes: Notes = load_notes(tmp_path)
    assert notes.zh("then 任县") == "当时为任县"
    assert notes.zh("then now") == "彼时此时"
    assert notes.zh("and then 任县") is None
