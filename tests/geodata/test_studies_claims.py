"""What the argument claims: each figure from the tables, each verdict by the rule."""

from __future__ import annotations

import csv
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from geodata.atlas import Atlas
from geodata.build import cache
from geodata.build.atlas_data import assemble, read_frames
from geodata.errors import FactsError, UnknownNameError
from geodata.measures.verdict import verdict
from geodata.studies.claim_records import load_claims

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.build.cache import Manifest
    from geodata.studies.claims import Finding


@pytest.fixture(scope="module")
def findings(atlas: Atlas) -> dict[str, Finding]:
    return {found.claim.id: found for found in atlas.claims.findings}


def judged(finding: Finding, test: str) -> float:
    (found,) = (t for t in finding.tests if t.test.id == test)
    assert found.judged is not None
    assert found.judged.value is not None
    return found.judged.value


@pytest.mark.parametrize(
    ("claim", "test", "by_hand"),
    [
        # R&D money, 100 million yuan, rd_bulletin: 2013 and 2023 of the three places.
        (
            "two_cities",
            "research_tianjin",
            100 * (599.2 / (2947.1 + 599.2 + 912.1) - 428.1 / (1185 + 428.1 + 281.9)),
        ),
        # Contracts, 100 million yuan: flows, and Tianjin's purchases of 2023 in tech_market.
        ("joint_innovation", "value", 100 * (996 / 71.2 - 1)),
        ("joint_innovation", "number", 100 * (6758 / 3176 - 1)),
        ("two_cities_join", "investment", 1607 / (4482 / 5)),
        ("gradient", "research", 6.73 / 2.08),
        ("beijing_research", "research", 6.73 / 3.58),
        # Secondary sector over GDP: 2,406.2 of 8,651.7 and 17,622.4 of 49,305.2 in 2025,
        # 2,107.1 of 6,490.3 in 2021; Hebei's share of 2021 from its bulletin.
        ("shijiazhuang_industry", "share", 100 * (2406.2 / 8651.7 - 2107.1 / 6490.3)),
        # Beijing's compute, PFLOPS; servers of Zhangjiakou, 10,000.
        ("computing", "beijing", 33_000 / 12_000),
        ("computing", "zhangjiakou", 172 / 132),
    ],
)
def test_a_figure_is_that_of_the_tables(
    findings: dict[str, Finding], claim: str, test: str, by_hand: float
) -> None:
    assert judged(findings[claim], test) == pytest.approx(by_hand, abs=0.005)


def test_every_claim_has_a_verdict_by_the_one_rule(findings: dict[str, Finding]) -> None:
    for found in findings.values():
        assert found.verdict == verdict([t.outcome for t in found.deciding if t.outcome])
        assert found.deciding, found.claim.id


def test_each_test_is_judged_by_its_own_limits(findings: dict[str, Finding]) -> None:
    for found in findings.values():
        for one in found.deciding:
            test = one.test
            if one.judged is None:
                assert one.outcome == "missing"
                continue
            assert test.holds is not None
            assert one.judged.value is not None
            assert (one.outcome == "holds") == test.holds.met(one.judged.value)


def test_each_span_of_growth_is_told_and_has_its_say(findings: dict[str, Finding]) -> None:
    several = [one for f in findings.values() for one in f.tests if one.test.way == "each"]
    assert len(several) > 3
    for one in several:
        assert [value.year for value in one.figures] == list(one.test.years)
        assert one.judged in one.figures
        assert one.test.holds is not None
        met = {one.test.holds.met(value.value or 0.0) for value in one.figures}
        assert (one.outcome == "holds") == (met == {True})


def test_no_claim_is_dressed_as_tested(findings: dict[str, Finding]) -> None:
    """A verdict for or against needs every figure; what nobody publishes leaves it open."""
    for found in findings.values():
        if found.verdict in {"supported", "contradicted"}:
            assert all(t.judged is not None for t in found.deciding), found.claim.id
        if found.verdict == "untestable":
            assert not any(t.outcome in {"holds", "open"} for t in found.deciding)


def test_every_figure_reaches_a_source(atlas: Atlas, findings: dict[str, Finding]) -> None:
    known = {s for f in findings.values() for s in f.source_ids}
    assert known
    assert all(atlas.source(source) for source in known)
    for found in findings.values():
        for one in found.tests:
            assert bool(one.parts) == bool(one.test.formula), (found.claim.id, one.test.id)
            if one.judged is not None:
                assert one.judged.source_ids, (found.claim.id, one.test.id)


