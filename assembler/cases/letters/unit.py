"""Makes what belongs to units: their parts in step with one another, so that the pages of all are made at once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from assembler.assembly.build import finish_packet
from assembler.assembly.converting import as_workbook
from assembler.assembly.drawn import KeptPages, RememberedStrips
from assembler.assembly.engine import Engine, choose
from assembler.assembly.evidence import Evidence, pages_of
from assembler.assembly.parts import Made, Maker
from assembler.assembly.publish import keep_edited
from assembler.base.catalogue.entries import Severity
from assembler.base.files import put, writing
from assembler.base.log import log_trace
from assembler.base.messages import wording
from assembler.base.problems import AssemblerError, ExitCode, Problem, has_errors, problem
from assembler.base.progress import silent
from assembler.base.settings import Settings
from assembler.base.suggest import guess
from assembler.cases.letters.cases import RowReader, bind
from assembler.cases.letters.conversion import Converter
from assembler.cases.letters.lists import Row, read_list
from assembler.cases.letters.state import State, UnitRecord
from assembler.model.folders import OutputFolder
from assembler.model.judged import Judged
from assembler.model.reports import Library
from assembler.pdf.pieces import Piece
from assembler.pipeline import case_at, judge, library, with_unprintable
from assembler.records import Cache, file_hash


@dataclass(frozen=True)
class Plan:
    """What is common to all units: plain values, so that other processes can be told.

    ``name`` is the column or pattern that names the units; ``documents`` says whether Word files are wanted.
    """

    report: str
    data: Path
    out: Path
    settings: Settings
    base: Path | None = None
    sheet: str = ""
    name: str = ""
    documents: bool = True


@dataclass(frozen=True)
class Job:
    """A row to be made, with its name and the fingerprint of all it rests on."""

    row: Row
    name: str
    inputs: str


@dataclass(frozen=True)
class Result:
    """What became of a row: a record, or the problems for which there is none."""

    job: Job
    record: UnitRecord | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Ground:
    """What all units stand on, read once a process."""

    specs: Library
    reader: RowReader
    engine: Engine
    strips: RememberedStrips = field(default_factory=RememberedStrips)


@cache
def ground(plan: Plan) -> Ground:
    """Reads specifications, base case and the head of the list. Raises AssemblerError when units cannot be made."""
    specs = library(plan.settings, (plan.report,))
    if plan.report not in specs.reports:
        known = library(plan.settings).reports
        fault = problem("unknown-report", name=plan.report, guess=guess(plan.report, known), known="، ".join(known))
        raise AssemblerError([fault], ExitCode.USAGE)
    report = specs.reports[plan.report]
    units = read_list(plan.data, plan.sheet, partial(as_workbook, settings=plan.settings))
    bound, problems = bind(units, report, specs, plan.name)
    if has_errors(problems):
        raise AssemblerError(problems, ExitCode.ANSWERS)
    base = case_at(plan.base, specs, "answers")[0] if plan.base else None
    return Ground(specs, RowReader(units, bound, report, base), choose(plan.settings))


@dataclass
class _Unit:
    """A unit in the making."""

    job: Job
    work: Path
    reading: Judged
    maker: Maker
    rounds: Generator[Sequence[Path], None, Mapping[str, Made]]
    evidence: Mapping[str, Sequence[Piece]]
    wanted: Sequence[Path] = ()
    made: Mapping[str, Made] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def go_on(self) -> bool:
        """The next round; False when there is none."""
        try:
            self.wanted = next(self.rounds)
        except StopIteration as end:
            self.made, self.wanted = end.value, ()
            return False
        except AssemblerError as error:
            self.problems, self.wanted = tuple(error.problems), ()
            return False
        return True


def make_units(plan: Plan, jobs: Sequence[Job], converter: Converter) -> Iterator[Result]:
    """Makes the PDFs, Word files and records of some rows. A row that cannot be made has its problems as result."""
    base = ground(plan)
    with tempfile.TemporaryDirectory(dir=converter.work, ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        units: list[_Unit] = []
        for job in jobs:
            begun = _begin(plan, base, job, work)
            if isinstance(begun, Result):
                yield begun
            else:
                units.append(begun)
        _make_parts(units, Converter(converter.engine, work / "office", converter.ahead))
        for unit in units:
            yield _finished(plan, base, unit)
            shutil.rmtree(unit.work, ignore_errors=True)


def _begin(plan: Plan, base: Ground, job: Job, work: Path) -> _Unit | Result:
    try:
        case, problems = base.reader.case(job.row, job.name)
        reading = with_unprintable(judge(case, problems, base.specs), plan.settings, base.engine.fonts)
        if has_errors(reading.problems):
            return _failed(base, job, [one for one in reading.problems if one.severity is Severity.ERROR])
        own = work / f"unit-{job.row.number}"
        cached = work / "cache"
        for made in (own, cached):
            made.mkdir(exist_ok=True)
        packet = replace(reading.packet, draft=base.engine.office is None)
        maker = Maker(packet, plan.settings.templates, Cache(cached), own, base.engine)
        kept = KeptPages(Cache(cached), (base.engine.version, base.engine.fonts.fingerprint, packet.tongue))
        with Evidence(packet, reading.forms, own, base.engine, kept=kept) as drawn:
            evidence = drawn.pieces()
        maker.behind = pages_of(evidence)
    except AssemblerError as error:
        return _failed(base, job, error.problems)
    except Exception as error:  # one bad unit never stops the rest
        return _failed(base, job, [_unforeseen(job, error)])
    return _Unit(job, own, reading, maker, maker.rounds(), evidence)


def _failed(base: Ground, job: Job, problems: Sequence[Problem]) -> Result:
    return Result(job, None, tuple(base.reader.seen(one, job.row) for one in problems))


def _unforeseen(job: Job, error: Exception) -> Problem:
    log_trace(error, job.name)
    return problem("unit-failed", name=job.name, reason=f"{type(error).__name__}: {error}")


def _make_parts(units: Sequence[_Unit], converter: Converter) -> None:
    """All rounds of all units; documents that are the same in several units are converted once."""
    going = [unit for unit in units if unit.go_on()]
    while going:
        wanted = {copy.name: copy for unit in going for copy in unit.wanted}
        failed: dict[str, AssemblerError] = {}
        for copy, pages in converter.convert(list(wanted.values())):
            if isinstance(pages, AssemblerError):
                failed[copy.name] = pages
            else:
                next(unit for unit in going if copy in unit.wanted).maker.keep([pages])
        for unit in going:
            unit.problems = tuple(
                one for copy in unit.wanted if copy.name in failed for one in failed[copy.name].problems
            )
        going = [unit for unit in going if not unit.problems and unit.go_on()]


def _finished(plan: Plan, base: Ground, unit: _Unit) -> Result:
    """The packet joined, proved and put in its place, the record last."""
    if unit.problems:
        return _failed(base, unit.job, unit.problems)
    packet = unit.maker.packet
    try:
        with writing(plan.out, within=True):
            finished, proof = finish_packet(
                packet, unit.made, unit.evidence, unit.work, base.engine, silent, strips=base.strips
            )
            documents = _put_documents(plan, unit) if plan.documents else {}
            put(finished.path, plan.out / f"{unit.job.name}.pdf")
    except AssemblerError as error:
        return _failed(base, unit.job, error.problems)
    except Exception as error:  # one bad unit never stops the rest
        return _failed(base, unit.job, [_unforeseen(unit.job, error)])
    warnings = tuple(one for one in (*unit.reading.problems, *proof) if one.severity is Severity.WARNING)
    record = UnitRecord(
        unit.job.name, unit.job.inputs, finished.sha256, finished.pages, len(warnings), documents, packet.title
    )
    State(plan.out).write(record)
    return Result(unit.job, record, tuple(base.reader.seen(one, unit.job.row) for one in warnings))


def _put_documents(plan: Plan, unit: _Unit) -> dict[str, str]:
    """The Word files of a unit in their folder; what a person edited there is put aside first."""
    earlier = State(plan.out).read(unit.job.name)
    folder = OutputFolder(plan.out).parts / unit.job.name
    folder.mkdir(parents=True, exist_ok=True)
    documents = {}
    for name, made in unit.made.items():
        target = folder / f"{name}.docx"
        path = target.relative_to(plan.out).as_posix()
        documents[path] = file_hash(made.docx)
        before = earlier.documents.get(path) if earlier else None
        present = file_hash(target)
        if present and before and present not in (before, documents[path]):
            keep_edited(target)
        copy = unit.work / f"{name}.to-be-kept.docx"
        shutil.copyfile(made.docx, copy)
        put(copy, target)
    return documents


def stopped(job: Job) -> Problem:
    """What is said of a unit on which a process ended again and again."""
    return problem("unit-failed", name=job.name, reason=wording("the process that made it ended"))
