"""Attributes whose names hold a hyphen: for those who hear the page, and for its scripts."""

from __future__ import annotations

from typing import Any


def aria(**names: str) -> dict[str, Any]:
    """Return `aria-…` attributes: `aria(label="Map")` for `aria-label`."""
    return {f"aria-{name}": value for name, value in names.items()}


def data(**names: str) -> dict[str, Any]:
    """Return `data-…` attributes, which the scripts in assets read."""
    return {f"data-{name}": value for name, value in names.items()}
