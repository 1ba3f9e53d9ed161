"""Kaleido as the atlas draws with it: the page is loaded anew after some figures, not each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaleido import Kaleido

if TYPE_CHECKING:
    from kaleido._kaleido_tab import _KaleidoTab

FIGURES_A_PAGE: Final = 20
"""Figures after which the page is loaded anew. To load it, Plotly and the geometry in it, takes
twice as long as to draw a map; what figures leave behind in it stays bounded."""


class Easel(Kaleido):  # type: ignore[misc]  # it tells no types
    """Draws figures, several on one page."""

    _drawn = 0

    async def _return_kaleido_tab(self, tab: _KaleidoTab) -> None:
        """Take the page back from a figure, and load it anew where it has served long enough."""
        self._drawn += 1
        if self._drawn % FIGURES_A_PAGE:
            await self.tabs_ready.put(tab)
        else:
            await super()._return_kaleido_tab(tab)