def test_figures_keep_their_own_unit_where_growth_is_judged(findings: dict[str, Finding]) -> None:
    """A sum of money that grows by so many per cent is no percentage itself."""
    grown = [one for f in findings.values() for one in f.tests if one.test.way == "growth"]
    assert len(grown) > 5
    for one in grown:
        assert one.judged is not None
        assert one.judged.unit == "%"
        assert "%" not in {figure.unit for figure in one.figures}, one.test.id
    (value,) = (one for one in findings["joint_innovation"].tests if one.test.id == "value")
    assert {figure.unit for figure in value.figures} == {"亿元"}


def test_the_limits_stand_in_the_words_of_the_test(findings: dict[str, Finding]) -> None:
    """A reader sees the limit he is asked to trust: the number stands in the sentence."""
    spelt = {"2": ("2倍",), "50": ("一半",), "0.667": ("三分之二",), "10": ("十分之一",)}
    for found in findings.values():
        for one in found.deciding:
            if one.test.holds is None or one.test.holds.number == 0 or one.test.unit == "亿元":
                continue
            number = f"{abs(one.test.holds.number):g}"
            words = one.test.name.zh + one.test.name.en
            told = number in words or any(w in words for w in spelt.get(number, ()))
            above = number == "1" and ("高于" in words or "增长" in words or "低于" in words)
            assert told or above, (found.claim.id, one.test.id, words)


def test_a_verdict_says_what_would_turn_it(findings: dict[str, Finding]) -> None:
    for found in findings.values():
        for turn in found.turns:
            assert found.verdict not in {then for _, then in turn.ways}
            assert turn.tested.outcome not in {way for way, _ in turn.ways}
    assert any(t.tested.outcome == "missing" for t in findings["parks"].turns)


def test_the_words_of_claims_are_whole_in_both_languages() -> None:
    for claim in load_claims():
        for name in (claim.name, claim.caveat, claim.needed, *(t.name for t in claim.tests)):
            assert re.search(r"[\u4e00-\u9fff]", name.zh), name
            assert not re.search(r"[\u4e00-\u9fff]", name.en), name


def test_an_unknown_claim_names_those_that_are(atlas: Atlas) -> None:
    with pytest.raises(UnknownNameError, match="polycentric"):
        atlas.claims.finding("nothing")


CASES = {
    "formula of nothing": ("gdp(110000) / gdp(120000)", "gpd(110000)", "无法计算", "gpd"),
    "figure that is missing": (
        "income_per_capita(130000),2024",
        "income_per_capita(130000),2025",
        "2025年没有",
        "no figure in 2025",
    ),
    "limit": (">= 1.25", "=> 1.25", "不是界限", "is no limit"),
    "way": (",level,", ",levle,", "不可用", "is not one of"),
    "claim": ("parks,output", "park,output", "没有论断", "has no claim"),
}


@pytest.mark.parametrize("kind", CASES)
def test_a_fault_in_the_table_names_line_and_cure(
    manifest: Manifest, tmp_path: Path, kind: str
) -> None:
    good, bad, zh, en = CASES[kind]
    for room in ("tables", "catalog"):
        shutil.copytree(cache.SOURCE_ROOT / room, tmp_path / room)
    file = tmp_path / "catalog" / "claim_tests.csv"
    text = file.read_text(encoding="utf-8")
    assert good in text
    file.write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(FactsError) as told:
        findings_of(manifest, tmp_path)
    fault = told.value.faults[0]
    assert fault.file == "catalog/claim_tests.csv"
    assert fault.line is not None
    assert zh in fault.zh
    assert en in fault.en


def findings_of(manifest: Manifest, folder: Path) -> tuple[Finding, ...]:
    return Atlas(assemble(read_frames(manifest.folder), folder)).claims.findings


def test_the_tables_of_claims_have_no_empty_line() -> None:
    for name in ("claims", "claim_tests"):
        with (cache.SOURCE_ROOT / "catalog" / f"{name}.csv").open(encoding="utf-8") as file:
            assert all(any(row) for row in csv.reader(file))
