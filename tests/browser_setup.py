"""Finds a Chromium and a Chinese font on this machine, or installs what is missing.

A browser test is never skipped: where neither finding nor installing works, `BrowserMissingError`
says in plain words what to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES: Mapping[str, tuple[str, ...]] = {
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ),
    "win32": (
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    ),
}
PLAYWRIGHT = (sys.executable, "-m", "playwright", "install", "chromium")
INSTALL_SECONDS = 1200

NO_BROWSER = (
    "The browser tests need Chromium or Chrome: none was found, and installing one failed. "
    "Install it (Debian: apt-get install chromium; elsewhere: "
    "python -m playwright install --with-deps chromium) and run the tests again."
)
NO_FONT = (
    "The browser tests need a font with Chinese letters: `fc-list :lang=zh` finds none, and "
    "installing one failed. Install Noto Sans CJK (Debian: apt-get install fontconfig "
    "fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts) and run the tests again."
)


class BrowserMissingError(Exception):
    """No browser or font could be had; the message says what to do."""


@dataclass(frozen=True)
class Manager:
    """A system package manager: how it is called, and its names for what we need."""

    refresh: tuple[str, ...]
    install: tuple[str, ...]
    browser: tuple[str, ...]
    font: tuple[str, ...]


MANAGERS: Mapping[str, Manager] = {
    "apt-get": Manager(
        ("apt-get", "update"),
        ("apt-get", "install", "-y"),
        ("chromium",),
        ("fontconfig", "fonts-noto-cjk"),
    ),
    "dnf": Manager(
        (),
        ("dnf", "install", "-y"),
        ("chromium",),
        ("fontconfig", "google-noto-sans-cjk-fonts"),
    ),
}


class Machine:
    """What the set-up asks of the operating system; tests put a fake in its place."""

    system = sys.platform

    def which(self, name: str) -> str | None:
        """Return the path of a program, or None."""
        return shutil.which(name)

    def is_file(self, path: str) -> bool:
        """Tell whether a file exists."""
        return Path(path).is_file()

    def is_root(self) -> bool:
        """Tell whether packages may be installed without asking."""
        return sys.platform != "win32" and os.geteuid() == 0

    def run(self, command: Sequence[str]) -> str | None:
        """Return what a command prints, or None where it fails."""
        try:
            done = subprocess.run(  # noqa: S603 - the commands are the constants above
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=INSTALL_SECONDS,
                check=False,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                text=True,
                errors="replace",
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        printed: str = done.stdout
        return printed if done.returncode == 0 else None


def ensure_browser(machine: Machine, own: str) -> str:
    """Return a Chromium that starts, after installing one where there is none.

    Parameters
    ----------
    machine
        The operating system.
    own
        Where Playwright would keep its own Chromium.
    """
    if found := find_browser(machine, own):
        return found
    for command in browser_installs(machine):
        machine.run(command)
        if found := find_browser(machine, own):
            return found
    raise BrowserMissingError(NO_BROWSER)


def ensure_font(machine: Machine) -> None:
    """Make sure that Chinese letters are drawn as such; other systems bring their own font."""
    if machine.system != "linux" or has_font(machine):
        return
    for command in system_installs(machine, "font"):
        machine.run(command)
    if not has_font(machine):
        raise BrowserMissingError(NO_FONT)


def find_browser(machine: Machine, own: str) -> str | None:
    """Return the first Chromium that starts: on the path, in its usual place, Playwright's own."""
    on_path = [machine.which(name) for name in NAMES]
    elsewhere = [p for p in (*PLACES.get(machine.system, ()), own) if machine.is_file(p)]
    for path in filter(None, [*on_path, *elsewhere]):
        # On Windows `--version` opens a window; elsewhere it unmasks stubs that only ask for snap.
        if machine.system == "win32" or machine.run([path, "--version"]) is not None:
            return path
    return None


def has_font(machine: Machine) -> bool:
    """Tell whether fontconfig knows a font for Chinese."""
    return bool((machine.run(["fc-list", ":lang=zh"]) or "").strip())


def browser_installs(machine: Machine) -> Iterator[Sequence[str]]:
    """Yield the commands worth trying, in order: the system's package, Playwright's own."""
    yield from system_installs(machine, "browser")
    if machine.which("apt-get") and _privilege(machine) is not None:
        yield (*PLAYWRIGHT, "--with-deps")
    yield PLAYWRIGHT


def system_installs(machine: Machine, what: str) -> Iterator[Sequence[str]]:
    """Yield the package manager's commands for the `browser` or the `font`, where we may."""
    privilege = _privilege(machine)
    name = next((name for name in MANAGERS if machine.which(name)), None)
    if privilege is None or name is None:
        return
    manager = MANAGERS[name]
    if manager.refresh:
        yield (*privilege, *manager.refresh)
    yield (*privilege, *manager.install, *getattr(manager, what))


def _privilege(machine: Machine) -> tuple[str, ...] | None:
    """Return what to put before a command that installs, or None where we may not."""
    if machine.is_root():
        return ()
    if machine.which("sudo") and machine.run(["sudo", "-n", "true"]) is not None:
        return ("sudo", "-n")
    return None
