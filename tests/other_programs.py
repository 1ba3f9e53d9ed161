"""Files opened in the programs that readers have: LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SECONDS = 180
"""An end to waiting, not a measurement."""

needs_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed"
)


def in_libreoffice(paths: Iterable[Path], folder: Path, kind: str) -> list[Path]:
    """Open files in one LibreOffice and save each in `folder` as another `kind`, such as pdf."""
    files = list(paths)
    line = ["soffice", "--headless", "--norestore", "--convert-to", kind]
    line += [f"-env:UserInstallation={(folder / '.libreoffice').resolve().as_uri()}"]
    line += ["--outdir", str(folder), *map(str, files)]
    subprocess.run(line, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603
    made = [folder / f"{file.stem}.{kind}" for file in files]
    assert [one.name for one in made if not one.exists()] == []
    return made
