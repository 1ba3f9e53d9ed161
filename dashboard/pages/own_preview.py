"""What is shown of a table before it counts: counts, questions, columns, the worst reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Final

from geodata.ids import OWN_KINDS
from geodata.own.asking import OPEN, asked_cell, open_rows, questions, undated
from geodata.own.columns import KINDS
from geodata.own.words import reasons

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dashboard.scene import Scene
    from dashboard.text import Text
    from geodata.own.asking import Question
    from geodata.own.records import Outcome

ROLES: Final = ("code", "name", "within", "year", *KINDS, "none")
MOST_ASKED: Final = 12
WORST: Final = 10
CELLS: Final = 3
LONGEST: Final = 24
"""Characters of a cell that are shown."""


@dataclass(frozen=True)
class Settings:
    """What is asked of a file: its number and name, what the set is called, what a person says.

    `kind` is "firms", "table" or "" where nobody has said, `system` that of the points.
    """

    number: str
    called: str
    name: str
    year: int | None = None
    said: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""
    system: str = ""


def preview(outcome: Outcome, asked: Settings, scene: Scene, t: Text) -> str:
    """Return the preview in HTML; all that the file says is written as text."""
    found, header = questions(outcome), outcome.sheet.header
    parts = [
        f"<h3>{escape(t('own.preview'))}</h3>",
        kind_choice("table", t),
        f"<p>{escape(read_line(outcome.rows, header, outcome.sheet.notes, asked, t))}</p>",
        bar(_counted(outcome, open_rows(found)), len(outcome.joined.cells), t),
        *_asked(outcome, asked, found, scene, t),
        _columns(outcome, t),
        *_worst(outcome, t),
        ended(asked, t, ready=outcome.placed > 0 and not undated(outcome)),
    ]
    return "".join(parts)


def kind_choice(kind: str, t: Text) -> str:
    """Return the list of what a file may be."""
    options = "".join(option(one, t(f"own.kind_{one}"), kind) for one in OWN_KINDS)
    return f'<p><label>{escape(t("own.kind"))} <select id="own-kind">{options}</select></label></p>'


def read_line(
    rows: int, header: Sequence[str], notes: Mapping[str, str], asked: Settings, t: Text
) -> str:
    """Return how much was read of a file, and how."""
    how = " · ".join(notes[key] for key in ("format", "encoding", "sheet") if key in notes)
    return t("own.read", file=asked.called, rows=f"{rows:,}", columns=len(header), how=how)


def _counted(outcome: Outcome, waiting: int) -> dict[str, int]:
    refused = outcome.refused - waiting
    return {"placed": outcome.placed, "open": waiting, "refused": refused}


def bar(counts: Mapping[str, int], cells: int, t: Text) -> str:
    """Return the rows by what became of them as a bar and in words."""
    parts = "".join(
        f'<i class="own-{name}" data-part="{count}"></i>' for name, count in counts.items() if count
    )
    words = "".join(
        f'<li class="own-{name}">{escape(t(f"own.{name}", n=f"{count:,}"))}</li>'
        for name, count in counts.items()
    )
    more = f"<p>{escape(t('own.cells', n=f'{cells:,}'))}</p>" if cells else ""
    return f'<div class="own-bar" aria-hidden="true">{parts}</div><ul>{words}</ul>{more}'


def _asked(
    outcome: Outcome, asked: Settings, found: tuple[Question, ...], scene: Scene, t: Text
) -> Iterator[str]:
    """Yield the questions that a person must answer, and what he has answered."""
    answered = asked.said.get("places", {})
    by_year = undated(outcome) or asked.year is not None
    if not found and not by_year and not answered:
        return
    yield f'<section class="own-asked"><h4>{escape(t("own.asked"))}</h4>'
    if by_year:
        value = "" if asked.year is None else str(asked.year)
        yield f"<label>{escape(t('own.year'))} "
        yield f'<input id="own-year" inputmode="numeric" size="4" value="{value}"></label>'
    for cell, code in answered.items():
        chosen = scene.atlas.place(code).label[t.lang]
        words = escape(t("own.answered", cell=str(cell)[:LONGEST]))
        yield _choice(words, str(cell), [(code, chosen)], code, t)
    for one in found[:MOST_ASKED]:
        why = reasons()[one.reason].why[t.lang]
        words = t("own.place", cell=one.cell[:LONGEST], n=one.rows, why=why)
        options = [(code, scene.atlas.place(code).label[t.lang]) for code in one.codes]
        yield _choice(escape(words), one.cell, options, "", t)
    if len(found) > MOST_ASKED:
        yield f"<p>{escape(t('own.more_asked', n=len(found) - MOST_ASKED))}</p>"
    yield "</section>"


def _choice(words: str, cell: str, options: list[tuple[str, str]], chosen: str, t: Text) -> str:
    listed = "".join(option(code, name, chosen) for code, name in [("", ""), *options])
    listed = listed.replace("></option>", f">{escape(t('own.leave_out'))}</option>", 1)
    return f'<label>{words} <select data-place="{escape(cell)}">{listed}</select></label>'


def option(value: str, words: str, chosen: str) -> str:
    """Return an entry of a list, selected where it is the chosen one."""
    mark = " selected" if value == chosen else ""
    return f'<option value="{escape(value)}"{mark}>{escape(words)}</option>'


def _columns(outcome: Outcome, t: Text) -> str:
    roles, units = _roles(outcome)
    heads = "".join(
        f"<th>{escape(t(f'own.{one}'))}</th>" for one in ("column", "cells_seen", "role", "unit")
    )
    rows = "".join(
        _column(at, header, outcome, (roles.get(at, "none"), units.get(at, "")), t)
        for at, header in enumerate(outcome.sheet.header)
        if header
    )
    return (
        f"<h4>{escape(t('own.columns'))}</h4><div class='own-wide'><table class='own-columns'>"
        f"<thead><tr>{heads}</tr></thead>{rows}</table></div>"
    )


def _column(at: int, header: str, outcome: Outcome, read: tuple[str, str], t: Text) -> str:
    role, unit = read
    cells = " · ".join(filter(None, (c[:LONGEST] for c in outcome.sheet.cells[at][:CELLS])))
    options = "".join(option(one, t(f"own.role_{one}"), role) for one in ROLES)
    name = escape(header)
    field_ = (
        f'<input data-unit="{name}" size="6" value="{escape(unit)}" '
        f'aria-label="{escape(t("own.unit"))} {name}">'
        if role in KINDS
        else ""
    )
    label = f"{escape(t('own.role'))} {name}"
    select = f'<select data-column="{name}" aria-label="{label}">{options}</select>'
    return f"<tr><th>{name}</th><td>{escape(cells)}</td><td>{select}</td><td>{field_}</td></tr>"


def _roles(outcome: Outcome) -> tuple[dict[int, str], dict[int, str]]:
    """Return what each column is read as, and the unit of those with figures."""
    columns = outcome.columns
    single = {"code": columns.code, "name": columns.name, "year": columns.year}
    roles = {at: role for role, at in single.items() if at is not None}
    roles |= dict.fromkeys(columns.within, "within")
    roles |= {one.at: one.measure.kind for one in columns.figures}
    return roles, {one.at: one.measure.unit for one in columns.figures}


def _worst(outcome: Outcome, t: Text) -> Iterator[str]:
    """Yield the reasons of most refusals, each with an example and its cure."""
    first = outcome.joined.refused.examples()
    counted = [(key, n) for key, n in outcome.why().most_common() if n and key not in OPEN]
    lines = []
    for key, count in counted[:WORST]:
        words, example = reasons()[key], ""
        if one := first.get(key):
            cell = (asked_cell(outcome, one) or " ".join(outcome.sheet.row(one.at)))[:LONGEST]
            example = t("own.line", line=outcome.sheet.lines[one.at], cell=cell)
        lines.append((words.why[t.lang], f"{count:,}", example, words.cure[t.lang]))
    yield from worst_table(lines, t)


def worst_table(lines: Sequence[tuple[str, str, str, str]], t: Text) -> Iterator[str]:
    """Yield a table of reasons: why, how many rows, an example, how to mend."""
    if not lines:
        return
    heads = "".join(
        f"<th>{escape(t(f'own.{one}'))}</th>" for one in ("reason", "count", "example", "cure")
    )
    yield f"<h4>{escape(t('own.worst'))}</h4><div class='own-wide'>"
    yield f"<table class='own-worst'><thead><tr>{heads}</tr></thead>"
    for cells in lines:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    yield "</table></div>"


def ended(asked: Settings, t: Text, *, ready: bool) -> str:
    """Return what the set is called, and the button that keeps it where it can be kept."""
    hint = escape(t("own.name_hint"))
    disabled = "" if ready else " disabled"
    return (
        f'<p class="own-end"><label>{escape(t("own.name"))} '
        f'<input id="own-name" value="{escape(asked.name)}" aria-describedby="own-hint"></label> '
        f'<button type="button" id="own-keep"{disabled}>{escape(t("own.show"))}</button></p>'
        f'<p id="own-hint" class="own-kinds">{hint}</p>'
    )
