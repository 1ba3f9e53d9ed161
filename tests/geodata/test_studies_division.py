"""The division of functions against the printed table of urban units, added up here."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from geodata.errors import UnknownNameError
from geodata.facts.files import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection

    from geodata.atlas import Atlas

BEIJING, TIANJIN, SHIJIAZHUANG = "110000", "120000", "130100"


def by_hand(year: str, core: Collection[str], letters: str = "GIJLM") -> float:
    """Divide the sums of the table itself."""
    path = TABLES / "statistics" / "urban_units.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == year]
    ratios = []
    for inside in (True, False):
        own = [row for row in rows if (row["region_code"] in core) is inside]
        services = sum(float(row[letter]) for row in own for letter in letters)
        ratios.append(services / sum(float(row["C"]) for row in own))
    return ratios[0] / ratios[1]


@pytest.mark.parametrize(("year", "first_look"), [("2003", 2.62), ("2010", 4.52), ("2019", 5.23)])
def test_beijing_over_the_other_twelve(atlas: Atlas, year: str, first_look: float) -> None:
    line = atlas.divisions.of().lines[0]
    assert [place.id for place in line.core] == [BEIJING]
    assert len(line.periphery) == 12
    value = line.of(year)
    assert value.value == pytest.approx(by_hand(year, {BEIJING}))
    assert round(value.value or 0, 2) == first_look
    assert value.source_ids == ("emp300",)
    narrow = next(v for v in line.narrow if v.year == year)
    assert narrow.value == pytest.approx(by_hand(year, {BEIJING}, "IJLM"))


def test_the_cores_are_those_of_the_scheme(atlas: Atlas) -> None:
    cores = {BEIJING, TIANJIN, SHIJIAZHUANG}
    line = atlas.divisions.of("article").lines[1]
    assert {place.id for place in line.core} == cores
    assert line.of("2016").value == pytest.approx(by_hand("2016", cores))
    plan = atlas.divisions.of("plan2026").lines[1]
    assert {place.id for place in plan.core} == {BEIJING, TIANJIN}
    assert len(atlas.divisions.of("commute2018").lines) == 1
    assert atlas.divisions.of("sjz2025").lines == ()
    with pytest.raises(UnknownNameError):
        atlas.divisions.of("nowhere")


def test_no_run_crosses_a_break_or_a_missing_city(atlas: Atlas) -> None:
    """Beijing falls in 2006, Tianjin rises in 2011, all break in 2017, when Langfang is blank."""
    found = atlas.divisions.of()
    assert {b.year for b in found.breaks} == {"2006", "2011", "2017"}
    assert {year: [p.id for p in places] for year, places in found.lacking.items()} == {
        "2017": ["131000"]
    }
    assert [(run[0], run[-1]) for run in found.runs] == [
        ("2003", "2005"),
        ("2006", "2010"),
        ("2011", "2016"),
        ("2018", "2019"),
    ]
    assert found.lines[0].of("2017").value is None


def test_the_rise_of_tianjin_in_2011_is_a_break_of_tianjin_alone(atlas: Atlas) -> None:
    for indicator in ("urban_emp_total", "urban_emp_finance", "urban_lq_manufacturing"):
        (one,) = (b for b in atlas.breaks(indicator, "city") if b.year == "2011")
        assert one.places == (TIANJIN,)
