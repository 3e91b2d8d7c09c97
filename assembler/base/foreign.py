"""The boundary for what others made. Libraries raise whatever they meet in a damaged or hostile file; here it becomes
that file's problem, in a sentence, and the trace goes into the log.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

from assembler.base.log import log_trace
from assembler.base.messages import Wording, wording
from assembler.base.problems import AssemblerError

# A file as one of today's Word or Excel, for as long as a block; of all other files the file itself.
Turned = Callable[[Path], AbstractContextManager[Path]]
T = TypeVar("T")
Other = TypeVar("Other")


class UnreadableError(Exception):
    """A foreign file that cannot be read, with why, in words."""

    def __init__(self, reason: Wording | str) -> None:
        super().__init__(reason)
        self.reason = reason


@contextmanager
def foreign(file: Path | str, *passing: type[Exception], told: Wording | None = None) -> Iterator[None]:
    """Reads a foreign file inside. Raises UnreadableError for whatever is raised there but AssemblerError, those that
    ``passing`` names, and the disk's own OSError; ``told`` says what is wrong where nobody can say more. What the
    library said, in the words of programmers, stands in the log.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, (AssemblerError, UnreadableError, *passing)) or is_of_disk(error):
            raise
        log_trace(error, str(file))
        raise UnreadableError(_said(error) or told or wording("it is damaged")) from error


def attempt(read: Callable[[], T], file: Path | str, otherwise: Other) -> T | Other:
    """What is read of a foreign file, or something else where it cannot be read, whosever fault that is."""
    try:
        with foreign(file):
            return read()
    except (UnreadableError, OSError):
        return otherwise


def is_of_disk(error: Exception) -> bool:
    """Whether an error is the disk's, not that of what stands on it: only content asks for a place no file has."""
    return isinstance(error, OSError) and error.errno not in (None, errno.EINVAL)


def _said(error: Exception) -> Wording | None:
    if isinstance(error, MemoryError):
        return wording("it is larger than the memory")
    return wording("it is nested too deeply") if isinstance(error, RecursionError) else None
