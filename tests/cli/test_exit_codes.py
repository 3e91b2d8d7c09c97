"""Every exit code means one thing, for ``check`` and ``build`` alike, and nothing half-made is left."""

from __future__ import annotations

import os
from pathlib import Path

import click
import pytest
from docx import Document

from assembler.base.problems import ExitCode
from tests.cli.conftest import Run
from tests.conftest import ANSWERS, FORM, Workplace, write_answers, write_case, write_form


def test_a_sound_case_ends_with_0(run: Run, workplace: Workplace) -> None:
    outcome = run("check", workplace.case, *workplace.options)
    assert (outcome.code, outcome.out, outcome.err) == (ExitCode.OK, "No problems.\n", "")


def test_a_warning_alone_ends_with_0(run: Run, workplace: Workplace) -> None:
    write_form(workplace.folder, FORM.replace("امتیاز از", "امتیاز").replace(".}", "., constraint_severity: warning}"))
    write_answers(workplace.folder, ANSWERS.replace("score: 7", "score: 11"))
    outcome = run("check", workplace.case, *workplace.options)
    assert outcome.code == ExitCode.OK
    assert "[constraint demo/visit.score]" in outcome.out
    assert "warnings: 1" in outcome.out.splitlines()[-1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["check"],
        ["check", "no-such-folder"],
        ["check", ".", "--nothing"],
        ["build", ".", "--engine", "word"],
        ["build", ".", "--timeout", "long"],
        ["--lang", "de", "doctor"],
        ["schema", "nothing"],
        ["forms", "show", "nothing"],
        ["template", "check", "no-such-file.docx"],
    ],
)
def test_a_wrong_call_ends_with_2(run: Run, arguments: list[str]) -> None:
    outcome = run(*arguments)
    assert outcome.code == ExitCode.USAGE
    assert outcome.out == ""
    assert outcome.err


@pytest.mark.parametrize("command", ["check", "build"])
def test_wrong_answers_end_with_3(run: Run, workplace: Workplace, command: str) -> None:
    write_answers(workplace.folder, ANSWERS.replace("score: 7", "score: هفت"))
    outcome = run(command, workplace.case, *workplace.options)
    assert outcome.code == ExitCode.ANSWERS
    told = "error: امتیاز: «هفت» is not a number (امتیاز).  [not-a-number demo/visit.score] "
    assert told in outcome.out + outcome.err
    assert not (workplace.out / "demo.pdf").exists()


def test_a_case_of_no_known_report_ends_with_3(run: Run, workplace: Workplace) -> None:
    write_case(workplace.folder, "report: other\n")
    assert run("check", workplace.case, *workplace.options).code == ExitCode.ANSWERS


@pytest.mark.parametrize("command", [["check"], ["build"], ["forms"], ["schema"], ["template", "check"]])
def test_a_broken_specification_ends_with_4(run: Run, workplace: Workplace, command: list[str]) -> None:
    path = write_form(workplace.folder, FORM.replace("score <= 10", "scor <= 10"))
    subject = [str(workplace.case)] if command in (["check"], ["build"]) else []
    outcome = run(*command, *subject, *workplace.options)
    assert outcome.code == ExitCode.SPEC
    assert f"{path.name}:6\n" in outcome.out + outcome.err
    assert "[expression-unknown-name demo/visit.score]" in outcome.out + outcome.err


def _spoil(workplace: Workplace) -> Path:
    """A template with a name that nothing fills in."""
    path = workplace.templates / "body.docx"
    document = Document(str(path))
    document.paragraphs[0].insert_paragraph_before("{{ nobody }}")
    document.save(str(path))
    return path


def test_a_broken_template_ends_with_5(run: Run, workplace: Workplace) -> None:
    _spoil(workplace)
    checked = run("template", "check", *workplace.options)
    assert checked.code == ExitCode.TEMPLATE
    assert "body.docx" in checked.out
    assert "[template-unknown-name]" in checked.out


def test_a_template_that_cannot_be_filled_ends_with_5(run: Run, workplace: Workplace) -> None:
    _spoil(workplace)
    built = run("build", workplace.case, "--engine", "draft", *workplace.options)
    assert built.code == ExitCode.TEMPLATE
    assert "[template-unknown-name]" in built.err
    assert not (workplace.out / "demo.pdf").exists()


def test_without_the_engine_asked_for_it_ends_with_6(
    run: Run, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSEMBLER_SOFFICE", str(workplace.folder / "nowhere"))
    outcome = run("build", workplace.case, "--engine", "libreoffice", *workplace.options)
    assert outcome.code == ExitCode.ENGINE
    assert "error: LibreOffice is not installed.  [engine-missing]\n" in outcome.err
    assert "assembler doctor" in outcome.err
    assert not workplace.out.exists()


def test_doctor_ends_with_6_when_the_engine_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSEMBLER_SOFFICE", os.devnull)
    assert run("doctor").code == ExitCode.ENGINE


def test_an_output_that_cannot_be_written_ends_with_7(run: Run, workplace: Workplace) -> None:
    """A file stands where a folder is needed: that stops root too."""
    blocked = workplace.folder / "blocked"
    blocked.write_text("", encoding="utf-8")
    outcome = run("build", workplace.case, "--engine", "draft", "--out", blocked / "out", *workplace.options)
    assert outcome.code == ExitCode.OUTPUT
    assert "[output-unwritable]" in outcome.err
    assert "--out" in outcome.err


def test_a_failure_nobody_foresaw_ends_with_1_and_leaves_a_trace(
    run: Run, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assembler.cli.check.check", lambda *_: 1 / 0)
    monkeypatch.setenv("ASSEMBLER_CACHE", str(workplace.folder))
    outcome = run("check", workplace.case, *workplace.options)
    assert outcome.code == ExitCode.UNEXPECTED
    assert "Traceback" not in outcome.err
    trace = Path(outcome.err.strip().rpartition("→ ")[2])
    assert "ZeroDivisionError" in trace.read_text(encoding="utf-8")


def test_an_interruption_ends_with_130(run: Run, workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise click.exceptions.Abort

    monkeypatch.setattr("assembler.cli.check.check", interrupt)
    assert run("check", workplace.case, *workplace.options).code == ExitCode.INTERRUPTED
