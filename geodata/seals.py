"""Records that carry a digest of what they say: a bit that flips in one is told."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SEAL: Final = "seal"


def sealed(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record, which JSON can hold, with a digest of all that it says."""
    return {**record, SEAL: _digest(record)}


def is_sealed(record: Mapping[str, Any]) -> bool:
    """Tell whether a record says what it did when it was sealed."""
    said = {key: value for key, value in record.items() if key != SEAL}
    return bool(record.get(SEAL) == _digest(said))


def _digest(record: Mapping[str, Any]) -> str:
    said = json.loads(json.dumps(record))  # as it is when it is read again: all keys are words
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
