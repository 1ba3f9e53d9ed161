"""The description of the data addresses is true: schemathesis asks all it allows, and more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode

from dashboard.data.describe import ROOM

if TYPE_CHECKING:
    from dash import Dash
    from schemathesis import Case

USUAL, MANY = 8, 400


def try_operations(app: Dash, mode: GenerationMode, examples: int) -> dict[str, int]:
    """Ask every operation with queries of a mode, and check answers against the description.

    Returns
    -------
    dict
        Operation → how many queries were tried.
    """
    schema = schemathesis.openapi.from_wsgi(f"{ROOM}openapi.json", app.server)
    counts: dict[str, int] = {}
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]
        if mode is GenerationMode.NEGATIVE and not operation.path.startswith(f"{ROOM}{{"):
            continue  # nothing to ask wrongly
        cases = operation.as_strategy(generation_mode=mode)

        @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=cases)
        def one(case: Case[Any]) -> None:
            label = case.operation.label
            counts[label] = counts.get(label, 0) + 1
            case.call_and_validate(headers={"Accept-Encoding": "identity"})

        one()
    return counts


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_description_is_true(app: Dash, mode: GenerationMode) -> None:
    assert len(try_operations(app, mode, USUAL)) >= 4


@pytest.mark.soak
def test_the_description_stays_true(app: Dash, capsys: pytest.CaptureFixture[str]) -> None:
    counts = {mode.value: sum(try_operations(app, mode, MANY).values()) for mode in GenerationMode}
    with capsys.disabled():
        print(f"\n{counts}")  # noqa: T201 - the number is what the run is for
