"""Which columns of a table are figures, and which only name or number something."""

from __future__ import annotations

import pytest

from geodata.own import columns
from tests.geodata.test_own_import import here


@pytest.mark.parametrize(
    "header",
    [
        "id",
        "ID",
        "firm_id",
        "regionId",
        "序号",
        "企业编号",
        "行业代码",
        "No.",
        "联系电话",
        "Unnamed: 0",
        "经度",
    ],
)
def test_numbers_that_name_something_are_no_figures_until_a_person_says_so(header: str) -> None:
    table = f"{header},地区,企业数\n1001,三河市,7\n1002,大厂县,8\n"
    outcome = here(table, year=2020)
    assert [one.measure.zh for one in outcome.columns.figures] == ["企业数"]
    assert outcome.columns.left == (header,)
    said = columns.checked({"values": {header: {}}}, "map.toml")
    assert [one.at for one in here(table, said, year=2020).columns.figures] == [0]


@pytest.mark.parametrize("header", ["Tax paid", "价格指数", "price index", "Methanoid", "nodes"])
def test_what_only_sounds_like_a_number_of_something_is_measured(header: str) -> None:
    outcome = here(f"地区,{header}\n三河市,7\n", year=2020)
    assert [one.at for one in outcome.columns.figures] == [1]
