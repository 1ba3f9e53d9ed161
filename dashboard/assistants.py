"""The figures for assistants: read-only tools of the MCP server that Dash carries.

Off unless `--mcp`. Neither pages nor callbacks are shown, only these functions.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from dash.mcp import configure_mcp_server, mcp_enabled
from flask import request

from dashboard.data.claims import claim_head, claims
from dashboard.data.formats import ingredient_record
from dashboard.data.places import place_record
from dashboard.web import journal
from dashboard.web.messages import MOST, check_messages
from dashboard.web.root import rooted
from geodata.errors import UnknownNameError
from geodata.figures import plain, source_record, spoken
from geodata.lookup import Lookup
from geodata.records import REGION_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask import Flask

    from geodata.atlas import Atlas
    from geodata.records import Place
    from geodata.studies.claim_records import Claim

LEVELS: Final = ("county", "city")
Record = dict[str, Any]


class Fault(Exception):  # noqa: N818 - its name stands before its message, where a client reads it
    """Something that went wrong in a tool, as the client is told."""


class Tools:
    """The tools; each docstring is what the assistant reads.

    Parameters
    ----------
    atlas
        The loaded atlas.
    """

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._names = Lookup(atlas)

    def find_place(self, words: str) -> list[Record]:
        """Look up a county, city, province or metropolitan circle by a part of its name.

        Returns at most 20 places with the id that the other tools take.
        """
        found = self._names.places(words)
        return [{"id": p.id, "kind": p.kind, "name": spoken(p.label)} for p in found[:MOST]]

    def find_indicator(self, words: str) -> list[Record]:
        """Look up an indicator by a part of its name or id; returns at most 20 with their years."""
        found = self._names.indicators(words)
        return [
            {
                "id": i.id,
                "name": spoken(i.name),
                "unit": i.unit,
                "definition": spoken(i.definition),
                "years": {level: list(years) for level, years in i.years.items()},
            }
            for i in found[:MOST]
        ]

    def get_figure(
        self, indicator: str, place: str, year: str, benchmark: str = REGION_ID
    ) -> Record:
        """Get one figure with unit, status, notes, publications and, if computed, ingredients.

        `indicator` and `place` are ids of find_indicator and find_place. A value of null means
        that no figure exists; never fill it in. Of a circle `subtotal` is then what some members
        add up to: say which part of the circle it covers, never call it the total, rank it or take
        shares of it. Quote the publication with the figure.
        """
        return self._answered(lambda: self._figure(indicator, place, year, benchmark))

    def compare_places(
        self, indicator: str, places: list[str], year: str, benchmark: str = REGION_ID
    ) -> Record:
        """Compare one indicator in one year over at most 20 places, largest first, gaps last."""

        def compared() -> Record:
            found = [self._figure(indicator, p, year, benchmark) for p in places]
            gaps = [f for f in found if f["value"] is None]
            there = [f for f in found if f["value"] is not None]
            return {"figures": [*sorted(there, key=lambda f: -f["value"]), *gaps]}

        return self._answered(compared)

    def describe_place(self, place: str) -> Record:
        """Get what the page of a place shows, with publications.

        Key figures, each with its rank and the number of places with data that it is among; which
        published definitions of circles claim it, in what role; what the plan names for it and
        what it lies in; the five most alike by structure and in size; larger labour markets by
        published rail minutes. `place` is an id of find_place. A missing figure is not published;
        never fill it in. Its page is at /place/<id>.
        """
        names = self._names
        return self._answered(
            lambda: place_record(self._atlas, names.place(place).id), lambda: names.near(place)
        )

    def list_claims(self) -> list[Record]:
        """List what the argument about the region claims, each with its id, part and verdict.

        Verdicts are supported, partly, contradicted or untestable, by one rule from published
        figures; read the tests of a claim with get_claim before quoting its verdict.
        """
        return list(map(claim_head, self._atlas.claims.findings))

    def get_claim(self, claim: str) -> Record:
        """Get the tests of a claim: formula, figures with years, limits, outcomes, sources.

        `claim` is an id of list_claims. An outcome of missing means that nobody publishes the
        figure; a caveat and what would settle the claim stand beside. Quote them with the verdict.
        """
        names, study = self._names, self._atlas.claims
        return self._answered(
            lambda: claims(self._atlas, [study.finding(names.claim(claim).id)]),
            lambda: names.claims_near(claim),
        )

    def link_to_figure(self, indicator: str, level: str = "city", year: str = "") -> Record:
        """Get the addresses of a map and of the data of an indicator at level county or city."""
        if level not in LEVELS:
            return {"error": f"The level is one of {', '.join(LEVELS)}."}
        known = self._atlas.indicators.get(indicator)
        years = known.years.get("county" if level == "county" else "city", ()) if known else ()
        if not years or (year and year not in years):
            return {"error": "There is no such figure; find_indicator lists levels and years."}
        query = f"indicator={indicator}&level={level}&year={year or years[-1]}"
        data = f"/data/{indicator}.csv?level={level}&year={year or years[-1]}"
        paths = {"map": f"/?{query}", "table": f"/data?{query}", "csv": data}
        return {what: request.host_url[:-1] + rooted(path) for what, path in paths.items()}

    def _figure(self, indicator: str, place: str, year: str, benchmark: str) -> Record:
        atlas = self._atlas
        indicator, place = self._names.indicator(indicator).id, self._names.place(place).id
        value = atlas.value(indicator, place, year, benchmark)
        parts = atlas.provenance.ingredients(indicator, place, year, benchmark)
        return {
            "indicator": indicator,
            "place": place,
            "name": spoken(atlas.place(place).label),
            "year": value.year,
            "value": plain(value.value),
            "unit": value.unit,
            "status": value.status or "",
            "notes": [atlas.note(fragment, "en") for fragment in value.note],
            "sources": {id_: source_record(atlas, id_) for id_ in value.source_ids},
            "ingredients": [dict(ingredient_record(part)) for part in parts],
            **self._partial(indicator, place, year),
        }

    def _partial(self, indicator: str, place: str, year: str) -> Record:
        """Return what stands for a total that a circle does not have, with what it covers."""
        is_circle = self._atlas.place(place).kind == "circle"
        found = self._atlas.aggregate(place, indicator, year).subtotal if is_circle else None
        if found is None:
            return {}
        about = {
            "value": plain(found.value.value),
            "unit": found.value.unit,
            "members": found.coverage.members,
            "people_percent": found.coverage.people,
            "of": [spoken(p.label) for p in found.used],
            "sources": list(found.value.source_ids),
        }
        return {"subtotal": about}

    def _answered(
        self,
        ask: Callable[[], Record],
        near: Callable[[], Sequence[Place | Claim]] = tuple,
    ) -> Record:
        try:
            return ask()
        except UnknownNameError:
            known = "find_place, find_indicator and list_claims list ids, levels and years"
            close = ", ".join(f"{one.id} ({one.name.en})" for one in near())
            nearest = f" The nearest: {close}." if close else ""
            said = f"There is no such place, indicator, year, benchmark or claim; {known}."
            return {"error": said + nearest}


def _guarded(tool: Callable[..., Any]) -> Callable[..., Any]:
    """Let what goes wrong inside a tool be logged, and told by its number."""

    @wraps(tool)
    def answered(**arguments: Any) -> Any:  # noqa: ANN401 - what the tool takes and gives
        try:
            return tool(**arguments)
        except Exception as error:  # noqa: BLE001 - whatever it is
            number = journal.request_id()
            journal.faults.error("assistant", exc_info=error, extra={"fields": {"id": number}})
            said = f"something went wrong on the server and has been logged; quote {number}."
            raise Fault(said) from None

    return answered


def offer_tools(server: Flask, atlas: Atlas) -> None:
    """Put the tools on the MCP server of an application made with `enable_mcp`."""
    configure_mcp_server(
        include_layout=False,
        include_callbacks=False,
        include_clientside_callbacks=False,
        include_pages=False,
    )
    tools = Tools(atlas)
    offered = {
        tool.__name__: tool
        for tool in (
            tools.find_place,
            tools.find_indicator,
            tools.get_figure,
            tools.compare_places,
            tools.describe_place,
            tools.list_claims,
            tools.get_claim,
            tools.link_to_figure,
        )
    }
    check_messages(server, offered)
    for name, tool in offered.items():
        mcp_enabled(_guarded(tool), name=name, expose_docstring=True)
