"""Pages of Markdown that are followed as a person does: files written as they stand, commands typed."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from assembler.cli import cli
from tests.cli.conftest import Outcome, Run
from tests.conftest import REPOSITORY

_BLOCK = re.compile(r"^```(yaml|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def follow(
    page: str,
    run: Run,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    ends: tuple[int, ...] = (0,),
    whole: bool = True,
) -> int:
    """Files are written where their first line says, commands typed, which may end with any of ``ends``; what they
    print is what the page shows, of a page that is not ``whole`` where it shows something. Gives how many commands
    there were.
    """
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.stdin", io.StringIO())  # nobody answers
    count = 0
    for kind, text in _BLOCK.findall(page):
        if kind == "yaml":
            _write(folder, text)
            continue
        for command, expected in commands(text):
            outcome = typed(command, run, monkeypatch)
            assert outcome.code in ends, f"$ {command}\n{outcome.out}{outcome.err}"
            shown = re.escape(expected).replace("…", ".*")
            told = outcome.err + outcome.out
            assert re.fullmatch(shown, told, re.DOTALL) or not (whole or expected), f"$ {command}\n{told}"
            count += 1
    return count


def _write(folder: Path, text: str) -> None:
    head, _, rest = text.partition("\n")
    place, _, further = head.removeprefix("# ").partition(", ")
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(path.read_text(encoding="utf-8") + rest if further else text, encoding="utf-8")


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a block with what it prints; «…» stands for anything. A line that ends with \\ goes on."""
    for each in re.split(r"^\$ ", text.replace("\\\n", ""), flags=re.MULTILINE)[1:]:
        command, _, expected = each.partition("\n")
        yield command, expected


_PROGRAMS = ("assembler", "make", "export", "apt-get", "pipx", "git", "tar", "systemctl", "journalctl")


def type_to_the_system(page: str) -> int:
    """What a page gives to type that is not run here, as it installs or has places to fill in: the program takes the
    commands, the Makefile has the targets. Gives how many lines there were.
    """
    targets = re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    blocks = re.findall(r"^```sh\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    lines = "".join(blocks).replace("\\\n", "").splitlines()
    for line in lines:
        program, *arguments = shlex.split(line)
        assert program in _PROGRAMS, line
        assert program != "make" or set(arguments) <= set(targets), line
        if program == "assembler":
            with cli.make_context("assembler", list(arguments)) as context:
                name, command, rest = cli.resolve_command(context, arguments)
                assert command is not None
                command.make_context(name, rest, parent=context)
    return len(lines)


def typed(command: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    program, *arguments = shlex.split(command)
    if program == "cd":
        monkeypatch.chdir(*arguments)
        return Outcome(0, "", "")
    assert program == "assembler"
    return run(*arguments)
