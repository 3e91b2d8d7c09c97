"""What `make` does on a machine that has nothing yet: on Debian, Fedora, Arch and a Mac, each faked by its commands."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_TOOLS = (
    "cat",
    "cp",
    "dirname",
    "echo",
    "env",
    "make",
    "mkdir",
    "mktemp",
    "readlink",
    "rm",
    "sed",
    "tail",
    "touch",
    "tr",
    "wc",
)

# A Python of some version; its environments are made of itself and of the program below.
PYTHON = """
case "$*" in
    *version_info\\ *) [ {minor} -ge 11 ] || exit 1 ;;
    *ensurepip*) [ -e "$FAKE/python3-venv" ] || exit 1 ;;
    *python%d.%d-venv*) echo python3.{minor}-venv ;;
    --version) echo Python 3.{minor}.2 ;;
    "-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python; cp "$FAKE/assembler" .venv/bin/assembler ;;
    "-m pip"*)
        [ ! -e "$FAKE/no-network" ] || {{ echo 'ERROR: no network' >&2; exit 1; }}
        echo 'Collecting numpy>=1.25'
        echo '  Downloading numpy-2.4.6-cp311.whl.metadata (62 kB)'
        echo '  Downloading https://files.example/numpy-2.4.6-cp311.whl (16.9 MB)'
        echo 'Installing collected packages: numpy, assembler'
        echo 'Successfully installed assembler-0.1.0 numpy-2.4.6' ;;
esac
"""
# The program as far as `make` needs it: "lacking" holds the packages it would have installed.
ASSEMBLER = """
case "$1 ${2:-}" in
    "doctor --packages") cat "$FAKE/lacking" ;;
    "doctor ") [ ! -s "$FAKE/lacking" ] || { echo '✗ LibreOffice'; exit 6; } ;;
    *) echo "assembler $*" ;;
esac
"""
# apt-get of Debian as it talks, with all its false alarms. What packages run has no output where that is the descriptor
# of the reports: fontconfig says a word, and fails.
APT = """
echo "apt-get $* DEBIAN_FRONTEND=$DEBIAN_FRONTEND" >> "$FAKE/calls"
case "$*" in
    *--assume-no*)
        echo '0 upgraded, 153 newly installed, 0 to remove and 5 not upgraded.'
        echo 'Need to get 128 MB of archives.'
        echo 'After this operation, 512 MB of additional disk space will be used.'
        exit 1 ;;
    *--yes*)
        echo 'debconf: delaying package configuration, since apt-utils is not installed' >&2
        [ ! -e "$FAKE/no-network" ] || { echo 'E: Failed to fetch' >&2; exit 100; }
        case "$*" in *Status-Fd=3*) ;; *) echo 'E: Sub-process dpkg returned an error code (1)' >&2; exit 100 ;; esac
        echo 'dlstatus:1:12.5:Retrieving file 1 of 153 (10s remaining)' >&3
        echo 'dlstatus:1:99.5:Retrieving file 153 of 153' >&3
        echo 'Selecting previously unselected package libreoffice-core-nogui.'
        echo 'pmstatus:libreoffice-core-nogui:55.2:Unpacking' >&3
        echo 'pmstatus:dpkg-exec:100.0:Running dpkg' >&3
        touch "$FAKE/python3-venv"; : > "$FAKE/lacking" ;;
esac
"""
SIZES = """\
  with all they need: 153 packages
  to fetch: 128 MB
  on the disk: 512 MB
  fetching 0 %
  fetching 75 %
  installing 50 %
  installing 100 %
  installed
"""


@dataclass(frozen=True)
class Machine:
    """``folder/bin`` is its whole PATH; ``folder/checkout`` holds the Makefile and its scripts."""

    folder: Path

    @property
    def checkout(self) -> Path:
        return self.folder / "checkout"

    @property
    def calls(self) -> str:
        """What apt-get was asked."""
        file = self.folder / "calls"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def has(self, name: str, script: str = "") -> None:
        self.write(f"bin/{name}", f"#!/bin/sh\n{script}\n").chmod(0o755)

    def write(self, name: str, text: str = "") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.folder / "bin"), "FAKE": str(self.folder), "HOME": str(self.folder)}
        environment |= {"POSTGRESQL_SERVERS": f"{self.folder}/servers", "SYSTEM_LIBRARIES": f"{self.folder}/lib"}
        return subprocess.run(command, cwd=self.checkout, env=environment, capture_output=True, text=True, check=False)

    def make(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(str(self.folder / "bin" / "make"), *arguments)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with the commands every system has and Python 3.11; LibreOffice is lacking."""
    made = Machine(tmp_path)
    made.has("id", "echo 0")
    for name in _TOOLS:
        found = shutil.which(name)
        if found is None:
            pytest.skip(f"{name} is not installed")
        (tmp_path / "bin" / name).symlink_to(found)
    made.has("python3", PYTHON.format(minor=11))
    made.write("python3-venv")
    made.write("assembler", f"#!/bin/sh\n{ASSEMBLER}").chmod(0o755)
    made.write("lacking", "libreoffice-writer-nogui\nfonts-farsiweb\n")
    made.checkout.mkdir()
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, made.checkout)
    shutil.copytree(ROOT / ".ci", made.checkout / ".ci")
    return made


