"""Looks at what is supplied: known vulnerabilities, code, workflows; and writes the bill of it.

`python .ci/audit.py [--of PYTHON] [--bill FILE] [--strict]`. The tools have an environment of their
own, installed by hash (.ci/tools). Where it cannot be made, or the advisories cannot be asked for,
that is said; with --strict it is a fault.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / ".ci" / "tools" / "hashes.txt"
BILL = ROOT / "build" / "sbom.cdx.json"
CODE = ("dashboard", "geodata", "assets", "docs", ".ci", "run.py")
BANDIT = ["-m", "bandit", "--quiet", "--recursive", "-ll", "--configfile", "pyproject.toml"]
ZIZMOR = ["--offline", "--no-progress", "."]
AUDIT = ["-m", "pip_audit", "--requirement", "constraints.txt", "--no-deps", "--disable-pip"]
AUDIT += ["--progress-spinner", "off", "--format", "json"]
CYCLONEDX = ["-m", "cyclonedx_py", "environment", "--output-format", "JSON"]
CYCLONEDX += ["--output-reproducible", "--pyproject", "pyproject.toml", "--output-file"]


def main(argv: Sequence[str] | None = None) -> int:
    """Return 1 where something is wrong, or with --strict could not be looked at, else 0."""
    parser = argparse.ArgumentParser(prog="python .ci/audit.py")
    parser.add_argument("--of", default=sys.executable, help="environment that the bill lists")
    parser.add_argument("--bill", type=Path, default=BILL, help="bill of materials, CycloneDX")
    parser.add_argument("--strict", action="store_true", help="nothing may be left out")
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        python = installed(Path(folder))
        if python is None:
            print("The tools of the audit cannot be installed here; the audit is left out.")
            return int(asked.strict)
        asked.bill.parent.mkdir(parents=True, exist_ok=True)
        looks = [
            run([python, *BANDIT, *CODE]),
            run([str(Path(python).with_name("zizmor")), *ZIZMOR]),
            run([python, *CYCLONEDX, str(asked.bill), asked.of]) and whole(asked.bill),
        ]
        audited = known(python)
    wrong = not all(looks) or audited is False or (audited is None and asked.strict)
    return int(wrong)


def installed(folder: Path) -> str | None:
    """Make the environment of the tools; return its Python, or None where that fails."""
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts" if sys.platform == "win32" else "bin") / "python")
    line = [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(TOOLS)]
    return python if run(line) else None


def run(line: Sequence[str]) -> bool:
    """Run a line in the repository and tell whether it found nothing to complain of."""
    return subprocess.run(line, cwd=ROOT, check=False).returncode == 0


def whole(bill: Path) -> bool:
    """Tell whether a bill lists all that the atlas itself depends on here; name what it lacks."""
    listed = {normal(one["name"]) for one in json.loads(bill.read_bytes())["components"]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    here = [one for one in project["dependencies"] if sys.platform != "win32" or "win32" not in one]
    lacking = {normal(re.split(r"[\[=<>;]", one)[0]) for one in here} - listed
    print(f"{bill.name}: {len(listed)} packages listed.")
    for name in sorted(lacking):
        print(f"{name}: not in the bill of materials")
    return not lacking


def normal(name: str) -> str:
    """Return a name as constraints.txt writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def known(python: str) -> bool | None:
    """Tell whether the pins are free of known vulnerabilities, None where nobody can be asked."""
    line = [python, *AUDIT]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print("The advisory database cannot be reached; the audit is left out.")
        return None
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    found = [(one["name"], v["id"]) for one in packages for v in one.get("vulns", ())]
    print(f"{len(packages) - len(skipped)} of {len(packages)} packages audited.")
    for name, advisory in found:
        print(f"{name}: {advisory}")
    if len(skipped) == len(packages):
        print("The advisory database knows none of them or cannot be reached: nothing is audited.")
        return None
    return not found


if __name__ == "__main__":
    sys.exit(main())
