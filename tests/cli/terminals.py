"""The program in a pseudo terminal, as a person sits at it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\r|\x07")
_SPENT = 60.0  # seconds after which a screen is not going to come


class Terminal:
    """A run of the program; ``seen`` is all it has printed."""

    def __init__(self, arguments: list[str], environment: Mapping[str, str] | None = None, columns: int = 100) -> None:
        told = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "ASSEMBLER_BIDI": "off"}
        told.pop("NO_COLOR", None)
        try:
            self.pid, self.handle = pty.fork()
        except OSError as error:  # a container without /dev/pts
            pytest.skip(f"no pseudo terminals here: {error}")
        if self.pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests started in the background ignore it
            command = [sys.executable, "-m", "assembler", *arguments]
            os.execve(sys.executable, command, {**told, **(environment or {})})  # noqa: S606
        self.resize(columns)
        self.raw, self.code = b"", None
        self._read = 0

    @property
    def seen(self) -> str:
        return _ESCAPES.sub("", self.raw.decode("utf-8", "replace"))

    def resize(self, columns: int) -> None:
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))

    def until(self, text: str) -> str:
        """What is printed up to a text that was not printed before; fails when it does not come."""
        deadline = time.monotonic() + _SPENT
        while text not in self.seen[self._read :]:
            assert time.monotonic() < deadline, self.seen[self._read :]
            assert self._more() or text in self.seen[self._read :], self.seen[self._read :]
        found = self.seen[self._read :]
        self._read += found.index(text) + len(text)
        return found

    def _more(self) -> bool:
        ready, _, _ = select.select([self.handle], [], [], 0.2)
        if not ready:
            return True
        try:
            data = os.read(self.handle, 65536)
        except OSError:  # the program has ended
            return False
        self.raw += data
        return bool(data)

    def type(self, text: str | bytes) -> None:
        """Types without a line end; beside the reading, as a terminal takes only so much at once."""
        data = text.encode() if isinstance(text, str) else text
        threading.Thread(target=self._write, args=(data,), daemon=True).start()

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self.handle, data[:1000]) :]

    def answer(self, text: str, following: str = "> ") -> str:
        """Types a line and waits for what follows."""
        self.until_quiet()
        self.type(text + "\r")
        return self.until(following)

    def until_quiet(self) -> None:
        while select.select([self.handle], [], [], 0.1)[0] and self._more():
            pass
        self._read = len(self.seen)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        self.end()

    def end(self) -> int:
        """The exit code, once the program has printed all and ended."""
        deadline = time.monotonic() + _SPENT
        while self._more():
            assert time.monotonic() < deadline, self.seen
        _, status = os.waitpid(self.pid, 0)
        os.close(self.handle)
        return os.waitstatus_to_exitcode(status)


def answers(case: Path, name: str = "visit") -> str:
    return (case / "answers" / f"{name}.yaml").read_text(encoding="utf-8")
