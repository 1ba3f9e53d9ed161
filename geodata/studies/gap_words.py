"""What is said of Theil's index by circle: why there is none, and what it cannot carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.measures.coverage import ENOUGH
from geodata.measures.runs import runs
from geodata.records import Name
from geodata.studies.systems import NOTHING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from geodata.records import Scheme
    from geodata.studies.gap_findings import Split


def why_not(scheme: Scheme | None, groups: Collection[str]) -> Name:
    """Say why the cities cannot be put into the circles of a scheme; empty where they can.

    Parameters
    ----------
    scheme
        None where the groups are the provinces.
    groups
        The groups that have a city.
    """
    if scheme is None:
        return NOTHING
    for circle in scheme.circles:
        if not circle.all_named and not circle.missing:
            return Name(
                f"方案“{scheme.name.zh}”中，{circle.name.zh}有的成员只有一部分属于该圈、范围未公布，"
                "无法判定各市归属，不作分解。",
                f'In the scheme "{scheme.name.en}" only a part of some members belongs to the '
                f'circle "{circle.name.en}" and no source says which, so the cities cannot be '
                "assigned and Theil's index is not split.",
            )
        if circle.missing:
            return Name(
                f"方案“{scheme.name.zh}”中，{circle.name.zh}有{circle.missing}个成员未查到"
                "名称，无法判定各市归属，不作分解。",
                f'In the scheme "{scheme.name.en}" {circle.missing} members of the circle '
                f'"{circle.name.en}" are not named by any source, so the cities cannot be '
                "assigned and Theil's index is not split.",
            )
    if len(groups) < 2:  # noqa: PLR2004 - one group has no between
        return Name(
            f"方案“{scheme.name.zh}”没有把各市分成两组以上（多按县划定），不能按圈分解；"
            "请换一个方案或按省分解。",
            f'The scheme "{scheme.name.en}" does not put whole cities into at least two '
            "groups (it lists county units), so nothing can be split by circle; choose "
            "another scheme or the provinces.",
        )
    return NOTHING


def boundaries(scheme: Scheme | None) -> tuple[Name, ...]:
    """Say which circles of a scheme have no published boundary, else what is noted of them."""
    if scheme is None:
        return ()
    circles = scheme.circles
    open_ones = [c.name for c in circles if c.missing is None]
    if not open_ones:
        return tuple(c.note for c in circles if c.note.zh)
    zh = "、".join(n.zh for n in open_ones)
    en = ", ".join(n.en for n in open_ones)
    return (
        Name(
            f"{zh}未公布完整边界，只计已点名的完整成员城市。",
            f"{en}: no complete published boundary, only the named whole cities are counted.",
        ),
    )


def told_of(found: Sequence[Split], withheld: Sequence[str]) -> tuple[Name, ...]:
    """Say what a lone city does to the split, and which years have none."""
    told = []
    if whole := [split for split in found if split.lone and not split.lacking]:
        told.append(_lone(whole[-1]))
    if withheld:
        joined = runs(dict.fromkeys(withheld, ("",)), ())
        spans = [run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in joined]
        told.append(
            Name(
                f"{'、'.join(spans)}年有的圈中有数据的城市占该圈人口不足{ENOUGH:g}%，不作分解。",
                f"Not split in {', '.join(spans)}: the cities with a figure hold less than "
                f"{ENOUGH:g}% of the people of a circle.",
            )
        )
    return tuple(told)


def _lone(split: Split) -> Name:
    """State the part between the groups with and without what is a group of its own."""
    zh = "、".join(p.name.zh for p in split.lone)
    en = ", ".join(p.name.en for p in split.lone)
    alone = Name(
        f"{zh}一市自成一组，组内没有差异，它与其他城市的差距全部计入组间",
        f"{en} is a group of its own with nothing within, and all its distance from the others "
        "counts as between",
    )
    if split.without is None:
        return Name(
            f"{alone.zh}；不计则不成两组。", f"{alone.en}; without it there are no two groups."
        )
    both = (split.parts, split.without)
    with_, without = (f"{100 * (parts.share_between or 0.0):.0f}%" for parts in both)
    return Name(
        f"{alone.zh}：{split.year}年组间所占，计入{zh}为{with_}，不计为{without}。",
        f"{alone.en}: of {split.year} the part between is {with_} with it and {without} without.",
    )
