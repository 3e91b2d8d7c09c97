"""The order of a run over a list: what is whole already stays, the rest is made, then all are combined for printing."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assembler.assembly.unchanged import inputs
from assembler.base.files import work_folder, write_whole, writing
from assembler.base.messages import translate
from assembler.base.persian import normalise
from assembler.base.problems import AssemblerError, ExitCode, Problem, problem
from assembler.base.progress import COMBINE, LETTERS, READ, Progress, silent
from assembler.cases.letters.cases import RowReader
from assembler.cases.letters.lists import Row
from assembler.cases.letters.names import safe_name, unique_names
from assembler.cases.letters.state import FOLDER, State, UnitRecord
from assembler.cases.letters.unit import Ground, Job, Plan, Result, ground
from assembler.cases.letters.workers import WORK, share
from assembler.model.folders import PARTS
from assembler.pipeline import case_text
from assembler.records import file_hash, fingerprint, folder_fingerprint

FAILED = "failed.csv"
COMBINED = "combined"


@dataclass(frozen=True)
class Order:
    """What is asked for. ``combined`` names the PDF of all; ``duplex`` lets each unit begin on a right-hand page there;
    ``fresh`` makes also what is whole; ``processes`` work side by side.
    """

    plan: Plan
    combined: str = COMBINED
    duplex: bool = False
    fresh: bool = False
    processes: int = 0


@dataclass(frozen=True)
class Failure:
    """A unit that could not be made, and why."""

    row: int
    name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Outcome:
    """What a run left: how many units were made now and how many were whole already, the failed ones in order, the
    warnings of those made now, and the combined PDF (None without a unit)."""

    made: int
    kept: int
    failures: tuple[Failure, ...]
    warnings: tuple[Problem, ...]
    combined: Path | None
    pages: int


def make_letters(order: Order, progress: Progress = silent) -> Outcome:
    """Makes ``<name>.pdf`` and ``parts/<name>/*.docx`` for each row of the list, the combined PDF, and ``failed.csv``.

    Raises AssemblerError when no unit can be made: specifications, templates, list, base case, engine, output folder.
    """
    progress(READ, 0, 1)
    plan = order.plan
    ground.cache_clear()  # files may have changed since an earlier run of this process
    base = ground(plan)
    jobs = _jobs(plan, base, order.combined)
    state = _state(plan.out)
    records = {} if order.fresh else _whole(jobs, state, plan)
    results = _make(order, [job for job in jobs if job.row.number not in records], len(jobs), progress)
    failures = tuple(
        Failure(job.row.number, job.name, results[job.row.number].problems)
        for job in jobs
        if job.row.number in results and results[job.row.number].record is None
    )
    whole = records | {number: result.record for number, result in results.items() if result.record}
    _tell_failed(failures, plan.out)
    for failure in failures:
        _take_back(failure.name, state)
    progress(COMBINE, 0, 1)
    made = [whole[job.row.number] for job in jobs if job.row.number in whole]
    combined, pages = _combine(order, made)
    seen = base.reader.units.remarks
    warnings = tuple(one for result in results.values() if result.record for one in result.problems)
    return Outcome(len(whole) - len(records), len(records), failures, (*seen, *warnings), combined, pages)


# ---------------------------------------------------------------- what there is to make


def _jobs(plan: Plan, base: Ground, combined: str) -> list[Job]:
    rows = base.reader.units.rows
    names = unique_names([_name(plan, base, row) for row in rows], (combined, Path(FAILED).stem, PARTS))
    common = _common(plan, base)
    return [Job(row, name, _inputs(base.reader, row, name, common)) for row, name in zip(rows, names, strict=True)]


def _name(plan: Plan, base: Ground, row: Row) -> str:
    """What the unit is called: the text of a column (the first, when nothing is said) or a pattern."""
    units = base.reader.units
    if "{{" in plan.name:
        case, _ = base.reader.case(row, "")
        found = case_text(case, plan.name, base.specs)
    else:
        columns = [number for number, label in units.labels.items() if normalise(label) == normalise(plan.name)]
        if plan.name and not columns:
            known = "، ".join(units.labels.values())
            fault = problem("name-column", units.place(units.head), name=plan.name, known=known)
            raise AssemblerError([fault], ExitCode.USAGE)
        found = row.cells.get(columns[0] if columns else min(units.labels), "")
    return safe_name(normalise(found)) or f"{translate('row')} {row.number}"


def _common(plan: Plan, base: Ground) -> str:
    """The fingerprint of what all units rest on."""
    attachments = base.reader.attachments
    return fingerprint(
        inputs(plan.base or attachments.parent / ".no-case", plan.settings, base.engine),
        folder_fingerprint(attachments, ["**/*"]),
        plan.report,
        plan.documents,
    )


