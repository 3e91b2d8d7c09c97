"""``assembler check CASE``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
import jdatetime

from assembler.actions.check import check, printed_pages, problems_json, write_findings
from assembler.base.messages import fill
from assembler.base.settings import Settings
from assembler.cli.console import (
    FOLDER,
    name,
    show_json,
    show_problems,
    summary,
    today_option,
    where,
    with_settings,
)
from assembler.model.acceptances import Accepted

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
    found = check(case, settings, today)
    if page is not None:
        write_findings(found, page, settings)
    if as_json:
        show_json(problems_json(found.problems))
    elif page is not None:
        click.echo(summary(found.problems))
    else:
        show_problems(found.problems, pages=printed_pages(found, settings) if found.problems else {})
    if not as_json:
        _show_accepted(found.accepted, whole=with_accepted)
        if page is not None:
            click.echo(fill("Findings written into {path}", path=page))
    sys.exit(found.exit_code)


def _show_accepted(accepted: Sequence[Accepted], *, whole: bool) -> None:
    """How many findings were accepted, and of a ``whole`` list each of them with its reason."""
    for one in accepted if whole else ():
        click.echo(f"{where(one.problem)}[{name(one.problem)}] {one.problem.message}")
        click.echo(f"    ✓ {one.why}")
    if accepted:
        click.echo(fill("{count} accepted (--accepted lists them)", count=len(accepted)))
