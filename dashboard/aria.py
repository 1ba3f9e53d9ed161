"""Names for those who hear the page."""

from __future__ import annotations

from typing import Any


def aria(**names: str) -> dict[str, Any]:
    """Return `aria-…` attributes: `aria(label="Map")` for `aria-label`."""
    return {f"aria-{name}": value for name, value in names.items()}
