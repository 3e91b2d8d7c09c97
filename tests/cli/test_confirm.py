"""``assembler confirm``: answers of another case are looked at, and still hold."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from assembler.base.problems import ExitCode
from tests.cli.conftest import Run
from tests.conftest import FORM, REPORT, Workplace, write_form, write_report


@pytest.fixture
def following(run: Run, workplace: Workplace, tmp_path: Path) -> Path:
    """A case that began with the answers of another."""
    folder = tmp_path / "next"
    assert run("new", "demo", folder, "--from", workplace.case, *workplace.options).code == ExitCode.OK
    return folder


def waits(run: Run, workplace: Workplace, folder: Path) -> bool:
    return "[carried]" in run("check", folder, *workplace.options).out


def test_without_a_form_what_waits_is_listed(run: Run, workplace: Workplace, following: Path) -> None:
    told = run("confirm", following, *workplace.options).out
    assert "بازدید [demo/visit]\n  عنوان: بازدید از ساختمان\n  امتیاز: ۷\n  خدمات: 2 rows\n" in told
    assert told.endswith("To be confirmed: 4\n")
    assert waits(run, workplace, following)


def test_one_form_is_confirmed(run: Run, workplace: Workplace, following: Path) -> None:
    assert run("confirm", following, "visit", *workplace.options).out == "Confirmed: بازدید (3)\n"
    assert "carried" not in (following / "answers" / "01-visit.yaml").read_text(encoding="utf-8")
    assert "1 answers came from" in run("check", following, *workplace.options).out


def test_a_form_goes_by_the_short_name_set_get_and_fill_take(
    run: Run, workplace: Workplace, following: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One name for one form in all of them, and the same refusal of one that may mean two."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    commands = (("get", "visit.title"), ("set", "visit.score", "7"), ("fill", "visit"), ("confirm", "visit"))
    for command, name, *more in commands:
        assert run(command, following, name, *more, *workplace.options).code == ExitCode.OK
    write_form(workplace.folder, FORM.replace("form: demo/visit", "form: other/visit"), "other-visit")
    write_report(workplace.folder, REPORT.replace("parts:\n", "forms: [other/visit]\nparts:\n", 1))
    for command, name, *more in commands:
        told = run(command, following, name, *more, *workplace.options)
        assert (told.code, "[several-forms]" in told.err) == (ExitCode.USAGE, True), told.err


def test_all_are_confirmed_at_once(run: Run, workplace: Workplace, following: Path) -> None:
    assert run("confirm", following, "--all", *workplace.options).code == ExitCode.OK
    assert not waits(run, workplace, following)
    assert run("confirm", following, "--all", *workplace.options).out == "Nothing waits to be confirmed.\n"


def test_an_answer_set_anew_is_confirmed_though_it_stays_the_same(
    run: Run, workplace: Workplace, following: Path
) -> None:
    run("confirm", following, "case", *workplace.options)
    for place, value in (("title", "بازدید از ساختمان"), ("score", "7"), ("services:1.count", "12")):
        assert run("set", following, f"demo/visit.{place}", value, *workplace.options).code == ExitCode.OK
    assert not waits(run, workplace, following)


def test_a_form_that_is_not_there_is_guessed(run: Run, workplace: Workplace, following: Path) -> None:
    told = run("confirm", following, "demo/visits", *workplace.options)
    assert (told.code, "«demo/visit»" in told.err) == (ExitCode.USAGE, True)


def test_an_answer_that_came_for_its_like_label_is_told_apart(
    run: Run, workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everywhere one confirms, and until it is confirmed: in the file, in the list, in the dialogue."""
    form = FORM.replace("form: demo/visit", "form: later/visit\nwas: demo/visit")
    write_form(workplace.folder, form.replace("name: title", "name: headline"), "later-visit")
    report = REPORT.replace("report: demo", "report: later\nwas: demo").replace("demo/visit", "later/visit")
    write_form(workplace.folder, report.replace("visit.title", "visit.headline"), "later")
    folder = tmp_path / "next"
    told = run("new", "later", folder, "--from", workplace.case, *workplace.options)
    assert "like label" in told.out + told.err
    file = folder / "answers" / "01-visit.yaml"
    assert file.read_text("utf-8").count(" alike\n") == 1
    listed = run("confirm", folder, *workplace.options).out
    note = "Only the label is alike: look whether it is the same question."
    assert (listed.count(note), f"بازدید از ساختمان\n    {note}" in listed) == (1, True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    persian = "تنها عنوان مشابه است: ببینید همان پرسش است."
    assert run("fill", folder, "visit", *workplace.options).out.count(persian) == 2  # in the list and at the question
    assert run("confirm", folder, "visit", *workplace.options).code == ExitCode.OK
    assert " alike" not in file.read_text("utf-8")
    assert persian not in run("fill", folder, "visit", *workplace.options).out
