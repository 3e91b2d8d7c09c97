"""``assembler check CASE``."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import jdatetime

from assembler.assembly.unchanged import last_build
from assembler.base.files import write_whole, writing
from assembler.base.messages import fill
from assembler.base.problems import AssemblerError, ExitCode, Problem, has_errors
from assembler.base.settings import Settings
from assembler.cli.console import FOLDER, name, show_problems, summary, today_option, where, with_settings
from assembler.model.acceptances import Accepted
from assembler.model.judged import Judged
from assembler.pipeline import read

PAGE = click.Path(dir_okay=False, path_type=Path)


@click.command("check")
@click.argument("case", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="A list of objects instead of lines.")
@click.option("--html", "page", type=PAGE, metavar="FILE", help="Write the findings as a page to read and print.")
@click.option("--accepted", "with_accepted", is_flag=True, help="List the accepted findings too, with their reasons.")
@today_option
@with_settings
def command(
    case: Path,
    as_json: bool,
    page: Path | None,
    with_accepted: bool,
    today: jdatetime.date,
    settings: Settings,
) -> None:
    """Read a case and show all its problems at once. Exits with 0 when there is no error.

    The brackets behind a finding hold what `assembler accept` takes to let it stand.
    """
    reading: Judged | None = None
    try:
        reading = read(case, settings, today)
        problems, failed = reading.problems, ExitCode.ANSWERS
    except AssemblerError as error:
        problems, failed = error.problems, error.exit_code
    told = page is not None or (problems and not as_json)
    built = last_build(case, settings) if reading and told else None
    pages = built.item_pages if built else {}
    if page is not None:
        _write_page(page, case, problems, reading, pages)
    if as_json:
        click.echo(json.dumps([found.as_json() for found in problems], ensure_ascii=False, indent=2))
    else:
        _show(problems, reading.accepted if reading else (), page, with_accepted, pages)
    sys.exit(failed if has_errors(problems) else ExitCode.OK)


def _show(
    problems: Sequence[Problem],
    accepted: Sequence[Accepted],
    page: Path | None,
    with_accepted: bool,
    pages: Mapping[str, int],
) -> None:
    """The open problems, or their number when a page tells them; then what was accepted."""
    if page is None:
        show_problems(problems, pages=pages)
    else:
        click.echo(summary(problems))
    if with_accepted:
        for one in accepted:
            click.echo(f"{where(one.problem)}[{name(one.problem)}] {one.problem.message}")
            click.echo(f"    ✓ {one.why}")
    if accepted:
        click.echo(fill("{count} accepted (--accepted lists them)", count=len(accepted)))
    if page is not None:
        click.echo(fill("Findings written into {path}", path=page))


def _write_page(
    page: Path, case: Path, problems: Sequence[Problem], reading: Judged | None, pages: Mapping[str, int]
) -> None:
    from assembler.views.findings import findings_page  # loaded for a page only

    title = reading.packet.title if reading else case.resolve().name
    accepted, forms = (reading.accepted, reading.forms) if reading else ((), {})
    text = findings_page(title, problems, accepted, forms, folder=str(case), pages=pages)
    with writing(page):
        write_whole(page, text.encode("utf-8", "replace"))
