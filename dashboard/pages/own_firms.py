"""What is shown of a register of firms before it counts, as of a table in `own_preview`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from dashboard.pages.own_preview import (
    CELLS,
    LONGEST,
    WORST,
    bar,
    ended,
    kind_choice,
    option,
    read_line,
    worst_table,
)
from geodata.ids import OWN_SYSTEMS
from geodata.own.firms.register import ROLES_OF_FIRMS
from geodata.own.words import keys, reasons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.pages.own_preview import Settings
    from dashboard.text import Text
    from geodata.own.firms.importing import FirmsRead

ROLES: Final = (*ROLES_OF_FIRMS, "none")


def preview_firms(read: FirmsRead, asked: Settings, t: Text) -> str:
    """Return the preview in HTML; all that the file says is written as text."""
    told = read.manifest()
    dated = any(one.year for one in read.figures)
    parts = [
        f"<h3>{escape(t('own.preview'))}</h3>",
        kind_choice("firms", t),
        f"<p>{escape(read_line(read.rows, read.sheet.header, read.sheet.notes, asked, t))}</p>",
        bar({"placed": read.placed, "refused": read.refused}, told["cells_refused"], t),
        f'<section class="own-asked"><h4>{escape(t("own.asked"))}</h4>',
        *([system_choice(told["system"], t)] if told["system"] else []),
        _year(asked, t),
        "</section>",
        _columns(read, t),
        *_worst(read, told["why"], t),
        ended(asked, t, ready=read.placed > 0 and dated),
    ]
    return "".join(parts)


def which_system(asked: Settings, t: Text) -> str:
    """Return the question of the system of coordinates: nothing is read until it is answered."""
    return "".join(
        (
            f"<h3>{escape(t('own.preview'))}</h3>",
            kind_choice("firms", t),
            f'<section class="own-asked"><h4>{escape(t("own.asked"))}</h4>',
            f"<p>{escape(t('own.which_system'))}</p>",
            system_choice("", t),
            "</section>",
            ended(asked, t, ready=False),
        )
    )


def system_choice(chosen: str, t: Text) -> str:
    """Return the list of systems; the empty one where none is known."""
    empty = option("", t("own.system_unknown"), chosen) if not chosen else ""
    options = "".join(option(one, t(f"own.system_{one}"), chosen) for one in OWN_SYSTEMS)
    select = f'<select id="own-system">{empty}{options}</select>'
    return f"<label>{escape(t('own.system'))} {select}</label>"


def _year(asked: Settings, t: Text) -> str:
    value = "" if asked.year is None else str(asked.year)
    return (
        f"<label>{escape(t('own.register_year'))} "
        f'<input id="own-year" inputmode="numeric" size="4" value="{value}"></label>'
    )


def _columns(read: FirmsRead, t: Text) -> str:
    register = read.rules.register
    roles = {column: role for role, column in register.roles.items()}
    roles |= dict.fromkeys(register.within, "within")
    heads = "".join(
        f"<th>{escape(t(f'own.{one}'))}</th>" for one in ("column", "cells_seen", "role")
    )
    rows = "".join(
        _column(header, read.sheet.columns[at], roles.get(header, "none"), t)
        for at, header in enumerate(read.sheet.header)
        if header
    )
    return (
        f"<h4>{escape(t('own.columns'))}</h4><div class='own-wide'><table class='own-columns'>"
        f"<thead><tr>{heads}</tr></thead>{rows}</table></div>"
    )


def _column(header: str, cells: Any, role: str, t: Text) -> str:  # noqa: ANN401 - an Arrow column
    first = cells.slice(0, CELLS).to_pylist()
    seen = " · ".join(str(one)[:LONGEST] for one in first if one)
    options = "".join(option(one, t(f"own.role_{one}"), role) for one in ROLES)
    name, label = escape(header), escape(f"{t('own.role')} {header}")
    select = f'<select data-column="{name}" aria-label="{label}">{options}</select>'
    return f"<tr><th>{name}</th><td>{escape(seen)}</td><td>{select}</td></tr>"


def _worst(read: FirmsRead, why: dict[str, int], t: Text) -> Iterator[str]:
    """Yield the reasons of most refusals, each with the line of one and its cure."""
    counted = sorted(((n, key) for key, n in why.items() if n), reverse=True)[:WORST]
    lines = []
    for n, key in counted:
        words = reasons()[key]
        lines.append((words.why[t.lang], f"{n:,}", _example(read, key, t), words.cure[t.lang]))
    yield from worst_table(lines, t)


def _example(read: FirmsRead, key: str, t: Text) -> str:
    """Return the line of the first row that was refused for a reason; no cell of it."""
    if key not in keys():
        return ""
    at = (read.batch.refused == keys().index(key)).argmax()
    return t("own.at_line", line=read.sheet.lines[int(at)].as_py())
