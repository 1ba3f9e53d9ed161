"""The spatial statistics as the screen asks for them: records with names, sources and reasons."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geodata.atlas import Atlas
from geodata.build.atlas_data import Frames, assemble, read_frames
from geodata.build.autocorrelation import QUOTIENTS
from geodata.errors import CacheError, UnknownNameError
from geodata.ids import CENSUS_YEARS
from geodata.measures import space
from geodata.studies.space import Space

if TYPE_CHECKING:
    from geodata.build.cache import Manifest


def test_a_headline_says_how_it_was_reached(atlas: Atlas) -> None:
    software = atlas.space.moran("information_software", "2020")
    setting = software.setting
    assert (setting.indicator, setting.year, setting.weights) == (
        "lq_information_software",
        "2020",
        "queen",
    )
    assert (setting.n, setting.permutations, setting.seed) == (199, 999, space.SEED)
    assert software.expected == pytest.approx(-1 / 198)
    assert software.statistic == pytest.approx(0.694, abs=0.001)
    assert software.p == pytest.approx(0.002)
    assert (setting.islands, setting.left_out, setting.reason, setting.note) == ((), (), "", ())
    assert "census7_county" in ";".join(setting.source_ids)


def test_the_headlines_are_three_with_all_counties(atlas: Atlas) -> None:
    found = atlas.space.headlines()
    assert [h.setting.indicator for h in found] == [
        "lq_manufacturing",
        "lq_information_software",
        "tertiary_education_share",
    ]
    assert {h.setting.n for h in found} == {199}


def test_counties_without_a_row_in_2010_are_named_and_not_drawn(atlas: Atlas) -> None:
    pattern = atlas.space.local("manufacturing", "2010", "nearest")
    left = [place.name.zh for place in pattern.setting.left_out]
    assert left[:2] == ["东城区", "西城区"]
    assert len(left) == 5
    assert pattern.setting.n == 194
    nothing = [p for p in pattern.places if p.kind == "na"]
    assert [p.place for p in nothing] == list(pattern.setting.left_out)
    assert {(p.statistic, p.p, p.q) for p in nothing} == {(None, None, None)}
    for note in pattern.setting.note:
        assert atlas.note(note, "zh") != note


@pytest.mark.parametrize("weights", space.WEIGHTS)
def test_each_industry_has_every_county_once_without_nan(atlas: Atlas, weights: str) -> None:
    counties = [place.id for place in atlas.regions("county")]
    for industry in QUOTIENTS:
        for year in CENSUS_YEARS:
            local = atlas.space.local(industry, year, weights)
            hot = atlas.space.hot(industry, year, weights)
            assert [p.place.id for p in local.places] == counties
            assert [p.place.id for p in hot.places] == counties
            for a, b in zip(local.places, hot.places, strict=True):
                figures = (a.statistic, a.p, a.q, b.z, b.p, b.q)
                assert all(f is not None and math.isfinite(f) for f in figures) or (
                    set(figures) == {None} and a.kind == b.kind == "na"
                )
                assert (a.p, a.q) == (b.p, b.q)


def test_software_clusters_in_beijing(atlas: Atlas) -> None:
    local = atlas.space.local("information_software", "2020")
    high = {p.place.province for p in local.places if p.kind == "HH"}
    assert high == {"110000"}
    kinds = Counter(p.kind for p in local.places)
    assert kinds["HH"] > 5
    assert kinds["LL"] > 5
    assert local.rate == 0.05
    assert local.setting.permutations == 9_999


def test_patterns_are_kept(atlas: Atlas) -> None:
    for ask in (atlas.space.local, atlas.space.hot):
        assert ask("mining", "2020", "queen") is ask("mining", "2020", "queen")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("moonshine", "2020", "queen"), "no spatial statistics of 'moonshine'"),
        (("manufacturing", "2015", "queen"), "in '2015'"),
        (("tertiary_education_share", "2010", "queen"), "2010 and 2020"),
        (("manufacturing", "2020", "rook"), "choose queen or nearest"),
    ],
)
def test_what_was_not_examined_gets_a_sentence(
    atlas: Atlas, asked: tuple[str, str, str], said: str
) -> None:
    for ask in (atlas.space.moran, atlas.space.local, atlas.space.hot):
        with pytest.raises(UnknownNameError, match=said):
            ask(*asked)


def test_without_a_build_the_reader_is_told_to_make_one(atlas: Atlas, manifest: Manifest) -> None:
    frames = read_frames(manifest.folder)
    bare = assemble(Frames(frames.chosen, frames.census, frames.incomparable))
    with pytest.raises(CacheError, match=r"jjj-atlas build"):
        Space(atlas, bare).moran("manufacturing", "2020")


def test_a_refusal_has_a_reason_and_no_figure(manifest: Manifest) -> None:
    frames = read_frames(manifest.folder)
    moran = frames.moran.copy()
    hit = (moran["indicator"] == "lq_mining") & (moran["year"] == "2020")
    moran.loc[hit, ["statistic", "expected", "z", "p"]] = float("nan")
    moran.loc[hit, "reason"] = space.UNIFORM
    local = frames.local[(frames.local["indicator"] != "lq_mining")]
    altered = Atlas(assemble(replace(frames, moran=moran, local=local)))
    found = altered.space.moran("mining", "2020")
    assert (found.statistic, found.expected, found.z, found.p) == (None, None, None, None)
    assert altered.note(found.setting.reason, "zh") == "各地区数值相同，无所谓高低"
    assert {p.kind for p in altered.space.local("mining", "2020").places} == {"na"}
    assert {p.kind for p in altered.space.hot("mining", "2020").places} == {"na"}
