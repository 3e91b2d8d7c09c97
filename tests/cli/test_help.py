"""``--help`` answers at once: it reads no specification and loads none of the libraries that build packets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assembler import __version__
from assembler.cli import COMMANDS
from tests.cli.conftest import Run
from tests.conftest import REPOSITORY

HEAVY = (
    "docx",
    "docxtpl",
    "fpdf",
    "jdatetime",
    "jinja2",
    "lxml",
    "matplotlib",
    "pikepdf",
    "pypdf",
    "pypdfium2",
    "yaml",
)
# Runs the program in a process of its own and says which of the heavy libraries it loaded.
PROBE = f"""
import sys
from assembler.cli import main
sys.argv = ["assembler", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print("LOADED", *sorted(set({HEAVY!r}) & set(sys.modules)))
"""


def _python(*arguments: str, folder: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"], ["--lang", "fa", "--help"]])
def test_the_overview_loads_nothing_heavy(arguments: list[str]) -> None:
    done = _python("-c", PROBE, *arguments)
    assert done.stdout.splitlines()[-1] == "LOADED", done.stderr


def test_the_overview_names_every_command(run: Run) -> None:
    outcome = run("--help")
    assert outcome.code == 0
    for name, (_, line) in COMMANDS.items():
        assert name in outcome.out
        assert line in outcome.out


@pytest.mark.parametrize("command", [*([name] for name in COMMANDS), ["forms", "show"], ["template", "check"]])
def test_every_command_explains_itself(run: Run, command: list[str]) -> None:
    outcome = run(*command, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert f" {' '.join(command)} [OPTIONS]" in outcome.out.splitlines()[0]


def test_the_version(run: Run) -> None:
    assert run("--version").out == f"assembler, version {__version__}\n"


def test_python_runs_the_package(tmp_path: Path) -> None:
    done = _python("-m", "assembler", "--version", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"assembler, version {__version__}\n")


def test_a_reader_that_leaves_early_is_met_with_silence() -> None:
    """As in ``assembler forms | true``: no trace, and no complaint from Python at its end."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "assembler", "forms", "--specs", str(REPOSITORY / "form_specs")]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert done.stderr == b""
