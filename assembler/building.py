"""From a case folder to its packet: the documents of every part, their pages, one PDF, proved and put in place.

What is only needed late is imported late: joining loads while LibreOffice works.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assembler.engine import Engine, choose
from assembler.model import FilledForm, Packet
from assembler.packet import findings_part
from assembler.pdf.libreoffice import Ahead, started_ahead
from assembler.pdf.pieces import Finished, Piece
from assembler.pipeline import Reading, read
from assembler.printable import attachments_of
from assembler.problems import AssemblerError, ExitCode, Problem, has_errors, problem
from assembler.progress import FINISH, PROVE, READ, Progress, silent
from assembler.publishing import make_receipt, publish
from assembler.records import Cache, read_receipt
from assembler.rerun import Built, inputs, unchanged
from assembler.settings import Settings

if TYPE_CHECKING:
    from assembler.making import Made

_LEFT_OVER = 24 * 3600.0  # seconds after which a work folder can only be left over


def build(folder: Path, out: Path, settings: Settings, progress: Progress = silent) -> Built:
    """Makes ``out/<case>.pdf``, ``out/parts/*.docx`` and ``out/receipt.json``; makes nothing when nothing changed.

    Raises AssemblerError: the case has errors and no draft was asked for; a template cannot be filled; the engine
    failed; the result cannot be written or does not stand the proof. What stood in ``out`` before stays then.
    """
    progress(READ, 0, 1)
    engine = choose(settings)
    if (already := unchanged(folder, out, settings, engine)) is not None:
        return already
    with _office_ahead(engine) as ahead:
        return _build(folder, out, settings, engine, ahead, progress)


def _office_ahead(engine: Engine) -> AbstractContextManager[Ahead | None]:
    """LibreOffice starting up while the case is read and the documents are written."""
    work = Path(tempfile.gettempdir())
    return started_ahead(engine.office, engine.fonts, work) if engine.office else nullcontext()


def _build(
    folder: Path, out: Path, settings: Settings, engine: Engine, ahead: Ahead | None, progress: Progress
) -> Built:
    from assembler.making import Maker, item_pages

    earlier = read_receipt(out / "receipt.json")
    reading = read(folder, settings)
    if has_errors(reading.problems) and not settings.draft:
        raise AssemblerError(reading.problems, ExitCode.ANSWERS)
    is_draft = settings.draft or engine.office is None
    known = earlier.item_pages if earlier else {}
    packet = _as_draft(reading, known) if settings.draft else replace(reading.packet, draft=is_draft)
    problems = (*reading.problems, *_of_engine(engine, settings))
    with _workshop(out) as work:
        maker = Maker(packet, settings.templates, _cache(out), work, engine, progress, ahead)
        made = maker.parts()
        if settings.draft and (again := _as_draft(reading, item_pages(made))) != packet:
            # The sheet of problems names pages but bears no number: writing it anew moves no other part.
            packet = maker.packet = again
            made = maker.parts()
        progress(FINISH, 0, 1)
        evidence = evidence_pieces(packet, reading.forms, work, engine)
        finished, proof = finish_packet(packet, made, evidence, work, engine, progress)
        receipt = make_receipt(reading, packet, made, finished, engine, inputs(folder, settings, engine), problems)
        put_aside = publish(receipt, earlier, made, finished, out)
    _cache(out).keep_only(
        {name for one in made.values() for name in (one.docx.name, one.pdf.name, f"{one.pdf_key}.docx")}
    )
    return Built(receipt, out / receipt.pdf, tuple(sorted(maker.made_now)), put_aside, (*problems, *proof))


def _of_engine(engine: Engine, settings: Settings) -> Sequence[Problem]:
    """What must be said of the draft engine's pages: that it was asked for, or why it had to do."""
    if engine.office is not None:
        return ()
    return (problem("engine-draft-asked" if settings.engine == "draft" else "engine-draft"),)


def _as_draft(reading: Reading, pages: Mapping[str, int]) -> Packet:
    """The packet behind the sheet of problems, which tells the printed pages of their tables."""
    parts = (findings_part(reading.problems, reading.forms, reading.accepted, pages), *reading.packet.parts)
    return replace(reading.packet, parts=parts, draft=True)


def _cache(out: Path) -> Cache:
    folder = out / ".assembler"
    folder.mkdir(parents=True, exist_ok=True)
    return Cache(folder)


@contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """A work folder beside the output, gone afterwards; a disk that is full or closed becomes a clear error."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(out)
        with tempfile.TemporaryDirectory(dir=out, prefix=".work-", ignore_cleanup_errors=True) as work:
            yield Path(work)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AssemblerError(
            [problem("output-unwritable", name=str(error.filename or out), reason=reason)], ExitCode.OUTPUT
        ) from error


def _clear_leftovers(out: Path) -> None:
    """Work folders of runs that were killed; one that is still at work is younger."""
    for folder in out.glob(".work-*"):
        if time.time() - folder.stat().st_mtime > _LEFT_OVER:
            shutil.rmtree(folder, ignore_errors=True)


def finish_packet(
    packet: Packet,
    made: Mapping[str, Made],
    evidence: Mapping[str, Sequence[Piece]],
    work: Path,
    engine: Engine,
    progress: Progress,
) -> tuple[Finished, tuple[Problem, ...]]:
    """Joins the pieces and proves the result; a result that does not stand the proof is not published."""
    from assembler.making import pieces
    from assembler.pdf.finish import finish
    from assembler.pdf.verify import expect, verify

    joined = pieces(packet, made, evidence)
    out = work / f"{packet.name}.pdf"
    finished = finish(joined, out, title=packet.title, author=packet.author, fonts=engine.fonts, draft=packet.draft)
    progress(PROVE, 0, 1)
    expected = expect(joined, title=packet.title, fonts=engine.fonts, draft=packet.draft)
    proof = verify(out, expected)
    if has_errors(proof):
        raise AssemblerError(proof, ExitCode.OUTPUT)
    return finished, proof


def evidence_pieces(
    packet: Packet, forms: Mapping[str, FilledForm], work: Path, engine: Engine
) -> Mapping[str, Sequence[Piece]]:
    """The pages of the evidence. A file that opens and still cannot be drawn is told at the answer that names it."""
    from assembler.pdf.evidence import prepare

    found: dict[str, Sequence[Piece]] = {}
    for part in packet.parts:
        if part.kind == "evidence":
            prepared = prepare(part.files, work / part.name, fonts=engine.fonts)
            if prepared.problems:
                places = {file.name: place for file, place in attachments_of(forms)}
                told = [replace(each, place=places.get(str(each.place.file), each.place)) for each in prepared.problems]
                raise AssemblerError(told, ExitCode.ANSWERS)
            found[part.name] = [replace(piece, name=f"{part.name}-{piece.name}") for piece in prepared.pieces]
    return found
