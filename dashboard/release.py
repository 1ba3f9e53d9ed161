"""What this program is called, and which of its releases runs."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final

PACKAGE: Final = "jjj-atlas"


def release() -> str:
    """Return the version of the package; "0" where it runs without being installed."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "0"
