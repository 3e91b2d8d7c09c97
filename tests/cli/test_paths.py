"""Files, folders and forms as people name them on the command line."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from assembler import cli
from assembler.base.problems import ExitCode
from assembler.cli.paths import PathWord
from tests.cli.conftest import Run
from tests.conftest import FORM, REPOSITORY, Workplace, write_form


def test_every_path_of_every_command_knows_the_home() -> None:
    context = click.Context(cli.cli)
    paths = [
        (command.name, param.name, type(param.type))
        for name in cli.COMMANDS
        if (top := cli.cli.get_command(context, name))
        for command in (top, *(top.commands.values() if isinstance(top, click.Group) else ()))
        for param in command.params
        if isinstance(param.type, click.Path)
    ]
    assert len(paths) > 40
    assert [found for found in paths if found[2] is not PathWord] == []


def test_home_is_meant_wherever_it_is_written(run: Run, workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(workplace.case.parent))
    home = f"~/{workplace.case.name}"
    assert run("get", home, "demo/visit.score", *workplace.options).out == "7\n"
    assert run("check", home, "--html=~/found.html", *workplace.options).code == ExitCode.OK
    assert (workplace.case.parent / "found.html").is_file()
    (workplace.case.parent / "p.png").write_bytes((REPOSITORY / "samples" / "page.png").read_bytes())
    write_form(workplace.folder, FORM + "  - {name: photo, type: image, label: عکس}\n")
    assert run("set", home, "demo/visit.photo", "~/p.png", *workplace.options).code == ExitCode.OK
    assert run("get", home, "demo/visit.photo", *workplace.options).out == "p.png\n"


def test_a_missing_file_is_called_missing_where_one_is_attached(run: Run, workplace: Workplace) -> None:
    write_form(workplace.folder, FORM + "  - {name: photo, type: image, label: عکس}\n")
    for path in ("/nowhere/p.png", "~/none.png", "../none.png"):
        refused = run("set", workplace.case, "demo/visit.photo", path, *workplace.options)
        assert (refused.code, "[file-missing demo/visit.photo]" in refused.err) == (ExitCode.USAGE, True)


def test_a_missing_file_is_called_missing(run: Run, workplace: Workplace) -> None:
    for arguments in (["get", "nowhere", "x.y"], ["import", workplace.case, "nowhere.xlsx"], ["verify", "nowhere.pdf"]):
        refused = run(*arguments)
        assert (refused.code, "does not exist" in refused.err) == (ExitCode.USAGE, True)


@pytest.mark.parametrize("form", ["demo/visit", "visit"])
def test_a_form_is_named_by_its_end_everywhere(run: Run, workplace: Workplace, tmp_path: Path, form: str) -> None:
    case, options = workplace.case, workplace.options
    assert run("set", case, f"{form}.score", "8", *options).code == ExitCode.OK
    assert run("get", case, f"{form}.score", *options).out == "8\n"
    assert "demo/visit.score\t" in run("get", case, form, *options).out
    assert run("export", case, tmp_path / "a.xlsx", "--forms", form, *options).code == ExitCode.OK
    assert "[demo/visit]" in run("forms", *options, "show", form).out
    run("set", case, f"{form}.score", "101", *options)
    assert run("accept", case, "constraint", f"{form}.score", "--why", "چون", *options).code == ExitCode.OK
    assert "demo/visit.score" in (case / "accepted.yaml").read_text(encoding="utf-8")


def test_a_short_name_of_several_forms_is_not_guessed(run: Run) -> None:
    refused = run("forms", "--specs", REPOSITORY / "form_specs", "show", "۰۴")
    assert refused.code == ExitCode.USAGE
    assert "[several-forms]" in refused.err
    assert "circular-47093/04، tehran-1399/04" in refused.err
    sample = REPOSITORY / "samples" / "annual-1398"
    assert run("get", sample, "04", "--specs", REPOSITORY / "form_specs").code == ExitCode.OK


def test_folders_are_named_before_the_command_or_behind_it(run: Run, workplace: Workplace) -> None:
    specs, templates = workplace.options[1], workplace.options[3]
    before = run("--specs", specs, f"--templates={templates}", "get", workplace.case, "demo/visit.score")
    assert (before.out, before.code) == ("7\n", ExitCode.OK)
    behind = run("--specs", workplace.case, "get", workplace.case, "demo/visit.score", *workplace.options)
    assert behind.out == "7\n"  # what stands behind the command holds
    assert run("--specs", specs, "registry", "--help").code == ExitCode.OK
    assert "--specs" in run("--specs", specs, "words").err  # which has no use for it