@pytest.fixture
def debian(machine: Machine) -> Machine:
    machine.has("apt-get", APT)
    return machine


def test_make_tells_what_it_installs_and_how_far_it_is(debian: Machine) -> None:
    done = debian.make("demo")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Virtual environment: .venv (Python 3.11.2)"
    assert "  fetching numpy (16.9 MB)" in lines
    assert "  2 packages installed" in lines
    assert "System packages: libreoffice-writer-nogui fonts-farsiweb\n" + SIZES in done.stdout
    assert "build/demo" in done.stdout


def test_nothing_apt_says_by_the_way_reaches_the_terminal(debian: Machine) -> None:
    done = debian.make("demo")
    assert done.stderr == ""
    assert "debconf" not in done.stdout
    assert "Selecting previously" not in done.stdout
    assert "DEBIAN_FRONTEND=noninteractive" in debian.calls


def test_what_is_there_is_not_installed_again(debian: Machine) -> None:
    debian.make("demo")
    asked = debian.calls
    again = debian.make("demo")
    assert debian.calls == asked
    assert again.stdout.startswith("assembler build")


def test_an_environment_whose_python_went_away_is_made_again(debian: Machine) -> None:
    debian.make("demo")
    (debian.checkout / ".venv/bin/python").unlink()
    again = debian.make("demo")
    assert again.returncode == 0, again.stderr
    assert "Virtual environment: .venv" in again.stdout
    assert "packages installed" in again.stdout


def test_no_package_is_taken_away_for_another(debian: Machine) -> None:
    debian.make("demo")
    assert all("--no-remove" in call for call in debian.calls.splitlines() if " install " in call)


def test_python_is_looked_at_before_anything_is_fetched(debian: Machine) -> None:
    debian.has("python3", PYTHON.format(minor=9))
    done = debian.make("demo")
    assert done.returncode != 0
    assert "python3 is Python 3.9.2." in done.stderr
    assert "Python 3.11 or newer is needed" in done.stderr
    assert debian.calls == ""


def test_a_newer_python_beside_the_usual_one_is_found(debian: Machine) -> None:
    debian.has("python3", PYTHON.format(minor=9))
    debian.has("python3.12", PYTHON.format(minor=12))
    assert "Virtual environment: .venv (Python 3.12.2)" in debian.make("demo").stdout


def test_the_python_asked_for_is_the_only_one_looked_at(debian: Machine) -> None:
    debian.has("old", PYTHON.format(minor=9))
    done = debian.make("demo", "PYTHON=old")
    assert done.returncode != 0
    assert "old is Python 3.9.2." in done.stderr


def test_debian_gives_python_its_module_for_environments(debian: Machine) -> None:
    (debian.folder / "python3-venv").unlink()
    assert debian.make("demo").stdout.startswith("System packages: python3.11-venv\n")


def test_debian_without_python_gets_it(debian: Machine) -> None:
    debian.has("python3-of-debian", PYTHON.format(minor=11))
    (debian.folder / "bin/python3").unlink()
    debian.has("apt-get", APT + 'case "$*" in *--yes*) cp "$FAKE/bin/python3-of-debian" "$FAKE/bin/python3" ;; esac')
    done = debian.make("demo")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("System packages: python3 python3-venv\n")


def test_who_is_not_root_and_has_no_sudo_is_told_the_command(debian: Machine) -> None:
    debian.has("id", "echo 1000")
    done = debian.run(".ci/debian-packages", "fonts-farsiweb")
    assert done.returncode == 1
    assert done.stderr == "Run this as root, then make again: apt-get install fonts-farsiweb\n"


def test_sudo_passes_on_that_nothing_is_to_be_asked(debian: Machine) -> None:
    debian.has("id", "echo 1000")
    debian.has("sudo", 'unset DEBIAN_FRONTEND; exec "$@" 3>&-')
    assert debian.run(".ci/debian-packages", "fonts-farsiweb").returncode == 0
    assert debian.calls.count("DEBIAN_FRONTEND=noninteractive") == 3


def test_a_failure_shows_what_apt_said(debian: Machine) -> None:
    debian.write("no-network")
    done = debian.run(".ci/debian-packages", "fonts-farsiweb")
    assert done.returncode == 1
    assert "E: Failed to fetch\napt-get could not install fonts-farsiweb" in done.stderr


def test_a_failure_shows_what_pip_said(machine: Machine) -> None:
    machine.write("no-network")
    done = machine.make("demo")
    assert done.returncode != 0
    assert "ERROR: no network\npip could not install the Python packages" in done.stderr


