"""A part of the program as a process of its own, for libraries that crash, or take time or memory without end, over
what others made: what ends it is that file's problem.
"""

from __future__ import annotations

import os
import subprocess
import sys

_MEMORY = 2 << 30  # bytes


def run_apart(module: str, *arguments: str, given: bytes = b"", seconds: float) -> bytes | None:
    """What the module, run by itself, writes; None where it ends otherwise than well. Raises
    subprocess.TimeoutExpired.
    """
    command = [sys.executable, "-m", module, *arguments]
    # What this process finds its program by, which need not be installed.
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, input=given, capture_output=True, timeout=seconds, check=False, env=here)
    return done.stdout if done.returncode == 0 else None


def bounded() -> None:
    """Takes from this process what it would need for a bomb; Windows has the time only."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
