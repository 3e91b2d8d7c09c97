"""LibreOffice as processes: each in a group of its own that is ended as a whole, whatever becomes of who started it."""

from __future__ import annotations

import errno
import hashlib
import mmap
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from assembler.base.files import left_over, remove, work_folder, writing
from assembler.base.problems import AssemblerError, ExitCode, Problem, problem
from assembler.pdf.fonts import FontSet
from assembler.pdf.libreoffice.installation import LibreOffice, can_run
from assembler.pdf.libreoffice.profile import environment, furnish, installation_url, switches

POLL_SECONDS = 0.05
_FOLDER = "assembler-office-"
_KEPT_OPEN = "open.txt"
# Ends the group as soon as nobody holds the other end of its input: whoever started it may be killed at any moment.
# The watch is there before LibreOffice is, and goes with the group.
_WATCHED = 'exec 3<&0; { read -r _ <&3; kill -KILL 0; } & exec "$@" 3<&- </dev/null'
_START_SECONDS = 20.0  # longer than a start ever took; then calls do without the one that was to stay


@dataclass(frozen=True)
class Ahead:
    """A LibreOffice started before there is anything to convert; ``folder`` holds the profile calls on it share.

    One that ``stays`` serves any number of calls; else it ends with the first.
    """

    folder: Path
    process: subprocess.Popen[bytes]
    stays: bool = False


@contextmanager
def started_ahead(engine: LibreOffice, fonts: FontSet, work: Path, *, stays: bool = False) -> Iterator[Ahead]:
    """Start LibreOffice, so that its second of start-up is over when the documents are written.

    Calls on the same profile hand their documents to the one that runs, or take its place when it does not: whoever
    comes first serves. The process ends with the block.
    """
    with private_folder(work) as folder:
        furnish(folder, fonts)
        command = switches(engine, folder)
        if stays:
            # After a conversion LibreOffice ends unless a document is open: this one keeps it.
            (folder / _KEPT_OPEN).write_text("open\n", encoding="ascii")
            command.append(str(folder / _KEPT_OPEN))
        process = start(engine, command, folder)
        try:
            yield Ahead(folder, process, stays)
        finally:
            end_group(process)


def failure(*problems: Problem) -> AssemblerError:
    return AssemblerError(problems, ExitCode.ENGINE)


@contextmanager
def private_folder(work: Path) -> Iterator[Path]:
    """A private folder in ``work``, gone afterwards; those of killed runs are taken away first."""
    with writing(work):
        work.mkdir(parents=True, exist_ok=True)
        work = work.resolve()
        clear_killed(work)
        with work_folder(work, _FOLDER) as folder:
            try:
                yield folder
            finally:
                _forget_pipe(folder)


def clear_killed(work: Path) -> None:
    """Takes away the folders and sockets of LibreOffice that runs left in ``work`` when they were killed."""
    for folder in left_over(work, _FOLDER):
        _forget_pipe(folder)
        remove(folder)


def is_ready(ahead: Ahead) -> bool:
    """Whether the LibreOffice that stays has its document open, which a lock beside it shows.

    A call that came before would end it, or have to serve itself and never end.
    """
    lock, deadline = ahead.folder / f".~lock.{_KEPT_OPEN}#", time.monotonic() + _START_SECONDS
    while ahead.process.poll() is None and time.monotonic() < deadline:
        if lock.exists():
            return True
        time.sleep(POLL_SECONDS)
    return False


def memory(process: subprocess.Popen[bytes]) -> int:
    """The megabytes the processes of a group hold; 0 where the system does not tell."""
    return sum(_resident(stat.parent) for stat in Path("/proc").glob("[0-9]*/stat") if _is_of(stat, process.pid))


def _is_of(stat: Path, group: int) -> bool:
    with suppress(OSError, ValueError, IndexError):
        return int(stat.read_text(errors="replace").rpartition(")")[2].split()[2]) == group
    return False


def _resident(process: Path) -> int:
    with suppress(OSError, ValueError, IndexError):
        return int((process / "statm").read_text().split()[1]) * mmap.PAGESIZE >> 20
    return 0


def _forget_pipe(folder: Path) -> None:
    """Delete the socket by which calls on a profile meet: a killed LibreOffice leaves it."""
    for pipe in pipes(folder):
        pipe.unlink(missing_ok=True)


def pipes(folder: Path) -> list[Path]:
    """The sockets by which calls on a profile meet, named by the profile."""
    name = hashlib.md5(installation_url(folder).encode("utf-16-le"), usedforsecurity=False).digest()
    return list(Path("/tmp").glob(f"OSL_PIPE_*_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in name)}"))  # noqa: S108


def start(engine: LibreOffice, command: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    is_watched = os.name == "posix"
    if is_watched and not can_run(command[0]):
        raise failure(problem("engine-failed", name=engine.path.name, reason=os.strerror(errno.ENOENT)))
    try:
        return subprocess.Popen(
            ["/bin/sh", "-c", _WATCHED, "sh", *command] if is_watched else command,
            env=environment(folder),
            cwd=folder,
            stdin=subprocess.PIPE if is_watched else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise failure(problem("engine-failed", name=engine.path.name, reason=error.strerror or str(error))) from error


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End every process of the group: the one we started is often only a launcher of ``soffice.bin``."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin:
        process.stdin.close()
