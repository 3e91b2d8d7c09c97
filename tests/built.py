"""The samples, each built once in a run, for all tests and for every process that takes part."""

from __future__ import annotations

import os
from pathlib import Path

from filelock import FileLock

from assembler.actions.build import build
from assembler.assembly.unchanged import Built
from assembler.base.settings import Settings
from tests.conftest import REPOSITORY
from tests.office import SHARED, started_anew

SETTINGS = Settings(REPOSITORY / "form_specs", REPOSITORY / "letter_templates")


def build_once(sample: Path) -> Built:
    """The sample as it is shipped, its PDF named like it. What was built is everybody's: who changes it takes a copy.

    Who comes first builds; the others, in whatever process, get what stands there.
    """
    out = Path(os.environ[SHARED]) / "samples" / sample.name
    out.parent.mkdir(exist_ok=True)
    with FileLock(out.with_suffix(".lock")), started_anew():
        return build(sample, out, SETTINGS)
