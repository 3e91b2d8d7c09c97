"""Files are written whole, and what killed runs leave is known from what living ones work on."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assembler.base.files import clear_left_over, clear_unfinished, left_over, work_folder, write_whole, writing
from assembler.base.problems import AssemblerError, ExitCode
from assembler.records.lock import case_lock

WORKER = """\
import sys, time
from pathlib import Path
from assembler.base.files import work_folder
with work_folder(Path(sys.argv[1]), ".work-") as folder:
    (folder / "begun.txt").touch()
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows opens no folders")
def test_the_disk_knows_a_file_and_its_name_before_it_is_said_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: list[tuple[bool, list[bytes]]] = []

    def note(handle: int) -> None:
        names = [path.read_bytes() for path in tmp_path.glob("a.yaml")]
        known.append((stat.S_ISDIR(os.fstat(handle).st_mode), names))

    monkeypatch.setattr(os, "fsync", note)
    write_whole(tmp_path / "a.yaml", b"new")
    assert known == [(False, []), (True, [b"new"])]


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "a.yaml", b"old")

    def fail(_: int) -> None:
        raise OSError

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError):  # noqa: PT011 - whatever the disk says
        write_whole(tmp_path / "a.yaml", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.yaml", b"old")]


def test_unfinished_files_of_a_case_go_with_its_next_writer(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    left = [tmp_path / ".unfinished-abc.yaml", tmp_path / "answers" / ".unfinished-def.yaml"]
    kept = [tmp_path / "case.yaml", tmp_path / "answers" / ".own.yaml"]
    for path in (*left, *kept):
        path.touch()
    with case_lock(tmp_path, "set"):
        assert not any(path.exists() for path in left)
    assert all(path.exists() for path in kept)
    clear_unfinished(tmp_path / "attachments")  # there is none


def test_a_work_folder_is_left_over_only_once_its_run_was_killed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WORKER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        assert list(left_over(tmp_path, ".work-")) == []
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert list(left_over(tmp_path, ".work-")) == [folder]
    clear_left_over(tmp_path, ".work-")
    assert list(tmp_path.iterdir()) == []


def test_a_work_folder_goes_with_its_block(tmp_path: Path) -> None:
    with work_folder(tmp_path, ".work-") as folder:
        (folder / "a.txt").touch()
        assert folder.parent == tmp_path
        assert folder.name.startswith(".work-")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_just_begun_is_left_alone_for_a_day(tmp_path: Path) -> None:
    begun, other = tmp_path / ".work-begun-abc", tmp_path / "elsewhere"
    begun.mkdir()
    other.mkdir()
    (tmp_path / ".work-link").symlink_to(other)
    assert list(left_over(tmp_path, ".work-")) == []
    os.utime(begun, (time.time() - 25 * 3600,) * 2)
    assert list(left_over(tmp_path, ".work-")) == [begun]


@pytest.mark.parametrize(
    ("error", "within", "told"),
    [
        (OSError(errno.EROFS, os.strerror(errno.EROFS), "out/.unfinished-1"), False, "out"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS), "out/a.docx"), True, "out/a.docx"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), True, "out"),
    ],
)
def test_what_the_disk_refuses_is_told_of_what_was_to_be_written(error: OSError, within: bool, told: str) -> None:
    with pytest.raises(AssemblerError) as caught, writing(Path("out"), within=within):
        raise error
    (found,) = caught.value.problems
    assert (found.code, caught.value.exit_code) == ("output-unwritable", ExitCode.OUTPUT)
    assert found.arguments == {"name": told, "reason": "Read-only file system"}


def test_other_errors_pass_by() -> None:
    with pytest.raises(KeyError), writing(Path("out")):
        raise KeyError
