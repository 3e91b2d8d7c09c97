"""To whom letters go: read from ``persons.yaml``, with every way it can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.answers import read_persons
from assembler.model.folders import PERSONS_FILE
from assembler.model.persons import Persons


def read(folder: Path, text: str) -> tuple[list[str], list[tuple[str, int | None]]]:
    (folder / PERSONS_FILE).write_text(text, encoding="utf-8")
    persons, problems = read_persons(folder)
    return [one.addressed for one in persons.all], [(one.code, one.place.line) for one in problems]


def test_a_case_without_the_file_knows_nobody(tmp_path: Path) -> None:
    assert read_persons(tmp_path) == (Persons(), ())


def test_persons_are_read_in_one_spelling(tmp_path: Path) -> None:
    text = "- {title: جناب آقاي, name: پ.  نمونه, post: رئيس سازمان}\n- name: ت. نمونه\n"
    assert read(tmp_path, text) == (["جناب آقای پ. نمونه", "ت. نمونه"], [])
    persons, _ = read_persons(tmp_path)
    assert persons.holding("رئیس محترم سازمان") is persons.all[0]
    assert persons.holding("رئیس") is None
    assert persons.holding("") is None
    assert persons.named("سرکار خانم ت. نمونه") is persons.all[1]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("رئیس: پ. نمونه\n", "wrong-shape", 1),
        ("- پ. نمونه\n", "wrong-shape", 1),
        ("- name: پ. نمونه\n  mail: a@b.ir\n", "wrong-shape", 2),
        ("- name: پ. نمونه\n  post: [رئیس]\n", "wrong-shape", 2),
        ("- {title: جناب آقای, post: رئیس}\n", "missing-key", 1),
        ("- {name: پ. نمونه, post: رئیس}\n- {name: ت. نمونه, post: رئیس محترم}\n", "person-twice", 2),
        ("- {name: پ. نمونه, title: آقای}\n- {name: پ.نمونه, title: خانم}\n", "person-twice", 2),
        ('- {name: "پ\\x07"}\n', "control-character", 1),
    ],
)
def test_what_is_wrong_is_told_at_its_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    assert read(tmp_path, text)[1] == [(code, line)]
