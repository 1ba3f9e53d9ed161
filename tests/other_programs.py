"""Files opened in the programs that readers have: LibreOffice, Inkscape, Poppler; many at one time.

`pytest -m office` runs the tests that need them, as `.ci/run` does; without a program they are
skipped.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

SECONDS = 600
"""An end to waiting, not a measurement."""
WANTING = "no {} here"
"""Why a test is skipped that needs a program."""

needs_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice"), reason=WANTING.format("LibreOffice")
)
needs_inkscape = pytest.mark.skipif(not shutil.which("inkscape"), reason=WANTING.format("Inkscape"))
needs_pdffonts = pytest.mark.skipif(
    not shutil.which("pdffonts"), reason=WANTING.format("pdffonts of Poppler")
)
FONT: Final = re.compile(
    r"^(?P<name>\S+) +(?P<type>\S.*?\S) +(?P<encoding>\S+) +(?P<emb>yes|no) +(?P<sub>yes|no) +"
    r"(?P<uni>yes|no) +\d+ +\d+$"
)
"""A line of `pdffonts`: name, type, encoding, embedded, subset, whether its letters are known."""


def unchecked(reports: Iterable[pytest.TestReport]) -> list[str]:
    """Return a line for each test that was skipped for want of a program: that is not green."""
    reason = re.compile("Skipped: " + WANTING.format("(.+)"))
    told = (
        (one.nodeid, reason.fullmatch(one.longrepr[2]))
        for one in reports
        if isinstance(one.longrepr, tuple)
    )
    return sorted(f"没有 no {found[1]}: {test}" for test, found in told if found)


def in_libreoffice(paths: Iterable[Path], folder: Path, kind: str) -> list[Path]:
    """Open files in one LibreOffice and save each in `folder` as another `kind` (pdf, png).

    Of a document a png is the first page, a pdf all of them.
    """
    files = list(paths)
    line = ["soffice", "--headless", "--norestore", "--convert-to", kind]
    line += [f"-env:UserInstallation={(folder / '.libreoffice').resolve().as_uri()}"]
    run([*line, "--outdir", str(folder), *map(str, files)])
    return saved(files, folder, kind)


def in_inkscape(paths: Iterable[Path], folder: Path, kind: str = "png") -> list[Path]:
    """Open drawings in one Inkscape and save each in `folder` as another `kind`, at 96 dpi."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [Path(shutil.copy(path, folder)) for path in paths]
    run(["inkscape", f"--export-type={kind}", "--export-dpi=96", *map(str, files)])
    return saved(files, folder, kind)


def fonts_of(path: Path) -> list[dict[str, str]]:
    """Return the fonts of a PDF as `pdffonts` tells of them.

    Raises
    ------
    AssertionError
        When a line of its table cannot be read.
    """
    done = subprocess.run(  # noqa: S603 - a program of the system
        ["pdffonts", str(path)],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    _, _, *lines = done.stdout.splitlines()
    found = [(line, FONT.match(line.strip())) for line in lines]
    assert [line for line, font in found if font is None] == []
    return [font.groupdict() for _, font in found if font is not None]


def run(line: list[str]) -> None:
    """Run a program to its end, in English and without a screen."""
    subprocess.run(line, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603


def saved(files: Iterable[Path], folder: Path, kind: str) -> list[Path]:
    """Return what became of the files; these programs leave out one that they cannot read."""
    made = [folder / f"{file.stem}.{kind}" for file in files]
    assert [one.name for one in made if not one.exists()] == []
    return made
