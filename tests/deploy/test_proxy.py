"""The recipe for the open internet, run: nginx of deploy/ before two servers that share nothing."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import statistics
import subprocess
import threading
import time
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import HOST, STOP_SECONDS
from tests.deploy.proxy import NAME, Gunicorn, Site, found, gunicorns, proxy
from tests.dialogue import DEPENDENCIES, UPDATE, questions
from tests.load.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from geodata.build.cache import Manifest

pytestmark = [pytest.mark.alone, pytest.mark.proxy]

HALF: Final = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: "
HALF_SENT, IDLE, READERS, ANSWERS = 40, 105, 8, 300
COSTLY, TOPS = 120, 200
"""Files that one may ask for at once; and by how many more there has to be an end."""
RETRIES: Final = 2
"""How often a reader asks again for what was cut off on its way."""
SAMPLES, PATIENCE = 80, 30
SLOWER: Final = 3.0
"""How many times as long a reader may wait while others send half of what they should."""
SPREAD: Final = 0.05
"""Seconds by which two runs of the same on a busy machine differ."""


def plain() -> list[str]:
    """Return what takes from root the right to write to what is read-only."""
    if os.geteuid():
        return []
    return [found("setpriv"), "--inh-caps=-all", "--bounding-set=-all"]


@pytest.fixture(scope="module")
def servers(
    manifest: Manifest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Gunicorn]]:
    """Run two servers over one cache folder that none of them can write to."""
    folder = tmp_path_factory.mktemp("servers")
    cache = folder / "cache"
    shutil.copytree(manifest.folder.parent, cache)
    for path in (cache, *cache.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
    settings = {"JJJ_ATLAS_CACHE": str(cache), "JJJ_ATLAS_RATE": "0"}
    with gunicorns(folder, 2, settings, plain()) as started:
        yield started
    for path in (cache, *cache.rglob("*")):
        path.chmod(path.stat().st_mode | 0o200)


@pytest.fixture(scope="module")
def site(servers: list[Gunicorn], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with proxy(tmp_path_factory.mktemp("nginx"), [one.port for one in servers]) as running:
        yield running


def ask(site: Site, name: str, search: str) -> bytes:
    """Return a callback's question as it is posted."""
    known = questions(json.loads(site.get(DEPENDENCIES)[2]))
    return known[name].post(search)


def test_plain_http_is_sent_to_https_and_stays_there(site: Site) -> None:
    connection = http.client.HTTPConnection(NAME, site.plain, timeout=STOP_SECONDS)
    connection.request("GET", "/compare?lang=en", headers={"Host": NAME})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/compare?lang=en")
    connection.close()
    for path, status in {"/": 200, "/readyz": 200, "/nothing": 404}.items():
        found_status, headers, _ = site.get(path)
        assert found_status == status
        assert headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]


def test_a_balancer_may_ask_for_its_health_without_tls(site: Site) -> None:
    connection = http.client.HTTPConnection(NAME, site.plain, timeout=STOP_SECONDS)
    connection.request("GET", "/healthz", headers={"Host": NAME})
    assert connection.getresponse().read() == b"ok\n"
    connection.close()


def test_whoever_asks_for_another_name_learns_nothing(site: Site) -> None:
    connection = http.client.HTTPConnection(HOST, site.plain, timeout=STOP_SECONDS)
    connection.request("GET", "/healthz", headers={"Host": "other.example"})
    assert connection.getresponse().status == 421
    connection.close()
    with (
        socket.create_connection((HOST, site.secure), STOP_SECONDS) as plain,
        pytest.raises(ssl.SSLError),
    ):
        site.trusting.wrap_socket(plain, server_hostname="other.example")


