"""Standings, strengths and shifts made by hand, for the charts and panels of an industry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.panels.scope import Scope
from geodata.records import Name, Place, Value
from geodata.studies.shifts import PlaceShift, Shift
from geodata.studies.specialisation import Component, Sampled, Standing, Strength
from tests.dashboard import panel_fixtures as made

if TYPE_CHECKING:
    from collections.abc import Sequence

WORKERS = 1000
NEW = Place("133100", "new_area", Name("雄安新区", "Xiong'an"), Name("雄安新区", "Xiong'an"))


def sampled(lq: float, count: int, year: str = "2020", spread: float = 0.1) -> Sampled:
    """Return a quotient with limits `spread` away from it."""
    value = Value(lq, "", year, "computed", ("census",))
    return Sampled(count, WORKERS, count / WORKERS, value, max(lq - spread, 0), lq + spread)


def standing(
    place: Place, before: Sampled | None, now: Sampled | None, *, comparable: bool = True
) -> Standing:
    """Return a place in an industry; the change is that of its two quotients."""
    known = {y: one for y, one in (("2010", before), ("2020", now)) if one}
    if before is None or now is None or not comparable:
        gap = Value(None, "", "2010-2020", note=("2010 and 2020 are not comparable",))
        return Standing(place, known, gap, comparable=False, clear=False)
    number = (now.lq.value or 0) - (before.lq.value or 0)
    change = Value(number, "", "2010-2020", "computed", ("census",))
    apart = before.high < now.low or now.high < before.low
    return Standing(place, known, change, comparable=True, clear=apart)


GROWN = standing(made.TONGZHOU, sampled(1.0, 100, "2010"), sampled(2.0, 200))
SHRUNK = standing(made.QIAOXI, sampled(1.0, 80, "2010"), sampled(0.5, 40))
UNSTABLE = standing(made.CAOFEIDIAN, sampled(0.3, 12, "2010"), sampled(0.32, 12))
NOBODY = standing(made.CAOFEIDIAN, sampled(0.0, 0, "2010"), sampled(0.0, 0))
BROKEN = standing(NEW, None, sampled(4.0, 400))


def component(number: float | None, rank: int | None, unit: str = "") -> Component:
    """Return a component of strength with a percentile of ten times its rank."""
    value = Value(number, unit, "2020", "computed", ("census",))
    return Component(value, None if rank is None else 10.0 * rank, rank)


def strength(place: Place, rank: int | None) -> Strength:
    """Return a strength; without a rank its growth is unknown."""
    mean = None if rank is None else 90.0 - rank
    grown = component(None if rank is None else 25.0, rank, "%")
    return Strength(place, component(2.5, 1), component(120, 2, "人"), grown, mean, rank)


def shift(place: Place) -> PlaceShift:
    """Return a place of two industries that went from 200 to 190 workers."""
    rows = (
        Shift("C", made.TERMS["industry_short", "C"], 100, 120, 10, 20, -10),
        Shift("A", made.TERMS["industry_short", "A"], 100, 70, 10, -30, -10),
        Shift("B", made.TERMS["industry_short", "B"], 0, 0, 0, 0, 0),
    )
    total = Shift("", Name("", ""), 200, 190, 20, -10, -20)
    return PlaceShift(place, rows, total, ("census",))


def refused(place: Place) -> PlaceShift:
    """Return a place that cannot be compared."""
    return PlaceShift(place, (), None, reasons=("2010 and 2020 are not comparable",))


def scope(places: Sequence[Place] = (), selected: Sequence[str] = (), year: str = "2020") -> Scope:
    """Return what is asked: manufacturing against the three places together."""
    known = places or (made.TONGZHOU, made.QIAOXI, made.CAOFEIDIAN)
    return Scope("manufacturing", "C", year, "JJJ", "county", known, (), selected)
