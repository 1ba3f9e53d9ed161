"""Standing and strength of places in an industry, against the printed counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scipy.stats import binomtest

from geodata.errors import UnknownNameError
from geodata.measures.specialisation import INDUSTRIES
from geodata.records import REGION_ID
from geodata.studies.industries import SECTOR_OF, sector_of
from geodata.studies.specialisation import NOBODY_BEFORE, PERIOD, UNSTABLE_GROWTH

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.studies.specialisation import Standing, Strength

# Sampled workers in manufacturing and all, as printed, of the three places together.
REGION_2020 = (83_130 + 104_515 + 624_493, 1_015_007 + 504_665 + 3_332_630)
REGION_2010 = (152_617 + 148_549 + 510_753, 977_387 + 550_787 + 4_004_477)
SJZ, DONGCHENG, ANPING = "130100", "110101", "131125"


def standing(atlas: Atlas, industry: str, code: str, benchmark: str = REGION_ID) -> Standing:
    return atlas.specialisation.standings(industry, (code,), benchmark)[0]


def counties(atlas: Atlas) -> list[str]:
    return [place.id for place in atlas.regions("county")]


def strengths(atlas: Atlas, industry: str, year: str = "2020") -> dict[str, Strength]:
    found = atlas.specialisation.strengths(industry, counties(atlas), year)
    return {one.place.id: one for one in found}


def test_keys_of_industries_are_those_of_the_catalogue(atlas: Atlas) -> None:
    assert list(SECTOR_OF.values()) == list(INDUSTRIES)
    assert {f"lq_{key}" for key in SECTOR_OF} == {
        i.id for i in atlas.indicators.values() if i.id.startswith("lq_") and "change" not in i.id
    }


def test_shijiazhuang_in_manufacturing_worked_out_from_the_printed_counts(atlas: Atlas) -> None:
    found = standing(atlas, "manufacturing", SJZ)
    now, before = found.sampled["2020"], found.sampled["2010"]
    assert (now.count, now.workers) == (85_911, 480_962)
    assert now.share == pytest.approx(85_911 / 480_962)
    assert now.lq.value == pytest.approx(85_911 / 480_962 / (REGION_2020[0] / REGION_2020[1]))
    assert (before.count, before.workers) == (87_844, 561_374)
    lq_before = 87_844 / 561_374 / (REGION_2010[0] / REGION_2010[1])
    assert found.change.value == pytest.approx((now.lq.value or 0) - lq_before)
    assert found.change.year == PERIOD
    assert found.comparable
    assert not found.clear, "1.07 in both years"


@pytest.mark.parametrize("code", [SJZ, DONGCHENG, ANPING, "110000", "article/capital"])
def test_the_limits_are_those_of_scipy_over_the_share_of_the_benchmark(
    atlas: Atlas, code: str
) -> None:
    now = standing(atlas, "manufacturing", code).sampled["2020"]
    known = binomtest(now.count, now.workers).proportion_ci(method="wilson")
    reference = REGION_2020[0] / REGION_2020[1]
    assert now.low == pytest.approx(known.low / reference)
    assert now.high == pytest.approx(known.high / reference)


def test_every_quotient_lies_within_its_limits_and_is_that_of_the_map(atlas: Atlas) -> None:
    for industry in SECTOR_OF:
        column = atlas.values(f"lq_{industry}", "2020", "county", "CN")
        found = atlas.specialisation.standings(industry, column.codes, "CN")
        for one, value in zip(found, column.values, strict=True):
            now = one.sampled["2020"]
            assert now.lq == value
            assert 0 <= now.low <= (value.value or 0) <= now.high
            assert now.stable == (now.count >= 30)


def test_a_place_without_a_row_in_2010_has_no_change_and_says_why(atlas: Atlas) -> None:
    found = standing(atlas, "manufacturing", DONGCHENG)
    assert list(found.sampled) == ["2020"]
    assert found.change.value is None
    assert "2010 and 2020 are not comparable" in found.change.note
    assert not found.comparable
    assert not found.clear


def test_a_change_within_the_limits_of_the_samples_is_not_clear(atlas: Atlas) -> None:
    found = atlas.specialisation.standings("culture_sport", counties(atlas))
    for one in found:
        if one.change.value is not None:
            first, last = one.sampled["2010"], one.sampled["2020"]
            assert one.clear == (first.high < last.low or last.high < first.low)
    assert {one.clear for one in found} == {True, False}


def test_standings_are_kept(atlas: Atlas) -> None:
    ask = atlas.specialisation.standings
    assert ask("mining", ("130100",)) is ask("mining", ["130100"])


def test_strength_shows_specialisation_size_and_growth(atlas: Atlas) -> None:
    found = strengths(atlas, "manufacturing")[ANPING]
    now = standing(atlas, "manufacturing", ANPING).sampled
    assert found.specialisation.value == now["2020"].lq
    assert found.specialisation.rank == 1
    assert found.size.value.value == now["2020"].count
    growth = now["2020"].count / now["2010"].count / (REGION_2020[0] / REGION_2010[0])
    assert found.growth.value.value == pytest.approx(100 * (growth - 1))
    parts = (found.specialisation, found.size, found.growth)
    assert found.mean == pytest.approx(sum(p.percentile or 0 for p in parts) / 3)


def test_the_strongest_by_the_mean_is_first(atlas: Atlas) -> None:
    found = strengths(atlas, "manufacturing").values()
    known = sorted((s for s in found if s.mean is not None), key=lambda s: -(s.mean or 0))
    assert [s.rank for s in known[:3]] == [1, 2, 3]
    assert len(found) == 199


def test_growth_across_changed_outlines_is_not_told(atlas: Atlas) -> None:
    found = strengths(atlas, "manufacturing")[DONGCHENG]
    assert found.growth.value.value is None
    assert found.growth.percentile is None
    assert (found.mean, found.rank) == (None, None)
    assert found.size.rank is not None


def test_growth_from_few_or_no_workers_says_so(atlas: Atlas) -> None:
    notes = {
        note
        for one in strengths(atlas, "information_software").values()
        for note in one.growth.value.note
    }
    assert UNSTABLE_GROWTH in notes
    nobody = [s for s in strengths(atlas, "mining").values() if s.growth.value.note]
    assert any(NOBODY_BEFORE in s.growth.value.note for s in nobody)


def test_sums_are_computed_and_printed_counts_official(atlas: Atlas) -> None:
    found = atlas.specialisation.strengths("finance", ("article/tianjin", SJZ), "2020")
    assert [s.size.value.status for s in found] == ["computed", "official"]


def test_no_place_has_no_strength(atlas: Atlas) -> None:
    assert atlas.specialisation.strengths("finance", (), "2020") == ()


def test_unknown_names_are_named(atlas: Atlas) -> None:
    with pytest.raises(UnknownNameError, match="'alchemy'"):
        sector_of("alchemy")
    with pytest.raises(UnknownNameError, match="'2015'"):
        atlas.specialisation.strengths("finance", (SJZ,), "2015")
    with pytest.raises(UnknownNameError, match="999999"):
        atlas.specialisation.standings("finance", ("999999",))
