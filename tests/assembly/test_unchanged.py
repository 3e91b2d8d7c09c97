"""What a build rests on: the case of the period before is part of it, and no other folder is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assembler.assembly.engine import Engine
from assembler.assembly.unchanged import inputs
from assembler.pdf.fonts import FontSet
from tests.conftest import ANSWERS, CASE, Workplace, write_case

ENGINE = Engine(None, FontSet((), None), 1.0)


@pytest.fixture
def before(workplace: Workplace) -> Path:
    """A case beside that of the workplace, which names it as the one before."""
    folder = workplace.folder / "cases" / "before"
    (folder / "answers").mkdir(parents=True)
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    (folder / "answers" / "visit.yaml").write_text(ANSWERS, encoding="utf-8")
    write_case(workplace.folder, CASE + "previous: ../before\n")
    return folder


def made_of(workplace: Workplace) -> str:
    return inputs(workplace.case, workplace.settings, ENGINE)


@pytest.mark.parametrize(
    "change",
    [
        lambda before: (before / "answers" / "visit.yaml").write_text(ANSWERS.replace("7", "8"), encoding="utf-8"),
        lambda before: (before / "case.yaml").write_text(CASE + "agency: x\n", encoding="utf-8"),
        lambda before: (before / "answers" / "visit.yaml").unlink(),
        lambda before: before.rename(before.with_name("gone")),
    ],
)
def test_a_change_of_the_case_before_is_a_change(
    workplace: Workplace, before: Path, change: Callable[[Path], object]
) -> None:
    first = made_of(workplace)
    assert first == made_of(workplace)
    change(before)
    assert made_of(workplace) != first


def test_what_is_no_answer_of_it_is_no_change(workplace: Workplace, before: Path) -> None:
    first = made_of(workplace)
    (before / "output").mkdir()
    (before / "output" / "receipt.json").write_text("{}", encoding="utf-8")
    (before / "accepted.yaml").write_text("[]", encoding="utf-8")
    assert made_of(workplace) == first


def test_a_case_that_is_not_named_does_not_count(workplace: Workplace, before: Path) -> None:
    write_case(workplace.folder, CASE)
    first = made_of(workplace)
    (before / "answers" / "visit.yaml").write_text("", encoding="utf-8")
    assert made_of(workplace) == first
