"""Finds places, indicators and claims by what people call them: Chinese, English, pinyin or id.

A name is taken where it fits one thing; where it fits several, or none, the error lists them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Final

from geodata.errors import UnknownNameError
from geodata.figures import years_of
from geodata.naming import (
    LISTED,
    Spellings,
    close,
    fitting,
    holding,
    nothing,
    pinyin,
    several,
    spans,
)
from geodata.records import LEVELS, REGION_ID, Name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.atlas import Atlas
    from geodata.figures import Reach
    from geodata.records import Indicator, Place
    from geodata.studies.claim_records import Claim

LATEST: Final = "latest"
SUFFIX: Final = re.compile(r"(?<=..)((蒙古|满|回)族)*(自治县|新区|市|区|县|省)$")
ASIDE: Final = re.compile(r"[（(][^）)]*[）)]")
PLACE: Final = Name("地方", "place")
CIRCLE: Final = Name("都市圈", "metropolitan circle")
INDICATOR: Final = Name("指标", "indicator")
CLAIM: Final = Name("论断", "claim")


class Lookup:
    """The names of an atlas.

    Parameters
    ----------
    atlas
        The loaded atlas.
    """

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        levels = (p for level in reversed(LEVELS) for p in atlas.regions(level))
        circles = (atlas.place(c.key) for s in atlas.schemes for c in s.circles)
        every = (atlas.place(REGION_ID), *levels, *circles)
        self._places: dict[str, Place] = {p.id: p for p in every}

    def place(self, words: str | int, scheme: str | None = None) -> Place:
        """Return the place of a name, code or id.

        A county is also found behind its city ("石家庄桥西区"). A name that a city shares with
        counties is the city's, as in speech. A circle is that of `scheme`, or of the first scheme
        that has one of this name.

        Raises
        ------
        UnknownNameError
            If it fits several places or none; the sentence lists those that it fits or is like.
        """
        if str(words) in self._places:
            return self._places[str(words)]
        places = self._narrowed(self._fitting(words, self._places.values()), scheme)
        if len(places) == 1:
            return places[0]
        if places:
            raise several(PLACE, words, [*map(_told, places)])
        cities = [p for p in self._places.values() if p.kind not in {"county", "circle"}]
        raise nothing(PLACE, words, [*map(_told, cities)], [*map(_told, self.near(str(words)))])

    def near(self, words: str) -> tuple[Place, ...]:
        """Return what may be meant by words that name no one place, the likeliest first.

        Those that it fits, else those that hold it and those spelt nearly so, or that sound so;
        for a code that is none, the places whose codes agree with the most of its digits.
        """
        fits = [one.id for one in self._fitting(words, self._places.values())]
        found = fits or [*(one.id for one in self.places(words)), *self._close(words)]
        return tuple(self._places[one] for one in [*dict.fromkeys(found)][:LISTED])

    def _close(self, words: str) -> list[str]:
        if re.fullmatch(r"\d{6}", words):
            for digits in (4, 2):
                alike = [one for one in self._places if one[:digits] == words[:digits]]
                if alike:
                    return alike
        near = close(words, self._place_names)
        return near or close(pinyin(words), self._place_sounds)

    def circle(self, words: str, scheme: str | None = None) -> Place:
        """Return a metropolitan circle by its name, id or key, as `place` does.

        Raises
        ------
        UnknownNameError
            If there is none of this name; the sentence lists all circles.
        """
        circles = [p for p in self._places.values() if p.kind == "circle"]
        here = [p for p in circles if scheme is None or p.id.startswith(f"{scheme}/")]
        found = [p for p in here if p.id == words] or self._fitting(words, here)
        named = self._narrowed(found, scheme)
        if len(named) == 1:
            return named[0]
        raise nothing(CIRCLE, words, [*map(_told, here or circles)])

    def places(self, words: str) -> tuple[Place, ...]:
        """Return the places whose name or id holds the words, the widest first."""
        found = holding(words, self._place_names) or holding(words, self._place_sounds)
        return tuple(self._places[one] for one in found)

    def indicator(self, words: str) -> Indicator:
        """Return the indicator of a name or id.

        A name without its remark in brackets is enough where no other indicator has the same.

        Raises
        ------
        UnknownNameError
            If it fits several indicators or none; the sentence lists those that it fits or is
            like.
        """
        known = self._atlas.indicators
        if words in known:
            return known[words]
        names = self._indicator_names
        found = fitting(words, names) or fitting(words, self._indicator_sounds)
        if len(found) == 1:
            return known[found[0]]
        if found:
            raise several(INDICATOR, words, [_told(known[one]) for one in found])
        near = [one.id for one in self.indicators(words)] or close(words, names)
        raise nothing(
            INDICATOR, words, [*map(_told, known.values())], [_told(known[one]) for one in near]
        )

    def indicators(self, words: str) -> tuple[Indicator, ...]:
        """Return the indicators that hold each of the words.

        Those that do in name or id come before those that do in the definition.
        """
        known = self._atlas.indicators
        described = {
            i.id: Spellings.of([" ".join((*_both(i.name), i.id, *_both(i.definition)))])
            for i in known.values()
        }
        found = [*holding(words, self._indicator_names), *holding(words, described)]
        found = found or holding(words, self._indicator_sounds)
        return tuple(known[one] for one in dict.fromkeys(found))

    def claim(self, words: str) -> Claim:
        """Return the claim of an id or of its whole sentence.

        Raises
        ------
        UnknownNameError
            If there is none; the sentence lists those near it.
        """
        found = fitting(words, self._claim_names)
        if len(found) == 1:
            return self._claims[found[0]]
        near = [one.name for one in self.claims_near(words)]
        raise nothing(CLAIM, words, [one.name for one in self._claims.values()], near)

    def claims_near(self, words: str) -> tuple[Claim, ...]:
        """Return the claims that hold the words, then those spelt nearly so."""
        names = self._claim_names
        found = dict.fromkeys((*holding(words, names), *close(words, names)))
        return tuple(self._claims[one] for one in [*found][:LISTED])

    def years(self, indicator: Indicator, levels: Sequence[Reach], year: object) -> tuple[str, ...]:
        """Return the years asked for: one, several, "latest", or with None all there are.

        Raises
        ------
        UnknownNameError
            If the levels have no figures in one of them; the sentence lists the years they have.
        """
        there = sorted({known for level in levels for known in years_of(indicator, level)})
        if year is None and there:
            return tuple(there)
        many = year if isinstance(year, Iterable) and not isinstance(year, str) else [year]
        asked = [there[-1] if one == LATEST and there else str(one) for one in many]
        for one in asked:
            if one not in there:
                raise _no_year(indicator, levels, one)
        return tuple(one for one in there if one in asked)

    def _fitting(self, words: object, among: Iterable[Place]) -> list[Place]:
        ids = [place.id for place in among]
        found = fitting(words, {one: self._place_names[one] for one in ids})
        found = found or fitting(words, {one: self._place_sounds[one] for one in ids})
        return [self._places[one] for one in found]

    def _narrowed(self, found: list[Place], scheme: str | None) -> list[Place]:
        """Keep the places of one scheme of circles, or a city among counties of its name."""
        if all(p.kind == "circle" for p in found):
            schemes = [scheme] if scheme else [one.id for one in self._atlas.schemes]
            of = [[p for p in found if p.id.startswith(f"{one}/")] for one in schemes]
            return next(filter(None, of), [])
        wide = [p for p in found if p.kind not in {"county", "circle"}]
        return wide if len(wide) == 1 else found

    @cached_property
    def _place_names(self) -> Mapping[str, Spellings]:
        return {place.id: self._spelt(place) for place in self._places.values()}

    def _spelt(self, place: Place) -> Spellings:
        full = {place.id, *_both(place.name), *_both(place.label)}
        above = self._places.get(place.parent)
        if place.kind == "county" and above:
            cities = (above.name.zh, SUFFIX.sub("", above.name.zh))
            full |= {city + place.name.zh for city in cities}
            full.add(f"{above.name.en} {place.name.en}")
        return Spellings.of(full, [SUFFIX.sub("", place.name.zh), place.id.rpartition("/")[2]])

    @cached_property
    def _place_sounds(self) -> Mapping[str, Spellings]:
        return {
            p.id: Spellings.of([pinyin(p.name.zh)], [pinyin(SUFFIX.sub("", p.name.zh))])
            for p in self._places.values()
        }

    @cached_property
    def _claims(self) -> Mapping[str, Claim]:
        return {one.id: one for one in self._atlas.claims.claims}

    @cached_property
    def _claim_names(self) -> Mapping[str, Spellings]:
        return {id_: Spellings.of((id_, *_both(one.name))) for id_, one in self._claims.items()}

    @cached_property
    def _indicator_names(self) -> Mapping[str, Spellings]:
        return {
            i.id: Spellings.of(_written(i), (ASIDE.sub("", n) for n in _written(i)))
            for i in self._atlas.indicators.values()
        }

    @cached_property
    def _indicator_sounds(self) -> Mapping[str, Spellings]:
        return {
            i.id: Spellings.of([pinyin(i.name.zh)], [pinyin(ASIDE.sub("", i.name.zh))])
            for i in self._atlas.indicators.values()
        }


def _both(name: Name) -> tuple[str, str]:
    return name.zh, name.en


def _written(indicator: Indicator) -> tuple[str, ...]:
    name = indicator.name
    return indicator.id, name.zh, name.en, name.zh.replace("地区生产总值", "GDP")


def _told(one: Place | Indicator) -> Name:
    name = getattr(one, "label", one.name)
    return Name(f"{name.zh}（{one.id}）", f"{name.en} ({one.id})")


def _no_year(indicator: Indicator, levels: Sequence[Reach], year: str) -> UnknownNameError:
    there = {name: spans(years) for name, years in indicator.years.items() if years}
    asked = {name: years for name, years in there.items() if name in levels} or there
    zh = "；".join(f"{name} 级 {years}" for name, years in asked.items())
    en = "; ".join(f"{years} at level {name}" for name, years in asked.items())
    return UnknownNameError(
        f"{indicator.name.zh}（{indicator.id}）在 {'、'.join(levels)} 级没有 {year} 年的数字；"
        f"现有 {zh}。\n"
        f"{indicator.name.en} ({indicator.id}) has no figures for {year} at level "
        f"{' or '.join(levels)}; there are {en}."
    )
