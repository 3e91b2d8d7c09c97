"""A job says that it goes on however long a step takes; a silent one has died with its process, and is told so."""

from __future__ import annotations

import tempfile
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from assembler.web import jobs
from assembler.web.models import Job
from tests.web.server.conftest import BOTH
from tests.web.server.offices import CASE, Office

DATABASES = BOTH


def going(office: Office, silent: float) -> Job:
    """A build under way that was last heard of so many seconds ago."""
    job = Job.objects.create(case=CASE, kind="build", who=office.of_role("officer"), state="running")
    Job.objects.filter(pk=job.pk).update(at=timezone.now() - timedelta(seconds=silent))
    job.refresh_from_db()
    return job


@pytest.mark.parametrize(("silent", "state"), [(0, "running"), (20, "running"), (40, "died")])
def test_one_that_is_silent_has_died(office: Office, silent: float, state: str) -> None:
    assert jobs.told(going(office, silent))["state"] == state


def test_one_that_died_is_in_nobodys_way(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_run", lambda job, folder, where: None)
    died, user = going(office, 40), office.of_role("officer")
    again = jobs.begin(CASE, office.case, "build", user, "")
    assert again.pk != died.pk
    assert jobs.begin(CASE, office.case, "build", user, "").pk == again.pk
    died.refresh_from_db()
    assert died.state == "died"


def test_it_says_that_it_goes_on_until_it_is_over(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_BEAT", 0.01)
    job, over = going(office, 40), threading.Event()
    beating = threading.Thread(target=jobs._beat, args=(job.pk, over))
    beating.start()
    while jobs.told(job)["state"] == "died":
        job.refresh_from_db()
    over.set()
    beating.join()
    assert job.state == "running"


def test_a_site_that_begins_tells_of_those_that_went_on_when_it_ended(office: Office) -> None:
    job, done = going(office, 0), going(office, 0)
    Job.objects.filter(pk=done.pk).update(state="done")
    jobs.none_goes_on()
    assert [Job.objects.get(pk=each.pk).state for each in (job, done)] == ["died", "done"]


def test_what_a_first_build_left_when_it_was_killed_goes_too(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its LibreOffice stands in the temporary place, and no draft is there yet."""
    place = tmp_path / "temporary"
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    (place / "assembler-office-x" / "profile").mkdir(parents=True)
    (place / "assembler-work-x").mkdir()
    jobs.none_goes_on()
    assert list(place.iterdir()) == []
