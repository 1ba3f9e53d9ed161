"""The regions: 199 counties, 13 cities with Xiong'an, 3 provinces, and how they nest."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geodata.errors import FactsError, Fault, UnknownNameError
from geodata.ids import BAODING, HEBEI, MUNICIPALITIES, PROVINCES, XIONGAN, XIONGAN_COUNTIES
from geodata.records import CITY_KINDS, REGION_ID, Lang, Level, Name, Place, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd


"""Both a province and one of the 13 cities; as places their kind is "city"."""

REGION_NAME: Final = Name("京津冀", "Beijing–Tianjin–Hebei")
KINDS: Final[dict[str, PlaceKind]] = {
    "county": "county",
    "prefecture": "city",
    "new_area": "new_area",
    "province": "province",
}


@dataclass(frozen=True)
class Regions:
    """All regions by id, the codes of each level in order, and the counties each consists of.

    `counties` follows the codes of the tables: Baoding's 24 include Xiong'an's three.
    `drawn` is the partition of the map at city level, where Xiong'an is apart from Baoding.
    """

    places: Mapping[str, Place]
    levels: Mapping[Level, tuple[str, ...]]
    counties: Mapping[str, frozenset[str]]
    drawn: Mapping[str, frozenset[str]]

    def place(self, region: str) -> Place:
        """Return a region.

        Raises
        ------
        UnknownNameError
            If there is no such code.
        """
        try:
            return self.places[region]
        except KeyError:
            message = (
                f"The atlas has no region {region!r}; use a six-digit code of the regions table, "
                f"such as 130100, or {REGION_ID} for the three places together."
            )
            raise UnknownNameError(message) from None

    def counties_of(self, region: str) -> frozenset[str]:
        """Return the counties a region consists of; a county consists of itself."""
        return self.counties[self.place(region).id]

    def codes(self, level: str) -> tuple[str, ...]:
        """Return the codes of a level in their fixed order.

        Raises
        ------
        UnknownNameError
            If there is no such level.
        """
        for known, codes in self.levels.items():
            if known == level:
                return codes
        message = f"The atlas has no level {level!r}; choose county, city or province."
        raise UnknownNameError(message)

    def parents(self, region: str) -> tuple[Place, ...]:
        """Return what a region lies in, nearest first, the three places together last."""
        if region == REGION_ID:
            return ()
        chain = []
        if region in XIONGAN_COUNTIES:
            chain.append(self.places[XIONGAN])
        code = self.place(region).parent
        while code:
            chain.append(self.places[code])
            code = self.places[code].parent
        return tuple(chain)

    def level_of(self, region: str) -> Level:
        """Return the level a region is ranked in: Beijing and Tianjin rank among the cities."""
        kind = self.place(region).kind
        if kind == "county":
            return "county"
        return "city" if kind in CITY_KINDS else "province"


def build_regions(table: pd.DataFrame) -> Regions:
    """Turn the table of regions into places.

    Parameters
    ----------
    table
        Rows with region_code, name_zh, name_en, level, parent_code, prefecture_code,
        province_code, lon, lat, area_km2.

    Raises
    ------
    FactsError
        If Xiong'an or one of its three counties is not in the table.
    """
    rows = table.to_dict("records")
    lost = sorted({XIONGAN, *XIONGAN_COUNTIES} - {r["region_code"] for r in rows})
    if lost:
        what = Name(
            f"缺少 {'、'.join(lost)}，雄安新区及其三县须齐全；请补上。",
            f"{', '.join(lost)} missing: Xiong'an and its three counties must all be there; "
            "restore them.",
        )
        raise FactsError(Fault("tables/places/regions.csv", None, what))
    namesakes = {key: Counter(str(r[key]) for r in rows) for key in ("name_zh", "name_en")}
    names = {r["region_code"]: Name(r["name_zh"], r["name_en"]) for r in rows}
    places: dict[str, Place] = {}
    for row in rows:
        code, prefecture = row["region_code"], row["prefecture_code"]
        name, above = names[code], names.get(prefecture)
        twice = [namesakes[key][row[key]] > 1 for key in ("name_zh", "name_en")]
        places[code] = Place(
            id=code,
            kind="city" if code in MUNICIPALITIES else KINDS[row["level"]],
            name=name,
            label=_label(name, above, twice) if row["level"] == "county" else name,
            parent=row["parent_code"] or REGION_ID,
            prefecture=prefecture,
            province=row["province_code"],
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            drawn_area_km2=float(row["area_km2"]),
        )
    provinces = [p for p in places.values() if p.id == p.province]
    places[REGION_ID] = Place(
        id=REGION_ID,
        kind="region",
        name=REGION_NAME,
        label=REGION_NAME,
        drawn_area_km2=round(sum(p.drawn_area_km2 or 0 for p in provinces), 1),
    )
    return _nest(places)


def _label(name: Name, above: Name | None, twice: list[bool]) -> Name:
    if above is None:
        return name
    zh = f"{name.zh}（{above.zh.removesuffix('市')}）" if twice[0] else name.zh
    en = f"{name.en} ({above.en})" if twice[1] else name.en
    return Name(zh, en)


def _nest(places: dict[str, Place]) -> Regions:
    county = tuple(sorted(c for c, p in places.items() if p.kind == "county"))
    cities = sorted(c for c, p in places.items() if p.kind in CITY_KINDS)
    counties = {c: frozenset({c}) for c in county}
    for code in {*cities, HEBEI} - {XIONGAN}:
        # Beijing and Tianjin are prefecture and province of their counties at once.
        counties[code] = frozenset(
            c for c in county if code in {places[c].prefecture, places[c].province}
        )
    counties[XIONGAN] = XIONGAN_COUNTIES
    counties[REGION_ID] = frozenset(county)
    drawn = counties | {BAODING: counties[BAODING] - XIONGAN_COUNTIES}
    return Regions(
        places,
        {"county": county, "city": tuple(cities), "province": PROVINCES},
        counties,
        drawn,
    )


def outermost(units: Iterable[str], sets: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the units that lie in no other one, each once, in their order.

    Parameters
    ----------
    units
        Units to add up; repeated and nested ones are allowed.
    sets
        Unit → the smallest places it consists of.

    Returns
    -------
    tuple of str
        Units whose places together are those of all units, no place twice.

    Raises
    ------
    ValueError
        If two units share places and neither lies in the other: they cannot be added.
    """
    # The widest first, so that a unit is kept only where nothing before it covers its places.
    once = list(dict.fromkeys(units))
    kept: list[str] = []
    for unit in sorted(once, key=lambda u: -len(sets[u])):
        shared = [other for other in kept if sets[unit] & sets[other]]
        if any(not sets[unit] <= sets[other] for other in shared):
            message = f"{unit} and {shared[0]} overlap in part; list the parts of one of them."
            raise ValueError(message)
        if not shared:
            kept.append(unit)
    return tuple(unit for unit in once if unit in kept)


def label_points(regions: Regions, level: Level, lang: Lang) -> bytes:
    """Write the names of a level's regions as GeoJSON points, with the property ``name``.

    Returns
    -------
    bytes
        A FeatureCollection in UTF-8; the top-level ``id`` of a feature is the region code.
    """
    features = []
    for place in (regions.places[code] for code in regions.codes(level)):
        point = {"type": "Point", "coordinates": [place.lon, place.lat]}
        properties = {"name": place.label[lang]}
        feature = {"type": "Feature", "id": place.id, "properties": properties, "geometry": point}
        features.append(feature)
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
