"""Reads the schemes of circles: the list of schemes, and the table of their members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geodata.catalog.rows import FOLDER, read_rows, refuse_twice
from geodata.errors import FactsError
from geodata.facts.files import lines_of
from geodata.facts.places import PLACE_TABLES
from geodata.ids import MOST_CIRCLES
from geodata.places.layout import STRENGTH, Layout
from geodata.places.regions import build_regions
from geodata.records import Circle, Member, Name, Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from geodata.catalog.rows import CatalogRow
    from geodata.errors import Fault
    from geodata.facts.files import Line
    from geodata.places.regions import Regions

SCHEMES_FILE: Final = FOLDER / "schemes.csv"
Key = tuple[str, str]
"""Scheme and circle, "" for the row of the scheme itself."""


def build_layout(circles: pd.DataFrame, regions: Regions, file: Path = SCHEMES_FILE) -> Layout:
    """Join the table of circles and the list of schemes.

    Parameters
    ----------
    circles
        Rows with scheme, circle_id, circle_zh, circle_en, region_code, role, source_id, note.
    regions
        The regions.
    file
        The list of schemes and circles with names, definitions and numbers of missing members.

    Raises
    ------
    FactsError
        If a circle or scheme is in one of the two only or is named in two ways, a scheme has no
        circle or more than `MOST_CIRCLES`, or a role or region is unknown.
    """
    rows = read_rows(file.parent, file.stem)
    refuse_twice(rows, "scheme", "circle")
    described = {(r["scheme"], r["circle"]): r for r in rows}
    lines: dict[Key, list[Line]] = {}
    for line in lines_of(circles.to_dict("records"), PLACE_TABLES["circles"].file):
        lines.setdefault((line["scheme"], line["circle_id"]), []).append(line)
    if faults := [*_circle_faults(lines, described), *_scheme_faults(described)]:
        raise FactsError(*faults)
    members = {key: [_member(line, regions) for line in own] for key, own in lines.items()}
    schemes = []
    for scheme, row in ((key[0], row) for key, row in described.items() if not key[1]):
        own = [
            _circle(scheme, circle, described[scheme, circle], members[scheme, circle])
            for of, circle in described
            if of == scheme and circle
        ]
        sources = dict.fromkeys(s for c in own for m in c.members for s in m.source_ids)
        definition = Name(
            row["definition_zh"] + row["note_zh"],
            f"{row['definition_en']} {row['note_en']}".strip(),
        )
        schemes.append(
            Scheme(scheme, row.name(), row["year"], definition, tuple(sources), tuple(own))
        )
    return Layout(schemes, regions)


def _circle_faults(
    listed: Mapping[Key, Sequence[Line]], described: Mapping[Key, CatalogRow]
) -> Iterator[Fault]:
    """Yield where a circle has members only, a description only, or two names."""
    for key, lines in listed.items():
        if key not in described:
            what = Name(
                f"都市圈“{'/'.join(key)}”不在 catalog/schemes.csv 中；请更正，或在那里加一行。",
                f"catalog/schemes.csv has no circle {'/'.join(key)!r}; correct it, or add a line "
                "there.",
            )
            yield lines[0].fault(what)
            continue
        named = described[key].name()
        for line in lines:
            here = Name(line["circle_zh"], line["circle_en"])
            if here != named:
                what = Name(
                    f"都市圈“{'/'.join(key)}”在这里叫“{here.zh}”（{here.en}），"
                    f"在 catalog/schemes.csv 中叫“{named.zh}”（{named.en}）；请把两处写成一样。",
                    f"the circle {'/'.join(key)!r} is {here.en!r} ({here.zh}) here and "
                    f"{named.en!r} ({named.zh}) in catalog/schemes.csv; write the same name in "
                    "both.",
                )
                yield line.fault(what)
    for key, row in described.items():
        if key[1] and key not in listed:
            what = Name(
                f"都市圈“{'/'.join(key)}”在 tables/places/circles.csv 中没有成员；"
                "请更正，或在那里补上成员。",
                f"tables/places/circles.csv has no member of the circle {'/'.join(key)!r}; "
                "correct it, or add its members there.",
            )
            yield row.fault(what)


def _scheme_faults(described: Mapping[Key, CatalogRow]) -> Iterator[Fault]:
    """Yield where a scheme has no circle, too many, or circles and no row of its own."""
    circles: dict[str, list[CatalogRow]] = {
        scheme: [] for scheme, circle in described if not circle
    }
    for (scheme, circle), row in described.items():
        if circle and scheme in circles:
            circles[scheme].append(row)
        elif circle:
            what = Name(
                f"方案“{scheme}”没有自己的一行；请更正，或加一行，circle 列留空。",
                f"the scheme {scheme!r} has no row of its own; correct it, or add one with an "
                "empty circle.",
            )
            yield row.fault(what)
    for scheme, rows in circles.items():
        if not rows:
            what = Name(
                f"方案“{scheme}”没有都市圈；请为各圈各加一行，或删去该方案。",
                f"the scheme {scheme!r} has no circle; add a row for each, or take it out.",
            )
            yield described[scheme, ""].fault(what)
        if len(rows) > MOST_CIRCLES:
            what = Name(
                f"方案“{scheme}”有 {len(rows)} 个都市圈，图上最多分得清 {MOST_CIRCLES} 个；"
                "请删去多出的，或分成几个方案。",
                f"the scheme {scheme!r} has {len(rows)} circles, and a map can tell "
                f"{MOST_CIRCLES} apart; take out the others, or make several schemes of it.",
            )
            yield rows[MOST_CIRCLES].fault(what)


def _member(row: Line, regions: Regions) -> Member:
    if row["region_code"] not in regions.places:
        what = Name(
            f"区划代码“{row['region_code']}”不在 places/regions.csv 中；请更正。",
            f"region code {row['region_code']!r} is not in places/regions.csv; correct it.",
        )
        raise FactsError(row.fault(what))
    for role in STRENGTH:
        if role == row["role"]:
            sources = tuple(row["source_id"].split(";"))
            return Member(row["region_code"], role, sources, row["note"])
    what = Name(
        f"角色“{row['role']}”不可用；请写 {'、'.join(STRENGTH)} 之一。",
        f"role {row['role']!r} is unknown; write one of {', '.join(STRENGTH)}.",
    )
    raise FactsError(row.fault(what))


def _circle(scheme: str, circle: str, row: CatalogRow, members: list[Member]) -> Circle:
    return Circle(
        key=f"{scheme}/{circle}",
        scheme=scheme,
        id=circle,
        name=row.name(),
        members=tuple(members),
        missing=row.as_number(int, "missing") if row["missing"] else None,
        note=Name(row["note_zh"], row["note_en"]),
    )


def circle_counties() -> dict[str, frozenset[str]]:
    """Return the counties inside every outline of every scheme, from the tables.

    Returns
    -------
    dict
        As `Layout.circle_groups`, for all schemes.
    """
    from geodata.facts import statistics  # noqa: PLC0415 (the build asks for this; the atlas does not)

    regions = build_regions(statistics.read_table("regions"))
    layout = build_layout(statistics.read_table("circles"), regions)
    groups: dict[str, frozenset[str]] = {}
    for scheme in layout.schemes:
        groups |= layout.circle_groups(scheme.id)
    return groups
