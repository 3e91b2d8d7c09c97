"""One LibreOffice for all that a process of tests converts: to start one takes longer than most of what it is given.

The samples are built without it (``tests.built``), as everyone builds them; so is what runs in a process of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from unittest.mock import patch

import assembler.assembly.build as builder
from assembler.assembly.engine import Engine
from assembler.pdf.fonts import FontSet, find_fonts
from assembler.pdf.libreoffice.installation import LibreOffice, probe
from assembler.pdf.libreoffice.processes import Ahead, started_ahead

# The folder of what is made once in a run, told to all processes that take part; see conftest.py.
SHARED = "TESTS_SHARED"
_anew = builder.started_for_one
_started, _lock = ExitStack(), Lock()
_standing: list[Ahead] = []


def standing() -> Ahead | None:
    """The LibreOffice of this process, started when it is first asked for; None where there is none."""
    office, fonts = _installed()
    if office is None:
        return None
    with _lock:
        if not (_standing and _standing[-1].process.poll() is None):
            work = Path(os.environ[SHARED]) / "office"
            _standing.append(_started.enter_context(started_ahead(office, fonts, work, stays=True)))
    return _standing[-1]


@contextmanager
def for_all() -> Iterator[None]:
    """Within the block builds convert in the one that stands; it ends with the block."""
    with _started, patch.object(builder, "started_for_one", _ahead):
        yield


@contextmanager
def started_anew() -> Iterator[None]:
    """Within the block each build starts LibreOffice for itself, as it does for everyone."""
    with patch.object(builder, "started_for_one", _anew):
        yield


@contextmanager
def _ahead(engine: Engine) -> Iterator[Ahead | None]:
    """Another LibreOffice or other fonts want one of their own."""
    if (engine.office, engine.fonts) == _installed():
        yield standing()
        return
    with _anew(engine) as started:
        yield started


@cache
def _installed() -> tuple[LibreOffice | None, FontSet]:
    return probe(), find_fonts()