@pytest.mark.parametrize("manager", ["dnf", "pacman", "brew"])
def test_off_debian_the_program_says_what_is_missing_and_make_goes_on_once_it_is_there(
    machine: Machine, manager: str
) -> None:
    machine.has(manager, "exit 1")
    done = machine.make("demo")
    assert done.returncode != 0
    assert "✗ LibreOffice\nInstall what is marked, then run make again.\n" in done.stderr
    machine.write("lacking")
    done = machine.make("demo")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("assembler build")


@pytest.mark.parametrize(
    ("manager", "python", "node"),
    [
        ("dnf", "dnf install python3.12", "dnf install nodejs npm"),
        ("pacman", "pacman -S python", "pacman -S nodejs npm"),
        ("brew", "brew install python", "brew install node"),
    ],
)
def test_off_debian_python_and_node_are_named(machine: Machine, manager: str, python: str, node: str) -> None:
    machine.has(manager, "exit 1")
    done = machine.run(".ci/node")
    assert done.returncode == 1
    assert "which needs Node 18 or newer, with npm.\n" in done.stdout
    assert f"  {node}\n" in done.stderr
    (machine.folder / "bin/python3").unlink()
    done = machine.make("demo")
    assert done.returncode != 0
    assert (
        f"Python 3.11 or newer is needed and is not here. Install it, then run make again:\n  {python}\n" in done.stderr
    )


def test_an_unknown_system_is_told_all_the_names(machine: Machine) -> None:
    told = machine.run(".ci/node").stderr
    for line in ("Fedora: dnf install nodejs npm", "Arch: pacman -S nodejs npm", "macOS: brew install node"):
        assert line in told


def test_debian_gets_node_for_the_tests(debian: Machine) -> None:
    stubs = 'for name in node npm; do cp "$FAKE/bin/id" "$FAKE/bin/$name"; done'
    debian.has("apt-get", APT + stubs)
    done = debian.run(".ci/node")
    assert done.returncode == 0, done.stderr
    assert "System packages: nodejs npm\n" in done.stdout


def test_debian_gets_calc_for_the_tests_of_workbooks(debian: Machine) -> None:
    debian.make("engine")
    assert "System packages: libreoffice-calc-nogui\n" in debian.make("calc").stdout
    debian.has("soffice")
    debian.write("bin/libsclo.so")
    assert "libreoffice-calc" not in debian.make("calc").stdout


def test_off_debian_the_tests_do_without_calc(machine: Machine) -> None:
    machine.write("lacking")
    machine.has("soffice")
    done = machine.make("calc")
    assert (done.returncode, "Calc is not found" in done.stdout) == (0, True), done.stderr


def test_debian_gets_a_browser_and_a_database_for_the_tests_of_the_site(debian: Machine) -> None:
    needed = (("browser", "chromium libatomic1", "chromium"), ("postgresql", "postgresql", "initdb"))
    for part, packages, program in needed:
        done = debian.run(f".ci/{part}")
        assert done.returncode == 0, done.stderr
        assert f"System packages: {packages}\n{SIZES}" in done.stdout
        debian.has(program)
        debian.write("lib/x86_64-linux-gnu/libatomic.so.1")
        assert debian.run(f".ci/{part}").stdout == ""


def test_a_browser_that_is_there_wants_what_playwright_rests_on(debian: Machine) -> None:
    debian.has("chromium")
    assert f"System packages: libatomic1\n{SIZES}" in debian.run(".ci/browser").stdout


def test_all_tests_want_both(debian: Machine) -> None:
    asked = debian.make("-n", "test").stdout
    assert asked.index(".ci/browser") < asked.index(".ci/postgresql") < asked.index("pytest")


def test_a_database_beside_the_path_is_found_as_debian_has_it(debian: Machine) -> None:
    debian.write("servers/15/bin/initdb").chmod(0o755)
    assert debian.run(".ci/postgresql").stdout == ""
    assert debian.calls == ""


@pytest.mark.parametrize(
    ("manager", "browser", "database"),
    [
        ("dnf", "dnf install chromium", "dnf install postgresql-server"),
        ("pacman", "pacman -S chromium", "pacman -S postgresql"),
        ("brew", "brew install --cask chromium", "brew install postgresql"),
    ],
)
def test_off_debian_the_tests_do_without_a_browser_and_a_database_and_say_so(
    machine: Machine, manager: str, browser: str, database: str
) -> None:
    machine.has(manager, "exit 1")
    for part, name, told in (("browser", browser, "in a browser are skipped"), ("postgresql", database, "SQLite only")):
        done = machine.run(f".ci/{part}")
        assert done.returncode == 0
        assert f"  {name}\n" in done.stderr
        assert told in done.stdout


def test_a_node_that_is_too_old_will_not_do(machine: Machine) -> None:
    machine.has("npm")
    machine.has("node", "exit 1")
    assert machine.run(".ci/node").returncode == 1
    machine.has("node")
    done = machine.run(".ci/node")
    assert (done.returncode, done.stdout) == (0, "")
