"""What the plan asks of each place, set beside what the figures say.

The table of roles says of each item what evidence speaks to it, how it is tested ("level": the
level of one year decides; "change": the change between two years; "told": figures are shown and
not judged; "untested": the figures held cannot decide, and `limit` says why), and what place it
is tested against.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from geodata.facts.files import lines_of
from geodata.facts.places import PLACE_TABLES
from geodata.ids import DEFAULT_SCHEME
from geodata.records import FULL_ROLES, REGION_ID, Name, Place, Test
from geodata.studies.evidence import REGIONS
from geodata.studies.plan_records import PlanItem
from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from geodata.build.atlas_data import AtlasData
    from geodata.build.readings import Readings
    from geodata.facts.files import Line
    from geodata.records import Role
    from geodata.studies.evidence import Witness

DIGITAL: Final = "digital_role"
CONCERNED: Final[frozenset[Role]] = FULL_ROLES | {"radiated"}


class Planner(Study):
    """Answers `Atlas.plan`.

    Parameters
    ----------
    witness
        What the figures say to an item.
    """

    def __init__(self, readings: Readings, data: AtlasData, witness: Witness) -> None:
        super().__init__(readings, data)
        self._witness = witness
        self._rows: dict[str, list[Line]] = {}
        for row in lines_of(data.roles, PLACE_TABLES["roles"].file):
            self._rows.setdefault(_place_id(row), []).append(row)

    def plan(self, place: Place, scheme: str) -> tuple[PlanItem, ...]:
        """Return the items that concern a place: its own first, then those of what it is in.

        A circle also gets those of its core, wings and members; the whole region those of the
        three digital roles.
        """
        if scheme != DEFAULT_SCHEME:
            return ()
        if place.kind == "region":
            provinces = self._data.regions.codes("province")
            roles = [i for p in provinces for i in self._items_of(p) if i.aspect == DIGITAL]
            return (*self._items_of(REGION_ID), *roles)
        ids = dict.fromkeys((place.id, *self._around(place)))
        return tuple(item for i in ids if i in self._rows for item in self._items_of(i))

    def _around(self, place: Place) -> list[str]:
        layout = self._data.layout
        if place.kind == "circle":
            members = layout.circle(place.id).members
            return [m.place for m in members if m.role in FULL_ROLES]
        parents = [p.id for p in self._data.regions.parents(place.id) if p.kind != "region"]
        pairs = [i for i in self._rows if ";" in i and place.id in i.split(";")]
        circles = [
            circle.key
            for circle, role, _ in layout.circles_of(place.id)
            if circle.scheme == DEFAULT_SCHEME and role in CONCERNED
        ]
        return [*parents, *pairs, *circles]

    @kept()
    def _items_of(self, place_id: str) -> tuple[PlanItem, ...]:
        place = self._place(place_id)
        return tuple(
            PlanItem(
                place=place,
                aspect=row["aspect"],
                id=row["item_id"],
                name=Name(row["name_zh"], row["name_en"]),
                evidence=tuple(
                    self._witness.evidence(place, e, row) for e in row["evidence"].split(";") if e
                ),
                test=cast("Test", row["test"]),
                reference=REGIONS.get(row["reference"], row["reference"]),
                limit=Name(row["limit_zh"], row["limit_en"]),
                source_ids=tuple(row["source_id"].split(";")),
                note=row["note"],
            )
            for row in self._rows.get(place_id, ())
        )

    def _place(self, place_id: str) -> Place:
        if ";" not in place_id:
            return self._readings.place(place_id)
        both = [self._readings.place(p).name for p in place_id.split(";")]
        name = Name("—".join(n.zh for n in both), "–".join(n.en for n in both))
        return Place(place_id, "region", name, name)


def _place_id(row: Line) -> str:
    if row["place_kind"] == "circle":
        return f"{row['scheme']}/{row['place_id']}"
    return REGIONS.get(row["place_id"], row["place_id"])
