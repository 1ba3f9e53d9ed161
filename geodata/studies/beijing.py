"""Beijing's industries in 2023 against the nation: by employees, by value added, by residents.

Three location quotients of the same form, LQ = (x ÷ X) ÷ (b ÷ B), of three different things.

- Employees at work in Beijing, fifth economic census. Wholesale and retail, information, and
  business services are printed for all legal units; industry and construction for enterprises
  only, so that their quotients are a little low against the legal units of the nation. Both are
  divided by the employees of all legal units.
- Value added: Beijing's input-output table is by products, the national accounts are by
  industries; `SECTION_OF` puts the products into sections.
- Residents employed in the industry, census of 2020, wherever they work.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from geodata.ids import BEIJING, NATION, NATION_CODE
from geodata.measures.specialisation import INDUSTRIES
from geodata.records import IndustryRow, Name, Value
from geodata.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Mapping


YEAR: Final = "2023"
Basis = Literal["units", "enterprises", "products"]
CENSUS: Final = "2020"
TOTAL: Final = "TOTAL"
TEN_THOUSAND: Final = {"万人": 10_000.0, "人": 1.0, "亿元": 1.0}
"""What one of a unit is in persons, or in hundred million yuan."""

SECTION_OF: Final[Mapping[str, str]] = {
    f"IO{number:02}": section
    for section, first, last in (
        ("A", 1, 1),
        ("B", 2, 5),
        ("C", 6, 23),
        ("D", 24, 26),
        *((letter, 27 + at, 27 + at) for at, letter in enumerate("EFGHIJKL")),
        ("M", 35, 36),
        *((letter, 37 + at, 37 + at) for at, letter in enumerate("NOPQRS")),
    )
    for number in range(first, last + 1)
}
"""Product sector of the table of 42 → section of GB/T 4754."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """A location quotient with the shares it is made of, both in 0..1.

    `amount` is what is counted in Beijing; `basis` says of whom: all legal units, enterprises
    only, or products.
    """

    sector: str
    name: Name
    lq: Value
    amount: Value
    share: float
    reference: float
    basis: Basis


@dataclass(frozen=True, slots=True)
class Section:
    """A section by its three quotients; `employees` is None where Beijing prints none."""

    sector: str
    name: Name
    employees: Quotient | None
    value_added: Quotient
    residents: IndustryRow


class BeijingIndustries(Study):
    """Answers of Beijing's industries, exposed as `Atlas.beijing`."""

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The 19 sections, those with the highest quotient of value added first."""
        found = [
            Section(
                sector=letter,
                name=self._readings.term("industry_short", letter),
                employees=self._of_employees(letter),
                value_added=self._of_value_added(letter),
                residents=self._data.industries.row(BEIJING, letter, CENSUS, NATION),
            )
            for letter in INDUSTRIES
        ]
        return tuple(sorted(found, key=lambda one: -(one.value_added.lq.value or 0)))

    @cached_property
    def divisions(self) -> tuple[Quotient, ...]:
        """The divisions of industry and construction by employees, highest quotient first."""
        lines = [s for s in self._enterprises if len(s) > 1 and s[1:].isdecimal()]
        found = [one for line in lines if (one := self._of_employees(line))]
        return tuple(sorted(found, key=lambda one: -(one.lq.value or 0)))

    @cached_property
    def _enterprises(self) -> dict[str, Value]:
        return self._data.printed.sectors("census_enterprise_employees", BEIJING, YEAR)

    def _of_employees(self, sector: str) -> Quotient | None:
        here = self._data.printed.sectors("census_employees", BEIJING, YEAR)
        there = self._data.printed.sectors("census_employees", NATION_CODE, YEAR)
        held = here if sector in here else self._enterprises
        if sector not in held or sector not in there:
            return None
        basis: Literal["units", "enterprises"] = "units" if held is here else "enterprises"
        values = held[sector], here[TOTAL], there[sector], there[TOTAL]
        vocabulary = "industry_short" if len(sector) == 1 else "division"
        return _quotient(sector, self._readings.term(vocabulary, sector), values, basis)

    def _of_value_added(self, sector: str) -> Quotient:
        products = self._data.printed.sectors("value_added_io_sector", BEIJING, YEAR)
        nation = self._data.printed.sectors("value_added_sector", NATION_CODE, YEAR)
        own = [value for product, value in products.items() if SECTION_OF.get(product) == sector]
        summed = Value(
            sum(value.value or 0 for value in own),
            own[0].unit,
            YEAR,
            "computed" if len(own) > 1 else own[0].status,
            own[0].source_ids,
            own[0].note,
        )
        values = summed, products[TOTAL], nation[sector], nation[TOTAL]
        return _quotient(sector, self._readings.term("industry_short", sector), values, "products")


def _quotient(
    sector: str,
    name: Name,
    values: tuple[Value, Value, Value, Value],
    basis: Basis,
) -> Quotient:
    """Return (part ÷ whole) ÷ (part of the nation ÷ nation) of figures that may differ in unit."""
    part, whole, part_of_nation, nation = (
        (value.value or 0) * TEN_THOUSAND[value.unit] for value in values
    )
    share, reference = part / whole, part_of_nation / nation
    sources = tuple(sorted({source for value in values for source in value.source_ids}))
    lq = Value(share / reference, "", YEAR, "computed", sources)
    return Quotient(sector, name, lq, values[0], share, reference, basis)
