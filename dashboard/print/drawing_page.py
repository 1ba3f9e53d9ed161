"""The page that Chrome draws figures on: Plotly, the geometry, and whether letters have a shape."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNSEEN: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn"})
"""Categories of characters without a shape of their own: spaces, controls, joining marks."""

# A letter without a glyph looks like a noncharacter, which no font has.
BOXES: Final = """
(letters => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 24;
  const pen = canvas.getContext("2d", {willReadFrequently: true});
  const seen = letter => {
    pen.clearRect(0, 0, 24, 24);
    pen.font = `16px FONT`;
    pen.fillText(letter, 2, 18);
    return pen.getImageData(0, 0, 24, 24).data.join();
  };
  const box = seen("\\u{10FFFF}");
  return letters.filter(letter => seen(letter) === box).join("");
})(LETTERS)
"""

# Path coordinates in hundredths of a pixel are half the bytes. Chrome leaves out the rest, so that
# the server, whose readers wait for one another, has half the work with them.
SHORTEN: Final = r"""
(() => {
  const whole = Plotly.toImage;
  const short = path => path.replace(/\d+\.\d{3,}/g, number => (+number).toFixed(2));
  Plotly.toImage = (figure, how) => whole(figure, how).then(made =>
    how.format === "svg" && how.imageDataOnly ? made.replace(/\sd="[^"]*"/g, short) : made);
})();
"""

FOUND: Final = r"""
window.PlotlyGeoAssets = new Proxy(held, {
  get: (all, name) => all[String(name).replace(/^.+(?=\/geo\/)/, "")],
});
"""


class DrawingPage:
    """The page, as Kaleido asks for it."""

    def __init__(self, assets: Mapping[str, Any]) -> None:
        """Put the geometry under the addresses figures name, with any path of a proxy before them.

        With the geometry at hand Plotly fetches nothing, be it from us or from its own host.
        """
        from kaleido import PageGenerator  # noqa: PLC0415 - heavy, first picture only

        plain = str(PageGenerator(mathjax=False).generate_index())
        held = json.dumps(dict(assets)).replace("</", "<\\/")
        script = f"<script>const held = {held};{FOUND}{SHORTEN}</script>"
        self._page = plain.replace("</head>", f"{script}</head>", 1)

    def generate_index(self) -> str:
        """Return the page."""
        return self._page


def shapeless(letters: list[str], font: str) -> str:
    """Return the script that answers those of the letters that would be boxes."""
    return BOXES.replace("FONT", font).replace("LETTERS", json.dumps(letters))


def letters_of(part: Any) -> Iterable[str]:  # noqa: ANN401 - any part of a figure
    """Yield the visible characters of every text in a figure."""
    if isinstance(part, str):
        yield from (letter for letter in set(part) if unicodedata.category(letter) not in UNSEEN)
    elif isinstance(part, dict):
        for value in part.values():
            yield from letters_of(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from letters_of(value)
