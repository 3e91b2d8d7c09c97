"""``assembler doctor``."""

from __future__ import annotations

import sys

import click

from assembler.actions.doctor import Finding, doctor, missing_packages, ready
from assembler.base.messages import translate
from assembler.base.problems import ExitCode
from assembler.base.settings import Settings
from assembler.cli.console import with_settings
from assembler.cli.say import give, say
from assembler.cli.serve import need_web_parts


@click.command("doctor")
@click.option("--packages", is_flag=True, help="Print only the packages to install, as the package manager calls them.")
@click.option("--database", default="", help="Try the database of `serve` too: postgresql://user:password@host/name.")
@with_settings
def command(packages: bool, database: str, settings: Settings) -> None:
    """Say what is present, in which version, and what to install for the rest."""
    findings = (*doctor(settings), *(_database(database) if database else ()))
    if packages:
        for package in missing_packages(findings):
            give(package)
        return
    for finding in findings:
        say(_line(finding))
    sound = ready(findings)
    say(translate("Ready to build packets for signing.") if sound else translate("Something needed is missing."))
    sys.exit(ExitCode.OK if sound else ExitCode.ENGINE)


def _database(address: str) -> tuple[Finding, ...]:
    need_web_parts()
    from assembler.web.doctor import database_finding

    return (database_finding(address),)


def _line(finding: Finding) -> str:
    mark = (
        click.style("✓", fg="green") if finding.present else click.style("✗", fg="red" if finding.needed else "yellow")
    )
    words = " ".join(filter(None, (finding.name, finding.version, finding.detail)))
    return f"{mark} {words}" + (f"\n    ↳ {finding.remedy}" if finding.remedy else "")
