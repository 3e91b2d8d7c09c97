"""To whom letters go: read from ``persons.yaml``, with every way it can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.answers import persons_in, read_persons, with_persons
from assembler.base.problems import NOWHERE
from assembler.model.folders import PERSONS_FILE
from assembler.model.persons import Person, Persons


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


@pytest.mark.parametrize(
    ("text", "after", "told"),
    [
        ("", ["+ت"], "- {name: ت}\n"),
        ("# هیچ‌کس\n[]\n", ["+ت"], "# هیچ‌کس\n- {name: ت}\n"),
        (
            "# همه\n- {name: الف, post: رئیس} # تا پایان سال\n\n# دوم\n- title: آقای\n  name: ب\n# پایان\n",
            ["0 الف", "1 پ", "+ت"],
            "# همه\n- {name: الف, post: رئیس} # تا پایان سال\n\n# دوم\n- {name: پ}\n# پایان\n- {name: ت}\n",
        ),
        ("- {name: الف}\n# دوم\n- name: ب\n", ["1 ب"], "# دوم\n- name: ب\n"),
        ("[{name: الف}, {name: ب}]\n", ["0 الف", "1 پ"], "- {name: الف}\n- {name: پ}\n"),
        ("- {name: الف}\n", [], ""),
    ],
)
def test_a_changed_register_keeps_lines_and_remarks(text: str, after: list[str], told: str) -> None:
    before = persons_in(text, NOWHERE)[0].all
    rows: list[tuple[int | None, Person]] = []
    for each in after:
        number = None if each.startswith("+") else int(each[0])
        name = each[1:].strip()
        same = number is not None and before[number].name == name
        rows.append((number, before[number] if same and number is not None else Person(name)))
    assert with_persons(text, before, rows) == told
