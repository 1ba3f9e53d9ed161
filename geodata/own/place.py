"""Which place a code or a name in somebody's table means: an answer, or a refusal that says why."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from geodata.ids import MUNICIPALITIES, PROVINCES, XIONGAN, XIONGAN_COUNTIES
from geodata.own.errors import OwnError
from geodata.own.history import PREFECTURE, STATISTICS, History, Use
from geodata.own.spelling import STEPS, LostDigitsError, asides, bare, clean, code_of, stem
from geodata.records import REGION_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geodata.records import Place

Answer = Literal["one", "sum", "split", "several", "whole", "out", "none"]
STEADY: Final = 1996
"""Since then no code has been given to a second county; a code without a year means this time."""
LAG: Final = 1
"""Years for which a yearbook may still list a county that is gone, or already a new one."""
TOTAL: Final = re.compile("(合计|总计|小计|总和|平均|其他|其它)$")
TOTALS: Final = frozenset(
    {"全市", "全省", "全区", "京津冀", "全国", "total", "sum", "all", "average"}
)
ZONE: Final = re.compile("(开发区|高新区|管理区|产业园|新技术|保税区|示范区|园区)$")
CITY: Final = re.compile("(省|市|自治区|地区|自治州|盟)$")
NEUTRAL: Final = frozenset(
    {"市辖区", "县", "市", "京津冀", "省直辖县级行政区划", "省直管", "中国", "县级市"}
)
"""What stands in columns of provinces and cities and is neither."""
LETTERS: Final = {"京": 0, "津": 1, "冀": 2}
WIDE: Final = re.compile("(city|municipality|province)$")
NARROW: Final = re.compile("(district|county|city)$")


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell means.

    `answer` is one (a region of today), sum (a part of it that has merged), split (divided since),
    several (namesakes), whole (a total), out (elsewhere) or none. `codes` are the regions of today
    it may mean, `reason` a key of `words.csv`, `use` the code as it was borne by a county.
    """

    answer: Answer
    codes: tuple[str, ...] = ()
    reason: str = ""
    use: Use | None = None

    @property
    def placed(self) -> bool:
        """Whether this is one place, or a part of one."""
        return self.answer in {"one", "sum"}


