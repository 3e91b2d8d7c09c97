"""One writer a case: real processes hold the lock, die with it, and are told of each other."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assembler.base import messages
from assembler.base.problems import AssemblerError, ExitCode
from assembler.records import lock
from assembler.records.lock import LOCK_FILE, case_lock

HOLDER = """\
import sys
from pathlib import Path
from assembler.records.lock import case_lock
with case_lock(Path(sys.argv[1]), "import"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its input ends."""
    arguments = [sys.executable, "-c", HOLDER, str(folder)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def refused(folder: Path) -> AssemblerError:
    with pytest.raises(AssemblerError) as refusal, case_lock(folder, "set"):
        pass
    return refusal.value


def test_the_second_writer_is_told_who_the_first_is(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        found = refused(tmp_path)
        assert found.exit_code == ExitCode.LOCKED
        (told,) = found.problems
        assert told.code == "case-locked"
        assert f"«import» by {told.arguments['who']}, process {process.pid}, since ۱" in told.message
        assert "since" in (tmp_path / LOCK_FILE).read_text(encoding="utf-8")
        messages.choose("fa")
        assert "«import»" in told.message
        assert "پرونده" in told.message
        assert told.hint
        assert str(process.pid) in told.message


def test_a_full_disk_is_told_and_leaves_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    found = refused(tmp_path)
    assert found.exit_code == ExitCode.OUTPUT
    assert "No space left on device" in found.problems[0].message
    messages.choose("fa")
    assert "روی دیسک جا نمانده است" in found.problems[0].message
    assert list(tmp_path.iterdir()) == []


def test_a_killed_holder_frees_the_case(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert "import" in (tmp_path / LOCK_FILE).read_text(encoding="utf-8")
        with case_lock(tmp_path, "set"):
            assert '"doing": "set"' in (tmp_path / LOCK_FILE).read_text(encoding="utf-8")
            assert "import" not in (tmp_path / LOCK_FILE).read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == []


def test_what_a_holder_started_does_not_hold_the_case_on(tmp_path: Path) -> None:
    """A converter may outlive who started it."""
    child = "import subprocess; print(subprocess.Popen(['sleep', '60'], close_fds=False, stdout=-3, stderr=-3).pid)"
    code = HOLDER.replace('print("held"', f'exec("{child}"); print("held"')
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        started = int(process.stdout.readline())
        try:
            assert process.stdout.readline() == "held\n"
            process.kill()
            process.wait()
            with case_lock(tmp_path, "set"):
                os.kill(started, 0)  # it lives on
        finally:
            os.kill(started, signal.SIGKILL)


def test_a_holder_that_ended_frees_the_case(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.communicate("")
    with case_lock(tmp_path, "set"):
        pass


def test_an_error_inside_frees_the_case(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), case_lock(tmp_path, "set"):
        raise ZeroDivisionError
    with case_lock(tmp_path, "set"):
        assert refused(tmp_path).exit_code == ExitCode.LOCKED


@pytest.mark.parametrize("left", ["", "{", "[]", '{"user": 1}', "\x00\xff" * 3000])
def test_whatever_the_file_holds_the_message_speaks(tmp_path: Path, left: str) -> None:
    with holder(tmp_path):
        (tmp_path / LOCK_FILE).write_text(left, encoding="latin-1")
        assert refused(tmp_path).problems[0].message


def test_two_that_start_at_once_do_not_both_get_in(tmp_path: Path) -> None:
    code = HOLDER.replace("sys.stdin.read()", "import time; time.sleep(0.5)")
    arguments = [sys.executable, "-c", code, str(tmp_path)]
    processes = [
        subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    outcomes = [(process.communicate()[0], process.returncode) for process in processes]
    held = [out for out, code in outcomes if out == "held\n" and code == 0]
    assert len(held) >= 1
    assert all(code == 0 or out == "" for out, code in outcomes)


def test_many_that_come_and_go_never_hold_it_together(tmp_path: Path) -> None:
    """The lock file comes and goes with its holders; whoever enters must find nobody inside."""
    code = """\
import os, sys
from pathlib import Path
from assembler.base.problems import AssemblerError
from assembler.records.lock import case_lock
folder, entered = Path(sys.argv[1]), 0
while entered < 100:
    try:
        with case_lock(folder, "set"):
            os.mkdir(folder / "inside")
            os.rmdir(folder / "inside")
            entered += 1
    except AssemblerError:
        pass
"""
    processes = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) for _ in range(3)]
    assert [process.wait(timeout=60) for process in processes] == [0, 0, 0]
    assert list(tmp_path.iterdir()) == []


def test_who_holds_it_is_told_behind_what_is_locked(tmp_path: Path) -> None:
    """Where the first byte is locked nobody else may read it."""
    with case_lock(tmp_path, "set"):
        first, rest = (tmp_path / LOCK_FILE).read_bytes()[:1], (tmp_path / LOCK_FILE).read_bytes()[1:]
        assert (first, json.loads(rest)["doing"]) == (b" ", "set")


def test_a_folder_that_takes_no_file() -> None:
    """Also when root runs the tests, who may write everywhere."""
    code = HOLDER.replace("with case_lock", "import os\nif os.geteuid() == 0: os.setuid(65534)\nwith case_lock")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        arguments = [sys.executable, "-c", code, folder]
        ended = subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        assert list(Path(folder).iterdir()) == []
    assert ended.returncode != 0
    assert "output-unwritable" in ended.stderr


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    found = refused(tmp_path / "none")
    assert (found.problems[0].code, found.exit_code) == ("output-unwritable", ExitCode.OUTPUT)


def test_a_lock_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("x", encoding="utf-8")
    (tmp_path / LOCK_FILE).symlink_to(tmp_path / "other")
    assert refused(tmp_path).exit_code == ExitCode.OUTPUT
    assert (tmp_path / "other").read_text(encoding="utf-8") == "x"


@contextmanager
def held_a_while(folder: Path, seconds: float, *, brief: bool) -> Iterator[None]:
    """Somebody holds the case when the block begins, and lets it go so many seconds later."""
    held = threading.Event()

    def hold() -> None:
        with case_lock(folder, "fill" if brief else "import", brief=brief):
            held.set()
            time.sleep(seconds)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    yield
    holder.join()


def test_who_holds_it_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    with held_a_while(tmp_path, 0.2, brief=True), case_lock(tmp_path, "set"):
        pass
    with held_a_while(tmp_path, 0.2, brief=False), case_lock(tmp_path, "fill", brief=True):
        pass


def test_who_holds_it_longer_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with held_a_while(tmp_path, 0.3, brief=False):
        started = time.monotonic()
        assert refused(tmp_path).exit_code == ExitCode.LOCKED
        assert time.monotonic() - started < 0.25
    monkeypatch.setattr(lock, "_BRIEF", 0.05)
    with held_a_while(tmp_path, 0.4, brief=True):
        assert "«fill»" in refused(tmp_path).problems[0].message
