"""What a case says of its Word files: its family of templates, a folder within that of the templates or among those
delivered; and whether they carry their fonts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.base.settings import Settings, families, family
from assembler.model.folders import CaseFolder

_CHOSEN = re.compile(rb"^templates: *[\"']?([^\s\"'#]+)", re.MULTILINE)
_EMBEDS = re.compile(rb"^embed_fonts: *[\"']?([^\s\"'#]+)", re.MULTILINE)
_YES, _NO = ("yes", "true", "on", "بله", "بلی"), ("no", "false", "off", "خیر")


def settings_of(folder: Path, settings: Settings) -> Settings:
    """The settings with what a case says of its Word files: which templates, and whether they carry their fonts.

    Raises AssemblerError at the word in ``case.yaml``: ``templates-unknown`` when there are none of that name,
    ``word-not-yes-or-no``.
    """
    file = CaseFolder(folder).case_file
    try:
        data = file.read_bytes()
    except OSError:
        return settings  # the reader tells
    embeds = _embeds(file, data, settings.embed_fonts)
    return replace(settings, templates=_templates(file, data, settings.templates), embed_fonts=embeds)


def _templates(file: Path, data: bytes, standing: Path) -> Path:
    chosen = _CHOSEN.search(data)
    name = chosen.group(1).decode(errors="replace") if chosen else ""
    if chosen is None or standing.name == name:
        return standing
    found = family(standing, name)
    if found is None:
        known = "، ".join(families(standing)) or "—"
        place = _place(file, data, chosen)
        raise AssemblerError([problem("templates-unknown", place, name=name, known=known)], ExitCode.ANSWERS)
    return found


def _embeds(file: Path, data: bytes, standing: bool) -> bool:
    told = _EMBEDS.search(data)
    if told is None:
        return standing
    word = told.group(1).decode(errors="replace").casefold()
    if word not in (*_YES, *_NO):
        place = _place(file, data, told)
        raise AssemblerError([problem("word-not-yes-or-no", place, name="embed_fonts", value=word)], ExitCode.ANSWERS)
    return word in _YES


def _place(file: Path, data: bytes, found: re.Match[bytes]) -> Place:
    return Place(file=str(file), line=data.count(b"\n", 0, found.start()) + 1)
