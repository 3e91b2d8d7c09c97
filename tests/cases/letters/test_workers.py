"""Processes that share a list: heard whatever their pipes are, and speaking the language of who started them."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

import pytest

from assembler.base import messages
from assembler.base.settings import Settings
from assembler.cases.letters import Order, make_letters
from assembler.cases.letters.lists import Row
from assembler.cases.letters.unit import Job, Plan
from assembler.cases.letters.workers import _heard, _Worker
from assembler.pdf.libreoffice.installation import probe
from tests.notices import make_office, rows


class Pipe:
    """The end of a pipe that is no ``Connection``, as Windows has them."""

    def __init__(self, end: Connection) -> None:
        self.fileno = end.fileno


def test_any_kind_of_pipe_is_heard() -> None:
    """Of three processes the first says nothing and the last has no rows to tell of."""
    job = Job(Row(2, {}), "واحد", "")
    pipes = [multiprocessing.Pipe() for _ in range(3)]
    process = multiprocessing.Process()
    workers = [_Worker(process, cast(Connection, Pipe(ours)), {2: job}) for ours, _ in pipes]
    workers[2].jobs.clear()
    for _, theirs in pipes[1:]:
        theirs.send("done")
    assert _heard(workers) == [workers[1]]


@pytest.mark.skipif(probe() is None, reason="LibreOffice is not installed")
def test_a_process_that_is_not_forked_speaks_the_same_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    office = make_office(tmp_path)
    (office.base / "attachments" / "map.png").write_bytes(b"")
    listed = rows(2)
    for row in listed:
        row["نقشه"] = "map.png"
    plan = Plan(
        "notice", office.list_of(listed), tmp_path / "out", Settings(office.specs, office.templates), office.base
    )
    with messages.spoken("fa"):
        outcome = make_letters(Order(plan, processes=2))
    found = [one.arguments["reason"] for failure in outcome.failures for one in failure.problems]
    assert found == ["فایل خالی است"] * 2
