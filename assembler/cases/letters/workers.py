"""Processes that share the rows of a list: each with a LibreOffice of its own, none trusted to live to the end.

A process that dies takes only its rows with it: they are tried once more, each alone.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from assembler.base.catalogue.entries import Severity
from assembler.base.files import clear_left_over, work_folder
from assembler.base.messages import choose, language
from assembler.base.problems import Place, Problem, problem
from assembler.cases.letters.conversion import Converter
from assembler.cases.letters.unit import Ground, Job, Plan, Result, ground, make_units, stopped
from assembler.pdf.libreoffice.processes import started_ahead

WORK = ".work-"  # begins the names of folders in which a process works
_AT_ONCE = 40  # rows a process makes at once: starting to convert is paid once for them
_CALLS = 10  # after so many calls LibreOffice is started anew, as it never gives all its memory back
_PATIENCE = 10.0  # seconds a process has to end when it is told to

_Packed = tuple[str, Place, dict[str, object], Severity]


@dataclass
class _Worker:
    """A process, our end of its pipe, and the rows it has not told of yet."""

    process: multiprocessing.process.BaseProcess
    pipe: Connection
    jobs: dict[int, Job] = field(default_factory=dict)


def share(plan: Plan, jobs: Sequence[Job], processes: int) -> Iterator[Result]:
    """What becomes of each row, in the order it is known."""
    chunks = deque(_chunks(jobs, processes))
    alone: set[int] = set()
    workers: list[_Worker] = []
    try:
        while chunks or any(worker.jobs for worker in workers):
            while chunks and len(workers) < processes:
                workers.append(_start(plan))
            for worker in workers:
                if chunks and not worker.jobs:
                    _give(worker, chunks.popleft())
            for worker in _heard(workers):
                yield from _hear(worker, workers, chunks, alone)
    finally:
        _end(workers)


def _chunks(jobs: Sequence[Job], processes: int) -> Iterator[Sequence[Job]]:
    """Even shares, so that no process waits for another at the end."""
    rounds = max(1, -(-len(jobs) // (_AT_ONCE * processes)))
    size = max(1, -(-len(jobs) // (rounds * processes)))
    yield from (jobs[number : number + size] for number in range(0, len(jobs), size))


def _start(plan: Plan) -> _Worker:
    methods = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(plan, theirs, ours, language()), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _give(worker: _Worker, chunk: Sequence[Job]) -> None:
    worker.jobs = {job.row.number: job for job in chunk}
    with suppress(OSError):  # one that died is noticed when it is listened to
        worker.pipe.send(list(chunk))


def _heard(workers: Iterable[_Worker]) -> list[_Worker]:
    busy = [worker for worker in workers if worker.jobs]
    ready = wait([worker.pipe for worker in busy])
    return [worker for worker in busy if worker.pipe in ready]


def _hear(worker: _Worker, workers: list[_Worker], chunks: deque[Sequence[Job]], alone: set[int]) -> Iterator[Result]:
    try:
        number, record, packed = worker.pipe.recv()
    except (EOFError, OSError):
        workers.remove(worker)
        _end([worker])
        for row, job in worker.jobs.items():
            if row in alone:
                yield Result(job, None, (stopped(job),))
            else:
                alone.add(row)
                chunks.append([job])
        return
    yield Result(worker.jobs.pop(number), record, tuple(_unpacked(one) for one in packed))


def _end(workers: Iterable[_Worker]) -> None:
    for worker in workers:
        with suppress(OSError):
            worker.pipe.send(None)
            worker.pipe.close()
        if worker.jobs:
            worker.process.terminate()
    for worker in workers:
        worker.process.join(_PATIENCE)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


# ---------------------------------------------------------------- in the process


def _serve(plan: Plan, pipe: Connection, theirs: Connection, spoken: str) -> None:
    """Makes what it is given until it is told to end, or nobody is there to tell it."""
    choose(spoken)  # a process that is not forked begins in English
    theirs.close()  # else the end of the one who asks would go unnoticed
    clear_left_over(plan.out, WORK)
    with (
        suppress(EOFError, OSError, KeyboardInterrupt),
        work_folder(plan.out, WORK) as folder,
    ):
        jobs = pipe.recv()
        while jobs is not None:
            jobs = _serve_some(plan, ground(plan), folder, pipe, jobs)


def _serve_some(plan: Plan, base: Ground, work: Path, pipe: Connection, jobs: list[Job]) -> list[Job] | None:
    """Serves with one LibreOffice for some calls, and returns what is asked for next; None is the end."""
    asked: list[Job] | None = jobs
    with ExitStack() as stack:
        office = base.engine.office
        ahead = stack.enter_context(started_ahead(office, base.engine.fonts, work, stays=True)) if office else None
        for _ in range(_CALLS):
            if asked is None:
                break
            for result in make_units(plan, asked, Converter(base.engine, work, ahead)):
                pipe.send((result.job.row.number, result.record, [_packed(one) for one in result.problems]))
            asked = pipe.recv()
    return asked


def _packed(found: Problem) -> _Packed:
    """A problem as plain values: what its message holds may be anything."""
    plain: dict[str, object] = {
        name: value if isinstance(value, int | float) else str(value) for name, value in found.arguments.items()
    }
    return found.code, found.place, plain, found.severity


def _unpacked(packed: _Packed) -> Problem:
    code, place, arguments, severity = packed
    return problem(code, place, severity, **arguments)
