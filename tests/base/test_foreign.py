"""The boundary for foreign files: what a library raises is that file's problem, its trace stands in the log."""

from __future__ import annotations

import errno
import struct
import zlib
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import pytest

from assembler.base.foreign import UnreadableError, attempt, foreign
from assembler.base.log import log_trace
from assembler.base.problems import AssemblerError, ExitCode


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSEMBLER_CACHE", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.mark.parametrize(
    "error",
    [
        zlib.error("bad"), BadZipFile("bad"), ParseError("bad"), KeyError("bad"), MemoryError(), RecursionError("deep"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), struct.error("bad"), OSError("bad"),
        OSError(errno.EINVAL, "bad"),
        AssertionError(), OverflowError("bad"), TypeError("bad"),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_whatever_a_library_raises_is_the_problem_of_its_file(error: Exception, home: Path) -> None:
    with pytest.raises(UnreadableError) as found, foreign("list.xlsx"):
        raise error
    assert str(found.value.reason)
    log = (home / "assembler.log").read_text(encoding="utf-8")
    assert "list.xlsx" in log
    assert "Traceback" in log
    assert type(error).__name__ in log


@pytest.mark.parametrize(
    "error",
    [AssemblerError([], ExitCode.ANSWERS), OSError(errno.EACCES, "no"), UnreadableError("told"), EOFError("ours")],
)
def test_what_is_told_already_and_what_the_disk_says_pass(error: Exception, home: Path) -> None:
    with pytest.raises(type(error)) as found, foreign("list.xlsx", EOFError):
        raise error
    assert found.value is error
    assert not home.exists()


def test_what_cannot_be_read_is_something_else(tmp_path: Path) -> None:
    assert attempt(lambda: {"a": 1}["b"], "x", 0) == 0
    assert attempt((tmp_path / "gone").read_text, "x", "") == ""
    assert attempt(lambda: 2, "x", 0) == 2


def test_the_log_begins_anew_when_it_is_long(home: Path) -> None:
    for number in range(40):
        file = log_trace(ValueError("x" * 50_000), f"file {number}")
    assert file == home / "assembler.log"
    assert file.stat().st_size <= 1 << 20
    assert "file 39" in file.read_text(encoding="utf-8")
    assert len(list(home.iterdir())) == 2


def test_without_a_folder_of_the_user_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSEMBLER_CACHE", "")
    assert log_trace(ValueError("x"), "x") is None
