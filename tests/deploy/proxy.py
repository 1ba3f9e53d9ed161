"""The recipe of deploy/ as it runs without containers: Debian's nginx before gunicorns."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING, Final

import pytest

from tests.conftest import HOST, ROOT, STOP_SECONDS, free_port, wait_until_healthy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

TEMPLATE: Final = ROOT / "deploy" / "atlas.conf.template"
NAME: Final = "localhost"
MAIN: Final = """\
{user}pid {folder}/nginx.pid;
error_log {folder}/error.log notice;
worker_processes 2;
events {{ worker_connections 1024; }}
http {{
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  include {folder}/atlas.conf;
}}
"""
"""What the nginx image has around the template; all files in one folder."""
HANDED_ON: Final = "proxy_pass http://atlas;\n  }\n\n  error_page"


@dataclass(frozen=True)
class Site:
    """An nginx that runs: its ports, and the folder of its files."""

    plain: int
    secure: int
    folder: Path

    @property
    def trusting(self) -> ssl.SSLContext:
        """Return what trusts the certificate of the site."""
        return ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))

    def connect(self, source: str = HOST, timeout: float = 60) -> http.client.HTTPSConnection:
        """Return a connection by TLS, from an address of this machine."""
        return http.client.HTTPSConnection(
            NAME,
            self.secure,
            timeout=timeout,
            context=self.trusting,
            source_address=(source, 0),
        )

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, *, source: str = HOST
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Ask once; return status, headers and body."""
        connection = self.connect(source)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()


def found(program: str) -> str:
    """Return where a program is, or fail with a sentence: nothing here is left out in silence."""
    path = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if path is None:
        pytest.fail(f"{program} is needed: apt-get install nginx-light openssl", pytrace=False)
    return path


def certify(folder: Path) -> None:
    """Write a certificate of this machine's name, signed by itself, and its key."""
    line = [found("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-noenc", "-days", "2"]
    line += ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    line += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(line, check=True, capture_output=True)  # noqa: S603 - our own command line


def written(folder: Path, servers: Sequence[int], path: str, *, strip: bool) -> Site:
    """Fill the template in as the image does, for an nginx that keeps to one folder."""
    certify(folder)
    site = Site(free_port(), free_port(), folder)
    listed = " ".join(f"server {HOST}:{one} max_fails=0;" for one in servers)
    filled = Template(TEMPLATE.read_text(encoding="utf-8")).safe_substitute(
        ATLAS_NAME=NAME,
        ATLAS_CERTIFICATE=folder / "fullchain.pem",
        ATLAS_KEY=folder / "privkey.pem",
        ATLAS_SERVERS=listed,
        ATLAS_PATH=path,
        ATLAS_HTTP=site.plain,
        ATLAS_HTTPS=site.secure,
    )
    if strip:
        assert HANDED_ON in filled
        filled = filled.replace(HANDED_ON, HANDED_ON.replace("http://atlas;", "http://atlas/;"))
    (folder / "atlas.conf").write_text(filled, encoding="utf-8")
    user = "user root;\n" if os.geteuid() == 0 else ""  # only root may read root's temporary files
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user), encoding="utf-8")
    return site


@contextmanager
def proxy(
    folder: Path, servers: Sequence[int], path: str = "/", *, strip: bool = False
) -> Iterator[Site]:
    """Run nginx before servers on this machine."""
    site = written(folder, servers, path, strip=strip)
    line = [found("nginx"), "-p", str(folder), "-c", "nginx.conf"]
    subprocess.run([*line, "-t"], check=True, capture_output=True)  # noqa: S603 - our own line
    with subprocess.Popen([*line, "-g", "daemon off;"]) as process:  # noqa: S603 - our own line
        try:
            until_open(site.secure)
            yield site
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def until_open(port: int) -> None:
    """Wait until a port of this machine is listened on."""
    deadline = time.monotonic() + STOP_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection((HOST, port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"nobody listens on {port}")


@dataclass(frozen=True)
class Gunicorn:
    """One server: its port, the process that leads its group, its cache folder."""

    port: int
    process: subprocess.Popen[bytes]
    cache: str

    def kill(self) -> None:
        """End it and its workers at once, as a machine that loses its power."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(STOP_SECONDS)


@contextmanager
def gunicorns(
    folder: Path, number: int, settings: Mapping[str, str], before: Sequence[str] = ()
) -> Iterator[list[Gunicorn]]:
    """Run servers as the recipe does, each two workers; `before` stands before their lines."""
    started: list[Gunicorn] = []
    try:
        started.extend(_gunicorn(folder, settings, before) for _ in range(number))
        for one in started:
            wait_until_healthy(one.process, one.port, folder / f"{one.port}.log")
        yield started
    finally:
        for one in started:
            if one.process.poll() is None:
                one.process.terminate()
                one.process.wait(STOP_SECONDS)


def _gunicorn(folder: Path, settings: Mapping[str, str], before: Sequence[str]) -> Gunicorn:
    port = free_port()
    line = [sys.executable, "-m", "gunicorn", "--config", "python:dashboard.web.production"]
    line += [
        "--bind",
        f"{HOST}:{port}",
        "--workers",
        "2",
        "--threads",
        "4",
        "dashboard.wsgi:server",
    ]
    with (folder / f"{port}.log").open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own command line
            [*before, *line],
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUTF8": "1", "JJJ_ATLAS_TRUST_PROXY": "1", **settings},
            start_new_session=True,
        )
    return Gunicorn(port, process, settings["JJJ_ATLAS_CACHE"])
