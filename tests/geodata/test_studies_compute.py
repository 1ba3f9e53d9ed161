"""Computing power: kinds kept apart, nothing added, what is ahead apart from what is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.errors import FactsError
from geodata.studies.compute import Compute, Power, read_kinds

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.atlas import Atlas


def powers(atlas: Atlas) -> dict[str, Power]:
    return {one.site.id: one for one in atlas.compute.of(atlas.all_parks())}


@pytest.mark.parametrize(
    ("site", "pflops", "precision", "stage", "exascale"),
    [
        ("dc_zjk", 255_000, "ai", "built", True),
        ("dc_zjk_gen", 17_500, "general", "built", True),
        ("sc_tj", 4.7, "hpc", "built", False),
        ("ai_mtg", 500, "ai", "built", False),
        ("bj_compute2025q1", 33_000, "unstated", "built", True),
        ("bj_compute2025", 45_000, "unstated", "expected", True),
        ("bj_compute2027", 200_000, "unstated", "planned", True),
        ("ai_wq_5000", 5_000, "ai", "expected", True),
    ],
)
def test_each_figure_has_its_kind_and_stage(  # noqa: PLR0913, PLR0917 - one row of the table
    atlas: Atlas,
    site: str,
    pflops: float,
    precision: str,
    stage: str,
    exascale: bool,  # noqa: FBT001
) -> None:
    one = powers(atlas)[site]
    assert (one.pflops, one.precision, one.stage, one.exascale) == (
        pflops,
        precision,
        stage,
        exascale,
    )


def test_kinds_follow_one_another_and_what_is_built_comes_first(atlas: Atlas) -> None:
    order = [(one.precision, one.stage) for one in atlas.compute.of(atlas.all_parks())]
    runs = [pair for at, pair in enumerate(order) if not at or pair != order[at - 1]]
    assert len(runs) == len(set(runs))
    assert runs.index(("ai", "built")) < runs.index(("ai", "expected"))


def test_two_counts_of_one_thing_are_both_given(atlas: Atlas) -> None:
    found = {
        several[0].metric: [(s.scale.value, s.source_ids) for s in several if s.scale]
        for several in atlas.compute.conflicts(atlas.all_parks())
    }
    assert found == {
        "data_centres_running": [(39, ("h_zjk_sg2025",)), (48, ("zjk_2025h1",))],
        "servers": [(172, ("h_zjk_sg2025",)), (183, ("zjk_2025h1",))],
    }


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("sc_tj,fp64,built\n", "line 2: column precision: 'fp64' is unknown; write one of"),
        ("sc_tj,hpc,soon\n", "column stage: 'soon' is unknown"),
        ("sc_tj,hpc,built\n", "without a word on its precision; add a row"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(
    atlas: Atlas, tmp_path: Path, rows: str, words: str
) -> None:
    (tmp_path / "site_compute.csv").write_text("site,precision,stage\n" + rows)
    with pytest.raises(FactsError, match=words):
        Compute(atlas._data, tmp_path)  # noqa: SLF001 - only the table differs


def test_a_row_without_a_figure_is_refused(atlas: Atlas, tmp_path: Path) -> None:
    rows = "".join(f"{site},{p},{s}\n" for site, (p, s) in read_kinds().items())
    (tmp_path / "site_compute.csv").write_text(f"site,precision,stage\n{rows}nowhere,ai,built\n")
    with pytest.raises(FactsError, match="'nowhere' has no computing power in PFLOPS"):
        Compute(atlas._data, tmp_path)  # noqa: SLF001 - only the table differs
