"""Serves the atlas from this machine until it is stopped."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import threading
import webbrowser
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import waitress

from dashboard.loading import load_or_last, say, warn
from dashboard.site import Site
from dashboard.text import text
from dashboard.web import journal
from dashboard.web.bare import refuse_in_words
from dashboard.web.limits import MAX_DRAWING, MAX_UPLOAD, Policy, names_in, read_framers
from dashboard.web.local import is_loopback
from dashboard.web.root import read_prefix
from geodata import scarce
from geodata.errors import AtlasError
from geodata.records import LANGUAGES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

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


class PortError(AtlasError):
    """The address cannot be listened on; the message is already in both languages."""


def run(arguments: argparse.Namespace) -> None:
    """Serve as the command line says, and as the environment does where it says nothing."""
    policy = Policy.from_environment()
    if arguments.proxies is not None:
        policy = replace(policy, proxies=arguments.proxies)
    if arguments.prefix is not None:
        policy = replace(policy, prefix=read_prefix(arguments.prefix))
    if arguments.own:
        policy = replace(policy, own="anybody")
    policy = replace(
        policy,
        mcp=policy.mcp or arguments.mcp,
        hosts=names_in(arguments.hosts) or policy.hosts,
        framers=read_framers(arguments.framers) or policy.framers,
        own_to_assistants=arguments.mcp_own,
    )
    serve(arguments.host, arguments.port, policy, browser=arguments.browser)


def waitress_settings(files: float, *, tables: bool = False) -> dict[str, Any]:
    """Return how connections are kept where so many files may be open: fewer of them than files.

    Where `tables` may be brought, a body may be as large as one.
    """
    room = scarce.connections(CONNECTIONS, files)
    short = SHORT_OF_FILES if room < CONNECTIONS else {}
    large = {"max_request_body_size": MAX_UPLOAD + MAX_DRAWING} if tables else {}
    return {**WAITRESS, "connection_limit": room, **short, **large}


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
