"""PDFs in place of cases: ``aggregate`` and ``scores`` read what they carry."""

from __future__ import annotations

import json
from pathlib import Path

from assembler.base.problems import ExitCode
from assembler.records.bundle import Manifest, case_files, pack
from tests.cli import conftest as terminal
from tests.cli.conftest import Run
from tests.conftest import REPOSITORY
from tests.records.test_bundle import carrying

run = terminal.run  # the program in this process
SAMPLES = REPOSITORY / "samples"


def pdf_of(case: Path, folder: Path) -> Path:
    """A PDF that carries a case; its page says nothing."""
    files = {name: path.read_bytes() for name, path in case_files(case).items()}
    return carrying(folder / f"{case.name}.pdf", pack(Manifest(case.name, "", 1, {}), files))


def test_scores_are_those_of_the_case(run: Run, tmp_path: Path) -> None:
    case = SAMPLES / "performance-1397"
    ranked = [run("scores", path, "--json") for path in (case, pdf_of(case, tmp_path))]
    assert [outcome.code for outcome in ranked] == [0, 0]
    first, second = (json.loads(outcome.out) for outcome in ranked)
    assert (first[0].pop("case"), second[0].pop("case")) == ("performance-1397", "performance-1397.pdf")
    assert first == second


def test_a_report_of_pdfs_is_that_of_their_cases(run: Run, tmp_path: Path) -> None:
    cases = sorted(SAMPLES.glob("service-desk-hq-*"))
    pdfs = [pdf_of(case, tmp_path) for case in cases]
    told = ["--no-build", "--set", "recipient=organisation"]
    one = run("aggregate", *cases, "--out", tmp_path / "one" / "report", *told)
    other = run("aggregate", cases[0], *pdfs[1:], "--out", tmp_path / "other" / "report", *told)
    assert (one.code, other.code) == (0, 0)
    answers = [tmp_path / name / "report" / "answers" for name in ("one", "other")]
    written = [{path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} for folder in answers]
    assert written[0] == {name: text.replace(".pdf", "") for name, text in written[1].items()}


def test_a_pdf_without_answers_is_named(run: Run, tmp_path: Path) -> None:
    bare = carrying(tmp_path / "bare.pdf", b"")
    outcome = run("scores", SAMPLES / "performance-1397", bare)
    assert (outcome.code, outcome.out) == (ExitCode.ANSWERS, "")
    assert "extract-refused" in outcome.err
    assert str(bare) in outcome.err


def test_extracting_tells_what_was_written(run: Run, tmp_path: Path) -> None:
    pdf = pdf_of(SAMPLES / "khuzestan-1397", tmp_path)
    outcome = run("extract", pdf, tmp_path / "back")
    assert (outcome.code, outcome.out) == (0, f"{tmp_path / 'back'}: 2 files of the case khuzestan-1397\n")
    assert (tmp_path / "back" / "case.yaml").read_bytes() == (SAMPLES / "khuzestan-1397" / "case.yaml").read_bytes()
