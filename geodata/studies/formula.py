"""Formulas of the table of claims: arithmetic on figures of the atlas, with all their sources.

A formula is written as one would say it, `100 * gdp(110000) / gdp(110000, 120000, 130000)`:
the id of an indicator with places is their figure of the year (added, where there are several),
`of=CN` the reference of a quotient and `year=2013` a year of its own. Besides indicators there are
the functions that the study of claims brings, and `highest(… for c in cities)`, `lowest(…)` and
`mean(…)` over places or years. Nothing else is understood: no formula is run as a program.
"""

from __future__ import annotations

import ast
import operator
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING, Final

from geodata.errors import UnknownNameError
from geodata.ids import MUNICIPALITIES
from geodata.measures.aggregation import add, computed
from geodata.records import REGION_ID, FigureId, Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from geodata.build.readings import Readings
    from geodata.records import Value

OPERATIONS: Final[Mapping[type[ast.operator], Callable[[float, float], float]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
OVER: Final[Mapping[str, Callable[[list[float]], float]]] = {
    "highest": max,
    "lowest": min,
    "mean": fmean,
}


class FormulaError(ValueError):
    """A formula that cannot be computed; `what` says which part and why."""

    def __init__(self, what: Name) -> None:
        super().__init__(what.en)
        self.what = what


def fault_of(error: FormulaError) -> Name:
    """Return what is said of a row of the catalogue whose formula cannot be computed."""
    return Name(
        f"formula 无法计算：{error.what.zh}；请更正公式或年份。",
        f"the formula cannot be computed: {error.what.en}; correct the formula or the year.",
    )


def not_understood(node: ast.expr) -> FormulaError:
    """Return what is said of a part of a formula that is none."""
    words = ast.unparse(node)
    return FormulaError(Name(f"“{words}”无法理解", f"{words!r} is not understood"))


@dataclass(frozen=True, slots=True)
class Part:
    """A figure that went into a formula: of what, and where the catalogue has it."""

    label: Name
    of: Name
    value: Value
    id: FigureId | None = None


def part_of(readings: Readings, asked: FigureId) -> Part:
    """Read a figure; a municipality that has none as a city has it as a province.

    Raises
    ------
    FormulaError
        Where nobody publishes it.
    """
    label, place = readings.indicator(asked.indicator).name, readings.place(asked.place)
    indicator, year, benchmark = asked.indicator, asked.year, asked.benchmark or REGION_ID
    found = readings.value(indicator, place.id, year, benchmark)
    if found.value is None and place.id in MUNICIPALITIES:
        column = readings.values(indicator, year, "province", benchmark)
        found = column.values[column.codes.index(place.id)]
    if found.value is None:
        what = Name(
            f"{place.name.zh}（{place.id}）{year}年没有 {indicator}",
            f"{indicator} of {place.name.en} ({place.id}) has no figure in {year}",
        )
        raise FormulaError(what)
    return Part(label, place.name, found, asked)


@dataclass(frozen=True, slots=True)
class Term:
    """A number with the figures it was computed from."""

    number: float
    parts: tuple[Part, ...] = ()

    def value(self, unit: str, year: str) -> Value:
        """Return it as a figure to quote, with the sources and notes of all its parts."""
        return computed(self.number, unit, year, [part.value for part in self.parts])


@dataclass(frozen=True, slots=True)
class Call:
    """A call in a formula: its arguments, its options, and the year that holds there."""

    arguments: tuple[str, ...]
    options: Mapping[str, str]
    year: str


@dataclass(frozen=True)
class Formulas:
    """Computes formulas.

    Parameters
    ----------
    readings
        The figures of places.
    functions
        What a formula may call besides indicators.
    groups
        Lists of places that a formula may name after `in`.
    """

    readings: Readings
    functions: Mapping[str, Callable[[Call], Term]]
    groups: Mapping[str, Sequence[str]]

    def term(self, formula: str, year: str) -> Term:
        """Compute a formula for a year.

        Raises
        ------
        FormulaError
            If it cannot be read, names what does not exist, or a figure in it is missing.
        """
        try:
            return self._term(ast.parse(formula, mode="eval").body, year, {})
        except SyntaxError:
            told = Name(f"“{formula}”不是公式", f"{formula!r} is no formula")
        except ZeroDivisionError:
            told = Name(f"{year}年的除数为零", f"a divisor is zero in {year}")
        except UnknownNameError as error:
            told = Name(f"有不认识的名称（{error}）", str(error))
        raise FormulaError(told)

    def _term(self, node: ast.expr, year: str, bound: Mapping[str, str]) -> Term:
        match node:
            case ast.Constant(value=int() | float() as number):
                return Term(float(number))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATIONS:
                one, other = self._term(left, year, bound), self._term(right, year, bound)
                number = OPERATIONS[type(op)](one.number, other.number)
                return Term(number, _once([*one.parts, *other.parts]))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                term = self._term(operand, year, bound)
                return Term(-term.number, term.parts)
            case ast.Call(func=ast.Name(id=name), args=[ast.GeneratorExp() as over]) if (
                name in OVER
            ):
                terms = [self._term(over.elt, year, b) for b in self._each(over, bound)]
                number = OVER[name]([term.number for term in terms])
                return Term(number, _once([part for term in terms for part in term.parts]))
            case ast.Call(func=ast.Name(id=name)):
                return self._called(name, self._call(node, year, bound))
            case _:
                raise not_understood(node)

    def _each(self, over: ast.GeneratorExp, bound: Mapping[str, str]) -> Iterator[dict[str, str]]:
        match over.generators:
            case [ast.comprehension(target=ast.Name(id=name), iter=listed, ifs=[])]:
                for word in self._listed(listed, bound):
                    yield {**bound, name: word}
            case [
                ast.comprehension(
                    target=ast.Tuple(elts=[ast.Name(id=one), ast.Name(id=other)]),
                    iter=ast.Call(func=ast.Name(id="pairs"), args=[listed]),
                    ifs=[],
                )
            ]:
                for pair in combinations(self._listed(listed, bound), 2):
                    yield {**bound, one: pair[0], other: pair[1]}
            case _:
                raise not_understood(over)

    def _listed(self, node: ast.expr, bound: Mapping[str, str]) -> Sequence[str]:
        match node:
            case ast.Name(id=name) if name in self.groups:
                return self.groups[name]
            case ast.Tuple(elts=several):
                return [self._word(one, bound) for one in several]
            case _:
                raise not_understood(node)

    def _call(self, node: ast.Call, year: str, bound: Mapping[str, str]) -> Call:
        words: list[str] = []
        for one in node.args:
            named = isinstance(one, ast.Name) and one.id in self.groups
            words += self._listed(one, bound) if named else [self._word(one, bound)]
        options = {k.arg or "": self._word(k.value, bound) for k in node.keywords}
        return Call(tuple(words), options, options.get("year", year))

    def _word(self, node: ast.expr, bound: Mapping[str, str]) -> str:
        match node:
            case ast.Name(id=name):
                return bound.get(name, name)
            case ast.Constant(value=int() | str() as word):
                return str(word)
            case _:
                raise not_understood(node)

    def _called(self, name: str, call: Call) -> Term:
        if name in self.functions:
            return self.functions[name](call)
        benchmark = call.options.get("of", "")
        asked = (FigureId(name, place, call.year, benchmark) for place in call.arguments)
        parts = tuple(part_of(self.readings, one) for one in asked)
        return Term(add([part.value for part in parts]).value or 0.0, parts)


def _once(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return figures in order, each once."""
    return tuple(dict.fromkeys(parts))
