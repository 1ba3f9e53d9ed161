"""What strangers send: a corpus of known tricks, and generators of more."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.test import TestResponse

MARK: Final = "zqjx7"
"""Part of everything sent that must not come back."""
MARKUP: Final = f"<script>{MARK}</script>"
TRACES: Final = ("Traceback (most recent", 'File "/', "werkzeug.exceptions", "site-packages")
HEADERS: Final = ("Content-Security-Policy", "X-Content-Type-Options", "X-Request-Id")
SLOWEST: Final = 300
"""Yardsticks of work (`tests.effort`) for any one answer: about 3 s of a processor."""

VALUES: Final = (
    MARKUP,
    f"'\"><img src=x onerror={MARK}>",
    f"javascript:{MARK}",
    f"{{{{7*7}}}}{MARK}",
    f"${{jndi:ldap://{MARK}.example/a}}",
    f"' OR 1=1 --{MARK}",
    f"../../../../etc/passwd{MARK}",
    f"..%2f..%2fetc%2fpasswd{MARK}",
    f"=cmd|'/C calc'!A0{MARK}",
    f"{MARK}\r\nSet-Cookie: a=b",
    f"{MARK}%0d%0aX-Evil: 1",
    f"\x00{MARK}",
    f"\ud7ff\ufffe\u202e{MARK}",
    f"__proto__{MARK}",
    f"__class__.__init__.__globals__{MARK}",
    "9" * 400 + MARK,
    MARK * 300,
    f"//{MARK}.example/%2f..",
    f"\\\\{MARK}\\share",
    f"%c0%ae%c0%ae/{MARK}",
)
PATHS: Final = (
    *(f"/{value}" for value in VALUES),
    *(f"/data/{value}" for value in VALUES),
    *(f"/data/{value}.csv" for value in VALUES),
    *(f"/geo/{value}" for value in VALUES),
    *(f"/assets/{value}" for value in VALUES),
    *(f"/_dash-component-suites/{value}/x.js" for value in VALUES[:8]),
    *(f"/_dash-component-suites/dash/{value}" for value in VALUES[:8]),
    f"/_dash-component-suites/dash/dcc/dash_core_components.v1_0_0m{MARK}.js",
    "/_dash-component-suites/dash/dash-renderer/../../../../../../etc/passwd",
    "/_dash-component-suites/os/../os.py",
    "/_dash-component-suites/dash/deps/nothing.v1_0_0m1.min.js",
    "/_dash-component-suites/sys/x.js",
    "/_dash-component-suites/dash_mantine_components/dash_mantine_components.js.map",
    "/_dash-layout",
    "/_dash-dependencies",
    f"/_dash-{MARK}",
    f"/_favicon.ico?v={MARK}",
    "/_reload-hash",
    "/_mcp",
    "/_alive_x",
    "/.git/config",
    "/.env",
    "/server-status",
    "/wp-login.php",
    "/admin",
    "/console",
    "/data",
    "/data/",
    "/data//gdp.csv",
    "/data/gdp.csv/",
    "/data/./gdp.csv",
    "/data/%2e%2e/manifest.json",
    "/data/gdp.csv%00.png",
    "/data/GDP.CSV",
    "/data/.csv",
    "/data/csv",
    "/data/.metadata.json",
    "/data/layout.geojson?scheme=",
    "/assets/../run.py",
    "/assets/%2e%2e/run.py",
    "/assets/..%5c..%5crun.py",
    "/assets/topology/",
    "//evil.example/%2f..",
    "/%2f%2fevil.example",
    "/?" + "&".join(f"a{i}={MARK}" for i in range(400)),
    f"/?__debugger__=yes&cmd=resource&f={MARK}",
)

words = st.one_of(st.sampled_from(VALUES), st.text(max_size=40))
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), words, st.just(10**30)
)
anything: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


def queries(names: Sequence[str], known: Sequence[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Return queries: right names and values mixed with wrong ones, some given twice."""
    name = st.one_of(st.sampled_from(names), words)
    value = st.one_of(st.sampled_from(known), words)
    return st.lists(st.tuples(name, value), max_size=5)


def asked(
    dependency: Mapping[str, Any],
    search: st.SearchStrategy[Any],
    value: st.SearchStrategy[Any],
) -> st.SearchStrategy[dict[str, Any]]:
    """Return bodies that fit a callback: any values, and mostly an address with `search`."""

    def entry(one: Mapping[str, str]) -> st.SearchStrategy[dict[str, Any]]:
        own = search if one["id"] == "url" and one["property"] == "search" else value
        return own.map(lambda v: {"id": one["id"], "property": one["property"], "value": v})

    output = dependency["output"]
    pairs = [part.rpartition(".") for part in output.strip(".").split("...")]
    targets = [{"id": id_, "property": prop} for id_, _, prop in pairs]
    return st.fixed_dictionaries(
        {
            "output": st.just(output),
            "outputs": st.just(targets if output.startswith("..") else targets[0]),
            "inputs": st.tuples(*(entry(one) for one in dependency["inputs"])).map(list),
            "state": st.tuples(*(entry(one) for one in dependency["state"])).map(list),
            "changedPropIds": st.lists(words, max_size=2),
        }
    )


def faults_of(answer: TestResponse, sent: str = "") -> list[str]:
    """Return what is wrong with an answer to a stranger."""
    wrong = []
    body = answer.get_data().decode("utf-8", "replace")
    if answer.status_code >= 500:
        wrong.append(f"status {answer.status_code}")
    if any(trace in body for trace in TRACES):
        wrong.append("a trace")
    if MARK in body:
        wrong.append("an echo")
    if "sideUpdate" in body:
        wrong.append("a fault in a callback")
    wrong += [f"no {name}" for name in HEADERS if name not in answer.headers]
    if MARK in str(answer.headers) or "Set-Cookie" in answer.headers:
        wrong.append("an echo in the headers")
    return [f"{one}: {sent[:200]}" for one in wrong]


SENT: Final[Counter[str]] = Counter()
"""Kind → how many were sent in this run; `told` adds to it."""


def told(kind: str, statuses: Mapping[int, int]) -> str:
    """Return the line that says how many of a kind were sent, what came back, and how many in all.

    Parameters
    ----------
    kind
        What was sent.
    statuses
        Status → how often it came; 0 where there was no answer.
    """
    SENT[kind] += sum(statuses.values())
    came = ", ".join(f"{status} × {number:,}" for status, number in sorted(statuses.items()))
    return f"{kind}: {sum(statuses.values()):,} sent; {came}; {SENT.total():,} in all so far"
