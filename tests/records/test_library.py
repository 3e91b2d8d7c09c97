"""Specifications are remembered, and only as they stand in their files."""

from __future__ import annotations

import io
import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from assembler.base import messages
from assembler.base.settings import Settings
from assembler.model.reports import Library
from assembler.pipeline import judged_at, library
from assembler.records import library as remembering
from assembler.specs import library as reading
from tests.conftest import FORM, REPORT, REPOSITORY, Workplace, write_form, write_report

CHOSEN = "choices: {kinds: {from: demo/kinds.csv}}\nitems:\n  - {name: kind, type: select_one kinds, label: نوع}\n"
SAMPLES = sorted(path.parent for path in REPOSITORY.glob("samples/*/case.yaml"))


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A cache of its own, and the folders that were really read, one entry each time."""
    monkeypatch.setenv("ASSEMBLER_CACHE", str(tmp_path / "cache"))
    folders: list[Path] = []
    real = reading.read_library

    def counted(folder: Path, *rest: object) -> object:
        folders.append(folder)
        return real(folder, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "read_library", counted)
    return folders


def kept(tmp_path: Path) -> Iterator[Path]:
    return (tmp_path / "cache" / "specs").iterdir()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_remembered_report_judges_as_a_read_one(sample: Path, read: list[Path]) -> None:
    settings = Settings(REPOSITORY / "form_specs", REPOSITORY / "letter_templates")
    first, second = (judged_at(sample, library(settings, (_report(sample),))) for _ in range(2))
    assert len(read) == 1
    assert first.problems == second.problems
    assert first.packet == second.packet


def _report(sample: Path) -> str:
    lines = (sample / "case.yaml").read_text(encoding="utf-8").splitlines()
    return next(line.split()[1] for line in lines if line.startswith("report:"))


@pytest.mark.parametrize("changed", ["form", "report", "template", "name of the folder"])
def test_what_changed_is_read_again(changed: str, workplace: Workplace, read: list[Path]) -> None:
    library(workplace.settings)
    library(workplace.settings)
    assert len(read) == 1
    if changed == "form":
        write_form(workplace.folder, FORM.replace("بازدید", "بازدید دوم"))
    elif changed == "report":
        write_report(workplace.folder, REPORT + "\n")
    elif changed == "template":
        os.utime(next(workplace.settings.templates.glob("*.docx")), (1, 1))
    else:
        workplace.specs.rename(workplace.folder / "others")
        library(Settings(workplace.folder / "others", workplace.settings.templates))
    if changed != "name of the folder":
        library(workplace.settings)
    assert len(read) == 2


def test_a_list_of_choices_that_changed_is_read_again(workplace: Workplace, read: list[Path]) -> None:
    write_form(workplace.folder, FORM.replace("items:\n", CHOSEN, 1))
    listed = workplace.specs / "demo" / "kinds.csv"
    for label in ("الف", "ب"):
        listed.write_text(f"name,label\na,{label}\n", encoding="utf-8")
        for _ in range(2):
            library(workplace.settings, ("demo",))
    assert len(read) == 2


def test_each_language_is_remembered_by_itself(workplace: Workplace, read: list[Path]) -> None:
    for language in ("en", "fa", "en", "fa"):
        with messages.spoken(language):
            library(workplace.settings)
    assert len(read) == 2


def test_what_has_a_fault_is_read_each_time(workplace: Workplace, read: list[Path]) -> None:
    write_form(workplace.folder, FORM.replace("type: integer", "type: intejer"))
    found = [remembering.remembered_library(workplace.specs, workplace.settings.templates)[1] for _ in range(2)]
    assert found[0] == found[1]
    assert found[0]
    assert len(read) == 2


@pytest.mark.parametrize("damage", ["cut short", "another byte", "nothing", "no seal"])
def test_what_was_damaged_is_read_again(damage: str, workplace: Workplace, read: list[Path], tmp_path: Path) -> None:
    library(workplace.settings)
    (file,) = kept(tmp_path)
    data = file.read_bytes()
    harmed = {
        "cut short": data[:-9],
        "another byte": data[:-9] + b"\x00" + data[-8:],
        "nothing": b"",
        "no seal": data[65:],
    }
    file.write_bytes(harmed[damage])
    library(workplace.settings)
    assert len(read) == 2
    library(workplace.settings)
    assert len(read) == 2


class _Harm:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.target,)


def test_a_file_that_would_run_something_is_not_ours(workplace: Workplace, read: list[Path], tmp_path: Path) -> None:
    library(workplace.settings)
    (file,) = kept(tmp_path)
    harmful = pickle.dumps(_Harm(tmp_path / "harm"))
    pickle.loads(harmful)  # noqa: S301  # it is harmful
    (tmp_path / "harm").unlink()
    file.write_bytes(remembering._seal(harmful) + b"\n" + harmful)
    library(workplace.settings)
    assert not (tmp_path / "harm").exists()
    assert len(read) == 2
    with pytest.raises(pickle.UnpicklingError, match="write_whole"):
        remembering._Unpickler(io.BytesIO(b"\x80\x04cassembler.base.files\nwrite_whole\n.")).load()


def test_where_nothing_can_be_remembered_it_is_read(
    workplace: Workplace, read: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    library(workplace.settings)
    monkeypatch.setenv("ASSEMBLER_CACHE", "")
    found = library(workplace.settings)
    assert isinstance(found, Library)
    assert len(read) == 2
    assert (tmp_path / "cache").is_file()


def test_only_so_much_is_kept(
    workplace: Workplace, read: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "_KEPT", 2)
    for number in range(4):
        write_form(workplace.folder, FORM.replace("بازدید", f"بازدید {number}"))
        library(workplace.settings)
    assert len(list(kept(tmp_path))) == 2
    library(workplace.settings)
    assert len(read) == 4
