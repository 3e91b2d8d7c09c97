"""``assembler template check``: the delivered templates are sound, a spoilt one is named with its place."""

from __future__ import annotations

import pytest
from docx import Document

from tests.cli.conftest import Run
from tests.conftest import REPOSITORY, Workplace


def test_the_delivered_templates_are_sound(run: Run) -> None:
    options = ["--specs", REPOSITORY / "form_specs", "--templates", REPOSITORY / "letter_templates"]
    outcome = run("template", "check", *options)
    assert (outcome.code, outcome.out) == (0, "No problems.\n")


def test_only_the_named_files_are_looked_at(run: Run, workplace: Workplace) -> None:
    broken = workplace.templates / "cover.docx"
    broken.write_text("not a document", encoding="utf-8")
    sound = run("template", "check", workplace.templates / "letterhead.docx", *workplace.options)
    assert sound.code == 0
    outcome = run("template", "check", broken, *workplace.options)
    assert outcome.code == 5
    assert "cover.docx: " in outcome.out
    assert "  [template-broken]\n" in outcome.out


def test_a_fault_is_told_with_its_paragraph(run: Run, workplace: Workplace) -> None:
    path = workplace.templates / "letterhead.docx"
    document = Document(str(path))
    document.add_paragraph("{{ subject ")
    document.save(str(path))
    outcome = run("--lang", "fa", "template", "check", path, *workplace.options)
    assert outcome.code == 5
    assert "letterhead.docx" in outcome.out
    assert "بند" in outcome.out
    assert ": برچسبی درست نوشته نشده است: {{" in outcome.out


@pytest.mark.parametrize(
    ("words", "code"), [("{ subject }", "template-single-brace"), ("{{ subjekt }}", "template-unknown-name")]
)
def test_a_check_and_a_build_say_what_the_check_of_templates_says(
    run: Run, workplace: Workplace, words: str, code: str
) -> None:
    path = workplace.templates / "body.docx"
    document = Document(str(path))
    document.paragraphs[0].insert_paragraph_before(words)
    document.save(str(path))
    for command in (("template", "check"), ("check", workplace.case), ("build", workplace.case)):
        outcome = run(*command, *workplace.options)
        assert outcome.code in (3, 5), command
        assert f"[{code}]" in outcome.out + outcome.err, command


def test_a_check_counts_the_warnings_of_a_template(run: Run, workplace: Workplace) -> None:
    path = workplace.templates / "body.docx"
    document = Document(str(path))
    document.paragraphs[0].insert_paragraph_before("متن")
    document.save(str(path))
    outcome = run("check", workplace.case, "--json", *workplace.options)
    assert (outcome.code, [one["code"] for one in outcome.json]) == (0, ["template-warnings"])


def test_templates_of_another_ending_are_named(run: Run, workplace: Workplace) -> None:
    (workplace.templates / "letterhead.dotx").write_bytes((workplace.templates / "letterhead.docx").read_bytes())
    (workplace.templates / "~$dy.docx").write_bytes(b"")
    (workplace.templates / "colour" / "new.odt").write_bytes(b"")
    (workplace.templates / "notes.txt").write_bytes(b"")
    outcome = run("template", "check", *workplace.options)
    assert outcome.code == 0
    assert outcome.out.count("[template-other-format]") == 3
    for name in ("letterhead.dotx", "new.odt", "notes.txt"):
        assert name in outcome.out
    assert "Errors: 0, warnings: 3" in outcome.out
