from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import browser_setup
from tests.browser_setup import BrowserMissingError, Machine, ensure_browser, ensure_font

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

OWN = "own/chrome"
UPDATE = ("apt-get", "update")
INSTALL = ("apt-get", "install", "-y", "chromium")
FONT = ("apt-get", "install", "-y", "fontconfig", "fonts-noto-cjk")


class Fake(Machine):
    """A machine with these programs; a command holding a word of `effects` adds that program."""

    def __init__(
        self,
        *programs: str,
        root: bool = True,
        system: str = "linux",
        effects: Mapping[str, str] | None = None,
    ) -> None:
        self.programs = set(programs)
        self.root = root
        self.system = system
        self.effects = effects or {}
        self.commands: list[tuple[str, ...]] = []

    def which(self, name: str) -> str | None:
        return f"bin/{name}" if name in self.programs else None

    def is_file(self, path: str) -> bool:
        return path in self.programs

    def is_root(self) -> bool:
        return self.root

    def run(self, command: Sequence[str]) -> str | None:
        if command[-1] == "--version":
            return "Chromium 1" if f"broken {command[0]}" not in self.programs else None
        if command[0] == "fc-list":
            return "a font\n" if "font" in self.programs else ""
        if command == ["sudo", "-n", "true"]:
            return "" if "password-free sudo" in self.programs else None
        self.commands.append(tuple(command))
        for word, program in self.effects.items():
            if word in command:
                self.programs.add(program)
                return ""
        return None


@pytest.mark.parametrize("name", browser_setup.NAMES)
def test_a_browser_on_the_path_is_used_and_nothing_installed(name: str) -> None:
    machine = Fake(name, "apt-get", OWN)
    assert ensure_browser(machine, OWN) == f"bin/{name}"
    assert machine.commands == []


def test_playwrights_own_browser_is_used_where_the_path_has_none() -> None:
    assert ensure_browser(Fake("apt-get", OWN), OWN) == OWN


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_the_usual_places_are_looked_at(system: str) -> None:
    place = browser_setup.PLACES[system][0]
    assert ensure_browser(Fake(place, OWN, system=system), OWN) == place


def test_a_stub_that_does_not_start_is_passed_over() -> None:
    machine = Fake("chromium-browser", "broken bin/chromium-browser", OWN)
    assert ensure_browser(machine, OWN) == OWN


def test_root_on_debian_installs_the_systems_package() -> None:
    machine = Fake("apt-get", effects={"-y": "chromium"})
    assert ensure_browser(machine, OWN) == "bin/chromium"
    assert machine.commands == [UPDATE, INSTALL]


def test_a_user_with_password_free_sudo_installs_through_it() -> None:
    machine = Fake("apt-get", "sudo", "password-free sudo", root=False, effects={"-y": "chromium"})
    assert ensure_browser(machine, OWN) == "bin/chromium"
    assert machine.commands == [("sudo", "-n", *UPDATE), ("sudo", "-n", *INSTALL)]


def test_a_user_who_may_not_install_gets_playwrights_download() -> None:
    machine = Fake("apt-get", "sudo", root=False, effects={"playwright": OWN})
    assert ensure_browser(machine, OWN) == OWN
    assert machine.commands == [browser_setup.PLAYWRIGHT]


def test_where_the_system_has_no_package_playwright_brings_the_libraries_too() -> None:
    machine = Fake("apt-get", effects={"--with-deps": OWN})
    assert ensure_browser(machine, OWN) == OWN
    assert machine.commands == [UPDATE, INSTALL, (*browser_setup.PLAYWRIGHT, "--with-deps")]


def test_fedora_needs_no_refresh() -> None:
    machine = Fake("dnf", effects={"-y": "chromium"})
    assert ensure_browser(machine, OWN) == "bin/chromium"
    assert machine.commands == [("dnf", "install", "-y", "chromium")]


def test_a_font_that_is_there_is_not_installed_again() -> None:
    machine = Fake("font", "apt-get")
    ensure_font(machine)
    assert machine.commands == []


def test_a_missing_font_is_installed() -> None:
    machine = Fake("apt-get", effects={"fonts-noto-cjk": "font"})
    ensure_font(machine)
    assert machine.commands == [UPDATE, FONT]


def test_other_systems_bring_their_own_font() -> None:
    machine = Fake(system="darwin")
    ensure_font(machine)
    assert machine.commands == []


@pytest.mark.parametrize(
    ("ensure", "need"),
    [
        (lambda machine: ensure_browser(machine, OWN), "Chromium or Chrome"),
        (ensure_font, "font with Chinese letters"),
    ],
)
@pytest.mark.parametrize("root", [True, False])
def test_where_everything_fails_the_reader_is_told_what_to_do(
    ensure: Callable[[Machine], object], need: str, *, root: bool
) -> None:
    with pytest.raises(BrowserMissingError, match=need) as caught:
        ensure(Fake("apt-get", root=root))
    assert "apt-get install" in str(caught.value)


def test_the_real_machine_returns_what_a_command_prints_or_none() -> None:
    machine = Machine()
    python = browser_setup.PLAYWRIGHT[0]
    assert machine.run([python, "-c", "print('well')"]) == "well\n"
    assert machine.run([python, "-c", "raise SystemExit(3)"]) is None
    assert machine.run(["no-such-program-anywhere"]) is None
    assert machine.is_file(__file__)
    assert not machine.is_file(f"{__file__}.missing")
