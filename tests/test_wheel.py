"""What is built is whole: an sdist is the repository, and a wheel serves from anywhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from dashboard.web.bundles import MIME, bundle
from dashboard.web.shipped import NEEDED
from tests.conftest import HOST, ROOT, free_port, wait_until_healthy
from tests.test_quality import ours

if TYPE_CHECKING:
    from collections.abc import Iterator

BACKEND = "import sys; from setuptools import build_meta as it; it.build_{kind}(sys.argv[1])"
DOTTED = (".dockerignore", ".gitignore", ".pre-commit-config.yaml")


def repository() -> set[PurePosixPath]:
    """Return the files of the repository: what git knows, or all of ours where there is no git."""
    if (ROOT / ".git").exists():
        line = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        told = subprocess.run(line, cwd=ROOT, capture_output=True, check=True).stdout.decode()  # noqa: S603
        names = [PurePosixPath(name) for name in told.split("\0") if name]
    else:
        dotted = [ROOT / name for name in DOTTED if (ROOT / name).is_file()]
        paths = {*ours(), *dotted}
        names = [PurePosixPath(path.relative_to(ROOT).as_posix()) for path in paths]
    return {name for name in names if (ROOT / name).is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an sdist of the repository, and a wheel of the sdist, as `python -m build` does."""
    tree, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("built")
    for name in repository():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tree / name)
    build("sdist", tree, out)
    with tarfile.open(next(out.glob("*.tar.gz"))) as packed:
        packed.extractall(out / "unpacked", filter="data")
    build("wheel", next((out / "unpacked").iterdir()), out)
    return out


