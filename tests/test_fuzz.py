"""A short round of ``make fuzz``, and that it finds what it looks for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from assembler.base.problems import AssemblerError, ExitCode, problem
from tests.conftest import REPOSITORY
from tests.fuzz import KINDS, Kind, Round


def test_damaged_files_of_every_kind_are_read_or_told() -> None:
    """Those that failed once, and a few new ones."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--inputs", "14", "--seed", "5"],
        cwd=REPOSITORY, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert done.stdout.count("tried") == len(KINDS)


def _fails(file: Path, _: Path) -> object:
    match file.read_bytes():
        case b"wrong":
            raise KeyError(file.name)
        case b"told":
            raise AssemblerError([problem("list-empty")], ExitCode.ANSWERS)
        case b"fatal":
            os._exit(9)
    return None


def test_a_trace_and_a_death_are_failures_and_are_kept(tmp_path: Path) -> None:
    seeds = (b"whole", b"wrong", b"fatal", b"told", b"whole too")
    done = Round(Kind("sample", ".txt", lambda _: seeds, _fails), 1, tmp_path / "place", tmp_path / "kept")
    done.go(len(seeds), 0)
    assert (done.tried, done.told) == (5, 1)
    said = {text.strip().splitlines()[-1] for text in done.failures.values()}
    assert said == {"KeyError: 'input.txt'", "the process died"}
    assert {path.read_bytes() for path in (tmp_path / "kept" / "sample").iterdir()} == {b"wrong", b"fatal"}
