"""How industries are spread and places are structured, against PySAL and the printed counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from inequality.gini import Gini

from geodata.errors import UnknownNameError
from geodata.studies.concentration import NO_WORKERS, TOO_FEW, TOP, Concentration
from geodata.studies.industries import SECTOR_OF
from geodata.studies.shifts import NO_COUNTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.atlas import Atlas

# Sampled workers of Beijing in 2020 and of the nation in 2010 and 2020, A to T as printed.
BEIJING = (
    *(13_406, 1_387, 83_130, 9_567, 75_347, 138_321, 60_377, 45_354, 95_576, 45_681),
    *(43_099, 82_484, 68_240, 17_452, 35_795, 67_257, 36_249, 31_303, 64_785, 197),
)
NATION = (
    *(13_496_012, 568_658, 11_853_428, 573_235, 7_400_010, 9_262_396, 3_277_208, 3_217_357),
    *(1_129_543, 962_580, 1_251_428, 1_799_653, 844_905, 517_888, 2_289_351, 2_715_648),
    *(1_341_482, 472_194, 2_658_248, 562),
)
NATION_2010 = {"C": (12_059_240, 11_853_428), "all": (71_547_989, 65_631_786)}


def counties(atlas: Atlas) -> list[str]:
    return [place.id for place in atlas.regions("county")]


def test_the_gini_of_manufacturing_is_that_of_pysal(atlas: Atlas) -> None:
    codes = counties(atlas)
    now = atlas.concentration.spreads("manufacturing", codes).full[1]
    sampled = [
        s.sampled["2020"] for s in atlas.specialisation.standings("manufacturing", codes, "JJJ")
    ]
    # Each county stands as often as it has sampled workers.
    quotients = np.repeat([s.share for s in sampled], [s.workers for s in sampled])
    assert now.gini.value == pytest.approx(Gini(quotients).g, abs=1e-6)
    assert len(now.used) == 199


def test_the_top_share_is_that_of_the_largest_counts(atlas: Atlas) -> None:
    codes = counties(atlas)
    now = atlas.concentration.spreads("mining", codes).full[1]
    counts = {
        s.place.id: s.sampled["2020"].count for s in atlas.specialisation.standings("mining", codes)
    }
    largest = sorted(counts.values(), reverse=True)[:TOP]
    assert now.top.value == pytest.approx(100 * sum(largest) / sum(counts.values()))
    assert now.top.unit == "%"
    assert [counts[p.id] for p in now.largest] == largest


def test_years_are_compared_over_the_same_places(atlas: Atlas) -> None:
    found = atlas.concentration.spreads("finance", counties(atlas))
    assert found.compared[0].used == found.compared[1].used
    excluded = {p.id for p in found.excluded}
    assert {"110101", "130104"} <= excluded
    assert not excluded & {p.id for p in found.compared[0].used}
    assert len(found.compared[0].used) + len(excluded) == 199


def test_fewer_than_three_places_have_no_spread(atlas: Atlas) -> None:
    found = atlas.concentration.spreads("finance", ("130121", "130123"))
    for spread in (*found.compared, *found.full):
        assert (spread.gini.value, spread.hoover.value, spread.top.value) == (None, None, None)
        assert spread.gini.note == (TOO_FEW,)


def test_an_industry_without_workers_has_no_spread(atlas: Atlas) -> None:
    parts = atlas._data  # noqa: SLF001
    mined = np.arange(20) == 1
    emptied = {
        year: replace(
            force,
            rows={
                code: replace(row, counts=np.where(mined, 0.0, row.counts))
                for code, row in force.rows.items()
            },
        )
        for year, force in parts.workforce.items()
    }
    study = Concentration(atlas, replace(parts, workforce=emptied))
    found = study.spreads("mining", counties(atlas)).full[1]
    assert (found.gini.value, found.hoover.value) == (None, None)
    assert found.top.note == (NO_WORKERS,)
    assert found.largest == ()


def test_the_structure_of_beijing_worked_out_from_the_printed_counts(atlas: Atlas) -> None:
    now = atlas.concentration.structures("110000", "CN")[1]
    own = [count / 1_015_007 for count in BEIJING]
    there = [count / 65_631_786 for count in NATION]
    assert now.krugman.value == pytest.approx(
        sum(abs(a - b) for a, b in zip(own, there, strict=True))
    )
    assert now.herfindahl.value == pytest.approx(sum(a * a for a in own))
    assert now.diversity.value == pytest.approx(1 / sum(a * a for a in own))
    assert now.entropy.value == pytest.approx(-sum(a * np.log(a) for a in own))


def test_structures_of_all_kinds_of_places_stay_in_their_limits(atlas: Atlas) -> None:
    circles = [circle.key for scheme in atlas.schemes for circle in scheme.circles]
    for place in (*counties(atlas), *circles, "JJJ", "133100"):
        for one in atlas.concentration.structures(place):
            assert 0 <= (one.krugman.value or 0) <= 2
            assert 1 / 20 <= (one.herfindahl.value or 0) <= 1
            assert one.krugman.source_ids
    assert atlas.concentration.structures("JJJ")[1].krugman.value == pytest.approx(0)


def test_a_place_without_a_row_in_2010_has_one_structure(atlas: Atlas) -> None:
    assert [s.year for s in atlas.concentration.structures("110101")] == ["2020"]


def test_shift_share_of_shijiazhuang_in_manufacturing_by_hand(atlas: Atlas) -> None:
    found = atlas.shifts.of("130100")
    row = next(r for r in found.rows if r.sector == "C")
    before, after = 87_844, 85_911
    industry = NATION_2010["C"][1] / NATION_2010["C"][0]
    whole = NATION_2010["all"][1] / NATION_2010["all"][0]
    assert (row.before, row.after, row.change) == (before, after, after - before)
    assert row.national == pytest.approx(before * (whole - 1))
    assert row.mix == pytest.approx(before * (industry - whole))
    assert row.local == pytest.approx(after - before * industry)


@pytest.mark.parametrize("place", ["130100", "110000", "130000", "JJJ", "131125"])
def test_components_add_up_in_every_row_and_in_all(atlas: Atlas, place: str) -> None:
    found = atlas.shifts.of(place)
    assert found.total is not None
    for row in (*found.rows, found.total):
        assert row.national + row.mix + row.local == pytest.approx(row.change, abs=1e-6)
    for part in ("before", "after", "national", "mix", "local"):
        assert sum(getattr(row, part) for row in found.rows) == pytest.approx(
            getattr(found.total, part), abs=1e-6
        )
    assert {"census6_county", "census7_county"} & set(found.source_ids)


def test_the_sampled_part_of_the_people_fell_more_here_than_in_the_nation(atlas: Atlas) -> None:
    """5,532,651 of 104.41 million to 4,852,302 of 110.37 million; the nation from 5.37 to 4.66."""
    found = atlas.shifts.of("JJJ")
    assert found.fractions is not None
    assert [round(part, 2) for both in found.fractions for part in both] == [5.3, 4.4, 5.37, 4.66]
    assert found.total is not None
    ratio = (4.655467 / 5.368203) / (4.396422 / 5.299207)
    evened = found.total.local + found.total.after * (ratio - 1)
    assert found.evened == pytest.approx(evened, rel=1e-5)


def test_the_range_may_leave_the_sign_open(atlas: Atlas) -> None:
    """Shijiazhuang: −4.2 % as counted, +6.0 % had its sample moved like the nation's."""
    found = atlas.shifts.of("130100")
    assert found.total is not None
    assert round(100 * found.total.local / found.total.before, 1) == -4.2
    assert round(100 * (found.evened or 0) / found.total.before, 1) == 6.0


