"""The coloured areas of the map: numbers and colours only, so that a change of colour is small."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from dashboard.lettering import plain
from dashboard.map.classes import Classes, classify
from dashboard.map.round_limits import rounded
from dashboard.numbers import number
from dashboard.palette import DIVERGING, SEQUENTIAL, Ink, faded
from dashboard.palette import classes as spread
from geodata.records import FULL_ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.text import Text
    from geodata.records import Column, Indicator, Name, Role, Status

    Term = Callable[[str, str], Name]

NO_DATA, OUTSIDE = -1, -2
CROWDED = 0.5
"""Share of all places in one class from which natural breaks say too little."""
BENEATH = SEQUENTIAL[0]
"""Areas that have a figure, where it is drawn as a circle over them."""


@dataclass(frozen=True, slots=True)
class Fill:
    """Everything a change of indicator, year, classes or circle moves on the map.

    `inside` are the places of the chosen circles (all places without a circle); `roles` is empty
    without a circle. Where `sized`, the figures are drawn as circles (`figures.sized`) and the
    areas are left plain, those without data told apart; `highest` is the highest figure of the
    places shown in any year, None without one.
    """

    indicator: Indicator
    column: Column
    classes: Classes
    colours: tuple[str, ...]
    roles: Mapping[str, Role]
    filtered: bool
    sized: bool = False
    highest: float | None = None

    def role(self, code: str) -> Role | None:
        """Return the role of a place in the chosen circles; a full member without a choice."""
        return self.roles.get(code) if self.filtered else "member"

    def inside(self, code: str) -> bool:
        """Tell whether a place is shown with its figure."""
        return self.role(code) not in (None, "excluded")

    def pale(self, code: str) -> bool:
        """Tell whether a place is drawn pale: inside the circles, but no full member."""
        return self.inside(code) and self.role(code) not in FULL_ROLES

    @property
    def has_pale(self) -> bool:
        """Whether any place is drawn pale."""
        return self.filtered and any(map(self.pale, self.column.codes))

    def shade(self, code: str, value: float) -> int:
        """Return the place of a colour: classes in full first, then the same in pale."""
        if self.sized:
            return 0
        return self.classes.of(value) + (self.classes.k if self.pale(code) else 0)


def make_fill(  # noqa: PLR0913 - the five things a reader can change
    indicator: Indicator,
    columns: Sequence[Column],
    year: str,
    *,
    method: str,
    k: int,
    limits: tuple[float, ...] = (),
    roles: Mapping[str, Role] | None = None,
    sized: bool = False,
    beside: Sequence[Column] = (),
) -> Fill:
    """Classify all `columns` (one per year) together and colour the one of `year`.

    `beside` are those of the indicator of a second map that has the same limits.

    Raises
    ------
    StopIteration
        When no column is of `year`.
    """
    column = next(c for c in columns if c.year == year)
    both = (*columns, *beside)
    years = tuple(tuple(v.value for v in c.values if v.value is not None) for c in both)
    pooled = tuple(chain.from_iterable(years))
    centre = indicator.diverging_at
    chosen = recommended(indicator, pooled, k) if method == "auto" else method
    classes = classify(pooled, chosen, k, limits, centre, decimals=indicator.decimals)
    if method == "auto" and chosen != "around":
        classes = rounded(classes, years, centre)
    painted = colours(indicator, classes)
    fill = Fill(indicator, column, classes, painted, roles or {}, roles is not None, sized)
    return replace(fill, highest=_highest(fill, both)) if sized else fill


def _highest(fill: Fill, columns: Sequence[Column]) -> float | None:
    """Return the highest figure of the places shown in any year."""
    shown = {code for code in fill.column.codes if fill.inside(code)}
    return max(
        (
            value.value
            for column in columns
            for code, value in zip(column.codes, column.values, strict=True)
            if code in shown and value.value is not None
        ),
        default=None,
    )


def recommended(indicator: Indicator, pooled: tuple[float, ...], k: int) -> str:
    """Return the method for `indicator`: fixed limits for quotients, else natural breaks.

    Where natural breaks would put most places in one class, as with densities, quantiles.
    """
    if indicator.diverging_at == 1:
        return "around"
    centre = indicator.diverging_at
    natural = classify(pooled, "fisher", k, centre=centre, decimals=indicator.decimals)
    crowded = max(natural.counts(pooled)) > CROWDED * len(pooled)
    return "quantile" if crowded else "fisher"


def colours(indicator: Indicator, classes: Classes) -> tuple[str, ...]:
    """Return one colour per class, set apart at the indicator's centre where it has one.

    Classes equally many steps from the centre are equally deep on both sides, also where one side
    has fewer classes.
    """
    centre = indicator.diverging_at
    if centre is None:
        return spread(SEQUENTIAL, classes.k)
    middle = len(DIVERGING) // 2
    below = sum(upper <= centre for upper in classes.limits)
    above = sum(lower >= centre for lower in classes.limits)
    straddles = classes.k - below - above
    most = max(below, above)
    if not most:
        return (DIVERGING[middle],) * straddles
    low = spread(DIVERGING[:middle], most)[most - below :]
    high = spread(DIVERGING[middle + 1 :], most)[:above]
    return (*low, *(DIVERGING[middle],) * straddles, *high)


def trace_update(fill: Fill, t: Text, ink: Ink, term: Term) -> dict[str, Any]:
    """Return the properties of the area trace that a change of colour replaces.

    The values travel as they are printed; what all places share (unit, year, number of places,
    the common status) stands once in the hover template.
    """
    column = fill.column
    shown = [fill.inside(code) for code in column.codes]
    common = common_status(column)
    pale = tuple(faded(colour, ink.pale) for colour in fill.colours) if fill.has_pale else ()
    palette = (ink.land, ink.no_data, *((BENEATH,) if fill.sized else (*fill.colours, *pale)))
    return {
        "z": [
            OUTSIDE if not is_in else NO_DATA if v.value is None else fill.shade(code, v.value)
            for code, v, is_in in zip(column.codes, column.values, shown, strict=True)
        ],
        "zmin": OUTSIDE - 0.5,
        "zmax": len(palette) + OUTSIDE - 0.5,
        "colorscale": stepped(palette),
        "customdata": [
            [
                number(v.value, fill.classes.decimals),
                rank or "–",
                "" if v.status in (None, common) else term("status", v.status)[t.lang],
            ]
            for v, rank in zip(column.values, column.rank, strict=True)
        ],
        "hovertemplate": hover(fill, t, term, common),
    }


def stepped(palette: Sequence[str]) -> list[list[float | str]]:
    """Return a colourscale of flat steps, one for each colour."""
    n = len(palette)
    return [[edge, c] for i, c in enumerate(palette) for edge in (i / n, (i + 1) / n)]


def common_status(column: Column) -> Status | None:
    """Return the status of most figures, which a label says once for all."""
    statuses = [v.status for v in column.values if v.value is not None]
    return max(set(statuses), key=statuses.count) if statuses else None


def hover(fill: Fill, t: Text, term: Term, common: Status | None, first: int = 0) -> str:
    """Return the label of a place; the words of its figure begin at `first` of `customdata`."""
    column = fill.column
    figure, rank, odd = (f"%{{customdata[{first + place}]}}" for place in range(3))
    ranked = t("map.hover_rank", rank=rank, of=column.present)
    unit = plain(term("unit", column.unit)[t.lang]) if column.unit else ""
    status = term("status", common)[t.lang] if common else ""
    return (
        f"<b>%{{text}}</b><br>{plain(fill.indicator.name[t.lang])}<br>"
        f"<b>{figure}</b> {unit} · {column.year}<br>"
        f"{ranked} · {status} {odd}<extra></extra>"
    )
