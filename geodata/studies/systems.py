"""What is said of a system of cities: why a scope is none, and what stands beside its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geodata.catalog.derive import SCOPES_DIFFER, YEAREND
from geodata.ids import MUNICIPALITIES
from geodata.measures.coverage import ENOUGH
from geodata.measures.hierarchy import FEWEST, missing_middle
from geodata.records import Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.records import Circle, Coverage, Place, Value
    from geodata.studies.towns import Town

NOTHING: Final = Name("", "")
UNLIKE: Final = Name(
    "2024年起保定的年末常住人口不含定州和雄安新区，而石家庄仍含辛集，范围不一，不作比较。",
    "From 2024 the residents of Baoding are counted without Dingzhou and Xiong'an, those of "
    "Shijiazhuang still with Xinji: unlike boundaries, not compared.",
)
NEVER: Final = "9999"
SECOND: Final = 2
NAMED: Final = 6
"""Units outside a system that are named; of more their number is told."""


@dataclass(frozen=True, slots=True)
class City:
    """A city of a system with its size; `rank` is 1 for the largest.

    `catalogued` is False for districts put together, whose sum the catalogue does not have.
    """

    place: Place
    value: Value
    rank: int
    catalogued: bool = True


def barred(
    place: Place,
    circle: Circle | None = None,
    members: Sequence[Place] = (),
    coverage: Coverage | None = None,
) -> Name:
    """Say why a scope is no system of cities; empty where it is one.

    Parameters
    ----------
    place
        The region, a province or a circle.
    circle, members, coverage
        Of a circle, its full members and how much of it the members ranked make up.
    """
    if place.id in MUNICIPALITIES:
        return Name(
            f"{place.name.zh}是一个城市，没有下辖的地级市，城市之间的等级在此无从谈起；"
            "请看京津冀或河北省。",
            f"{place.name.en} is one single city without prefectures below it: there is no "
            "hierarchy of cities within it. See the region or Hebei.",
        )
    if circle is None or coverage is None:
        return NOTHING
    return _unnamed(place, circle) or _lone(place, members) or _partial(place, coverage) or NOTHING


def _unnamed(place: Place, circle: Circle) -> Name | None:
    low = _low(place.name.en)
    if circle.missing:
        return Name(
            f"{place.name.zh}有{circle.missing}个成员未查到名称，成员不全，不作位序—规模分析。",
            f"{circle.missing} members of the {low} are not named by any source: "
            "no rank–size analysis on an incomplete list.",
        )
    if not circle.all_named:
        return Name(
            f"{place.name.zh}有的成员只有一部分属于该圈，范围未公布，不作位序—规模分析。",
            f"Of some members of the {low} only a part belongs and no source says which: no "
            "rank–size analysis on an incomplete list.",
        )
    return None


def _lone(place: Place, members: Sequence[Place]) -> Name | None:
    """Refuse a circle of one city: a new area beside it is no second one."""
    cities = [m for m in members if m.kind != "new_area"]
    if len(cities) != 1:
        return None
    return Name(
        f"{place.name.zh}的完整成员中只有{cities[0].name.zh}是城市，圈内没有第二个城市，"
        "谈不上首位度与位序。",
        f"Of the full members of the {_low(place.name.en)} only {cities[0].name.en} is a city: "
        "without a second one there is neither primacy nor an order of sizes within it.",
    )


def _partial(place: Place, coverage: Coverage) -> Name | None:
    if coverage.is_total or coverage.n == 0:
        return None
    return Name(
        f"{place.name.zh}整市纳入的成员只占该圈人口{coverage.people or 0:.1f}%，不足{ENOUGH:g}%，"
        "不作首位度与位序分析。",
        f"The whole cities of the {_low(place.name.en)} hold {coverage.people or 0:.1f}% of its "
        f"people, less than {ENOUGH:g}%: neither primacy nor an order of sizes is given.",
    )


def in_part(
    place: Place,
    apart: Sequence[Place],
    without: Sequence[tuple[Place, Value]],
    whole: Sequence[tuple[Place, Value]],
) -> Name:
    """Say why no order of sizes is given where some members belong in part; empty where none do.

    Parameters
    ----------
    place, apart
        A circle, and its members of which only a part belongs, whose size nobody publishes.
    without, whole
        The cities with none of those members and with all of each; between the two-city indices
        of both lies the true one, which is said where it cannot lie elsewhere.
    """
    if not apart:
        return NOTHING
    zh, en = _between(_by_size(without), _by_size(whole))
    low = _low(place.name.en)
    listed = Name("、".join(p.label.zh for p in apart), ", ".join(p.label.en for p in apart))
    return Name(
        f"{place.name.zh}只含{listed.zh}的一部分，这部分的规模未公布{zh}，"
        "不作首位度与位序—规模分析。",
        f"Only a part of {listed.en} belongs to the {low}, and its "
        f"size is not published{en}: neither primacy nor an order of sizes is given.",
    )


def _by_size(found: Sequence[tuple[Place, Value]]) -> list[tuple[str, float]]:
    return sorted(((p.id, v.value or 0.0) for p, v in found), key=lambda one: -one[1])


def _between(
    without: Sequence[tuple[str, float]], whole: Sequence[tuple[str, float]]
) -> tuple[str, str]:
    """Write the range of the two-city index: of one head, where head or second place is fixed."""
    if min(len(without), len(whole)) < SECOND:
        return "", ""
    grown = dict(whole)
    fixed = without[0] == whole[0] or (without[0][0] == whole[0][0] and without[1] == whole[1])
    if not fixed or any(size > grown.get(town, 0.0) for town, size in without):
        return "", ""
    ratios = [pair[0][1] / pair[1][1] for pair in (whole, without)]
    if ratios[0] == ratios[1]:
        return "", ""
    of_all, of_none = (f"{ratio:.2f}" for ratio in ratios)
    return (
        f"（二城市指数：全部计入为{of_all}，全不计入为{of_none}，实际在两者之间）",
        f" (two-city index {of_all} with all of it, {of_none} with none, in truth between them)",
    )


def too_few(place: Place, n: int) -> Name:
    """Say why no line is drawn over so few cities; empty where one is."""
    if n >= FEWEST:
        return NOTHING
    return Name(
        f"{place.name.zh}完整纳入的城市只有{n}个，不足{FEWEST}个，画不出位序—规模曲线。",
        f"Only {n} whole {'city' if n == 1 else 'cities'} in the {_low(place.name.en)}: a "
        f"rank–size line needs at least {FEWEST}.",
    )


def one_rule(all_: Sequence[City], dense: Sequence[Town], least: float) -> Name:
    """State the missing middle by one rule of what is urban, beside that of all districts.

    Beijing and Tianjin are districts throughout, the counties of Hebei are none: put together as
    they are, the districts of the two hold far towns that count on their own elsewhere.

    Parameters
    ----------
    all_, dense
        The urban places with all districts of a city together, and with the dense ones only.
    least
        Residents per km² of a dense district.
    """
    before = missing_middle([city.value.value or 0.0 for city in all_])
    ordered = sorted(dense, key=lambda town: -(town.value.value or 0.0))
    step = missing_middle([town.value.value or 0.0 for town in ordered])
    upper, lower = (ordered[step.rank - 1 + at].place.name for at in (0, 1))
    return Name(
        f"城区口径之差：京、津全域设区，远郊区也并入城区，河北的县则单列。如各市一律只并入人口密度不低于"
        f"{least:,.0f}人/平方公里的市辖区（1999年城乡划分规定的标准），其余各区单列，最陡的一级在第"
        f"{step.rank}位{upper.zh}与第{step.rank + 1}位{lower.zh}之间，比值{step.ratio:.2f}，"
        f"为法则预期值的{step.factor:.2f}倍（全部市辖区并入时为{before.factor:.2f}倍）。",
        "What counts as urban makes a difference: Beijing and Tianjin consist of districts, far "
        "ones included, while Hebei's counties stand alone. With only districts of at least "
        f"{least:,.0f} residents per km² put together everywhere (the rule of 1999) and the others "
        f"on their own, the steepest step is from {upper.en} (rank {step.rank}) to {lower.en} "
        f"(rank {step.rank + 1}), ratio {step.ratio:.2f}, {step.factor:.2f} times as steep as "
        f"expected ({before.factor:.2f} with all districts together).",
    )


def remarks(
    asked: str, year: str, outside: Sequence[Place], circle: Circle | None
) -> tuple[Name, ...]:
    """Return the sentences to stand beside the figures of a system."""
    found = []
    if asked and asked != year:
        found.append(
            Name(
                f"{asked}年并非所有城市都有数据，改示各城市齐备的{year}年。",
                f"Not all cities have a figure for {asked}; {year} is shown instead, the "
                "latest year with all of them.",
            )
        )
    if outside:
        zh = "、".join(p.label.zh for p in outside[:NAMED])
        en = ", ".join(p.label.en for p in outside[:NAMED])
        more = len(outside) - NAMED
        found.append(
            Name(
                f"按整市排位，未计入：{zh}{f'等{len(outside)}个单元' if more > 0 else ''}。",
                f"Whole cities only, so without {en}{f' and {more} more' if more > 0 else ''}.",
            )
        )
    if circle is not None and circle.missing is None:
        found.append(
            Name(
                "该圈未公布完整边界，只计已点名的完整成员城市。",
                "The circle has no complete published boundary: only its named whole cities "
                "are ranked.",
            )
        )
    return tuple(found)


def _low(name: str) -> str:
    """Write "Capital metropolitan circle" as it stands within a sentence."""
    proper = ("Tianjin", "Shijiazhuang", "Beijing", "Hebei")
    return name if name.startswith(proper) else name[:1].lower() + name[1:]


def unlike_from(indicator: str, cities: tuple[str, ...]) -> str:
    """Return the year from which the cities are counted within unlike boundaries."""
    unlike = [SCOPES_DIFFER[c] for c in cities if c in SCOPES_DIFFER]
    return min(unlike, default=NEVER) if indicator == YEAREND else NEVER
