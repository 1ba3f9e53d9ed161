"""The list of changes: complete, in order, and refused where it does not fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geodata.errors import FactsError
from geodata.studies.news import read_news

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.atlas import Atlas

HEAD = "date,kind,zh,en,tables,indicators\n"


def test_each_table_of_statistics_came_with_a_word(atlas: Atlas) -> None:
    told = {table for change in atlas.news for table in change.tables}
    assert {"census_2020", "nation_census_2023", "firm_counts"} <= told
    days = [change.day for change in atlas.news]
    assert days == sorted(days, reverse=True)


def test_a_change_is_read_as_it_is_written(tmp_path: Path) -> None:
    line = "2026-11-28,revised,改,changed,a;b,gdp\n"
    (tmp_path / "news.csv").write_text(HEAD + line, encoding="utf-8")
    (change,) = read_news(tmp_path, {"a", "b"}, {"gdp"})
    assert (change.day.isoformat(), change.kind) == ("2026-11-28", "revised")
    assert (change.tables, change.indicators) == (("a", "b"), ("gdp",))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("2026-13-01,added,新,new,a,\n", "'2026-13-01' is no day"),
        ("2026-11-01,other,新,new,a,\n", "'other' is not one of added"),
        ("2026-11-01,added,新,,a,\n", "both the Chinese and the English"),
        ("2026-11-01,added,新,new,a;c,\n", "there is no 'c'"),
        ("2026-11-01,added,新,new,a,nothing\n", "there is no 'nothing'"),
        ("2026-11-01,added,新,new,,\n", "no line speaks of the tables a"),
        ("2026-11-01,added,新,new,a,\n2026-11-02,added,新,new,,\n", "newer than the line above"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, lines: str, said: str) -> None:
    (tmp_path / "news.csv").write_text(HEAD + lines, encoding="utf-8")
    with pytest.raises(FactsError, match=re.escape(said)):
        read_news(tmp_path, {"a"}, {"gdp"})
