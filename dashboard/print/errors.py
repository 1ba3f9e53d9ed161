"""What can go wrong while a figure is made; each message is one sentence in the reader's words."""

from __future__ import annotations

from geodata.errors import AtlasError


class ExportError(AtlasError):
    """A figure could not be made; the message says why and how to mend it."""


class NoChromeError(ExportError):
    """No Chrome or Chromium can be started on this machine."""


class BusyError(ExportError):
    """More figures are being made than may be at one time."""


class CrampedError(ExportError):
    """The machine gives too little for Chrome to draw."""


class UnreadableError(ExportError):
    """A figure cannot be read at the size asked for."""


class EmptyError(ExportError):
    """There is nothing to draw for this view."""
