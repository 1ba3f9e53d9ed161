"""Writes hashes.txt: the tested set with the SHA-256 of what pip would install here.

Run as `python .ci/hashes.py` wherever a constraints.txt has changed, and once on each platform that
is to install by hash: hashes of other platforms are kept as long as the version stays. Then
`python -m pip install --require-hashes -r hashes.txt` installs nothing else. The tools of
`.ci/audit.py` have such a pair of files, too.
"""

import json
import re
import subprocess
import sys
import sysconfig
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT, ROOT / ".ci" / "tools")
"""Each has pins in constraints.txt and their hashes in hashes.txt."""
PIP = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
PIP += ["--no-deps", "--report", "-", "--requirement"]
HEAD = """\
# The tested set by hash, written by .ci/hashes.py:
# python -m pip install --require-hashes -r {file}
# Wheels differ between platforms; these are the files of: {platforms}.
"""


def known(text: str) -> tuple[set[str], dict[str, set[str]]]:
    """Return the platforms of a file and the hashes it has, by `name==version`."""
    named = re.search(r"these are the files of: (.+)\.$", text, re.MULTILINE)
    found: dict[str, set[str]] = defaultdict(set)
    for line in text.replace("\\\n", "").splitlines():
        if not line.startswith("#"):
            package, *hashes = line.split()
            found[package] |= {one.removeprefix("--hash=sha256:") for one in hashes}
    return set(named[1].split(", ")) if named else set(), found


def offered(report: str) -> dict[str, str]:
    """Return the hash of each file that pip chose, by `name==version`."""
    return {
        f"{normal(item['metadata']['name'])}==" + item["metadata"]["version"]: item[
            "download_info"
        ]["archive_info"]["hashes"]["sha256"]
        for item in json.loads(report)["install"]
    }


def normal(name: str) -> str:
    """Return a name as constraints.txt writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def written(file: str, platforms: set[str], hashes: dict[str, set[str]]) -> str:
    """Return the file: a package a line, a hash a line below it."""
    lines = [
        " \\\n".join([package, *(f"    --hash=sha256:{one}" for one in sorted(hashes[package]))])
        for package in sorted(hashes, key=lambda one: one.partition("==")[0])
    ]
    head = HEAD.format(file=file, platforms=", ".join(sorted(platforms)))
    return head + "\n".join(lines) + "\n"


def renew(folder: Path) -> None:
    """Add what is chosen here to what is known of other platforms."""
    file = folder / "hashes.txt"
    platforms, before = known(file.read_text(encoding="utf-8") if file.is_file() else "")
    line = [*PIP, str(folder / "constraints.txt")]
    report = subprocess.run(line, capture_output=True, text=True, check=True).stdout
    here = (
        f"CPython {sys.version_info.major}.{sys.version_info.minor} on {sysconfig.get_platform()}"
    )
    now = {name: {one, *before.get(name, ())} for name, one in offered(report).items()}
    name = file.relative_to(ROOT).as_posix()
    file.write_text(written(name, {here, *platforms}, now), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    for each in FOLDERS:
        renew(each)