def test_it_is_reached_by_ipv6(site: Site) -> None:
    with (
        socket.create_connection(("::1", site.secure), STOP_SECONDS) as plain,
        site.trusting.wrap_socket(plain, server_hostname=NAME) as secure,
    ):
        secure.sendall(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
        assert secure.recv(12) == b"HTTP/1.1 200"


def test_a_body_of_more_than_two_megabytes_is_refused_with_a_sentence(site: Site) -> None:
    for size, status in {2 * 2**20 + 1: 413, 2 * 2**20 - 1: 413, 300_000: 413}.items():
        connection = site.connect()
        connection.putrequest("POST", UPDATE)
        connection.putheader("Content-Type", "application/json")
        connection.putheader("Content-Length", str(size))
        connection.endheaders()
        if size < 2 * 2**20:  # larger ones are refused before they are sent
            connection.send(b" " * size)
        answer = connection.getresponse()
        said = answer.read().decode()
        assert answer.status == status, size
        assert answer.headers["Strict-Transport-Security"]
        assert ("2 MB" if size > 2 * 2**20 else "256 kB") in said
        connection.close()


def test_compression_is_the_servers_own(site: Site) -> None:
    _, headers, _ = site.get("/assets/atlas.js", {"Accept-Encoding": "br, gzip"})
    assert headers["Content-Encoding"] == "br"


def test_a_read_only_cache_serves_figures_and_files(site: Site, servers: list[Gunicorn]) -> None:
    denied = subprocess.run(  # noqa: S603 - our own command line
        [*plain(), "touch", f"{servers[0].cache}/written"], check=False, capture_output=True
    )
    assert denied.returncode != 0
    status, headers, _ = site.get("/export/explore/ranking.xlsx")
    assert (status, headers["Content-Type"].partition(".")[0]) == (200, "application/vnd")
    assert site.get("/data/gdp.parquet?year=2020")[0] == 200


def test_the_client_a_server_counts_is_the_true_one(manifest: Manifest, tmp_path: Path) -> None:
    settings = {"JJJ_ATLAS_CACHE": str(manifest.folder.parent), "JJJ_ATLAS_RATE": "6"}
    forged = [
        {
            "X-Forwarded-For": f"10.0.0.{n}",
            "Forwarded": f"for=10.0.0.{n}",
            "X-Real-IP": f"10.1.1.{n}",
        }
        for n in range(40)
    ]
    with gunicorns(tmp_path, 1, settings) as started, proxy(tmp_path, [started[0].port]) as site:
        path = "/data/gdp.csv?year=2020"
        statuses = [site.get(path, headers)[0] for headers in forged]
        # Two workers with six each, and what is given anew in the meantime.
        assert statuses.count(200) < 20
        assert set(statuses) == {200, 429}
        assert site.get(path, source="127.0.0.2")[0] == 200
        page = site.get("/", {"X-Forwarded-Prefix": "/evil", "X-Forwarded-Host": "evil"})[2]
        assert b"evil" not in page


def test_who_asks_the_proxy_too_often_is_told_when_to_come_again(site: Site) -> None:
    """Files: 120 at once and two a second after; pages are counted by themselves, others too."""
    connection, begun, came = site.connect("127.0.0.7"), time.monotonic(), 0
    while came <= COSTLY + TOPS:
        connection.request("GET", "/data/gdp.csv?year=2020")
        answer = connection.getresponse()
        said = answer.read().decode()
        if answer.status != http.client.OK:
            break
        came += 1
    assert COSTLY < came <= COSTLY + 2 + 2 * (time.monotonic() - begun)
    assert (answer.status, answer.headers["Retry-After"]) == (429, "10")
    assert answer.headers["Strict-Transport-Security"]
    assert said.splitlines() == [
        "请求过于频繁，请稍后再试。",
        "Too many requests; try again in a while.",
    ]
    connection.close()
    assert site.get("/export/explore/map.csv", source="127.0.0.7")[0] == 429
    assert site.get("/", source="127.0.0.7")[0] == 200
    assert site.get("/data/gdp.csv?year=2020", source="127.0.0.8")[0] == 200


def seconds(site: Site, bodies: list[bytes]) -> list[float]:
    """Return how long each of many questions took, over a connection of its own every tenth."""
    took: list[float] = []
    connection = site.connect()
    headers = {"Content-Type": "application/json", "Accept-Encoding": "br"}
    for number in range(SAMPLES):
        if number % 10 == 0:
            connection.close()
            connection = site.connect()
        begun = time.perf_counter()
        connection.request("POST", UPDATE, bodies[number % len(bodies)], headers)
        answer = connection.getresponse()
        answer.read()
        took.append(time.perf_counter() - begun)
        assert answer.status == 200
    connection.close()
    return took


def p95(took: list[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]


def test_half_sent_requests_hold_nobody_up_and_are_ended(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    bodies = [ask(site, "recolour", f"?indicator=gdp&year={year}") for year in (2019, 2020)]
    seconds(site, bodies)
    usual = p95(seconds(site, bodies))
    held: list[socket.socket] = []
    for number in range(HALF_SENT + IDLE):
        plain = socket.create_connection((HOST, site.secure), STOP_SECONDS)
        held.append(site.trusting.wrap_socket(plain, server_hostname=NAME))
        if number < HALF_SENT:
            held[-1].sendall(HALF)
    body = (
        b"POST /_dash-update-component HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999\r\n\r\n{"
    )
    for _ in range(HALF_SENT):
        plain = socket.create_connection((HOST, site.secure), STOP_SECONDS)
        held.append(site.trusting.wrap_socket(plain, server_hostname=NAME))
        held[-1].sendall(body)
    beset = p95(seconds(site, bodies))
    with capsys.disabled():
        print(f"\np95 {1000 * usual:.0f} ms, {1000 * beset:.0f} ms beside {len(held)} that wait")  # noqa: T201
    assert beset < SLOWER * usual + SPREAD
    for one in held[:HALF_SENT]:
        one.settimeout(PATIENCE)  # client_header_timeout is 10 s, by itself a minute
        assert one.recv(12) in {b"", b"HTTP/1.1 408"}
    for one in held:
        one.close()


class Reader(threading.Thread):
    """Asks by turns a callback, a file, the page; asks again what was lost, as the page does.

    Parameters
    ----------
    site
        Where it reads.
    bodies
        Questions to callbacks.
    source
        Its own address: nginx counts by it.
    """

    def __init__(self, site: Site, bodies: list[bytes], source: str) -> None:
        super().__init__(daemon=True)
        self.site, self.bodies, self.source = site, bodies, source
        self.answered, self.broken, self.lost = 0, 0, 0
        self.stop = threading.Event()

    def run(self) -> None:
        """Read until told to stop."""
        connection, turn = self.site.connect(self.source), 0
        while not self.stop.is_set():
            turn += 1
            for attempt in range(1 + RETRIES):
                if self._asked(connection, turn):
                    self.answered += 1
                    break
                connection.close()
                connection = self.site.connect(self.source)
                self.broken += 1
                self.lost += attempt == RETRIES
        connection.close()

    def _asked(self, connection: http.client.HTTPSConnection, turn: int) -> bool:
        try:
            if turn % 3:
                body = self.bodies[turn % len(self.bodies)]
                connection.request("POST", UPDATE, body, {"Content-Type": "application/json"})
            else:
                connection.request("GET", "/" if turn % 2 else "/data/gdp.csv?year=2020")
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return False
        return answer.status == http.client.OK


def read_during(site: Site, kill: Callable[[], None], net: int) -> tuple[int, int, int]:
    """Let readers ask while something is killed; return answers, what broke, what was lost."""
    bodies = [ask(site, name, "?indicator=gdp") for name in ("recolour", "rank", "describe")]
    readers = [Reader(site, bodies, f"127.0.{net}.{1 + n}") for n in range(READERS)]
    for one in readers:
        one.start()
    until(lambda: sum(one.answered for one in readers) >= ANSWERS)
    kill()
    until(lambda: sum(one.answered for one in readers) >= 2 * ANSWERS)
    for one in readers:
        one.stop.set()
    for one in readers:
        one.join(STOP_SECONDS)
    answered, broken, lost = (
        sum(getattr(one, what) for one in readers) for what in ("answered", "broken", "lost")
    )
    return answered, broken, lost


def test_a_worker_of_each_server_dies_and_both_servers_stay_in_turn(
    site: Site, servers: list[Gunicorn]
) -> None:
    """A dead worker breaks many connections at once; that does not make its server a dead one."""

    def kill() -> None:
        for one in servers:
            os.kill(Server(one.port, one.process.pid).workers()[0], signal.SIGKILL)

    _, broken, lost = read_during(site, kill, net=3)
    assert lost == 0
    assert broken <= READERS  # who met a dead worker of both


def test_one_of_two_servers_dies_and_no_reader_loses_anything(
    site: Site, servers: list[Gunicorn], capsys: pytest.CaptureFixture[str]
) -> None:
    log = site.folder / "error.log"
    before = log.read_text(encoding="utf-8").count("upstream:")
    answered, broken, lost = read_during(site, servers[0].kill, net=4)
    again = log.read_text(encoding="utf-8").count("upstream:") - before
    with capsys.disabled():
        print(f"\n{answered} answers; nginx asked {again} times again, readers {broken}")  # noqa: T201
    assert lost == 0
    # An answer of which a part is on its way cannot be asked for again by nginx.
    assert broken <= READERS
    assert again > 0
    assert site.get("/readyz")[0] == 200


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_where_no_server_is_left_a_sentence_says_when_to_come_again(
    site: Site, servers: list[Gunicorn]
) -> None:
    for one in servers:
        if one.process.poll() is None:
            one.kill()
    status, headers, said = site.get("/")
    assert (status, headers["Retry-After"]) == (503, "5")
    assert "请稍后再试" in said.decode()
    assert headers["Strict-Transport-Security"]
