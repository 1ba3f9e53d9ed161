"""Own figures beside the published ones: what they become, and that nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pandas.testing import assert_frame_equal

from geodata.atlas import Atlas
from geodata.build import cache
from geodata.ids import OWN
from geodata.own import store
from geodata.own.importing import keep, read_own
from geodata.own.records import FIGURES
from geodata.records import FULL_ROLES, LEVELS

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.own.errors import OwnError

TABLE = """\
区划代码,地区,年份,企业数（家）,增速（%）
131082,三河市,2009,120,5.1
131082,三河市,2015,180.25,4.4
110102,西城区,2009,100,5.0
110104,宣武区,2009,60,3.0
110000,北京市,2015,900,1.0
"""
FIRMS, RATE = "own.mine.1", "own.mine.2"


@pytest.fixture
def bring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, atlas: Atlas) -> Bring:
    monkeypatch.setenv(store.ENVIRONMENT, str(tmp_path / "data"))
    return Bring(tmp_path, atlas)


class Bring:
    """Imports a table and gives the atlas with it."""

    def __init__(self, folder: Path, atlas: Atlas) -> None:
        self.folder, self.atlas = folder, atlas
        self.faults: dict[str, OwnError] = {}

    def __call__(self, table: str, name: str = "mine") -> Atlas:
        path = self.folder / "firms.csv"
        path.write_text(table, encoding="utf-8")
        keep(read_own(path, name), path, name)
        return self.again()

    def again(self) -> Atlas:
        return self.atlas.with_own(store.names(), self.faults.__setitem__)


def test_a_table_becomes_indicators_with_their_years_units_and_words(bring: Bring) -> None:
    own = bring(TABLE)
    firms, rate = own.indicator(FIRMS), own.indicator(RATE)
    assert (firms.name.zh, firms.unit, firms.theme, firms.summable) == ("企业数", "家", OWN, True)
    assert (rate.name.zh, rate.unit, rate.kind, rate.summable) == ("增速", "%", "rate", False)
    assert firms.years == {"county": ("2009", "2015"), "city": ("2015",), "province": ("2015",)}
    assert (firms.decimals, rate.decimals) == (2, 1)
    assert firms.definition.zh.startswith("自有数据，未公布；图谱未核对。来自文件 firms.csv")
    assert "not published; not checked by the atlas" in firms.definition.en
    assert own.themes[-1][1].zh == "自有数据"


def test_a_unit_that_no_published_figure_has_stands_as_it_was_written(bring: Bring) -> None:
    own = bring("区划代码,年份,机器人密度（台/万人）\n131082,2015,18.8\n")
    unit = own.term("unit", own.indicator(FIRMS).unit)
    assert (unit.zh, unit.en) == ("台/万人", "台/万人")
    assert own.term("unit", "%") == bring.atlas.term("unit", "%")


def test_figures_stand_at_their_places_with_status_and_source(bring: Bring) -> None:
    own = bring(TABLE)
    xicheng = own.value(FIRMS, "110102", "2009")
    # 西城区 and 宣武区 merged in 2010: 100 + 60, while their rates cannot be joined.
    assert (xicheng.value, xicheng.status, xicheng.source_ids) == (160.0, OWN, ("own.mine",))
    assert own.note(xicheng.note[0], "zh") == "由表中第4、5行相加"
    assert own.value(RATE, "110102", "2009").value is None
    assert own.value(FIRMS, "131082", "2015").value == 180.25
    province = own.values(FIRMS, "2015", "province")
    assert province.values[province.codes.index("110000")].value == 900.0  # noqa: PD011
    assert own.source("own.mine", "zh").title == "自有数据“mine”（firms.csv）"
    assert own.source("own.mine").link is None


def test_published_figures_and_the_build_stay_as_they_are(bring: Bring) -> None:
    before = cache.inputs_digest()
    own, published = bring(TABLE), bring.atlas
    assert cache.inputs_digest() == before
    assert not published.own
    assert not [one for one in published.indicators if one.startswith(OWN)]
    assert set(own.indicators) - set(published.indicators) == {FIRMS, RATE}
    for name in ("gdp", "population", "lq_manufacturing"):
        for level in LEVELS:
            for year in published.indicator(name).years.get(level, ()):
                assert own.values(name, year, level) == published.values(name, year, level)


def test_a_circle_has_a_total_only_by_the_rule_for_wholes(bring: Bring, atlas: Atlas) -> None:
    circle = next(
        one
        for scheme in atlas.schemes
        for one in scheme.circles
        if one.all_named
        and not one.in_part
        and len({m.place for m in one.members if m.role in FULL_ROLES}) > 2
        and atlas.aggregate(one.key, "gdp", "2023").value.value is not None
    )
    units = [place.id for place in atlas.aggregate(circle.key, "gdp", "2023").used]
    rows = [f"{code},2015,{at},{at}" for at, code in enumerate(units, 1)]
    head = "区划代码,年份,企业数（家）,增速（%）\n"
    own = bring(head + "\n".join(rows))
    total = own.aggregate(circle.key, FIRMS, "2015")
    assert total.value.value == len(units) * (len(units) + 1) / 2
    assert total.value.status == OWN
    assert own.aggregate(circle.key, RATE, "2015").value.value is None
    some = bring(head + rows[0])
    partial = some.aggregate(circle.key, FIRMS, "2015")
    assert partial.value.value is None
    assert partial.subtotal is not None
    assert partial.subtotal.value.status == OWN


def test_figures_without_a_year_are_not_shown(bring: Bring) -> None:
    own = bring("地区,企业数\n三河市,5\n")
    assert own.indicators == bring.atlas.indicators
    assert bring.faults == {}


def test_a_damaged_set_is_left_out_and_told(bring: Bring) -> None:
    bring(TABLE, "good")
    bring(TABLE)
    (store.load("mine").folder / FIGURES).write_text("region_code\n999999\n", encoding="utf-8")
    own = bring.again()
    assert [one for one in own.indicators if one.startswith(OWN)] == ["own.good.1", "own.good.2"]
    assert list(bring.faults) == ["mine"]
    assert "重新导入" in str(bring.faults["mine"])


def test_indicators_of_one_name_are_told_apart(bring: Bring) -> None:
    gdp = bring.atlas.indicator("gdp").name.zh
    bring(TABLE, "first")
    own = bring(TABLE.replace("增速（%）", gdp), "second")
    names = [own.indicator(one).name.zh for one in own.own]
    assert names == ["企业数（first）", "增速", "企业数（second）", f"{gdp}（second）"]
    assert own.indicator("own.second.1").name.en == "企业数 (second)"


def test_what_is_covered_is_counted_as_without_the_published_atlas(bring: Bring) -> None:
    own = bring(TABLE)
    alone = Atlas(own._data).coverage()  # noqa: SLF001 - the same figures, counted anew
    counted = own.coverage()
    keys = ["indicator", "level", "year"]
    ours, theirs = (one.sort_values(keys, ignore_index=True) for one in (counted, alone))
    assert_frame_equal(ours, theirs)
    mine = counted[counted["indicator"] == FIRMS].set_index(["level", "year"])["present"]
    assert mine.to_dict() == {
        ("county", "2009"): 2,
        ("county", "2015"): 1,
        ("city", "2015"): 1,
        ("province", "2015"): 1,
    }