def _inputs(reader: RowReader, row: Row, name: str, common: str) -> str:
    texts = {f"{one.form}.{one.item.name}": row.cells.get(one.column, "") for one in reader.bound}
    return fingerprint(common, name, texts)


def _state(out: Path) -> State:
    with writing(out):
        (out / FOLDER).mkdir(parents=True, exist_ok=True)
    return State(out)


def _whole(jobs: Sequence[Job], state: State, plan: Plan) -> dict[int, UnitRecord]:
    found = ((job.row.number, state.whole(job.name, job.inputs)) for job in jobs)
    return {number: record for number, record in found if record}


# ---------------------------------------------------------------- making


def _make(order: Order, jobs: Sequence[Job], total: int, progress: Progress) -> Mapping[int, Result]:
    results: dict[int, Result] = {}
    processes = order.processes or min(os.cpu_count() or 1, 4)
    kept = total - len(jobs)
    progress(LETTERS, kept, total)
    for result in share(order.plan, jobs, processes):
        results[result.job.row.number] = result
        progress(LETTERS, kept + len(results), total)
    return results


def _take_back(name: str, state: State) -> None:
    """A PDF of an earlier list must not pass for that of a unit that failed now."""
    for path in (state.file(name), state.out / f"{name}.pdf"):
        path.unlink(missing_ok=True)


def _tell_failed(failures: Sequence[Failure], out: Path) -> None:
    """The list of failed units, which Excel opens; none when there is none."""
    path = out / FAILED
    if not failures:
        path.unlink(missing_ok=True)
        return
    text = io.StringIO()
    writer = csv.writer(text)
    head = (translate("row"), translate("unit"), translate("column"))
    writer.writerow([*head, translate("code"), translate("why"), translate("what to do")])
    for failure in failures:
        for found in failure.problems:
            column = found.place.column or ""
            writer.writerow([failure.row, failure.name, column, found.code, found.message, found.hint])
    with writing(path):
        write_whole(path, b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace"))


# ---------------------------------------------------------------- all in one


def _combine(order: Order, records: Sequence[UnitRecord]) -> tuple[Path | None, int]:
    """The PDF of all units in the order of the list; made again only when one of them changed."""
    from assembler.pdf.combining import Combinable, combine

    out, name = order.plan.out, safe_name(order.combined) or COMBINED
    target, state = out / f"{name}.pdf", State(out)
    if not records:
        target.unlink(missing_ok=True)
        return None, 0
    of = fingerprint(order.duplex, [(record.name, record.sha256) for record in records])
    earlier = state.read(f"{name}.combined")
    if earlier and earlier.inputs == of and file_hash(target) == earlier.sha256:
        return target, earlier.pages
    files = [Combinable(out / f"{record.name}.pdf", record.name) for record in records]
    with work_folder(out, WORK) as work:
        pages = combine(files, target, work, title=records[0].title if len(records) == 1 else name, duplex=order.duplex)
    made = UnitRecord(f"{name}.combined", of, file_hash(target), pages)
    state.write(replace(made, title=name))
    return target, pages
