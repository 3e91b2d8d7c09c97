"""A case is started whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base.problems import AssemblerError, ExitCode
from assembler.collect.files import starting
from assembler.collect.files.carrying import CarriedCase
from assembler.collect.files.starting import file_names, start_case
from assembler.model.answers import AnsweredForm
from assembler.model.reports import Library
from tests.building import form_text, report_text, sound_specs

NOTHING = CarriedCase(AnsweredForm("case", {}, {}), {})


@pytest.fixture
def library(tmp_path: Path) -> Library:
    form = form_text("items: [{name: a, type: text, label: یک}]")
    silent = form_text("items: [{name: a, type: note, label: یک}]", "x/b")
    return sound_specs(tmp_path / "specs", form, silent, report_text("x/a", "x/b"))


def tree(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize("there", [False, True])
def test_a_case_is_put_into_a_new_or_an_empty_folder(tmp_path: Path, library: Library, there: bool) -> None:
    folder = tmp_path / "cases" / "new"
    if there:
        folder.mkdir(parents=True)
    files = start_case(folder, library.reports["r"], library, NOTHING)
    assert files == (folder / "case.yaml", folder / "answers" / "01-a.yaml")
    assert tree(folder) == ["answers", "answers/01-a.yaml", "attachments", "case.yaml"]
    assert [path.name for path in folder.parent.iterdir()] == ["new"]
    assert folder.stat().st_mode & 0o777 == 0o755


def test_a_used_folder_is_left_alone(tmp_path: Path, library: Library) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / ".hidden").write_text("x", encoding="utf-8")
    with pytest.raises(AssemblerError) as caught:
        start_case(tmp_path / "case", library.reports["r"], library, NOTHING)
    assert ([found.code for found in caught.value.problems], caught.value.exit_code) == (
        ["case-exists"],
        ExitCode.USAGE,
    )
    assert tree(tmp_path / "case") == [".hidden"]


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("step", ["form_file", "_put"])
def test_an_interruption_leaves_nothing(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch, step: str, there: bool
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    folder = tmp_path / "cases" / "new"
    folder.parent.mkdir()
    if there:
        folder.mkdir()
    monkeypatch.setattr(starting, step, interrupted)
    with pytest.raises(KeyboardInterrupt):
        start_case(folder, library.reports["r"], library, NOTHING)
    assert tree(folder.parent) == (["new"] if there else [])


def test_moving_in_is_undone_when_it_is_interrupted(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cases" / "new"
    folder.mkdir(parents=True)
    rename = Path.rename

    def second_fails(path: Path, target: Path) -> Path:
        if path.name == "case.yaml":
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", second_fails)
    with pytest.raises(KeyboardInterrupt):
        start_case(folder, library.reports["r"], library, NOTHING)
    assert tree(folder.parent) == ["new"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, library: Library) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(AssemblerError) as caught:
        start_case(tmp_path / "file" / "case", library.reports["r"], library, NOTHING)
    assert [found.code for found in caught.value.problems] == ["output-unwritable"]


@pytest.mark.parametrize(
    ("forms", "names"),
    [
        ("01 02 10", "01 02 10"),
        ("intro 01 02 feedback letters", "00-intro 01 02 03-feedback 04-letters"),
        ("b a 01 02", "00-1-b 00-2-a 01 02"),
        ("letter chapter 01 chapter-2 02", "01-letter 02-chapter 03-01 04-chapter-2 05-02"),
        ("02 01", "01-02 02-01"),
        ("b a", "01-b 02-a"),
    ],
)
def test_file_names_sort_as_the_report_has_the_forms(forms: str, names: str) -> None:
    found = file_names(tuple(f"x/{name}" for name in forms.split()))
    assert found == tuple(f"{name}.yaml" for name in names.split())
    assert list(found) == sorted(found)


def test_a_form_a_letter_uses_too_stands_where_the_body_has_it(tmp_path: Path) -> None:
    forms = [form_text("items: [{name: a, type: text, label: یک}]", f"x/{name}") for name in ("l", "01", "02")]
    parts = """\
      - {letter: one, title: نامه, template: letterhead, form: x/l}
      - {letter: two, title: نامه, template: letterhead, form: x/02}
      - {body: body, title: متن, template: body, content: [{text: x/01.a}, {text: x/02.a}]}
    """
    library = sound_specs(tmp_path / "specs", *forms, report_text(parts=parts))
    files = start_case(tmp_path / "case", library.reports["r"], library, NOTHING)
    assert [path.name for path in files] == ["case.yaml", "01.yaml", "02.yaml", "03-l.yaml"]
