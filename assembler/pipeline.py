"""The order of the stages, and nothing else: from a case folder to problems, and on to a signed-ready PDF.

What is only needed late is imported late: joining loads while LibreOffice works, and a check loads none of it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assembler import __version__
from assembler.acceptances import ACCEPTED_FILE, Acceptance, Accepted, place_text
from assembler.aggregate.findings import Unread
from assembler.answers import names_in, read_accepted, read_case, tidy, with_added
from assembler.check import (
    acceptance,
    check_answers,
    check_carried,
    check_deadlines,
    check_document,
    check_loose_dates,
    check_prefills,
    check_rules,
    check_workflows,
    split_accepted,
)
from assembler.collector import paused_collector
from assembler.due import BrokenCase, DueState, PeriodCase, due_state, period_case
from assembler.engine import Engine, choose
from assembler.evaluate import PreviousForms, evaluate_case, evaluate_deadlines, evaluate_gathered, evaluate_period
from assembler.expressions import ExpressionError
from assembler.files import write_whole
from assembler.model import (
    Attachment,
    Case,
    Field,
    FigureBlock,
    FilledForm,
    GatheredCase,
    Library,
    Packet,
    Part,
    Prose,
    ReportSpec,
    Value,
)  # fmt: skip
from assembler.packet import OFFERED, assemble, findings_part, offered_names, report_scope
from assembler.pdf.libreoffice import Ahead, started_ahead
from assembler.pdf.pieces import Finished, PageRange, Piece
from assembler.persian import fold
from assembler.places import template_names
from assembler.problems import AssemblerError, ExitCode, Place, Problem, has_errors, problem
from assembler.progress import FINISH, PROVE, READ, Progress, silent
from assembler.records import Cache, PartRecord, Receipt, file_hash, read_receipt, write_receipt
from assembler.rerun import Built, inputs, unchanged
from assembler.settings import Settings
from assembler.specs import read_library
from assembler.status import CaseState, case_state

if TYPE_CHECKING:
    import jdatetime

    from assembler.making import Made
    from assembler.pdf.fonts import FontSet

_LEFT_OVER = 24 * 3600.0  # seconds after which a work folder can only be left over
# Problems after which nobody can say which forms are answered.
_LOSING = ("file-unreadable", "yaml-broken", "yaml-too-large")
# Whoever gathers cases of many units may have those of one period only: what a case says of its own stands.
_OF_PREVIOUS = ("previous-missing", "previous-misread", "previous-other-report")


@dataclass(frozen=True)
class Reading:
    """A case as read and judged: ``problems`` are open, ``accepted`` an officer let stand with a reason."""

    case: Case
    forms: Mapping[str, FilledForm]
    packet: Packet
    problems: tuple[Problem, ...]
    accepted: tuple[Accepted, ...] = ()


def library(settings: Settings, only: Collection[str] = ()) -> Library:
    """The specifications, all or those some names may need; raises AssemblerError when any of them is broken."""
    found, problems = read_library(settings.specs, template_names(settings.templates), only)
    if has_errors(problems):
        raise AssemblerError(problems, ExitCode.SPEC)
    return found


@paused_collector()
def read(folder: Path, settings: Settings, today: jdatetime.date | None = None) -> Reading:
    """Reads a case, evaluates and checks it, and plans its packet. Nothing is written.

    The problems speak of deadlines only when a day is given, as what is built must not rest on the day.
    Raises AssemblerError when the specs are broken or it cannot be told which report the case belongs to.
    """
    specs = library(settings, names_in(folder))
    reading = _read(folder, specs)
    dated: Iterable[Problem] = ()
    if today is not None:
        deadlines, misread = evaluate_deadlines(reading.case, specs.reports[reading.case.report], specs)
        dated = (*misread, *check_deadlines(deadlines, today))
    return with_unprintable(replace(reading, problems=(*reading.problems, *dated)))


def with_unprintable(reading: Reading, fonts: FontSet | None = None) -> Reading:
    """The reading with what is wrong with attachments and characters; the fonts are looked for when not given."""
    found = (*_check_attachments(reading.packet, reading.forms), *_check_letters(reading.forms, fonts))
    return replace(reading, problems=_in_order((*reading.problems, *found)))


def state(folder: Path, settings: Settings, today: jdatetime.date) -> CaseState:
    """The state of a case on a day, at once: no attachment is opened and no font, so their problems are left out.

    Raises AssemblerError as ``read`` does.
    """
    specs = library(settings, names_in(folder))
    reading = _read(folder, specs)
    report = specs.reports[reading.case.report]
    deadlines, misread = evaluate_deadlines(reading.case, report, specs)
    return case_state(
        reading.case.name,
        report,
        reading.forms,
        today,
        title=reading.packet.title,
        problems=_in_order((*reading.problems, *misread)),
        accepted=reading.accepted,
        deadlines=deadlines,
        text=report_scope(report, reading.forms, PreviousForms(reading.case, report, specs)).text,
    )


def _read(folder: Path, specs: Library) -> Reading:
    """A case as its files and the specs alone let it be judged."""
    case, problems = read_case(folder, specs)
    if case is None:
        raise AssemblerError(problems, ExitCode.ANSWERS)
    return judge(case, problems, specs)


def base_case(folder: Path, specs: Library) -> Case:
    """A case whose answers others rest on. Raises AssemblerError when some of them cannot be read."""
    case, problems = read_case(folder, specs)
    if case is None or has_errors(problems):
        raise AssemblerError(problems, ExitCode.ANSWERS)
    return case


def case_text(case: Case, source: str, specs: Library) -> str:
    """A text of the report language filled in from the fields of a case alone: answers of its forms are blank.

    Raises AssemblerError when it is no such text.
    """
    report = replace(specs.reports[case.report], parts=(), forms=())
    forms, _ = evaluate_case(replace(case, forms={}), report, specs)
    try:
        return report_scope(report, forms).text(source)
    except (LookupError, TypeError, ValueError, ExpressionError) as error:
        fault = problem("name-pattern", name=source, reason=error)
        raise AssemblerError([fault], ExitCode.USAGE) from error


def judge(case: Case, problems: Sequence[Problem], specs: Library) -> Reading:
    """Evaluates and checks a case, wherever its answers come from, and plans its packet; ``problems`` are those of its
    reading. No attachment is opened.
    """
    report = specs.reports[case.report]
    forms, failed = evaluate_case(case, report, specs)
    used = (*report.used_forms, "case")
    before = PreviousForms(case, report, specs)
    packet, broken = assemble(case.name, report, forms, before)
    judged = _judged(
        _check_answers(forms, used, problems),
        check_rules(forms, used, {found.place for found in problems}),
        check_prefills(forms, used),
        check_workflows(forms, used),
        check_loose_dates(forms, used),
        check_carried(case, forms, used),
        check_document(packet),
    )
    acceptances, misread = read_accepted(case.folder)
    found, accepted, unused = split_accepted(judged, acceptances, forms)
    open_problems = _in_order((*problems, *failed, *before.problems, *found, *broken, *misread, *unused))
    return Reading(case, forms, packet, open_problems, accepted)


# ---------------------------------------------------------------- many cases


def due(folder: Path, settings: Settings, today: jdatetime.date) -> DueState:
    """What is due on a day among all cases below a folder whose reports have periods; a case that cannot be read stops
    nothing.

    Raises AssemblerError when the specs are broken.
    """
    cases = [path.parent for path in sorted(folder.rglob("case.yaml")) if not _hidden(path.relative_to(folder))]
    specs = library(settings, tuple(dict.fromkeys(name for case in cases for name in names_in(case))))
    found = [one for case in cases if (one := _period_case(case, folder, specs)) is not None]
    broken = (one for one in found if isinstance(one, BrokenCase))
    return due_state((one for one in found if isinstance(one, PeriodCase)), broken, today)


@dataclass(frozen=True)
class Gathered:
    """The cases a report is made of, in the order of their folders; ``unread`` have errors, ``others`` counts those
    of other reports.
    """

    report: ReportSpec
    library: Library
    cases: tuple[GatheredCase, ...]
    unread: tuple[Unread, ...]
    others: int


def gather(
    folders: Sequence[Path], settings: Settings, name: str = "", with_errors: bool = False, progress: Progress = silent
) -> Gathered:
    """Reads the cases in folders and below them for a report made of cases, the only one when no name is given.

    One that cannot be read, or has errors and is not asked for ``with_errors``, is listed and left out. Raises
    AssemblerError when the specs are broken or it cannot be told which report is meant.
    """
    specs = library(settings)
    report = _gathering(specs, name)
    cases = _cases_in(folders)
    found: list[GatheredCase | Unread | None] = []
    for done, folder in enumerate(cases):
        progress(READ, done, len(cases))
        found.append(_gathered_case(folder, cases[folder], report, specs, with_errors))
    unread = tuple(one for one in found if isinstance(one, Unread))
    taken = (one.gathered if isinstance(one, Unread) and one.taken else one for one in found)
    good = tuple(one for one in taken if isinstance(one, GatheredCase))
    return Gathered(report, specs, good, unread, sum(one is None for one in found))


def _gathering(specs: Library, name: str) -> ReportSpec:
    """The report of that name, or the only one that is made of cases."""
    known = {report.id: report for report in specs.reports.values() if report.gather}
    if name in known:
        return known[name]
    if len(known) == 1 and not name:
        return next(iter(known.values()))
    code = "gather-several" if known and not name else "gather-no-report"
    raise AssemblerError([problem(code, name=name or "?", known="، ".join(known) or "—")], ExitCode.USAGE)


def _cases_in(folders: Sequence[Path]) -> Mapping[Path, str]:
    """The folders of cases with how they are shown: a case by its name, those below a folder by their way from it."""
    found: dict[Path, tuple[Path, str]] = {}
    for root in folders:
        if (root / "case.yaml").exists():
            found.setdefault(root.resolve(), (root, root.resolve().name))
            continue
        for path in sorted(root.rglob("case.yaml")):
            shown = path.parent.relative_to(root)
            if not _hidden(shown):
                found.setdefault(path.parent.resolve(), (path.parent, shown.as_posix()))
    return dict(found.values())


@paused_collector()
def _gathered_case(
    folder: Path, shown: str, report: ReportSpec, specs: Library, with_errors: bool
) -> GatheredCase | Unread | None:
    """What a case gives, or why it gives nothing; None of a case of another report."""
    assert report.gather is not None
    case, problems = read_case(folder, specs)
    if case is None:
        return Unread(shown, tuple(problems))
    if case.report != report.gather.source:
        return None
    source = specs.reports[case.report]
    period, unplaced = evaluate_period(case, source, specs)
    judged = _in_order((*judge(case, problems, specs).problems, *unplaced))
    if period is None:
        return Unread(shown, judged)
    found, failed = evaluate_gathered(case, shown, period, source, specs, report.gather)
    counting = [each for each in _in_order((*judged, *failed)) if each.code not in _OF_PREVIOUS]
    return Unread(shown, tuple(counting), found, with_errors) if has_errors(counting) else found


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _period_case(folder: Path, root: Path, specs: Library) -> PeriodCase | BrokenCase | None:
    """A case with its period and the day it was sent, or why that cannot be told; None of a report without periods."""
    shown = folder.relative_to(root).as_posix()
    case, problems = read_case(folder, specs)
    if case is None:
        return BrokenCase(shown, tuple(found for found in problems if has_errors([found])))
    report = specs.reports[case.report]
    if report.periods is None:
        return None
    period, failed = evaluate_period(case, report, specs)
    if period is None:
        told = (found for found in problems if has_errors([found]) and found.place.form == "case")
        return BrokenCase(shown, _in_order((*told, *failed)))
    deadlines, _ = evaluate_deadlines(case, report, specs)
    return period_case(shown, report.id, period, deadlines)


def _check_answers(
    forms: Mapping[str, FilledForm], used: tuple[str, ...], problems: Sequence[Problem]
) -> Iterator[Problem]:
    """The first ring, without what follows from answers that could not be read."""
    unread = {found.place for found in problems}
    lost = any(found.code in _LOSING for found in problems)
    for found in check_answers(forms, used, unread):
        if not (lost and found.code == "form-unanswered"):
            yield found


def _judged(*found: Iterable[Problem]) -> tuple[Problem, ...]:
    """What the checks say of data that could be read: only such findings may be accepted."""
    return _in_order(replace(one, acceptable=True) for each in found for one in each)


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """File by file, line by line; each once."""
    unique = {(found.code, found.place, found.message): found for found in problems}
    return tuple(sorted(unique.values(), key=lambda found: (found.place.file or "", found.place.line or 0, found.code)))


def _check_letters(forms: Mapping[str, FilledForm], fonts: FontSet | None = None) -> Iterator[Problem]:
    """Characters of the answers that would print as empty boxes."""
    if fonts is None:
        from assembler.pdf.fonts import find_fonts

        fonts = find_fonts()
    if not fonts.files:
        return
    for value, field, place in _answers(forms):
        lacking = fonts.lacking(repr(value)) if isinstance(value, str | tuple | Prose) else ""
        if lacking:
            named = "، ".join(f"{letter} (U+{ord(letter):04X})" for letter in lacking[:5])
            yield problem("no-glyph", place, label=field.label or field.name, characters=named)


def _answers(forms: Mapping[str, FilledForm]) -> Iterator[tuple[Value, Field, Place]]:
    """Every text of the forms with its field and place."""
    for form in forms.values():
        for item in form.items.values():
            yield item.value, item.spec, item.place
            for row in item.rows:
                for column in item.spec.columns:
                    cell = row.cells[column.name]
                    yield cell.value, column, cell.place.within(column=column.name)


def _check_attachments(packet: Packet, forms: Mapping[str, FilledForm]) -> Sequence[Problem]:
    """Opens every attachment that becomes pages or a picture; problems name the answer that names the file."""
    shown = {file.path for part in packet.parts for file in part.files}
    shown |= {
        block.image for part in packet.parts for block in part.blocks if isinstance(block, FigureBlock) and block.image
    }
    found: list[Problem] = []
    if shown:
        from assembler.pdf.attachments import inspect

        for attachment, place in _attachments(forms):
            if attachment.path in shown:
                found.extend(replace(each, place=place) for each in inspect([attachment]))
    return found


def _attachments(forms: Mapping[str, FilledForm]) -> Iterator[tuple[Attachment, Place]]:
    for form in forms.values():
        for item in form.items.values():
            if isinstance(item.value, Attachment):
                yield item.value, item.place
            for row in item.rows if any(column.type in ("file", "image") for column in item.spec.columns) else ():
                cells = ((name, row.cells[name]) for name in row.cells)
                yield from (
                    (cell.value, cell.place.within(column=name))
                    for name, cell in cells
                    if isinstance(cell.value, Attachment)
                )


# ---------------------------------------------------------------- accepting


def accept(
    folder: Path, code: str, place: Place | None, why: str, settings: Settings, words: str = ""
) -> tuple[Problem, ...]:
    """Writes into ``accepted.yaml`` that the open finding of a code at a place stands for a reason; without a place
    all of the code.

    ``words`` of its message tell it apart where several of the code stand at the place: one is accepted at a time.
    Raises AssemblerError: it cannot be told which is meant, nothing open fits, it cannot be accepted, or the file
    cannot be read or written.
    """
    reading = read(folder, settings)
    path = folder / ACCEPTED_FILE
    if broken := [found for found in reading.problems if found.place.file == str(path) and has_errors([found])]:
        raise AssemblerError(broken, ExitCode.ANSWERS)
    fitting = _fitting(reading.problems, code, place)
    fitting = fitting if place is None else _meant(fitting, words)
    entries = [_entry(found, why, reading) for found in fitting]
    try:
        text = path.read_bytes().decode("utf-8") if path.exists() else ""
        if (added := with_added(text, entries)) is None:
            where, expected = Place(file=str(path)), "- {code, place, why, evidence}"
            fault = problem("acceptance-broken", where, expected=expected, found="…")
            raise AssemblerError([fault], ExitCode.ANSWERS)
        write_whole(path, added.encode("utf-8", "replace"))
    except OSError as error:
        reason = error.strerror or str(error)
        unwritable = problem("output-unwritable", name=str(path), reason=reason)
        raise AssemblerError([unwritable], ExitCode.OUTPUT) from error
    return fitting


def _entry(found: Problem, why: str, reading: Reading) -> Acceptance:
    """With the words of the finding, where another of its code stands or stood at the same place."""
    judged = (*(one for one in reading.problems if one.acceptable), *(one.problem for one in reading.accepted))
    name = (found.code, place_text(found.place))
    several = sum((one.code, place_text(one.place)) == name for one in judged) > 1
    return replace(acceptance(found, tidy(why), reading.forms), says=tidy(found.message) if several else "")


def _meant(fitting: Sequence[Problem], words: str) -> tuple[Problem, ...]:
    """The one finding at a place that the words tell of; an error that says what there is when they do not tell."""
    told = [found for found in fitting if fold(words) in fold(found.message)]
    if len(told) == 1:
        return tuple(told)
    said = " / ".join(f"«{found.message}»" for found in told or fitting)
    code = "accept-several" if told else "accept-words"
    fault = problem(code, name=fitting[0].code, where=place_text(fitting[0].place) or "—", known=said, words=words)
    raise AssemblerError([fault], ExitCode.USAGE)


def _fitting(problems: Sequence[Problem], code: str, place: Place | None) -> tuple[Problem, ...]:
    """The open findings of a code at a place; an error that says what there is instead when there is none."""
    named = [found for found in problems if found.code == code]
    acceptable = [found for found in named if found.acceptable]
    fitting = [found for found in acceptable if place is None or place_text(found.place) == place_text(place)]
    if fitting:
        return tuple(fitting)
    if acceptable:
        known = dict.fromkeys(place_text(found.place) for found in acceptable)
        where = place_text(place) if place else ""
        fault = problem("accept-nowhere", name=code, where=where or "—", known="، ".join(known))
    elif named:
        fault = problem("accept-refused", named[0].place, name=code)
    else:
        known = dict.fromkeys(found.code for found in problems if found.acceptable)
        fault = problem("accept-unknown", name=code, known="، ".join(known) or "—")
    raise AssemblerError([fault], ExitCode.USAGE)


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
        receipt = _receipt(reading, packet, made, finished, engine, inputs(folder, settings, engine), problems)
        put_aside = _publish(receipt, earlier, made, finished, out)
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
                places = {file.name: place for file, place in _attachments(forms)}
                told = [replace(each, place=places.get(str(each.place.file), each.place)) for each in prepared.problems]
                raise AssemblerError(told, ExitCode.ANSWERS)
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
    from assembler.making import item_pages

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
        item_pages=item_pages(made),
        parts=tuple(_records(packet, made, finished)),
        problems=tuple(found.as_json() for found in problems),
        accepted=tuple(found.as_json() for found in reading.accepted),
    )


def _records(packet: Packet, made: Mapping[str, Made], finished: Finished) -> Iterator[PartRecord]:
    ranges = {found.name: found for found in finished.ranges}
    shown_in = _shown_in(packet)
    for part in packet.parts:
        if part.kind == "evidence":
            yield from _evidence_records(part, ranges)
            continue
        one, found_range = made[part.name], ranges.get(part.name)
        first = found_range.first + 1 if found_range else 0
        last = first + found_range.pages - 1 if found_range else 0
        yield PartRecord(
            part.name, part.title, part.kind, f"parts/{part.name}.docx", file_hash(one.docx), one.pages, first, last,
            shown_in.get(part.name, ""), one.key, one.pdf_key,
        )  # fmt: skip


def _evidence_records(part: Part, ranges: Mapping[str, PageRange]) -> Iterator[PartRecord]:
    from assembler.pdf.evidence import title_of

    for number, file in enumerate(part.files, start=1):
        found = ranges[f"{part.name}-evidence-{number}"]
        first, last = found.first + 1, found.first + found.pages
        yield PartRecord(found.name, title_of(file), "evidence", "", "", found.pages, first, last)


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
            put_aside.append(keep_edited(target))
        copy = finished.path.parent / target.name
        shutil.copyfile(made[record.name].docx, copy)
        os.replace(copy, target)
    for record in earlier.parts if earlier else ():
        left_over = out / record.docx
        if record.docx and receipt.part(record.name) is None and file_hash(left_over) == record.sha256:
            left_over.unlink()  # of a part that is no more; an edited one stays
    os.replace(finished.path, out / receipt.pdf)
    write_receipt(receipt, out / "receipt.json")
    return tuple(put_aside)


def keep_edited(document: Path) -> Path:
    """Keeps a document a person edited, under a name that says so."""
    number = 1
    while (kept := document.with_name(f"{document.stem} (edited {number}).docx")).exists():
        number += 1
    os.replace(document, kept)
    return kept


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
