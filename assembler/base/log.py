"""The log: traces of what went wrong inside, for whoever mends it; nobody else is shown one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from assembler.base.user_folder import user_folder

_NAME = "assembler.log"
_MOST = 1 << 20  # bytes, then it begins anew; the one before is kept


def log_trace(error: BaseException, what: str) -> Path | None:
    """Keeps the trace of an error with what it befell; the file it stands in, None where none can be written."""
    from logging import FileHandler, Formatter, LogRecord  # a run in which nothing goes wrong needs none of it
    from logging.handlers import RotatingFileHandler

    folder = user_folder()
    if folder is None:
        return None
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler: FileHandler = RotatingFileHandler(folder / _NAME, maxBytes=_MOST, backupCount=1, encoding="utf-8")
        handler.setFormatter(Formatter("%(asctime)s %(process)d %(message)s"))
        told = (type(error), error, error.__traceback__)
        try:
            handler.emit(LogRecord("assembler", 0, "", 0, what, None, told))
        finally:
            handler.close()
        return folder / _NAME
    return None
