"""Writes one part, such as the sheet of corrections, as a file of its own, in Word or as PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assembler.assembly.engine import choose
from assembler.base.files import temporary_folder, write_whole, writing
from assembler.base.progress import Progress, silent
from assembler.base.settings import Settings
from assembler.base.tongue import PERSIAN, Tongue, printed_in
from assembler.model.packet import Packet, Part
from assembler.records import Cache


def write_part_alone(
    part: Part,
    file: Path,
    settings: Settings,
    *,
    title: str,
    author: str,
    written: Tongue = PERSIAN,
    progress: Progress = silent,
) -> None:
    """Writes a part alone, ``written`` in a tongue; the ending of the file's name says how.

    Raises AssemblerError: the template cannot be filled, the engine failed, the file cannot be written.
    """
    with temporary_folder() as work:
        packet = Packet(file.stem, f"{part.title}: {title}", author, (part,), tongue=written)
        made = _word if file.suffix.lower() == ".docx" else _pdf
        data = made(packet, settings, work, progress).read_bytes()
    with writing(file):
        write_whole(file, data)


def _word(packet: Packet, settings: Settings, work: Path, _progress: Progress) -> Path:
    from assembler.documents.drawings import DrawnAnew
    from assembler.documents.parts import write_part

    part, out = packet.parts[0], work / "sheet.docx"
    template = settings.templates / f"{part.template}.docx"
    with printed_in(packet.tongue):
        drawn = DrawnAnew(work / "drawn")
        write_part(part, template, out, title=packet.title, author=packet.author, pictures={}, drawings=drawn)
    return out


def _pdf(packet: Packet, settings: Settings, work: Path, progress: Progress) -> Path:
    from assembler.assembly.build import finish_packet
    from assembler.assembly.parts import Maker

    engine = choose(settings)
    packet = replace(packet, draft=engine.office is None)
    cache = work / "made"
    cache.mkdir()
    made = Maker(packet, settings.templates, Cache(cache), work, engine, progress).parts()
    finished, _ = finish_packet(packet, made, {}, work, engine, progress)
    return finished.path
