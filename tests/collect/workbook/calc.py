"""LibreOffice Calc as another program that opens, calculates and saves a workbook."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.office import SHARED


def saved_by_calc(folder: Path, *paths: Path) -> list[Path]:
    """Workbooks as Calc saves them, everything calculated anew; skips the test where Calc is not installed."""
    engine = shutil.which("soffice")
    if engine is None:
        pytest.skip("no LibreOffice")
    saved = folder / "saved"
    own = Path(os.environ[SHARED]) / f"calc-{os.getpid()}"  # each process has a profile: making one takes seconds
    profile = f"-env:UserInstallation={own.as_uri()}"
    command = [engine, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(saved), *map(str, paths)]
    subprocess.run(command, check=False, capture_output=True, timeout=240)
    found = [saved / path.name for path in paths]
    if not all(path.is_file() for path in found):
        pytest.skip("LibreOffice without Calc")
    return found
