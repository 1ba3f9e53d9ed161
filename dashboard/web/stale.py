"""What is said while an earlier build is shown, because the present facts have a fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.text import text
from geodata.errors import AtlasError, BoundaryError, CacheError, FactsError

if TYPE_CHECKING:
    from datetime import date

    from geodata.records import Lang

REASONS: Final = {FactsError: "facts", BoundaryError: "boundary", CacheError: "cache"}


@dataclass(frozen=True, slots=True)
class Stale:
    """The day of the build that is shown, and the fault that keeps a newer one from being made."""

    day: date
    fault: AtlasError

    def line(self, lang: Lang) -> str:
        """Return the sentence for the reader; the fault itself is for the log."""
        kind = next((word for of, word in REASONS.items() if isinstance(self.fault, of)), "other")
        t = text(lang)
        return t("web.stale", reason=t(f"web.stale_{kind}"), date=self.day.isoformat())
