"""Chrome's sandbox: on where it can be; where it cannot, one line of the journal says why."""

from __future__ import annotations

import logging
import os

from dashboard.web import journal

LINE = "Chrome draws without its sandbox"
AS_ROOT = "the server was started as root; start it as an ordinary user"
REFUSED = "the system lets ordinary users make no namespaces (docs/running.md says what to allow)"


class Sandbox:
    """How Chrome is to be started, and what is known of it.

    Parameters
    ----------
    loudly
        Warn where it has none, as in the log of a server; otherwise it is a note.
    """

    def __init__(self, *, loudly: bool) -> None:
        self._level = logging.WARNING if loudly else logging.INFO
        self._settled: bool | None = None

    @property
    def ways(self) -> tuple[bool, ...]:
        """Ways to start in their order, True with a sandbox; the first that succeeds is kept.

        Root is refused a sandbox by Chrome itself.
        """
        if self._settled is not None:
            return (self._settled,)
        return (False,) if is_root() else (True, False)

    def succeeded(self, *, shut_in: bool) -> None:
        """Keep to the way that Chrome has started in; where it is without, say so once."""
        if self._settled is None and not shut_in:
            fields = {"why": AS_ROOT if is_root() else REFUSED}
            journal.faults.log(self._level, LINE, extra={"fields": fields})
        self._settled = shut_in


def is_root() -> bool:
    """Tell whether this process belongs to root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
