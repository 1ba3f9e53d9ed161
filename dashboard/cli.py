"""What the command does once its line is understood: serve, build, check."""

from __future__ import annotations

import errno
import gc
import os
import signal
import socket
import sys
import threading
import webbrowser
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

import waitress

from dashboard.headlines import headline_lines
from dashboard.pages.rehearsal import scheme_faults
from dashboard.site import Site
from dashboard.text import text
from dashboard.web import journal
from dashboard.web.bare import refuse_in_words
from dashboard.web.limits import MAX_DRAWING, MAX_UPLOAD, Policy, names_in, read_framers
from dashboard.web.local import is_loopback
from dashboard.web.root import read_prefix
from dashboard.web.shipped import refuse_gaps
from dashboard.web.stale import Stale
from geodata import scarce
from geodata.atlas import Atlas
from geodata.build import cache
from geodata.build.build import build
from geodata.errors import AtlasError, BoundaryError, CacheError, FactsError
from geodata.facts.check import find_faults
from geodata.own import store
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from geodata.build.cache import Manifest

WAITRESS = {
    "threads": 8,  # a callback takes milliseconds, so a few are plenty
    "ident": None,
    "channel_timeout": 60,
    "max_request_body_size": 2 * MAX_DRAWING,  # the application answers from half of it
    "clear_untrusted_proxy_headers": False,  # the application believes them only where told
}
CONNECTIONS = 100
"""At a time; those beyond wait until one ends."""
SHORT_OF_FILES = {"channel_timeout": 5, "cleanup_interval": 2}
"""Seconds after which resting connections end where there are few, for whoever waits."""
BROWSER_THREAD = "browser"
DRAWS_NOTHING = "此处不能出图（SVG、PNG、PDF）· No figures can be drawn here (SVG, PNG, PDF)："

_HEADLINES = {
    BoundaryError: "边界文件缺失或已被改动，请按下一句重装边界数据包。",
    CacheError: "缓存文件夹无法读写，请按下一句处理，或用 JJJ_ATLAS_CACHE 另指一个文件夹。",
}


class PortError(AtlasError):
    """The address cannot be listened on; the message is already in both languages."""


def run(arguments: argparse.Namespace) -> int:
    """Carry out the parsed command line and return the exit code."""
    try:
        refuse_gaps()
        if arguments.command == "build":
            manifest = build(force=arguments.force, progress=say)
            say(f"图层与数据表 Layers and tables: {manifest.folder}")
        elif arguments.command == "check":
            return check()
        elif arguments.command in {"import", "own"}:
            from dashboard import owning  # noqa: PLC0415 - serving imports no table

            return owning.run(arguments, say)
        elif arguments.command == "mcp":
            from dashboard import stdio  # noqa: PLC0415 - pages speak to no assistant

            stdio.run(load, arguments.site)
        elif arguments.command in {"export", "report"}:
            from dashboard import printing  # noqa: PLC0415 - serving prints by itself

            work = printing.run if arguments.command == "export" else printing.report
            atlas, manifest = load()
            atlas = atlas.with_own(store.names(), lambda _, error: warn_of(error))
            return work(arguments, atlas, manifest, say)
        else:
            policy = Policy.from_environment()
            if arguments.proxies is not None:
                policy = replace(policy, proxies=arguments.proxies)
            if arguments.prefix is not None:
                policy = replace(policy, prefix=read_prefix(arguments.prefix))
            hosts = names_in(arguments.hosts) or policy.hosts
            framers = read_framers(arguments.framers) or policy.framers
            mcp = policy.mcp or arguments.mcp
            policy = replace(policy, mcp=mcp, hosts=hosts, framers=framers)
            if arguments.own:
                policy = replace(policy, own="anybody")
            policy = replace(policy, own_to_assistants=arguments.mcp_own)
            serve(arguments.host, arguments.port, policy, browser=arguments.browser)
    except AtlasError as error:
        print(explain(error), file=sys.stderr)
        return 1
    return 0


def load() -> tuple[Atlas, Manifest]:
    """Build what is missing in the cache folder, then load it.

    Raises
    ------
    AtlasError
        With one sentence on what is wrong and how to mend it.
    """
    return _opened(build(progress=say))


def waitress_settings(files: float, *, tables: bool = False) -> dict[str, Any]:
    """Return how connections are kept where so many files may be open: fewer of them than files.

    Where `tables` may be brought, a body may be as large as one.
    """
    room = scarce.connections(CONNECTIONS, files)
    short = SHORT_OF_FILES if room < CONNECTIONS else {}
    large = {"max_request_body_size": MAX_UPLOAD + MAX_DRAWING} if tables else {}
    return {**WAITRESS, "connection_limit": room, **short, **large}


def load_or_last(tell: Callable[[Stale], None]) -> tuple[Atlas, Manifest, Stale | None]:
    """Load as `load` does; where that fails, the last good build, and tell why.

    Raises
    ------
    AtlasError
        If there is no good build either.
    """
    try:
        return *load(), None
    except AtlasError as error:
        manifest = _last_good()
        if manifest is None:
            raise
        stale = Stale(manifest.finished, error)
    loaded = _opened(manifest)
    tell(stale)
    return *loaded, stale


def _last_good() -> Manifest | None:
    try:
        return cache.last_good()
    except CacheError:
        return None  # the first fault is the one to tell


def warn_of(error: AtlasError) -> None:
    """Print what is left out, and why."""
    print(explain(error), file=sys.stderr)


def warn(stale: Stale) -> None:
    """Print the fault and what is shown in spite of it."""
    print("\n".join([explain(stale.fault), *map(stale.line, LANGUAGES)]), file=sys.stderr)


