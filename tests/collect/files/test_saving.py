"""Answers saved into the files of a case, and files taken into its attachments."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assembler.actions.open_case import OpenCase
from assembler.answers import take_attachment
from assembler.base.problems import AssemblerError, ExitCode
from assembler.model.answers import Answer, AnsweredForm, Value
from tests.conftest import ANSWERS, CASE, Workplace, write_answers


def with_value(form: AnsweredForm, name: str, value: Value) -> AnsweredForm:
    return replace(form, values={**form.values, name: Answer(value)})


@pytest.fixture
def opened(workplace: Workplace) -> OpenCase:
    return OpenCase.read(workplace.case, workplace.settings)


def visit(opened: OpenCase) -> AnsweredForm:
    return opened.case.forms["demo/visit"]


def test_a_form_changes_in_its_file(workplace: Workplace, opened: OpenCase) -> None:
    path = opened.save(with_value(visit(opened), "score", 8))
    assert path == workplace.case / "answers" / "visit.yaml"
    assert path.read_text(encoding="utf-8") == ANSWERS.replace("score: 7", "score: 8")
    opened.reread()
    assert visit(opened).values["score"].value == 8


def test_the_fields_of_the_case_go_the_same_way(workplace: Workplace, opened: OpenCase) -> None:
    assert opened.save(with_value(opened.case.fields, "agency", "دیگر")) == workplace.case / "case.yaml"
    assert (workplace.case / "case.yaml").read_text(encoding="utf-8") == CASE.replace("اداره نمونه", "دیگر")


def test_without_a_change_no_file_is_touched(workplace: Workplace, opened: OpenCase) -> None:
    path = workplace.case / "answers" / "visit.yaml"
    before = path.stat()
    assert opened.save(visit(opened)) is None
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_somebody_else_wrote_meanwhile_is_not_lost(workplace: Workplace, opened: OpenCase) -> None:
    path = write_answers(workplace.folder, ANSWERS.replace("12", "13"))
    text = path.read_text(encoding="utf-8")
    with pytest.raises(AssemblerError) as refusal:
        opened.save(with_value(visit(opened), "score", 8))
    assert [found.code for found in refusal.value.problems] == ["answers-changed"]
    assert path.read_text(encoding="utf-8") == text


def test_a_comment_somebody_else_wrote_meanwhile_hinders_nothing(workplace: Workplace, opened: OpenCase) -> None:
    path = write_answers(workplace.folder, "# تازه\n" + ANSWERS)
    opened.save(with_value(visit(opened), "score", 8))
    assert path.read_text(encoding="utf-8") == "# تازه\n" + ANSWERS.replace("score: 7", "score: 8")


def test_a_file_that_is_gone_is_told(workplace: Workplace, opened: OpenCase) -> None:
    (workplace.case / "answers" / "visit.yaml").unlink()
    with pytest.raises(AssemblerError) as refusal:
        opened.save(with_value(visit(opened), "score", 8))
    assert refusal.value.problems[0].code == "answers-changed"


def test_a_form_without_a_file_gets_one_with_its_questions(workplace: Workplace) -> None:
    (workplace.case / "answers" / "visit.yaml").unlink()
    opened = OpenCase.read(workplace.case, workplace.settings)
    path = opened.save(with_value(AnsweredForm("demo/visit", {}, {}), "title", "بازدید"))
    assert path == workplace.case / "answers" / "01-visit.yaml"
    text = path.read_text(encoding="utf-8")
    assert "# عنوان\n" in text
    assert "\ntitle: بازدید\n" in text
    opened.reread()
    assert opened.problems == ()
    assert visit(opened).values["title"].value == "بازدید"
    assert visit(opened).values["score"].value is None


def test_nothing_makes_no_file(workplace: Workplace) -> None:
    (workplace.case / "answers" / "visit.yaml").unlink()
    opened = OpenCase.read(workplace.case, workplace.settings)
    assert opened.save(with_value(AnsweredForm("demo/visit", {}, {}), "title", None)) is None
    assert list((workplace.case / "answers").iterdir()) == []


def test_a_new_file_goes_over_no_other(workplace: Workplace) -> None:
    (workplace.case / "answers" / "visit.yaml").rename(workplace.case / "answers" / "01-visit.yaml")
    write_answers(workplace.folder, "form: demo/other\n", "01-visit")
    opened = OpenCase.read(workplace.case, workplace.settings)
    path = opened.save(with_value(AnsweredForm("demo/visit", {}, {}), "title", "x"))
    assert path == workplace.case / "answers" / "01-visit-2.yaml"


# ---------------------------------------------------------------- attachments


def test_a_file_is_taken_under_its_name(tmp_path: Path) -> None:
    source = tmp_path / "نقشه  راه.pdf"
    source.write_bytes(b"1")
    case = tmp_path / "case"
    case.mkdir()
    assert take_attachment(case, source) == "نقشه راه.pdf"
    assert (case / "attachments" / "نقشه راه.pdf").read_bytes() == b"1"


def test_the_same_file_is_taken_once_and_another_never_goes_over_it(tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    names = []
    for data in (b"1", b"1", b"2", b"3", b"2"):
        source.write_bytes(data)
        names.append(take_attachment(tmp_path, source))
    assert names == ["a.pdf", "a.pdf", "a-2.pdf", "a-3.pdf", "a-2.pdf"]
    assert {path.name: path.read_bytes() for path in (tmp_path / "attachments").iterdir()} == {
        "a.pdf": b"1",
        "a-2.pdf": b"2",
        "a-3.pdf": b"3",
    }


def test_a_file_that_is_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "attachments" / "x").mkdir(parents=True)
    (tmp_path / "attachments" / "x" / "a.pdf").write_bytes(b"1")
    assert take_attachment(tmp_path, tmp_path / "attachments" / "x" / "a.pdf") == "x/a.pdf"


@pytest.mark.parametrize("name", [".hidden", "....", "a\nb.pdf", "\u200c.pdf"])
def test_strange_names_become_usable_ones(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"1")
    taken = take_attachment(tmp_path, tmp_path / name)
    assert (tmp_path / "attachments" / taken).read_bytes() == b"1"
    assert not taken.startswith(".")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(AssemblerError) as refusal:
        take_attachment(tmp_path, tmp_path / "none.pdf")
    assert (refusal.value.problems[0].code, refusal.value.exit_code) == ("file-unreadable", ExitCode.USAGE)
    assert not (tmp_path / "attachments").exists()
