"""What a reader asks, and how often: the page's own callbacks, data files, figures to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlencode

from geodata.records import MAP_LEVELS
from tests.dialogue import DEPENDENCIES, UPDATE, questions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

WEIGHTS: Final[Mapping[str, int]] = {"colours": 60, "selections": 25, "data": 10, "exports": 5}
"""Of a hundred things a reader does; each of the first two asks several callbacks."""
THINK: Final = (1.0, 5.0)
"""Seconds between two of them, evenly spread; so one reader does about twenty a minute."""
FIRST: Final = ("/", "/_dash-layout", DEPENDENCIES)
ARRIVAL: Final = ("page", "controls", "redraw")
COLOURS: Final = ("controls", "recolour", "describe", "rank")
"""What the Explore page asks when indicator or year are changed."""
SELECTIONS: Final = ("controls", "identity", "industry", "sites", "plan", "outline", "rank")
"""What it asks when a region is clicked."""
FORMATS: Final = ("csv", "json", "geojson", "parquet")
CHARTS: Final = ("map", "ranking", "industry")
KINDS: Final = ("svg", "png", "pdf", "csv", "xlsx")


class Ask(NamedTuple):
    """One request: what it belongs to, where it goes, what is posted if anything."""

    name: str
    path: str
    body: bytes | None = None


class Mix:
    """One reader: remembers what is shown and does the next thing by chance.

    Parameters
    ----------
    dependencies
        The callbacks of the page, as it states them.
    catalog
        The indicators, as `/data/catalog.json` states them.
    regions
        Codes of regions to click.
    chance
        Decides; the same seed gives the same reader.
    """

    def __init__(
        self,
        dependencies: Sequence[Mapping[str, Any]],
        catalog: Mapping[str, Any],
        regions: Sequence[str],
        chance: Random,
    ) -> None:
        self._asked = questions(dependencies)
        self._years = {
            (one["id"], level): years
            for one in catalog["indicators"]
            for level, years in one["years"].items()
            if years
        }
        self._mapped = [one for one in self._years if one[1] in MAP_LEVELS]
        self._regions = regions
        self._chance = chance
        self._view: dict[str, str] = {}

    def arrival(self) -> list[Ask]:
        """Open the page."""
        return [*(Ask("arrival", path) for path in FIRST[:2]), *self._callbacks("arrival", ARRIVAL)]

    def colours(self) -> list[Ask]:
        """Choose another indicator or year."""
        indicator, level = self._chance.choice(self._mapped)
        year = self._chance.choice(self._years[indicator, level])
        self._view |= {"indicator": indicator, "level": level, "year": year}
        return self._callbacks("colours", COLOURS)

    def selections(self) -> list[Ask]:
        """Click a region."""
        self._view["regions"] = self._chance.choice(self._regions)
        return self._callbacks("selections", SELECTIONS)

    def data(self) -> list[Ask]:
        """Fetch a file of figures."""
        (indicator, level), years = self._chance.choice(list(self._years.items()))
        query = urlencode({"level": level, "year": self._chance.choice(years)})
        return [Ask("data", f"/data/{indicator}.{self._chance.choice(FORMATS)}?{query}")]

    def exports(self) -> list[Ask]:
        """Keep a figure of what is shown."""
        chart, kind = self._chance.choice(CHARTS), self._chance.choice(KINDS)
        return [Ask("exports", f"/export/explore/{chart}.{kind}?{urlencode(self._view)}")]

    def _callbacks(self, name: str, asked: Sequence[str]) -> list[Ask]:
        search = f"?{urlencode(self._view)}"
        return [Ask(name, UPDATE, self._asked[one].post(search)) for one in asked]
