"""Actions that read a case or the specs: values in, values out, nothing printed and nothing written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jdatetime
import pytest

from assembler.actions.check import check, printed_pages, problems_json, write_findings
from assembler.actions.diff import diff
from assembler.actions.doctor import doctor, ready
from assembler.actions.due import due
from assembler.actions.extract import extract
from assembler.actions.forms import condition_words, form_named, forms
from assembler.actions.schema import schemas, write_schemas
from assembler.actions.scores import scores
from assembler.actions.status import status, status_json
from assembler.actions.template import check_templates
from assembler.actions.verify import verify
from assembler.base.messages import spoken
from assembler.base.problems import AssemblerError, ExitCode
from tests.conftest import ANSWERS, FORM, Workplace, write_answers, write_case, write_form
from tests.issuing import tree

TODAY = jdatetime.date(1405, 3, 2)


def codes(error: pytest.ExceptionInfo[AssemblerError]) -> list[str]:
    return [found.code for found in error.value.problems]


@pytest.mark.parametrize(
    "action",
    [
        lambda place: check(place.case, place.settings, TODAY),
        lambda place: status(place.case, place.settings, TODAY),
        lambda place: due(place.case.parent, place.settings, TODAY),
        lambda place: diff(place.case, place.settings, other=place.case),
        lambda place: scores([place.case], place.settings),
        lambda place: forms(place.settings),
        lambda place: schemas(place.settings),
        lambda place: check_templates(place.settings),
        lambda place: doctor(place.settings),
    ],
    ids=["check", "status", "due", "diff", "scores", "forms", "schema", "template", "doctor"],
)
def test_nothing_is_printed_and_nothing_written(
    workplace: Workplace, capfd: pytest.CaptureFixture[str], action: Callable[[Workplace], object]
) -> None:
    before = tree(workplace.folder)
    assert action(workplace) is not None
    assert tuple(capfd.readouterr()) == ("", "")
    assert tree(workplace.folder) == before


# ---------------------------------------------------------------- check


def test_a_case_is_checked(workplace: Workplace) -> None:
    found = check(workplace.case, workplace.settings)
    assert (found.problems, found.accepted, found.exit_code) == ((), (), ExitCode.OK)
    assert found.judged is not None
    write_answers(workplace.folder, ANSWERS.replace("score: 7", "score: 11"))
    found = check(workplace.case, workplace.settings)
    assert ([each.code for each in found.problems], found.exit_code) == (["constraint"], ExitCode.ANSWERS)
    assert printed_pages(found, workplace.settings) == {}
    assert problems_json(found.problems) == [each.as_json() for each in found.problems]


def test_what_keeps_a_case_from_being_judged_are_problems_too(workplace: Workplace) -> None:
    write_case(workplace.folder, "report: nowhere\n")
    found = check(workplace.case, workplace.settings)
    assert ([each.code for each in found.problems], found.judged) == (["unknown-report"], None)
    assert found.exit_code == ExitCode.ANSWERS
    write_form(workplace.folder, FORM.replace("type: integer", "type: whole", 1))
    assert check(workplace.case, workplace.settings).exit_code == ExitCode.SPEC


def test_a_page_of_findings_cannot_be_written_into_a_file_that_is_none(workplace: Workplace, tmp_path: Path) -> None:
    found = check(workplace.case, workplace.settings)
    write_findings(found, tmp_path / "page.html", workplace.settings)
    assert found.judged is not None
    assert found.judged.packet.title in (tmp_path / "page.html").read_text(encoding="utf-8")
    with pytest.raises(AssemblerError) as error:
        write_findings(found, workplace.case, workplace.settings)
    assert (codes(error), error.value.exit_code) == (["output-unwritable"], ExitCode.OUTPUT)


# ---------------------------------------------------------------- the others


def test_the_state_of_a_case_as_it_is_published(workplace: Workplace) -> None:
    found = status(workplace.case, workplace.settings, TODAY)
    told = json.loads(json.dumps(status_json(found)))
    assert (told["today"], told["percent"], told["totals"]["complete"]) == ("1405/03/02", found.percent, 1)


def test_a_form_is_found_by_its_name_and_its_conditions_are_said(workplace: Workplace) -> None:
    text = FORM.replace("score <= 10", "score <= 10, relevant: case.agency == 'x'")
    write_form(workplace.folder, text)
    specs = forms(workplace.settings)
    form = form_named("demo/visit", specs)
    relevant = form.item("score").relevant
    assert relevant is not None
    with spoken("en"):
        assert condition_words(form, specs)(relevant) == "the answer to «نام دستگاه» in case.yaml is «x»"
    with pytest.raises(AssemblerError) as error:
        form_named("demo/vist", specs)
    assert (codes(error), "demo/visit" in error.value.problems[0].hint) == (["unknown-form"], True)


def test_schemas_are_written_whole_or_it_is_told(workplace: Workplace, tmp_path: Path) -> None:
    found = schemas(workplace.settings)
    write_schemas(found, tmp_path / "new" / "schemas")
    assert len(list((tmp_path / "new" / "schemas").iterdir())) == len(found)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(AssemblerError) as error:
        write_schemas(found, tmp_path / "file")
    assert codes(error) == ["output-unwritable"]


def test_without_a_case_with_scores_there_is_no_ranking(workplace: Workplace) -> None:
    found = scores([workplace.case], workplace.settings)
    assert (found.ranking, found.unread, found.others) == (None, (), 1)


def test_what_was_never_issued_or_carries_nothing_cannot_be_proved(workplace: Workplace, tmp_path: Path) -> None:
    with pytest.raises(AssemblerError) as error:
        verify(workplace.case)
    assert codes(error) == ["never-issued"]
    with pytest.raises(AssemblerError) as error:
        diff(workplace.case, workplace.settings)
    assert codes(error) == ["diff-never-issued"]
    (tmp_path / "bare.pdf").write_bytes(b"%PDF")
    for action in (lambda: verify(tmp_path / "bare.pdf"), lambda: extract(tmp_path / "bare.pdf", tmp_path / "new")):
        with pytest.raises(AssemblerError) as error:
            action()
        assert codes(error) == ["extract-refused"]


def test_what_is_missing_says_whether_packets_can_be_made(workplace: Workplace) -> None:
    findings = doctor(workplace.settings)
    assert ready(findings) is all(each.present for each in findings if each.needed)
