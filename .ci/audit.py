"""Compares the pinned packages with the known vulnerabilities, where these can be asked for."""

import json
import subprocess
import sys

PIP = [sys.executable, "-m", "pip", "install", "--quiet", "pip-audit>=2.9"]
AUDIT = [sys.executable, "-m", "pip_audit", "--requirement", "constraints.txt", "--no-deps"]
AUDIT += ["--disable-pip", "--progress-spinner", "off", "--format", "json"]


def main() -> int:
    """Return 1 where a pinned package has a known vulnerability, else 0."""
    if subprocess.run(PIP, check=False).returncode:
        print("pip-audit cannot be installed here; the audit is left out.")
        return 0
    done = subprocess.run(AUDIT, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print("The advisory database cannot be reached; the audit is left out.")
        return 0
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    found = [(one["name"], v["id"]) for one in packages for v in one.get("vulns", ())]
    print(f"{len(packages) - len(skipped)} of {len(packages)} packages audited.")
    if len(skipped) == len(packages):
        print("The advisory database knows none of them or cannot be reached: nothing is audited.")
    for name, advisory in found:
        print(f"{name}: {advisory}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
