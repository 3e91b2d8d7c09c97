"""``assembler new REPORT FOLDER``."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

import click

from assembler.base.messages import fill
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.settings import Settings
from assembler.base.suggest import guess
from assembler.cli.case_fields import CaseFields
from assembler.cli.console import FOLDER, show_problems, with_settings
from assembler.collect.files.carrying import CarriedCase, carry_over
from assembler.collect.files.starting import refuse_used, start_case
from assembler.model.answers import AnsweredForm, Case
from assembler.model.reports import Library, ReportSpec
from assembler.pipeline import case_at, library

NEW_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("new")
@click.argument("report")
@click.argument("folder", type=NEW_FOLDER)
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="A field of the case; may be repeated.")
@click.option("--no-input", is_flag=True, help="Ask nothing; fields that were not set stay as proposed, or blank.")
@click.option("--from", "other", type=FOLDER, metavar="CASE", help="Take over the answers of another case.")
@with_settings
def command(
    report: str,
    folder: Path,
    given: tuple[str, ...],
    no_input: bool,
    other: Path | None,
    settings: Settings,
) -> None:
    """Start a case of REPORT in a new FOLDER: case.yaml, an answer file for every form, and attachments/.

    Required fields of the case are asked for. Answers taken over with --from wait to be confirmed: `assembler check`
    names them until they are corrected or taken off the list in their file.
    """
    found = library(settings)
    spec = _report(report, found)
    folder = folder.resolve()
    refuse_used(folder)
    fields = CaseFields(spec, found)
    fields.set(given)
    taken = _taken(other, spec, found, fields)
    fields.values = {**taken.fields.values, **fields.values}
    if not no_input:
        fields.ask()
    fields.propose()
    taken = replace(taken, fields=replace(taken.fields, values=fields.values))
    _tell(folder, start_case(folder, spec, found, taken), taken)


def _report(name: str, found: Library) -> ReportSpec:
    if name in found.reports:
        return found.reports[name]
    fault = problem("unknown-report", name=name, guess=guess(name, found.reports), known="، ".join(found.reports))
    raise AssemblerError([fault], ExitCode.USAGE)


def _taken(other: Path | None, spec: ReportSpec, found: Library, fields: CaseFields) -> CarriedCase:
    """What is taken over from the other case; fields that were set anew are not."""
    if other is None:
        return CarriedCase(AnsweredForm("case", {}, {}), {})
    return carry_over(_other(other, found), spec, found, tuple(fields.values))


def _other(folder: Path, found: Library) -> Case:
    """The case whose answers are taken over. What is wrong with single answers is shown; they stay behind."""
    case, problems = case_at(folder, found, "files")
    if problems:
        show_problems(problems)
    return case


def _tell(folder: Path, files: tuple[Path, ...], taken: CarriedCase) -> None:
    click.echo(fill("Case started in {folder} (files: {files})", folder=folder, files=len(files)))
    if taken.count:
        click.echo(fill("Answers taken over, to be confirmed: {count}", count=taken.count))
    if taken.left:
        click.echo(fill("Not taken over: {names}", names="، ".join(taken.left)))
    click.echo(fill("Fill in the files, then run `assembler check {folder}`.", folder=shlex.quote(str(folder))))
