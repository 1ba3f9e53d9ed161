"""Speaks to the running page as Dash's own script does: one question per callback.

The questions are read from `/_dash-dependencies`, so that tests and benchmarks follow the page when
its inputs change. A question is known by what it writes and by what sets it off.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEPENDENCIES: Final = "/_dash-dependencies"
UPDATE: Final = "/_dash-update-component"
WRITES_AND_WAITS: Final[Mapping[str, tuple[str, str]]] = {
    "page": ("page.children", "part-lang"),
    "controls": ("..view.data", "part-path"),
    "redraw": ("redrawn.data", "part-layers"),
    "recolour": ("recoloured.data", "part-colour"),
    "outline": ("outlined.data", "part-regions"),
    "describe": ("described.data", "part-colour"),
    "years": ("years.data", "years-asked"),
    "story": ("story-panel.children", "part-story"),
    "tour": ("tour.children", "part-tour"),
    "identity": ("selection-panel.children", "part-regions"),
    "industry": ("industry-panel.children", "part-regions"),
    "sites": ("cluster-panel.children", "part-regions"),
    "plan": ("plan-panel.children", "part-regions"),
    "table": ("data-table.children", "part-colour"),
    "coverage": ("data-coverage.children", "part-colour"),
    "rank": ("ranking.children", "part-colour"),
    "scatter": ("scatter.children", "part-across"),
    "second": ("second.children", "part-across"),
    "result": ("explore-result.children", "part-regions"),
    "cluster_result": ("clusters-result.children", "part-regions"),
    "ties": ("linkages-ties.children", "part-links"),
    "contracts": ("linkages-contracts.children", "theme"),
    "matrix": ("linkages-matrix.children", "part-among"),
    "nearest": ("linkages-nearest.children", "part-regions"),
    "planned": ("linkages-planned.children", "part-exponent"),
    "coupled": ("linkages-coupled.children", "part-weighing"),
    "chain": ("linkages-chain.children", "part-among"),
    "functions": ("linkages-functions.children", "part-among"),
    "division": ("linkages-division.children", "part-scope"),
    "coagglomeration": ("linkages-coagglomeration.children", "part-census"),
    "clusters-selection": ("clusters-selection.children", "part-industry"),
    "clusters-spread": ("clusters-spread.children", "part-industry"),
    "clusters-relatedness": ("clusters-relatedness.children", "part-industry"),
    "clusters-shift": ("clusters-shift.children", "part-regions"),
    "clusters-sites": ("clusters-sites.children", "part-industry"),
    "clusters-beijing": ("clusters-beijing.children", "part-industry"),
    "compare-places": ("compare-places.children", "part-regions"),
    "compare-system": ("compare-system.children", "part-system"),
    "compare-gap": ("compare-gap.children", "part-weighting"),
    "compare-timeline": ("compare-timeline.children", "part-regions"),
    "compare-course": ("compare-course.children", "part-system"),
    "compare-definitions": ("compare-definitions.children", "part-scope"),
    "compare-index": ("compare-index.children", "theme"),
    "findings-list": ("findings-list.children", "part-claim"),
    "findings-claim": ("findings-claim.children", "part-claim"),
    "place-head": ("place-head.children", "part-regions"),
    "place-roles": ("place-roles.children", "part-regions"),
    "place-figures": ("place-figures.children", "part-regions"),
    "place-trend": ("place-trend.children", "part-regions"),
    "place-industries": ("place-industries.children", "part-regions"),
    "place-sites": ("place-sites.children", "part-regions"),
    "place-beside": ("place-beside.children", "part-regions"),
    "place-limits": ("place-limits.children", "part-regions"),
}
"""Beginning of a callback's output, and one of its inputs."""
QUESTION_OF: Final = {
    output.removesuffix(".children"): name for name, (output, _) in WRITES_AND_WAITS.items()
}
"""What asks for an element, by the id of the element."""


@dataclass(frozen=True)
class Question:
    """One callback as the browser asks it."""

    output: str
    inputs: Sequence[Mapping[str, str]]
    state: Sequence[Mapping[str, str]]

    def body(
        self,
        search: str | None,
        *,
        path: object = "/",
        theme: object = "light",
        screen: object = None,
    ) -> dict[str, Any]:
        """Return what the browser posts when the address has become `path` and `search`."""
        known = {
            "url.search": search,
            "url.pathname": path,
            "theme.data": theme,
            "screen.data": screen,
            "grid-ready.data": True,
        }

        def filled(wanted: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
            return [
                {"id": one["id"], "property": one["property"], "value": known.get(_name(one))}
                for one in wanted
            ]

        targets = [_target(name) for name in self.output.strip(".").split("...")]
        return {
            "output": self.output,
            "outputs": targets if self.output.startswith("..") else targets[0],
            "inputs": filled(self.inputs),
            "changedPropIds": [_name(self.inputs[0])],
            "state": filled(self.state),
        }

    def post(self, search: str | None, **more: object) -> bytes:
        """Return the body as it travels."""
        return json.dumps(self.body(search, **more)).encode()


def questions(dependencies: Sequence[Mapping[str, Any]]) -> dict[str, Question]:
    """Return the questions of `WRITES_AND_WAITS` by name.

    Raises
    ------
    StopIteration
        When the page has no such callback any more.
    """
    server_side = [d for d in dependencies if not d["clientside_function"]]
    return {
        name: next(
            Question(d["output"], d["inputs"], d["state"])
            for d in server_side
            if _writes(d["output"], output) and waits in {one["id"] for one in d["inputs"]}
        )
        for name, (output, waits) in WRITES_AND_WAITS.items()
    }


def _writes(output: str, wanted: str) -> bool:
    return output.startswith(wanted) if wanted[0] == "." else output == wanted


def _name(one: Mapping[str, str]) -> str:
    return f"{one['id']}.{one['property']}"


def _target(name: str) -> dict[str, str]:
    component, _, property_ = name.partition(".")
    return {"id": component, "property": property_}
