"""Figures and years of tables as people write them; all else is refused."""

from __future__ import annotations

import pytest

from geodata.own.numbers import NotANumberError, number_of, year_of


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234.5", 1234.5),
        ("１２", 12),
        ("-3", -3),
        ("'7", 7),
        ("1e3", 1000),
        (" 4 ", 4),
        ("1 234 567", 1234567),
    ],
)
def test_figures_are_read_as_people_write_them(cell: str, number: float) -> None:
    assert number_of(cell) == number


@pytest.mark.parametrize("cell", ["", "-", "…", "N/A", "—"])
def test_a_mark_for_no_figure_is_none(cell: str) -> None:
    assert number_of(cell) is None


@pytest.mark.parametrize(
    "cell", ["1,5", "12万", "1 2x", "inf", "=1+1", "1,23,456", "12 34", "五十", "1e999"]
)
def test_whatever_else_is_no_figure(cell: str) -> None:
    with pytest.raises(NotANumberError):
        number_of(cell)


def test_years_are_years() -> None:
    assert [year_of(c) for c in ("2020", "2020年", "2020.0", "２０１９年末")] == [
        2020,
        2020,
        2020,
        2019,
    ]
    assert [year_of(c) for c in ("2019-12-31", "2019/1/1", "2019-12-31 00:00:00")] == [2019] * 3
    assert [
        year_of(c) for c in ("2019-06-30", "2019/12", "20", "1800", "2999", "x", "2020-21")
    ] == [None] * 7
