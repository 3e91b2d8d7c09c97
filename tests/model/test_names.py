"""The places of problems in words: everybody reads labels, in the reader's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base.messages import spoken
from assembler.base.problems import Place, Problem, problem
from assembler.model.names import named
from assembler.pipeline import judged_at
from tests.building import World, form_text, report_text, sound_specs, write_case

FORM = form_text(
    """\
    items:
      - {name: n, type: integer, label: 'شمار:'}
      - name: t
        type: table
        caption: مراحل کار
        columns:
          - {name: no, type: text, label: ردیف}
          - {name: what, type: text, label: کار}
          - label: زمان
            columns: [{name: before, type: integer, label: قبل, required: true}]
    """
)
ANSWERS = "form: x/a\nn: 4\nt:\n  - {no: ۱, what: صدور پروانه}\n  - {no: ۲, what: بازدید, before: ۳}\n"


def words(found: Problem, folder: Path, language: str = "fa") -> str:
    forms = World(folder, [FORM], [ANSWERS]).forms
    (told,) = named([found], forms)
    with spoken(language):
        return told.where


@pytest.mark.parametrize(
    ("place", "where"),
    [
        (Place(form="x/a", item="n"), "شمار"),
        (Place(form="x/a", item="t", row=1, column="before"), "مراحل کار، ردیف ۱ («صدور پروانه»)، ستون «زمان: قبل»"),
        (Place(form="x/a", item="t", row=2), "مراحل کار، ردیف ۲ («بازدید»)"),
        (Place(form="x/a", item="t", row=1234, column="what"), "مراحل کار، ردیف ۱۲۳۴، ستون «کار»"),
        (Place(form="x/a", item="t", row=1, column="whta"), "مراحل کار، ردیف ۱ («صدور پروانه»)، ستون «whta»"),
        (Place(form="x/a", item="mistyped"), "عنوان"),
        (Place(form="case"), "مشخصات پرونده"),
        (Place(form="x/unknown", item="n", row=2), ""),
        (Place(item="جدول ۴- مراحل"), "جدول ۴- مراحل"),
        (Place("list.xlsx", row=7, column="استان"), "ردیف ۷، ستون «استان»"),
        (Place("f.yaml", 3), ""),
    ],
)
def test_a_place_in_words(tmp_path: Path, place: Place, where: str) -> None:
    assert words(problem("rule", place, message="آ"), tmp_path) == where


def test_words_are_those_of_the_reader(tmp_path: Path) -> None:
    found = problem("rule", Place(form="x/a", item="t", row=1, column="before"), message="آ")
    assert words(found, tmp_path, "en") == "مراحل کار، row 1 («صدور پروانه»)، column «زمان: قبل»"


def test_a_row_behind_one_that_could_not_be_read(tmp_path: Path) -> None:
    answers = "form: x/a\nt:\n  - چیزی\n  - {no: ۲, what: بازدید, before: ۳}\n"
    item = World(tmp_path, [FORM], [answers]).forms["x/a"].items["t"]
    assert [found and found.cells["what"].value for found in map(item.row_at, (None, 1, 2, 3))] == [
        None,
        None,
        "بازدید",
        None,
    ]


def test_a_judged_case_calls_all_places_of_its_forms_by_names(tmp_path: Path) -> None:
    library = sound_specs(tmp_path / "specs", FORM, report_text("x/a"))
    answers = "form: x/a\nn: چهار\nt:\n  - {no: ۱, what: صدور پروانه}\n"
    judged = judged_at(write_case(tmp_path / "case", answers), library)
    with spoken("fa"):
        assert {found.code: found.where for found in judged.problems} == {
            "not-a-number": "شمار",
            "answer-unprinted": "مراحل کار",
            "required": "مراحل کار، ردیف ۱ («صدور پروانه»)، ستون «زمان: قبل»",
        }