def _opened(manifest: Manifest) -> tuple[Atlas, Manifest]:
    try:
        atlas = Atlas.load(manifest.folder)
    except OSError as error:
        raise cache.unusable(manifest.folder, error) from error
    # What is loaded stays: the collector need not walk it while a reader waits.
    gc.freeze()
    return atlas, manifest


def serve(host: str, port: int, policy: Policy, *, browser: bool) -> None:
    """Serve the atlas until Ctrl-C; the address is taken before the layers are built."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with listen(host, port) as sock:
        atlas, manifest, stale = load_or_last(warn)
        policy = audience(policy, sock)
        site = Site(atlas, manifest, policy, stale)
        journal.write_lines()
        refuse_in_words()
        settings = waitress_settings(scarce.most_files(), tables=policy.own != "no")
        server = waitress.create_server(site, sockets=[sock], **settings)
        address = reader_address(sock, policy.prefix)
        say(f"图谱已就绪 The atlas is ready: {address}")
        if policy.own == "anybody":
            say("\n".join(text(lang)("web.own_shown") for lang in LANGUAGES))
        say("按 Ctrl-C 停止 · press Ctrl-C to stop")
        if wanting := scarce.of(scarce.CHROME):
            say(f"{DRAWS_NOTHING}\n{wanting}")
        if browser and has_display(os.environ, sys.platform):
            # A browser in the terminal would hold the server back, were it not in a thread.
            threading.Thread(
                target=webbrowser.open, args=(address,), name=BROWSER_THREAD, daemon=True
            ).start()
        try:
            server.run()
        finally:
            site.close()
    say("已停止 Stopped.")


def audience(policy: Policy, sock: socket.socket) -> Policy:
    """Return the policy with who sees own figures: by himself the reader here, on loopback alone.

    Nobody does behind a proxy, which a path of its own tells of, too.
    """
    if policy.proxies or policy.prefix:
        return replace(policy, own="no")
    here = is_loopback(sock.getsockname()[0])
    return replace(policy, own="here") if here and policy.own == "no" else policy


def listen(host: str, port: int) -> socket.socket:
    """Take the address, or say in one sentence why it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = (
                f"端口 {port} 已被占用，请用 --port 另选一个。\n"
                f"Port {port} is already in use; choose another with --port."
            )
        else:
            reason = error.strerror or str(error)
            message = (
                f"无法监听 {host}:{port}（{reason}），请检查 --host 与 --port。\n"
                f"Cannot listen on {host}:{port} ({reason}); check --host and --port."
            )
        raise PortError(message) from error


def reader_address(sock: socket.socket, prefix: str = "") -> str:
    """Return the address a reader on this machine types."""
    host, port = sock.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{prefix}/"


def has_display(environ: Mapping[str, str], platform: str) -> bool:
    """Tell whether opening a browser would show anything to whoever typed the line."""
    if any(environ.get(name) for name in ("CI", "SSH_CONNECTION", "SSH_TTY")):
        return False
    if platform in {"win32", "darwin"}:
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def check() -> int:
    """Print what is covered and every fault found; return 1 if there is one."""
    from geodata.places.boundaries import read_source  # noqa: PLC0415 - slow, and serving needs none of it

    faults = [*map(str, find_faults())]
    try:
        read_source()
        build(progress=say)
        if cache.load_manifest() is None:
            say("缓存文件已被改动，重新生成 The cached files were altered and are built again:")
            build(force=True, progress=say)
        atlas, manifest = load()
        say("\n".join([*coverage_lines(atlas.coverage()), "", *headline_lines(atlas)]))
        faults += map(str, scheme_faults(atlas, manifest))
    except FactsError as error:
        faults += [said for said in map(str, error.faults) if said not in faults]
    except AtlasError as error:
        faults.append(explain(error))
    if not faults:
        say("未发现问题 No fault found.")
        return 0
    print(f"发现 {len(faults)} 处问题 · {len(faults)} found:", file=sys.stderr)
    for fault in faults:
        print("- " + fault.replace("\n", "\n  "), file=sys.stderr)
    return 1


def coverage_lines(coverage: pd.DataFrame) -> list[str]:
    """Lay the coverage out for reading, neighbouring years with the same count joined.

    Parameters
    ----------
    coverage
        One row per indicator, level and year, with the columns `indicator`, `level`, `year`,
        `present` (places with a value) and `total` (places of the level).

    Returns
    -------
    list of str
        A heading, then one line per indicator and level: `2013–2019 13/13, 2021 12/13`.
    """
    rows = [("指标 indicator", "级别 level", "年份 years: n/N")]
    for key, group in coverage.groupby(["indicator", "level"], sort=False):
        indicator, level = cast("tuple[str, str]", key)
        cells = zip(group["year"].astype(str), group["present"], group["total"], strict=True)
        rows.append((indicator, level, ", ".join(_year_runs(cells))))
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return [f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}" for row in rows]


def _year_runs(cells: Iterable[tuple[str, int, int]]) -> Iterable[str]:
    """Yield "2013–2019 13/13"; only plain years one after the other are joined."""
    ordered = sorted(cells)

    def run_key(item: tuple[int, tuple[str, int, int]]) -> tuple[str, int, int]:
        place, (year, present, total) = item
        start = str(int(year) - place) if year.isdecimal() else year
        return start, present, total

    for (_, present, total), items in groupby(enumerate(ordered), key=run_key):
        years = [year for _, (year, _, _) in items]
        span = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
        yield f"{span} {present}/{total}"


def explain(error: AtlasError) -> str:
    """Return the error for the reader, Chinese first; most speak both languages by themselves."""
    headline = next((zh for kind, zh in _HEADLINES.items() if isinstance(error, kind)), "")
    return f"{headline}\n{error}" if headline else str(error)


def say(line: str) -> None:
    """Print a line at once, also into a pipe."""
    print(line, flush=True)
