"""One writer a case: a lock of the operating system, which also tells who holds it."""

from __future__ import annotations

import errno
import getpass
import json
import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import jdatetime

from assembler.base.files import clear_unfinished, hold, writing
from assembler.base.messages import translate
from assembler.base.persian import format_date, persian_digits
from assembler.base.problems import AssemblerError, ExitCode, Problem, problem
from assembler.model.folders import CaseFolder

LOCK_FILE = ".assembler.lock"


# On Windows the first byte of the file is what is locked, and nobody else may read it: the holder is told behind it.
_TOLD_FROM, _TOLD_MOST = 1, 4096
_BRIEF, _PAUSE = 3.0, 0.02  # seconds within which a brief holder has long let go, and between two looks
_AS_IT_IS: int = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)  # each where the system has it


@contextmanager
def case_lock(folder: Path, doing: str, *, brief: bool = False) -> Iterator[None]:
    """Holds a case for writing; ``doing`` tells others what is being done, such as «set».

    Who holds it but for a moment, as for one answer, is ``brief``: others wait for it, and it waits for others a while.
    What killed writers had begun is taken away first.

    The lock ends with its process, however that ends. Raises AssemblerError: «case-locked» when another holds it,
    «output-unwritable» when the folder takes no file.
    """
    handle = _awaited(folder, patient=brief)
    try:
        _write(handle, folder, {**_holder(doing), "brief": brief})
        case = CaseFolder(folder)
        for each in (case.path, case.answers, case.attachments):
            clear_unfinished(each)
        yield
    finally:
        _let_go(handle, folder / LOCK_FILE)


def _awaited(folder: Path, *, patient: bool) -> int:
    """The lock file with its lock, once who holds it lets it go; he is waited for when that is to be soon."""
    deadline = time.monotonic() + _BRIEF
    while True:
        try:
            return _held(folder)
        except _Locked as error:
            if not (patient or error.is_brief) or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)


class _Locked(AssemblerError):
    """Another holds the lock."""

    def __init__(self, told: Problem, *, is_brief: bool) -> None:
        super().__init__([told], ExitCode.LOCKED)
        self.is_brief = is_brief


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


def _let_go(handle: int, path: Path) -> None:
    """Takes the file away while it is held; Windows lets nobody take away a file that is open, so after that there."""
    if sys.platform == "win32":
        os.close(handle)
    with suppress(OSError):  # the folder may be gone by now, or another holds the file already
        path.unlink()
    if sys.platform != "win32":
        os.close(handle)


def _is_there(handle: int, folder: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(folder / LOCK_FILE))
    except OSError:
        return False


def _opened(folder: Path) -> int:
    """The open lock file, which no process started from here inherits."""
    path = folder / LOCK_FILE
    with writing(folder):
        if path.is_symlink():  # not every system can refuse it while it opens
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        return os.open(path, os.O_RDWR | os.O_CREAT | _AS_IT_IS, 0o666)


def _take(handle: int, folder: Path) -> None:
    with writing(folder):  # a disk in the network may know no locks
        taken = hold(handle)
    if not taken:
        told = _told(handle)
        raise _Locked(_locked(told, folder), is_brief=bool(told.get("brief")))


def _locked(told: Mapping[str, Any], folder: Path) -> Problem:
    """Who holds the lock, as far as its file tells: it may be read while it is being written."""
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
        os.lseek(handle, _TOLD_FROM, os.SEEK_SET)
        told = json.loads(os.read(handle, _TOLD_MOST))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _holder(doing: str) -> Mapping[str, Any]:
    since = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    return {"user": _user(), "host": socket.gethostname(), "process": os.getpid(), "since": since, "doing": doing}


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no name for the number of the user
        if sys.platform == "win32":
            return "?"
        return str(os.getuid())


def _write(handle: int, folder: Path, told: Mapping[str, Any]) -> None:
    """Writes over what a killed holder may have left. A disk too full for that takes no answer either."""
    with writing(folder):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, b" " * _TOLD_FROM + json.dumps(told, ensure_ascii=False).encode("utf-8"))
