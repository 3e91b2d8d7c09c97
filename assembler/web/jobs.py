"""Checks and builds that somebody asked for: done one after the other beside the pages, told as they go on.

What is told is in the database, so that it outlives the page that asked, and any process can show it.
"""

from __future__ import annotations

import atexit
import contextvars
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from assembler.actions.build import StandingOffice, build, clear_killed
from assembler.actions.check import check
from assembler.base.catalogue.entries import Severity
from assembler.base.messages import translate
from assembler.base.problems import AssemblerError
from assembler.web import history
from assembler.web.answers import in_words
from assembler.web.lines import given_back
from assembler.web.made import drafts, output
from assembler.web.models import Job, User
from assembler.web.site import this_site
from assembler.web.times import moment

KINDS = ("check", "build")
_GOING = ("waiting", "running")
_BEAT = 5.0  # seconds after which a job says that it goes on, however long a step takes
_SILENT = timedelta(seconds=30)  # after which one has died with its process
_PAUSE = 0.3  # seconds between two notes of how far it is
_MOST_PROBLEMS = 300
_IDLE = 600.0  # seconds after which LibreOffice need not wait for the next build
_one_at_a_time = threading.Lock()  # each takes a processor and LibreOffice
_office = StandingOffice()
atexit.register(_office.close)
_resting: threading.Timer | None = None


def begin(case: str, folder: Path, kind: str, user: User, where: str, *, draft: bool = False) -> Job:
    """Asks for a job; the same one that is not through yet is given back."""
    for job in Job.objects.filter(case=case, kind=kind, draft=draft, state__in=_GOING):
        if job.at > timezone.now() - _SILENT:
            return job
        _end(job, "died", {})
    job = Job.objects.create(case=case, kind=kind, who=user, draft=draft)
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(_run, job, folder, where), name=f"job-{job.id}", daemon=True).start()
    return job


def none_goes_on() -> None:
    """A site that begins tells of the jobs that went on when it ended: they died, and what they left is taken away."""
    Job.objects.filter(state__in=_GOING).update(state="died")
    clear_killed(*drafts())


def _run(job: Job, folder: Path, where: str) -> None:
    over = threading.Event()
    threading.Thread(target=_beat, args=(job.id, over), name=f"beat-{job.id}", daemon=True).start()
    try:
        _done_alone(job, folder, where)
    finally:
        over.set()
        _rest_later()


def _rest_later() -> None:
    """Ends the LibreOffice that stays when no other job came for a while."""
    global _resting
    if _resting:
        _resting.cancel()
    _resting = threading.Timer(_IDLE, _rest)
    _resting.daemon = True
    _resting.start()


def _rest() -> None:
    with _one_at_a_time:
        _office.close()


def _beat(job: UUID, over: threading.Event) -> None:
    """Says that a job goes on, until it is over."""
    while not over.wait(_BEAT):
        with suppress(DatabaseError):
            given_back(Job.objects.filter(id=job, state__in=_GOING).update)(at=timezone.now())
    close_old_connections()


def _done_alone(job: Job, folder: Path, where: str) -> None:
    with _one_at_a_time:
        try:
            job.state = "running"
            job.save()
            told = _check(folder) if job.kind == "check" else _build(job, folder)
            _end(job, "done", told)
            history.note("checked" if job.kind == "check" else "built", job.who, where, job.case)
        except AssemblerError as error:
            _end(job, "failed", _problems(error.problems))
        except Exception as error:  # whatever happens, the page must hear of it
            _end(job, "failed", {"problems": [{"severity": "error", "message": str(error), "hint": "", "where": ""}]})
            raise
        finally:
            close_old_connections()


def _check(folder: Path) -> dict[str, Any]:
    return _problems(check(folder, this_site().settings).problems)


def _build(job: Job, folder: Path) -> dict[str, Any]:
    last = 0.0

    def progress(step: str, done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last < _PAUSE and step == job.step:
            return
        last = monotonic()
        job.step, job.done, job.total = step, done, total
        job.save()

    settings = replace(this_site().settings, draft=job.draft)
    built = build(folder, output(folder, draft=job.draft), settings, progress, _office)
    return _problems(built.problems) | {"pages": built.receipt.pages}


def _problems(problems: Any) -> dict[str, Any]:
    found = list(problems)
    counts = {str(each): sum(one.severity is each for one in found) for each in Severity}
    return {
        "problems": [in_words(each) | {"form": each.place.form or ""} for each in found[:_MOST_PROBLEMS]],
        "counts": counts,
    }


def _end(job: Job, state: str, told: Mapping[str, Any]) -> None:
    job.state, job.told = state, dict(told)
    job.save()


def told(job: Job) -> dict[str, Any]:
    """A job for a page."""
    silent = job.state in _GOING and job.at < timezone.now() - _SILENT
    return {
        "id": str(job.id), "kind": job.kind, "draft": job.draft, "state": "died" if silent else job.state,
        "step": translate(job.step), "done": job.done, "total": job.total,
        "when": moment(job.since), "who": job.who.shown,
        **job.told,
    }  # fmt: skip
