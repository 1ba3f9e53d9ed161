"""Dash's questions: what they are for, and how they are put before Dash does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.driving import Desk

ONE = "?regions=130828"


def test_a_question_of_dash_tells_what_it_is_for_and_is_put_for_another_address(
    desk: Desk,
) -> None:
    desk.move(ONE)
    with desk.page.expect_request("**/_dash-update-component*") as asked:
        desk.move("?regions=110112")
    url, body = asked.value.url, asked.value.post_data
    told = desk.page.evaluate(
        """([url, body]) => {
          const there = { pathname: '/x', search: '?y' };
          const put = insides.putAt({ method: 'POST', body }, there);
          const { state } = JSON.parse(put.body);
          const address = state.filter(({ id }) => id === 'url');
          return [
            insides.questionOf(url, { body }), insides.questionOf('/_dash-layout', {}),
            insides.questionOf('/rows/explore/map', {}), put.method,
            address.every(({ property, value }) => value === there[property]),
            address.length,
          ];
        }""",
        [url, body],
    )
    question = json.loads(body or "")
    output = question["output"]
    ahead = desk.page.evaluate(
        """([changed, address]) => {
          const asked = insides.questionsFor(changed, address);
          const told = ({ url, options }) => [url, options.body, insides.questionOf(url, options)];
          return asked.map(told);
        }""",
        [["part-regions"], {"pathname": "/", "search": "?regions=110112"}],
    )
    puts = {told["key"]: json.loads(said) for _, said, told in ahead}
    assert output in puts
    assert "mantine.forceColorScheme" not in puts  # the browser's own
    assert "clusters-selection.children" not in puts  # of another page
    put = puts["outlined.data"]
    assert put["outputs"] == {"id": "outlined", "property": "data"}
    assert [one["id"] for one in puts["..view.data...notices.children.."]["outputs"]] == [
        "view",
        "notices",
    ]
    assert {"id": "url", "property": "search", "value": "?regions=110112"} in put["state"]
    answer = desk.page.request.post(ahead[0][0], data=put)
    assert "110112" in answer.text()
    first = output.removeprefix("..").split(".")[0]
    alike = next(told for _, _, told in ahead if told["key"] == output)
    assert told[0] == alike == {"key": output, "id": first, "beside": told[0]["beside"]}
    assert desk.page.locator(f"#{first}, [data-shows~='{first}']").count()
    assert told[1:4] == [{"key": "/_dash-layout", "id": ""}, None, "POST"]
    assert told[4] is True
    assert told[5] > 0


def test_what_is_lost_before_dash_asks_for_it_is_no_error(desk: Desk) -> None:
    desk.move(ONE)
    failures = desk.page.evaluate(
        """async () => {
          let failures = 0;
          addEventListener('unhandledrejection', () => { failures += 1; });
          const { patience } = asking.pace;
          asking.pace.patience = 0;
          asking.foresee(['part-regions'], { pathname: '/', search: '?regions=110112' }).rest();
          asking.pace.patience = patience;
          await asking.rest(200);
          return failures;
        }"""
    )
    assert failures == 0
