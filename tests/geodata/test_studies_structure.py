"""Likeness of places against figures computed anew from the printed rows of the census."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import cityblock
from scipy.spatial.distance import cosine as cosine_distance

from geodata.errors import UnknownNameError
from geodata.measures.specialisation import SECTORS
from tests.conftest import ROOT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.atlas import Atlas

BEIJING, TIANJIN, HENGSHUI, XIONGAN = "110000", "120000", "131100", "133100"


def printed(code: str, year: str = "2020") -> NDArray[np.float64]:
    """Return the shares of a row as it is printed; blanks are zeros there."""
    file = ROOT / "geodata" / "tables" / "statistics" / f"census_{year}.csv"
    table = pd.read_csv(file, dtype={"region_code": str}).set_index("region_code")
    counts = table.loc[[code], [*SECTORS.values()]].fillna(0).to_numpy(dtype=np.float64)[0]
    assert counts.sum() == table.loc[code, "emp_sample_total"]
    return np.asarray(counts / counts.sum(), dtype=np.float64)


@pytest.mark.parametrize("year", ["2010", "2020"])
@pytest.mark.parametrize(("one", "other"), [(BEIJING, TIANJIN), (BEIJING, HENGSHUI)])
def test_coefficients_are_those_of_scipy_on_the_printed_rows(
    atlas: Atlas, year: str, one: str, other: str
) -> None:
    first, second = printed(one, year), printed(other, year)
    expected = {
        "cosine": 1 - cosine_distance(first, second),
        "krugman": 1 - cityblock(first, second) / 2,
    }
    for likeness, number in expected.items():
        found = atlas.structure.similarity("city", year, likeness)
        codes = [p.id for p in found.among.places]
        value = found.value(codes.index(one), codes.index(other))
        assert value.value == pytest.approx(number)
        assert (value.year, value.status) == (year, "computed")
        assert value.source_ids == (f"census{6 if year == '2010' else 7}_county",)


def test_cities_stand_with_their_circle_and_the_rest_last(atlas: Atlas) -> None:
    found = atlas.structure.similarity("city", "2020").among
    groups = [(g.circle.id if g.circle else None, g.first, g.size) for g in found.groups]
    assert groups == [
        ("article/capital", 0, 2),
        ("article/tianjin", 2, 4),
        ("article/shijiazhuang", 6, 3),
        (None, 9, 5),
    ]
    assert [p.id for p in found.places[:3]] == [BEIJING, XIONGAN, TIANJIN]
    circle = found.circle_of(8)
    assert circle is not None
    assert circle.id == "article/shijiazhuang"
    assert found.circle_of(13) is None


def test_every_place_is_there_once_or_named_as_lacking(atlas: Atlas) -> None:
    for year, known in (("2010", 194), ("2020", 199)):
        found = atlas.structure.similarity("county", year)
        codes = [p.id for p in found.among.places]
        lacking = [lack.place.id for lack in found.among.lacking]
        assert len(set(codes)) == len(codes) == known
        assert {*codes, *lacking} == {p.id for p in atlas.regions("county")}
        assert {lack.reason for lack in found.among.lacking} <= {"no_counts"}
        assert not np.isnan(found.matrix).any()


def test_the_circles_of_the_article_are_compared(atlas: Atlas) -> None:
    found = atlas.structure.similarity("circle", "2020")
    assert [p.id for p in found.among.places] == [c.key for c in atlas.circles("article")]
    assert found.among.enough


def test_a_circle_with_unknown_members_is_left_out_and_said_so(atlas: Atlas) -> None:
    found = atlas.structure.similarity("circle", "2020", scheme="plan2026").among
    assert [(x.place.id, x.reason) for x in found.lacking] == [
        ("plan2026/commuting", "unknown_members"),
        ("plan2026/functional", "unknown_members"),
    ]
    assert len(found.places) == 1
    assert not found.enough


def test_a_scheme_of_one_circle_is_no_comparison(atlas: Atlas) -> None:
    found = atlas.structure.similarity("circle", "2020", scheme="ring2010")
    assert not found.among.enough
    assert atlas.structure.mean_within(found) is None
    assert atlas.structure.extremes(found, 3) == ((), ())


def test_the_nearest_are_sorted_and_of_the_same_kind(atlas: Atlas) -> None:
    found = atlas.structure.nearest("110112", "2020")
    assert len(found) == 198
    assert {p.second.kind for p in found} == {"county"}
    values = [p.value.value or 0 for p in found]
    assert values == sorted(values, reverse=True)
    best = found[0]
    assert best.value.value == pytest.approx(
        1 - cosine_distance(printed("110112"), printed(best.second.id))
    )


@pytest.mark.parametrize("place", ["JJJ", "130000"])
def test_a_whole_has_no_like(atlas: Atlas, place: str) -> None:
    assert atlas.structure.nearest(place, "2020") == ()


def test_a_place_without_counts_is_like_none(atlas: Atlas) -> None:
    assert atlas.structure.nearest("110101", "2010") == ()
    assert len(atlas.structure.nearest("110101", "2020")) == 198


def test_a_circle_is_compared_within_its_own_scheme(atlas: Atlas) -> None:
    found = atlas.structure.nearest("article/tianjin", "2020", scheme="ring2010")
    assert [p.second.id for p in found] == ["article/shijiazhuang", "article/capital"]


def test_the_extremes_are_the_ends_of_all_pairs(atlas: Atlas) -> None:
    found = atlas.structure.similarity("city", "2020")
    most, least = atlas.structure.extremes(found, 2)
    lower = np.sort(found.matrix[np.tril_indices(14, -1)])
    assert [p.value.value for p in most] == lower[::-1][:2].tolist()
    assert [p.value.value for p in least] == lower[:2].tolist()
    assert {p.id for p in (least[0].first, least[0].second)} == {BEIJING, HENGSHUI}
    assert atlas.structure.mean_within(found) == pytest.approx(lower.mean())


@pytest.mark.parametrize(
    "arguments",
    [
        ("province", "2020", "cosine", "article"),
        ("city", "2015", "cosine", "article"),
        ("city", "2020", "jaccard", "article"),
        ("city", "2020", "cosine", "nowhere"),
    ],
)
def test_what_is_unknown_is_named(atlas: Atlas, arguments: tuple[str, str, str, str]) -> None:
    with pytest.raises(UnknownNameError, match=r"province|2015|jaccard|nowhere"):
        atlas.structure.similarity(*arguments)


def test_what_was_computed_is_kept(atlas: Atlas) -> None:
    first = atlas.structure.similarity("county", "2020", "krugman")
    assert atlas.structure.similarity("county", "2020", "krugman") is first
