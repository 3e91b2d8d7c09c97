"""``--help`` answers at once: it reads no specification and loads none of the libraries that build packets."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import click
import pytest

from assembler import __version__
from assembler.base.problems import ExitCode
from assembler.cli import COMMANDS, cli
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


def _all_commands() -> Iterator[list[str]]:
    """Every command and every command below one, by its words."""
    for name in COMMANDS:
        declared = cast(click.Group, cli).get_command(click.Context(cli), name)
        yield [name]
        yield from ([name, each] for each in (declared.commands if isinstance(declared, click.Group) else ()))


@pytest.mark.parametrize("command", [*_all_commands()], ids=" ".join)
def test_every_command_explains_itself_and_touches_nothing(
    run: Run, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run(*command, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    words = " \\S*".join(map(re.escape, command))
    assert re.search(rf" {words}.* \[OPTIONS\]", " ".join(outcome.out.split()))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", [["add", "ali"], ["add"], ["reset"], ["no-such"]], ids=" ".join)
def test_a_refused_call_prepares_no_database(
    run: Run, wrong: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("user", *wrong).code == ExitCode.USAGE
    assert list(tmp_path.iterdir()) == []


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
