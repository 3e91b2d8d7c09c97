"""Which family of templates a case chooses: a folder within that of the templates, or among those delivered."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.base.settings import Settings, families, family
from assembler.model.folders import CaseFolder

_CHOSEN = re.compile(rb"^templates: *[\"']?([^\s\"'#]+)", re.MULTILINE)


def settings_of(folder: Path, settings: Settings) -> Settings:
    """The settings with the templates a case chooses.

    Raises AssemblerError (``templates-unknown``) at the word in ``case.yaml`` when there are none of that name.
    """
    file = CaseFolder(folder).case_file
    try:
        data = file.read_bytes()
    except OSError:
        return settings  # the reader tells
    chosen = _CHOSEN.search(data)
    name = chosen.group(1).decode(errors="replace") if chosen else ""
    if chosen is None or settings.templates.name == name:
        return settings
    found = family(settings.templates, name)
    if found is None:
        place = Place(file=str(file), line=data.count(b"\n", 0, chosen.start()) + 1)
        known = "، ".join(families(settings.templates)) or "—"
        raise AssemblerError([problem("templates-unknown", place, name=name, known=known)], ExitCode.ANSWERS)
    return replace(settings, templates=found)
