"""Two indicators on one map: each in thirds, and a colour for every pair of thirds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from dashboard.lettering import plain
from dashboard.map.fill import NO_DATA, OUTSIDE, common_status, make_fill, stepped
from dashboard.numbers import number
from dashboard.palette import PAIRED, Ink, faded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dashboard.map.fill import Fill, Term
    from dashboard.text import Text
    from geodata.records import Column, Indicator, Role

THIRDS: Final = ("low", "middle", "high")
"""The classes of each indicator; `paired.<third>` names them."""
LEAST: Final = len(THIRDS) ** 2
"""Places with both figures, below which there are no nine classes to fill."""


@dataclass(frozen=True, slots=True)
class Paired:
    """Both indicators of one year and level: the first upwards in the key, the second across."""

    first: Fill
    second: Fill

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the places in order."""
        return self.first.column.codes

    def thirds(self) -> Iterator[tuple[int, int] | None]:
        """Yield the thirds of each place, 0 for the lowest; None where a figure is missing."""
        for one, other in self.values():
            known = None if one is None or other is None else (one, other)
            yield known and (self.first.classes.of(known[0]), self.second.classes.of(known[1]))

    def values(self) -> Iterator[tuple[float | None, float | None]]:
        """Yield both figures of each place."""
        pairs = zip(self.first.column.values, self.second.column.values, strict=True)
        return ((one.value, other.value) for one, other in pairs)

    def counts(self) -> list[int]:
        """Count the places shown in each of the nine classes, in the order of `PAIRED`."""
        found = [0] * LEAST
        for code, thirds in zip(self.codes, self.thirds(), strict=True):
            if thirds and self.first.inside(code):
                found[class_of(thirds)] += 1
        return found

    def lacking(self) -> int:
        """Count the places shown that lack a figure."""
        return sum(map(self.first.inside, self.codes)) - sum(self.counts())

    def in_thirds(self) -> bool:
        """Tell whether the figures of both are different enough for three classes."""
        return self.first.classes.k == self.second.classes.k == len(THIRDS)


def class_of(thirds: tuple[int, int]) -> int:
    """Return the place of a pair of thirds in `PAIRED`."""
    return len(THIRDS) * thirds[0] + thirds[1]


def in_thirds(
    indicator: Indicator, columns: Sequence[Column], year: str, roles: Mapping[str, Role] | None
) -> Fill:
    """Class an indicator in thirds of its figures of all places and years together.

    Around no centre: a third is as many figures, whichever side of it they lie on.
    """
    bare = replace(indicator, diverging_at=None)
    return make_fill(bare, columns, year, method="quantile", k=len(THIRDS), roles=roles)


def paired_update(paired: Paired, t: Text, ink: Ink, term: Term) -> dict[str, Any]:
    """Return what of the trace of areas a change of colour replaces, as `fill.trace_update`."""
    first, columns = paired.first, (paired.first.column, paired.second.column)
    pale = tuple(faded(colour, ink.pale) for colour in PAIRED) if first.has_pale else ()
    palette = (ink.land, ink.no_data, *PAIRED, *pale)
    z, told = [], []
    common = tuple(map(common_status, columns))
    pairs = zip(*(column.values for column in columns), strict=True)
    for code, thirds, both in zip(paired.codes, paired.thirds(), pairs, strict=True):
        shade = NO_DATA if thirds is None else class_of(thirds) + LEAST * first.pale(code)
        z.append(shade if first.inside(code) else OUTSIDE)
        fills = (first, paired.second)
        told.append(
            [
                *(number(v.value, f.classes.decimals) for v, f in zip(both, fills, strict=True)),
                said(thirds, t) if thirds else t("map.no_data"),
                *(
                    "" if v.status in (None, usual) else term("status", v.status)[t.lang]
                    for v, usual in zip(both, common, strict=True)
                ),
            ]
        )
    return {
        "z": z,
        "zmin": OUTSIDE - 0.5,
        "zmax": len(palette) + OUTSIDE - 0.5,
        "colorscale": stepped(palette),
        "customdata": told,
        "hovertemplate": _hover(paired, t, term),
    }


def said(thirds: tuple[int, int], t: Text) -> str:
    """Say a pair of thirds in words, the first indicator's first."""
    first, second = (t(f"paired.{THIRDS[third]}") for third in thirds)
    return t("paired.class", first=first, second=second)


def _hover(paired: Paired, t: Text, term: Term) -> str:
    lines = []
    for place, fill in enumerate((paired.first, paired.second)):
        column, status = fill.column, common_status(fill.column)
        unit = plain(term("unit", column.unit)[t.lang]) if column.unit else ""
        usual = term("status", status)[t.lang] if status else ""
        lines.append(
            f"{plain(fill.indicator.name[t.lang])}<br><b>%{{customdata[{place}]}}</b> {unit} · "
            f"{column.year} · {usual} %{{customdata[{place + 3}]}}"
        )
    return f"<b>%{{text}}</b><br>{'<br>'.join(lines)}<br>%{{customdata[2]}}<extra></extra>"
