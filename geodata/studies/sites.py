"""Which named clusters and parks belong to which industry, as far as that can be defended.

catalog/site_sections.csv puts the industries of clusters and the kinds of parks into sections of
GB/T 4754 and gives the reason; a row for a site goes before the row of its industry or kind. What
has no section, such as a development zone of many industries, is matched with none. A site counts
once (`geodata.places.sites.distinct`); further rows of one, rankings, totals and plans are records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geodata.catalog.rows import FOLDER, read_rows
from geodata.errors import FactsError, Fault
from geodata.measures.specialisation import INDUSTRIES
from geodata.places.sites import distinct, inside
from geodata.records import Name
from geodata.studies.industries import sector_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geodata.build.atlas_data import AtlasData
    from geodata.records import Site

FILE: Final = "site_sections"


class IndustrySites:
    """Clusters and parks by industry.

    Parameters
    ----------
    data
        What the atlas is made of.
    folder
        Where the table of sections lies.

    Raises
    ------
    FactsError
        If a section is no letter A to S, or an industry or kind of a site has no row.
    """

    def __init__(self, data: AtlasData, folder: Path = FOLDER) -> None:
        """Match all sites once."""
        sections = read_sections(folder)
        self._data = data
        self._all = (*data.clusters, *data.parks)
        self._sections = {site.id: _sections_of(site, sections) for site in self._all}

    def of(self, industry: str, circles: Sequence[str] = ()) -> tuple[Site, ...]:
        """Return the clusters and parks of an industry, each once.

        Parameters
        ----------
        industry
            An industry; UnknownNameError if there is none.
        circles
            Keys of circles to stay within; none for the whole region.
        """
        return distinct(self.records(industry, circles))

    def records(self, industry: str, circles: Sequence[str] = ()) -> tuple[Site, ...]:
        """Return all rows of an industry: sites, and what is only told of them."""
        sector = sector_of(industry)
        found = [site for site in self._all if sector in self._sections[site.id]]
        if not circles:
            return tuple(found)
        counties = frozenset[str]().union(*map(self._data.layout.counties, circles))
        return inside(found, counties, self._data.regions)

    @property
    def unmatched(self) -> tuple[Site, ...]:
        """Return the sites that are matched with no industry, each once."""
        return distinct([site for site in self._all if not self._sections[site.id]])


def read_sections(folder: Path = FOLDER) -> dict[tuple[str, str], str]:
    """Return the sections of each row, as letters in one word, by what it is about and its key.

    Raises
    ------
    FactsError
        If a section is no letter A to S.
    """
    found = {}
    for row in read_rows(folder, FILE):
        if wrong := sorted(set(row["sections"]) - set(INDUSTRIES)):
            what = Name(
                f"sections 列的 {'、'.join(wrong)} 不是门类 A—S；请更正。",
                f"column sections: {', '.join(wrong)} are no sections A to S; correct them.",
            )
            raise FactsError(row.fault(what))
        found[row["about"], row["key"]] = row["sections"]
    return found


def _sections_of(site: Site, sections: Mapping[tuple[str, str], str]) -> str:
    usual = ("industry", site.industry) if site.what == "cluster" else ("kind", site.kind)
    for key in (("site", site.id), usual):
        if key in sections:
            return sections[key]
    about, value = usual
    what = Name(
        f"没有 about 为 {about}、key 为“{value}”的行，“{site.id}”无从归类；请加一行。",
        f"there is no row {about} {value!r} for the site {site.id!r}; add one.",
    )
    raise FactsError(Fault(f"catalog/{FILE}.csv", None, what))
