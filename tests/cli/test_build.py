"""``assembler build`` as a person sees it: what is made, what is said, and what happens the second time."""

from __future__ import annotations

import json
import re

import pytest
from pypdf import PdfReader

from assembler.base.problems import ExitCode
from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.installation import probe
from tests.cli.conftest import Run
from tests.conftest import ANSWERS, Workplace, write_answers

office = pytest.mark.skipif(probe() is None or bool(find_fonts().missing), reason="LibreOffice is not installed")


@office
def test_a_build_and_its_repetition(run: Run, workplace: Workplace) -> None:
    """One real build: the PDF, its Word file and the receipt; then nothing is made again."""
    outcome = run("build", workplace.case, *workplace.options)
    assert (outcome.code, outcome.err) == (0, "")
    pdf = workplace.out / "demo.pdf"
    assert outcome.out.startswith("Made: report\n")
    assert outcome.out.endswith(f"{pdf} (pages: {len(PdfReader(pdf).pages)})\n")
    assert (workplace.out / "parts" / "report.docx").is_file()
    receipt = json.loads((workplace.out / "receipt.json").read_text(encoding="utf-8"))
    assert (receipt["case"], receipt["draft"]) == ("demo", False)
    before = {path: path.stat().st_mtime_ns for path in workplace.out.rglob("*") if path.is_file()}
    again = run("--lang", "fa", "build", workplace.case, *workplace.options)
    assert again.code == 0
    assert again.out.startswith("چیزی تغییر نکرده بود؛ چیزی از نو ساخته نشد.\n")
    assert {path: path.stat().st_mtime_ns for path in workplace.out.rglob("*") if path.is_file()} == before


def test_without_libreoffice_the_draft_engine_says_so(
    run: Run, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("rdocx")
    monkeypatch.setenv("ASSEMBLER_SOFFICE", "nowhere")
    out = workplace.folder / "elsewhere"
    outcome = run("build", workplace.case, "--out", out, *workplace.options)
    assert outcome.code == 0
    assert "  [engine-draft]\n" in outcome.out
    assert (out / "demo.pdf").is_file()
    assert not workplace.out.exists()


def test_a_draft_is_built_despite_errors(run: Run, workplace: Workplace) -> None:
    pytest.importorskip("rdocx")
    write_answers(workplace.folder, ANSWERS.replace("score: 7", "score: هفت"))
    outcome = run("build", workplace.case, "--draft", "--engine", "draft", *workplace.options)
    assert outcome.code == 0
    assert "[not-a-number demo/visit.score]" in outcome.out
    assert (workplace.out / "parts" / "problems.docx").is_file()
    assert json.loads((workplace.out / "receipt.json").read_text(encoding="utf-8"))["draft"] is True


def test_errors_keep_it_from_being_final_and_a_draft_is_named(run: Run, workplace: Workplace) -> None:
    pytest.importorskip("rdocx")
    write_answers(workplace.folder, ANSWERS.replace("score: 7", "score: هفت"))
    outcome = run("build", workplace.case, "--engine", "draft", *workplace.options)
    assert (outcome.code, outcome.out) == (ExitCode.ANSWERS, "")
    assert outcome.err.endswith("A draft can be made despite them, with --draft.\n")
    (workplace.case / "case.yaml").write_text("report: none\n", encoding="utf-8")
    outcome = run("build", workplace.case, "--engine", "draft", *workplace.options)
    assert (outcome.code, "--draft" in outcome.err) == (ExitCode.ANSWERS, False)


def test_many_findings_are_told_by_form_and_the_worst_of_them(run: Run, workplace: Workplace) -> None:
    pytest.importorskip("rdocx")
    rows = "".join(f"  - {{name: کار {number}, count: چند}}\n" for number in range(8))
    write_answers(workplace.folder, f"form: demo/visit\ntitle: بازدید\nscore: 7\nservices:\n{rows}")
    outcome = run("build", workplace.case, "--engine", "draft", *workplace.options)
    assert outcome.code == ExitCode.ANSWERS
    assert outcome.err.startswith("Findings by form\n  بازدید: error 8\nThe worst 5\n  error: خدمات، row 1 («کار 0»)")
    assert outcome.err.count("[not-a-number ") == 5
    (again,) = re.findall(r"All of them: `assembler check (.*)`, or --all\.\n", outcome.err)
    assert sorted(again.split()) == sorted(map(str, (workplace.case, *workplace.options)))
    whole = run("build", workplace.case, "--all", "--engine", "draft", *workplace.options)
    assert whole.err.count("[not-a-number ") == 8
    draft = run("build", workplace.case, "--draft", "--quiet", "--engine", "draft", *workplace.options)
    assert draft.out.count("[not-a-number ") == 5
    assert "Made: " not in draft.out
    assert draft.out.endswith(" (pages: 2)\n")