def build(kind: str, tree: Path, out: Path) -> None:
    code = [sys.executable, "-c", BACKEND.format(kind=kind), str(out)]
    done = subprocess.run(  # noqa: S603 - our own code
        code, cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_an_sdist_is_the_repository(built: Path) -> None:
    (tree,) = (built / "unpacked").iterdir()
    packed = {
        PurePosixPath(path.relative_to(tree).as_posix())
        for path in tree.rglob("*")
        if path.is_file() and path.relative_to(tree).parts[0] not in {"build", "jjj_atlas.egg-info"}
    }
    assert repository() - packed == set()
    assert {str(name) for name in packed - repository()} <= {"PKG-INFO", "setup.cfg"}
    assert all((tree / name).read_bytes() == (ROOT / name).read_bytes() for name in repository())


def test_a_wheel_has_every_file_of_the_product_and_none_besides(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        packed = {PurePosixPath(n) for n in wheel.namelist() if ".dist-info" not in n}
    assets = {name for name in repository() if name.parts[0] == "assets"}
    code = {name for name in repository() if name.parts[0] in {"dashboard", "geodata"}}
    assert packed == code | {PurePosixPath("dashboard") / name for name in assets}
    assert {PurePosixPath(f"{p}/py.typed") for p in ("dashboard", "geodata")} <= packed


def test_what_a_start_looks_for_is_all_that_a_page_asks_for() -> None:
    folders = (ROOT / "assets", ROOT / "dashboard" / "text")
    there = {p for f in folders for p in f.rglob("*") if p.is_file() and not p.match("*.py[c]")}
    assert set(NEEDED) == {path for path in there if path.suffix != ".py"}


@pytest.fixture(scope="module")
def elsewhere(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty environment; what it depends on is that of the tests."""
    folder = tmp_path_factory.mktemp("elsewhere")
    line = [sys.executable, "-m", "venv", "--without-pip", str(folder / "env")]
    subprocess.run(line, check=True)  # noqa: S603 - our own line
    wheel = next(built.glob("*.whl"))
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    install = ["install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    pip = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), *install]
    subprocess.run(pip, check=True)  # noqa: S603 - our own line
    (packages,) = (folder / "env").rglob("site-packages")
    beside = [path for path in sys.path if Path(path).name == "site-packages"]
    (packages / "tests.pth").write_text("\n".join(beside), encoding="utf-8")
    return scripts


def command(scripts: Path, cache: Path, *line: str) -> tuple[list[str], dict[str, str]]:
    """Return a line of the installed command and its surroundings, which know no checkout."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return [str(scripts / "jjj-atlas"), *line], {**kept, "JJJ_ATLAS_CACHE": str(cache)}


@pytest.fixture
def address(elsewhere: Path, cache_folder: Path, tmp_path: Path) -> Iterator[str]:
    port = free_port()
    options = ("serve", "--no-browser", "--port", str(port))
    line, surroundings = command(elsewhere, cache_folder, *options)
    with serving(line, surroundings, port, tmp_path) as found:
        yield found


@contextmanager
def serving(
    line: list[str], surroundings: dict[str, str], port: int, folder: Path
) -> Iterator[str]:
    """Run a server in a folder and give its address."""
    log = folder / "log.txt"
    with (
        log.open("wb") as out,
        subprocess.Popen(line, cwd=folder, env=surroundings, stdout=out, stderr=out) as process,  # noqa: S603
    ):
        try:
            wait_until_healthy(process, port, log)
            yield f"http://{HOST}:{port}"
        finally:
            process.terminate()


def fetched(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - our own server
        content: bytes = answer.read()
    return content


@pytest.mark.wheel
def test_an_installed_wheel_serves_its_pages_and_figures(address: str) -> None:
    page = fetched(f"{address}/").decode()
    named = re.findall(r'(?:href|src)="(/assets/[^"?]+)', page)
    assert {"/assets/page.css", "/assets/page.js"} <= set(named)
    for name in (*named, "/assets/app.css"):
        made = bundle(name).content if name in MIME else (ROOT / name[1:]).read_bytes()
        assert fetched(address + name) == made, name
    assert fetched(f"{address}/export/explore/map.svg?circle=capital").startswith(b"<svg")


@pytest.mark.wheel
@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn runs on POSIX only")
def test_an_installed_wheel_serves_in_production_within_its_own_limits(
    elsewhere: Path, cache_folder: Path, tmp_path: Path
) -> None:
    port = free_port()
    options = ("--config", "python:dashboard.web.production", "--bind", f"{HOST}:{port}")
    _, surroundings = command(elsewhere, cache_folder)
    line = [str(elsewhere / "python"), "-m", "gunicorn", *options, "dashboard.wsgi:server"]
    with serving(line, surroundings, port, tmp_path) as address:
        # Longer than gunicorn takes by itself (4094 characters), shorter than our own limit.
        assert fetched(f"{address}/healthz?{'x' * 5000}") == b"ok\n"


@pytest.mark.wheel
def test_an_installed_wheel_exports_from_the_terminal(
    elsewhere: Path, cache_folder: Path, tmp_path: Path
) -> None:
    options = ("export", "/?circle=capital", "--chart", "map", "--format", "csv,pdf", "--out", "x")
    line, surroundings = command(elsewhere, cache_folder, *options)
    done = subprocess.run(  # noqa: S603 - our own line
        line, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    written = {path.suffix: path.read_bytes() for path in (tmp_path / "x").iterdir()}
    assert written[".pdf"].startswith(b"%PDF")
    assert "\n" in written[".csv"].decode("utf-8-sig")


@pytest.mark.wheel
def test_an_install_that_has_lost_a_file_refuses_with_a_sentence(
    elsewhere: Path, cache_folder: Path, tmp_path: Path
) -> None:
    (sheet,) = elsewhere.parent.rglob("dashboard/assets/app.css")
    kept = sheet.rename(sheet.with_suffix(".away"))
    try:
        line, surroundings = command(elsewhere, cache_folder, "serve", "--no-browser")
        done = subprocess.run(  # noqa: S603 - our own line
            line, cwd=tmp_path, env=surroundings, capture_output=True, check=False, timeout=60
        )
    finally:
        kept.rename(sheet)
    zh, en = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert zh == f"缺少文件 {sheet}；请重新安装 jjj-atlas，或从代码仓库恢复这个文件。"
    assert en.startswith(f"The file {sheet} is missing; install")
