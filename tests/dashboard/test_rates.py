"""How much a reader may ask: what counts as one, what it costs, and what an ordinary one asks."""

from __future__ import annotations

import ipaddress
import time
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from dashboard.web import journal, limits, rates
from dashboard.web.rates import (
    CALLBACKS_A_FILE,
    MAX_CLIENTS,
    NETWORKS,
    Buckets,
    Share,
    client_of,
    shares_of,
)
from tests.load.mix import COLOURS, SELECTIONS, THINK

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

LIMIT = 3
A, B = (Share("a", 1),), (Share("b", 1),)


@pytest.fixture
def client() -> FlaskClient:
    """Give a small server with the limit, behind a proxy: files, callbacks and a page."""
    small = Flask(__name__)
    journal.log_requests(small)
    journal.answer_errors(small)
    rates.limit_rate(small, LIMIT)
    limits.believe_proxies(small, 1)

    def works() -> str:
        begun = time.thread_time()
        while time.thread_time() - begun < 2.5 * rates.FILE_SECONDS:
            pass
        return ""

    for number, path in enumerate(("/", "/data/x", "/export/x", "/_mcp", "/rows/x")):
        small.add_url_rule(path, str(number), lambda: "")
    small.add_url_rule("/data/heavy", "heavy", works)
    small.add_url_rule(limits.CALLBACK, "callback", lambda: "", methods=["POST"])
    return small.test_client()


def get(client: FlaskClient, path: str, who: str = "203.0.113.9") -> TestResponse:
    method = "POST" if path == limits.CALLBACK else "GET"
    return client.open(path, method=method, headers={"X-Forwarded-For": who})


@pytest.mark.parametrize("path", ["/data/x", "/export/x", "/_mcp"])
def test_a_client_that_fetches_too_many_files_waits_and_others_do_not(
    client: FlaskClient, path: str
) -> None:
    assert [get(client, path).status_code for _ in range(LIMIT)] == [200] * LIMIT
    late = get(client, path)
    assert late.status_code == 429
    assert 1 <= int(late.headers["Retry-After"]) <= 60 / LIMIT + 1
    said = late.get_data(as_text=True)
    assert "Retry-After" in said
    assert late.headers["X-Request-Id"] in said
    assert get(client, path, "203.0.113.10").status_code == 200
    assert get(client, "/").status_code == 200


@pytest.mark.parametrize("path", [limits.CALLBACK, "/rows/x"])
def test_callbacks_have_a_larger_share_of_their_own(client: FlaskClient, path: str) -> None:
    many = LIMIT * CALLBACKS_A_FILE
    answers = [get(client, path) for _ in range(many + 5)]
    assert [answer.status_code for answer in answers] == [200] * many + [429] * 5
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert get(client, "/data/x").status_code == 200
    assert get(client, path, "203.0.113.10").status_code == 200


def test_what_takes_the_processor_long_counts_for_more(client: FlaskClient) -> None:
    # Two and a half times the price of a file, and one more file: what is left is below one.
    assert [get(client, "/data/heavy").status_code for _ in range(3)] == [200, 429, 429]


def test_what_was_worth_more_than_there_is_is_paid_later_and_never_more_than_a_minute() -> None:
    clock = [0.0]
    buckets = Buckets(60, lambda: clock[0])
    assert buckets.wait(A) == 0
    buckets.charge(A, 69)
    assert buckets.wait(A) == pytest.approx(11)
    buckets.charge(A, 1000)
    assert buckets.wait(A) == pytest.approx(61)
    clock[0] = 61
    assert buckets.wait(A) == 0


