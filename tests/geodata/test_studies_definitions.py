"""What the published definitions of circles make of the cities."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.records import Role


def roles_of(atlas: Atlas, city: str, scheme: str) -> dict[str, dict[Role, int]]:
    found = atlas.definitions.standings(city, atlas.scheme(scheme))
    return {one.circle.id: dict(one.roles) for one in found}


def test_langfang_lies_in_two_circles_of_the_article(atlas: Atlas) -> None:
    # The article names it as a member of Tianjin's and as radiated by the capital; 10 county units.
    assert roles_of(atlas, "131000", "article") == {
        "capital": {"radiated": 10},
        "tianjin": {"member": 10},
    }
    found = atlas.definitions.standings("131000", atlas.scheme("article"))
    assert [one.role for one in found] == ["radiated", "member"]


def test_a_city_in_part_has_no_one_role(atlas: Atlas) -> None:
    # Sanhe, Dachang, Xianghe and others around Beijing, of Langfang's ten, in the study of 2018.
    (one,) = atlas.definitions.standings("131000", atlas.scheme("commute2018"))
    members = {m.place for m in one.circle.members}
    langfang = {p.id for p in atlas.regions("county") if p.prefecture == "131000"}
    assert one.roles == {"member": len(members & langfang)}
    assert (one.role, one.of) == (None, 10)


def test_units_named_as_outside_are_left_out(atlas: Atlas) -> None:
    # The plan of 2025 names five units of Shijiazhuang that do not belong.
    (one,) = atlas.definitions.standings("130100", atlas.scheme("sjz2025"))
    named = [m for m in one.circle.members if m.role == "excluded"]
    assert len(named) == 5
    assert sum(one.roles.values()) == one.of - len(named)
    assert "excluded" not in one.roles


def test_a_city_that_no_circle_names_stands_in_none(atlas: Atlas) -> None:
    assert roles_of(atlas, "130300", "article") == {}


def test_xiongan_stands_apart_from_baoding(atlas: Atlas) -> None:
    cities = [city.id for city in atlas.definitions.cities]
    assert len(cities) == 14
    assert {"130600", "133100"} <= set(cities)
    counties = sum(
        atlas.definitions.standings(city, atlas.scheme("plan2026"))[-1].of for city in cities
    )
    assert counties == len(atlas.regions("county"))
