"""``assembler template check``: the delivered templates are sound, a spoilt one is named with its place."""

from __future__ import annotations

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
    assert "cover.docx: error [template-broken]" in outcome.out


def test_a_fault_is_told_with_its_paragraph(run: Run, workplace: Workplace) -> None:
    path = workplace.templates / "letterhead.docx"
    document = Document(str(path))
    document.add_paragraph("{{ subject ")
    document.save(str(path))
    outcome = run("--lang", "fa", "template", "check", path, *workplace.options)
    assert outcome.code == 5
    assert "letterhead.docx" in outcome.out
    assert "بند" in outcome.out
    assert "خطا [template-bad-tag] برچسبی درست نوشته نشده است: {{" in outcome.out
