"""Sites are put into industries by a table that can be reviewed, and only where it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.errors import FactsError, UnknownNameError
from geodata.measures.specialisation import INDUSTRIES
from geodata.places.sites import distinct
from geodata.studies.industries import SECTOR_OF
from geodata.studies.sites import IndustrySites, read_sections

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.atlas import Atlas


def ids(atlas: Atlas, industry: str) -> set[str]:
    return {site.id for site in atlas.industry_sites.of(industry)}


def test_every_row_speaks_of_something_in_the_tables_and_gives_its_reason(atlas: Atlas) -> None:
    sites = (*atlas.all_clusters(), *atlas.all_parks())
    there = {("site", s.id) for s in sites}
    there |= {("industry", s.industry) for s in atlas.all_clusters()}
    there |= {("kind", s.kind) for s in atlas.all_parks()}
    rows = read_sections()
    assert set(rows) <= there
    assert {letter for letters in rows.values() for letter in letters} <= set(INDUSTRIES)


def test_a_cluster_is_in_the_industry_that_makes_its_goods(atlas: Atlas) -> None:
    assert {"cty_qianan", "sme_anping", "nac_bd"} <= ids(atlas, "manufacturing")
    assert "sme_haidian_sw" in ids(atlas, "information_software")
    assert "sme_haidian_sw" not in ids(atlas, "manufacturing")


def test_a_row_for_a_site_goes_before_that_of_its_industry(atlas: Atlas) -> None:
    assert "dist_bh_cxo" in ids(atlas, "science_technology") & ids(atlas, "manufacturing")
    assert "cty_pingquan" in ids(atlas, "agriculture")
    assert "rank_lf2024" not in ids(atlas, "information_software")


def test_zones_of_many_industries_are_matched_with_none(atlas: Atlas) -> None:
    unmatched = {site.id for site in atlas.industry_sites.unmatched}
    assert {"et_bj", "ht_zgc"} <= unmatched
    # A ranking is no site.
    assert "rank_lf2024" not in unmatched
    matched = set[str]().union(*(ids(atlas, industry) for industry in SECTOR_OF))
    assert not matched & unmatched
    single = distinct((*atlas.all_clusters(), *atlas.all_parks()))
    assert matched | unmatched == {s.id for s in single}


def test_what_is_chain_group_and_cluster_or_another_figure_counts_once(atlas: Atlas) -> None:
    made = ids(atlas, "manufacturing")
    assert {"nac_life", "nac_ic", "nac_icv", "nac_safe"} <= made
    assert not {"chain_bio", "grp_bio", "grp_ic", "chain_nev", "grp_safe", "inn_bd"} & made
    assert not {"cty_luquan", "cty_sjz_elec2023", "agg_hb107_2024", "seed_tj_eq"} & made
    records = {s.id for s in atlas.industry_sites.records("manufacturing")}
    assert {"chain_bio", "cty_luquan"} <= records
    # Eight centres of computing, and not one of their further figures, rankings and plans.
    computing = [s for s in atlas.industry_sites.of("information_software") if s.what == "park"]
    assert {s.id for s in computing if s.kind == "computing"} == {
        *("dc_zjk", "sc_tj", "ai_wq", "ai_hd", "ai_mtg", "dc_lf", "ai_jxq", "ai_tj"),
    }


def test_a_part_counts_for_its_site_where_that_lies_outside(atlas: Atlas) -> None:
    inside = atlas.industry_sites.records("manufacturing", ("article/shijiazhuang",))
    found = atlas.industry_sites.of("manufacturing", ("article/shijiazhuang",))
    assert found == distinct(inside)
    assert {s.id for s in found} >= {"cty_sjz_elec", "nac_safe"}
    assert "cty_luquan" in {s.id for s in inside} - {s.id for s in found}


def test_an_industry_without_named_sites_has_none(atlas: Atlas) -> None:
    assert ids(atlas, "education") == set()
    with pytest.raises(UnknownNameError):
        ids(atlas, "alchemy")


@pytest.mark.parametrize(
    ("rows", "words"),
    [("industry,steel,X,why\n", "no sections"), ("industry,steel,C,why\n", "add one")],
)
def test_a_table_that_does_not_fit_is_refused(
    atlas: Atlas, tmp_path: Path, rows: str, words: str
) -> None:
    (tmp_path / "site_sections.csv").write_text("about,key,sections,reason\n" + rows)
    with pytest.raises(FactsError, match=words):
        IndustrySites(atlas._data, tmp_path)  # noqa: SLF001 - only the table differs
