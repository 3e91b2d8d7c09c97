"""The order of the stages, and nothing else: from a case folder to problems, and on to a signed-ready PDF.

What is only needed late is imported late: joining loads while LibreOffice works, and a check loads none of it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from assembler import __version__
from assembler.answers import read_case
from assembler.check import check_answers, check_rules
from assembler.engine import Engine, choose
from assembler.evaluate import evaluate_case
from assembler.making import Made, Maker, pieces
from assembler.model import Attachment, Case, FigureBlock, FilledForm, Library, Packet
from assembler.packet import OFFERED, assemble, findings_part, offered_names
from assembler.pdf.pieces import Finished, Piece
from assembler.places import template_names
from assembler.problems import AssemblerError, ExitCode, Place, Problem, has_errors, problem
from assembler.progress import FINISH, PROVE, READ, Progress, silent
from assembler.records import PartRecord, Receipt, file_hash, read_receipt, write_receipt
from assembler.rerun import Built, inputs, unchanged
from assembler.settings import Settings
from assembler.specs import read_library


@dataclass(frozen=True)
class Reading:
    """A case as read and judged; ``packet`` is there when the case could be read."""

    case: Case
    forms: Mapping[str, FilledForm]
    packet: Packet
    problems: tuple[Problem, ...]


def library(settings: Settings) -> Library:
    """The specifications; raises AssemblerError when any of them is broken."""
    found, problems = read_library(settings.specs, template_names(settings.templates))
    if has_errors(problems):
        raise AssemblerError(problems, ExitCode.SPEC)
    return found


def read(folder: Path, settings: Settings) -> Reading:
    """Reads a case, evaluates and checks it, and plans its packet. Nothing is written.

    Raises AssemblerError when the specs are broken or it cannot be told which report the case belongs to.
    """
    specs = library(settings)
    case, problems = read_case(folder, specs)
    if case is None:
        raise AssemblerError(problems, ExitCode.ANSWERS)
    report = specs.reports[case.report]
    forms, failed = evaluate_case(case, report, specs)
    used = (*report.used_forms, "case")
    packet, broken = assemble(case.name, report, forms)
    evidence = _check_attachments(packet, forms)
    unread = {found.place for found in problems}
    found = (*problems, *failed, *check_answers(forms, used, unread), *check_rules(forms, used), *broken, *evidence)
    return Reading(case, forms, packet, _in_order(found))


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """File by file, line by line; each once."""
    unique = {(found.code, found.place, found.message): found for found in problems}
    return tuple(sorted(unique.values(), key=lambda found: (found.place.file or "", found.place.line or 0, found.code)))


def _check_attachments(packet: Packet, forms: Mapping[str, FilledForm]) -> Sequence[Problem]:
    """Opens every attachment that becomes pages or a picture; problems name the answer that names the file."""
    shown = {file.path for part in packet.parts for file in part.files}
    shown |= {
        block.image for part in packet.parts for block in part.blocks if isinstance(block, FigureBlock) and block.image
    }
    found: list[Problem] = []
    if shown:
        from assembler.pdf.evidence import prepare
        from assembler.pdf.fonts import find_fonts

        fonts = find_fonts()
        with tempfile.TemporaryDirectory() as work:
            for attachment, place in _attachments(forms):
                if attachment.path in shown:
                    problems = prepare([attachment], Path(work), fonts=fonts).problems
                    found.extend(replace(each, place=place) for each in problems)
    return found


def _attachments(forms: Mapping[str, FilledForm]) -> Iterator[tuple[Attachment, Place]]:
    for form in forms.values():
        for item in form.items.values():
            if isinstance(item.value, Attachment):
                yield item.value, item.place


# ---------------------------------------------------------------- building


def build(folder: Path, out: Path, settings: Settings, progress: Progress = silent) -> Built:
    """Makes ``out/<case>.pdf``, ``out/parts/*.docx`` and ``out/receipt.json``; makes nothing when nothing changed.

    Raises AssemblerError: the case has errors and no draft was asked for; a template cannot be filled; the engine
    failed; the result cannot be written or does not stand the proof. What stood in ``out`` before stays then.
    """
    progress(READ, 0, 1)
    engine = choose(settings)
    if (already := unchanged(folder, out, settings, engine)) is not None:
        return already
    earlier = read_receipt(out / "receipt.json")
    reading = read(folder, settings)
    if has_errors(reading.problems) and not settings.draft:
        raise AssemblerError(reading.problems, ExitCode.ANSWERS)
    is_draft = settings.draft or engine.office is None
    packet = _as_draft(reading) if settings.draft else replace(reading.packet, draft=is_draft)
    problems = (*reading.problems, *([problem("engine-draft")] if engine.office is None else []))
    with _workshop(out) as work:
        maker = Maker(packet, settings.templates, _cache(out), work, engine, progress)
        made = maker.parts()
        progress(FINISH, 0, 1)
        finished, proof = _finish(packet, made, work, engine, progress)
        receipt = _receipt(reading, packet, made, finished, engine, inputs(folder, settings, engine), problems)
        put_aside = _publish(receipt, earlier, made, finished, out)
    _forget_old(out / ".assembler", made)
    return Built(receipt, out / receipt.pdf, tuple(sorted(maker.made_now)), put_aside, (*problems, *proof))


def _as_draft(reading: Reading) -> Packet:
    parts = (findings_part(reading.problems, reading.forms), *reading.packet.parts)
    return replace(reading.packet, parts=parts, draft=True)


def _cache(out: Path) -> Path:
    cache = out / ".assembler"
    cache.mkdir(parents=True, exist_ok=True)
    return cache


@contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """A work folder beside the output, gone afterwards; a disk that is full or closed becomes a clear error."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out, prefix=".work-", ignore_cleanup_errors=True) as work:
            yield Path(work)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AssemblerError(
            [problem("output-unwritable", name=str(error.filename or out), reason=reason)], ExitCode.OUTPUT
        ) from error


def _finish(
    packet: Packet, made: Mapping[str, Made], work: Path, engine: Engine, progress: Progress
) -> tuple[Finished, tuple[Problem, ...]]:
    """Joins the pieces and proves the result; a result that does not stand the proof is not published."""
    from assembler.pdf.finish import finish
    from assembler.pdf.verify import expect, verify

    evidence = _evidence(packet, work, engine)
    joined = pieces(packet, made, evidence)
    out = work / f"{packet.name}.pdf"
    finished = finish(joined, out, title=packet.title, author=packet.author, fonts=engine.fonts, draft=packet.draft)
    progress(PROVE, 0, 1)
    expected = expect(joined, title=packet.title, fonts=engine.fonts, draft=packet.draft)
    proof = verify(out, expected)
    if has_errors(proof):
        raise AssemblerError(proof, ExitCode.OUTPUT)
    return finished, proof


def _evidence(packet: Packet, work: Path, engine: Engine) -> Mapping[str, Sequence[Piece]]:
    from assembler.pdf.evidence import prepare

    found: dict[str, Sequence[Piece]] = {}
    for part in packet.parts:
        if part.kind == "evidence":
            prepared = prepare(part.files, work / part.name, fonts=engine.fonts)
            if prepared.problems:
                raise AssemblerError(prepared.problems, ExitCode.ANSWERS)
            found[part.name] = [replace(piece, name=f"{part.name}-{piece.name}") for piece in prepared.pieces]
    return found


# ---------------------------------------------------------------- what is left


def _receipt(
    reading: Reading,
    packet: Packet,
    made: Mapping[str, Made],
    finished: Finished,
    engine: Engine,
    made_of: str,
    problems: Sequence[Problem],
) -> Receipt:
    return Receipt(
        case=packet.name,
        report=reading.case.report,
        title=packet.title,
        draft=packet.draft,
        assembler=__version__,
        engine={"name": engine.name, "version": engine.version},
        fonts={face.family: face.used for face in engine.fonts.faces} | {"sha256": engine.fonts.fingerprint},
        inputs=made_of,
        pdf=f"{packet.name}.pdf",
        sha256=finished.sha256,
        pages=finished.pages,
        parts=tuple(_records(packet, made, finished)),
        problems=tuple(found.as_json() for found in problems),
    )


def _records(packet: Packet, made: Mapping[str, Made], finished: Finished) -> Iterator[PartRecord]:
    ranges = {found.name: found for found in finished.ranges}
    shown_in = _shown_in(packet)
    for part in packet.parts:
        if part.kind == "evidence":
            yield from (
                PartRecord(
                    name, found.title, "evidence", "", "", found.pages, found.first + 1, found.first + found.pages
                )
                for name, found in ranges.items()
                if name.startswith(f"{part.name}-evidence-")
            )
            continue
        one, found_range = made[part.name], ranges.get(part.name)
        first = found_range.first + 1 if found_range else 0
        last = first + found_range.pages - 1 if found_range else 0
        yield PartRecord(
            part.name, part.title, part.kind, f"parts/{part.name}.docx", file_hash(one.docx), one.pages, first, last,
            shown_in.get(part.name, ""), one.key, one.pdf_key,
        )  # fmt: skip


def _shown_in(packet: Packet) -> Mapping[str, str]:
    return {getattr(block, "part", ""): part.name for part in packet.parts for block in part.blocks}


def _publish(
    receipt: Receipt, earlier: Receipt | None, made: Mapping[str, Made], finished: Finished, out: Path
) -> tuple[Path, ...]:
    """Puts the results in place, each by an atomic rename, the receipt last; edited documents are put aside first."""
    parts = out / "parts"
    parts.mkdir(exist_ok=True)
    put_aside = []
    for record in receipt.parts:
        if not record.docx:
            continue
        target = out / record.docx
        before = earlier.part(record.name) if earlier else None
        present = file_hash(target)
        if present == record.sha256:
            continue
        if present and before and present != before.sha256:
            put_aside.append(_put_aside(target))
        copy = finished.path.parent / target.name
        shutil.copyfile(made[record.name].docx, copy)
        os.replace(copy, target)
    os.replace(finished.path, out / receipt.pdf)
    write_receipt(receipt, out / "receipt.json")
    return tuple(put_aside)


def _put_aside(document: Path) -> Path:
    """Keeps a document a person edited, under a name that says so."""
    number = 1
    while (kept := document.with_name(f"{document.stem} (edited {number}).docx")).exists():
        number += 1
    os.replace(document, kept)
    return kept


def _forget_old(cache: Path, made: Mapping[str, Made]) -> None:
    """Takes what no part of this build uses out of the cache."""
    kept = {name for one in made.values() for name in (one.docx.name, one.pdf.name, f"{one.pdf_key}.docx")}
    for path in cache.iterdir():
        if path.name not in kept:
            path.unlink(missing_ok=True)


# ---------------------------------------------------------------- templates


def check_templates(settings: Settings, files: Sequence[Path] = ()) -> tuple[Problem, ...]:
    """Whether templates agree with what the reports offer them; all of the folder when no files are named.

    A template several parts use may use only the names that all of them offer.
    """
    from assembler.documents import check_template

    specs = library(settings)
    offered: dict[str, frozenset[str]] = {"problems": frozenset((*OFFERED["problems"], "body"))}
    with_body = {"problems"}
    for report in specs.reports.values():
        for part in report.parts:
            if part.kind == "evidence":
                continue
            names = offered_names(part, report, specs.forms)
            offered[part.template] = offered.get(part.template, names) & names
            if part.content or part.form:
                with_body.add(part.template)
    paths = files or [settings.templates / f"{name}.docx" for name in template_names(settings.templates)]
    found: list[Problem] = []
    for path in paths:
        names = offered.get(
            path.stem, frozenset(name for kind in OFFERED.values() for name in kind) | {"body", "signature"}
        )
        found.extend(check_template(path, names, needs_body=path.stem in with_body))
    return tuple(found)