@pytest.mark.parametrize("place", ["133100", "130104", "article/capital"])
def test_changed_outlines_have_no_shift_share_and_say_why(atlas: Atlas, place: str) -> None:
    found = atlas.shifts.of(place)
    assert (found.rows, found.total) == ((), None)
    assert found.reasons[0] == "2010 and 2020 are not comparable"
    assert len(found.reasons) > 1


def test_no_county_is_compared_without_counts_in_both_years(atlas: Atlas) -> None:
    for code in counties(atlas):
        found = atlas.shifts.of(code)
        assert bool(found.rows) != bool(found.reasons)
        assert found.reasons != (NO_COUNTS,), "a place without counts is a break already"


def test_unknown_places_and_benchmarks_are_named(atlas: Atlas) -> None:
    with pytest.raises(UnknownNameError, match="999999"):
        atlas.shifts.of("999999")
    with pytest.raises(UnknownNameError, match="'EU'"):
        atlas.concentration.structures("110000", "EU")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whatever_a_study_notes_is_there_in_both_languages(atlas: Atlas, lang: str) -> None:
    notes = {TOO_FEW, NO_WORKERS, NO_COUNTS}
    for industry in SECTOR_OF:
        found = atlas.specialisation.strengths(industry, counties(atlas), "2020")
        notes |= {n for s in found for v in values(s) for n in v}
    for fragment in notes:
        said = atlas.note(fragment, "zh" if lang == "zh" else "en")
        assert said
        assert lang == "en" or said != fragment


def values(strength: object) -> Sequence[tuple[str, ...]]:
    return [getattr(strength, part).value.note for part in ("specialisation", "size", "growth")]
