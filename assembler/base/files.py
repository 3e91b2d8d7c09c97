"""Writing files whole: a reader sees the old one or the new one, never half of one; and folders to work in.

Who is killed leaves what it had begun. It is known by its name, and the next run takes it away: an unfinished file
where only one may write, a work folder once no living run holds it by a lock of the operating system.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assembler.base.problems import AssemblerError, ExitCode, problem

_UNFINISHED = ".unfinished-"
_BEGUN = "begun-"  # stands in the name of a folder until it is held
_TEMPORARY = "assembler-work-"
_TRIES, _PAUSE = 20, 0.05  # seconds
_LEFT_OVER = 24 * 3600.0  # seconds after which a folder is left over, where no lock can tell


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file beside its place and moves it there, safe against others who write it too. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=_UNFINISHED, suffix=path.suffix, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
        settle(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def put(made: Path, path: Path) -> None:
    """Moves a finished file of the same disk into its place: what it holds is on the disk before its name is, and both
    are before anything is written that tells of it. Raises OSError.
    """
    with made.open("r+b") as file:
        os.fsync(file.fileno())
    made.replace(path)
    settle(path.parent)


def settle(folder: Path) -> None:
    """Has the disk know the names in a folder too, where the system lets one ask: else a loss of power may bring back
    the old file.
    """
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def writing(path: Path, *, within: bool = False) -> Iterator[None]:
    """What the disk refuses in the block is told of ``path``, or of the file in question where many stand ``within``.

    Raises AssemblerError ``output-unwritable``.
    """
    try:
        yield
    except OSError as error:
        name = error.filename if within and error.filename else path
        fault = problem("output-unwritable", name=str(name), reason=error.strerror or str(error))
        raise AssemblerError([fault], ExitCode.OUTPUT) from error


def typed_path(text: str) -> Path:
    """A path as a person types it: «~» is his home; that of an unknown «~name» stays, of which a Path would raise."""
    return Path(os.path.expanduser(text))  # noqa: PTH111


def resolved(path: Path) -> Path:
    """Where a path leads; of a link that leads to itself the link: ``Path.resolve`` would raise."""
    return Path(os.path.realpath(path))


def is_of_system(path: Path) -> bool:
    """Whether a file is one that Windows, a Mac or an editor keeps for itself: nobody looks for what he typed in it."""
    name = path.name.lower()
    return name.startswith((".", "~$")) or name.endswith("~") or name in ("thumbs.db", "desktop.ini")


def clear_unfinished(folder: Path) -> None:
    """Takes away what killed writers left in a folder; to be called by the only one who may write into it."""
    for path in folder.glob(f"{_UNFINISHED}*"):
        with suppress(OSError):
            path.unlink()


@contextmanager
def work_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A private folder, gone afterwards; ``left_over`` finds it when its run was killed. Raises OSError."""
    begun = Path(tempfile.mkdtemp(prefix=f"{prefix}{_BEGUN}", dir=parent))
    folder, handle = begun, _opened(begun)
    try:
        _held(handle)
        folder = begun.rename(parent / begun.name.replace(_BEGUN, "", 1))
        yield folder
    finally:
        remove(folder)
        if handle is not None:
            os.close(handle)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A private folder in the temporary place of the system; those of runs that were killed go first."""
    clear_temporary()
    with work_folder(Path(tempfile.gettempdir()), _TEMPORARY) as folder:
        yield folder


def clear_temporary() -> None:
    """Takes away the folders ``temporary_folder`` gave to runs that were killed."""
    clear_left_over(Path(tempfile.gettempdir()), _TEMPORARY)


def left_over(parent: Path, prefix: str) -> Iterator[Path]:
    """The work folders of runs that were killed; those of other users are none of ours."""
    for folder in parent.glob(f"{prefix}*"):
        with suppress(OSError):
            if not folder.is_symlink() and _is_own(folder) and _is_left(folder):
                yield folder


def clear_left_over(parent: Path, prefix: str) -> None:
    for folder in left_over(parent, prefix):
        remove(folder)


def remove(folder: Path) -> None:
    """Takes a folder away, also from under a process that was just killed and still writes its last file."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_PAUSE)


def _is_own(folder: Path) -> bool:
    return sys.platform == "win32" or folder.stat().st_uid == os.getuid()


def _is_left(folder: Path) -> bool:
    """Whether the run is gone. One that has only begun its folder may not hold it yet: its age tells."""
    handle = None if _BEGUN in folder.name else _opened(folder)
    try:
        held = _held(handle)
    finally:
        if handle is not None:
            os.close(handle)
    aged = time.time() - folder.stat().st_mtime > _LEFT_OVER
    return aged if held is None else held


def _opened(folder: Path) -> int | None:
    """A folder to be held; None on systems that open no folders."""
    try:
        return os.open(folder, os.O_RDONLY)
    except OSError:
        return None


def _held(handle: int | None) -> bool | None:
    """Tries to hold a folder: whether nobody else does. None where the system or the disk knows no such locks."""
    try:
        return None if handle is None else hold(handle)
    except OSError:
        return None


def hold(handle: int) -> bool:
    """Holds an open file until its handle is closed or the process ends, however it ends; False when another does.

    Raises OSError on a disk that knows no locks.
    """
    from filelock import lock_descriptor  # only who writes needs it

    return lock_descriptor(handle, blocking=False)
