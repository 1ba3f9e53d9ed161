"""What the files of a figure are called: what is shown, of whom, what was chosen, and of when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.print import common
from dashboard.print.told_apart import places, told_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.scene import Scene
    from dashboard.view import View
    from geodata.records import Name


@dataclass(frozen=True, slots=True)
class Naming:
    """What names are made of; what was chosen is looked for only where files are to be named.

    `address` is page and figure, `names` what is shown and of whom, `year` when, unless the names
    say it, and `span` when in any case. `another` tells whether the figure is another at another
    view. The chosen places are always said where they are `marked` in the figure.
    """

    address: tuple[str, str]
    names: Sequence[Name]
    year: str
    span: str
    scene: Scene
    view: View
    another: Callable[[View], bool]
    marked: bool

    def both(self) -> tuple[str, str]:
        """Return the stem in the letters of the language, and the one in ASCII.

        A heading that is known in one language alone is left out of the one in ASCII.
        """
        scene, view, marked = self.scene, self.view, self.marked
        apart = told_apart(scene, view, self.another, "regions" if marked else "")
        chosen = (*apart, *(places(scene, view) if marked else ()))
        known = [name for name in self.names if name.zh != name.en]
        said, in_ascii = _said(self.names, chosen, self.year), _said(known, chosen, self.span)
        return (
            common.file_stem(said, view.lang, self.year),
            common.plain_stem(self.address, in_ascii, self.span),
        )


def _said(names: Sequence[Name], chosen: Sequence[Name], year: str) -> tuple[Name, ...]:
    """Return names and, behind them, what of the chosen neither they nor the year say."""
    said = " ".join(name.zh for name in names)
    more = (one for one in dict.fromkeys(chosen) if one.zh not in said and one.zh != year)
    return (*names, *more)