class Gazetteer:
    """Answers for the codes and names of any year.

    Parameters
    ----------
    history
        The regions of today, and what each code has been.
    """

    def __init__(self, history: History) -> None:
        self._history = history
        self._places: Mapping[str, Place] = {
            code: place for code, place in history.regions.places.items() if code != REGION_ID
        }

    def known(self, code: str) -> str:
        """Return the code of a region of today.

        Raises
        ------
        OwnError
            If there is none.
        """
        if code not in self._places:
            raise OwnError(of="no_region", code=code)
        return code

    @property
    def elsewhere(self) -> frozenset[str]:
        """Names of other provinces."""
        return self._history.elsewhere

    @property
    def counties(self) -> Mapping[str, Sequence[Use]]:
        """Full names of counties of any year."""
        return self._names

    @property
    def heads(self) -> Mapping[str, str]:
        """Names of provinces and cities, full and short, and their codes."""
        return self._heads

    @cached_property
    def wide(self) -> dict[str, str]:
        """Full names of provinces and cities, and their codes."""
        return {p.name.zh: code for code, p in self._places.items() if p.kind != "county"}

    def within(self, codes: Sequence[str]) -> str | None:
        """Return the smallest of provinces and cities of which each lies in the one before."""
        inmost = max(codes, key=lambda one: sum(self._lies_in(one, other) for other in codes))
        return inmost if all(self._lies_in(inmost, other) for other in codes) else None

    def code(self, cell: object, year: int | None = None) -> Found:
        """Return what a code means.

        Parameters
        ----------
        cell
            A code in any of the spellings of `code_of`.
        year
            The year of the figures; None for the borders of today.
        """
        try:
            code = code_of(cell)
        except LostDigitsError:
            return Found("none", (), "lost_digits")
        if code is None:
            return Found("none", (), "no_code" if clean(cell) else "no_place")
        if code[:2] + "0000" not in PROVINCES:
            return Found("out", (), "out")
        return self._of_code(code, year)

    def name(self, cell: object, within: Sequence[object] = (), year: int | None = None) -> Found:
        """Return what a name means.

        Parameters
        ----------
        cell
            A name, short or older ones included, with or without what it lies in: 廊坊三河,
            河北省/沧州市/新华区, 三河市（廊坊）.
        within
            Names of province and city that stand in other columns.
        year
            The year of the figures; None for the borders of today.
        """
        text, beside = asides(clean(cell))
        if not text or text.casefold() in TOTALS or TOTAL.search(text):
            return Found("whole", (), "whole") if text else Found("none", (), "no_place")
        *above, text = [part for part in STEPS.split(text) if part] or [text]
        text, chain = self._unchained(text)
        if text in self._history.elsewhere:
            return Found("out", (), "out")
        around = [*above, *filter(None, map(clean, within))]
        away = self._away(around, [one for one in beside if CITY.search(one)])
        if away:
            return away
        uppers = {*chain, *(c for hint in (*around, *beside) for c in self._upper(hint))}
        wide = self._wide(text)
        if wide and all(self._lies_in(wide, upper) for upper in uppers - {wide}):
            return self._of_city(wide, year, "own_name")
        uses, reason = self._bearing(text, year)
        inside = [use for use in uses if self._under(use, uppers)]
        if inside:
            return self._of_uses(inside, year, reason)
        return Found("none", (), "not_there" if uses else _unknown(text))

    def _of_code(self, code: str, year: int | None) -> Found:
        uses = self._history.uses.get(code)
        if uses is None:
            return self._of_wide_code(code, year)
        now = [use for use in uses if self._then(use, year)]
        if not now and len({use.became for use in uses}) > 1:
            codes = sorted({c for use in uses for c in use.became})
            return Found("several", tuple(codes), "used_twice")
        use = (now or uses)[-1]
        if len({one.became for one in now}) > 1:
            codes = sorted({c for one in now for c in one.became})
            return Found("several", tuple(codes), "used_twice")
        if code in STATISTICS and use.became == (STATISTICS[code],):
            return Found("one", use.became, "statistics", use)
        return self._of_use(use, year, "as_today" if use.became == (code,) else "older_code")

    def _then(self, use: Use, year: int | None) -> bool:
        """Tell whether a use is meant in a year; without one those since codes are steady."""
        if year is None:
            later = [one for one in self._history.uses[use.code] if one.last >= STEADY]
            return use == later[-1] if later else True
        near = [one for one in self._history.uses[use.code] if one.covers(year)]
        return use in near if near else use.first - LAG <= year <= use.last + LAG

    def _of_wide_code(self, code: str, year: int | None) -> Found:
        if code in self._places:
            return self._of_city(code, year, "as_today")
        whole, rest = code[:2] + "0000", code[2:]
        if whole in MUNICIPALITIES and rest == "0100":
            if year is not None and year <= self._history.counties_until[whole]:
                return Found("none", (), "districts_only")
            return Found("one", (whole,), "older_code")
        if whole in MUNICIPALITIES and rest == "0200":
            return Found("none", (), "counties_only")
        is_old = rest.endswith("00") and any(one.startswith(code[:4]) for one in self._history.uses)
        return Found("none", (), "prefecture" if is_old else "unknown_code")

    def _of_city(self, code: str, year: int | None, reason: str) -> Found:
        if year is not None and year < self._history.since.get(code, year):
            return Found("none", (), "city_then")
        return Found("one", (code,), reason)

    def _of_use(self, use: Use, year: int | None, reason: str) -> Found:
        if not use.became:
            return Found("none", (), "no_record", use)
        if use.divided:
            return Found("split", use.became, "divided", use)
        if len(self._history.parts(use, year)) > 1:
            return Found("sum", use.became, "merged", use)
        return Found("one", use.became, reason, use)

    def _of_uses(self, uses: Sequence[Use], year: int | None, reason: str) -> Found:
        ends = {use.became for use in uses}
        if len(ends) == 1:
            return self._of_use(uses[-1], year, reason)
        return Found("several", tuple(sorted({c for end in ends for c in end})), "namesakes")

    def _unchained(self, text: str) -> tuple[str, list[str]]:
        """Return a name without the province and city before it, and their codes."""
        chain: list[str] = []
        while text not in self._names and not self._wide(text):
            head = next((one for one in self._heads if text.startswith(one) and text != one), None)
            if head is None:
                break
            chain.append(self._heads[head])
            text = text[len(head) :]
        return text, chain

    def _upper(self, hint: str) -> tuple[str, ...]:
        if hint[:1].isdecimal():
            found = self.code(hint)
            return found.codes if found.answer == "one" else ()
        wide = self._wide(self._unchained(hint.removesuffix(PREFECTURE))[0])
        return (wide,) if wide else ()

    def _away(self, around: Sequence[str], beside: Sequence[str]) -> Found | None:
        """Return the refusal where a place is said to lie in a city or province not of ours."""
        unknown = [one for one in (*around, *beside) if not self._upper(one)]
        if any(one in self._history.elsewhere for one in unknown):
            return Found("out", (), "out")
        strange = [one for one in unknown if one not in NEUTRAL and one not in self._names]
        return Found("none", (), "not_there") if strange else None

    def _lies_in(self, code: str, upper: str) -> bool:
        place = self._places[code]
        inside = upper == XIONGAN and code in XIONGAN_COUNTIES
        return inside or upper in {code, place.prefecture, place.province}

    def _under(self, use: Use, uppers: Iterable[str]) -> bool:
        return all(self._lies_in(code, upper) for upper in uppers for code in use.became)

    def _wide(self, text: str) -> str | None:
        """Return the province or city of a name."""
        return self._cities.get(text) or self._cities.get(WIDE.sub("", bare(text)))

    def _bearing(self, text: str, year: int | None) -> tuple[list[Use], str]:
        """Return the uses under a name: those of the full name, else of the short one."""
        spelt = (text, bare(text), NARROW.sub("", bare(text)))
        short = next((self._shorts[one] for one in spelt if one in self._shorts), None)
        uses = self._names.get(text) or short or self._autonomous(text)
        then = [use for use in uses if year is not None and use.covers(year)]
        steady = [use for use in uses if use.last >= STEADY]
        known = {self._places[c].name.zh for use in uses for c in use.became}
        return then or steady or list(uses), "own_name" if text in known else "other_name"

    def _autonomous(self, text: str) -> Sequence[Use]:
        """Return 大厂回族自治县 for 大厂县."""
        uses = self._shorts.get(text.removesuffix("县"), ()) if text.endswith("县") else ()
        return [use for use in uses if use.name.endswith("自治县")]

    @cached_property
    def _cities(self) -> Mapping[str, str]:
        full = self.wide
        english = {bare(self._places[code].name.en): code for code in full.values()}
        letters = {letter: PROVINCES[at] for letter, at in LETTERS.items()}
        return english | {stem(name): code for name, code in full.items()} | full | letters

    @cached_property
    def _heads(self) -> Mapping[str, str]:
        """Names that a county's name may follow, the longest first."""
        heads = {name: code for name, code in self._cities.items() if not name.isascii()}
        longer = {name: code for name, code in heads.items() if len(name) > 1}
        return dict(sorted(longer.items(), key=lambda one: -len(one[0])))

    @cached_property
    def _names(self) -> Mapping[str, Sequence[Use]]:
        return self._by(lambda use: [use.name])

    @cached_property
    def _shorts(self) -> Mapping[str, Sequence[Use]]:
        def spelt(use: Use) -> list[str]:
            today = [self._places[c].name.en for c in use.became if c == use.code]
            return [stem(use.name), *(bare(one) for one in today)]

        return self._by(spelt)

    def _by(self, spelt: Callable[[Use], Iterable[str]]) -> Mapping[str, Sequence[Use]]:
        found: dict[str, list[Use]] = defaultdict(list)
        for use in sorted(self._history.all(), key=lambda one: one.last):
            for name in dict.fromkeys(spelt(use)):
                found[name].append(use)
        return found


def _unknown(text: str) -> str:
    if text.endswith(PREFECTURE):
        return "prefecture"
    return "zone" if ZONE.search(text) else "unknown_name"
