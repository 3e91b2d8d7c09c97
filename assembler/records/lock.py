"""One writer a case: a lock of the operating system, which also tells who holds it."""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import jdatetime

from assembler.base.files import clear_unfinished
from assembler.base.messages import translate
from assembler.base.persian import format_date, persian_digits
from assembler.base.problems import AssemblerError, ExitCode, Problem, problem

LOCK_FILE = ".assembler.lock"


@contextmanager
def case_lock(folder: Path, doing: str) -> Iterator[None]:
    """Holds a case for writing; ``doing`` tells others what is being done, such as «set».

    What killed writers had begun is taken away first.

    The lock ends with its process, however that ends. Raises AssemblerError: «case-locked» when another holds it,
    «output-unwritable» when the folder takes no file.
    """
    handle = _held(folder)
    try:
        _write(handle, folder, _holder(doing))
        for each in (folder, folder / "answers", folder / "attachments"):
            clear_unfinished(each)
        yield
    finally:
        with suppress(OSError):  # the folder may be gone by now
            (folder / LOCK_FILE).unlink()
        os.close(handle)


def _held(folder: Path) -> int:
    """The lock file with its lock. Whoever held it takes the file away at the end: a lock of a file that is no more is
    worth nothing.
    """
    while True:
        handle = _opened(folder)
        try:
            _take(handle, folder)
            if _is_there(handle, folder):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _is_there(handle: int, folder: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(folder / LOCK_FILE))
    except OSError:
        return False


def _opened(folder: Path) -> int:
    try:
        return os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _take(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise AssemblerError([_locked(handle, folder)], ExitCode.LOCKED) from error
    except OSError as error:  # a disk in the network that knows no locks
        raise _unwritable(folder, error) from error


def _locked(handle: int, folder: Path) -> Problem:
    """Who holds the lock, as far as its file tells: it may be read while it is being written."""
    told = _told(handle)
    user, host = str(told.get("user") or "?"), str(told.get("host") or "?")
    return problem(
        "case-locked",
        name=folder.resolve().name,
        doing=told.get("doing") or translate("something"),
        who=f"{user}@{host}",
        process=str(told.get("process") or "?"),
        since=_moment(str(told.get("since") or "?")),
    )


def _moment(since: str) -> str:
    """A moment by the clock and the calendar of who reads it."""
    try:
        moment = datetime.fromisoformat(since).astimezone()
    except ValueError:
        return since
    day = format_date(jdatetime.date.fromgregorian(date=moment.date()))
    return f"{day} {persian_digits(format(moment, '%H:%M'))}"


def _told(handle: int) -> Mapping[str, Any]:
    try:
        told = json.loads(os.pread(handle, 4096, 0))
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _holder(doing: str) -> Mapping[str, Any]:
    since = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    return {"user": _user(), "host": socket.gethostname(), "process": os.getpid(), "since": since, "doing": doing}


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no name for the number of the user
        return str(os.getuid())


def _write(handle: int, folder: Path, told: Mapping[str, Any]) -> None:
    """Writes over what a killed holder may have left. A disk too full for that takes no answer either."""
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(told, ensure_ascii=False).encode("utf-8"), 0)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> AssemblerError:
    reason = error.strerror or str(error)
    return AssemblerError([problem("output-unwritable", name=str(folder), reason=reason)], ExitCode.OUTPUT)