def test_a_share_comes_back_with_time_and_never_grows_beyond_the_limit() -> None:
    clock = [0.0]
    buckets = Buckets(60, lambda: clock[0])
    assert [buckets.wait(A) for _ in range(60)] == [0] * 60
    assert buckets.wait(A) == pytest.approx(1)
    assert buckets.wait(B) == 0
    clock[0] = 0.5
    assert buckets.wait(A) == pytest.approx(0.5)
    clock[0] = 1
    assert buckets.wait(A) == 0
    clock[0] = 10_000
    assert [bool(buckets.wait(A)) for _ in range(61)] == [False] * 60 + [True]


def test_only_so_many_clients_are_remembered() -> None:
    buckets = Buckets(1, lambda: 0.0)
    for number in range(MAX_CLIENTS + 50):
        buckets.wait((Share(str(number), 1),))
    assert len(buckets._clients) == MAX_CLIENTS  # noqa: SLF001 - memory is what is asked about


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/56"),
        ("2001:db8:1:ff:ffff::1", "2001:db8:1::/56"),
        ("2001:db8:1:100::1", "2001:db8:1:100::/56"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.8", "203.0.113.8"),
        ("::FFFF:CB00:7108", "203.0.113.8"),
        ("64:ff9b::203.0.113.9", "203.0.113.9"),
        ("64:ff9b::cb00:7108", "203.0.113.8"),
        ("2002:cb00:7109:1::1", "203.0.113.9"),
        ("2001:0:c000:201:0:ffff:34ff:8ef6", "203.0.113.9"),
        ("203.0.113.9:5678", "203.0.113.9"),
        ("[2001:db8:1:2::1]:443", "2001:db8:1::/56"),
        ("[2001:DB8:1:2::1]", "2001:db8:1::/56"),
        ('"[2001:db8:1:100::1]:443"', "2001:db8:1:100::/56"),
        ("[::ffff:203.0.113.9]:80", "203.0.113.9"),
        ("64:ff9b:1:fffe::cb00:7109", "64:ff9b:1:fffe::cb00:7109"),
        ("64:ff9b:1:fffe::203.0.113.8", "64:ff9b:1:fffe::cb00:7108"),
        ("fe80::1%eth0", "fe80::1/128"),
        ("fe80::2%25eth1", "fe80::2/128"),
        (" 203.0.113.9 ", "203.0.113.9"),
        ("203.0.113.9:", "203.0.113.9"),
        ("unknown", ""),
        ("_hidden", ""),
        ("_hidden:80", ""),
        ("203.0.113.09", ""),
        ("٢٠٣.0.113.9", ""),
        ("[203.0.113.9", ""),
        ("", ""),
        (None, ""),
        ("unix:", ""),
    ],
)
def test_each_reader_counts_by_his_own_address_however_it_is_written(
    address: str | None, client: str
) -> None:
    assert client_of(address) == client


@pytest.mark.parametrize(("site", "network"), [("2001:db8:1::/48", 56), ("fe80::/120", 128)])
def test_all_networks_of_an_ipv6_site_share_what_eight_of_them_have(
    site: str, network: int
) -> None:
    """All on the server's own link are such a site, and each address is a network of it."""
    per_network = 4
    buckets = Buckets(per_network, lambda: 0.0)
    networks = [str(one[-1]) for one in ipaddress.ip_network(site).subnets(new_prefix=network)]
    passed = sum(not buckets.wait(shares_of(one)) for one in networks)
    assert passed == NETWORKS * per_network < len(networks)
    assert not buckets.wait(shares_of("2001:db8:2::1"))
    assert not buckets.wait(shares_of("203.0.113.9"))


def test_the_fastest_reader_does_not_meet_the_limit_of_callbacks() -> None:
    """Twice a second another colour or region, for a minute, is not yet the average allowed."""
    a_minute = limits.Policy().per_minute * CALLBACKS_A_FILE
    assert 2 * 60 * max(len(COLOURS), len(SELECTIONS)) < a_minute
    # The readers of the load test, who choose without reading much, are as many at one address.
    ordinary = 60 / (sum(THINK) / 2) * max(len(COLOURS), len(SELECTIONS))
    assert a_minute / ordinary > 8
