"""The LibreOffice of builds: one started for a build alone, or one that stays for whoever builds often."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from assembler.base.problems import AssemblerError, ExitCode
from assembler.pdf.libreoffice.processes import Ahead, is_ready, memory, started_ahead

if TYPE_CHECKING:
    from assembler.assembly.engine import Engine

# Gives a build of an engine its LibreOffice, which starts up while the case is read and the documents are written.
OfficeFor = Callable[["Engine"], AbstractContextManager[Ahead | None]]

_MOST_BUILDS = 200
_MOST_MEGABYTES = 600  # five times what it takes when it starts


def started_for_one(engine: Engine) -> AbstractContextManager[Ahead | None]:
    """A LibreOffice that ends with the build."""
    return started_ahead(engine.office, engine.fonts, _work()) if engine.office else nullcontext()


class StandingOffice:
    """A LibreOffice that stays from build to build. It is started when it is first asked for, and anew when it died,
    hangs, has grown, has served long, or when another one or other fonts are wanted; ``close`` ends it.
    """

    def __init__(self) -> None:
        self._started = ExitStack()
        self._standing: tuple[Engine, Ahead] | None = None
        self._builds = 0

    @contextmanager
    def __call__(self, engine: Engine) -> Iterator[Ahead | None]:
        if engine.office is None:
            yield None
            return
        if not self._serves(engine):
            self.close()
            ahead = self._started.enter_context(started_ahead(engine.office, engine.fonts, _work(), stays=True))
            self._standing = engine, ahead
        assert self._standing is not None
        self._builds += 1
        try:
            yield self._standing[1]
        except AssemblerError as error:
            if error.exit_code is ExitCode.ENGINE:
                self.close()  # one that hangs would keep the next build waiting too
            raise

    def _serves(self, engine: Engine) -> bool:
        if self._standing is None or self._builds >= _MOST_BUILDS:
            return False
        known, ahead = self._standing
        alike = (known.office, known.fonts) == (engine.office, engine.fonts)
        return alike and is_ready(ahead) and memory(ahead.process) < _MOST_MEGABYTES

    def close(self) -> None:
        self._started.close()
        self._standing, self._builds = None, 0


def _work() -> Path:
    return Path(tempfile.gettempdir())
