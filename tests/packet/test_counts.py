"""The counts a letter says of the report it covers."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base.problems import Problem
from tests.building import World, codes, form_text, report_text

FORM = form_text(
    """\
    choices: {yn: [{name: yes, label: بلی}, {name: no, label: خیر}]}
    items: [{name: answer, type: select_one yn}]
    summary: {status: answer}
    """
)
STATUSES = "statuses: [{name: yes, label: بلی}, {name: no, label: خیر}, {name: open, label: بدون پاسخ}]\n"


def told(folder: Path, said: str) -> list[Problem]:
    parts = (
        "  - letter: cover\n    title: نامه\n    template: letterhead\n"
        f"    fields: {{subject: {said!r}}}\n    content: [{{paragraph: متن}}]\n"
    )
    report = report_text("x/a", parts=parts, more=STATUSES)
    return list(World(folder, [FORM], ["form: x/a\nanswer: yes\n"], report=report).packet()[1])


@pytest.mark.parametrize("said", ["{{ summary.yes }} شاخص", "{{ summary.yes + summary.open }} شاخص", "بدون شماره"])
def test_counts_of_the_summary_are_said_as_it_shows_them(tmp_path: Path, said: str) -> None:
    assert told(tmp_path, said) == []


@pytest.mark.parametrize(
    "said", ["{{ summary.yes - 1 }} شاخص", "{{ summary.all - 1 if summary.yes == 1 else 0 }} شاخص"]
)
def test_another_number_contradicts_the_report(tmp_path: Path, said: str) -> None:
    assert codes(told(tmp_path, said)) == ["letter-count"]
