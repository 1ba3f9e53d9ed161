"""The description of the data addresses is true: schemathesis asks all it allows, and more."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode

from dashboard.data.describe import ROOM
from tests.dashboard.hostile import told

if TYPE_CHECKING:
    from dash import Dash
    from schemathesis import Case

USUAL, MANY = 8, 400


def try_operations(app: Dash, mode: GenerationMode, examples: int) -> dict[str, Counter[int]]:
    """Ask every operation with queries of a mode, and check answers against the description.

    Returns
    -------
    dict
        Operation → how often each status came.
    """
    schema = schemathesis.openapi.from_wsgi(f"{ROOM}openapi.json", app.server)
    counts: dict[str, Counter[int]] = {}
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]
        if mode is GenerationMode.NEGATIVE and not operation.path.startswith(f"{ROOM}{{"):
            continue  # nothing to ask wrongly
        cases = operation.as_strategy(generation_mode=mode)

        @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=cases)
        def one(case: Case[Any]) -> None:
            label = case.operation.label
            answer = case.call_and_validate(headers={"Accept-Encoding": "identity"})
            counts.setdefault(label, Counter())[answer.status_code] += 1

        one()
    return counts


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_description_is_true(app: Dash, mode: GenerationMode) -> None:
    assert len(try_operations(app, mode, USUAL)) >= 4


@pytest.mark.soak
def test_the_description_stays_true(app: Dash, capsys: pytest.CaptureFixture[str]) -> None:
    for mode in GenerationMode:
        came = sum(try_operations(app, mode, MANY).values(), Counter[int]())
        with capsys.disabled():
            print(f"\n{told(f'by the description, {mode.value}', came)}", end="")  # noqa: T201
