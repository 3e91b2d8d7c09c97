"""Which files are read: all of them, or those one report may need."""

from __future__ import annotations

from pathlib import Path

from assembler.specs.library import read_library
from tests.building import codes, form_text, report_text


def specs(folder: Path) -> Path:
    """Three guidance documents: «one» takes over a form of «shared», «other» stands alone and is broken."""
    files = {
        "one/report.yaml": report_text("one/a").replace("report: r", "report: first"),
        "one/a.yaml": form_text("extends: shared/base\nitems: [{name: b, type: text}]\n", "one/a"),
        "shared/base.yaml": form_text("items: [{name: a, type: text}]\n", "shared/base"),
        "other/report.yaml": report_text("other/a").replace("report: r", "report: second"),
        "other/a.yaml": form_text("items: [{name: a, type: txet}]\n", "other/a"),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_all_documents_are_read(tmp_path: Path) -> None:
    library, problems = read_library(specs(tmp_path))
    assert set(library.reports) == {"first", "second"}
    assert codes(problems) == ["unknown-type"]


def test_of_one_report_only_its_folder_and_those_it_names_are_read(tmp_path: Path) -> None:
    library, problems = read_library(specs(tmp_path), only=("first",))
    assert (set(library.reports), set(library.forms)) == ({"first"}, {"one/a", "shared/base"})
    assert problems == ()


def test_the_document_of_an_answered_form_is_read_too(tmp_path: Path) -> None:
    library, problems = read_library(specs(tmp_path), only=("first", "other/a"))
    assert "other/a" in library.forms
    assert codes(problems) == ["unknown-type"]


def test_for_a_report_nobody_knows_all_are_read(tmp_path: Path) -> None:
    library, _ = read_library(specs(tmp_path), only=("frist",))
    assert set(library.reports) == {"first", "second"}


def test_endings_of_other_hands_are_read_or_told(tmp_path: Path) -> None:
    folder = specs(tmp_path)
    (folder / "other/a.yaml").unlink()
    (folder / "one/a.yaml").rename(folder / "one/a.YML")
    assert "one/a" in read_library(folder)[0].forms
    (folder / "one/b.yaml.txt").write_text("form: one/b", encoding="utf-8")
    told = [found for found in read_library(folder, only=("first",))[1] if found.code == "specs-misnamed"]
    assert [found.arguments["meant"] for found in told] == ["b.yaml"]


def test_a_form_whose_file_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    folder = specs(tmp_path)
    (folder / "one/a.yaml").write_text("form: one/a\ntitle: {{ x }}: y\n", encoding="utf-8")
    assert codes(read_library(folder, only=("first",))[1]) == ["yaml-broken"]
