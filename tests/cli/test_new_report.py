"""``assembler new-report``: what it starts can be checked and built by the commands it names."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from zipfile import ZipFile

import jsonschema
import pytest
import yaml
from pypdf import PdfReader

from assembler.base.problems import ExitCode
from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.installation import probe
from assembler.specs.example import example_files
from tests.cli.conftest import Run
from tests.cli.test_schema import EditorsLoader
from tests.conftest import REPOSITORY

office = pytest.mark.skipif(probe() is None or bool(find_fonts().missing), reason="LibreOffice is not installed")
FILES = {
    "form_specs/demo/report.yaml",
    "form_specs/demo/requests.yaml",
    "samples/demo/answers/requests.yaml",
    "samples/demo/case.yaml",
    "schemas/form.schema.json",
    "schemas/report.schema.json",
}
PERSIAN = re.compile("[آ-ی]")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "demo"


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _commands(told: str) -> list[list[str]]:
    """The lines that can be typed, behind the sentence that ends with a colon."""
    return [shlex.split(line) for line in told.rpartition(":\n")[2].splitlines()]


@office
def test_the_commands_it_names_check_and_build_the_sample(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = run("new-report", "demo")
    assert (started.code, started.err, _files(folder)) == (0, "", FILES)
    (cd, *change), (_, *check), (_, *build), (_, *words) = _commands(started.out)
    assert (cd, words) == ("cd", ["words"])
    monkeypatch.chdir(Path(*change))
    assert run(*check).out == "No problems.\n"
    built = run(*build)
    assert (built.code, built.err) == (0, "")
    output = folder / "samples" / "demo" / "output"
    assert json.loads((output / "receipt.json").read_text(encoding="utf-8"))["draft"] is False
    reader = PdfReader(output / "demo.pdf")
    assert len(reader.pages) == 5
    assert "Sig" in {field["/FT"].strip("/") for field in (reader.get_fields() or {}).values()}
    with ZipFile(output / "parts" / "report.docx") as document:
        text = document.read("word/document.xml").decode()
    assert text.count("w:gridSpan") >= 2  # the two floors of the header
    assert "۹۱٫۵۹" in text  # calculated
    assert "نمودار شماره" in text
    assert "TOC1" in text


@pytest.mark.parametrize("language", ["en", "fa"])
def test_comments_speak_the_readers_language_and_stay_whole(run: Run, folder: Path, language: str) -> None:
    assert run("--lang", language, "new-report", folder).code == 0
    for path in folder.rglob("*.yaml"):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()[:1] == "#"]
        said = [line for line in lines if "yaml-language-server" not in line]
        assert said
        assert [line for line in said if bool(PERSIAN.search(line)) is (language == "en")] == []
        assert [line for line in lines if line.count("`") % 2] == []  # no command is cut in two


def test_what_it_says_is_the_same_in_both_languages(run: Run, folder: Path) -> None:
    for language in ("en", "fa"):
        run("--lang", language, "new-report", folder / language, "--name", "same")
    assert _said(folder / "en") == _said(folder / "fa")


def _said(folder: Path) -> dict[Path, object]:
    files = folder.rglob("*.yaml")
    return {path.relative_to(folder): yaml.safe_load(path.read_text(encoding="utf-8")) for path in files}


def test_every_comment_stands_in_both_languages() -> None:
    for path, text in example_files("demo"):
        blocks = re.findall(r"((?:^ *#(?:en|fa) .*\n)+)", text, re.MULTILINE)
        assert blocks, path
        assert [block for block in blocks if block.count("#en ") != block.count("#fa ")] == [], path


def test_editors_find_the_schemas_the_files_name(run: Run, folder: Path) -> None:
    run("new-report", folder)
    for path in (folder / "form_specs").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        named = re.match(r"# yaml-language-server: \$schema=(.*)\n", text)
        assert named
        schema = json.loads((path.parent / named[1]).read_text(encoding="utf-8"))
        jsonschema.validate(yaml.load(text, EditorsLoader), schema)  # noqa: S506


@pytest.mark.parametrize(("name", "called"), [("My Report_2", "my-report-2"), ("گزارش", "report")])
def test_it_is_called_as_its_folder_as_far_as_letters_allow(run: Run, folder: Path, name: str, called: str) -> None:
    assert run("new-report", folder / name).code == 0
    assert f"report: {called}\n" in (folder / name / "form_specs" / called / "report.yaml").read_text(encoding="utf-8")


def test_the_templates_come_along_to_be_restyled(run: Run, folder: Path) -> None:
    assert run("new-report", folder, "--with-templates").code == 0
    shipped = {path.name: path.read_bytes() for path in (REPOSITORY / "letter_templates").glob("*.docx")}
    assert {path.name: path.read_bytes() for path in (folder / "letter_templates").iterdir()} == shipped


def test_a_folder_in_use_is_left_alone(run: Run, folder: Path) -> None:
    folder.mkdir()
    (folder / "note.txt").write_text("x", encoding="utf-8")
    outcome = run("new-report", folder)
    assert outcome.code == ExitCode.USAGE
    assert "[case-exists]" in outcome.err
    assert _files(folder) == {"note.txt"}


def test_a_name_nothing_can_be_called_is_refused(run: Run, folder: Path) -> None:
    outcome = run("new-report", folder, "--name", "گزارش")
    assert outcome.code == ExitCode.USAGE
    assert "[bad-value]" in outcome.err
    assert not folder.exists()
