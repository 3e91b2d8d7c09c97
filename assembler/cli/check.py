"""``assembler check CASE``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
import jdatetime

from assembler.actions.check import check, explain, printed_pages, problems_json, write_findings
from assembler.base.garbage import paused_collector, spare_what_is_there
from assembler.base.messages import fill, translate
from assembler.base.settings import Settings
from assembler.cli.bidi import wrapped
from assembler.cli.console import (
    name,
    show_json,
    show_problems,
    summary,
    today_option,
    with_settings,
)
from assembler.cli.paths import FOLDER, NEW_FILE
from assembler.cli.say import say
from assembler.model.acceptances import Accepted


def _explain(context: click.Context, _parameter: click.Parameter, code: str | None) -> None:
    """Says what a code means, and ends: no case is needed."""
    if code is None or context.resilient_parsing:
        return
    told = explain(code)
    say(f"[{told.code}] {click.style(translate(str(told.severity)), bold=True)}")
    for line in (
        fill("It says: {message}", message=told.message),
        fill("What to do: {remedy}", remedy=told.remedy) if told.remedy else "",
        fill("Why it is as grave: {reason} {meaning}", reason=told.reason, meaning=told.meaning),
    ):
        for piece in wrapped(line, _WIDEST) if line else ():
            say(f"  {piece}")
    context.exit()


_WIDEST = 100  # longer lines are hard to read


@click.command("check")
@click.argument("case", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="A list of objects instead of lines.")
@click.option("--html", "page", type=NEW_FILE, metavar="FILE", help="Write the findings as a page to read and print.")
@click.option("--accepted", "with_accepted", is_flag=True, help="List the accepted findings too, with their reasons.")
@click.option(
    "--explain",
    metavar="CODE",
    callback=_explain,
    is_eager=True,
    expose_value=False,
    help="What a finding of this code means, why it is as grave as it is, and what to do; CASE is not needed.",
)
@today_option
@with_settings
@paused_collector()
def command(
    case: Path,
    as_json: bool,
    page: Path | None,
    with_accepted: bool,
    today: jdatetime.date,
    settings: Settings,
) -> None:
    """Read a case and show all its problems at once. Exits with 0 when there is no error.

    The brackets behind a finding hold what `assembler accept` takes to let it stand; the first word in them is what
    --explain takes.
    """
    found = check(case, settings, today)
    if page is not None:
        write_findings(found, page, settings)
    if as_json:
        show_json(problems_json(found.problems))
    elif page is not None:
        say(summary(found.problems))
    else:
        show_problems(found.problems, pages=printed_pages(found, settings) if found.problems else {})
    if not as_json:
        _show_accepted(found.accepted, whole=with_accepted)
        if page is not None:
            say(fill("Findings written into {path}", path=page))
    spare_what_is_there()
    sys.exit(found.exit_code)


def _show_accepted(accepted: Sequence[Accepted], *, whole: bool) -> None:
    """How many findings were accepted, and of a ``whole`` list each of them with its reason."""
    for one in accepted if whole else ():
        told = ": ".join(filter(None, (one.problem.where, one.problem.message)))
        say(f"{told}  {click.style(f'[{name(one.problem)}]', dim=True)}")
        say(f"    ✓ {one.why}")
    if accepted:
        say(fill("{count} accepted (--accepted lists them)", count=len(accepted)))
