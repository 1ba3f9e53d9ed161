"""What has to be chosen for charts that come with an option."""

from __future__ import annotations

from typing import Final

CHOSEN: Final = {"second": "maps=years"}
"""Chart → the parameters of an address at which it is drawn; the others are drawn at any."""


def asked(chart: str, search: str = "") -> str:
    """Return a search at which a chart is drawn."""
    if chart not in CHOSEN:
        return search
    return f"{search}{'&' if search else '?'}{CHOSEN[chart]}"
