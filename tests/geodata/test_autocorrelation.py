"""What a build computes: complete tables, refusals, and nothing hidden behind a benchmark."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from geodata.build import autocorrelation
from geodata.ids import CENSUS_YEARS
from geodata.measures import space
from geodata.records import Column, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest
    from geodata.build.readings import Readings

CODES = tuple(f"r{r}c{c}" for r in range(4) for c in range(4))
COUNTIES = gpd.GeoDataFrame(
    {"region_code": CODES}, geometry=[box(c, r, c + 1, r + 1) for r in range(4) for c in range(4)]
).set_crs("EPSG:32650")


@pytest.fixture
def compute(monkeypatch: pytest.MonkeyPatch) -> Callable[..., autocorrelation.Tables]:
    """Compute the tables of one made-up indicator on a lattice of 4 × 4."""
    monkeypatch.setattr(autocorrelation, "EXAMINED", (("lq_mining", "2020"),))

    def of(figures: Mapping[str, float | None]) -> autocorrelation.Tables:
        values = tuple(Value(figures.get(code), "", "2020") for code in CODES)
        column = Column("lq_mining", "2020", "county", "", CODES, values, (None,) * len(CODES))
        readings: Readings = SimpleNamespace(values=lambda *_: column)  # type: ignore[assignment]
        weights = autocorrelation.weights_of(COUNTIES, "EPSG:32650")
        return autocorrelation.compute(readings, weights)

    return of


def test_every_industry_is_examined_in_both_censuses_and_three_indicators_beside() -> None:
    assert len(autocorrelation.QUOTIENTS) == 19
    for quotient in autocorrelation.QUOTIENTS.values():
        assert {(quotient, year) for year in CENSUS_YEARS} <= set(autocorrelation.EXAMINED)
    assert set(autocorrelation.HEADLINES) <= set(autocorrelation.EXAMINED)
    assert len(autocorrelation.EXAMINED) == 2 * 19 + 1


def test_who_has_no_value_and_who_is_an_island_is_named(
    compute: Callable[..., autocorrelation.Tables],
) -> None:
    figures = {code: float(n) for n, code in enumerate(CODES)}
    # All around the corner r0c0 are without a value.
    for code in ("r0c1", "r1c0", "r1c1"):
        del figures[code]
    tables = compute(figures)
    rows = {row["weights"]: row for row in tables.moran.to_dict("records")}
    queen = rows["queen"]
    assert (queen["n"], queen["islands"]) == (12, "r0c0")
    assert (queen["left_out"], queen["reason"]) == ("r0c1;r1c0;r1c1", "")
    local = tables.local[tables.local["weights"] == "queen"]
    assert sorted(local["region_code"]) == sorted(set(figures) - {"r0c0"})
    # Of its six nearest some are farther off and have a value.
    assert rows["nearest"]["islands"] == ""


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        (dict.fromkeys(CODES, 0.0), space.UNIFORM),
        ({"r0c0": 1.0, "r0c1": 2.0}, space.FEW),
        ({}, space.FEW),
    ],
    ids=["all zero", "two places", "no place"],
)
def test_what_cannot_be_computed_has_a_reason_and_no_figure(
    compute: Callable[..., autocorrelation.Tables], figures: dict[str, float], reason: str
) -> None:
    tables = compute(figures)
    assert set(tables.moran["reason"]) == {reason}
    assert tables.moran[["statistic", "expected", "z", "p"]].isna().all(axis=None)
    assert tables.local.empty


def test_the_tables_of_the_build_are_whole(manifest: Manifest) -> None:
    moran, local = (pd.read_parquet(manifest.path(f"{n}.parquet")) for n in ("moran", "local"))
    assert tuple(moran.columns) == autocorrelation.MORAN
    assert tuple(local.columns) == autocorrelation.LOCAL
    assert len(moran) == 2 * len(autocorrelation.EXAMINED)
    assert set(moran["reason"]) == {""}
    assert len(local) == moran["n"].sum()
    assert not local.isna().any(axis=None)
    assert local["p"].between(2 / (space.LOCAL_PERMUTATIONS + 1), 1).all()
    assert (local["q"] >= local["p"] - 1e-12).all()
    assert (local.loc[local["q"] > space.RATE, ["kind", "hot"]] == "none").all(axis=None)


def test_every_county_touches_another(manifest: Manifest) -> None:
    moran = pd.read_parquet(manifest.path("moran.parquet"))
    assert set(moran["islands"]) == {""}
    # The five without an employment row in 2010.
    left = moran.groupby("year")["left_out"].unique()
    assert left["2020"].tolist() == [""]
    assert left["2010"].tolist() == ["110101;110102;130606;130705;130924"]


def test_another_benchmark_gives_the_same_numbers(atlas: Atlas, manifest: Manifest) -> None:
    from geodata.places import boundaries  # noqa: PLC0415 - slow; only here

    graph = space.queen(boundaries.read_counties().set_index("region_code").geometry)
    column = atlas.values("lq_manufacturing", "2020", "county", "CN")
    figures = {c: v.value for c, v in zip(column.codes, column.values, strict=True)}
    around = space.among(graph, figures)
    values = np.array([figures[code] for code in around.codes], dtype=np.float64)
    found = space.local_moran(values, around)
    local = pd.read_parquet(manifest.path("local.parquet"))
    kept = local[
        (local["indicator"] == "lq_manufacturing")
        & (local["year"] == "2020")
        & (local["weights"] == "queen")
    ]
    assert kept["region_code"].to_list() == list(around.codes)
    assert found.statistic == pytest.approx(kept["statistic"].to_numpy())
    assert found.kind == tuple(kept["kind"])
    assert found.q == pytest.approx(kept["q"].to_numpy())
