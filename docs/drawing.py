"""The drawing of the rooms, made from their order and from the imports of every file.

A floor is a folder, or the single modules that stand between two folders. To the right of each
floor a mark shows which floors below it imports, so that a mark right of the steps is a fault.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from tests.rooms import ROOMS, ROOT, imports, module_of, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

WORDS: Final = Path(__file__).with_name("rooms.csv")
WIDE, STEP, LINE, PAD, GAP = 330, 15, 15, 7, 5
"""Pixels: a box, a column of marks, a line of words, around words, and between floors."""
LETTERS: Final = 44
"""Letters of a line of module names."""
SMALLEST, GROWTH, LARGEST = 2.0, 0.55, 6.5
"""Pixels: the radius of a mark is `SMALLEST + GROWTH · √imports`, at most `LARGEST`."""


@dataclass(frozen=True)
class Floor:
    """What stands on one floor, and what it is for."""

    members: tuple[str, ...]
    zh: str
    en: str

    @property
    def name(self) -> str:
        """Its folder, or its modules."""
        inner = [one.partition(".")[2].replace(".", "/") or one for one in self.members]
        return f"{house_of(self.members[0])}/ " + " ".join(inner)


def is_folder(member: str) -> bool:
    """Tell a folder from a module; the package itself is its `__init__` alone."""
    return "." in member and (ROOT / member.replace(".", "/")).is_dir()


def stacked() -> list[tuple[str, ...]]:
    """Return the members of each floor, from the ground up."""
    floors: list[tuple[str, ...]] = []
    for group in ROOMS:
        members = sorted(group)
        single = tuple(one for one in members if not is_folder(one))
        if single and floors and _joins(floors[-1][0], single[0]):
            floors[-1] += single
        elif single:
            floors.append(single)
        floors += [(one,) for one in members if is_folder(one)]
    return floors


def _joins(below: str, module: str) -> bool:
    """Tell whether a module may stand on a floor: one of single modules, of the same house."""
    return not is_folder(below) and house_of(below) == house_of(module)


def house_of(member: str) -> str:
    """Return geodata or dashboard; run.py is the door of the latter."""
    return member.partition(".")[0].replace("run", "dashboard")


def floors() -> list[Floor]:
    """Return the floors from the ground up, with their words.

    Raises
    ------
    LookupError
        If docs/rooms.csv has no words for a floor.
    """
    with WORDS.open(encoding="utf-8", newline="") as file:
        words = {row["room"]: row for row in csv.DictReader(file)}
    found = []
    for members in stacked():
        row = next((words[one] for one in members if one in words), None)
        if row is None:
            message = f"docs/rooms.csv: no row for {' '.join(members)}; add one of these."
            raise LookupError(message)
        found.append(Floor(members, row["zh"], row["en"]))
    return found


def at(module: str, house: Sequence[Floor]) -> int | None:
    """Return the floor of a module, counted from the ground, or None for what is not ours."""
    while module:
        for number, floor in enumerate(house):
            if module in floor.members:
                return number
        module = module.rpartition(".")[0]
    return None


def stairs(house: Sequence[Floor]) -> Counter[tuple[int, int]]:
    """Count the imports from one floor to another, in all files of the product."""
    counted: Counter[tuple[int, int]] = Counter()
    for path in sources():
        here = at(module_of(path), house)
        for name in imports(path):
            there = at(name, house)
            if here is not None and there is not None and here != there:
                counted[here, there] += 1
    return counted


def svg() -> str:
    """Return the drawing as SVG for a page, coloured by docs.css, and the same in words."""
    house = floors()
    counted = stairs(house)
    heights = [LINE * (2 + len(_names(floor))) + 2 * PAD for floor in house]
    tops: dict[int, int] = {}
    y = STEP + GAP
    for number in reversed(range(len(house))):
        tops[number] = y
        y += heights[number] + GAP
    middles = {number: top + heights[number] / 2 for number, top in tops.items()}
    width = WIDE + STEP * (len(house) + 1)
    parts = [
        *_guides(middles, width, y),
        *(part for n, floor in enumerate(house) for part in _box(n, floor, tops[n], heights[n])),
        *_marks(house, counted, middles),
    ]
    said = "京津冀产业协同图谱的房间及其引用 · The rooms of the atlas and what each imports"
    drawing = (
        f'<svg viewBox="0 0 {width} {y}" width="{width}" height="{y}" role="img" '
        f'aria-label="{said}">{"".join(parts)}</svg>'
    )
    return f'<div class="rooms" tabindex="0" role="region" aria-label="{said}">{drawing}</div>'


def _names(floor: Floor) -> list[str]:
    return wrap(floor.name, LETTERS, subsequent_indent="  ", break_on_hyphens=False)


def _box(number: int, floor: Floor, top: int, height: int) -> Iterator[str]:
    house = house_of(floor.members[0])
    yield f'<rect class="{house}" y="{top}" width="{WIDE}" height="{height}" rx="3"/>'
    yield f'<text class="number" x="{WIDE - PAD}" y="{top + PAD + LINE - 4}">{number + 1}</text>'
    lines = [("name", one) for one in _names(floor)] + [("zh", floor.zh), ("en", floor.en)]
    for place, (kind, said) in enumerate(lines, start=1):
        y = top + PAD + LINE * place - 4
        yield f'<text class="{kind}" xml:space="preserve" x="{PAD}" y="{y}">{escape(said)}</text>'


def _column(number: int) -> float:
    return WIDE + STEP * (number + 1)


def _guides(middles: Mapping[int, float], width: int, bottom: int) -> Iterator[str]:
    for number, y in middles.items():
        x = _column(number)
        yield f'<path class="guide" d="M{WIDE} {y}H{width}M{x} {STEP}V{bottom}"/>'
        yield f'<text class="column" x="{x}" y="{STEP - 4}">{number + 1}</text>'


def _marks(
    house: Sequence[Floor], counted: Mapping[tuple[int, int], int], middles: Mapping[int, float]
) -> Iterator[str]:
    for number, y in middles.items():
        yield f'<rect class="step" x="{_column(number) - 4}" y="{y - 4}" width="8" height="8"/>'
    for (here, there), many in sorted(counted.items()):
        radius = min(SMALLEST + GROWTH * many**0.5, LARGEST)
        kind = "down" if there < here else "up"
        yield (
            f'<circle class="{kind}" cx="{_column(there)}" cy="{middles[here]}" r="{radius:.1f}">'
            f"<title>{escape(house[here].name)} → {escape(house[there].name)}: {many}</title>"
            "</circle>"
        )


def told() -> str:
    """Return the same in words: what each floor is for, and which floors it imports."""
    house = floors()
    counted = stairs(house)
    rows = [
        f"<li><b>{number + 1}</b> <code>{escape(floor.name)}</code> {escape(floor.zh)} · "
        f"{escape(floor.en)}{_below(number, counted)}</li>"
        for number, floor in reversed(list(enumerate(house)))
    ]
    summary = "<summary>同图的文字 · The same in words</summary>"
    return f'<details class="rooms-told">{summary}<ul>{"".join(rows)}</ul></details>'


def _below(number: int, counted: Iterable[tuple[int, int]]) -> str:
    below = sorted(there for here, there in counted if here == number)
    return " → " + ", ".join(str(one + 1) for one in below) if below else ""
