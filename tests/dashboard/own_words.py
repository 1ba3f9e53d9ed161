"""Keys that the pages of a reader's own data put together from parts, for `test_text`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.charts import own_distances, own_turnover
from dashboard.charts.shift import PARTS
from dashboard.pages import firms
from dashboard.pages.own_preview import ROLES
from dashboard.view import DECADE, LATEST
from geodata.ids import OWN_KINDS, OWN_SYSTEMS
from geodata.own.firms.register import ROLES_OF_FIRMS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OWN_FAMILIES: Final[Mapping[str, Sequence[str]]] = {
    "own.{}": (
        *("sending", "checking", "keeping", "failed", "expired", "sure"),
        *("name", "what", "rows", "when"),
        *("placed", "open", "refused"),
        *("column", "cells_seen", "role", "unit"),
        *("reason", "count", "example", "cure"),
    ),
    "own.role_{}": sorted({*ROLES, *ROLES_OF_FIRMS}),
    "own.kind_{}": OWN_KINDS,
    "own.system_{}": OWN_SYSTEMS,
    "firms.{}": (
        *own_turnover.KINDS,
        *("births", "deaths"),
        *(name for panel in firms.PAGE.panels for name in panel.names),
    ),
    "firms.at_{}": own_distances.LINES,
    "firms.column_{}": ("gamma", "count", "lq", "special"),
    "firms.part_{}": ("before", "after", *PARTS),
    "firms.hover_{}": PARTS,
    "firms.year_{}": (DECADE, LATEST),
    "firms.section_{}": tuple(firms.SECTIONS),
}
