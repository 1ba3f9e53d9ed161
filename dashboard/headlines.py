"""The headline measures as `jjj-atlas check` prints them, so that a reader can redo them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.numbers import NO_DATA, number, percent
from geodata.ids import DEFAULT_SCHEME, HEBEI, SHIJIAZHUANG
from geodata.measures.coverage import ENOUGH
from geodata.measures.primacy import primacy
from geodata.measures.verdict import VERDICTS
from geodata.records import REGION_ID
from geodata.studies.gap import PROVINCE
from geodata.studies.hierarchy import MEASURES, TOWNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geodata.atlas import Atlas
    from geodata.records import Name, Place, Value
    from geodata.studies.hierarchy import Measure, Primacy
    from geodata.studies.space import GlobalMoran

SIZES: Final[tuple[Measure, ...]] = ("population", "gdp")


def headline_lines(atlas: Atlas) -> list[str]:
    """Return primacy, Theil's index and Moran's I, each with formula, year and source ids."""
    theil = "T = Σ sᵢ ln(sᵢ ÷ pᵢ) = T 组间 between + T 组内 within"
    moran = "I = Σ wᵢⱼ zᵢ zⱼ ÷ Σ zᵢ²"
    return [
        "主要测度 Headline measures",
        "首位度 Primacy: S₂ = P₁ ÷ P₂, S₄ = P₁ ÷ (P₂ + P₃ + P₄)",
        *_indented(_primacy(atlas)),
        "石家庄在河北 Shijiazhuang in Hebei: P ÷ P(河北 Hebei), P ÷ P(其他最大城市 largest other)",
        *_indented(_capital(atlas)),
        f"泰尔指数（人均地区生产总值，人口加权）Theil, GDP per head, by population: {theil}",
        *_indented(_theil(atlas)),
        f"莫兰指数（县级，Queen 邻接，行标准化）Moran's I of counties, queen, Σⱼ wᵢⱼ = 1: {moran}",
        *_indented(_moran(found, atlas) for found in atlas.space.headlines()),
        "合计的规则 The rule of totals",
        *_indented(total_lines(atlas)),
        "论断与公开数字 Claims against published figures",
        *_indented(claim_lines(atlas)),
        "短文 Stories",
        *_indented([f"{len(atlas.stories.sentences)} 句与数字相符 sentences carried by figures"]),
        "数据的改动 Changes of the tables",
        *_indented(f"{one.day} {one.kind}: {one.words.zh}" for one in atlas.news[:1]),
    ]


def claim_lines(atlas: Atlas) -> list[str]:
    """Return how many claims have which verdict, each claim with its own."""
    found = atlas.claims.findings
    told = [f"{len([f for f in found if f.verdict == v])} {v}" for v in VERDICTS]
    return [
        f"{len(found)} 条 claims: {', '.join(told)}",
        *(f"{f.claim.id}: {f.verdict}" for f in found),
    ]


def total_lines(atlas: Atlas) -> list[str]:
    """Return the rule of totals, and how many it withheld over all circles and years."""
    keys = [circle.key for scheme in atlas.schemes for circle in scheme.circles]
    summed = [i.id for i in atlas.indicators.values() if not i.id.startswith("lq_")]
    wholes = [
        whole
        for key in keys
        for indicator in summed
        for year in atlas.years(indicator, key)
        if (whole := atlas.whole(indicator, key, year)).used
    ]
    withheld = [whole for whole in wholes if whole.value.value is None]
    partial = sum(whole.subtotal is not None for whole in withheld)
    enough = f"{ENOUGH:g}%"
    zh = (
        f"成员全部列名，至少两个完整成员有数据，且占该圈人口（最近一次普查）{enough}以上，才有合计；"
        "否则只列部分小计"
    )
    en = (
        "A circle has a total only where all members are named and at least two full members with "
        f"a figure hold {enough} of its people (nearest census); else a subtotal named as one"
    )
    found = (
        f"{len(keys)}个圈 circles: {number(len(wholes))} 个数有成员数据 figures with a member, "
        f"{number(len(withheld))} 个不作合计 withheld"
        f"（其中 {number(partial)} 个列部分小计 as subtotals）"
    )
    parted = (
        atlas.hierarchy.primacy(circle.key, TOWNS).reason
        for scheme in atlas.schemes
        for circle in scheme.circles
        if circle.all_named and circle.in_part
    )
    return [zh, en, found, *map(_both, parted)]


def _primacy(atlas: Atlas) -> Iterator[str]:
    for scope in (REGION_ID, HEBEI):
        for measure in SIZES:
            system = atlas.hierarchy.system(scope, measure)
            found, remarks = system.primacy, "".join(f"; {_both(r)}" for r in system.remarks)
            yield _line(
                f"{_both(found.scope.name)}, {_indicator(atlas, found.indicator)}, {found.year}: "
                f"S₂ {_number(found.two)}, S₄ {_number(found.four)}; "
                f"P₁ {_place(found.first)}, P₂ {_place(found.second)}{remarks}",
                _cited(found),
            )


def _capital(atlas: Atlas) -> Iterator[str]:
    for measure in SIZES:
        indicator = MEASURES[measure, "revised"]
        system = atlas.hierarchy.system(HEBEI, measure)
        cities = [city.place.id for city in system.cities]
        year = max(
            y
            for y in atlas.indicator(indicator).years["city"]
            if y <= system.year
            and all(atlas.value(indicator, p, y).value is not None for p in (HEBEI, *cities))
        )
        figures = {city: atlas.value(indicator, city, year) for city in cities}
        whole = atlas.value(indicator, HEBEI, year)
        share, second, ratio = primacy(figures, SHIJIAZHUANG, whole)
        yield _line(
            f"{_indicator(atlas, indicator)}, {year}: {number(share.value, 2)}%, "
            f"÷ {_both(atlas.place(second).name)} {number(ratio.value, 3)}",
            {*share.source_ids, *ratio.source_ids},
        )


def _theil(atlas: Atlas) -> Iterator[str]:
    for groups, name in (
        (PROVINCE, "按省 by province"),
        (DEFAULT_SCHEME, f"按都市圈 by circle（{_both(atlas.scheme(DEFAULT_SCHEME).name)}）"),
    ):
        split = atlas.gap.latest(groups)
        parts = split.parts
        said = f"组间 between {percent(parts.share_between)}"
        if split.without:
            lone = "、".join(_both(place.name) for place in split.lone)
            said += f"，不计 without {lone} {percent(split.without.share_between)}"
        yield _line(
            f"{name}, {split.year}: T {number(parts.total, 4)} = {number(parts.between, 4)} + "
            f"{number(parts.within, 4)}（{said}）",
            split.theil.source_ids,
        )


def _moran(found: GlobalMoran, atlas: Atlas) -> str:
    setting = found.setting
    return _line(
        f"{_indicator(atlas, setting.indicator)}, {setting.year}: I {number(found.statistic, 4)}, "
        f"E(I) {number(found.expected, 4)}, z {number(found.z, 2)}, p {number(found.p, 3)}; "
        f"n {setting.n}, 置换 permutations {setting.permutations}, 种子 seed {setting.seed}",
        setting.source_ids,
    )


def _cited(found: Primacy) -> set[str]:
    values = (value for value in (found.two, found.four) if value is not None)
    return {source for value in values for source in value.source_ids}


def _number(value: Value | None) -> str:
    return number(value.value if value else None, 3)


def _place(place: Place | None) -> str:
    return _both(place.label) if place else NO_DATA


def _indicator(atlas: Atlas, indicator: str) -> str:
    return _both(atlas.indicator(indicator).name)


def _both(name: Name) -> str:
    return f"{name.zh} {name.en}"


def _line(said: str, source_ids: Iterable[str]) -> str:
    return f"{said} [{', '.join(sorted(source_ids))}]"


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]
