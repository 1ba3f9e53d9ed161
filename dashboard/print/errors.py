"""What can go wrong while a figure is made; each message is one sentence in the reader's words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geodata.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Callable


class ExportError(AtlasError):
    """A figure could not be made; the message says why and how to mend it."""


class NoChromeError(ExportError):
    """No Chrome or Chromium can be started on this machine."""


class BusyError(ExportError):
    """More figures are being made than may be at one time."""


class CrampedError(ExportError):
    """The machine gives too little for Chrome to draw."""


class UnreadableError(ExportError):
    """A figure cannot be read at the size asked for.

    `say` finds a size at which it can, which takes long and is left until somebody reads it.
    """

    def __init__(self, say: Callable[[], str]) -> None:
        super().__init__()
        self._said = cache(say)

    def __str__(self) -> str:
        """Return the sentence."""
        return self._said()


class ChoiceError(ExportError):
    """An address asks for what there is not."""


class EmptyError(ExportError):
    """There is nothing to draw for this view."""
