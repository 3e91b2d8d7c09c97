"""Builds that follow every change, with a LibreOffice that stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Event, Thread

from assembler.actions.build import Built, CaseHasErrors
from assembler.actions.watch import watch
from assembler.base.problems import AssemblerError
from tests.conftest import ANSWERS, Workplace, write_answers

_PATIENCE = 60.0
Told = Queue[Built | AssemblerError]


@contextmanager
def _watched(workplace: Workplace) -> Iterator[Told]:
    told: Told = Queue()
    until = Event()
    arguments = (workplace.case, workplace.out, workplace.settings, told.put)
    watching = Thread(target=watch, args=arguments, kwargs={"until": until})
    watching.start()
    try:
        yield told
    finally:
        until.set()
        watching.join(_PATIENCE)
        assert not watching.is_alive()


def _answer(workplace: Workplace, text: str) -> None:
    write_answers(workplace.folder, ANSWERS.replace("score: 7", text))


def test_every_change_is_built_and_what_keeps_it_from_being_built_is_told(workplace: Workplace) -> None:
    with _watched(workplace) as told:
        first = told.get(timeout=_PATIENCE)
        assert isinstance(first, Built)
        pdf = first.pdf.read_bytes()
        _answer(workplace, "score: هفت")
        assert isinstance(told.get(timeout=_PATIENCE), CaseHasErrors)
        assert first.pdf.read_bytes() == pdf
        write_answers(workplace.folder, ANSWERS.replace("بازدید", "بازرسی"))
        mended = told.get(timeout=_PATIENCE)
        assert isinstance(mended, Built)
        assert mended.made_now
        assert mended.pdf.read_bytes() != pdf
    assert told.empty()


def test_what_builds_and_editors_write_begins_no_build(workplace: Workplace) -> None:
    with _watched(workplace) as told:
        assert isinstance(told.get(timeout=_PATIENCE), Built)
        (workplace.case / "answers" / "~$visit.yaml").write_text("open", encoding="utf-8")
        (workplace.out / "notes.txt").write_text("mine", encoding="utf-8")
        (Path(workplace.case) / "answers" / "visit.yaml").touch()
        _answer(workplace, "score: 8")
        assert isinstance(told.get(timeout=_PATIENCE), Built)
    assert told.empty()
