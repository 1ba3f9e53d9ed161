"""Makes the rows behind a chart from the figures of the studies: unrounded, with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.charts.record import Row
from dashboard.text import text
from dashboard.units import counted
from geodata.ids import OWN, OWN_ID
from geodata.records import LANGUAGES, Name, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dashboard.scene import Scene
    from dashboard.wording import Context
    from geodata.records import Column, Place
    from geodata.studies.links import Flow


def value_row(place: Place, item: tuple[str, Name], value: Value, context: Context) -> Row:
    """Return the row of a figure of a place; `item` is the id and the name of what is counted."""
    return named_row((place.id, place.label), item, value, context)


def flow_row(flow: Flow, context: Context) -> Row:
    """Return the row of a flow: its origin, its destination and what flows as the item."""
    start, end = flow.origin, flow.destination
    item = (f"{flow.indicator}_{end.id}", joined(end.name, flow.label))
    return named_row((start.id, start.name), item, flow.value, context)


def column_rows(
    scene: Scene, column: Column, inside: Callable[[str], bool], context: Context
) -> tuple[Row, ...]:
    """Return a row for each place of a column that is `inside`."""
    item = (column.indicator, scene.atlas.indicators[column.indicator].name)
    return tuple(
        value_row(scene.atlas.place(code), item, value, context)
        for code, value in zip(column.codes, column.values, strict=True)
        if inside(code)
    )


def named_row(
    place: tuple[str, Name], item: tuple[str, Name], value: Value, context: Context
) -> Row:
    """Return the row of a figure of what has an id and a name; unit and notes in words."""
    value = counted(value, context.lang)
    return Row(
        *place,
        *item,
        value.value,
        context.word("unit", value.unit) if value.unit else "",
        value.year,
        value.status or "",
        value.source_ids,
        context.t("export.note_join").join(context.note(part) for part in value.note),
    )


def both_words(key: str, **fields: Name | str | float) -> Name:
    """Return a word of the atlas in both languages, its fields in the same."""
    zh, en = (
        text(lang)(key, **{k: v[lang] if isinstance(v, Name) else v for k, v in fields.items()})
        for lang in LANGUAGES
    )
    return Name(zh, en)


JOIN: Final = " · "


def joined(*names: Name) -> Name:
    """Return names as one, parted by a point."""
    return Name(JOIN.join(n.zh for n in names), JOIN.join(n.en for n in names))


def parted(name: Name) -> tuple[Name, Name]:
    """Return the first of the names that were joined, and the others; nothing where it is one."""
    (zh, _, zh_rest), (en, _, en_rest) = name.zh.partition(JOIN), name.en.partition(JOIN)
    return Name(zh, en), Name(zh_rest, en_rest)


def own_words(rows: Iterable[Row], context: Context) -> str:
    """Return what stands over figures of which all, or some, are a reader's own; else ""."""
    own = {_is_own(row) for row in rows if row.value is not None or _is_own(row)}
    return context.word(OWN, "some" if len(own) > 1 else "band") if True in own else ""


def _is_own(row: Row) -> bool:
    named = (row.item, *row.source_ids)
    return row.status == OWN or any(one.startswith(OWN_ID) for one in named)


def with_sources(value: Value, *of: Value) -> Value:
    """Return a figure with the publications of those that it was computed from."""
    sources = tuple(dict.fromkeys(i for one in of for i in one.source_ids))
    return Value(value.value, value.unit, value.year, value.status, sources)
