"""How much one reader may ask in a minute: files and callbacks, each charged by what it costs."""

from __future__ import annotations

import ipaddress
import re
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NamedTuple

from flask import g, request
from werkzeug.exceptions import TooManyRequests

from dashboard.web.limits import CALLBACK, MESSAGES
from dashboard.web.wire import CITE, DATA, EMBED, EXPORT, REPORT, ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask

FILES: Final = (DATA, EMBED, EXPORT, REPORT, MESSAGES)
CALLBACKS: Final = (CALLBACK, CITE, ROWS)
FILE_SECONDS: Final = 0.05
"""Seconds of a processor that one file is counted for; one that takes more counts for more."""
CALLBACK_SECONDS: Final = 0.01
CALLBACKS_A_FILE: Final = 10
"""A page asks some seven callbacks at a click: 1,200 in a minute are three clicks a second."""
MAX_CLIENTS: Final = 10_000
MINUTE: Final = 60.0
NETWORKS: Final = 8
"""A /48 of IPv6 has 256 networks of a /56; together they may ask as much as so many."""


BRACKETED: Final = re.compile(r"\[([^\]]*)\](?::\d*)?")
PORTED: Final = re.compile(r"([^:]+):\d*")
GATEWAYS: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 addresses as a gateway to IPv6 writes them, in their last 32 bits."""
OWN_GATEWAYS: Final = ipaddress.IPv6Network("64:ff9b:1::/48")
"""The same as a gateway of a network's own does, at a place that it chooses (RFC 8215)."""


class Share(NamedTuple):
    """Whom a request is charged to, and which part of it."""

    client: str
    part: float


class Buckets:
    """Tells how long a client has to wait; remembers the last clients only.

    Parameters
    ----------
    per_minute
        Requests a client may make in a minute on average, and at once after a rest.
    now
        The clock, in seconds.
    """

    def __init__(self, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._size, self._now = float(per_minute), now
        self._clients: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, shares: Iterable[Share]) -> float:
        """Take one request from each share; return 0, or the seconds until all have it."""
        with self._lock:
            left = {share: self._left(share.client) for share in shares}
            short = max((share.part - there for share, there in left.items()), default=0.0)
            if short <= 0:
                for share, there in left.items():
                    self._keep(share.client, there - share.part)
        return max(0.0, short) * MINUTE / self._size

    def charge(self, shares: Iterable[Share], more: float) -> None:
        """Take what a request has cost beyond one; a client may owe what a minute gives."""
        with self._lock:
            for client, part in shares:
                self._keep(client, max(-self._size, self._left(client) - more * part))

    def _left(self, client: str) -> float:
        moment = self._now()
        left, last = self._clients.pop(client, (self._size, moment))
        left = min(self._size, left + (moment - last) * self._size / MINUTE)
        self._keep(client, left)
        return left

    def _keep(self, client: str, left: float) -> None:
        self._clients[client] = (left, self._now())
        self._clients.move_to_end(client)
        if len(self._clients) > MAX_CLIENTS:
            self._clients.popitem(last=False)


class Tariff(NamedTuple):
    """Which paths a limit is for, its buckets, and the processor's seconds of one request."""

    paths: tuple[str, ...]
    buckets: Buckets
    seconds: float


def limit_rate(server: Flask, per_minute: int) -> None:
    """Answer 429 with Retry-After to a client that asks too much.

    A request counts for one, and afterwards for what it has taken of the processor. Each process
    of a server counts for itself.

    Parameters
    ----------
    server
        The server.
    per_minute
        Files a client may fetch in a minute; callbacks are `CALLBACKS_A_FILE` times as many. 0: no
        limit.
    """
    if not per_minute:
        return
    tariffs = (
        Tariff(FILES, Buckets(per_minute), FILE_SECONDS),
        Tariff(CALLBACKS, Buckets(CALLBACKS_A_FILE * per_minute), CALLBACK_SECONDS),
    )

    @server.before_request
    def limit() -> None:
        for tariff in tariffs:
            if request.path.startswith(tariff.paths):
                shares = shares_of(request.remote_addr)
                seconds = tariff.buckets.wait(shares)
                if seconds:
                    raise TooManyRequests(retry_after=int(seconds) + 1)
                g.bill = (tariff, shares, time.thread_time())

    @server.teardown_request
    def charge(_: BaseException | None) -> None:
        bill = g.pop("bill", None)
        if bill is not None:
            tariff, shares, begun = bill
            more = (time.thread_time() - begun) / tariff.seconds - 1
            if more > 0:
                tariff.buckets.charge(shares, more)


def shares_of(address: str | None) -> tuple[Share, ...]:
    """Return whom a request is charged to: an IPv4 address, or two networks of an IPv6 one.

    A household is given a /56 as a rule, an organisation a /48 (RIPE 690, section 4.2), so that
    one stranger may have all addresses of either. On the link that the server is on, all are in
    one /56: there each counts by himself, and they together as a /48.
    """
    known = known_address(address or "")
    if known is None:
        return (Share("", 1),)
    if isinstance(known, ipaddress.IPv4Address):
        return (Share(str(known), 1),)
    if known in OWN_GATEWAYS:
        return (Share(str(known), 1),)
    near = 128 if known.is_link_local else 56
    house, site = (str(ipaddress.ip_network((known, bits), strict=False)) for bits in (near, 48))
    return Share(house, 1), Share(site, 1 / NETWORKS)


def known_address(written: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the address that a socket or a proxy writes; None where it is none.

    Some proxies write the port behind it, and IPv6 in brackets. An IPv6 address that stands for an
    IPv4 one is that one: a socket for both kinds writes it so, and so do the gateways of networks
    that speak IPv6 alone (RFC 6052) or reach it through IPv4 (RFC 3056, RFC 4380).
    """
    bare = written.strip().strip('"')
    found = BRACKETED.fullmatch(bare) or PORTED.fullmatch(bare)
    try:
        known = ipaddress.ip_address(found[1] if found else bare)
    except ValueError:
        return None
    if isinstance(known, ipaddress.IPv4Address):
        return known
    if known in GATEWAYS:
        return ipaddress.IPv4Address(int(known) & 0xFFFF_FFFF)
    _, tunnelled = known.teredo or (None, None)
    return known.ipv4_mapped or known.sixtofour or tunnelled or ipaddress.IPv6Address(int(known))


def client_of(address: str | None) -> str:
    """Return what counts as one reader where they take turns."""
    return shares_of(address)[0].client
