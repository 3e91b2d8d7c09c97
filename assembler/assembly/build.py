"""From a case folder to its packet: the documents of every part, their pages, one PDF, proved and put in place.

What is only needed late is imported late: joining loads while LibreOffice works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assembler.assembly.brought import Printer
from assembler.assembly.drawn import KeptPages, KeptStrips, RememberedStrips, shown_in
from assembler.assembly.engine import WORK, Engine, choose, clear_killed
from assembler.assembly.evidence import Evidence, pages_of
from assembler.assembly.office import OfficeFor, started_for_one
from assembler.assembly.publish import make_receipt, publish
from assembler.assembly.sliced import slices_of
from assembler.assembly.unchanged import Built, CaseHasErrors, inputs, issue_fingerprint, unchanged
from assembler.base.catalogue.entries import Severity
from assembler.base.files import work_folder, writing
from assembler.base.problems import AssemblerError, ExitCode, Problem, has_errors, problem
from assembler.base.progress import FINISH, PROVE, READ, Progress, silent
from assembler.base.settings import Settings
from assembler.base.tongue import printed_in
from assembler.base.unreadable import unreadable
from assembler.model.folders import PARTS, OutputFolder
from assembler.model.judged import Judged
from assembler.model.packet import Packet
from assembler.packet import findings_part
from assembler.packet.amendment import revised
from assembler.pdf.libreoffice.processes import Ahead
from assembler.pdf.pieces import Attached, Finished, Piece
from assembler.records import Cache, PartRecord, file_hash, read_receipt
from assembler.records.bundle import CASE_FILE, BundleError, IssuedLetter, Manifest, case_files, pack, within
from assembler.records.revisions import PAGES, Revision, latest

if TYPE_CHECKING:
    from assembler.assembly.parts import Made


Inside = Callable[[int], bytes]
Read = Callable[[Path, Settings], Judged]
Strips = KeptStrips | RememberedStrips


@dataclass(frozen=True)
class Issue:
    """What makes a build the one that is issued: its revision and letters, the hash of the record before, and what an
    amended issue adds to the packet. A build that is not final only finds out the pages, and is made again; one that
    is made as it was carries as many of the cases before it.
    """

    revision: int
    letters: tuple[IssuedLetter, ...]
    previous: str
    amend: Callable[[Packet], Packet] = lambda packet: packet
    is_final: bool = True
    carries: int | None = None

    @property
    def fingerprint(self) -> str:
        told = issue_fingerprint(self.revision, self.letters, self.previous)
        return told if self.is_final else f"not final: {told}"


def build(
    folder: Path,
    out: Path,
    settings: Settings,
    read: Read,
    progress: Progress = silent,
    issue: Issue | None = None,
    office: OfficeFor | None = None,
) -> Built:
    """Makes ``out/<case>.pdf``, ``out/parts/*.docx`` and ``out/receipt.json``; makes nothing when nothing changed.

    ``read`` judges the case while LibreOffice starts, one of its own unless an ``office`` gives one. The PDF carries
    the answers inside unless it is a draft; of an ``issue`` also which revision it is. Raises AssemblerError: the case
    has errors and no draft was asked for; a template cannot be filled; the engine failed; the result cannot be written
    or does not stand the proof. What stood in ``out`` before stays then.
    """
    progress(READ, 0, 1)
    clear_killed(out)
    engine = choose(settings)
    if (already := unchanged(folder, out, settings, engine, issue.fingerprint if issue else "")) is not None:
        return already
    with (office or started_for_one)(engine) as ahead:
        return _build(folder, out, settings, read, engine, ahead, progress, issue)


def _refused_with(problems: Sequence[Problem]) -> ExitCode:
    """Answers are to be mended first; where they are sound it is the templates or their fonts."""
    errors = {found.code for found in problems if found.severity is Severity.ERROR}
    if all(code.startswith("template-") for code in errors):
        return ExitCode.TEMPLATE
    return ExitCode.ENGINE if errors <= {"font-absent", "font-not-persian"} else ExitCode.ANSWERS


def _build(
    folder: Path,
    out: Path,
    settings: Settings,
    read: Read,
    engine: Engine,
    ahead: Ahead | None,
    progress: Progress,
    issue: Issue | None,
) -> Built:
    from assembler.assembly.parts import Maker, item_pages

    earlier = read_receipt(OutputFolder(out).receipt)
    reading = read(folder, settings)
    if has_errors(reading.problems) and not settings.draft:
        raise CaseHasErrors(reading.problems, _refused_with(reading.problems))
    is_draft = settings.draft or engine.office is None
    known = earlier.item_pages if earlier else {}
    packet = _as_draft(reading, known) if settings.draft else replace(reading.packet, draft=is_draft)
    packet = revised(issue.amend(packet), issue.revision) if issue else packet
    problems = (*reading.problems, *_of_engine(engine, settings))
    with _workshop(out) as work:
        issued = {} if is_draft else _issued_pages(folder, _cache(out))
        printer = Printer(engine, work, _cache(out))
        strips = KeptStrips(_cache(out), work)
        pages = KeptPages(_cache(out), (engine.version, engine.fonts.fingerprint, packet.tongue))
        maker = Maker(packet, settings.templates, _cache(out), work, engine, progress, ahead, issued=issued)
        with Evidence(packet, reading.forms, work, engine, printer, pages) as beside:
            maker.behind, maker.beside = beside.pages(), beside.begin
            made = maker.parts()
            evidence = beside.pieces()
        if (found := pages_of(evidence)) != maker.behind:
            maker.behind = found
            made = maker.parts()
        if settings.draft and (again := _as_draft(reading, item_pages(made))) != packet:
            # The sheet of problems names pages but bears no number: writing it anew moves no other part.
            packet = maker.packet = again
            made = maker.parts()
        progress(FINISH, 0, 1)
        inside = None if is_draft else _inside(folder, reading, made, issue)
        finished, proof = finish_packet(packet, made, evidence, work, engine, progress, inside, strips)
        made_of = inputs(folder, settings, engine, issue.fingerprint if issue else "")
        receipt = make_receipt(reading, packet, made, finished, engine, made_of, problems)
        put_aside = publish(receipt, earlier, made, finished, out, _cache(out).hashes())
    of_parts = {name for one in made.values() for name in (one.docx.name, one.pdf.name, f"{one.pdf_key}.docx")}
    shown = shown_in([one.pdf_key for one in made.values()], _cache(out))
    sliced = slices_of([one.part.name for one in made.values()], _cache(out))
    _cache(out).keep_only({*printer.used, *pages.used, *strips.used, *of_parts, *shown, *sliced})
    return Built(receipt, out / receipt.pdf, tuple(sorted(maker.made_now)), put_aside, (*problems, *proof))


def _of_engine(engine: Engine, settings: Settings) -> Sequence[Problem]:
    """What must be said of the draft engine's pages: that it was asked for, or why it had to do."""
    if engine.office is not None:
        return ()
    return (problem("engine-draft-asked" if settings.engine == "draft" else "engine-draft"),)


def _as_draft(reading: Judged, pages: Mapping[str, int]) -> Packet:
    """The packet behind the sheet of problems and remarks, which tells the printed pages of their tables."""
    told = (*reading.problems, *reading.remarks)
    parts = (findings_part(told, reading.forms, reading.accepted, pages), *reading.packet.parts)
    return replace(reading.packet, parts=parts, draft=True)


def _issued_pages(folder: Path, cache: Cache) -> Mapping[str, str]:
    """Puts the parts of the newest revision into the cache, and says under which keys, by what the parts contain.

    A revision that cannot be read gives none: `issue` and `verify` speak of it.
    """
    try:
        revision = latest(folder)
    except AssemblerError:
        return {}
    receipt = revision.receipt if revision else None
    if revision is None or receipt is None:
        return {}
    return {part.content: part.pdf_key for part in receipt.parts if part.docx and _take(revision, part, cache)}


def _take(revision: Revision, part: PartRecord, cache: Cache) -> bool:
    """Takes over the pages and documents of an issued part; whether all of them are as they were issued."""
    files = {
        f"{PAGES}/{part.pdf_key}.pdf": f"{part.pdf_key}.pdf",
        f"{PAGES}/{part.pdf_key}.docx": f"{part.pdf_key}.docx",
        part.docx: f"{part.key}.editable.docx",
    }
    told = ((revision.folder / name, own, revision.files.get(name, "?")) for name, own in files.items())
    return all(cache.take(path, own, sha256) for path, own, sha256 in told)


def _inside(folder: Path, reading: Judged, made: Mapping[str, Made], issue: Issue | None) -> Inside:
    """Tells what the PDF carries inside once its pages are counted."""
    try:
        found = case_files(folder)
        found = found if issue is None or issue.carries is None else within(found, issue.carries)
        files = {name: path.read_bytes() for name, path in found.items()}
    except OSError as error:
        raise AssemblerError([unreadable(Path(error.filename or folder), error)], ExitCode.ANSWERS) from error
    parts = {f"{PARTS}/{name}.docx": file_hash(one.docx) for name, one in made.items()}
    manifest = Manifest(reading.case.name, reading.case.report, 0, parts)
    if issue:
        manifest = replace(manifest, revision=issue.revision, letters=issue.letters, previous=issue.previous)

    def inside(pages: int) -> bytes:
        try:
            return pack(replace(manifest, pages=pages), files)
        except BundleError as error:
            raise AssemblerError([problem("answers-unpackable", reason=error)], ExitCode.OUTPUT) from error

    return inside


def _cache(out: Path) -> Cache:
    folder = OutputFolder(out).kept
    folder.mkdir(parents=True, exist_ok=True)
    return Cache(folder)


@contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """A work folder beside the output, gone afterwards; a disk that is full or closed becomes a clear error."""
    with writing(out, within=True):
        out.mkdir(parents=True, exist_ok=True)
        with work_folder(out, WORK) as work:
            yield work


def finish_packet(
    packet: Packet,
    made: Mapping[str, Made],
    evidence: Mapping[str, Sequence[Piece]],
    work: Path,
    engine: Engine,
    progress: Progress,
    inside: Inside | None = None,
    strips: Strips | None = None,
) -> tuple[Finished, tuple[Problem, ...]]:
    """Joins the pieces and proves the result; a result that does not stand the proof is not published.

    ``inside`` gives the answers the PDF carries, told the number of its pages. ``strips`` keeps what is drawn over
    them.
    """
    with printed_in(packet.tongue):
        return _finished(packet, made, evidence, work, engine, progress, inside, strips)


def _finished(
    packet: Packet,
    made: Mapping[str, Made],
    evidence: Mapping[str, Sequence[Piece]],
    work: Path,
    engine: Engine,
    progress: Progress,
    inside: Inside | None,
    strips: Strips | None,
) -> tuple[Finished, tuple[Problem, ...]]:
    from assembler.assembly.joining import pieces
    from assembler.pdf.finish import finish
    from assembler.pdf.overlay import anew
    from assembler.pdf.verify import expect, verify

    joined = pieces(packet, made, evidence)
    out = work / f"{packet.name}.pdf"
    expected = expect(joined, title=packet.title, fonts=engine.fonts, draft=packet.draft)
    answers = Attached(CASE_FILE, work / CASE_FILE) if inside else None
    if inside and answers:
        answers.path.write_bytes(inside(expected.pages))
    finished = finish(
        joined, out, title=packet.title, author=packet.author, fonts=engine.fonts, draft=packet.draft, answers=answers,
        binding=packet.binding, kept=strips or anew,
    )  # fmt: skip
    progress(PROVE, 0, 1)
    expected = expected.with_answers(answers)
    proof = verify(out, expected)
    if has_errors(proof):
        raise AssemblerError(proof, ExitCode.OUTPUT)
    return finished, proof
